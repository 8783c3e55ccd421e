"""The web server: granian in WSGI mode with two worker processes, and the word that it is ready."""

import argparse
import contextlib
import functools
import http.client
import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from wise.config.env import Environment

WORKERS = 2
# More than the sign-in lanes let wait (12 and 24) and bodies are waited for together: neither holds every thread.
THREADS = 128
_WAITING = 256
_STOP_SECONDS = 2
_HIGHEST_PORT = 65_535
_WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - to know them, not to bind them
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def add_address(parser: argparse.ArgumentParser) -> None:
    """Give a command the options about where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port <= _HIGHEST_PORT:
        raise ValueError(text)
    return port


def address(args: argparse.Namespace) -> str:
    """The address to type into a browser."""
    return f"http://{_in_address(_reachable(args.host))}:{args.port}/"


def expect_host(host: str, house: Environment) -> None:
    """Let pages be asked for under the name we listen on, where the environment names no hosts itself."""
    if house.hosts or host in _LOCAL:
        return
    names = ["*"] if host in _WILDCARDS else [_in_address(host), "localhost", "127.0.0.1"]
    os.environ["WISE_HOSTS"] = ",".join(names)


def serve(args: argparse.Namespace, *, lines: Sequence[str]) -> int:
    """Serve until SIGINT or SIGTERM; print `lines` when the first request can be answered."""
    from django.db import connections
    from django.utils import timezone

    from wise.audit import log
    from wise.casework import allowing
    from wise.register import blobs, drafts

    now = timezone.now()
    blobs.sweep(at=now)
    drafts.purge(at=now)
    allowing.end_what_is_over(at=now)
    log.sign_day(at=now)
    # The workers are forked from this process; a database connection must not be shared with them.
    for connection in connections.all(initialized_only=True):
        connection.close()
        getattr(connection, "close_pool", lambda: None)()
    server = _Server(
        "wise.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=WORKERS,
        blocking_threads=THREADS,
        backpressure=_WAITING,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        log_level=LogLevels.error,
        log_access=False,
    )
    server.when_started = lambda: _announce(args, lines)
    server.serve(target_loader=functools.partial(_application, args.port), wrap_loader=False)
    return 0


def _application(port: int) -> Any:
    """What each worker runs, and what watches over its connections."""
    from wise.config import crowd, wsgi

    crowd.watch(port)
    return wsgi.application


# granian's server is typed in part only.
_Base: Any = MPServer


class _Server(_Base):
    """Says when its workers have been started; a thread before that would be forked along with them."""

    when_started: Callable[[], None]

    def startup(self, *args: Any, **kwargs: Any) -> None:
        """Start the workers, then the watcher."""
        super().startup(*args, **kwargs)
        threading.Thread(target=self.when_started, daemon=True).start()


def _announce(args: argparse.Namespace, lines: Sequence[str]) -> None:
    while not _answers(args):
        time.sleep(0.02)
    for line in lines:
        print(line, flush=True)


def _answers(args: argparse.Namespace) -> bool:
    connection = http.client.HTTPConnection(_reachable(args.host), args.port, timeout=2)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - see above


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
