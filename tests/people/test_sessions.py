"""A reporter's session: idle and absolute ends, a row that opens nothing alone, a cookie that is dead afterwards."""

import datetime

import pytest

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.people import sessions, tokens
from wise.people.models import ReporterSession

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def test_sari_comes_back_with_her_cookie_and_has_her_key_in_hand(sari: Teller) -> None:
    session = sessions.resume(sari.signs_in(), at=NOW)

    assert session is not None
    assert (session.reporter, session.seed) == (sari.reporter, sari.seed)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "!!!", "é", "=" * 8, "a" * 5000])
def test_what_is_no_cookie_of_ours_opens_nothing_and_breaks_nothing(sari: Teller, token: str) -> None:
    sari.signs_in()

    assert sessions.resume(token, at=NOW) is None
    sessions.end(token)
    assert ReporterSession.objects.count() == 1


def test_p36_a_session_put_into_anothers_row_does_not_open(sari: Teller) -> None:
    budi = cast.join("kuda laut")
    hers, his = sari.signs_in(), budi.signs_in()
    mine = ReporterSession.objects.get(reporter=sari.reporter)

    ReporterSession.objects.filter(reporter=budi.reporter).update(sealed=mine.sealed)
    assert sessions.resume(his, at=NOW) is None
    ReporterSession.objects.filter(id=mine.id).update(reporter=budi.reporter)
    assert sessions.resume(hers, at=NOW) is None


def test_the_row_opens_nothing_alone(sari: Teller) -> None:
    token = sari.signs_in()
    row = ReporterSession.objects.get()

    assert token not in row.id
    assert sari.seed not in bytes(row.sealed)
    assert tokens.row_id(token, kind="officer") != row.id
    assert tokens.row_key(token, kind="reporter") != tokens.row_key(token, kind="draft")


def test_sessions_that_are_over_are_cleared_away_when_somebody_signs_in(sari: Teller) -> None:
    sari.signs_in()
    sari.signs_in(at=NOW + 2 * HOUR)

    assert ReporterSession.objects.count() == 1


def test_the_token_in_forms_belongs_to_the_cookie_and_tells_nothing_of_it(sari: Teller) -> None:
    token = sari.signs_in()

    assert tokens.form_token(token) == tokens.form_token(token)
    assert tokens.form_token(token) != tokens.form_token(sari.signs_in())
    assert token not in tokens.form_token(token)
