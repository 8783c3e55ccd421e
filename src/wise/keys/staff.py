"""Who works where with which key, and for which units somebody may put others forward."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.keys import acting, directory
from wise.keys.keyring import Keyring
from wise.keys.models import Membership, Proposal
from wise.people import joining
from wise.people.joining import Newcomer
from wise.people.kinds import RECEIVING, ROLES, ActingRow, Role, RoleRow, UnitKind
from wise.people.models import Officer, OfficerRole, Unit
from wise.refusals import NotThere, Refused


@dataclass(frozen=True, slots=True)
class Post:
    """One officer's role at one unit. `has_key`: they are a member, hence can open what the unit holds.

    `acting`: how an acting head is called.
    """

    officer: Officer
    role: RoleRow
    since: datetime.date
    until: datetime.date | None
    has_key: bool
    acting: ActingRow | None = None
    id: uuid.UUID | None = None

    @property
    def handles_cases(self) -> bool:
        """Whether they can work on what the unit holds."""
        return self.has_key and self.role.handles_cases


def posts(units: Sequence[Unit], *, on: datetime.date) -> dict[uuid.UUID, list[Post]]:
    """The posts of these units on a day, by unit; a unit without any has an empty list."""
    members = set(Membership.objects.filter(unit__unit__in=units).values_list("unit__unit_id", "holder__officer_id"))
    in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    rows = OfficerRole.objects.filter(in_force, unit__in=units, officer__is_active=True).select_related("officer")
    found: dict[uuid.UUID, list[Post]] = {unit.id: [] for unit in units}
    for row in rows.order_by("officer__name", "role"):
        directory.check(row)
        has_key = (row.unit_id, row.officer_id) in members
        term = acting.term_of(row) if row.role == Role.HEAD.value else None
        acts = term.row if term else None
        post = Post(row.officer, ROLES[Role(row.role)], row.starts_on, row.ends_on, has_key, acts, row.id)
        found[row.unit_id].append(post)
    return found


def posts_of(officer: Officer, *, on: datetime.date) -> list[tuple[Unit, Post]]:
    """Everything that an officer is on a day, with the unit where, by its name."""
    units = list(Unit.objects.filter(roles__officer=officer).distinct().order_by("name"))
    found = posts(units, on=on)
    return [(unit, post) for unit in units for post in found[unit.id] if post.officer == officer]


def handlers(unit: Unit, *, on: datetime.date) -> list[Officer]:
    """Who handles the cases of a unit on a day, by role and by key, each once, by name."""
    found = {post.officer.id: post.officer for post in posts([unit], on=on)[unit.id] if post.handles_cases}
    return list(found.values())


def members(unit: Unit) -> list[Officer]:
    """Who holds the key of a unit, by name, whatever they do there."""
    return list(Officer.objects.filter(id__in=_memberships(unit).values("holder__officer")).order_by("name", "id"))


def proposed(unit: Unit) -> list[Officer]:
    """Who would get the key of a unit if a member confirmed what is proposed, by name."""
    roles = [role.value for role, row in ROLES.items() if row.holds_key]
    rows = Proposal.objects.filter(decided_at=None, unit=unit, role__in=roles)
    return list(Officer.objects.filter(id__in=rows.values("officer")).order_by("name", "id"))


def has_key(officer: Officer, unit: Unit) -> bool:
    """Whether an officer has the box with a unit's key."""
    return Membership.objects.filter(unit__unit=unit, holder__officer=officer).exists()


def readers(unit: Unit) -> int:
    """How many people hold the key of a unit, hence can read what it receives."""
    return _memberships(unit).values("holder__officer").distinct().count()


def is_read(unit: Unit) -> bool:
    """Whether anybody holds the key of a unit."""
    return _memberships(unit).exists()


def unopened_units() -> list[Unit]:
    """Every unit, of whatever kind, that no active officer has the key of, by name."""
    read = Membership.objects.filter(holder__officer__is_active=True).values("unit__unit")
    return list(Unit.objects.exclude(id__in=read).order_by("name"))


