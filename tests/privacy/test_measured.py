"""What the check finds of the labelled sentences, and what it shows for nothing; the documents say it as it is."""

import pytest

from tests.privacy import labelled, table
from tests.privacy.labelled import HALVES, LANGUAGES, Outcome
from wise.privacy.kinds import KINDS


def _of(half: str) -> Outcome:
    return labelled.measured(*((half, language) for language in LANGUAGES))


@pytest.mark.parametrize("half", HALVES)
def test_of_what_is_saris_own_hardly_anything_is_missed(half: str) -> None:
    assert _of(half).whole.hit_rate >= 0.95


@pytest.mark.parametrize("half", HALVES)
def test_what_is_not_saris_hardly_ever_gives_an_alarm(half: str) -> None:
    assert _of(half).whole.alarm_rate <= 0.05


@pytest.mark.parametrize("half", HALVES)
def test_there_are_enough_sentences_about_half_of_them_with_own_data(half: str) -> None:
    for language in LANGUAGES:
        every = list(labelled.sentences(half, language))

        assert len(every) >= 90
        assert 0.35 <= sum(bool(sentence.own) for sentence in every) / len(every) <= 0.65


def test_every_kind_has_its_sentences() -> None:
    labels = [
        label
        for half in HALVES
        for language in LANGUAGES
        for sentence in labelled.sentences(half, language)
        for label in sentence.own
    ]

    assert {label.kind for label in labels} == set(KINDS)


def test_no_sentence_stands_in_both_halves() -> None:
    one, other = ({it.text for language in LANGUAGES for it in labelled.sentences(half, language)} for half in HALVES)

    assert not one & other


def test_the_documents_say_what_is_measured_now() -> None:
    # If not: python -m tests.privacy.table
    assert table.current() == table.DOCUMENT.read_text(encoding="utf-8")
