"""Open connections between two requests: opened once, and the one used last is given out first.

A connection has its own cache of opened pages. Were it the thread's – and there are many threads, most of them waiting
for a key derivation –, nearly every request would meet a cold one and decrypt the same pages again.
"""

import threading
from pathlib import Path
from typing import Any

MOST_IDLE = 8


class Pool:
    """The idle connections to one database file."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._idle: list[tuple[tuple[int, int], Any]] = []
        self._lock = threading.Lock()

    def take(self) -> Any | None:
        """The connection used last, or None where a new one is needed."""
        here = self._identity()
        while True:
            with self._lock:
                if not self._idle:
                    return None
                identity, connection = self._idle.pop()
            if identity == here:
                return connection
            connection.close()  # to a file that has been replaced

    def give_back(self, connection: Any) -> None:
        """Keep it for the next request; close it where enough are kept already."""
        identity = self._identity()
        with self._lock:
            kept = identity is not None and len(self._idle) < MOST_IDLE
            if identity is not None and kept:
                self._idle.append((identity, connection))
        if not kept:
            connection.close()

    def close(self) -> None:
        """Close all that are idle: before a worker is forked, which must not use its parent's."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._database.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


_pools: dict[Path, Pool] = {}
_pools_lock = threading.Lock()


def pool_for(database: Path) -> Pool:
    """The process's pool for this file."""
    path = database.absolute()
    with _pools_lock:
        return _pools.setdefault(path, Pool(path))
