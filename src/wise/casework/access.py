"""Who may see which case: fetch through the permission. Not yours means not there (404), for cases and for counts."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from wise.audit import log
from wise.casework import clock, parts
from wise.casework.models import Case
from wise.keys import directory, grants, keyring
from wise.keys.grants import Keys
from wise.keys.keyring import Keyring
from wise.people.kinds import ROLES, Role, UnitKind
from wise.people.models import Officer, Unit
from wise.refusals import NotThere
from wise.register.models import Report

# The deeds that make keys later: their log entries hold the commitments. The reporter's are about the report.
_VOUCHING = ("refer", "split", "exclude")
_VOUCHING_OF_REPORTERS = "confide"


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """An officer at work for one request: keys in hand, and the roles at each unit.

    `places` are all units where the officer has a role, `units` those whose cases they handle. `kept_from`: the cases
    of these units to which they were given no key.
    """

    officer: Officer
    keyring: Keyring
    roles: Mapping[uuid.UUID, frozenset[Role]]
    units: tuple[Unit, ...]
    today: datetime.date
    places: tuple[Unit, ...] = ()
    kept_from: frozenset[uuid.UUID] = frozenset()

    def roles_at(self, unit_id: uuid.UUID) -> frozenset[Role]:
        """The officer's roles at a unit."""
        return self.roles.get(unit_id, frozenset())

    def roles_on(self, case: Case) -> frozenset[Role]:
        """The officer's roles, with key in hand, at the units that hold and lead a case."""
        places = {case.unit_id, case.lead_id} & {unit.id for unit in self.units}
        return frozenset().union(*(self.roles_at(place) for place in places if place))

    @property
    def holding(self) -> tuple[Unit, ...]:
        """Those of the units that hold cases."""
        return tuple(unit for unit in self.units if unit.kind != UnitKind.LEADERSHIP)

    @property
    def leading(self) -> tuple[Unit, ...]:
        """Those of the units before which cases are put: the heads' own."""
        return tuple(unit for unit in self.units if unit.kind == UnitKind.LEADERSHIP)

    def has(self, role: Role) -> bool:
        """Whether the officer has this role at some unit."""
        return any(role in roles for roles in self.roles.values())


def desk_of(officer: Officer, *, seed: bytes, at: datetime.datetime) -> Desk:
    """The desk of an officer who signed in: they handle the cases of the units where both role and key say so."""
    by_unit: dict[uuid.UUID, set[Role]] = {}
    places: dict[uuid.UUID, Unit] = {}
    for row in directory.roles_of(officer, on=timezone.localdate(at)):
        by_unit.setdefault(row.unit_id, set()).add(Role(row.role))
        places[row.unit_id] = row.unit
    holding = {unit_id for unit_id, held in by_unit.items() if any(ROLES[role].holds_key for role in held)}
    ring = keyring.of_officer(officer, seed=seed, working_at=holding)
    units = tuple(
        unit
        for unit_id, unit in places.items()
        if unit_id in ring.units and any(ROLES[role].handles_cases for role in by_unit[unit_id])
    )
    office = next(iter(places.values())).office if places else None
    today = clock.today_at(office, at=at) if office else timezone.localdate(at)
    roles = {key: frozenset(held_there) for key, held_there in by_unit.items()}
    return Desk(officer, ring, roles, units, today, tuple(places.values()), _kept_from(units, keyring=ring))


def _kept_from(units: tuple[Unit, ...], *, keyring: Keyring) -> frozenset[uuid.UUID]:
    """The restricted cases of these units to which a person has no key of their own: most often there are none."""
    restricted = dict(Case.objects.filter(unit__in=units, is_restricted=True).values_list("id", "report_id"))
    if not restricted:
        return frozenset()
    own = set(
        grants.reports_held_by(keyring.own)
        .filter(report_id__in=restricted.values())
        .values_list("report_id", flat=True)
    )
    return frozenset(case for case, report in restricted.items() if report not in own)


def cases_of(desk: Desk) -> QuerySet[Case]:
    """The cases that the desk's units hold now, and those that were put before them.

    A case whose keys went from the unit to single members is there for those alone (`casework.excluding`).
    """
    if not desk.holding:
        return Case.objects.filter(lead__in=desk.leading)
    held = Q(unit__in=desk.holding)
    if desk.kept_from:
        held &= ~Q(id__in=desk.kept_from)
    return Case.objects.filter(held | Q(lead__in=desk.leading) if desk.leading else held)


def still_sees(desk: Desk, case: Case) -> bool:
    """Whether a case is still there for a desk that has just done something with it."""
    holds = {case.unit_id, case.lead_id} & {unit.id for unit in desk.units}
    return bool(holds) and case.id not in _kept_from(desk.units, keyring=desk.keyring)


def case_for(desk: Desk, case_id: uuid.UUID, *, lock: bool = False) -> Case:
    """A case that one of the desk's units holds or leads; `NotThere` otherwise.

    `lock`: nobody else writes about its report until the transaction ends.
    """
    rows = cases_of(desk)
    if lock:
        parts.lock(Case.objects.filter(id=case_id).values("report_id"))
        rows = rows.select_for_update(of=("self",))
    case = (
        rows.select_related("report__topic", "report__office", "unit__office", "lead", "handler")
        .filter(id=case_id)
        .first()
    )
    if case is None:
        raise NotThere
    return case


def keys_of(case: Case, *, keyring: Keyring) -> Keys:
    """The compartment keys of a case that a keyring opens; `NotThere` where it opens none."""
    return parts.own_keys(case, report_keys(case.report, keyring=keyring))


def report_keys(report: Report, *, keyring: Keyring) -> Keys:
    """The keys of a report and all its parts; later keys are vouched for by the log's entries about its cases."""
    keys = grants.held(report.id, keyring=keyring, vouched=report.commitments, later=lambda: vouched_later(report.id))
    if grants.CONTENT not in keys:
        raise NotThere
    return keys


def vouched_later(report_id: uuid.UUID) -> dict[str, str]:
    """The commitments to the keys of a report that were made after it was sent, from the log."""
    about = parts.of_report(report_id).values_list("id", flat=True)
    facts = [fact for case_id in about for deed in _VOUCHING for fact in log.facts_about(case_id, deed=deed)]
    facts += log.facts_about(report_id, deed=_VOUCHING_OF_REPORTERS)
    return grants.vouched_later(facts, report_id=report_id)
