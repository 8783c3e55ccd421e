"""The table of holidays: what WiSe comes with, what an editor changes, and the due dates that follow; logged.

A change moves the due dates of cases that are still to be answered, and of no case whose due date has come: an
overdue case stays overdue, and no case becomes late for a day that was over when the calendar was changed.
"""

import datetime
import zoneinfo
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import calendar, clock, kept
from wise.casework.access import Desk
from wise.casework.calendar import Calendar, Kind
from wise.casework.clock import Unit
from wise.casework.models import Case, Holiday, RuleSet
from wise.people.models import Office
from wise.refusals import NotThere, Refused

SHIPPED_SOURCE = "python-holidays (Indonesia)"
LATEST = 2  # years after the present one for which dates are known well enough to be worth having
_ESTIMATED = {"id": " (perkiraan)", "en_US": " (estimated)"}
_FARTHEST = 10


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor says about a day."""

    on: datetime.date
    name: str
    name_en: str
    kind: Kind
    source: str
    reason: str
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A changed day, and how many open cases are due on another day because of it."""

    holiday: Holiday
    moved: int


def of_year(year: int) -> list[Holiday]:
    """The rows of a year, also those that were made working days again."""
    return list(Holiday.objects.filter(on__year=year).order_by("on"))


def years() -> list[int]:
    """The years that have rows."""
    return sorted({on.year for on in Holiday.objects.values_list("on", flat=True)})


def load_shipped(*, on: datetime.date) -> None:
    """Put in the holidays that WiSe knows for last year, this one and the next two, where a year has none of them."""
    for year in range(on.year - 1, on.year + LATEST + 1):
        if not _is_loaded(year):
            Holiday.objects.bulk_create(_shipped(year), ignore_conflicts=True)


def load_year(year: int, *, desk: Desk, at: datetime.datetime) -> int:
    """The same for one year, asked for by an editor; returns how many days were put in."""
    kept.must_edit(desk)
    with transaction.atomic():
        today = _latest_today(at)
        if _is_loaded(year) or not today.year <= year <= today.year + LATEST:
            raise Refused("year-loaded", _("The holidays of this year cannot be loaded, or are there already."))
        rows = Holiday.objects.bulk_create(_shipped(year), ignore_conflicts=True)
        facts: dict[str, log.Fact] = {"year": year, "days": len(rows), "moved": _recount(today)}
        log.record("load-holidays", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)
    return len(rows)


def put(typed: Typed, *, desk: Desk, at: datetime.datetime, instead_of: datetime.date | None = None) -> Change:
    """Add a day, or change the one on `instead_of`; a day that moves leaves a working day behind."""
    kept.must_edit(desk)
    with transaction.atomic():
        today = _latest_today(at)
        _check(typed, today=today)
        there = Holiday.objects.select_for_update().filter(on=typed.on).first()
        if there is not None and there.is_free and instead_of != typed.on:
            raise Refused("holiday-there", _("There is a holiday on this day already. Change that one."))
        if instead_of is not None and instead_of != typed.on:
            _free_no_more(_row(instead_of), reason=typed.reason, on=today)
        row = there or Holiday(on=typed.on)
        row.name, row.name_en, row.kind = typed.name.strip(), typed.name_en.strip(), typed.kind.value
        row.source, row.reason = typed.source.strip(), typed.reason.strip()
        row.is_estimated, row.is_free, row.changed_on = typed.is_estimated, True, today
        row.save()
        moved = _recount(today)
        did = "change" if instead_of is not None else "add"
        facts = _facts(row, did=did, moved=moved) | {"was": instead_of.isoformat() if instead_of else None}
        log.record("holiday", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)
    return Change(row, moved)


def remove(on: datetime.date, *, reason: str, desk: Desk, at: datetime.datetime) -> Change:
    """Make a holiday a working day again; the row stays, with the reason."""
    kept.must_edit(desk)
    with transaction.atomic():
        today = _latest_today(at)
        if not reason.strip():
            raise Refused("reason-missing", _("Write why."))
        row = _row(on)
        _free_no_more(row, reason=reason, on=today)
        moved = _recount(today)
        facts = _facts(row, did="remove", moved=moved)
        log.record("holiday", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)
    return Change(row, moved)


