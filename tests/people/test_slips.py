"""Slips from the desk: words that work once, and after that nobody who printed them opens anything (P01, P07, P09)."""

import datetime
import functools
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world as cast
from tests.world import NOW, PASSWORD, World
from wise.crypto import passphrases
from wise.crypto.errors import Unopenable
from wise.keys import directory
from wise.people import joining, pseudonyms, seeds, sessions, signing_in, slips, tokens
from wise.people.derivation import SIGN_IN
from wise.people.joining import Newcomer
from wise.people.models import Attempt, Reporter, ReporterSession, Slip
from wise.refusals import NotThere, Refused, TooMany

TODAY = NOW.date()
LOOKUP = bytes(32)
WRONG = "satu dua tiga empat lima enam tujuh"


@pytest.fixture
def printed(world: World) -> Newcomer[Reporter]:
    """The slip that Dewi printed for Sari."""
    newcomer = slips.prepare(on=TODAY)
    joining.store(newcomer)
    directory.enter_holder(newcomer.row, seed=newcomer.seed)
    slips.hand_out(newcomer.row, on=TODAY)
    return newcomer


def _unlock(row: Reporter | None, passphrase: str, *, at: datetime.datetime = NOW) -> Any:
    found = Reporter.objects.select_related("slip").get(id=row.id) if row is not None else None
    return slips.unlock(found, lookup=LOOKUP, passphrase=passphrase, at=at)


def _use(printed: Newcomer[Reporter]) -> str:
    """Sari uses the slip and keeps the new words."""
    token = slips.begin(_unlock(printed.row, printed.recovery_code), at=NOW)
    shown = slips.waiting(token, at=NOW)
    assert shown is not None
    slips.take(token, on=TODAY, at=NOW)
    return shown.passphrase


def test_p01_the_words_on_a_slip_have_eighty_bits(printed: Newcomer[Reporter]) -> None:
    assert len(printed.recovery_code.split()) == passphrases.CODE_WORDS
    assert slips.prepare(on=TODAY).recovery_code != printed.recovery_code


def test_saris_slip_opens_her_key_however_she_types_it(printed: Newcomer[Reporter]) -> None:
    for typed in (printed.recovery_code, printed.recovery_code.upper(), printed.recovery_code.replace(" ", "-")):
        assert _unlock(printed.row, typed).seed == printed.seed


def test_no_pseudonym_and_no_password_lead_to_a_slips_reporter(printed: Newcomer[Reporter]) -> None:
    row = Reporter.objects.get(id=printed.row.id)
    assert bytes(row.pseudonym_lookup) != pseudonyms.lookup("")
    for typed in ("", printed.recovery_code, PASSWORD):
        with pytest.raises(Unopenable):
            seeds.open_with_passphrase(row, owner=row.id, passphrase=typed, lane=SIGN_IN)


def test_the_new_words_are_the_same_after_every_reload_and_the_old_ones_work_until_they_are_kept(
    printed: Newcomer[Reporter],
) -> None:
    token = slips.begin(_unlock(printed.row, printed.recovery_code), at=NOW)

    first, again = slips.waiting(token, at=NOW), slips.waiting(token, at=NOW)

    assert first is not None
    assert again is not None
    assert first.passphrase == again.passphrase != printed.recovery_code
    assert Slip.objects.get().used_on is None
    assert _unlock(printed.row, printed.recovery_code).seed == printed.seed


def test_once_kept_the_new_words_alone_open_it_and_the_slip_says_since_when(printed: Newcomer[Reporter]) -> None:
    new = _use(printed)

    assert _unlock(printed.row, new).seed == printed.seed
    with pytest.raises(Refused) as refused:
        _unlock(printed.row, printed.recovery_code)
    assert refused.value.code == "wrong-slip"
    assert Slip.objects.get().used_on == TODAY


