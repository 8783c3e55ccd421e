"""What is sealed opens with its key in its place, and in no other way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wise.crypto import contexts, seal
from wise.crypto.errors import Unopenable

STORY = b"Di kantor itu uang diminta sebelum berkas diterima."
HERE = contexts.context("register_report", 1, "content")
ELSEWHERE = contexts.context("register_report", 2, "content")


@given(story=st.binary(max_size=5000), context=st.binary(max_size=100))
def test_what_sari_wrote_opens_again(story: bytes, context: bytes) -> None:
    key = seal.new_key()
    sealed = seal.seal(story, key=key, context=context)
    assert len(sealed) == len(story) + 41
    assert seal.open_sealed(sealed, key=key, context=context) == story


def test_two_seals_of_one_story_have_nothing_in_common() -> None:
    key = seal.new_key()
    assert seal.seal(STORY, key=key, context=HERE)[1:] != seal.seal(STORY, key=key, context=HERE)[1:]


def test_tono_changes_any_one_byte_and_nothing_opens() -> None:
    key = seal.new_key()
    sealed = seal.seal(STORY, key=key, context=HERE)
    for place in range(len(sealed)):
        for bit in (1, 128):
            changed = bytearray(sealed)
            changed[place] ^= bit
            with pytest.raises(Unopenable):
                seal.open_sealed(bytes(changed), key=key, context=HERE)


def test_tono_cuts_or_lengthens_it_and_nothing_opens() -> None:
    key = seal.new_key()
    sealed = seal.seal(STORY, key=key, context=HERE)
    for changed in [sealed[:length] for length in range(len(sealed))] + [sealed + b"\0", b"\0" + sealed]:
        with pytest.raises(Unopenable):
            seal.open_sealed(changed, key=key, context=HERE)


def test_what_is_moved_to_another_row_does_not_open() -> None:
    key = seal.new_key()
    sealed = seal.seal(STORY, key=key, context=HERE)
    with pytest.raises(Unopenable):
        seal.open_sealed(sealed, key=key, context=ELSEWHERE)


def test_a_failure_tells_nothing_of_its_cause() -> None:
    sealed = seal.seal(STORY, key=seal.new_key(), context=HERE)
    with pytest.raises(Unopenable) as failure:
        seal.open_sealed(sealed, key=seal.new_key(), context=HERE)
    assert failure.value.args == ()
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__


@settings(max_examples=50)
@given(context=st.binary(max_size=100))
def test_wulan_can_tell_whether_a_key_is_the_one_the_report_was_sealed_with(context: bytes) -> None:
    key = seal.new_key()
    committed = seal.commitment(key, context=context)
    assert len(committed) == 32
    assert seal.matches(key, context=context, commitment=committed)
    assert not seal.matches(seal.new_key(), context=context, commitment=committed)
    assert not seal.matches(key, context=context + b"!", commitment=committed)
    assert not seal.matches(key, context=context, commitment=committed[:-1])
