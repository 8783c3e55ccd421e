"""Passkeys: made and signed for one challenge, one origin, one host; whatever else is sent opens nothing."""

import json
from typing import Any

import pytest

from tests.authenticators import ORIGIN, Key
from wise.crypto import passkeys
from wise.crypto.errors import Unopenable
from wise.crypto.passkeys import Made, Place

NESTED = "gYGB" * 4000  # CBOR, a list in a list in a list
HERE = Place("localhost", ORIGIN, "WiSe")


def creation() -> tuple[dict[str, Any], Any]:
    return passkeys.creation(HERE, user_id=bytes(16), login="wulan", name="Wulan Sari", known=())


def enrolled(key: Key) -> Made:
    options, state = creation()
    return passkeys.made(key.makes(options), place=HERE, state=state)


def test_what_was_made_here_signs_here() -> None:
    key = Key()
    made = enrolled(key)
    options, state = passkeys.request(HERE, known=[made.credential])
    signed = passkeys.signed(key.signs(options), place=HERE, state=state, known=[made.credential])
    assert (signed.credential, signed.count) == (made.credential, 1)
    assert options["publicKey"]["userVerification"] == "preferred"
    assert options["publicKey"]["rpId"] == "localhost"
    json.dumps([options, state, creation()])


def test_a_key_of_a_kind_that_nobody_here_can_check_is_not_taken() -> None:
    options, state = creation()
    with pytest.raises(Unopenable):
        passkeys.made(Key(kind=-70000).makes(options), place=HERE, state=state)


@pytest.mark.parametrize("origin", ["https://localhost:8000", "http://localhost:8001", "http://wise.evil.example", ""])
def test_what_was_done_on_another_site_is_worth_nothing(origin: str) -> None:
    options, state = creation()
    with pytest.raises(Unopenable):
        passkeys.made(Key().makes(options, origin=origin), place=HERE, state=state)
    key = Key()
    known = [enrolled(key).credential]
    options, state = passkeys.request(HERE, known=known)
    with pytest.raises(Unopenable):
        passkeys.signed(key.signs(options, origin=origin), place=HERE, state=state, known=known)


def test_another_host_challenge_or_key_is_refused_and_so_is_a_key_that_nobody_touched() -> None:
    key = Key()
    known = [enrolled(key).credential]
    options, state = passkeys.request(HERE, known=known)
    old, _ = passkeys.request(HERE, known=known)
    elsewhere, stranger = Key(host="example.org", private=key.private), Key()
    for answer in (
        key.signs(old),
        elsewhere.signs(options),
        stranger.signs(options),
        key.signs(options, present=False),
    ):
        with pytest.raises(Unopenable):
            passkeys.signed(answer, place=HERE, state=state, known=known)
    with pytest.raises(Unopenable):
        passkeys.signed(key.signs(options), place=HERE, state=state, known=())
    with pytest.raises(Unopenable):
        passkeys.signed(key.signs(options), place=HERE, state={}, known=known)


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "7", '"x"', '{"id": 1}', '{"rawId":"","id":"","response":{}}']
)
def test_what_is_no_answer_is_refused(answer: str) -> None:
    made = enrolled(Key())
    _, state = passkeys.request(HERE, known=[made.credential])
    with pytest.raises(Unopenable):
        passkeys.signed(answer, place=HERE, state=state, known=[made.credential])
    _, state = creation()
    with pytest.raises(Unopenable):
        passkeys.made(answer, place=HERE, state=state)


def test_an_attestation_that_is_nested_without_end_is_refused() -> None:
    options, state = creation()
    for nested in (NESTED, "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YV" + "gYGB" * 100):
        answer = json.loads(Key().makes(options))
        answer["response"]["attestationObject"] = nested
        with pytest.raises(Unopenable):
            passkeys.made(json.dumps(answer), place=HERE, state=state)
    with pytest.raises(Unopenable):
        passkeys.made("[" * 19_000, place=HERE, state=state)


def test_any_part_of_an_answer_that_is_cut_or_changed_is_refused() -> None:
    key = Key()
    made = enrolled(key)
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        for changed in ("{0:.20}", "", "AAAA{0}", "ä", NESTED):
            options, state = passkeys.request(HERE, known=[made.credential])
            answer = json.loads(key.signs(options))
            answer["response"][part] = changed.format(answer["response"][part])
            with pytest.raises(Unopenable):
                passkeys.signed(json.dumps(answer), place=HERE, state=state, known=[made.credential])
