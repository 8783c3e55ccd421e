"""Places: few compute at once, whoever waits for something slow makes room, and nobody is shut out for good."""

import io
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from wise.config import bodies, places, wsgi
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


@pytest.mark.django_db(transaction=True)
def test_who_makes_room_holds_no_connection_meanwhile() -> None:
    held: list[object] = []

    def work() -> None:
        connection.ensure_connection()
        with places.left():
            held.append(connection.connection)
        with transaction.atomic(), places.left():
            held.append(connection.connection)
        connection.close()

    _at_work(work).join(10)

    assert held[0] is None
    assert held[1] is not None  # in the middle of a transaction it cannot be given away


def test_a_form_is_awaited_before_there_is_a_place_to_leave_and_a_large_body_in_between() -> None:
    def free_while_read(length: int) -> int:
        seen: list[int] = []

        class Watched(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                seen.append(places._free._value)
                return super().read(size)

        environ = {"CONTENT_LENGTH": str(length), "wsgi.input": Watched(bytes(length))}
        bodies.make_safe(environ)
        with places.taken():
            assert len(environ["wsgi.input"].read(length)) == length  # type: ignore[attr-defined]
        return seen[0]

    assert free_while_read(1000) == free_while_read(100_000) == places.AT_ONCE


def test_who_has_no_place_leaves_none() -> None:
    with places.left():
        pass

    assert places._free._value == places.AT_ONCE


def test_p33_the_server_makes_room_while_a_password_is_derived() -> None:
    assert callable(wsgi.application)
    assert derivation.while_waiting is places.left
