"""Statutory clocks: due dates are dates in the office's time zone; overdue is computed, never stored (mission A7)."""

import calendar as months
import datetime
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wise.casework.calendar import Calendar, FreeDay
from wise.casework.models import Case, RuleSet
from wise.people.models import Office

SOON = 7  # days before the due date from which a case counts as due soon (workflow.md: reminders at 7, 3, 1)
ANSWER = "answer"
OBJECTION = "objection"
RECEIVE = "receive"
_YEAR = 12


class Unit(StrEnum):
    """What a clock's length is counted in."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Clock:
    """A row of a rule set's clocks. `streams` empty: all; `extendable_to` None: nobody can extend it.

    `starts` is `receipt` or an event after it. `verified` is false for what stands there from memory or hearsay.
    """

    name: str
    starts: str
    length: int
    unit: Unit
    met_by: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    extendable_to: int | None = None
    verified: bool = True

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Clock":
        """The clock that a rule set's JSON holds."""
        return cls(
            name=kept["name"],
            starts=kept.get("from", "receipt"),
            length=int(kept["length"]),
            unit=Unit(kept.get("unit", Unit.CALENDAR)),
            met_by=tuple(kept.get("met_by", ())),
            pauses=tuple(kept.get("pauses", ())),
            streams=tuple(kept.get("streams", ())),
            extendable_to=kept.get("extendable_to"),
            verified=bool(kept.get("verified", True)),
        )

    @property
    def at_receipt(self) -> bool:
        """Whether receiving a report meets it: then nobody can miss it."""
        return RECEIVE in self.met_by

    @property
    def enforced(self) -> bool:
        """Whether the program itself keeps this clock; every other one is shown to people and enforced by nothing."""
        return self.at_receipt or self.name in {ANSWER, OBJECTION}

    @property
    def is_the_reporters(self) -> bool:
        """Whether it is the reporter's time, in which they may do something; nobody is late by it."""
        return self.name == OBJECTION


@dataclass(frozen=True, slots=True)
class Explained:
    """Why the work must be done before the strict due date: nobody works on that day."""

    last_working_day: datetime.date
    because: FreeDay


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands against its clock on a day. `days_left` is negative when it is late.

    `was_late`: an answer before the last objection was late, so the case was not answered in time, whatever follows.
    `explained` is there when the due date is a holiday or falls on a weekend; the due date stays what it is.
    """

    due_on: datetime.date
    days_left: int
    runs: bool
    met_in_time: bool | None
    explained: Explained | None = None
    extended_on: datetime.date | None = None
    was_late: bool = False

    @property
    def today(self) -> datetime.date:
        """The day it stands on: the date at the office."""
        return self.due_on - datetime.timedelta(days=self.days_left)

    @property
    def overdue(self) -> bool:
        """Whether the answer is late: the clock runs and the due date has passed."""
        return self.runs and self.days_left < 0

    @property
    def due_soon(self) -> bool:
        """Whether the due date is near."""
        return self.runs and 0 <= self.days_left <= SOON


def today_at(office: Office, *, at: datetime.datetime) -> datetime.date:
    """The date at an office: Indonesia has three time zones."""
    return at.astimezone(zoneinfo.ZoneInfo(office.time_zone)).date()


def clocks_of(rule_set: RuleSet) -> tuple[Clock, ...]:
    """The clocks of a rule set, as it lists them."""
    return tuple(Clock.of(kept) for kept in rule_set.clocks)


def answer_clock(rule_set: RuleSet, *, stream: str) -> Clock:
    """The clock by which the answer to a case of this stream is due; a rule set without one cannot be chosen."""
    answers = (row for row in clocks_of(rule_set) if row.name == ANSWER)
    return next(row for row in answers if not row.streams or stream in row.streams)


def due_on(
    rule_set: RuleSet, *, received_on: datetime.date, stream: str, calendar: Calendar, extended: bool = False
) -> datetime.date:
    """By when the answer is due: the rule set's `answer` clock, from the day of receipt.

    A clock from the acknowledgement starts that day too: WiSe acknowledges every report when it is received.
    """
    clock = answer_clock(rule_set, stream=stream)
    length = clock.extendable_to if extended and clock.extendable_to is not None else clock.length
    return _end(received_on, length=length, unit=clock.unit, calendar=calendar)


def object_until(case: Case, *, calendar: Calendar) -> datetime.date | None:
    """The last day on which the reporter may object to the answer; None where the rule set knows no objection."""
    named = (row for row in clocks_of(case.rule_set) if row.name == OBJECTION)
    clock = next((row for row in named if not row.streams or case.stream_code in row.streams), None)
    if clock is None or case.answered_on is None:
        return None
    return _end(case.answered_on, length=clock.length, unit=clock.unit, calendar=calendar)


def can_extend(case: Case, *, on: datetime.date) -> bool:
    """Whether the time of a case can be extended on a day.

    The rule set must allow it, once, and before the time is over: an overdue case stays overdue.
    """
    row = answer_clock(case.rule_set, stream=case.stream_code)
    allowed = row.extendable_to is not None and row.extendable_to > row.length
    return allowed and case.extended_on is None and case.answered_on is None and on <= case.due_on


def extended_due(case: Case, *, calendar: Calendar) -> datetime.date:
    """The due date that an extension gives: the rule set's longer period, from the day of receipt or objection."""
    return due_on(case.rule_set, received_on=case.runs_from, stream=case.stream_code, calendar=calendar, extended=True)


def standing(case: Case, *, on: datetime.date, calendar: Calendar | None = None) -> Standing:
    """The case's clock on a day; with a calendar also what falls on a free day, explained."""
    met = case.answered_on is not None
    return Standing(
        due_on=case.due_on,
        days_left=(case.due_on - on).days,
        runs=case.status.clock_runs and not met,
        met_in_time=not was_late(case) if case.answered_on is not None else None,
        explained=explain(case.due_on, calendar=calendar) if calendar is not None else None,
        extended_on=case.extended_on,
        was_late=case.was_late,
    )


def was_late(case: Case) -> bool:
    """Whether any answer on the case came after its time: a later one in time does not undo that."""
    return case.was_late or (case.answered_on is not None and case.answered_on > case.due_on)


def explain(due: datetime.date, *, calendar: Calendar) -> Explained | None:
    """Why the last working day for a due date is before it; None where the due date is a working day itself."""
    because = calendar.free(due)
    return Explained(calendar.last_working_day(due), because) if because is not None else None


def _end(first: datetime.date, *, length: int, unit: Unit, calendar: Calendar) -> datetime.date:
    match unit:
        case Unit.WORKING:
            return calendar.add(first, working_days=length)
        case Unit.MONTHS:
            return _add_months(first, length)
        case Unit.CALENDAR:
            return first + datetime.timedelta(days=length)


def _add_months(day: datetime.date, count: int) -> datetime.date:
    """The same day some months on, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + count, _YEAR)
    return day.replace(year=year, month=month + 1, day=min(day.day, months.monthrange(year, month + 1)[1]))
