"""Places to work at: of all requests that a process has taken, few compute at once; the others wait in line.

Python runs one thread at a time, and every call into the database hands the turn to another thread. With many at work
a report's transaction would wait for its turn a dozen times while it holds the one lock that all writers need.
"""

import contextlib
import threading
from collections.abc import Iterator

from django.db import connection

AT_ONCE = 2

_free = threading.Semaphore(AT_ONCE)
_mine = threading.local()


@contextlib.contextmanager
def taken() -> Iterator[None]:
    """Work at a place."""
    with _free:
        _mine.held = True
        try:
            yield
        finally:
            _mine.held = False


@contextlib.contextmanager
def left() -> Iterator[None]:
    """Leave the place to somebody else while waiting for a slow line or a key derivation; then stand in line again.

    The database connection is handed back as well: who has none could otherwise sit at every place, waiting for one
    that is held by somebody who waits for a place.
    """
    if not getattr(_mine, "held", False):  # a command, or a test: nobody stands in line there
        yield
        return
    if connection.connection is not None and not connection.in_atomic_block:
        connection.close()
    _free.release()
    _mine.held = False
    try:
        yield
    finally:
        _free.acquire()
        _mine.held = True
