"""A really started WiSe on this machine: in a folder of its own, on a free loopback port, with either database."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 120.0
STOP_SECONDS = 30.0
_POLL = 0.01


@dataclass(slots=True)
class House:
    """A data folder, and the server upon it while it runs. `environment` is what its commands see."""

    folder: Path
    port: int
    environment: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None

    @property
    def accounts(self) -> dict[str, dict[str, str]]:
        """The demo accounts by login."""
        rows = json.loads((self.folder / "demo-accounts.json").read_text(encoding="utf-8"))
        return {row["login"]: row for row in rows}

    def wise(self, *arguments: str, limit: float = 300.0) -> subprocess.CompletedProcess[str]:
        """Run one command of ours to its end."""
        return subprocess.run(
            [sys.executable, "-m", "wise.console", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=limit,
        )

    def start(self, *, preexec: Callable[[], None] | None = None) -> float:
        """Start the server; returns the seconds until the first page was answered."""
        assert self.process is None
        begun = time.perf_counter()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wise.console", "up", "--port", str(self.port), "--quiet"],
                env=self.environment,
                stdout=log,
                stderr=log,
                preexec_fn=preexec,  # noqa: PLW1509 - set before any thread of ours runs; for limits alone
            )
        wait_until(lambda: self.process is not None and self._answers(), seconds=START_SECONDS)
        return time.perf_counter() - begun

    def stop(self) -> float:
        """Stop as an operator does (Ctrl-C); returns the seconds it took."""
        assert self.process is not None
        begun = time.perf_counter()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(STOP_SECONDS)
        self.process = None
        return time.perf_counter() - begun

    def kill(self) -> None:
        """Kill every process of the server at once: no handler runs, nothing is flushed."""
        assert self.process is not None
        # The parent first: it would start another worker in the place of one that it sees die.
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        # The workers were killed with their parent; the port is free when the last of them is gone.
        wait_until(lambda: not _listens(self.port), seconds=STOP_SECONDS)

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid in self.pids()[1:] if b"resource_tracker" not in _read(pid, "cmdline")]

    def pids(self) -> list[int]:
        """The server's processes, the parent first."""
        assert self.process is not None
        found = [self.process.pid]
        for pid in found:
            found += [int(child) for child in _read(pid, f"task/{pid}/children").split()]
        return found

    def memory(self) -> dict[int, float]:
        """Megabytes that each worker holds for itself alone (unique set size)."""
        return {pid: _unique_megabytes(pid) for pid in self.workers()}

    def resident(self) -> dict[int, float]:
        """Megabytes that each worker has in memory, shared pages included (resident set size)."""
        return {pid: _status(pid, "VmRSS") / 1024 for pid in self.workers()}

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            message = f"the server ended: {(self.folder / 'server.log').read_text(errors='replace')[-2000:]}"
            raise RuntimeError(message)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.client.OK
        return False


@contextlib.contextmanager
def new(*, database_url: str = "", variables: Mapping[str, str] | None = None) -> Iterator[House]:
    """A house that does not run yet; it goes with its folder when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="wise-house-"))
    found = at(folder, database_url=database_url, variables=variables)
    try:
        yield found
    finally:
        if found.process is not None:
            found.kill()
        shutil.rmtree(folder, ignore_errors=True)


def at(folder: Path, *, database_url: str = "", variables: Mapping[str, str] | None = None) -> House:
    """A house in a given folder."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("WISE_", "DJANGO_"))}
    environment = bare | {"WISE_DATA": str(folder), "WISE_DEMO": "1", "PYTHONUNBUFFERED": "1"}
    if database_url:
        environment["WISE_DATABASE_URL"] = database_url
    return House(folder, free_port(), environment | dict(variables or {}))


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(done: Callable[[], bool], *, seconds: float) -> None:
    """Ask until it is so, or `TimeoutError`."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            message = f"not so after {seconds:g} s"
            raise TimeoutError(message)
        time.sleep(_POLL)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def _unique_megabytes(pid: int) -> float:
    lines = _read(pid, "smaps_rollup").decode().splitlines()
    kilobytes = (int(line.split()[1]) for line in lines if line.startswith(("Private_Clean:", "Private_Dirty:")))
    return sum(kilobytes) / 1024


def _status(pid: int, name: str) -> float:
    lines = _read(pid, "status").decode().splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0.0)
