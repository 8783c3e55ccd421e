"""Lanes: one derivation after the other, a line that has an end, and an answer also when something breaks."""

import os
import subprocess
import sys
import threading

import pytest

from wise.people.derivation import Lane
from wise.refusals import Busy


class _Held:
    """A derivation that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    def __call__(self) -> bytes:
        self.begun.set()
        assert self.let_go.wait(10)
        return b"key"


def _behind(lane: Lane, derive: object, answers: list[bytes]) -> threading.Thread:
    thread = threading.Thread(target=lambda: answers.append(lane.run(derive)))  # type: ignore[arg-type]
    thread.start()
    return thread


def test_what_was_derived_comes_back() -> None:
    lane = Lane("try", waiting=1)

    assert [lane.run(lambda: b"one"), lane.run(lambda: b"two")] == [b"one", b"two"]


def test_an_error_comes_back_too_and_the_lane_goes_on() -> None:
    lane = Lane("try", waiting=1)

    def fail() -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lane.run(fail)
    assert lane.run(lambda: b"next") == b"next"


def test_p33_when_too_many_wait_the_next_hears_that_we_are_busy_and_those_in_line_are_served() -> None:
    lane, held, answers = Lane("try", waiting=2), _Held(), list[bytes]()
    threads = [_behind(lane, held, answers)]
    assert held.begun.wait(10)
    threads += [_behind(lane, lambda: b"waited", answers) for _ in range(2)]
    while not lane._line.full():
        threading.Event().wait(0.001)

    with pytest.raises(Busy):
        lane.expect_room()
    with pytest.raises(Busy) as refused:
        lane.run(lambda: b"too late")
    assert refused.value.status == 503

    held.let_go.set()
    for thread in threads:
        thread.join(10)
    assert sorted(answers) == [b"key", b"waited", b"waited"]


def test_a_lane_that_was_used_before_a_worker_is_forked_works_in_the_worker_too() -> None:
    story = (
        "import os, sys\n"
        "from wise.people.derivation import Lane\n"
        "lane = Lane('try', waiting=1)\n"
        "lane.run(lambda: b'before')\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(lane.run(lambda: b'inside') != b'inside')\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "wise.config.settings"}

    told = subprocess.run([sys.executable, "-W", "ignore", "-c", story], check=False, timeout=30, env=environment)

    assert told.returncode == 0


def test_one_lane_does_not_wait_for_another() -> None:
    slow, quick, held, answers = Lane("slow", waiting=1), Lane("quick", waiting=1), _Held(), list[bytes]()
    thread = _behind(slow, held, answers)
    assert held.begun.wait(10)

    assert quick.run(lambda: b"at once") == b"at once"
    held.let_go.set()
    thread.join(10)


def test_derivations_give_way_to_everything_else() -> None:
    lane = Lane("try", waiting=1)

    nice = lane.run(lambda: bytes([os.getpriority(os.PRIO_PROCESS, threading.get_native_id())]))

    assert nice == bytes([19])
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 19


def test_a_lane_whose_thread_is_gone_after_a_fork_starts_anew() -> None:
    lane = Lane("try", waiting=1)
    lane.run(lambda: b"before")
    gone = threading.Thread(target=lambda: None)
    gone.start()
    gone.join()
    lane._worker = gone

    assert lane.run(lambda: b"after") == b"after"
