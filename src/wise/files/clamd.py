"""A small client of clamd, the daemon of ClamAV: a file is handed over in chunks, and what it found is a name.

The protocol is that of clamd(8), "COMMANDS": `zINSTREAM`, then chunks, each behind its length in four bytes, then an
empty one; `zPING`. The file goes through the socket alone. Whatever goes wrong on the way, the file was not scanned.
"""

import contextlib
import logging
import re
import socket
import time
from dataclasses import dataclass
from enum import StrEnum

SECONDS = 30.0
_PATIENCE = 3.0  # to connect, and for a PONG
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_LONGEST_NAME = 100
_FOUND = re.compile(r"stream: (.+) FOUND")
_log = logging.getLogger(__name__)


class Verdict(StrEnum):
    """What became of a scan. `NOT_ASKED`: there is no scanner here; `FAILED`: there is one, and it did not answer."""

    NOT_ASKED = ""
    CLEAN = "clean"
    FOUND = "found"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner says of a file; `threat` is the name of what it found, empty where that is nothing."""

    verdict: Verdict = Verdict.NOT_ASKED
    threat: str = ""

    @property
    def failed(self) -> bool:
        """Whether it was to be scanned and was not."""
        return self.verdict is Verdict.FAILED


NOT_ASKED = Scan()


def scan(data: bytes, *, address: str, seconds: float = SECONDS) -> Scan:
    """Have a file scanned, within so many seconds. `address`: host:port or the path of a socket; empty is nobody.

    A file that clamd takes for too large (`StreamMaxLength`) was not scanned, like one for which nobody answers.
    """
    if not address:
        return NOT_ASKED
    try:
        answer = _asked(data, address, until=time.monotonic() + seconds)
    except OSError as error:
        answer = type(error).__name__
    if answer == "stream: OK":
        return Scan(Verdict.CLEAN)
    found = _FOUND.fullmatch(answer)
    if found is None:
        # What it answers can name no file: there is none.
        _log.warning("A file was not scanned for malicious software.")
        return Scan(Verdict.FAILED)
    return Scan(Verdict.FOUND, "".join(sign for sign in found[1] if sign.isprintable())[:_LONGEST_NAME])


def answers(address: str) -> bool:
    """Whether a scanner is there."""
    with contextlib.suppress(OSError), _connected(address) as line:
        line.sendall(b"zPING\0")
        return _answer(line, until=time.monotonic() + _PATIENCE) == "PONG"
    return False


def _asked(data: bytes, address: str, *, until: float) -> str:
    with _connected(address) as line:
        # It hangs up on what is too large for it, and says so before it does.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            _hand_over(line, data, until=until)
        return _answer(line, until=until)


def _hand_over(line: socket.socket, data: bytes, *, until: float) -> None:
    whole = memoryview(data)
    _send(line, b"zINSTREAM\0", until=until)
    for start in range(0, len(whole), _CHUNK):
        piece = whole[start : start + _CHUNK]
        _send(line, len(piece).to_bytes(4), until=until)
        _send(line, piece, until=until)
    _send(line, bytes(4), until=until)


def _send(line: socket.socket, piece: bytes | memoryview, *, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(piece)


def _answer(line: socket.socket, *, until: float) -> str:
    """What it says, up to the zero byte that ends it; an answer without one was cut short, and says nothing."""
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            return ""
        said += piece
    return said.rstrip(b"\0").decode("ascii", "replace").strip()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connected(address: str) -> socket.socket:
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(_PATIENCE)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line
