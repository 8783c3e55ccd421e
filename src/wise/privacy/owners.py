"""Whose a number is: by the words around it, by who speaks in a quotation, and by the field that it stands in."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property

from wise.privacy.phrases import Match, Matcher
from wise.privacy.words import Word

# How many words away a cue still counts, and how near one that stands behind must be.
_FAR, _NEAR = 14, 2
# How many words before a number the word stands that says what kind of number it is.
_KEYWORD = 6
# How many words before a quotation it is said who speaks.
_SPEAKER = 3
# The field that asks for the people a report is about.
WHO = "who"


class Whose(StrEnum):
    """The reporter's own, somebody else's, or not said."""

    REPORTER = "reporter"
    OTHER = "other"
    UNSAID = "unsaid"


class Surroundings:
    """The cues and keywords of one text: looked for when the first number or quotation asks for them."""

    def __init__(self, words: Sequence[Word], matcher: Matcher, *, field: str) -> None:
        self._words, self._matcher, self._field = words, matcher, field

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self._words]

    @cached_property
    def _opened(self) -> list[int]:
        return list(_openings(self._words))

    @cached_property
    def _by_meaning(self) -> dict[str, list[Match]]:
        found: dict[str, list[Match]] = {}
        for match in self._matcher.matches(self._words):
            what, _, place = match.meaning.partition(" ")
            found.setdefault(place if what in _OWNED else what, []).append(match)
        return found

    def place(self, start: int) -> int:
        """The number of the word that begins at, or after, this sign of the text."""
        return bisect_left(self._starts, start)

    def keyword(self, first: int) -> str:
        """Which kind the nearest keyword before a word names; empty where there is none."""
        nearest = self._nearest("keyword", first, far=_KEYWORD)
        return nearest.meaning.partition(" ")[2] if nearest else ""

    def is_quoted(self, place: int) -> bool:
        """Whether a word is in a quotation of somebody else: their "I" is not the reporter."""
        if not self._words[place].quoted:
            return False
        said = self._nearest("speech", self._opened[place], far=_SPEAKER)
        return said is not None and not self._is_mine(said)

    def whose(self, first: int, last: int) -> Whose:
        """Whose the words from `first` to before `last` are."""
        if self.is_quoted(first):
            return Whose.OTHER
        behind = self._behind(last)
        cue = behind or self._nearest("before", first, far=_FAR)
        if cue is not None:
            return Whose(cue.meaning.partition(" ")[0])
        if self._field == WHO or self._line_above_is_about_others(first):
            return Whose.OTHER
        return Whose.UNSAID

    def _nearest(self, kind: str, first: int, *, far: int) -> Match | None:
        """The cue before a word of the same sentence that ends last; of several the longest."""
        if first >= len(self._words):
            return None
        sentence = self._words[first].sentence
        near = [
            cue
            for cue in self._between(kind, first - far - _FAR, first)
            if first - far <= cue.last and self._words[cue.first].sentence == sentence
        ]
        # Where a cue may go on for some words, it can reach into the number itself.
        return max(near, key=lambda cue: (min(cue.last, first), cue.last - cue.first), default=None)

    def _behind(self, last: int) -> Match | None:
        near = [
            cue
            for cue in self._between("after", last, last + _NEAR)
            if self._words[cue.first].sentence == self._words[last - 1].sentence
        ]
        return min(near, key=lambda cue: (cue.first, cue.first - cue.last), default=None)

    def _between(self, kind: str, least: int, most: int) -> Sequence[Match]:
        """Cues of a kind whose first word lies between two places; they come in the order of the text."""
        cues = self._by_meaning.get(kind, [])
        return cues[bisect_left(cues, least, key=_first) : bisect_left(cues, most, key=_first)]

    def _is_mine(self, said: Match) -> bool:
        before = self._words[said.first - 1].text if said.first else ""
        return before in _SPEAKERS

    def _line_above_is_about_others(self, first: int) -> bool:
        sentence = self._words[first].sentence
        return any(
            self._words[cue.first].sentence == sentence - 1 for cue in self._between("strong", first - 2 * _FAR, first)
        )


_OWNED = frozenset({Whose.REPORTER.value, Whose.OTHER.value})
_SPEAKERS = frozenset({"saya", "aku", "kami", "i", "we"})


def _first(match: Match) -> int:
    return match.first


def _openings(words: Sequence[Word]) -> Iterator[int]:
    """For each word where the quotation began that it is in; -1 outside."""
    opened = -1
    for place, word in enumerate(words):
        if not word.quoted:
            opened = -1
        elif opened < 0:
            opened = place
        yield opened
