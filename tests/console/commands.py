"""Running the commands as an operator does: in a process of their own, with an environment of their own."""

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

VARIABLES = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("WISE_", "DJANGO_"))},
    "WISE_DEMO": "0",
}


def wise(*arguments: str, typed: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; `typed` is its input, which is no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "wise.console", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        input=typed,
        env=VARIABLES | variables,
    )


def says(outcome: subprocess.CompletedProcess[str]) -> str:
    """The one sentence a command that failed says."""
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert outcome.stderr.startswith("wise: ")
    assert outcome.stderr.count("\n") == 1
    return outcome.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def status(port: int, address: str = "/readyz") -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", address)
            return connection.getresponse().status
        except OSError:
            return 0


@contextmanager
def running(command: str, house: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "wise.console", command, "--data", str(house), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=VARIABLES | variables,
    )
    with process:
        try:
            yield process, port
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(20)


def line_with(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if text in line:
            return line
    raise AssertionError((process.stderr.read() if process.stderr else "") or f"never said “{text}”")


def accounts_of(house: Path) -> dict[str, dict[str, str]]:
    """The accounts of a demo institution, by login."""
    return {account["login"]: account for account in json.loads((house / "demo-accounts.json").read_text())}
