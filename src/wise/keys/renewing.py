"""An officer who lost passphrase and recovery code gets a new key pair: made by them, confirmed by a colleague.

Nobody can reset what opened the old one, so whatever only that key opened is lost. It takes two: whoever could give an
officer new keys alone would sign in as that officer.
"""

import datetime
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.keys import directory, membership, pairs, staff
from wise.keys.keyring import Keyring
from wise.keys.models import Grant, Holder, Renewal
from wise.people import joining, officer_sessions, second_step
from wise.people.joining import Renewed
from wise.people.kinds import ROLES, Role
from wise.people.models import Officer, OfficerRole
from wise.refusals import NotThere, Refused

_SEALED = ("salt", "memory_kib", "passes", "sealed_seed", "recovery_salt", "recovery_sealed_seed")


def prepare(officer_id: uuid.UUID, *, passphrase: str, by: Officer, on: datetime.date) -> tuple[Officer, Renewed]:
    """Make the new keys of a colleague who sits at the screen. Slow; stores nothing."""
    officer = staff.colleague(officer_id, by=by, on=on)
    if officer == by:
        raise Refused("not-oneself", _("You are signed in, so you know your passphrase. Change it instead."))
    return officer, joining.prepare_renewal(officer, passphrase=passphrase)


def propose(officer: Officer, renewed: Renewed, *, by: Officer, at: datetime.datetime) -> Renewal:
    """Keep the new keys until a colleague confirms them; until then the old ones stay as they are.

    An earlier proposal for the same officer is replaced.
    """
    with transaction.atomic():
        staff.colleague(officer.id, by=by, on=timezone.localdate(at))
        Renewal.objects.filter(officer=officer).delete()
        row = Renewal(officer=officer, public_key=renewed.public_key, proposed_by=by, proposed_at=at)
        renewed.sealed.onto(row)
        directory.enter(row)
        log.record("propose-renewal", chain=Chain.OFFICERS, at=at, subject=officer.id, by=by.id)
    return row


def waiting(*, by: Officer, keyring: Keyring, on: datetime.date) -> list[Renewal]:
    """The renewals that somebody with these keys may decide, oldest first: of colleagues at their own units.

    Never one that they proposed, nor one that is about them. An altered one stops everything.
    """
    colleagues = {
        row.officer_id
        for row in OfficerRole.objects.filter(unit__in=keyring.units).select_related("officer")
        if row.ends_on is None or row.ends_on >= on
    }
    rows = Renewal.objects.filter(officer__in=colleagues).exclude(officer=by).exclude(proposed_by=by)
    found = list(rows.select_related("officer", "proposed_by").order_by("proposed_at"))
    for row in found:
        directory.check(row)
    return found


def decide(renewal_id: uuid.UUID, *, confirmed: bool, by: Officer, keyring: Keyring, at: datetime.datetime) -> Officer:
    """Put the new keys in force and hand over what `by` can, or decline them; the officer.

    Boxes and grants for the old key go: nothing opens them any more. Of the units of which `by` has no key, a member
    proposes the officer once more.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        row = next((row for row in waiting(by=by, keyring=keyring, on=on) if row.id == renewal_id), None)
        if row is None or not Renewal.objects.select_for_update().filter(id=renewal_id).exists():
            raise NotThere
        officer = row.officer
        if confirmed:
            _put_in_force(row, by=by, keyring=keyring, at=at)
        row.delete()
        deed = "confirm-renewal" if confirmed else "decline-renewal"
        log.record(deed, chain=Chain.OFFICERS, at=at, subject=officer.id, by=by.id)
    return officer


def _put_in_force(row: Renewal, *, by: Officer, keyring: Keyring, at: datetime.datetime) -> None:
    officer = row.officer
    for name in _SEALED:
        setattr(officer, name, getattr(row, name))
    officer.set_unusable_password()
    officer.save(update_fields=[*_SEALED, "password"])
    holder = Holder.objects.select_for_update().get(officer=officer)
    directory.check(holder)
    Grant.objects.filter(holder=holder).delete()
    second_step.forget(officer)  # nothing opens any more what it was checked against
    pairs.replace(holder, public_key=bytes(row.public_key), by=by, at=at)
    officer_sessions.end_all(officer)
    roles = directory.roles_of(officer, on=timezone.localdate(at))
    units = {role.unit_id for role in roles if ROLES[Role(role.role)].holds_key}
    for unit in Holder.objects.filter(id__in=keyring.holders, unit__in=units).select_related("unit"):
        directory.check(unit)
        membership.hand_over(unit, keyring.seeds[unit.id], to=holder)
