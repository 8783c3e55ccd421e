"""A small language for phrases, and its matcher, whose work grows with the text and with nothing else.

A phrase is written as elements with spaces between them (`tables/*.toml`):

    word, one|other     this word, or one of these
    <list>, <list+ku>   an entry of a list of the table; each entry with an ending
    #, %, 9, @, @name   a word with a capital or a known given name; a known given name; a number; any word; one
                        behind an @
    ..3                 up to three words, within the clause
    x?, x*, x+          not or once; up to three times; one to four times
    ,x  ;x              a clause, or a sentence, may end before x
    ^ (first)           where a clause begins, or after a word of the list `before`
    !x                  here does not stand x

Every repetition is short, so from each word at most a fixed number of steps is taken. Phrases that begin alike share
the steps that they have in common.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wise.privacy.words import CLAUSE, NOTHING, SENTENCE, Word

type Entries = Mapping[str, tuple[tuple[str, ...], ...]]

_REPEATS = {"": (1, 1), "?": (0, 1), "*": (0, 3), "+": (1, 4)}
_BREAKS = {"": NOTHING, ",": CLAUSE, ";": SENTENCE}
_ITEM = re.compile(r"([,;]?)(!?)(\.\.\d|(?:<[^>]+>|[^?*+<])+)([?*+]?)$")
_LIST = re.compile(r"<([a-z_]+)(?:\+([a-z]+))?>")
_AT_START = "^"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What phrases of a language are written with: its lists, and given names of any language."""

    language: str
    lists: Mapping[str, Sequence[str]]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Item:
    """One element: entries to read, or a test of a single word; how often; what may end before it."""

    entries: Entries
    test: Callable[[Word], bool] | None
    least: int
    most: int
    breaks: int
    absent: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the table: what it means (a kind's code, or another word), and its elements as they are written.

    As they are written in its language: elsewhere the same list has other entries.
    """

    meaning: str
    items: tuple[tuple[str, _Item], ...]
    at_start: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands: from the first word to before the last, by number."""

    meaning: str
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    """Where reading has come to: the phrases that end here, and the elements with which others go on."""

    meanings: set[str] = field(default_factory=set)
    known: dict[str, "_Node"] = field(default_factory=dict)
    by_word: dict[str, list[tuple[_Item, "_Node"]]] = field(default_factory=dict)
    others: list[tuple[_Item, "_Node"]] = field(default_factory=list)

    def add(self, items: Sequence[tuple[str, _Item]], meaning: str) -> None:
        if not items:
            self.meanings.add(meaning)
            return
        (written, item), *rest = items
        child = self.known.get(written)
        if child is None:
            child = self.known[written] = _Node()
            if item.test is None and not item.absent and (item.least, item.most) == (1, 1):
                for word in item.entries:
                    self.by_word.setdefault(word, []).append((item, child))
            else:
                self.others.append((item, child))
        child.add(rest, meaning)

    def read(self, words: Sequence[Word], place: int, ends: dict[str, int]) -> None:
        """Note for each meaning how far its longest phrase from here goes."""
        for meaning in self.meanings:
            ends[meaning] = max(place, ends.get(meaning, 0))
        if place < len(words):
            for item, child in self.by_word.get(words[place].text, ()):
                for end in _step(item, words, place, breaks=item.breaks):
                    child.read(words, end, ends)
        for item, child in self.others:
            for end in _after(item, words, place):
                child.read(words, end, ends)


class Matcher:
    """All phrases of the tables, ordered by the word that they begin with."""

    def __init__(self, phrases: Iterable[Phrase], *, before: Iterable[str] = ()) -> None:
        self._before = frozenset(before)
        self._anywhere, self._at_start = _Node(), _Node()
        for phrase in phrases:
            (self._at_start if phrase.at_start else self._anywhere).add(phrase.items, phrase.meaning)

    def matches(self, words: Sequence[Word]) -> Iterator[Match]:
        """Every meaning at every place, as long as it goes."""
        for place, word in enumerate(words):
            roots = [self._anywhere] if word.text in self._anywhere.by_word else []
            if word.text in self._at_start.by_word and self._begins(words, place):
                roots.append(self._at_start)
            ends: dict[str, int] = {}
            for root in roots:
                for item, child in root.by_word[word.text]:
                    # What ends before a phrase is no part of it.
                    for end in _step(item, words, place, breaks=SENTENCE):
                        child.read(words, end, ends)
            for meaning, last in ends.items():
                yield Match(meaning, place, last)

    def _begins(self, words: Sequence[Word], place: int) -> bool:
        return words[place].after > NOTHING or words[place - 1].text in self._before


def read(written: str, *, meaning: str, vocabulary: Vocabulary) -> Iterator[Phrase]:
    """Read a phrase, and where its first element may be missing also the rest; ValueError where it is not one."""
    parts = written.split()
    at_start = parts[0] == _AT_START
    items = tuple(_named_item(part, vocabulary) for part in parts[at_start:])
    for number, (_, first) in enumerate(items):
        if not first.entries or first.absent or first.most > 1:
            break
        whole = _named_item(parts[at_start:][number].rstrip("?"), vocabulary)
        yield Phrase(meaning, (whole, *items[number + 1 :]), at_start)
        if first.least:
            return
    message = f"a phrase begins with a word or a list: {written!r}"
    raise ValueError(message)


def _named_item(part: str, vocabulary: Vocabulary) -> tuple[str, _Item]:
    return f"{vocabulary.language} {part}", _item(part, vocabulary)


def _item(part: str, vocabulary: Vocabulary) -> _Item:
    read = _ITEM.match(part)
    if read is None:
        message = f"no element of a phrase: {part!r}"
        raise ValueError(message)
    breaks, absent, what, repeat = read.groups()
    least, most = _REPEATS[repeat]
    test = _TESTS.get(what)
    if what.startswith(".."):
        least, most, test = 0, int(what[2:]), _any
    elif what in {"#", "%"}:
        test = _name_test(vocabulary.names, capital=what == "#")
    entries = {} if test is not None else _entries(what, vocabulary.lists)
    return _Item(entries, test, least, most, _BREAKS[breaks], bool(absent))


def _any(word: Word) -> bool:
    del word
    return True


def _number(word: Word) -> bool:
    return word.is_number


def _handle(word: Word) -> bool:
    return word.at


_TESTS: dict[str, Callable[[Word], bool]] = {"@": _any, "9": _number, "@name": _handle}


def _name_test(names: frozenset[str], *, capital: bool) -> Callable[[Word], bool]:
    return lambda word: word.text in names or (capital and word.capital)


def _entries(what: str, lists: Mapping[str, Sequence[str]]) -> Entries:
    """The entries by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for alternative in what.split("|"):
        for entry in _expanded(alternative, lists):
            first, *rest = entry.split()
            found.setdefault(first, []).append(tuple(rest))
    return {first: tuple(rests) for first, rests in found.items()}


def _expanded(alternative: str, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    named = _LIST.fullmatch(alternative)
    if named is None:
        yield alternative
        return
    name, ending = named.groups()
    for entry in lists[name]:
        for one in _expanded(entry, lists):
            yield f"{one}{ending or ''}"


def _after(item: _Item, words: Sequence[Word], place: int) -> set[int]:
    """Where reading can go on after an element that may be missing, or come more than once."""
    if item.absent:
        return set() if _step(item, words, place, breaks=item.breaks) else {place}
    reached = {place} if item.least == 0 else set()
    now = {place}
    for count in range(item.most):
        # Only the first of several may come after the end of a clause.
        breaks = item.breaks if count == 0 else NOTHING
        now = {end for at in now for end in _step(item, words, at, breaks=breaks)}
        if not now:
            break
        reached |= now
    return reached


def _step(item: _Item, words: Sequence[Word], place: int, *, breaks: int) -> list[int]:
    """Where one reading of an element can end."""
    if place >= len(words) or words[place].after > breaks:
        return []
    if item.test is not None:
        return [place + 1] if item.test(words[place]) else []
    rests = item.entries.get(words[place].text)
    return [] if rests is None else [place + 1 + len(rest) for rest in rests if _goes_on(words, place + 1, rest)]


def _goes_on(words: Sequence[Word], place: int, rest: tuple[str, ...]) -> bool:
    return place + len(rest) <= len(words) and all(
        words[place + number].text == word and words[place + number].after == NOTHING
        for number, word in enumerate(rest)
    )
