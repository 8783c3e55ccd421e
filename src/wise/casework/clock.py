"""Statutory clocks: due dates are dates in the office's time zone; overdue is computed, never stored (mission A7)."""

import datetime
import zoneinfo
from dataclasses import dataclass

from wise.casework.models import Case, RuleSet
from wise.people.models import Office

SOON = 7  # days before the due date from which a case counts as due soon (workflow.md: reminders at 7, 3, 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands against its clock on a day. `days_left` is negative when it is late."""

    due_on: datetime.date
    days_left: int
    runs: bool
    met_in_time: bool | None

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


def due_on(rule_set: RuleSet, *, received_on: datetime.date) -> datetime.date:
    """By when the answer is due: the rule set's `answer` clock, in calendar days from receipt."""
    days = next(clock["days"] for clock in rule_set.clocks if clock["name"] == "answer")
    return received_on + datetime.timedelta(days=int(days))


def standing(case: Case, *, on: datetime.date) -> Standing:
    """The case's clock on a day."""
    met = case.answered_on is not None
    return Standing(
        due_on=case.due_on,
        days_left=(case.due_on - on).days,
        runs=case.status.clock_runs and not met,
        met_in_time=case.answered_on <= case.due_on if case.answered_on is not None else None,
    )
