"""A keyring: one person's unlocked keys, for one request. Whoever has none opens nothing."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wise.crypto import boxes, contexts, subkeys
from wise.keys import directory
from wise.keys.models import Holder, Membership
from wise.people.models import Officer, Reporter


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """Seeds by holder, the units among these, and whose own key is there.

    `repr` shows nothing, so that no log or error page can.
    """

    seeds: Mapping[uuid.UUID, bytes]
    units: frozenset[uuid.UUID] = frozenset()
    person: uuid.UUID | None = None

    @property
    def own(self) -> list[uuid.UUID]:
        """The ids of the holders that are one person, not a unit."""
        return [self.person] if self.person else []

    @property
    def holders(self) -> list[uuid.UUID]:
        """The ids of the holders whose boxes this keyring opens."""
        return list(self.seeds)


def of_reporter(reporter: Reporter, *, seed: bytes) -> Keyring:
    """The keyring of a reporter who signed in."""
    holder = directory.holder_of(reporter)
    _compare(holder, seed)
    return Keyring({holder.id: seed}, person=holder.id)


def of_officer(officer: Officer, *, seed: bytes, working_at: Collection[uuid.UUID]) -> Keyring:
    """The keyring of an officer who signed in: their own key and the keys of the units they are a member of.

    Only where they work now in a role that holds a key (`working_at`): an appointment that ended opens nothing and
    hands no key on, although the box is still there until the unit's key is renewed.
    """
    mine = directory.holder_of(officer)
    _compare(mine, seed)
    seeds, units = {mine.id: seed}, set[uuid.UUID]()
    rows = Membership.objects.filter(holder=mine).select_related("unit")
    for row in rows:
        directory.check(row)
        directory.check(row.unit)
        assert row.unit.unit_id is not None  # only a unit has members
        if row.unit.unit_id not in working_at:
            continue
        unit_seed = boxes.unwrap(bytes(row.wrapped), seed=seed, context=membership_context(row))
        _compare(row.unit, unit_seed)
        seeds[row.unit_id] = unit_seed
        units.add(row.unit.unit_id)
    return Keyring(seeds, frozenset(units), mine.id)


def membership_context(row: Membership) -> bytes:
    """What a membership's box is bound to."""
    return contexts.context("keys_membership", row.id, row.unit_id, row.unit_version, row.holder_id, row.holder_version)


def _compare(holder: Holder, seed: bytes) -> None:
    # Who has the private key in hand computes the public one and never believes the stored one.
    if not subkeys.same(boxes.public_key(seed), bytes(holder.public_key)):
        raise directory.Altered
