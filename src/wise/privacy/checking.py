"""What in a text, or in a file's name, could tell who the reporter is: each place, its kind, and whose it seems to be.

It looks at nothing but the text it is given, asks nobody, and keeps nothing.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from wise.privacy import numbers, streets, tables
from wise.privacy.kinds import KINDS, Kind
from wise.privacy.owners import WHO, Surroundings, Whose
from wise.privacy.words import Word, words_of

FILE = "file"
# What `masking` leaves, in either language.
MASKED = re.compile(r"\[(?:masked|disamarkan): [^\]\n]{1,60}\]|\[…\]")
# Fields in which an address is where it happened, or where the reported person is found.
_PLACES = frozenset({"where", WHO})
_LONGEST_SUFFIX = 8
_BESIDE = 3


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """A trace: the field and place where it stands, the very words, and whose it seems to be.

    `id` is the same as long as the words and their number in the field are, so that a form can name it.
    """

    id: str
    field: str
    kind: Kind
    start: int
    end: int
    text: str
    whose: Whose

    @property
    def why(self) -> str | Promise:
        """One sentence on why it is shown."""
        return self.kind.doubt if self.whose is Whose.UNSAID and self.kind.doubt else self.kind.why


@dataclass(frozen=True, slots=True)
class _Trace:
    """A finding on its way: how surely it is one decides which of two at one place stays."""

    code: str
    start: int
    end: int
    whose: Whose
    rank: int


_NUMBER, _PHRASE = 0, 1


def look(text: str, *, field: str = "", employers: tuple[str, ...] = ()) -> list[Finding]:
    """The traces in what was typed into a field, in the order of the text.

    `employers` are domains of e-mail addresses that an employer gives. What belongs to somebody else is left out.
    """
    if field == FILE:
        text = _without_suffix(text)
    # What was masked before ends a sentence, and is read no more; every place stays where it is.
    text = MASKED.sub(lambda mark: "\n" * len(mark[0]), text)
    known = tables.known()
    words = words_of(text, shortened=known.shortened)
    surroundings = Surroundings(words, known.around, field=field)
    said = list(_phrases(words, surroundings, field=field))
    traces = [
        *_numbers(text, surroundings, employers=employers),
        *_addresses(words, surroundings, said, field=field),
        *said,
    ]
    return _named(text, _apart(traces), field=field)


def _phrases(words: Sequence[Word], surroundings: Surroundings, *, field: str) -> Iterator[_Trace]:
    known = tables.known()
    matchers = [known.phrases, known.papers] if field == FILE else [known.phrases]
    for matcher in matchers:
        for match in matcher.matches(words):
            if not surroundings.is_quoted(match.first):
                span = words[match.first].start, words[match.last - 1].end
                yield _Trace(match.meaning, *span, Whose.REPORTER, _PHRASE)


def _numbers(text: str, surroundings: Surroundings, *, employers: tuple[str, ...]) -> Iterator[_Trace]:
    known = tables.known()
    for number in numbers.found(text, known):
        first, last = surroundings.place(number.start), surroundings.place(number.end)
        code = numbers.CALLED.get(number.shape, number.shape)
        if number.keyword and surroundings.keyword(first) != code:
            continue
        whose = surroundings.whose(first, last)
        # A line at a desk is on every letterhead: only one that is said to be the reporter's tells anything.
        if whose is Whose.REPORTER or (whose is Whose.UNSAID and number.shape not in numbers.CALLED):
            yield _Trace(code, number.start, number.end, whose, _NUMBER)
    for match in numbers.addresses(text):
        whose = surroundings.whose(surroundings.place(match.start()), surroundings.place(match.end()))
        if whose is not Whose.OTHER and not numbers.is_office(match[0], known):
            code = "work_mail" if numbers.is_of(match[0], employers) else "mail"
            yield _Trace(code, match.start(), match.end(), whose, _NUMBER)


def _addresses(
    words: Sequence[Word], surroundings: Surroundings, said: Iterable[_Trace], *, field: str
) -> Iterator[_Trace]:
    """Streets that the reporter says to live in, and homes of which nobody says whose they are."""
    own = [trace for trace in said if trace.code == "address"]
    for street in streets.found(words, tables.known()):
        start, end = words[street.first].start, words[street.last - 1].end
        beside = words[max(0, street.first - _BESIDE)].start
        mine = next((trace for trace in own if trace.start <= end and beside <= trace.end), None)
        if mine is not None:
            yield _Trace("address", min(start, mine.start), max(end, mine.end), Whose.REPORTER, _NUMBER)
        elif street.is_home and field not in _PLACES:
            whose = surroundings.whose(street.first, street.last)
            if whose is not Whose.OTHER:
                yield _Trace("address", start, end, whose, _NUMBER)


def _apart(traces: Iterable[_Trace]) -> list[_Trace]:
    """Of traces that share a sign, the surest and then the longest; the rest would say the same twice."""
    kept: list[_Trace] = []
    reached: list[tuple[int, int]] = []
    for trace in sorted(traces, key=lambda one: (one.rank, one.start, one.start - one.end)):
        if not any(start < trace.end and trace.start < end for start, end in reached):
            kept.append(trace)
            reached.append((trace.start, trace.end))
    return sorted(kept, key=lambda one: one.start)


def _named(text: str, traces: Iterable[_Trace], *, field: str) -> list[Finding]:
    findings: list[Finding] = []
    times: dict[tuple[str, str], int] = {}
    for trace in traces:
        words = text[trace.start : trace.end]
        nth = times[trace.code, words] = times.get((trace.code, words), 0) + 1
        name = hashlib.blake2b(f"{field}|{trace.code}|{nth}|{words}".encode(), digest_size=6).hexdigest()
        kind = KINDS[trace.code]
        findings.append(Finding(name, field, kind, trace.start, trace.end, words, trace.whose))
    return findings


def _without_suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and 0 < len(suffix) <= _LONGEST_SUFFIX and suffix.isalnum() else name
