"""Connections that only take up room: where it gets crowded, those that move least are ended.

The server gives each request a thread that waits for its body, and sets the wait no limit: a hundred connections that
send one byte and then nothing would keep everybody else out for ever. The kernel counts what each connection moves.
Nothing is asked or kept about who they are: behind a proxy or the onion service all come from one address anyway.
"""

import contextlib
import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# So many requests may wait for the rest of their bodies, and so many connections be open, before anybody is ended.
MOST_WAITING = 64
MOST_OPEN = 192
# Younger ones are left alone, and so are those that move more: 2 KiB/s is less than the poorest telephone line gives.
PATIENCE = 4.0
ENOUGH = 2048
_LOOK_EVERY = 1.0

_DESCRIPTORS = Path("/proc/self/fd")
_INFO = struct.Struct("=120xQQ")  # struct tcp_info of Linux: bytes_acked, bytes_received


class Waiting:
    """How many requests wait for the rest of their bodies just now."""

    def __init__(self) -> None:
        self.number = 0
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def one_more(self) -> Iterator[None]:
        """Wait, and be counted."""
        with self._lock:
            self.number += 1
        try:
            yield
        finally:
            with self._lock:
                self.number -= 1


WAITING = Waiting()


@dataclass(slots=True)
class _Seen:
    since: float
    moved: int
    lately: int = field(default=0)


class Watch:
    """Looks at the connections of this process to one port."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._seen: dict[int, _Seen] = {}

    def look(self, *, now: float, waiting: int) -> int:
        """Look once, and end what must be ended; returns how many. `waiting`: how many bodies are waited for."""
        with contextlib.ExitStack() as opened:
            connections = {inode: opened.enter_context(connection) for inode, connection in self._connections()}
            for inode, connection in connections.items():
                moved = _moved(connection)
                seen = self._seen.setdefault(inode, _Seen(now, 0))
                seen.moved, seen.lately = moved, moved - seen.moved
            self._seen = {inode: self._seen[inode] for inode in connections}
            too_many = max(waiting - MOST_WAITING, len(connections) - MOST_OPEN, 0)
            slow = [inode for inode, seen in self._seen.items() if self._is_slow(seen, now=now)]
            slow.sort(key=lambda inode: (self._seen[inode].lately, self._seen[inode].since))
            for inode in slow[:too_many]:
                with contextlib.suppress(OSError):  # gone by itself meanwhile
                    connections[inode].shutdown(socket.SHUT_RDWR)
            return len(slow[:too_many])

    def _is_slow(self, seen: _Seen, *, now: float) -> bool:
        return now - seen.since >= PATIENCE and seen.lately < ENOUGH

    def _connections(self) -> Iterator[tuple[int, socket.socket]]:
        for descriptor in _DESCRIPTORS.iterdir():
            with contextlib.suppress(OSError):  # closed since it was listed
                if not descriptor.readlink().name.startswith("socket:"):
                    continue
                connection = socket.socket(fileno=os.dup(int(descriptor.name)))
                if self._is_ours(connection):
                    yield os.fstat(connection.fileno()).st_ino, connection
                else:
                    connection.close()

    def _is_ours(self, connection: socket.socket) -> bool:
        with contextlib.suppress(OSError):
            connection.getpeername()  # one that listens has no peer
            own = connection.getsockname()
            return isinstance(own, tuple) and own[1] == self._port
        return False


def watch(port: int) -> None:
    """Watch the connections to a port from now on, where the system can be asked about them (Linux)."""
    if _DESCRIPTORS.is_dir():
        threading.Thread(target=_go_on_watching, args=(Watch(port),), name="crowd", daemon=True).start()


def _go_on_watching(watch: Watch) -> None:
    while True:
        time.sleep(_LOOK_EVERY)
        with contextlib.suppress(OSError):
            watch.look(now=time.monotonic(), waiting=WAITING.number)


def _moved(connection: socket.socket) -> int:
    with contextlib.suppress(OSError, struct.error):
        sent, received = _INFO.unpack(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size))
        return int(sent) + int(received)
    return 0
