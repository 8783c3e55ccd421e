"""P05: a session's row goes at sign-out, password change and recovery, and an old cookie is dead."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from time_machine import Traveller

from tests import world as cast
from tests.world import NOW, PASSWORD, Teller, World
from wise.people import officer_sessions, sessions, signing_in
from wise.people.models import OfficerSession, ReporterSession
from wise.people.officer_sessions import SessionStore

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


def test_p05_after_signing_out_the_cookie_is_dead(sari: Teller) -> None:
    token = sari.signs_in()
    sessions.end(token)

    assert sessions.resume(token, at=NOW) is None
    assert not ReporterSession.objects.exists()


def test_p05_after_a_change_of_password_and_a_recovery_every_cookie_is_dead(sari: Teller) -> None:
    new = "payung merah di atas meja"
    tokens_of_two_browsers = [sari.signs_in(), sari.signs_in()]
    code = signing_in.change_password(sari.reporter, seed=sari.seed, old=PASSWORD, new=new, at=NOW)
    assert [sessions.resume(token, at=NOW) for token in tokens_of_two_browsers] == [None, None]

    token = sari.signs_in()
    signing_in.recover_reporter("burung malam", recovery_code=code, new_password=PASSWORD)
    assert sessions.resume(token, at=NOW) is None


def test_p05_a_session_that_ended_elsewhere_is_not_brought_back_by_saving_it(world: World, clock: Traveller) -> None:
    session = _resumed(_signed_in(world))
    session["page"] = 1
    OfficerSession.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
    assert not OfficerSession.objects.exists()
