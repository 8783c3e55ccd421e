"""P09: guessing is bounded without storing addresses, and an honest user still gets in."""

import datetime
from typing import Any

import pytest
from nacl import bindings

from tests import world as cast
from tests.world import NOW, PASSWORD, Teller, World
from wise.crypto import passphrases
from wise.people import guessing, signing_in
from wise.people.models import Attempt
from wise.refusals import Refused, TooMany

NEW = "payung merah di atas meja"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _refused_as(code: str, sign_in: object) -> None:
    with pytest.raises(Refused) as refused:
        sign_in()  # type: ignore[operator]
    assert refused.value.code == code


def test_p09_after_twenty_wrong_passwords_an_hour_even_the_right_one_waits_but_the_code_works(sari: Teller) -> None:
    for _ in range(signing_in.MOST_FAILURES):
        _refused_as("wrong-sign-in", lambda: signing_in.reporter("burung malam", password=NEW, at=NOW))

    with pytest.raises(TooMany) as refused:
        signing_in.reporter("BURUNG MALAM", password=PASSWORD, at=NOW)
    assert refused.value.status == 429

    signing_in.recover_reporter("burung malam", recovery_code=sari.recovery_code, new_password=NEW)
    assert signing_in.reporter("burung malam", password=NEW, at=NOW).seed


def test_p09_an_unknown_name_is_bounded_in_the_same_way(world: World) -> None:
    for _ in range(signing_in.MOST_FAILURES):
        _refused_as("wrong-sign-in", lambda: signing_in.officer("nobody", passphrase=NEW, at=NOW))

    with pytest.raises(TooMany):
        signing_in.officer("nobody", passphrase=NEW, at=NOW)


def test_p09_within_an_hour_it_is_forgotten_and_nothing_of_it_stays(sari: Teller) -> None:
    for _ in range(signing_in.MOST_FAILURES):
        _refused_as("wrong-sign-in", lambda: signing_in.reporter("burung malam", password=NEW, at=NOW))
    later = NOW + datetime.timedelta(hours=1)

    assert signing_in.reporter("burung malam", password=PASSWORD, at=later).seed
    _refused_as("wrong-sign-in", lambda: signing_in.reporter("kuda laut", password=NEW, at=later))
    assert Attempt.objects.count() == 1


def test_p09_somebody_elses_failures_do_not_hinder_budi(sari: Teller) -> None:
    budi = cast.join("kuda laut")
    for _ in range(signing_in.MOST_FAILURES + 1):
        with pytest.raises(Refused):
            signing_in.reporter("burung malam", password=NEW, at=NOW)

    assert signing_in.reporter("kuda laut", password=PASSWORD, at=NOW).row == budi.reporter


def test_p09_nothing_like_an_address_is_kept_of_an_attempt(sari: Teller) -> None:
    _refused_as("wrong-sign-in", lambda: signing_in.reporter("burung malam", password=NEW, at=NOW))

    assert {field.name for field in Attempt._meta.fields} == {"lookup", "failures", "expires_at"}
    row = Attempt.objects.get()
    assert row.expires_at.minute % 10 == row.expires_at.second == 0
    assert "burung" not in row.lookup


def test_p09_a_miss_costs_one_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    derive = bindings.crypto_pwhash_alg

    def counted(*given: Any) -> bytes:
        done.append(1)
        key: bytes = derive(*given)
        return key

    monkeypatch.setattr(passphrases, "crypto_pwhash_alg", counted)

    guessing.miss()

    assert len(done) == 1
