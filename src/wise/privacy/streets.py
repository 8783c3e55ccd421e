"""Addresses of houses: from the word for a street to where an address no longer goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wise.privacy.tables import Tables
from wise.privacy.words import CLAUSE, SENTENCE, Word

_LONGEST = 16
_NEIGHBOURHOOD = frozenset({"rt", "rw"})


@dataclass(frozen=True, slots=True)
class Street:
    """An address, by its words. One with RT or RW is most often a home."""

    first: int
    last: int
    is_home: bool


def found(words: Sequence[Word], tables: Tables) -> Iterator[Street]:
    """All addresses, one after the other."""
    place = 0
    while place < len(words):
        end = _end(words, place, tables) if _begins(words, place, tables) else place
        if end > place:
            yield Street(place, end, is_home=any(word.text in _NEIGHBOURHOOD for word in words[place:end]))
        place = max(place + 1, end)


def _begins(words: Sequence[Word], place: int, tables: Tables) -> bool:
    return words[place].text in tables.streets and place + 1 < len(words) and words[place + 1].after < SENTENCE


def _end(words: Sequence[Word], place: int, tables: Tables) -> int:
    end = place + 1
    while end < len(words) and end - place < _LONGEST and _goes_on(words[end], tables):
        end += 1
    # "Jalan" alone is a verb, and begins no address.
    return end if end - place > 1 else place


def _goes_on(word: Word, tables: Tables) -> bool:
    if word.after >= SENTENCE:
        return False
    part = word.capital or word.is_number or len(word.text) == 1 or word.text in tables.goes_on
    return part if word.after < CLAUSE else word.text in tables.goes_on or (word.capital and len(word.text) > 1)
