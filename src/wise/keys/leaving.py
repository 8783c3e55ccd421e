"""Leaving a unit, and being suspended: rights end at once, and the unit's key is renewed as soon as a member is there.

One person is enough to take a right away; giving it back takes two (`membership`). Whoever left knows what they read,
and has the unit's earlier key in an old copy of the database, if they have one.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.keys import board, directory, rotation, staff
from wise.keys.keyring import Keyring
from wise.keys.models import Holder, KeyDue
from wise.people import officer_sessions
from wise.people.kinds import ROLES, Role
from wise.people.models import Officer, OfficerRole, Unit
from wise.refusals import NotThere, Refused


@dataclass(frozen=True, slots=True)
class Ended:
    """A role that ended. `lost_key`: the unit's box went with it; `renewed`: its key was renewed in the same moment."""

    role: OfficerRole
    lost_key: bool
    renewed: bool


def role(role_id: uuid.UUID, *, by: Officer, on: datetime.date) -> OfficerRole:
    """A role in force that `by` may end: at their own unit with its key, or anywhere as administrator; `NotThere`."""
    in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    row = OfficerRole.objects.filter(in_force, id=role_id).select_related("officer", "unit__office").first()
    if row is None or row.unit not in staff.units_open_to(by, on=on):
        raise NotThere
    directory.check(row)
    return row


def end_role(role_id: uuid.UUID, *, by: Officer, keyring: Keyring, at: datetime.datetime) -> Ended:
    """End an officer's role at a unit from now on.

    With their last role there that holds a key goes the box with the unit's seed, and the key is renewed: at once where
    `by` holds it, else when the next member signs in.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        role(role_id, by=by, on=on)
        row = OfficerRole.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(id=role_id)
        if ROLES[Role(row.role)].everywhere and not directory.has_role(by, Role.ADMIN, on=on):
            raise Refused(
                "not-yours-to-end", _("This role counts in the whole institution: the administrator ends it.")
            )
        row.ends_on = on - datetime.timedelta(days=1)
        directory.enter(row)
        lost_key = _takes_the_key(row, on=on)
        renewed = lost_key and _take_key(row.officer, unit=row.unit, by=by, keyring=keyring, at=at)
        facts: dict[str, log.Fact] = {"officer": str(row.officer_id), "unit": str(row.unit_id), "role": row.role}
        log.record("end-role", chain=Chain.OFFICERS, at=at, subject=row.id, by=by.id, facts=facts)
    return Ended(row, lost_key, renewed)


def is_last_member(officer: Officer, unit: Unit) -> bool:
    """Whether nobody else could open what a unit holds."""
    return staff.members(unit) == [officer]


def _takes_the_key(row: OfficerRole, *, on: datetime.date) -> bool:
    others = (role for role in directory.roles_of(row.officer, on=on) if role.unit_id == row.unit_id)
    stays = any(ROLES[Role(role.role)].holds_key for role in others)
    return not stays and staff.has_key(row.officer, row.unit)


def _take_key(officer: Officer, *, unit: Unit, by: Officer, keyring: Keyring, at: datetime.datetime) -> bool:
    holder = directory.holder_of(unit)
    if is_last_member(officer, unit):
        _refuse_to_lose(holder)
    if holder.id in keyring.seeds:
        rotation.renew(holder.id, seed=keyring.seeds[holder.id], by=by, at=at)
        return True
    holder.members.filter(holder__officer=officer).delete()
    KeyDue.objects.get_or_create(unit=holder, defaults={"since": at})
    return False


def _refuse_to_lose(unit: Holder) -> None:
    """Refuse the last one to leave a unit whose key nobody could hand on: what it holds would be closed for ever."""
    holds = unit.grants.exists() or unit.inner_grants.exists()
    if holds and not (board.has_box_of(unit) and board.holder() is not None):
        raise Refused(
            "nobody-after",
            _("Nobody else has this unit's key, not even the recovery board. Let a colleague in first."),
        )


def suspend(officer_id: uuid.UUID, *, by: Officer, keyring: Keyring, at: datetime.datetime) -> Officer:
    """Lock an officer out at once: sessions end, signing in is refused, roles count no more.

    The keys of their units are renewed: at once where `by` holds them, else when the next member signs in.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        officer = staff.colleague(officer_id, by=by, on=on)
        if officer == by:
            raise Refused("not-oneself", _("Nobody suspends themselves. Ask a colleague."))
        officer.is_active = False
        officer.save(update_fields=["is_active"])
        officer_sessions.end_all(officer)
        for unit_id in rotation.due(keyring.holders, on=on):
            rotation.renew(unit_id, seed=keyring.seeds[unit_id], by=by, at=at)
        log.record("suspend", chain=Chain.OFFICERS, at=at, subject=officer.id, by=by.id)
    return officer


def suspended(*, by: Officer, on: datetime.date) -> list[Officer]:
    """Who is suspended and has a role at a unit for which `by` may propose others, by name."""
    in_force = Q(roles__starts_on__lte=on) & (Q(roles__ends_on=None) | Q(roles__ends_on__gte=on))
    rows = Officer.objects.filter(in_force, is_active=False, roles__unit__in=staff.units_open_to(by, on=on))
    return list(rows.distinct().order_by("name", "id"))


def readmit(officer_id: uuid.UUID, *, by: Officer, at: datetime.datetime) -> Officer:
    """End a suspension: the officer signs in again. A key that was renewed meanwhile is handed over anew, by two."""
    with transaction.atomic():
        rows = suspended(by=by, on=timezone.localdate(at))
        officer = next((row for row in rows if row.id == officer_id), None)
        if officer is None:
            raise NotThere
        officer.is_active = True
        officer.save(update_fields=["is_active"])
        log.record("readmit", chain=Chain.OFFICERS, at=at, subject=officer.id, by=by.id)
    return officer
