"""The labelled sentences, and what the check makes of them.

`sentences/<half>.<language>.txt`: a field and a sentence a line. `{kind|words}` are the reporter's own and must be
found; `<kind|words>` look like it and are somebody else's, or nobody's. The `held` half was written before there was
a check, and nobody looked at what it misses there while the tables were made better.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wise.privacy import checking

HALVES = ("tuned", "held")
LANGUAGES = ("id", "en")
EMPLOYERS = ("go.id",)
_FOLDER = Path(__file__).parent / "sentences"
_MARK = re.compile(r"([{<])(\w+)\|([^}>]+)[}>]")
PLAIN = "nothing of the kind"


@dataclass(frozen=True, slots=True)
class Label:
    """A place that was marked."""

    kind: str
    start: int
    end: int
    own: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was typed into a field, with its marks."""

    field: str
    text: str
    labels: tuple[Label, ...]

    @property
    def own(self) -> list[Label]:
        """What must be found."""
        return [label for label in self.labels if label.own]


@dataclass(slots=True)
class Tally:
    """One row of the table: of own data `labelled`, `found`, `named` (under its kind); of the rest `rest`, `alarms`."""

    labelled: int = 0
    found: int = 0
    named: int = 0
    rest: int = 0
    alarms: int = 0

    @property
    def hit_rate(self) -> float:
        """The share of own data that was found."""
        return self.found / self.labelled

    @property
    def alarm_rate(self) -> float:
        """How many places were shown for nothing, to a hundred sentences that hold nothing of the reporter's."""
        return self.alarms / self.rest


@dataclass(slots=True)
class Outcome:
    """What came of a half or of all: altogether, by kind of own data, and by what the rest looked like."""

    whole: Tally = field(default_factory=Tally)
    own: dict[str, Tally] = field(default_factory=dict)
    rest: dict[str, Tally] = field(default_factory=dict)


def sentences(half: str, language: str) -> Iterator[Sentence]:
    """The sentences of a file."""
    for line in (_FOLDER / f"{half}.{language}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            where, _, marked = line.partition(": ")
            yield _read(where, marked)


def _read(where: str, marked: str) -> Sentence:
    text, labels, reached = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[reached : mark.start()]
        labels.append(Label(mark[2], len(text), len(text) + len(mark[3]), mark[1] == "{"))
        text, reached = text + mark[3], mark.end()
    return Sentence(where, text + marked[reached:], tuple(labels))


def measured(*files: tuple[str, str]) -> Outcome:
    """Check every sentence of these files (half, language). A place is found where a finding shares a sign with it."""
    outcome = Outcome()
    for half, language in files:
        for sentence in sentences(half, language):
            _count(sentence, outcome)
    return outcome


def _count(sentence: Sentence, outcome: Outcome) -> None:
    findings = checking.look(sentence.text, field=sentence.field, employers=EMPLOYERS)
    for label in sentence.own:
        there = [one.kind.code for one in findings if one.start < label.end and label.start < one.end]
        for tally in (outcome.whole, outcome.own.setdefault(label.kind, Tally())):
            tally.labelled += 1
            tally.found += bool(there)
            tally.named += label.kind in there
    # What is shown for nothing counts wherever it stands, also beside what had to be found.
    alarms = sum(not any(one.start < it.end and it.start < one.end for it in sentence.own) for one in findings)
    outcome.whole.alarms += alarms
    outcome.whole.rest += not sentence.own
    if not sentence.own:
        looks = sentence.labels[0].kind if sentence.labels else PLAIN
        tally = outcome.rest.setdefault(looks, Tally())
        tally.rest += 1
        tally.alarms += alarms
