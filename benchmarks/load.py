"""Many visitors at once, in processes of their own, so that the clients are not what is measured."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Self

PER_PROCESS = 4

type Sample = Callable[[str, float], None]
# One visitor's preparation (not timed), and one turn of theirs.
type Prepare = Callable[[int], Any]
type Turn = Callable[[Any, Sample], None]


@dataclass(slots=True)
class Outcome:
    """Seconds by what was timed, errors by what was said, and how long it all took."""

    seconds: float = 0.0
    turns: int = 0
    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Turns a second that went well."""
        return self.turns / self.seconds if self.seconds else 0.0

    def quantile(self, name: str, share: float) -> float:
        """Milliseconds within which this share was answered."""
        ordered = sorted(self.times.get(name, []))
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else float("nan")

    def add(self, other: Self) -> None:
        """Take another process's outcome in."""
        self.seconds = max(self.seconds, other.seconds)
        self.turns += other.turns
        self.errors += other.errors
        for name, times in other.times.items():
            self.times.setdefault(name, []).extend(times)


@dataclass(frozen=True, slots=True)
class Load:
    """How many visitors, and until when: a number of turns each, or seconds for all."""

    clients: int
    turns: int | None = None
    seconds: float | None = None

    def run(self, turn: Turn, *, prepare: Prepare) -> Outcome:
        """Prepare everybody, start them together, and gather what they saw."""
        context = multiprocessing.get_context("fork")
        shares = _shares(self.clients)
        ready, go = context.Barrier(len(shares) + 1), context.Event()
        ends, processes = [], []
        for share in shares:
            here, there = context.Pipe(duplex=False)
            given = {"turn": turn, "prepare": prepare, "ready": ready, "go": go, "end": there}
            process = context.Process(target=_process, args=(self, share), kwargs=given)
            process.start()
            there.close()
            ends.append(here)
            processes.append(process)
        ready.wait()
        go.set()
        total = Outcome()
        for end, process in zip(ends, processes, strict=True):
            total.add(end.recv())
            process.join()
        return total


def _shares(clients: int) -> list[Sequence[int]]:
    return [range(start, min(start + PER_PROCESS, clients)) for start in range(0, clients, PER_PROCESS)]


def _process(
    load: Load, share: Sequence[int], *, turn: Turn, prepare: Prepare, ready: Any, go: Any, end: Connection
) -> None:
    outcome, lock = Outcome(), threading.Lock()
    visitors = []
    for number in share:
        try:
            visitors.append(prepare(number))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
            outcome.errors.append(f"before the start: {error!r}")
    ready.wait()
    go.wait()
    begun = time.perf_counter()
    given = {"turn": turn, "outcome": outcome, "lock": lock, "begun": begun}
    threads = [threading.Thread(target=_visitor, args=(load, visitor), kwargs=given) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.seconds = time.perf_counter() - begun
    end.send(outcome)
    end.close()


def _visitor(load: Load, visitor: Any, *, turn: Turn, outcome: Outcome, lock: threading.Lock, begun: float) -> None:
    def sample(name: str, seconds: float) -> None:
        with lock:
            outcome.times.setdefault(name, []).append(seconds)

    done = 0
    while not _is_over(load, done, begun):
        done += 1
        try:
            turn(visitor, sample)
        except Exception as error:  # noqa: BLE001 - an error is a figure here
            with lock:
                outcome.errors.append(repr(error))
        else:
            with lock:
                outcome.turns += 1


def _is_over(load: Load, done: int, begun: float) -> bool:
    if load.turns is not None and done >= load.turns:
        return True
    return load.seconds is not None and time.perf_counter() - begun >= load.seconds
