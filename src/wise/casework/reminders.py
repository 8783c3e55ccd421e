"""Who is reminded of what stands unanswered: computed from due dates and units, sent by nobody yet.

7, 3 and 1 days before the due date the unit that holds the case; on that day the head of office who leads it, else the
unit above; and after each five working days more the next unit above. Who is reminded gets no key and reads no content.
"""

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from wise.casework import calendar
from wise.casework.access import Desk
from wise.casework.calendar import DAY, Calendar
from wise.casework.models import Case
from wise.casework.workflow import CLOCK_RUNS
from wise.people.kinds import Role
from wise.people.models import Unit
from wise.register.streams import STREAMS

BEFORE = (7, 3, 1)
EVERY = 5  # working days between one level and the next
SHOWN = 25
MOST_COUNTED = 999
# Who watches over the units below theirs; the front desk and the administrator do not.
_WATCHING = frozenset({Role.VERIFIER, Role.UNIT_HEAD, Role.INVESTIGATOR, Role.OVERSIGHT})
# A violation case is counted and not named: it may concern somebody at the unit above, who would know its number.
NAMED = [code for code, row in STREAMS.items() if row.running_number]

type Above = Mapping[uuid.UUID, uuid.UUID | None]


class Why(StrEnum):
    """What a reminder is about."""

    SOON = "soon"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A unit that is reminded of a case on a day. `days_left` is negative when the case is late."""

    unit_id: uuid.UUID
    case_id: uuid.UUID
    why: Why
    days_left: int


@dataclass(frozen=True, slots=True)
class Line:
    """A case of a unit below, as far as the unit above may know it."""

    agenda_number: str
    unit: str
    due_on: datetime.date


@dataclass(frozen=True, slots=True)
class Escalated:
    """What has come up to a desk's units: the first lines, how many there are, and how many cases without a line."""

    lines: tuple[Line, ...] = ()
    named: int = 0
    unnamed: int = 0

    @property
    def more(self) -> int:
        """How many have no room on the page."""
        return self.named - len(self.lines)

    def __bool__(self) -> bool:
        return bool(self.named or self.unnamed)


def of_day(on: datetime.date) -> list[Reminder]:
    """Everybody who is reminded of something on this day; the same number of queries however many cases there are."""
    above = _above()
    found = calendar.known()
    steps = _late_between(on, calendar=found, most=len(set(above.values())))
    due = Q(due_on__in=[on + days * DAY for days in (0, *BEFORE)])
    for first, last in steps.values():
        due |= Q(due_on__range=(first, last))
    rows = _running().filter(due).order_by("due_on", "id").values_list("id", "unit_id", "lead_id", "due_on")
    return [
        Reminder(unit_id, case_id, why, (due_on - on).days)
        for case_id, holder, lead, due_on in rows.iterator(chunk_size=2000)
        for unit_id, why in _reminded(holder, lead, due_on, on=on, above=above, steps=steps)
    ]


def escalated(desk: Desk) -> Escalated:
    """What the units below have left unanswered long enough to have come up to this desk's units."""
    below = below_of(desk)
    if not below:
        return Escalated()
    found, condition = calendar.known(), Q()
    for depth, units in enumerate(below, start=1):
        led, other = (found.latest_due(desk.today, working_days=EVERY * level) for level in (depth, depth - 1))
        late = Q(lead=None, due_on__lte=other) | Q(lead__isnull=False, due_on__lte=led)
        condition |= Q(unit__in=units) & late
    rows = _running().filter(condition)
    named = rows.filter(stream_code__in=NAMED)
    lines = named.order_by("due_on", "id").values_list("agenda_number", "unit__name", "due_on")[:SHOWN]
    return Escalated(
        lines=tuple(Line(*line) for line in lines),
        named=_count(named),
        unnamed=_count(rows.exclude(stream_code__in=NAMED)),
    )


def watched_from(desk: Desk) -> set[uuid.UUID]:
    """The units at which this officer watches over those below."""
    return {unit.id for unit in desk.places if desk.roles_at(unit.id) & _WATCHING}


def below_of(desk: Desk) -> list[set[uuid.UUID]]:
    """The units below those over which this officer watches, level by level, nearest first."""
    own = watched_from(desk)
    above, levels, seen, level = _above() if own else {}, list[set[uuid.UUID]](), set(own), own
    while level := {unit for unit, upper in above.items() if upper in level} - seen:
        levels.append(level)
        seen |= level
    return levels


def _running() -> "QuerySet[Case]":
    return Case.objects.filter(is_open=True, answered_on=None, status_code__in=CLOCK_RUNS)


def _count(rows: "QuerySet[Case]") -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def _above() -> Above:
    return dict(Unit.objects.values_list("id", "above_id"))


def _late_between(
    on: datetime.date, *, calendar: Calendar, most: int
) -> dict[int, tuple[datetime.date, datetime.date]]:
    """The due dates that on this day, and not the day before, are five, ten, … working days ago."""
    found = {}
    for level in range(1, most + 1):
        last = calendar.latest_due(on, working_days=EVERY * level)
        before = calendar.latest_due(on - DAY, working_days=EVERY * level)
        if last > before:
            found[level] = (before + DAY, last)
    return found


def _reminded(
    holder: uuid.UUID,
    lead: uuid.UUID | None,
    due_on: datetime.date,
    *,
    on: datetime.date,
    above: Above,
    steps: Mapping[int, tuple[datetime.date, datetime.date]],
) -> Iterator[tuple[uuid.UUID, Why]]:
    """Who is reminded of a case with this due date."""
    if due_on > on:
        yield holder, Why.SOON
    elif due_on == on:
        yield lead or above.get(holder) or holder, Why.DUE
    for level, (first, last) in steps.items():
        unit = _up(holder, levels=level if lead else level + 1, above=above)
        if first <= due_on <= last and unit is not None:
            yield unit, Why.LATE


def _up(unit: uuid.UUID, *, levels: int, above: Above) -> uuid.UUID | None:
    found: uuid.UUID | None = unit
    for _ in range(levels):
        found = above.get(found) if found is not None else None
    return found