def unread_units() -> list[tuple[Unit, Unit | None]]:
    """The units that receive reports but have no member who could open them, by name.

    Each with the next one up that can, which gets their reports instead; None: nobody could open them.
    """
    read = set(Membership.objects.filter(holder__officer__is_active=True).values_list("unit__unit_id", flat=True))
    units = {unit.id: unit for unit in Unit.objects.order_by("name")}
    found = []
    for unit in units.values():
        if UnitKind(unit.kind) in RECEIVING and unit.id not in read:
            instead: Unit | None = unit
            while instead is not None and instead.id not in read:
                instead = units[instead.above_id] if instead.above_id else None
            found.append((unit, instead))
    return found


def units_open_to(officer: Officer, *, on: datetime.date) -> list[Unit]:
    """The units for which this officer may propose others: their own by a role with a key; the administrator all."""
    roles = directory.roles_of(officer, on=on)
    if any(row.role == Role.ADMIN.value for row in roles):
        return list(Unit.objects.select_related("office").order_by("office__name", "name"))
    own = {row.unit_id: row.unit for row in roles if ROLES[Role(row.role)].holds_key}
    return sorted(own.values(), key=lambda unit: unit.name)


def officer_called(login: str) -> Officer:
    """The active officer who signs in with this name."""
    officer = Officer.objects.filter(login=login.strip().casefold(), is_active=True).first()
    if officer is None:
        raise Refused("no-such-officer", _("No officer signs in with this name. Check it, or enter a new officer."))
    return officer


def colleague(officer_id: uuid.UUID, *, by: Officer, on: datetime.date) -> Officer:
    """An officer of a unit for which `by` may propose others; `NotThere` where there is none."""
    posts_there = posts(units_open_to(by, on=on), on=on)
    found = (post.officer for there in posts_there.values() for post in there)
    officer = next((officer for officer in found if officer.id == officer_id), None)
    if officer is None:
        raise NotThere
    return officer


def renumber(officer_id: uuid.UUID, *, service_number: str, by: Officer, at: datetime.datetime) -> Officer:
    """Correct the service number below a colleague's name; letters that were issued keep what they say."""
    with transaction.atomic():
        officer = colleague(officer_id, by=by, on=timezone.localdate(at))
        before = officer.service_number
        joining.number(officer, service_number=service_number)
        facts: dict[str, log.Fact] = {"before": before, "after": officer.service_number}
        log.record("renumber-officer", chain=Chain.OFFICERS, at=at, subject=officer.id, by=by.id, facts=facts)
    return officer


def unit_at(office: str, *, kind: str) -> Unit:
    """The unit of a kind at an office, both as they are named."""
    unit = Unit.objects.select_related("office").filter(office__name=office, kind=kind).first()
    if unit is None:
        raise Refused("no-such-unit", _("There is no unit of this kind at this office. Check both names."))
    return unit


def enter(newcomer: Newcomer[Officer]) -> Officer:
    """Enter a new officer, whose keys were made before, and their public key."""
    joining.store(newcomer)
    directory.enter_holder(newcomer.row, seed=newcomer.seed)
    return newcomer.row


def open_proposals(keyring: Keyring) -> list[Proposal]:
    """The proposals that wait for somebody with these keys, oldest first; an altered one stops everything."""
    deciders = Unit.objects.filter(holder__in=keyring.holders)
    open_rows = Proposal.objects.filter(decided_at=None).select_related("officer", "unit__office", "proposed_by")
    rows = list(open_rows.filter(unit__in=deciders).order_by("proposed_at"))
    for row in rows:
        directory.check(row)
    return rows


def open_proposal(proposal_id: uuid.UUID, *, keyring: Keyring) -> Proposal:
    """One of these proposals; `NotThere` where it waits for others, or no longer."""
    found = next((row for row in open_proposals(keyring) if row.id == proposal_id), None)
    if found is None:
        raise NotThere
    return found


def proposed_by(officer: Officer) -> list[Proposal]:
    """What this officer proposed and nobody has decided yet."""
    rows = Proposal.objects.filter(decided_at=None, proposed_by=officer)
    return list(rows.select_related("officer", "unit__office").order_by("proposed_at"))


def proposals_of(officer: Officer) -> list[Proposal]:
    """What this officer was proposed for and no member has decided yet."""
    rows = Proposal.objects.filter(decided_at=None, officer=officer)
    return list(rows.select_related("unit").order_by("proposed_at"))


def _memberships(unit: Unit) -> QuerySet[Membership]:
    return Membership.objects.filter(unit__unit=unit, holder__officer__is_active=True)
