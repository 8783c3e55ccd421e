"""The recovery board: three people with a paper share each, of whom two stand in where a unit has no member left.

It is rehearsed, so that shares which do not fit are found on an ordinary day, and renewed after each use: whoever typed
a share typed it at somebody's machine.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.crypto import boxes, subkeys
from wise.crypto import shares as paper
from wise.crypto.errors import Unopenable
from wise.keys import directory, pairs
from wise.keys.keyring import membership_context
from wise.keys.models import Holder, HolderKind, Membership
from wise.people.kinds import UnitKind
from wise.people.models import Officer
from wise.refusals import Refused


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What two shares would open: so many of the units whose box the board has, and the names of those it cannot."""

    opened: int
    closed: tuple[str, ...]


def holder() -> Holder | None:
    """The recovery board's holder, if the institution has one."""
    return Holder.objects.filter(kind=HolderKind.BOARD.value).first()


def there() -> Holder:
    """The recovery board's holder; refused where the institution has none."""
    found = holder()
    if found is None:
        raise Refused("no-board", _("There is no recovery board yet. Run `wise offices load` first."))
    return found


def has_box_of(unit: Holder) -> bool:
    """Whether the board has a box of this unit; with one of the inner custodians' it could open identities."""
    assert unit.unit is not None  # only a unit has members
    return unit.unit.kind != UnitKind.CUSTODIAN_INNER.value


def check_share(share: str) -> None:
    """Refuse what is not one whole share of a board, while who typed it is still there."""
    if not paper.is_share(share):
        raise Refused("share-mistyped", _("This is not a share: a word is missing, mistyped or too many."))


def opened_by(shares: Sequence[str]) -> tuple[Holder, bytes]:
    """The board's holder and its seed, from two shares; refused with what is wrong about them."""
    board = there()
    directory.check(board)
    if len({" ".join(share.lower().split()) for share in shares}) < len(shares):
        raise Refused("share-twice", _("This is the first share once more. Somebody else types another one."))
    try:
        seed = paper.join(shares)
    except Unopenable:
        raise Refused(
            "wrong-shares", _("These two shares do not belong together: they are not two shares of one board.")
        ) from None
    if not subkeys.same(boxes.public_key(seed), bytes(board.public_key)):
        raise Refused(
            "shares-of-another",
            _("These two shares belong together, but not to the present recovery board. Perhaps it was renewed since."),
        )
    return board, seed


def open_box(box: Membership, *, seed: bytes) -> bytes:
    """A unit's seed from the board's box of it; `Altered` where the row is not as it was made."""
    directory.check(box)
    return boxes.unwrap(bytes(box.wrapped), seed=seed, context=membership_context(box))


def rehearse(shares: Sequence[str], *, by: Officer | None, at: datetime.datetime) -> Rehearsal:
    """Say what these shares would open, and change nothing but the log."""
    board, seed = opened_by(shares)
    opened, closed = 0, list[str]()
    for box in _boxes(board):
        if _opens(box, seed=seed):
            opened += 1
        else:
            closed.append(_name(box))
    with transaction.atomic():
        facts: dict[str, log.Fact] = {"opened": opened, "closed": len(closed)}
        author = by.id if by else None
        log.record("rehearse-board", chain=Chain.OFFICERS, at=at, subject=board.id, by=author, facts=facts)
    return Rehearsal(opened, tuple(closed))


def renew(shares: Sequence[str], *, by: Officer | None, at: datetime.datetime) -> list[str]:
    """Give the board a new key pair and the units' boxes for it; returns the three new shares, kept nowhere else.

    From now on the old shares open nothing but old copies of the database.
    """
    with transaction.atomic():
        board, seed = opened_by(shares)
        held = [(box.unit, open_box(box, seed=seed)) for box in _boxes(board)]
        fresh = boxes.new_seed()
        pairs.replace(board, public_key=boxes.public_key(fresh), by=by, at=at)
        for unit, unit_seed in held:
            box = Membership(unit=unit, holder=board, unit_version=unit.version, holder_version=board.version)
            public_key = bytes(board.public_key)
            box.wrapped = boxes.wrap(unit_seed, public_key=public_key, context=membership_context(box))
            directory.enter(box)
    return paper.split(fresh)


def _boxes(board: Holder) -> list[Membership]:
    return list(Membership.objects.filter(holder=board).select_related("unit__unit").order_by("unit__unit__name"))


def _opens(box: Membership, *, seed: bytes) -> bool:
    try:
        unit_seed = open_box(box, seed=seed)
    except (Unopenable, directory.Altered):
        return False
    return subkeys.same(boxes.public_key(unit_seed), bytes(box.unit.public_key))


def _name(box: Membership) -> str:
    assert box.unit.unit is not None  # only a unit has members
    return box.unit.unit.name
