"""Crowds: connections that only take up room are ended; busy and young ones are not, and nobody while there is room."""

import contextlib
import socket
from collections.abc import Callable, Iterator

import pytest

from wise.config import bodies, crowd
from wise.config.crowd import Watch

LATER = crowd.PATIENCE

pytestmark = pytest.mark.skipif(not crowd._DESCRIPTORS.is_dir(), reason="asks Linux about connections")


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Something that listens, in this process."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def arrive(server: socket.socket) -> Iterator[Callable[[], tuple[socket.socket, socket.socket]]]:
    """A visitor's end of a new connection, and ours."""
    with contextlib.ExitStack() as opened:

        def come() -> tuple[socket.socket, socket.socket]:
            theirs = opened.enter_context(socket.create_connection(server.getsockname(), timeout=5))
            return theirs, opened.enter_context(server.accept()[0])

        yield come


@pytest.fixture
def watch(server: socket.socket) -> Watch:
    return Watch(server.getsockname()[1])


def _is_open(theirs: socket.socket) -> bool:
    theirs.settimeout(0.05)
    try:
        return theirs.recv(1) != b""
    except TimeoutError:
        return True


def _send(theirs: socket.socket, ours: socket.socket, size: int) -> None:
    theirs.sendall(bytes(size))
    while size:
        size -= len(ours.recv(size))


def test_those_that_send_nothing_are_ended_first(
    arrive: Callable[[], tuple[socket.socket, socket.socket]], watch: Watch
) -> None:
    silent, dripping, busy = [arrive() for _ in range(3)], arrive(), arrive()
    watch.look(now=0, waiting=0)
    _send(*dripping, 5)
    _send(*busy, crowd.ENOUGH)

    assert watch.look(now=LATER, waiting=crowd.MOST_WAITING + 3) == 3

    assert not any(_is_open(theirs) for theirs, _ in silent)
    assert _is_open(dripping[0])
    assert _is_open(busy[0])


def test_who_is_busy_is_never_ended(arrive: Callable[[], tuple[socket.socket, socket.socket]], watch: Watch) -> None:
    busy, dripping = arrive(), arrive()
    watch.look(now=0, waiting=0)
    _send(*busy, crowd.ENOUGH)
    _send(*dripping, crowd.ENOUGH - 1)

    assert watch.look(now=LATER, waiting=crowd.MOST_WAITING + 100) == 1

    assert _is_open(busy[0])
    assert not _is_open(dripping[0])


def test_nor_is_who_has_only_just_come(arrive: Callable[[], tuple[socket.socket, socket.socket]], watch: Watch) -> None:
    theirs, _ = arrive()
    watch.look(now=0, waiting=crowd.MOST_WAITING + 1)

    assert watch.look(now=LATER - 0.1, waiting=crowd.MOST_WAITING + 1) == 0
    assert _is_open(theirs)
    assert watch.look(now=LATER, waiting=crowd.MOST_WAITING + 1) == 1


def test_while_there_is_room_everybody_may_wait(
    arrive: Callable[[], tuple[socket.socket, socket.socket]], watch: Watch
) -> None:
    theirs, _ = arrive()
    for now in (0, LATER, 100 * LATER):
        assert watch.look(now=now, waiting=crowd.MOST_WAITING) == 0
    assert _is_open(theirs)


def test_too_many_open_connections_are_a_crowd_too(
    arrive: Callable[[], tuple[socket.socket, socket.socket]], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "MOST_OPEN", 2)
    came = [arrive() for _ in range(5)]
    watch.look(now=0, waiting=0)

    assert watch.look(now=LATER, waiting=0) == 3
    assert sum(_is_open(theirs) for theirs, _ in came) == 2


def test_connections_to_elsewhere_are_nobodys_business(
    arrive: Callable[[], tuple[socket.socket, socket.socket]], server: socket.socket
) -> None:
    theirs, _ = arrive()
    elsewhere = Watch(server.getsockname()[1] + 1)
    elsewhere.look(now=0, waiting=0)

    assert elsewhere.look(now=LATER, waiting=1_000) == 0
    assert _is_open(theirs)


def test_who_waits_for_a_body_is_counted() -> None:
    class Slow:
        def read(self, size: int, /) -> bytes:
            waiting.append(crowd.WAITING.number)
            return bytes(size)

    waiting: list[int] = []
    bodies.Whole(Slow(), length=3).read()

    assert waiting == [1]
    assert crowd.WAITING.number == 0
