"""Handing a file to a worker of its own and taking back what came of it; whatever the worker does, it is a result."""

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import wise
from wise.files import frames
from wise.files.findings import Outcome, Page, Reason, Result

SECONDS = 45.0
AT_ONCE = 2
# One that asks for a place waits for it so long; then its file is not looked at now.
PATIENCE = 120.0
_ONLY = ("LANG", "LC_ALL")
_free = threading.BoundedSemaphore(AT_ONCE)


def looked_at(data: bytes, *, seconds: float = SECONDS) -> Result:
    """What can be done with a file, found out in a process of its own that ends after so many seconds at most."""
    if not data:
        return Result(Outcome.UNCLEANABLE, "", reason=Reason.EMPTY)
    came = _answer(frames.asked(data), frames.read_answered, seconds=seconds)
    return came if isinstance(came, Result) else Result(Outcome.UNCLEANABLE, "", reason=came)


def page_of(data: bytes, *, number: int, seconds: float = SECONDS) -> Page | None:
    """A page of a PDF, drawn in a process of its own; None where that cannot be done."""
    came = _answer(frames.asked(data, page=number), frames.read_page, seconds=seconds)
    return came if isinstance(came, Page) else None


def confinement() -> str:
    """How workers are confined here: `bwrap`, or `limits` alone."""
    return "bwrap" if _bwrap() else "limits"


def _answer[Answer](
    asked: bytes, read: Callable[[Callable[[int], bytes]], Answer], *, seconds: float
) -> Answer | Reason:
    """What a worker answers, or why it did not."""
    with _place() as free:
        return _asked(asked, read, seconds=seconds) if free else Reason.TOO_SLOW


def _asked[Answer](
    asked: bytes, read: Callable[[Callable[[int], bytes]], Answer], *, seconds: float
) -> Answer | Reason:
    started = subprocess.Popen(  # noqa: S603 - our own program
        [*_bwrap(), sys.executable, "-I", "-m", "wise.files.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _ONLY if name in os.environ},
        cwd="/",
        start_new_session=True,
    )
    assert started.stdout is not None
    overdue = threading.Event()

    def give_up() -> None:
        overdue.set()
        _end(started)

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    feeder = threading.Thread(target=_feed, args=(started, asked), daemon=True)
    feeder.start()
    try:
        return read(started.stdout.read)
    except frames.Broken:
        return Reason.TOO_SLOW if overdue.is_set() else Reason.FAILED
    finally:
        timer.cancel()
        _end(started)
        feeder.join()
        started.stdout.close()
        started.wait()


def _feed(started: subprocess.Popen[bytes], asked: bytes) -> None:
    """Write the file; a worker that ends before it has read all of it says so by its answer, or by having none."""
    assert started.stdin is not None
    with contextlib.suppress(OSError):
        started.stdin.write(asked)
    with contextlib.suppress(OSError):
        started.stdin.close()


def _end(started: subprocess.Popen[bytes]) -> None:
    """End it with all that belongs to it: it leads a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)


@contextlib.contextmanager
def _place() -> Iterator[bool]:
    free = _free.acquire(timeout=PATIENCE)
    try:
        yield free
    finally:
        if free:
            _free.release()


@functools.cache
def _bwrap() -> tuple[str, ...]:
    """How to start a program with nothing but itself and what it is read from; empty where that cannot be done here."""
    program = shutil.which("bwrap")
    if program is None:
        return ()
    seen = [arg for place in _places() for arg in ("--ro-bind", place, place)]
    links = [arg for link, target in _links() for arg in ("--symlink", target, link)]
    words = (program, "--unshare-all", "--cap-drop", "ALL", "--clearenv", *seen, *links)
    whole = (*words, "--chdir", "/", "--")
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        command = [*whole, sys.executable, "-I", "-c", "import wise.files.cleaning"]
        if subprocess.run(command, capture_output=True, timeout=20, check=False).returncode == 0:  # noqa: S603
            return whole
    return ()


def _places() -> list[str]:
    """What a worker must be able to read: Python, its packages, the system's libraries, and this program."""
    own = [sys.prefix, sys.base_prefix, sysconfig.get_paths()["purelib"], str(Path(wise.__file__).parent)]
    system = [
        "/usr",
        "/etc/ld.so.cache",
        *(folder for folder in ("/lib", "/lib64", "/bin") if not Path(folder).is_symlink()),
    ]
    return [place for place in dict.fromkeys([*system, *own]) if Path(place).exists()]


def _links() -> list[tuple[str, str]]:
    folders = [Path(folder) for folder in ("/lib", "/lib64", "/bin")]
    return [(str(folder), str(folder.readlink())) for folder in folders if folder.is_symlink()]
