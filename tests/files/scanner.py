"""The real clamd, with a signature file of the tests' own: EICAR, and a word that no honest file has."""

import contextlib
import functools
import hashlib
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# The test file of EICAR, put together here so that no scanner takes this source for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WORD = b"kata-jahat-dalam-berkas"
PROGRAM = shutil.which("clamd")
LARGEST = 12 * 1024 * 1024
_SECONDS = 60

needs_clamd = pytest.mark.skipif(PROGRAM is None, reason="clamav-daemon is not installed")


def _settings(folder: Path, *, port: int | None, largest: int) -> str:
    lines = [
        f"DatabaseDirectory {folder / 'signatures'}",
        f"LocalSocket {folder / 'clamd.socket'}",
        f"TemporaryDirectory {folder}",
        f"StreamMaxLength {largest}",
        "Foreground yes",
        "MaxThreads 2",
        "SelfCheck 0",
    ]
    if port is not None:
        lines += [f"TCPSocket {port}", "TCPAddr 127.0.0.1"]
    return "\n".join(lines) + "\n"


def _signatures(folder: Path) -> None:
    """`.hdb`: digest, size, name of a whole file. `.ndb`: name, any kind of file, anywhere in it, the bytes in hex."""
    folder.mkdir()
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (folder / "ours.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar.Test\n")
    (folder / "ours.ndb").write_text(f"Word.Test:0:*:{WORD.hex()}\n")


@contextlib.contextmanager
def running(folder: Path, *, port: int | None = None, largest: int = LARGEST) -> Iterator[str]:
    """Start it, and give the path of its socket."""
    assert PROGRAM is not None
    _signatures(folder / "signatures")
    (folder / "clamd.conf").write_text(_settings(folder, port=port, largest=largest))
    command = [PROGRAM, f"--config-file={folder / 'clamd.conf'}"]
    with (folder / "said").open("wb") as said:
        started = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            _wait(started, folder)
            yield str(folder / "clamd.socket")
        finally:
            started.terminate()
            started.wait()


def _wait(started: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and started.poll() is None:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.connect(str(folder / "clamd.socket"))
            return
        time.sleep(0.05)
    raise AssertionError((folder / "said").read_text())


def saying(path: Path, answer: bytes | None) -> threading.Event:
    """A scanner that says this of every file, or nothing at all, until the event is set."""
    over = threading.Event()
    line = socket.socket(socket.AF_UNIX)
    line.bind(str(path))
    line.listen()

    def serve() -> None:
        with line:
            while not over.is_set():
                with line.accept()[0] as caller:
                    if answer is None:
                        over.wait(20)
                        return
                    while caller.recv(65536)[-4:] != bytes(4):
                        pass
                    caller.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return over


@functools.cache
def free_port() -> int:
    """A port on the loopback that nobody has."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port