def _row(on: datetime.date) -> Holiday:
    row = Holiday.objects.select_for_update().filter(on=on, is_free=True).first()
    if row is None:
        raise NotThere
    return row


def _free_no_more(row: Holiday, *, reason: str, on: datetime.date) -> None:
    row.is_free, row.reason, row.changed_on = False, reason.strip(), on
    row.save(update_fields=["is_free", "reason", "changed_on"])


def _check(typed: Typed, *, today: datetime.date) -> None:
    if not typed.name.strip() or not typed.name_en.strip():
        raise Refused("names-missing", _("Write the name in both languages: reporters read it in theirs."))
    if not typed.source.strip():
        raise Refused("source-missing", _("Write which decision says so."))
    if not typed.reason.strip():
        raise Refused("reason-missing", _("Write why."))
    if abs(typed.on.year - today.year) > _FARTHEST:
        raise Refused("holiday-far", _("This day is too far from today. Check the year."))


def _facts(row: Holiday, *, did: str, moved: int) -> dict[str, log.Fact]:
    return {
        "did": did,
        "on": row.on.isoformat(),
        "name": row.name,
        "kind": row.kind,
        "source": row.source,
        "reason": row.reason,
        "moved": moved,
    }


def _recount(today: datetime.date) -> int:
    """Compute the due dates anew, and say how many moved.

    One query finds the days of receipt or objection that matter, some hundred however many cases there are, and each
    of them costs one UPDATE at most.
    """
    counted = {row.code: row for row in RuleSet.objects.all() if _counts_working_days(row)}
    found: Calendar = calendar.known()
    running = Case.objects.filter(is_open=True, answered_on=None, rule_set__in=counted, due_on__gte=today)
    running = running.annotate(begun_on=Coalesce("objected_on", "received_on"))
    moved = 0
    groups = running.order_by().values_list("rule_set_id", "stream_code", "begun_on", "extended_on").distinct()
    for code, stream, begun_on, extended_on in list(groups):
        due = clock.due_on(
            counted[code], received_on=begun_on, stream=stream, calendar=found, extended=extended_on is not None
        )
        same = running.filter(rule_set=code, stream_code=stream, begun_on=begun_on, extended_on=extended_on)
        moved += _move(same, to=max(due, today))
    return moved


def _move(cases: "models.QuerySet[Case]", *, to: datetime.date) -> int:
    return cases.exclude(due_on=to).update(due_on=to)


def _counts_working_days(rule_set: RuleSet) -> bool:
    return any(row.name == clock.ANSWER and row.unit is Unit.WORKING for row in clock.clocks_of(rule_set))


def _latest_today(at: datetime.datetime) -> datetime.date:
    """The date where it is latest: what is due there today has come, whatever the date is elsewhere."""
    zones = set(Office.objects.order_by().values_list("time_zone", flat=True).distinct())
    return max((at.astimezone(zoneinfo.ZoneInfo(zone)).date() for zone in zones), default=at.date())


def _is_loaded(year: int) -> bool:
    return Holiday.objects.filter(on__year=year, is_shipped=True).exists()


def _shipped(year: int) -> list[Holiday]:
    """The days of a year in both languages; where a public holiday and joint leave meet, the holiday counts."""
    import holidays  # noqa: PLC0415 - slow to import, and needed a few times in the life of an installation

    days: dict[datetime.date, Holiday] = {}
    for kind, category in ((Kind.JOINT_LEAVE, "government"), (Kind.PUBLIC, "public")):
        named: dict[str, Any] = {
            language: holidays.country_holidays("ID", years=year, categories=(category,), language=language)
            for language in _ESTIMATED
        }
        for on, name in named["id"].items():
            days[on] = Holiday(
                on=on,
                name=name.replace(_ESTIMATED["id"], "")[:120],
                name_en=named["en_US"][on].replace(_ESTIMATED["en_US"], "")[:120],
                kind=kind.value,
                is_estimated=_ESTIMATED["id"] in name,
                is_shipped=True,
                source=SHIPPED_SOURCE,
            )
    return [days[on] for on in sorted(days)]
