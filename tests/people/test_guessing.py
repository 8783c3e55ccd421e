"""Guessing at a secret number costs what a wrong password costs, and stands in the same line."""

from typing import Any

import pytest
from nacl import bindings

from wise.crypto import passphrases
from wise.people import guessing


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
