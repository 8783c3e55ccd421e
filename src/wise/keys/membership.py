"""Joining a unit: a unit is founded with its key, officers are proposed by one and confirmed by a member (P31)."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.crypto import boxes, subkeys
from wise.keys import acting, board, directory, pairs, staff
from wise.keys.acting import Term
from wise.keys.keyring import Keyring, membership_context
from wise.keys.models import Holder, Membership, Proposal
from wise.people.joining import Newcomer
from wise.people.kinds import ROLES, Role, UnitKind
from wise.people.models import Officer, OfficerRole, Unit
from wise.refusals import NotThere, Refused

# Two custodians who are one person would be one custodian; nor may the board's people rebuild both keys.
_OTHER_CUSTODIAN = {
    UnitKind.CUSTODIAN_OUTER.value: UnitKind.CUSTODIAN_INNER.value,
    UnitKind.CUSTODIAN_INNER.value: UnitKind.CUSTODIAN_OUTER.value,
}


def found_unit(unit: Unit, *, board_holder: Holder | None) -> bytes:
    """Enter a unit with a new key pair; the recovery board gets its box, but never the inner custodian unit's.

    Returns the seed, for the first member; the caller forgets it.
    """
    directory.enter(unit)
    seed = boxes.new_seed()
    holder = directory.enter_holder(unit, seed=seed)
    if board_holder is not None and board.has_box_of(holder):
        hand_over(holder, seed, to=board_holder)
    return seed


def appoint_first(officer: Officer, *, unit: Unit, role: Role, unit_seed: bytes | None, on: datetime.date) -> None:
    """Give an officer a role when the institution is founded, before anybody could confirm it."""
    _appoint(officer, unit=unit, role=role, unit_seed=unit_seed, on=on)


def appoint_by_board(
    officer: Officer,
    *,
    unit: Unit,
    role: Role,
    shares: Sequence[str],
    at: datetime.datetime,
    by: Officer | None = None,
) -> None:
    """Give a unit without members its first one: two of the board's three paper shares stand in for a member.

    The board has no box of the inner custodian unit; that unit gets a new key pair, and only while it holds nothing.
    """
    with transaction.atomic():
        check(unit, role=role, by_board=True)
        board_holder, board_seed = board.opened_by(shares)
        unit_holder = directory.holder_of(unit)
        _refuse_both_custodians(officer, unit)
        box = unit_holder.members.filter(holder=board_holder).first()
        seed = board.open_box(box, seed=board_seed) if box is not None else _renewed(unit_holder, at=at)
        _appoint(officer, unit=unit, role=role, unit_seed=seed, on=timezone.localdate(at))
        facts: dict[str, log.Fact] = {"officer": str(officer.id), "unit": str(unit.id), "role": role.value}
        author = by.id if by else None
        log.record("appoint-by-board", chain=Chain.OFFICERS, at=at, subject=officer.id, by=author, facts=facts)


def check(unit: Unit, *, role: Role, by_board: bool) -> None:
    """Refuse a role that the unit does not have, and a way in that nobody could open.

    `by_board`: the recovery board lets the officer in, not a member. To be asked before anybody types a passphrase.
    """
    _refuse_misplaced(role, unit)
    if by_board:
        board.there()
    has_members = staff.is_read(unit)
    if by_board and has_members:
        raise Refused("has-members", _("This unit has members: one of them must confirm the proposal."))
    if not by_board and not has_members:
        raise Refused(
            "no-members",
            _(
                "This unit has no member yet who could confirm it. Its first one is entered on the server, with two"
                " shares of the recovery board: `wise enrol --board`."
            ),
        )


def _renewed(unit_holder: Holder, *, at: datetime.datetime) -> bytes:
    if unit_holder.grants.exists() or unit_holder.inner_grants.exists():
        raise Refused("holds-something", _("This unit holds keys that nobody but its members could hand over."))
    seed = boxes.new_seed()
    pairs.replace(unit_holder, public_key=boxes.public_key(seed), by=None, at=at)
    return seed


def propose(
    officer: Officer, *, unit: Unit, role: Role, by: Officer | None, at: datetime.datetime, term: Term | None = None
) -> Proposal:
    """Propose an officer for a role at a unit. `by` None: proposed on the server's console by the administrator.

    `term`: as an acting head, until the last day of it.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        if by is not None and unit not in staff.units_open_to(by, on=on):
            raise NotThere
        if by is not None and ROLES[role].everywhere and not directory.has_role(by, Role.ADMIN, on=on):
            raise Refused(
                "not-yours-to-give", _("This role counts in the whole institution: the administrator proposes it.")
            )
        check(unit, role=role, by_board=False)
        acting.check(term, role=role, on=on)
        _refuse_held(officer, unit=unit, role=role, until=term.until if term else None)
        if Proposal.objects.filter(officer=officer, unit=unit, role=role.value, decided_at=None).exists():
            raise Refused("is-proposed", _("This officer is already proposed for this role."))
        _refuse_both_custodians(officer, unit)
        proposal = Proposal(officer=officer, unit=unit, role=role.value, proposed_by=by, proposed_at=at)
        directory.enter(proposal)
        acting.enter(term, proposal=proposal)
        facts: dict[str, log.Fact] = {"officer": str(officer.id), "unit": str(unit.id), "role": role.value}
        if term is not None:
            facts |= {"acting": term.kind.value, "until": term.until.isoformat()}
        author = by.id if by else None
        log.record("propose-member", chain=Chain.OFFICERS, at=at, subject=proposal.id, by=author, facts=facts)
    return proposal


