"""Contexts and encodings: what differs never looks the same."""

import uuid
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wise.crypto import contexts
from wise.crypto.encoding import Part, encode

PARTS = st.one_of(st.text(), st.binary(), st.integers(), st.uuids(), st.none())


@given(one=st.lists(PARTS, max_size=4), other=st.lists(PARTS, max_size=4))
def test_two_different_lists_of_parts_never_encode_alike(one: list[Part], other: list[Part]) -> None:
    assume(_typed(one) != _typed(other))
    assert encode(*one) != encode(*other)


def _typed(parts: list[Part]) -> list[tuple[type, Part]]:
    return [(type(part), part) for part in parts]


def test_where_one_part_ends_and_the_next_begins_matters() -> None:
    assert contexts.context("ab", "c") != contexts.context("a", "bc")
    assert contexts.context("1") != contexts.context(1) != contexts.context(b"1")
    assert contexts.context() != contexts.context("")


def test_a_row_id_is_not_its_own_text() -> None:
    row = uuid.UUID(int=7)
    assert contexts.context(row) != contexts.context(str(row))
    assert contexts.context(row) != contexts.context(row.bytes)


@pytest.mark.parametrize("part", [True, 1.5, ["a"], object()])
def test_what_is_no_part_is_refused_loudly(part: Any) -> None:
    with pytest.raises(TypeError):
        contexts.context(part)
