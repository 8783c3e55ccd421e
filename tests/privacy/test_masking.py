"""Masking: the sentence stays, the trace goes, and nothing that masks is found again."""

import pytest
from django.utils import translation

from tests.privacy import labelled
from tests.privacy.labelled import EMPLOYERS, HALVES, LANGUAGES
from wise.privacy import checking, masking
from wise.privacy.checking import FILE
from wise.privacy.kinds import KINDS

TEXT = "NIK saya 1471054107920001, HP 0812-7000-1234."


def test_sari_masks_one_and_leaves_the_other() -> None:
    first, second = checking.look(TEXT)

    with translation.override("en"):
        assert masking.masked(TEXT, [second], longest=1000) == (
            "NIK saya 1471054107920001, HP [masked: telephone number]."
        )
        assert masking.masked(TEXT, [second, first], longest=1000) == (
            "NIK saya [masked: identity number (NIK)], HP [masked: telephone number]."
        )
    assert masking.masked(TEXT, [], longest=1000) == TEXT


def test_a_text_that_is_as_long_as_it_may_be_gets_no_longer() -> None:
    assert masking.masked(TEXT, checking.look(TEXT), longest=len(TEXT)) == "NIK saya […], HP […]."


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_masking_nothing_is_found_at_these_places(language: str) -> None:
    with translation.override(language):
        for half in HALVES:
            for sentence in labelled.sentences(half, language):
                found = checking.look(sentence.text, field=sentence.field, employers=EMPLOYERS)
                text = masking.masked(sentence.text, found, longest=20_000)

                assert not checking.look(text, field=sentence.field, employers=EMPLOYERS), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_where_something_was_masked_is_no_trace_itself(language: str) -> None:
    with translation.override(language):
        for kind in KINDS.values():
            for field in ("what", FILE):
                assert not checking.look(masking.mark_of(kind), field=field)
