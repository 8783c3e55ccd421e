"""Lanes for slow key derivations, so that a flood of wrong passwords never starves the people who submit.

Each lane is one thread of low priority; the rest wait in line up to a limit, then hear "busy, try again".
"""

import contextlib
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future

from django.utils.translation import gettext_lazy as _

from wise.refusals import Busy

_NICEST = 19

# What the server wants done while a request waits here; set once, when it starts.
while_waiting: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext

type _Line = queue.Queue[tuple[Callable[[], bytes], Future[bytes]]]


class Lane:
    """One thread that works off derivations in turn."""

    def __init__(self, name: str, *, waiting: int) -> None:
        self._name = name
        self._waiting = waiting
        self._line = self._new_line()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def expect_room(self) -> None:
        """Raise `Busy` where too many wait already: before anything is looked up for one who could not be served."""
        if self._line.full():
            raise _busy()

    def run(self, derive: Callable[[], bytes]) -> bytes:
        """Do one derivation in this lane and return its key; `Busy` when too many wait already."""
        line = self._start()
        future: Future[bytes] = Future()
        try:
            line.put_nowait((derive, future))
        except queue.Full:
            raise _busy() from None
        with while_waiting():
            return future.result()

    def _new_line(self) -> _Line:
        return queue.Queue(maxsize=self._waiting)

    def _start(self) -> _Line:
        # Started at the first use: threads do not survive the fork of a worker. Nor does the line, in which the thread
        # that is no more would still stand and be woken in the place of ours.
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._line = self._new_line()
                self._worker = threading.Thread(
                    target=self._work, args=(self._line,), name=f"lane-{self._name}", daemon=True
                )
                self._worker.start()
            return self._line

    def _work(self, line: _Line) -> None:
        # On Linux niceness belongs to the thread; elsewhere it would slow the whole process, so it is left alone.
        if hasattr(os, "sched_getaffinity"):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICEST)
        while True:
            derive, future = line.get()
            try:
                future.set_result(derive())
            except BaseException as error:  # noqa: BLE001 - it is raised again where the result is awaited
                future.set_exception(error)
            # A key must not live on in this frame until the next sign-in (property P08).
            del derive, future


def _busy() -> Busy:
    return Busy("busy", _("Very many people are signing in right now. Please try again shortly."))


SIGN_IN = Lane("sign-in", waiting=12)
JOINING = Lane("joining", waiting=24)
