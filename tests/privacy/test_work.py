"""Whatever is typed, the work grows with its length alone: counted, and read off the patterns; nothing is timed."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, overload, override

import pytest

from wise.privacy import numbers, phrases, tables, words
from wise.privacy.words import Word

# Steps to a word; a text that means to cost much stays below it, and twice of it costs twice.
MOST_STEPS = 400
NASTY = (
    "saya ",
    "saya sudah telah pernah dulu baru masih ",
    "hubungi saya di nomor ",
    "tidak ada a b c d selain saya ",
    "sebagai bendahara kantor itu dulu saya ",
    '"saya ',
    "kepala seksi kepala seksi kepala ",
    "i have been the a the ",
    "his her their my a n a n ",
    "Jl. A 1 ",
    "0812 7000 1234 ",
    "nama Ratna Ratna Ratna ",
)


class Counted(Sequence[Word]):
    """Words that count how often one of them is asked for."""

    def __init__(self, text: str) -> None:
        self.words, self.asked = words.words_of(text, shortened=tables.known().shortened), 0

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Word]: ...
    @override
    def __getitem__(self, place: int | slice) -> Word | Sequence[Word]:
        self.asked += 1
        return self.words[place]

    @override
    def __len__(self) -> int:
        return len(self.words)


def steps(text: str, matcher: phrases.Matcher) -> tuple[int, int]:
    """How often a word was looked at, and how many words there are."""
    counted = Counted(text)
    for _ in matcher.matches(counted):
        pass
    return counted.asked, len(counted)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("which", ["phrases", "papers", "around"])
def test_a_text_that_means_harm_costs_no_more_than_its_length(nasty: str, which: str) -> None:
    matcher = getattr(tables.known(), which)
    asked, there = steps(nasty * 100, matcher)
    twice, _ = steps(nasty * 200, matcher)

    assert asked <= MOST_STEPS * there
    assert twice <= 2.1 * asked + MOST_STEPS


def _patterns() -> Iterator[re.Pattern[str]]:
    for module in (numbers, words):
        for value in vars(module).values():
            if isinstance(value, re.Pattern):
                yield value
    for shape in numbers.SHAPES:
        yield shape.pattern


def _repeats(parsed: Any, *, within: int = 1) -> Iterator[int]:
    """For each repetition of a pattern how often its inside can be read at most, all that it stands in counted."""
    for code, given in parsed:
        name = str(code)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, most, inside = given
            yield within * most
            yield from _repeats(inside, within=within * most)
        elif name == "SUBPATTERN":
            yield from _repeats(given[-1], within=within)
        elif name == "BRANCH":
            for branch in given[1]:
                yield from _repeats(branch, within=within)


@pytest.mark.parametrize("pattern", list(_patterns()), ids=lambda pattern: pattern.pattern[:30])
def test_every_pattern_is_bounded(pattern: re.Pattern[str]) -> None:
    most = max(_repeats(re._parser.parse(pattern.pattern)), default=1)  # type: ignore[attr-defined]

    # The one that cuts a text into words reads each sign once: what one reading took, the next does not look at.
    assert most <= 300 or pattern is words.PIECE
