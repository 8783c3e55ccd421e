"""A receipt's proof in the hands of an outsider, who has the public key and nothing else."""

import datetime

import pytest

from wise.audit import receipts
from wise.crypto import signing

SEED, KEY = bytes(range(32)), signing.public(bytes(range(32)))
ENTRY, ON = b"\x11" * 32, datetime.date(2026, 10, 20)
SIGNATURE = signing.sign(SEED, receipts.statement(ENTRY, ON))


def _day(entry: bytes = ENTRY, *, signature: bytes = SIGNATURE, key: bytes = KEY, later: int = 400) -> object:
    return receipts.day_of(entry, signature=signature, key=key, until=ON + datetime.timedelta(days=later))


@pytest.mark.parametrize("later", [0, 1, 4000])
def test_an_outsider_finds_the_day_on_which_it_was_signed(later: int) -> None:
    assert _day(later=later) == ON


def test_and_finds_none_where_anything_is_another() -> None:
    assert _day(b"\x12" + ENTRY[1:]) is None
    assert _day(signature=bytes(64)) is None
    assert _day(key=signing.public(bytes(32))) is None
    assert _day(key=b"\xff" * 32) is None
    assert _day(later=-1) is None