def test_with_the_whole_database_in_hand_dewis_words_open_nothing_once_the_slip_was_used(
    printed: Newcomer[Reporter],
) -> None:
    _use(printed)

    row = Reporter.objects.get()
    with pytest.raises(Unopenable):
        seeds.open_with_code(row, owner=row.id, recovery_code=printed.recovery_code)
    for model in apps.get_models():
        for values in model._base_manager.values_list():
            for value in values:
                plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                assert printed.seed not in plain
                assert printed.recovery_code.encode() not in plain


def test_of_two_who_know_the_printed_words_the_second_is_told(printed: Newcomer[Reporter]) -> None:
    dewi = slips.begin(_unlock(printed.row, printed.recovery_code), at=NOW)
    sari = slips.begin(_unlock(printed.row, printed.recovery_code), at=NOW)

    slips.take(sari, on=TODAY, at=NOW)

    with pytest.raises(Refused) as refused:
        slips.take(dewi, on=TODAY, at=NOW)
    assert refused.value.code == "slip-used"


def test_an_exchange_ends_after_a_quarter_of_an_hour_and_when_it_was_taken(printed: Newcomer[Reporter]) -> None:
    token = slips.begin(_unlock(printed.row, printed.recovery_code), at=NOW)
    assert slips.waiting(token, at=NOW + slips.EXCHANGE) is None
    with pytest.raises(NotThere):
        slips.take(token, on=TODAY, at=NOW + slips.EXCHANGE)

    slips.take(token, on=TODAY, at=NOW)

    assert slips.waiting(token, at=NOW) is None
    assert not ReporterSession.objects.exists()


def test_the_cookie_of_an_exchange_is_no_session_and_another_cookie_shows_nothing(printed: Newcomer[Reporter]) -> None:
    token = slips.begin(_unlock(printed.row, printed.recovery_code), at=NOW)

    assert sessions.resume(token, at=NOW) is None
    assert slips.waiting(tokens.new(), at=NOW) is None
    assert slips.waiting("", at=NOW) is None


def test_p07_wrong_words_an_unknown_number_and_an_account_answer_and_cost_alike(printed: Newcomer[Reporter]) -> None:
    teller = cast.join()

    def cost(row: Reporter | None) -> tuple[str, list[str]]:
        found = Reporter.objects.select_related("slip").get(id=row.id) if row is not None else None
        with CaptureQueriesContext(connection) as queries, pytest.raises(Refused) as refused:
            slips.unlock(found, lookup=LOOKUP, passphrase=WRONG, at=NOW)
        return str(refused.value.sentence), [query["sql"].split()[0] for query in queries]

    assert cost(printed.row) == cost(None) == cost(teller.reporter)


def test_an_accounts_recovery_code_is_no_slips_passphrase(world: World) -> None:
    teller = cast.join()
    with pytest.raises(Refused) as refused:
        _unlock(teller.reporter, teller.recovery_code)
    assert refused.value.code == "wrong-slip"


def test_p09_wrong_words_cost_a_derivation_and_twenty_an_hour_at_one_number_are_enough(
    printed: Newcomer[Reporter], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    run = SIGN_IN.run

    def counted(derive: Any) -> bytes:
        done.append(1)
        return run(derive)

    monkeypatch.setattr(SIGN_IN, "run", counted)
    for _ in range(signing_in.MOST_FAILURES):
        with pytest.raises(Refused):
            _unlock(printed.row, WRONG)

    with pytest.raises(TooMany):
        _unlock(printed.row, printed.recovery_code)

    assert len(done) == signing_in.MOST_FAILURES
    assert Attempt.objects.get().lookup == LOOKUP.hex()
    assert _unlock(printed.row, printed.recovery_code, at=NOW + datetime.timedelta(hours=1)).seed == printed.seed


def test_nothing_of_it_shows_itself_when_printed(printed: Newcomer[Reporter]) -> None:
    token = slips.begin(_unlock(printed.row, printed.recovery_code), at=NOW)
    shown = functools.partial(slips.waiting, token)(at=NOW)
    assert shown is not None
    assert shown.passphrase not in repr(shown)
    assert printed.recovery_code not in repr(printed)
