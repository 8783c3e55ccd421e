"""Somebody leaves a unit: what only they can open is said before, and the cases they handled wait for others after."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from wise.casework import access, ended, excluding
from wise.casework.access import Desk
from wise.casework.models import Case, Task
from wise.keys import directory, grants, leaving, membership, staff
from wise.keys.leaving import Ended
from wise.people.kinds import ROLES, Role
from wise.people.models import Officer, OfficerRole, Unit
from wise.vault import disclosures


@dataclass(frozen=True, slots=True)
class Warnings:
    """What an officer's leaving would mean, as far as whoever asks may know it.

    `last_member`: nobody else could open what the unit holds. `last_of_role`: nobody else there is head, custodian or
    administrator. `handles`, `tasks`: open cases and tasks of theirs. `disclosures`: what they asked to be told of what
    was confided, and waits or can be opened. `theirs_alone`: restricted cases to which nobody else has a key; told to
    themselves alone, as to anybody else those cases are not there (property P30).
    """

    last_member: bool
    last_of_role: bool
    handles: int
    tasks: int
    disclosures: int
    theirs_alone: tuple[Case, ...]
    oneself: bool


@dataclass(frozen=True, slots=True)
class Next:
    """Where somebody who moves is proposed in the same moment."""

    unit: Unit
    role: Role


# Roles of which a unit, or the institution, has somebody to turn to.
_NEEDED = frozenset({Role.HEAD, Role.UNIT_HEAD, Role.CUSTODIAN, Role.ADMIN})


def warnings(role: OfficerRole, *, desk: Desk) -> Warnings:
    """What to say before somebody's role at a unit ends."""
    officer, unit = role.officer, role.unit
    seen = access.cases_of(desk).filter(unit=unit, is_open=True)
    oneself = officer == desk.officer
    return Warnings(
        last_member=ROLES[Role(role.role)].holds_key and leaving.is_last_member(officer, unit),
        last_of_role=Role(role.role) in _NEEDED and not _others(role, on=desk.today),
        handles=seen.filter(handler=officer).count(),
        tasks=Task.objects.filter(is_open=True, officer=officer, case__in=seen).count(),
        disclosures=disclosures.live(asked_by=officer, unit=unit, case_id__in=seen.values("id")).count(),
        theirs_alone=tuple(_theirs_alone(officer, unit)) if oneself else (),
        oneself=oneself,
    )


def _others(role: OfficerRole, *, on: datetime.date) -> bool:
    everywhere = ROLES[Role(role.role)].everywhere
    units = list(Unit.objects.all()) if everywhere else [role.unit]
    posts = staff.posts(units, on=on)
    return any(
        post.role.role == role.role and post.officer.id != role.officer_id for there in posts.values() for post in there
    )


def _theirs_alone(officer: Officer, unit: Unit) -> list[Case]:
    rows = Case.objects.filter(unit=unit, is_restricted=True).order_by("agenda_number")
    return [case for case in rows if excluding.admitted(case) == {officer.id}]


def end(role_id: uuid.UUID, *, desk: Desk, at: datetime.datetime, following: Next | None = None) -> Ended:
    """End a role at once; with `following` the officer is proposed elsewhere in the same deed, all or nothing.

    Open cases that they handled have no handler any more where they cannot work on them. What they held of their own on
    restricted cases goes, except where nobody else could open the case: they cannot reach it, and it is not lost. What
    was disclosed to them there ends.
    """
    with transaction.atomic():
        ended = leaving.end_role(role_id, by=desk.officer, keyring=desk.keyring, at=at)
        officer, unit = ended.role.officer, ended.role.unit
        if officer not in staff.handlers(unit, on=desk.today):
            Case.objects.filter(unit=unit, is_open=True, handler=officer).update(handler=None)
            _end_disclosures(officer, unit, by=desk.officer, at=at)
        if ended.lost_key:
            _withdraw_own(officer, unit)
        if following is not None:
            membership.propose(officer, unit=following.unit, role=following.role, by=desk.officer, at=at)
    return ended


def _end_disclosures(officer: Officer, unit: Unit, *, by: Officer, at: datetime.datetime) -> None:
    """End what they asked for as an officer of this unit: its keys are theirs, and would outlive the unit's."""
    for row in disclosures.live(asked_by=officer, unit=unit).select_for_update():
        # What somebody forged opens nothing, and ending it would vouch for it.
        if disclosures.is_genuine(row):
            ended.end(row, by=by.id, at=at)


def _withdraw_own(officer: Officer, unit: Unit) -> None:
    holder = directory.holder_of(officer)
    kept = {case.id for case in _theirs_alone(officer, unit)}
    for case in Case.objects.filter(unit=unit, is_restricted=True).exclude(id__in=kept):
        grants.withdraw_own(case.report_id, holder=holder, unit_id=unit.id)
