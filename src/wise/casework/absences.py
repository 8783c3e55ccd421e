"""Being away from–to, with a colleague who stands in: set by oneself or by the head of the unit, ended by either.

A deputy gets no key and no role: they hold the unit's key already, and find the absent officer's cases among theirs.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework.access import Desk
from wise.keys import staff
from wise.people.kinds import Role
from wise.people.models import Absence, Officer
from wise.refusals import NotThere, Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who will be away, from which day to which, and who stands in."""

    officer: uuid.UUID
    deputy: uuid.UUID
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True, slots=True)
class Listed:
    """An absence in a list. `may_end`: whether this desk may end it; `now`: whether it has begun."""

    row: Absence
    may_end: bool
    now: bool


def of(officers: Iterable[uuid.UUID], *, on: datetime.date) -> dict[uuid.UUID, Absence]:
    """Who of these is away on a day, by id: one query."""
    rows = _on(on).filter(officer__in=set(officers)).select_related("officer", "deputy")
    return {row.officer_id: row for row in rows}


def covered_by(officer: Officer, *, on: datetime.date) -> list[Absence]:
    """Those for whom an officer stands in on a day."""
    return list(_on(on).filter(deputy=officer).select_related("officer").order_by("officer__name"))


def own(officer: Officer, *, on: datetime.date) -> Absence | None:
    """The absence of an officer on a day."""
    return of([officer.id], on=on).get(officer.id)


def may_set(desk: Desk) -> list[Officer]:
    """For whom this desk may say that they are away: themselves first, then the members of the units they head."""
    if not desk.holding:
        raise NotThere
    headed = [unit for unit in desk.holding if Role.UNIT_HEAD in desk.roles_at(unit.id)]
    others = {row.id: row for unit in headed for row in staff.handlers(unit, on=desk.today)}
    others.pop(desk.officer.id, None)
    return [desk.officer, *sorted(others.values(), key=lambda row: row.name)]


def deputies(desk: Desk) -> list[Officer]:
    """Who may stand in for somebody at this desk's units: whoever handles cases there, with the key."""
    found = {row.id: row for unit in desk.holding for row in staff.handlers(unit, on=desk.today)}
    return sorted(found.values(), key=lambda row: row.name)


def listed(desk: Desk) -> list[Listed]:
    """The absences at this desk's units that are not over, by their first day."""
    may_end = {row.id for row in may_set(desk)}
    rows = Absence.objects.filter(ended_on=None, ends_on__gte=desk.today, officer__in=deputies(desk))
    return [
        Listed(row, row.officer_id in may_end, row.starts_on <= desk.today)
        for row in rows.select_related("officer", "deputy").order_by("starts_on", "officer__name")
    ]


def enter(wanted: Wanted, *, desk: Desk, at: datetime.datetime) -> Absence:
    """Write down that somebody will be away; refused where nobody would be there to stand in."""
    if wanted.officer not in {row.id for row in may_set(desk)}:
        raise NotThere
    if wanted.ends_on < wanted.starts_on:
        raise Refused("away-backwards", _("The last day is the first day or later."))
    if wanted.starts_on < desk.today:
        raise Refused("away-past", _("The first day is today or later."))
    if wanted.deputy == wanted.officer:
        raise Refused("deputy-self", _("Choose another colleague: nobody stands in for themselves."))
    with transaction.atomic():
        # Both at once might make each the deputy of the other for the same days.
        people = Officer.objects.select_for_update().filter(id__in=[wanted.officer, wanted.deputy]).order_by("id")
        found = {row.id: row for row in people}
        _insist_on_colleagues(wanted, desk=desk)
        _insist_on_presence(wanted)
        row = Absence.objects.create(
            officer=found[wanted.officer],
            deputy=found[wanted.deputy],
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
        )
        facts: dict[str, log.Fact] = {
            "officer": str(row.officer_id),
            "deputy": str(row.deputy_id),
            "from": row.starts_on.isoformat(),
            "to": row.ends_on.isoformat(),
        }
        log.record("away", chain=Chain.OFFICERS, at=at, subject=row.id, by=desk.officer.id, facts=facts)
    return row


def end(absence_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> Absence:
    """They are back, or will not go: from today on nobody stands in."""
    settable = may_set(desk)
    with transaction.atomic():
        rows = Absence.objects.select_for_update(of=("self",)).select_related("officer")
        row = rows.filter(id=absence_id, ended_on=None, ends_on__gte=desk.today, officer__in=settable).first()
        if row is None:
            raise NotThere
        row.ended_on = desk.today
        row.save(update_fields=["ended_on"])
        facts: dict[str, log.Fact] = {"officer": str(row.officer_id), "ended_on": desk.today.isoformat()}
        log.record("back", chain=Chain.OFFICERS, at=at, subject=row.id, by=desk.officer.id, facts=facts)
    return row


def _insist_on_colleagues(wanted: Wanted, *, desk: Desk) -> None:
    for unit in desk.holding:
        if {wanted.officer, wanted.deputy} <= {row.id for row in staff.handlers(unit, on=desk.today)}:
            return
    raise Refused("deputy-elsewhere", _("Choose a colleague who handles cases at the same unit."))


def _insist_on_presence(wanted: Wanted) -> None:
    same_days = Absence.objects.filter(ended_on=None, starts_on__lte=wanted.ends_on, ends_on__gte=wanted.starts_on)
    if same_days.filter(officer=wanted.officer).exists():
        raise Refused("away-already", _("Some of these days are written down already. End that absence first."))
    if same_days.filter(officer=wanted.deputy).exists():
        raise Refused("deputy-away", _("This colleague is away on some of these days. Choose another one."))
    if same_days.filter(deputy=wanted.officer).exists():
        sentence = _("Somebody else is away on some of these days and this officer stands in. Change that first.")
        raise Refused("stands-in", sentence)


def _on(day: datetime.date) -> QuerySet[Absence]:
    return Absence.objects.filter(Q(ended_on=None, starts_on__lte=day, ends_on__gte=day))
