"""A reporter's session: idle and absolute ends, a row that opens nothing alone, a cookie that is dead afterwards."""

import datetime

import pytest

from tests import world as cast
from tests.world import NOW, PASSWORD, Teller, World
from wise.people import sessions, signing_in, tokens
from wise.people.models import ReporterSession

MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _start(teller: Teller, *, at: datetime.datetime = NOW) -> str:
    return sessions.start(teller.reporter, seed=teller.seed, at=at)


def test_sari_comes_back_with_her_cookie_and_has_her_key_in_hand(sari: Teller) -> None:
    session = sessions.resume(_start(sari), at=NOW)

    assert session is not None
    assert (session.reporter, session.seed) == (sari.reporter, sari.seed)


def test_p06_a_session_ends_when_nothing_happens_for_half_an_hour(sari: Teller) -> None:
    token = _start(sari)

    assert sessions.resume(token, at=NOW + 41 * MINUTE) is None


def test_p06_who_goes_on_stays_signed_in_but_never_beyond_four_hours(sari: Teller) -> None:
    token, at = _start(sari), NOW
    while at < NOW + sessions.LONGEST:
        assert sessions.resume(token, at=at) is not None
        at += 25 * MINUTE

    assert sessions.resume(token, at=NOW + sessions.LONGEST + tokens.STEP) is None


def test_p18_times_are_kept_in_ten_minute_steps_and_written_once_in_a_step(sari: Teller) -> None:
    token = _start(sari)
    first = ReporterSession.objects.get()
    assert {first.expires_at.minute % 10, first.expires_at.second, first.ends_at.minute % 10, first.ends_at.second} == {
        0
    }

    for minutes in range(5):
        sessions.resume(token, at=NOW + minutes * MINUTE)
    assert ReporterSession.objects.get().expires_at == first.expires_at

    sessions.resume(token, at=NOW + 10 * MINUTE)
    assert ReporterSession.objects.get().expires_at == first.expires_at + tokens.STEP


def test_p05_after_signing_out_the_cookie_is_dead(sari: Teller) -> None:
    token = _start(sari)
    sessions.end(token)

    assert sessions.resume(token, at=NOW) is None
    assert not ReporterSession.objects.exists()


def test_p05_after_a_change_of_password_and_a_recovery_every_cookie_is_dead(sari: Teller) -> None:
    new = "payung merah di atas meja"
    tokens_of_two_browsers = [_start(sari), _start(sari)]
    code = signing_in.change_password(sari.reporter, seed=sari.seed, old=PASSWORD, new=new, at=NOW)
    assert [sessions.resume(token, at=NOW) for token in tokens_of_two_browsers] == [None, None]

    token = _start(sari)
    signing_in.recover_reporter("burung malam", recovery_code=code, new_password=PASSWORD)
    assert sessions.resume(token, at=NOW) is None


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "!!!", "é", "=" * 8, "a" * 5000])
def test_what_is_no_cookie_of_ours_opens_nothing_and_breaks_nothing(sari: Teller, token: str) -> None:
    _start(sari)

    assert sessions.resume(token, at=NOW) is None
    sessions.end(token)
    assert ReporterSession.objects.count() == 1


def test_p36_a_session_put_into_anothers_row_does_not_open(sari: Teller) -> None:
    budi = cast.join("kuda laut")
    hers, his = _start(sari), _start(budi)
    mine = ReporterSession.objects.get(reporter=sari.reporter)

    ReporterSession.objects.filter(reporter=budi.reporter).update(sealed=mine.sealed)
    assert sessions.resume(his, at=NOW) is None
    ReporterSession.objects.filter(id=mine.id).update(reporter=budi.reporter)
    assert sessions.resume(hers, at=NOW) is None


def test_the_row_opens_nothing_alone(sari: Teller) -> None:
    token = _start(sari)
    row = ReporterSession.objects.get()

    assert token not in row.id
    assert sari.seed not in bytes(row.sealed)
    assert tokens.row_id(token, kind="officer") != row.id
    assert tokens.row_key(token, kind="reporter") != tokens.row_key(token, kind="draft")


def test_sessions_that_are_over_are_cleared_away_when_somebody_signs_in(sari: Teller) -> None:
    _start(sari)
    _start(sari, at=NOW + 2 * HOUR)

    assert ReporterSession.objects.count() == 1


def test_the_token_in_forms_belongs_to_the_cookie_and_tells_nothing_of_it(sari: Teller) -> None:
    token = _start(sari)

    assert tokens.form_token(token) == tokens.form_token(token)
    assert tokens.form_token(token) != tokens.form_token(_start(sari))
    assert token not in tokens.form_token(token)
