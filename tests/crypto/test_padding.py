"""Padding: one padded form for one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wise.crypto import padding
from wise.crypto.errors import Unopenable


@given(text=st.binary(max_size=3000))
def test_a_padded_text_comes_out_as_it_went_in(text: bytes) -> None:
    assert padding.unpad_text(padding.pad_text(text)) == text


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        bytes(7),
        bytes(1023),
        bytes(1025),
        bytes(2048),
        padding.pad_text(b"kabar")[:-1] + b"!",
        padding.pad_text(b"kabar") + bytes(1024),
        (2000).to_bytes(8, "big") + bytes(1016),
        b"\xff" * 1024,
    ],
)
def test_what_was_not_padded_by_us_is_not_taken(padded: bytes) -> None:
    with pytest.raises(Unopenable):
        padding.unpad_text(padded)
