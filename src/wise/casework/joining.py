"""Somebody is to get a unit's key: the cases that are about them, or are kept from them, are found before.

Whoever hands the key over looks, with their own keys, through everything that it opens; nobody else learns what was
found. A case of the unit that is about the newcomer is kept from them first (`casework.excluding`), one that was put
before the unit is decided or referred first: until then the key is not handed over (properties P30, P31).
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import access, actions, conflict, excluding, parts, receivers
from wise.casework.access import Desk
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.together import Outcome
from wise.crypto.errors import Unopenable
from wise.keys import directory, membership, renewing, staff
from wise.keys.grants import Keys
from wise.keys.models import Proposal, Renewal
from wise.people.kinds import ROLES, Role
from wise.people.models import Officer, Unit
from wise.refusals import NotThere, Refused
from wise.register import entry

# What one page looks through: some two seconds on a small server, most of it for opening the boxes.
BATCH = 1000
# The steps whose notes say whom a case is about, or from whom it is kept.
_SAYING = ("record", "name_persons", "split", excluding.MOVE)
# Cases that changed while somebody looked are looked at again; a day more, since offices have time zones.
_MARGIN = datetime.timedelta(days=1)


# What a member confirms or declines.
type Waiting = Proposal | Renewal


class Why(StrEnum):
    """What a case has to do with somebody."""

    NAMED = "named"
    TOLD = "told"
    KEPT = "kept"


WHY: Mapping[Why, Promise] = {
    Why.NAMED: _("Names them as a person it is about"),
    Why.TOLD: _("The reporter writes this name where asked who it is about"),
    Why.KEPT: _("Is kept from them, or was before"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is to get the keys of which units. `of`: the row that waits for a confirmation."""

    officer: Officer
    units: tuple[Unit, ...]
    of: uuid.UUID


