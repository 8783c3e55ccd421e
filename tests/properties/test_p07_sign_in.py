"""P07: an unknown name and a wrong password answer alike and cost alike, for reporters and for officers."""

import functools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from nacl import bindings

from tests import world as cast
from tests.world import NOW, PASSWORD, World
from wise.crypto import passphrases
from wise.people import signing_in
from wise.refusals import Refused

WRONG = "payung merah di atas meja"
CODE = "satu dua tiga empat lima enam tujuh"


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What libsodium is asked to derive: the memory of each derivation."""
    done: list[int] = []
    derive = bindings.crypto_pwhash_alg

    def counted(*given: Any) -> bytes:
        done.append(given[4])
        key: bytes = derive(*given)
        return key

    monkeypatch.setattr(passphrases, "crypto_pwhash_alg", counted)
    return done


def _cost(sign_in: Callable[[], object], derivations: list[int]) -> tuple[str, str, list[int], list[str]]:
    """What a failed sign-in says, and what it costs: derivations and statements."""
    derivations.clear()
    with CaptureQueriesContext(connection) as queries, pytest.raises(Refused) as refused:
        sign_in()
    statements = [query["sql"].split()[0] for query in queries]
    return refused.value.code, str(refused.value.sentence), list(derivations), statements


def test_p07_reporters(world: World, derivations: list[int]) -> None:
    cast.join("burung malam")

    wrong = _cost(lambda: signing_in.reporter("burung malam", password=WRONG, at=NOW), derivations)
    unknown = _cost(lambda: signing_in.reporter("kuda laut", password=PASSWORD, at=NOW), derivations)

    assert wrong == unknown
    assert len(wrong[2]) == 1


def test_p07_reporters_who_recover(world: World, derivations: list[int]) -> None:
    cast.join("burung malam")

    def recover(pseudonym: str) -> object:
        return signing_in.recover_reporter(pseudonym, recovery_code=CODE, new_password=WRONG)

    wrong = _cost(lambda: recover("burung malam"), derivations)
    unknown = _cost(lambda: recover("kuda laut"), derivations)

    assert wrong == unknown
    assert len(wrong[2]) == 1


def test_p07_officers(world: World, derivations: list[int]) -> None:
    wrong = _cost(lambda: signing_in.officer("wulan", passphrase=WRONG, at=NOW), derivations)
    unknown = _cost(lambda: signing_in.officer("nobody", passphrase=WRONG, at=NOW), derivations)

    assert wrong == unknown
    assert len(wrong[2]) == 1


def test_p07_a_right_password_costs_one_derivation_too(world: World, derivations: list[int]) -> None:
    cast.join("burung malam")
    derivations.clear()

    signing_in.reporter("burung malam", password=PASSWORD, at=NOW)

    assert len(derivations) == 1


def test_p07_a_name_tried_too_often_answers_alike_whether_it_exists(world: World, derivations: list[int]) -> None:
    cast.join("burung malam")
    for name in ("burung malam", "kuda laut"):
        for _ in range(signing_in.MOST_FAILURES):
            _cost(functools.partial(signing_in.reporter, name, password=WRONG, at=NOW), derivations)

    wrong = _cost(lambda: signing_in.reporter("burung malam", password=PASSWORD, at=NOW), derivations)
    unknown = _cost(lambda: signing_in.reporter("kuda laut", password=PASSWORD, at=NOW), derivations)

    assert wrong == unknown
    assert wrong[0] == "too-many-attempts"


def test_p07_to_hear_that_a_pseudonym_is_taken_costs_one_derivation(world: World, derivations: list[int]) -> None:
    cast.join("burung malam")

    code, _, cost, _ = _cost(lambda: cast.join("Burung  Malam"), derivations)

    assert (code, len(cost)) == ("name-taken", 1)
