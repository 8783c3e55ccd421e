"""P06: sessions end, idle and absolute, however they are used."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from time_machine import Traveller

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.people import officer_sessions, sessions, tokens
from wise.people.officer_sessions import SessionStore

MINUTE = datetime.timedelta(minutes=1)
SEED = b"wulan's key in hand for a while!"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def clock(world: World) -> Iterator[Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _signed_in(world: World) -> SessionStore:
    session = SessionStore()
    session["_auth_user_id"] = str(world.officer("wulan").id)
    officer_sessions.keep_seed(session, SEED)
    session.create()
    return session


def _resumed(session: SessionStore) -> SessionStore:
    return SessionStore(session.session_key)


def test_p06_a_session_ends_when_nothing_happens_for_half_an_hour(sari: Teller) -> None:
    token = sari.signs_in()

    assert sessions.resume(token, at=NOW + 41 * MINUTE) is None


def test_p06_who_goes_on_stays_signed_in_but_never_beyond_four_hours(sari: Teller) -> None:
    token, at = sari.signs_in(), NOW
    while at < NOW + sessions.LONGEST:
        assert sessions.resume(token, at=at) is not None
        at += 25 * MINUTE

    assert sessions.resume(token, at=NOW + sessions.LONGEST + tokens.STEP) is None


def test_p06_a_session_ends_after_an_idle_hour(world: World, clock: Traveller) -> None:
    session = _signed_in(world)

    clock.move_to(NOW + 71 * MINUTE)

    assert officer_sessions.seed_in(_resumed(session)) is None


def test_p06_who_works_on_stays_signed_in_but_never_beyond_ten_hours(world: World, clock: Traveller) -> None:
    session = _signed_in(world)
    for hours in range(20):
        clock.move_to(NOW + hours * 30 * MINUTE)
        resumed = _resumed(session)
        assert officer_sessions.seed_in(resumed) == SEED
        resumed["page"] = hours
        resumed.save()

    clock.move_to(NOW + officer_sessions.LONGEST + tokens.STEP)

    assert officer_sessions.seed_in(_resumed(session)) is None