def propose_newcomer(
    newcomer: Newcomer[Officer],
    *,
    unit: Unit,
    role: Role,
    by: Officer,
    at: datetime.datetime,
    term: Term | None = None,
) -> Proposal:
    """Store a new officer, whose keys were made before, and propose them: both or neither."""
    with transaction.atomic():
        return propose(staff.enter(newcomer), unit=unit, role=role, by=by, at=at, term=term)


def decide(proposal: Proposal, *, confirmed: bool, by: Officer, keyring: Keyring, at: datetime.datetime) -> None:
    """A member of the unit confirms (and hands the key over) or declines; never the one who proposed or is proposed."""
    with transaction.atomic():
        row = Proposal.objects.select_for_update().select_related("officer", "unit").get(id=proposal.id)
        unit_holder = directory.holder_of(row.unit)
        if unit_holder.id not in keyring.seeds or row.decided_at is not None:
            raise NotThere
        directory.check(row)
        if by.id in {row.proposed_by_id, row.officer_id}:
            raise Refused("own-proposal", _("Somebody else of the unit must confirm this."))
        row.decided_by, row.decided_at, row.confirmed = by, at, confirmed
        directory.enter(row)
        if confirmed:
            _refuse_both_custodians(row.officer, row.unit)
            seed, on = keyring.seeds[unit_holder.id], timezone.localdate(at)
            term = acting.terms_of([row]).get(row.id)
            acting.check(term, role=Role(row.role), on=on)
            until = term.until if term else None
            _appoint(row.officer, unit=row.unit, role=Role(row.role), unit_seed=seed, on=on, until=until)
        deed = "confirm-member" if confirmed else "decline-member"
        log.record(deed, chain=Chain.OFFICERS, at=at, subject=row.id, by=by.id)


def _appoint(
    officer: Officer,
    *,
    unit: Unit,
    role: Role,
    unit_seed: bytes | None,
    on: datetime.date,
    until: datetime.date | None = None,
) -> None:
    directory.check(unit)
    _refuse_misplaced(role, unit)
    row = OfficerRole.objects.filter(officer=officer, unit=unit, role=role.value).first()
    if row is None:
        row = OfficerRole(officer=officer, unit=unit, role=role.value, starts_on=on)
    elif row.ends_on is not None and row.ends_on < on:
        row.starts_on = on
    row.ends_on = until
    directory.enter(row)
    if ROLES[role].holds_key and unit_seed is not None:
        unit_holder, holder = directory.holder_of(unit), directory.holder_of(officer)
        if not Membership.objects.filter(unit=unit_holder, holder=holder).exists():
            hand_over(unit_holder, unit_seed, to=holder)


def hand_over(unit: Holder, seed: bytes, *, to: Holder) -> None:
    """Wrap a unit's seed for a member or the board; refused where it is no longer the seed of the unit's key."""
    directory.check(to)
    if not subkeys.same(boxes.public_key(seed), bytes(unit.public_key)):
        raise key_renewed()
    row = Membership(unit=unit, holder=to, unit_version=unit.version, holder_version=to.version)
    row.wrapped = boxes.wrap(seed, public_key=bytes(to.public_key), context=membership_context(row))
    directory.enter(row)


def key_renewed() -> Refused:
    """Why nothing is done with a unit's key that somebody renewed in the meantime."""
    return Refused("key-renewed", _("The unit's key has just been renewed. Please try again."))


def _refuse_held(officer: Officer, *, unit: Unit, role: Role, until: datetime.date | None) -> None:
    """Refuse a role that somebody has for good, or at least that long; an acting head may get more days, or stay.

    Who has the role but lost the key (suspended, or with keys of their own made anew) is given it again in this way.
    """
    held = OfficerRole.objects.filter(officer=officer, unit=unit, role=role.value).first()
    if held is not None and ROLES[role].holds_key and not staff.has_key(officer, unit):
        return
    if held is not None and (held.ends_on is None or (until is not None and until <= held.ends_on)):
        raise Refused("has-role", _("This officer already has this role at this unit."))


def _refuse_misplaced(role: Role, unit: Unit) -> None:
    if UnitKind(unit.kind) not in ROLES[role].units:
        raise Refused("role-misplaced", _("This unit does not have this role. Choose another role or another unit."))


def _refuse_both_custodians(officer: Officer, unit: Unit) -> None:
    other = _OTHER_CUSTODIAN.get(unit.kind)
    if other and OfficerRole.objects.filter(officer=officer, unit__kind=other).exists():
        raise Refused("both-custodians", _("Nobody can be a member of both custodian units."))
