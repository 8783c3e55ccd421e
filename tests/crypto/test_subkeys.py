"""Subkeys and signatures: one secret, many purposes, none of which gives away another."""

import pytest

from wise.crypto import signing, subkeys
from wise.crypto.subkeys import Label

SECRET = bytes(range(32))


def test_every_purpose_has_a_key_of_its_own() -> None:
    keys = {subkeys.subkey(SECRET, label) for label in Label}
    assert len(keys) == len(Label)
    assert {len(key) for key in keys} == {32}


def test_a_longer_key_of_the_same_purpose_can_be_asked_for() -> None:
    assert len(subkeys.subkey(SECRET, Label.DATABASE, length=48)) == 48


def test_another_secret_gives_other_keys() -> None:
    assert subkeys.subkey(SECRET, Label.LOG) != subkeys.subkey(bytes(32), Label.LOG)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        subkeys.subkey(bytes(31), Label.LOG)


def test_a_mac_depends_on_key_and_message() -> None:
    mine = subkeys.mac(SECRET, b"pesan")
    assert subkeys.same(mine, subkeys.mac(SECRET, b"pesan"))
    assert not subkeys.same(mine, subkeys.mac(SECRET, b"kesan"))
    assert not subkeys.same(mine, subkeys.mac(bytes(32), b"pesan"))


def test_agus_verifies_what_the_log_signed() -> None:
    public = signing.public(SECRET)
    signature = signing.sign(SECRET, b"kepala hari ini")
    assert signing.verify(public, b"kepala hari ini", signature)
    assert not signing.verify(public, b"kepala kemarin", signature)
    assert not signing.verify(signing.public(bytes(32)), b"kepala hari ini", signature)
    for place in range(len(signature)):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not signing.verify(public, b"kepala hari ini", bytes(changed))


@pytest.mark.parametrize(("public", "signature"), [(b"", bytes(64)), (bytes(31), bytes(64)), (bytes(32), b"")])
def test_a_malformed_key_or_signature_is_a_no(public: bytes, signature: bytes) -> None:
    assert not signing.verify(public, b"kepala hari ini", signature)
