"""Places: few compute at once, whoever waits for something slow makes room, and nobody is shut out for good."""

import threading
from collections.abc import Callable

import pytest

from wise.config import places, wsgi
from wise.people import derivation


def _at_work(deed: Callable[[], None]) -> threading.Thread:
    def work() -> None:
        with places.taken():
            deed()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_no_more_work_at_once_than_there_are_places() -> None:
    inside, most, lock, go = 0, 0, threading.Lock(), threading.Event()

    def count() -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        go.wait(0.05)
        with lock:
            inside -= 1

    threads = [_at_work(count) for _ in range(8)]
    for thread in threads:
        thread.join(10)

    assert most == places.AT_ONCE


def test_who_waits_for_a_slow_line_makes_room_and_comes_back() -> None:
    begun, let_go, back = threading.Barrier(places.AT_ONCE + 1), threading.Event(), list[bool]()

    def slow() -> None:
        with places.left():
            begun.wait(10)
            let_go.wait(10)
        back.append(True)

    threads = [_at_work(slow) for _ in range(places.AT_ONCE)]
    begun.wait(10)
    done = threading.Event()
    _at_work(done.set).join(10)
    let_go.set()
    for thread in threads:
        thread.join(10)

    assert done.is_set()
    assert back == [True] * places.AT_ONCE


def test_a_place_is_given_back_also_when_something_breaks() -> None:
    for _ in range(places.AT_ONCE + 1):
        with pytest.raises(ValueError, match="invalid"), places.taken(), places.left():
            int("broken")

    done = threading.Event()
    _at_work(done.set).join(10)
    assert done.is_set()


def test_who_has_no_place_leaves_none() -> None:
    with places.left():
        pass

    assert places._free._value == places.AT_ONCE


def test_p33_the_server_makes_room_while_a_password_is_derived() -> None:
    assert callable(wsgi.application)
    assert derivation.while_waiting is places.left
