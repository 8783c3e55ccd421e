"""A unit's earlier keys: each seed wrapped for the key that came next, until nothing names it any more."""

import datetime

from django.db.models import Min

from wise.crypto import boxes, contexts
from wise.crypto.errors import Unopenable
from wise.keys import directory
from wise.keys.models import Grant, Holder, OldKey

# Far longer than any submission takes from wrapping its keys to storing them.
_ON_ITS_WAY = datetime.timedelta(days=1)


def keep(unit: Holder, *, seed: bytes, following: bytes, at: datetime.datetime) -> None:
    """Keep a unit's seed, of the version that it has until now, for whoever holds the seed that follows."""
    row = OldKey(unit=unit, version=unit.version, replaced_at=at)
    row.wrapped = boxes.wrap(seed, public_key=boxes.public_key(following), context=_context(row))
    directory.enter(row)


def seed_at(holder: Holder, *, version: int, seed: bytes) -> bytes:
    """The seed that a holder had at a version, from the one they have now; `Unopenable` where it is not kept.

    A row that was altered or planted stops everything.
    """
    if version == holder.version:
        return seed
    rows = list(OldKey.objects.filter(unit=holder, version__gte=version).order_by("-version"))
    if [row.version for row in rows] != list(range(holder.version - 1, version - 1, -1)):
        raise Unopenable
    for row in rows:
        directory.check(row)
        seed = boxes.unwrap(bytes(row.wrapped), seed=seed, context=_context(row))
    if not rows:
        raise Unopenable
    return seed


def forget(unit: Holder, *, at: datetime.datetime) -> None:
    """Delete the earlier seeds that no grant needs: one is needed for its own version, and to reach those before it.

    What was replaced within the last day stays: a grant that was wrapped just before may still be on its way.
    """
    versions = [
        Grant.objects.filter(holder=unit).aggregate(least=Min("holder_version"))["least"],
        Grant.objects.filter(inner=unit).aggregate(least=Min("inner_version"))["least"],
    ]
    needed = min((version for version in versions if version is not None), default=unit.version)
    rows = OldKey.objects.filter(unit=unit, version__lt=needed, replaced_at__lt=at - _ON_ITS_WAY)
    rows.delete()


def _context(row: OldKey) -> bytes:
    return contexts.context("keys_oldkey", row.id, row.unit_id, row.version)
