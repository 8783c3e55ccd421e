"""The offices below at a glance: how many cases they have and how many are late, never what a case says (mission A7).

Violation cases are not among them: a number alone would tell somebody above that there is one.
"""

import datetime
import itertools
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from wise.casework import access, clock, reminders
from wise.casework.access import Desk
from wise.casework.clock import SOON, Standing
from wise.casework.models import Case, Improvement
from wise.casework.workflow import CLOCK_RUNS, WAITS_FOR_HEAD
from wise.people.models import Unit
from wise.refusals import NotThere

PAGE = 25
LOOKS_BACK = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of cases. `answered` and `in_time` count the last 365 days."""

    open: int = 0
    overdue: int = 0
    soon: int = 0
    deciding: int = 0
    improving: int = 0
    improving_late: int = 0
    answered: int = 0
    in_time: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(getattr(self, row.name) + getattr(other, row.name) for row in fields(Tally)))

    @property
    def share_in_time(self) -> int | None:
        """Per cent of the answers that came in time; None where nothing was answered."""
        return self.in_time * 100 // self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Row:
    """A unit below, and what it and all units below it have."""

    unit: Unit
    tally: Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A case of a unit below, as far as the unit above may know it. `opens`: one's own keys open it."""

    case: Case
    standing: Standing
    opens: bool


@dataclass(frozen=True, slots=True)
class Below:
    """A unit below with one page of its open cases, the most urgent first, and the units below it."""

    unit: Unit
    tally: Tally
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    page: int
    has_next: bool


def watches(desk: Desk) -> bool:
    """Whether there are offices below over which this officer watches."""
    own = reminders.watched_from(desk)
    return bool(own) and Unit.objects.filter(above__in=own).exists()


def offices(desk: Desk) -> list[Row]:
    """The units just below one's own, the most overdue first; the same number of queries however many there are."""
    levels = reminders.below_of(desk)
    if not levels:
        raise NotThere
    return _rows(set().union(*levels), heads=levels[0], today=desk.today)


def below(desk: Desk, unit_id: uuid.UUID, *, page: int = 1) -> Below:
    """One unit below and its open cases; `NotThere` for every other unit."""
    everything = set[uuid.UUID]().union(*reminders.below_of(desk))
    if unit_id not in everything:
        raise NotThere
    unit = Unit.objects.select_related("office").get(id=unit_id)
    rows = _cases([unit_id]).filter(is_open=True).order_by("due_on", "id")
    start = (max(page, 1) - 1) * PAGE
    found = list(rows.select_related("unit")[start : start + PAGE + 1])
    own = set(access.cases_of(desk).filter(id__in=[case.id for case in found]).values_list("id", flat=True))
    lines = tuple(Line(case, clock.standing(case, on=desk.today), case.id in own) for case in found[:PAGE])
    heads = set(Unit.objects.filter(above=unit_id).values_list("id", flat=True))
    return Below(
        unit=unit,
        tally=_tallies([unit_id], today=desk.today).get(unit_id, Tally()),
        rows=tuple(_rows(everything, heads=heads, today=desk.today)) if heads else (),
        lines=lines,
        page=max(page, 1),
        has_next=len(found) > PAGE,
    )


def _rows(units: set[uuid.UUID], *, heads: set[uuid.UUID], today: datetime.date) -> list[Row]:
    known = {unit.id: unit for unit in Unit.objects.filter(id__in=units).select_related("office")}
    sums = dict.fromkeys(heads, Tally())
    for unit_id, tally in _tallies(units, today=today).items():
        head = _head_of(unit_id, heads=heads, units=known)
        if head is not None:
            sums[head] += tally
    rows = [Row(known[head], tally) for head, tally in sums.items()]
    return sorted(rows, key=lambda row: (-row.tally.overdue, -row.tally.open, row.unit.office.name))


def _head_of(unit_id: uuid.UUID | None, *, heads: set[uuid.UUID], units: Mapping[uuid.UUID, Unit]) -> uuid.UUID | None:
    while unit_id is not None and unit_id not in heads:
        unit_id = units[unit_id].above_id if unit_id in units else None
    return unit_id


def _cases(units: Iterable[uuid.UUID]) -> "QuerySet[Case]":
    return Case.objects.filter(unit__in=list(units), stream_code__in=reminders.NAMED)


def _tallies(units: Iterable[uuid.UUID], *, today: datetime.date) -> dict[uuid.UUID, Tally]:
    """What each unit itself holds, in three queries."""
    ids = list(units)
    running = Q(status_code__in=CLOCK_RUNS)
    opened = _cases(ids).filter(is_open=True).order_by().values("unit_id")
    counted = opened.annotate(
        open=Count("id"),
        overdue=Count("id", filter=running & Q(due_on__lt=today)),
        soon=Count("id", filter=running & Q(due_on__range=(today, today + datetime.timedelta(days=SOON)))),
        deciding=Count("id", filter=Q(status_code__in=WAITS_FOR_HEAD)),
    )
    first = today - LOOKS_BACK
    # Where the reporter objected and waits again, what was answered before counts: an objection makes nothing punctual.
    since = _cases(ids).filter(Q(answered_on__gte=first) | Q(answered_on=None, first_answered_on__gte=first))
    in_time = Q(was_late=False) & (Q(answered_on=None) | Q(answered_on__lte=F("due_on")))
    answered = since.order_by().values("unit_id").annotate(answered=Count("id"), in_time=Count("id", filter=in_time))
    waiting = Improvement.objects.filter(unit__in=ids, done_on=None, case__stream_code__in=reminders.NAMED)
    improving = (
        waiting.order_by()
        .values("unit_id")
        .annotate(improving=Count("id"), improving_late=Count("id", filter=Q(due_on__lt=today)))
    )
    sums: dict[uuid.UUID, Tally] = {}
    for unit_id, tally in _found(counted, answered, improving):
        sums[unit_id] = sums.get(unit_id, Tally()) + tally
    return sums


def _found(*groups: Iterable[Mapping[str, Any]]) -> Iterator[tuple[uuid.UUID, Tally]]:
    for found in itertools.chain(*groups):
        yield found["unit_id"], Tally(**{name: number for name, number in found.items() if name != "unit_id"})