@dataclass(frozen=True, slots=True)
class Check:
    """How far somebody has looked: `through` this case by id, since the day `on`. Tells no one which cases there are.

    `found`: the cases that have to do with the candidate. `unopened`: those that did not open, hence open for nobody.
    """

    on: datetime.date
    total: int
    checked: int = 0
    unopened: int = 0
    through: uuid.UUID = field(default=uuid.UUID(int=0))
    found: tuple[uuid.UUID, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything was looked through."""
        return self.checked >= self.total


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """A case that has to do with the candidate. `stays_out`: it is wrapped for single members, hence closed to them.

    `led`: it was put before the candidate's unit, which does not hold it.
    """

    case: Case
    why: Why
    stays_out: bool
    led: bool


def candidate_of(row: Waiting, *, desk: Desk) -> Candidate:
    """Who would get which keys if this desk confirmed; no unit where no key is handed over."""
    if isinstance(row, Renewal):
        roles = directory.roles_of(row.officer, on=desk.today)
        holding = {role.unit_id: role.unit for role in roles if ROLES[Role(role.role)].holds_key}
        return Candidate(row.officer, tuple(unit for key, unit in holding.items() if key in desk.keyring.units), row.id)
    gets_key = ROLES[Role(row.role)].holds_key and not staff.has_key(row.officer, row.unit)
    return Candidate(row.officer, (row.unit,) if gets_key else (), row.id)


def begin(candidate: Candidate, *, desk: Desk) -> Check:
    """A look that has not begun."""
    return Check(on=desk.today, total=_cases(candidate, desk=desk).count())


def go_on(check: Check, candidate: Candidate, *, desk: Desk, at: datetime.datetime, most: int = BATCH) -> Check:
    """Look through the next cases. That somebody looked for this officer is logged, and nothing of what they found."""
    rows = _cases(candidate, desk=desk).filter(id__gt=check.through).order_by("id")[:most]
    looked, unopened = _look(rows, candidate, desk=desk)
    with transaction.atomic():
        log.record("check-candidate", chain=Chain.OFFICERS, at=at, subject=candidate.officer.id, by=desk.officer.id)
    rest = check.total if len(rows) < most else min(check.total, check.checked + len(rows))
    return Check(
        on=check.on,
        total=check.total,
        checked=rest,
        unopened=check.unopened + unopened,
        through=rows[len(rows) - 1].id if rows else check.through,
        found=(*check.found, *(finding.case.id for finding in looked)),
    )


def findings(check: Check, candidate: Candidate, *, desk: Desk) -> list[Finding]:
    """What was found, as it stands now, by agenda number."""
    looked, _unopened = _look(_cases(candidate, desk=desk).filter(id__in=check.found), candidate, desk=desk)
    return sorted(looked, key=lambda finding: finding.case.agenda_number)


def keep_out(check: Check, candidate: Candidate, *, desk: Desk, at: datetime.datetime) -> list[Outcome]:
    """Keep the unit's cases among these from the candidate, each by the ordinary move; what became of each."""
    outcomes = []
    for finding in findings(check, candidate, desk=desk):
        if finding.stays_out or finding.led:
            continue
        barred = {row.officer.id for row in excluding.listed(finding.case) if row.excluded} | {candidate.officer.id}
        given = Given(note=gettext("Kept from somebody who is to get the unit's key."), excluded=frozenset(barred))
        why_not: Promise | str | None = None
        try:
            actions.take(excluding.MOVE, case_id=finding.case.id, desk=desk, given=given, at=at)
        except Refused as refused:
            why_not = refused.sentence
        outcomes.append(Outcome(finding.case, why_not))
    return outcomes


def confirm(row: Waiting, check: Check | None, *, desk: Desk, at: datetime.datetime) -> None:
    """Hand the key over. Refused until all was looked through and nothing about the candidate would be open to them.

    What changed since the look began is looked at once more; what changes in this very moment too, in the transaction.
    """
    candidate = candidate_of(row, desk=desk)
    if not candidate.units:
        _decide(row, desk=desk, at=at)
        return
    if check is None or not check.is_whole:
        raise Refused("not-checked", _("First look through the cases of the unit for this person."))
    recent = dict(_recent(check, candidate, desk=desk).values_list("id", "last_order"))
    _insist([*check.found, *recent], candidate, desk=desk)
    with transaction.atomic():
        now = dict(_recent(check, candidate, desk=desk).values_list("id", "last_order"))
        _insist([key for key, order in now.items() if recent.get(key) != order], candidate, desk=desk)
        _decide(row, desk=desk, at=at)


def _decide(row: Waiting, *, desk: Desk, at: datetime.datetime) -> None:
    if isinstance(row, Renewal):
        renewing.decide(row.id, confirmed=True, by=desk.officer, keyring=desk.keyring, at=at)
    else:
        membership.decide(row, confirmed=True, by=desk.officer, keyring=desk.keyring, at=at)


def _insist(ids: Iterable[uuid.UUID], candidate: Candidate, *, desk: Desk) -> None:
    looked, _unopened = _look(_cases(candidate, desk=desk).filter(id__in=list(ids)), candidate, desk=desk)
    if not all(finding.stays_out for finding in looked):
        raise Refused(
            "about-candidate",
            _("Some cases have to do with this person and would be open to them. See to those first."),
        )


def _cases(candidate: Candidate, *, desk: Desk) -> QuerySet[Case]:
    """What the desk can open with the keys that the candidate would get: held by these units, or open before them."""
    held_or_led = Q(unit__in=candidate.units) | Q(lead__in=candidate.units, is_open=True)
    return access.cases_of(desk).filter(held_or_led).select_related("report", "unit")


def _recent(check: Check, candidate: Candidate, *, desk: Desk) -> QuerySet[Case]:
    return _cases(candidate, desk=desk).filter(changed_on__gte=check.on - _MARGIN)


def _look(rows: Iterable[Case], candidate: Candidate, *, desk: Desk) -> tuple[list[Finding], int]:
    """Open each case as far as it says whom it is about; what was found, and how many did not open."""
    cases = list(rows)
    saying = set(
        Step.objects.filter(case__in=cases, move__in=_SAYING, sealed__isnull=False).values_list("case_id", flat=True)
    )
    found, unopened, units = list[Finding](), 0, {unit.id for unit in candidate.units}
    for case in cases:
        try:
            keys = access.report_keys(case.report, keyring=desk.keyring)
            why = _why(case, candidate.officer, keys=keys, says=case.id in saying)
        except (Unopenable, NotThere):
            unopened += 1
            continue
        if why is not None:
            held = case.unit_id in units
            found.append(Finding(case, why, stays_out=held and case.is_restricted, led=not held))
    return found, unopened


def _why(case: Case, officer: Officer, *, keys: Keys, says: bool) -> Why | None:
    name = receivers.spelt(officer.name)
    own = parts.own_keys(case, keys) if says else {}
    if says and name in map(receivers.spelt, conflict.named(case, keys=own)):
        return Why.NAMED
    if _speaks_of(entry.told(case.report, keys=keys).who, name):
        return Why.TOLD
    return Why.KEPT if says and officer.id in excluding.excluded(case, keys=own) else None


def _speaks_of(told: str, name: str) -> bool:
    """Whether a whole name stands in what was told; one of a single word must be all that was told: many have it."""
    words, sought = _words(told), _words(name)
    if len(sought) == 1:
        return words == sought
    return any(words[start : start + len(sought)] == sought for start in range(len(words) - len(sought) + 1))


def _words(text: str) -> Sequence[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
