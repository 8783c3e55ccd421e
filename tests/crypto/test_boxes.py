"""Boxes: for the holder of one private key, in one place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wise.crypto import boxes, contexts
from wise.crypto.errors import Unopenable

KEYS = bytes(range(64))
HERE = contexts.context("keys_grant", 1, "outer")


@settings(max_examples=50, deadline=None)
@given(plaintext=st.binary(max_size=500), context=st.binary(max_size=100))
def test_ina_unwraps_what_was_wrapped_for_her(plaintext: bytes, context: bytes) -> None:
    seed = boxes.new_seed()
    wrapped = boxes.wrap(plaintext, public_key=boxes.public_key(seed), context=context)
    assert len(wrapped) == len(plaintext) + 1137
    assert boxes.unwrap(wrapped, seed=seed, context=context) == plaintext


def test_agus_does_not_unwrap_what_is_for_ina() -> None:
    ina, agus = boxes.new_seed(), boxes.new_seed()
    wrapped = boxes.wrap(KEYS, public_key=boxes.public_key(ina), context=HERE)
    with pytest.raises(Unopenable):
        boxes.unwrap(wrapped, seed=agus, context=HERE)


def test_a_box_that_was_moved_to_another_row_does_not_open() -> None:
    ina = boxes.new_seed()
    wrapped = boxes.wrap(KEYS, public_key=boxes.public_key(ina), context=HERE)
    with pytest.raises(Unopenable):
        boxes.unwrap(wrapped, seed=ina, context=contexts.context("keys_grant", 2, "outer"))


def test_tono_changes_any_one_byte_of_a_box_and_it_does_not_open() -> None:
    ina = boxes.new_seed()
    wrapped = boxes.wrap(KEYS, public_key=boxes.public_key(ina), context=HERE)
    for place in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[place] ^= 1
        if place == 1120:
            # RFC 7748: X25519 ignores the highest bit, which stands in this byte; 1 is the lowest and counts.
            changed[place] ^= 128
        with pytest.raises(Unopenable):
            boxes.unwrap(bytes(changed), seed=ina, context=HERE)


def test_the_ignored_bit_of_x25519_is_bound_too() -> None:
    ina = boxes.new_seed()
    changed = bytearray(boxes.wrap(KEYS, public_key=boxes.public_key(ina), context=HERE))
    changed[1120] ^= 128
    with pytest.raises(Unopenable):
        boxes.unwrap(bytes(changed), seed=ina, context=HERE)


@pytest.mark.parametrize("length", [0, 1, 2, 33, 1089, 1120, 1121, 1136, 1200])
def test_a_box_that_was_cut_does_not_open(length: int) -> None:
    ina = boxes.new_seed()
    wrapped = boxes.wrap(KEYS, public_key=boxes.public_key(ina), context=HERE)
    with pytest.raises(Unopenable):
        boxes.unwrap(wrapped[:length], seed=ina, context=HERE)


def test_a_box_with_a_degenerate_share_does_not_open() -> None:
    ina = boxes.new_seed()
    wrapped = boxes.wrap(KEYS, public_key=boxes.public_key(ina), context=HERE)
    with pytest.raises(Unopenable):
        boxes.unwrap(wrapped[:1089] + bytes(32) + wrapped[1121:], seed=ina, context=HERE)


@pytest.mark.parametrize("key", [b"", bytes(1215), bytes(1217), bytes(1216), b"\xff" * 1216])
def test_nothing_is_wrapped_for_what_is_no_public_key(key: bytes) -> None:
    with pytest.raises(ValueError, match=r"key"):
        boxes.wrap(KEYS, public_key=key, context=HERE)


def test_a_seed_of_another_length_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        boxes.public_key(bytes(31))


def test_kusuma_opens_the_inner_box_only_after_kartika_took_off_the_outer() -> None:
    kartika, kusuma = boxes.new_seed(), boxes.new_seed()
    inner = boxes.wrap(KEYS, public_key=boxes.public_key(kusuma), context=b"inner")
    outer = boxes.wrap(inner, public_key=boxes.public_key(kartika), context=b"outer")
    with pytest.raises(Unopenable):
        boxes.unwrap(outer, seed=kusuma, context=b"outer")
    taken_off = boxes.unwrap(outer, seed=kartika, context=b"outer")
    assert boxes.unwrap(taken_off, seed=kusuma, context=b"inner") == KEYS
