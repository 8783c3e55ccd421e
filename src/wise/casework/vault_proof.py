"""The vault against the register: what was confided can be opened by whom it must, and by nobody else.

Whether the rows are what was entered, `casework.proof` says; here it is about keys and requests. Nothing is decrypted.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from wise.audit.proof import Flaw
from wise.casework import access, allowing
from wise.casework.models import Case
from wise.keys import grants
from wise.keys.grants import IDENTITY, ORIGINALS
from wise.keys.models import Grant, Membership
from wise.people.kinds import Role, UnitKind
from wise.people.models import OfficerRole
from wise.register.models import Report
from wise.vault import disclosures
from wise.vault.deposits import CONFIDED, WITHDRAWN
from wise.vault.disclosures import WORDS
from wise.vault.models import Deposit, Disclosure, Turn

_UNITS = (UnitKind.CUSTODIAN_OUTER.value, UnitKind.CUSTODIAN_INNER.value)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the register says of a report, and all grants that name it."""

    row: Report
    grants: tuple[Grant, ...]

    def boxes(self, compartment: str) -> list[Grant]:
        """The boxes in boxes with this key."""
        return [grant for grant in self.grants if grant.inner_id and grant.compartments == [compartment]]

    def own(self) -> set[str]:
        """The compartments that the reporter's own boxes hold."""
        return {name for grant in self.grants if self.is_own(grant) for name in grant.compartments}

    def is_own(self, grant: Grant) -> bool:
        """Whether a grant is the reporter's."""
        return self.row.reporter_id is not None and grant.holder.reporter_id == self.row.reporter_id


@dataclass(frozen=True, slots=True)
class _Kept:
    """A deposit, the compartment that opens it, and whether it was withdrawn."""

    row: Deposit
    compartment: str
    is_withdrawn: bool

    @property
    def where(self) -> str:
        """How a flaw names it."""
        return f"identity {self.row.id}"


def verify(*, at: datetime.datetime) -> list[Flaw]:
    """An empty list means: vault, register, keys and disclosures agree."""
    found: dict[uuid.UUID, list[Grant]] = defaultdict(list)
    rows = Grant.objects.select_related("holder", "holder__unit", "inner__unit").order_by("id")
    for grant in rows.iterator(chunk_size=2000):
        found[grant.report_id].append(grant)
    reports = Report.objects.iterator(chunk_size=500)
    book = {report.id: _Entry(report, tuple(found.pop(report.id, ()))) for report in reports}
    kept, since = _kept(), _staffed_since()
    flaws = [*_units(), *_identities(kept, book, since=since), *_originals(book, since=since)]
    flaws += [*_boxes(kept, book), *_requests(found, on=timezone.localdate(at))]
    rest = (grant for left in found.values() for grant in left)
    return flaws + [Flaw(f"grant {grant.id}", "names neither a report nor a disclosure") for grant in rest]


def _units() -> Iterator[Flaw]:
    for kind in _UNITS:
        if not Membership.objects.filter(unit__unit__kind=kind, holder__officer__isnull=False).exists():
            yield Flaw(f"unit {kind}", "has no member: what is confided now is sealed for the reporter alone")


def _staffed_since() -> datetime.date | None:
    """From which day on both custodian units had a member; None while one never had."""
    roles = OfficerRole.objects.filter(role=Role.CUSTODIAN.value, unit__kind__in=_UNITS)
    first = dict(roles.values_list("unit__kind").annotate(first=Min("starts_on")))
    return max(first.values()) if len(first) == len(_UNITS) else None


def _kept() -> list[_Kept]:
    turns = Turn.objects.filter(deposit__isnull=False).values_list("deposit_id", "deed")
    deeds: dict[uuid.UUID | None, set[str]] = defaultdict(set)
    for deposit_id, deed in turns:
        deeds[deposit_id].add(deed)
    return [
        _Kept(
            row,
            grants.identity_of(row.id) if CONFIDED in deeds[row.id] else IDENTITY,
            is_withdrawn=WITHDRAWN in deeds[row.id],
        )
        for row in Deposit.objects.order_by("on", "id")
    ]


