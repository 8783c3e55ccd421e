"""What custodians do: decide about requests, one unit after the other, and print envelopes. They see no case.

A member of the first unit takes the outer box off; one of the second confirms and wraps the key for one officer, until
a day. Nobody decides who asked, who decided before, or whom the case concerns.
"""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import parts
from wise.casework.access import Desk
from wise.casework.models import Case
from wise.keys import grants
from wise.people.kinds import Role, UnitKind
from wise.people.models import Unit
from wise.refusals import NotThere, Refused
from wise.vault import disclosures, terms
from wise.vault.kinds import STATES
from wise.vault.models import Disclosure, Term, Turn

PAGE = 25
_KINDS = frozenset({UnitKind.CUSTODIAN_OUTER.value, UnitKind.CUSTODIAN_INNER.value})


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list, with what it is about: the case by its number alone."""

    row: Disclosure
    agenda_number: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    lines: tuple[Line, ...]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A request as a custodian reads it. `unit`: for which they decide; `barred`: why they may not."""

    row: Disclosure
    case: Case
    unit: Unit
    reason: str
    purpose: str
    turns: tuple[tuple[Turn, str], ...]
    term: Term
    waits: bool
    prints: bool
    barred: str

    @property
    def for_envelope(self) -> bool:
        """Whether a custodian does what was asked, and whoever asked reads nothing."""
        return not self.row.kind.to_asker


def units_of(desk: Desk) -> list[Unit]:
    """The custodian units whose key this desk holds as a custodian."""
    return [
        unit
        for unit in desk.places
        if unit.kind in _KINDS and Role.CUSTODIAN in desk.roles_at(unit.id) and unit.id in desk.keyring.units
    ]


def guards(desk: Desk) -> bool:
    """Whether this desk has anything to do with the vault."""
    return bool(units_of(desk))


def waiting(desk: Desk, *, page: int = 1) -> Page:
    """What waits for a decision of this desk's unit, the oldest first."""
    mine = [code for code, state in STATES.items() if state.waits_for in {unit.kind for unit in own_units(desk)}]
    rows = _visible(desk).filter(state_code__in=mine).exclude(turns__by=desk.officer)
    return _page(rows.order_by("asked_on", "id"), page)


def decided(desk: Desk, *, page: int = 1) -> Page:
    """What this desk's unit has decided about, the newest first."""
    own = Turn.objects.filter(unit__in=own_units(desk), disclosure__isnull=False).values("disclosure")
    return _page(_visible(desk).filter(id__in=own).order_by("-asked_on", "id"), page)


def read(disclosure_id: uuid.UUID, *, desk: Desk) -> Request:
    """A request with the words of whoever asked and decided; `NotThere` for everybody but its custodians."""
    row = found(disclosure_id, desk=desk)
    keys = disclosures.keys_of(row, keyring=desk.keyring)
    turns = list(row.turns.select_related("unit").order_by("order"))
    words = {turn.deed: disclosures.words_of(turn, keys=keys) for turn in turns}
    unit = deciding_unit(row, desk=desk)
    return Request(
        row=row,
        case=Case.objects.select_related("unit").get(id=row.case_id),
        unit=unit or own_units(desk)[0],
        reason=words["asked"].get("reason", ""),
        purpose=words["asked"].get("purpose", ""),
        turns=tuple((turn, words[turn.deed].get("answer", "")) for turn in turns if turn.deed != "asked"),
        term=terms.of(row.kind_code),
        waits=unit is not None,
        prints=prints(row, desk=desk),
        barred=str(barred(turns, desk=desk)) if unit is not None else "",
    )


def own_units(desk: Desk) -> list[Unit]:
    """The same; `NotThere` for who is no custodian."""
    found = units_of(desk)
    if not found:
        raise NotThere
    return found


def _visible(desk: Desk) -> QuerySet[Disclosure]:
    """The requests whose words this desk can read as a custodian: none of its own, none that was kept from it."""
    rows = Disclosure.objects.filter(id__in=grants.reports_held_by(desk.keyring.holders))
    return rows.exclude(asked_by=desk.officer).select_related("unit", "asked_by")


def found(disclosure_id: uuid.UUID, *, desk: Desk, lock: bool = False) -> Disclosure:
    """A request that waits for one of the desk's units, or that it has decided about; `NotThere` otherwise."""
    units = own_units(desk)
    rows = _visible(desk).filter(id=disclosure_id)
    if lock:
        parts.lock(rows.values("report_id"))
        rows = rows.select_for_update(of=("self",))
    row = rows.first()
    if row is None or not (row.state.waits_for in {unit.kind for unit in units} or _has_decided(row, units)):
        raise NotThere
    disclosures.check(row)
    return row


def _has_decided(row: Disclosure, units: list[Unit]) -> bool:
    return row.turns.filter(unit__in=units).exists()


def deciding_unit(row: Disclosure, *, desk: Desk) -> Unit | None:
    """Which of the desk's units decides about a request now."""
    return next((unit for unit in own_units(desk) if unit.kind == row.state.waits_for), None)


def barred(turns: list[Turn], *, desk: Desk) -> Promise | str:
    """Why this desk may not decide although its unit does; empty where it may."""
    if any(turn.by_id == desk.officer.id for turn in turns):
        return _("You have decided about this in the other unit: somebody else of this one must decide now.")
    return ""


def prints(row: Disclosure, *, desk: Desk) -> bool:
    """Whether this desk may print the envelope that a request asked for, today."""
    return row.lasts_on(desk.today) and not row.kind.to_asker and row.reader_id == desk.officer.id


def _page(rows: QuerySet[Disclosure], number: int) -> Page:
    first = (number - 1) * PAGE
    found = list(rows[first : first + PAGE + 1])
    numbers = dict(Case.objects.filter(id__in=[row.case_id for row in found]).values_list("id", "agenda_number"))
    lines = tuple(Line(row, numbers[row.case_id]) for row in found[:PAGE])
    return Page(lines, number, has_next=len(found) > PAGE)


def terms_of(desk: Desk) -> dict[str, Term]:
    """How long disclosures last, for the custodians, who keep these rows."""
    own_units(desk)
    return terms.every()


def set_terms(given: Mapping[str, tuple[int, int, int]], *, desk: Desk, at: datetime.datetime) -> None:
    """Change how many days are proposed, how many allowed at most, and how long a request waits."""
    own_units(desk)
    if any(not 1 <= number <= terms.LONGEST for numbers in given.values() for number in numbers):
        raise Refused("days-wrong", _("Write between 1 and 90 days everywhere."))
    if any(days > most for days, most, _wait in given.values()):
        raise Refused("days-more-than-most", _("What is proposed cannot be more than what is allowed at most."))
    with transaction.atomic():
        for kind, numbers in given.items():
            terms.put(kind, *numbers)
        facts: dict[str, log.Fact] = {kind: " ".join(map(str, numbers)) for kind, numbers in given.items()}
        log.record("disclosure-terms", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)
