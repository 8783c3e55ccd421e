"""Officers' sessions as Django sees them: sealed rows, found with the cookie alone, ended by time and by hand."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.sessions.backends.base import CreateError
from time_machine import Traveller

from tests.world import NOW, World
from wise.people import officer_sessions, tokens
from wise.people.models import OfficerSession
from wise.people.officer_sessions import SessionStore

MINUTE = datetime.timedelta(minutes=1)
SEED = b"wulan's key in hand for a while!"


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


def test_wulan_comes_back_with_her_cookie_and_has_her_key_in_hand(world: World, clock: Traveller) -> None:
    session = _resumed(_signed_in(world))

    assert officer_sessions.seed_in(session) == SEED
    assert OfficerSession.objects.get().officer == world.officer("wulan")


def test_without_signing_in_there_is_no_key(world: World, clock: Traveller) -> None:
    assert officer_sessions.seed_in(SessionStore()) is None


def test_the_row_opens_nothing_alone(world: World, clock: Traveller) -> None:
    session = _signed_in(world)
    row = OfficerSession.objects.get()

    assert session.session_key not in {None, row.id}
    assert SEED not in bytes(row.sealed)


def test_a_row_that_was_put_into_anothers_place_does_not_open(world: World, clock: Traveller) -> None:
    first, second = _signed_in(world), _signed_in(world)
    key = first.session_key or ""
    stolen = OfficerSession.objects.get(id=tokens.row_id(key, kind="officer")).sealed

    OfficerSession.objects.exclude(id=tokens.row_id(key, kind="officer")).update(sealed=stolen)

    resumed = _resumed(second)
    assert officer_sessions.seed_in(resumed) is None
    assert resumed.is_empty()
    assert resumed.session_key is None


@pytest.mark.parametrize("key", ["x", "A" * 43, "no cookie of ours"])
def test_what_is_no_cookie_of_ours_opens_nothing(world: World, clock: Traveller, key: str) -> None:
    assert list(SessionStore(key).keys()) == []
    assert not SessionStore(key).exists(key)


def test_being_seen_is_written_once_in_ten_minutes(world: World, clock: Traveller) -> None:
    session = _signed_in(world)
    first = OfficerSession.objects.get().expires_at

    _resumed(session).load()
    assert OfficerSession.objects.get().expires_at == first
    clock.move_to(NOW + 10 * MINUTE)
    _resumed(session).load()
    assert OfficerSession.objects.get().expires_at == first + tokens.STEP


def test_p34_signing_in_changes_the_cookie_and_signing_out_kills_it(world: World, clock: Traveller) -> None:
    session = _signed_in(world)
    old = session.session_key

    session.cycle_key()
    assert session.session_key != old
    assert officer_sessions.seed_in(SessionStore(old)) is None
    assert officer_sessions.seed_in(_resumed(session)) == SEED

    kept = session.session_key
    session.flush()
    assert officer_sessions.seed_in(SessionStore(kept)) is None
    assert not OfficerSession.objects.exists()


def test_deleting_what_was_never_kept_breaks_nothing(world: World, clock: Traveller) -> None:
    SessionStore().delete()
    assert _signed_in(world).exists(_signed_in(world).session_key or "")


def test_saving_without_a_cookie_makes_one(world: World, clock: Traveller) -> None:
    session = SessionStore()
    session["page"] = 1
    session.save()

    assert _resumed(session)["page"] == 1


def test_nobody_makes_a_session_over_one_that_is_there(world: World, clock: Traveller) -> None:
    session = _signed_in(world)

    with pytest.raises(CreateError):
        session.save(must_create=True)


def test_sessions_that_are_over_are_cleared_away_when_somebody_signs_in(world: World, clock: Traveller) -> None:
    _signed_in(world)
    clock.move_to(NOW + 2 * officer_sessions.IDLE)

    kept = _signed_in(world)

    assert OfficerSession.objects.count() == 1
    assert officer_sessions.seed_in(_resumed(kept)) == SEED
