"""The directory: rows that say whose key is whose. A key is wrapped only for a row whose tag is right (P36).

A tag is an HMAC over all of a row's fields under the subkey `directory`: whoever can write in the database but does
not have the server secret cannot plant a public key, a membership, a role or a receiving unit.
"""

import datetime
import logging

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wise.crypto import boxes, contexts, subkeys
from wise.crypto.subkeys import Label
from wise.keys.models import Holder, HolderKind, Membership, OldKey, Proposal, Renewal
from wise.people.kinds import Role
from wise.people.models import Acting, Officer, OfficerRole, Reporter, Unit
from wise.refusals import Refused

_log = logging.getLogger(__name__)

type Row = Acting | Holder | Membership | OfficerRole | OldKey | Proposal | Renewal | Unit


class Altered(Refused):
    """A row of the directory was changed behind our back: nothing is wrapped for it, and somebody must look."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "directory-altered",
            _("WiSe has found a change that it did not make and has stopped here. Please tell the administrator."),
        )


def tag_of(row: Row) -> bytes:
    """The tag this row must carry."""
    parts: list[str | bytes] = [row._meta.label]
    for field in row._meta.concrete_fields:
        if field.name != "tag":
            parts += [field.attname, _plain(getattr(row, field.attname))]
    return subkeys.mac(settings.WISE_SUBKEYS[Label.DIRECTORY], contexts.context("directory", *parts))


def enter(row: Row) -> None:
    """Tag a new or rightfully changed row and store it."""
    row.tag = tag_of(row)
    row.save()


def check(row: Row) -> None:
    """Raise `Altered` unless the row carries its tag."""
    if not subkeys.same(tag_of(row), bytes(row.tag)):
        _log.critical("directory: altered row %s", row._meta.label)
        raise Altered


def new_holder(owner: Reporter | Officer | Unit | None, *, seed: bytes) -> Holder:
    """Somebody's public key with its tag, not yet stored; None stands for the recovery board."""
    kinds = {Reporter: HolderKind.REPORTER, Officer: HolderKind.OFFICER, Unit: HolderKind.UNIT}
    kind = kinds[type(owner)] if owner is not None else HolderKind.BOARD
    holder = Holder(kind=kind.value, public_key=boxes.public_key(seed))
    if owner is not None:
        setattr(holder, kind.value, owner)
    holder.tag = tag_of(holder)
    return holder


def enter_holder(owner: Reporter | Officer | Unit | None, *, seed: bytes) -> Holder:
    """Enter somebody's public key; None stands for the recovery board."""
    holder = new_holder(owner, seed=seed)
    holder.save(force_insert=True)
    return holder


def holder_of(owner: Reporter | Officer | Unit) -> Holder:
    """The checked holder of a reporter, an officer or a unit."""
    return _checked(Holder.objects.get(**{type(owner)._meta.model_name or "": owner}))


def staffed_holders(*kinds: str) -> dict[str, Holder]:
    """The checked holders of units of these kinds that have members, by kind (for units that exist once).

    The unit is checked as well: whoever could call their own unit a custodian would be given the identities.
    """
    members = Membership.objects.filter(unit__unit__kind__in=kinds).select_related("unit__unit")
    found: dict[str, Holder] = {}
    for holder in {row.unit_id: row.unit for row in members}.values():
        assert holder.unit is not None  # it was found by its unit
        check(holder.unit)
        found[holder.unit.kind] = _checked(holder)
    return found


def roles_of(officer: Officer, *, on: datetime.date) -> list[OfficerRole]:
    """The roles an officer has on a day; an altered row stops everything."""
    in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    rows = list(OfficerRole.objects.filter(in_force, officer=officer).select_related("unit__office"))
    for row in rows:
        check(row)
    return rows


def has_role(officer: Officer, role: Role, *, on: datetime.date) -> bool:
    """Whether the officer has this role anywhere on a day."""
    return any(row.role == role.value for row in roles_of(officer, on=on))


def flaws() -> list[str]:
    """Every row of the directory whose tag is wrong, named by table and id (for `wise log verify`)."""
    tables: tuple[type[Row], ...] = (Acting, Holder, Membership, OfficerRole, OldKey, Proposal, Renewal, Unit)
    return [
        f"{row._meta.label} {row.pk}"
        for table in tables
        for row in table._default_manager.all().iterator(chunk_size=2000)
        if not subkeys.same(tag_of(row), bytes(row.tag))
    ]


def _checked(holder: Holder) -> Holder:
    check(holder)
    return holder


def _plain(value: object) -> str | bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return "" if value is None else str(value)
