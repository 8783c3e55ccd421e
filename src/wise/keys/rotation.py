"""Renewing a unit's key: a new pair as soon as somebody leaves, then grant after grant is moved to it.

Sealing goes on all the while: it needs the public key alone. Nothing that was granted is lost: the old seed stays,
wrapped for the new key, until the last grant that names it has moved (`old_keys`). No worker ever holds a unit's key:
a member renews it, and a member moves the grants, by opening a case or in batches.
"""

import datetime
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wise.crypto import boxes, subkeys
from wise.crypto.errors import Unopenable
from wise.keys import board, directory, grants, membership, old_keys, pairs
from wise.keys.keyring import Keyring
from wise.keys.models import Grant, Holder, KeyDue, Membership
from wise.people.kinds import ROLES
from wise.people.models import Officer, OfficerRole
from wise.refusals import NotThere

# One press of the button: about a second on a small server, most of it for writing the rows.
BATCH = 1000
_KEY_ROLES = [role.value for role, row in ROLES.items() if row.holds_key]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the grants of a unit have moved to its present key.

    `stuck`: those that did not open, hence stay. `inner`: those inside another unit's box, which the two move only when
    they open an identity together.
    """

    moved: int
    left: int
    inner: int
    stuck: int = 0

    @property
    def total(self) -> int:
        """All grants that this unit alone can move, or has moved."""
        return self.moved + self.left


def due(units: Collection[uuid.UUID], *, on: datetime.date) -> set[uuid.UUID]:
    """Those of these holders whose key must be renewed: somebody has, or had, it who works there no more."""
    works_there = OfficerRole.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        officer=OuterRef("holder__officer"),
        unit=OuterRef("unit__unit"),
        role__in=_KEY_ROLES,
    )
    boxes_there = Membership.objects.filter(unit__in=units, holder__officer__isnull=False)
    gone = boxes_there.filter(~Exists(works_there) | Q(holder__officer__is_active=False))
    waiting = KeyDue.objects.filter(unit__in=units)
    return {*gone.values_list("unit_id", flat=True), *waiting.values_list("unit__id", flat=True)}


def renew_due(*, by: Officer, keyring: Keyring, at: datetime.datetime) -> list[Holder]:
    """Renew the keys of those units of a member's that wait for it; the units' holders as they are now."""
    renewed = []
    for unit_id in due(_units_in(keyring), on=timezone.localdate(at)):
        renew(unit_id, seed=keyring.seeds[unit_id], by=by, at=at)
        renewed.append(Holder.objects.select_related("unit").get(id=unit_id))
    return renewed


def renew(unit_id: uuid.UUID, *, seed: bytes, by: Officer, at: datetime.datetime) -> bytes:
    """Give a unit a new key pair; its members who still work there and the recovery board get their boxes anew.

    All of it or nothing. Returns the new seed; the caller forgets it.
    """
    with transaction.atomic():
        return _renewed(unit_id, seed=seed, by=by, at=at)


def _renewed(unit_id: uuid.UUID, *, seed: bytes, by: Officer, at: datetime.datetime) -> bytes:
    unit = Holder.objects.select_for_update().get(id=unit_id)
    directory.check(unit)
    if not subkeys.same(boxes.public_key(seed), bytes(unit.public_key)):
        raise membership.key_renewed()
    heirs = _heirs(unit, on=timezone.localdate(at))
    fresh = boxes.new_seed()
    old_keys.keep(unit, seed=seed, following=fresh, at=at)
    pairs.replace(unit, public_key=boxes.public_key(fresh), by=by, at=at)
    for holder in heirs:
        membership.hand_over(unit, fresh, to=holder)
    KeyDue.objects.filter(unit=unit).delete()
    return fresh


def _heirs(unit: Holder, *, on: datetime.date) -> list[Holder]:
    """Who gets the new seed. Every box is checked first: who planted one would otherwise be handed the next key."""
    rows = list(unit.members.select_related("holder__officer"))
    for row in rows:
        directory.check(row)
    heirs = [
        row.holder for row in rows if row.holder.officer is not None and _works_at(unit, row.holder.officer, on=on)
    ]
    board_holder = board.holder()
    return heirs if board_holder is None or not board.has_box_of(unit) else [*heirs, board_holder]


def _works_at(unit: Holder, officer: Officer, *, on: datetime.date) -> bool:
    there = (row for row in directory.roles_of(officer, on=on) if row.unit_id == unit.unit_id)
    return officer.is_active and any(row.role in _KEY_ROLES for row in there)


def progress(unit: Holder) -> Progress:
    """How far the grants of a unit have moved."""
    waiting, all_of_it = _waiting([unit.id]).count(), Grant.objects.filter(holder=unit).count()
    inner = Grant.objects.filter(inner=unit, inner_version__lt=unit.version).count()
    return Progress(moved=all_of_it - waiting, left=waiting, inner=inner)


def move_batch(unit_id: uuid.UUID, *, keyring: Keyring, at: datetime.datetime, most: int = BATCH) -> Progress:
    """Move so many grants of a unit to its present key; killed at any moment, nothing is lost and the rest waits."""
    if unit_id not in _units_in(keyring):
        raise NotThere
    ids = list(_waiting([unit_id]).order_by("id").values_list("id", flat=True))
    moved, tried = 0, 0
    while moved < most and tried < len(ids):
        chosen = ids[tried : tried + most - moved]
        tried += len(chosen)
        moved += _move(Grant.objects.filter(id__in=chosen).select_related("holder"), keyring=keyring)
    unit = Holder.objects.get(id=unit_id)
    old_keys.forget(unit, at=at)
    found = progress(unit)
    return replace(found, stuck=found.left if tried == len(ids) else 0)


def move_report(report_id: uuid.UUID, *, keyring: Keyring) -> None:
    """Move the grants on one report that a member has just opened."""
    rows = _waiting(_units_in(keyring)).filter(report_id=report_id).select_related("holder")
    _move(rows, keyring=keyring)


def _move(rows: Iterable[Grant], *, keyring: Keyring) -> int:
    """Wrap before the transaction, write inside it; a row that somebody else moved meanwhile stays as it is."""
    wrapped: list[tuple[int, Grant]] = []
    seeds: dict[tuple[uuid.UUID, int], bytes] = {}
    for row in rows:
        was = row.holder_version
        try:
            if (row.holder_id, was) not in seeds:
                seeds[row.holder_id, was] = old_keys.seed_at(row.holder, version=was, seed=keyring.seeds[row.holder_id])
            grants.rewrap(row, seed=seeds[row.holder_id, was], now=row.holder)
        except Unopenable:
            continue  # swapped or planted: it opens for nobody, and must not keep the others from moving
        wrapped.append((was, row))
    if not wrapped:
        return 0
    with transaction.atomic():
        for was, row in wrapped:
            still = Grant.objects.filter(id=row.id, holder_version=was)
            still.update(wrapped=row.wrapped, holder_version=row.holder_version)
    return len(wrapped)


def _waiting(units: Collection[uuid.UUID]) -> QuerySet[Grant]:
    return Grant.objects.filter(holder__in=units, holder_version__lt=F("holder__version"))


def _units_in(keyring: Keyring) -> list[uuid.UUID]:
    return [holder for holder in keyring.holders if holder not in keyring.own]