def _identities(
    kept: Iterable[_Kept], book: Mapping[uuid.UUID, _Entry], *, since: datetime.date | None
) -> Iterator[Flaw]:
    """Each identity has its report, somebody who vouches for its key, and the boxes that it must have."""
    seen: set[uuid.UUID] = set()
    for each in kept:
        entry = book.get(each.row.report_id)
        if entry is None:
            yield Flaw(each.where, "is of a report that is not in the register")
        elif each.is_withdrawn:
            if any(each.compartment in grant.compartments for grant in entry.grants):
                yield Flaw(each.where, "was withdrawn, and a key to it is still there")
        else:
            if entry.row.id in seen:
                yield Flaw(each.where, "stands beside another one of the same report")
            seen.add(entry.row.id)
            yield from _standing(each, entry, since=since)
    confided = {each.row.report_id for each in kept}
    for entry in book.values():
        if IDENTITY in entry.row.commitments and entry.row.id not in confided:
            yield Flaw(f"report {entry.row.id}", "came with an identity that is not in the vault")


def _standing(each: _Kept, entry: _Entry, *, since: datetime.date | None) -> Iterator[Flaw]:
    if each.compartment not in {**access.vouched_later(entry.row.id), **entry.row.commitments}:
        yield Flaw(each.where, "has a key that neither the register nor the log vouches for")
    if entry.row.reporter_id is not None and each.compartment not in entry.own():
        yield Flaw(each.where, "cannot be opened by its reporter: the box is missing")
    if since is not None and each.row.on >= since and not entry.boxes(each.compartment):
        yield Flaw(each.where, "cannot be disclosed: the custodians’ box is missing")


def _originals(book: Mapping[uuid.UUID, _Entry], *, since: datetime.date | None) -> Iterator[Flaw]:
    for entry in book.values():
        must = ORIGINALS in entry.row.commitments and since is not None and entry.row.received_on >= since
        if must and not entry.boxes(ORIGINALS):
            yield Flaw(
                f"report {entry.row.id}", "has originals that cannot be disclosed: the custodians’ box is missing"
            )


def _boxes(kept: Iterable[_Kept], book: Mapping[uuid.UUID, _Entry]) -> Iterator[Flaw]:
    """Nobody but the reporter and both custodians together holds what was confided; no box is for nothing, or twice."""
    known = {(each.row.report_id, each.compartment) for each in kept}
    for entry in book.values():
        seen: set[str] = set()
        for grant in entry.grants:
            secret = [name for name in grant.compartments if grants.is_confided(name)]
            where = f"grant {grant.id}"
            if not grant.inner_id:
                if secret and not entry.is_own(grant):
                    yield Flaw(where, "gives somebody without a disclosure what only the vault may open")
                continue
            (name,) = grant.compartments if len(grant.compartments) == 1 else ("",)
            if name != ORIGINALS and (entry.row.id, name) not in known:
                yield Flaw(where, "is a custodians’ box for something that is not in the vault")
            if name in seen:
                yield Flaw(where, "is a second box of the custodians for the same")
            seen.add(name)
            if _kinds_of(grant) != _UNITS:
                yield Flaw(where, "is a box in a box, and not for the two custodian units")


def _kinds_of(grant: Grant) -> tuple[str, str]:
    units = (grant.holder.unit, grant.inner.unit if grant.inner else None)
    outer, inner = (unit.kind if unit else "" for unit in units)
    return outer, inner


def _requests(found: dict[uuid.UUID, list[Grant]], *, on: datetime.date) -> Iterator[Flaw]:
    """Each disclosure is what was decided, and opens nothing after its end. Takes its grants out of `found`."""
    over = set(Disclosure.objects.filter(allowing.is_over(on)).values_list("id", flat=True))
    cases = dict(Case.objects.values_list("id", "report_id"))
    for row in Disclosure.objects.prefetch_related("turns").iterator(chunk_size=500):
        where, theirs = f"disclosure {row.id}", found.pop(row.id, [])
        if not disclosures.is_genuine(row):
            yield Flaw(where, "was changed behind the program’s back")
        if cases.get(row.case_id) != row.report_id:
            yield Flaw(where, "is of a case or a report that is not there")
        if not set(row.state.turns) <= {turn.deed for turn in row.turns.all()}:
            yield Flaw(where, "is in a state that nobody decided")
        if row.id in over:
            yield Flaw(where, "is past its end, and nobody has ended it")
        keys = [grant for grant in theirs if grant.compartments != [WORDS]]
        if keys and not row.state.is_open:
            yield Flaw(where, "cannot be opened any more, and a key of it is still there")
        elif row.state.is_open and not _for_reader(row, keys):
            yield Flaw(where, "has another key than the one that was allowed")


def _for_reader(row: Disclosure, keys: list[Grant]) -> bool:
    """Whether the key that was allowed is there, alone, and for whom it was allowed."""
    return [(grant.compartments, grant.holder.officer_id) for grant in keys] == [([row.compartment], row.reader_id)]
