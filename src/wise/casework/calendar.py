"""Working days: Monday to Friday, but for the days in the table of holidays. Dates only, no times."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wise.casework.models import Holiday

DAY = datetime.timedelta(days=1)
_SATURDAY = 5


class Kind(StrEnum):
    """Who made a day free: the law, or the yearly decision on joint leave of civil servants (cuti bersama)."""

    PUBLIC = "public"
    JOINT_LEAVE = "joint_leave"


KINDS: dict[Kind, Promise] = {
    Kind.PUBLIC: _("Public holiday"),
    Kind.JOINT_LEAVE: _("Joint leave"),
}


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day without work and why: a holiday with its names, or a day of the weekend (`kind` None)."""

    on: datetime.date
    kind: Kind | None = None
    name_id: str = ""
    name_en: str = ""

    @property
    def name(self) -> str:
        """The holiday's name in the language of the page; empty for a day of the weekend."""
        return self.name_id if (get_language() or "id").startswith("id") else self.name_en

    @property
    def label(self) -> Promise | str:
        """What kind of day it is; empty for a day of the weekend."""
        return KINDS[self.kind] if self.kind is not None else ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays that are known. A year of which none is known has weekends only."""

    holidays: Mapping[datetime.date, FreeDay] = field(default_factory=dict)

    def free(self, day: datetime.date) -> FreeDay | None:
        """Why nobody works on a day; None for a working day. A holiday on a Sunday is named as the holiday."""
        return self.holidays.get(day) or (FreeDay(day) if day.weekday() >= _SATURDAY else None)

    def add(self, start: datetime.date, *, working_days: int) -> datetime.date:
        """The day so many working days after another, which is not counted itself."""
        day, left = start, working_days
        while left > 0:
            day += DAY
            left -= self.free(day) is None
        return day

    def last_working_day(self, day: datetime.date) -> datetime.date:
        """The day itself, or the last working day before it."""
        while self.free(day) is not None:
            day -= DAY
        return day

    def latest_due(self, on: datetime.date, *, working_days: int) -> datetime.date:
        """The latest due date since which so many working days have passed on a day, that day counted."""
        day, left = on, working_days
        while left > 0:
            left -= self.free(day) is None
            day -= DAY
        return day


def of_row(row: Holiday) -> FreeDay:
    """The day that a row is about, whether it is free at present or not."""
    return FreeDay(row.on, Kind(row.kind), row.name, row.name_en)


def known() -> Calendar:
    """The calendar as the table has it now: one query, some hundred rows."""
    return Calendar({row.on: of_row(row) for row in Holiday.objects.filter(is_free=True)})
