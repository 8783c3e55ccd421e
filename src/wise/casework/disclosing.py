"""Disclosures as the unit that holds a case meets them: asking, how it stands, and reading what was allowed.

Who asks writes a reason that they and the custodians alone can read. Whoever decides never works on the case, and
whoever works on it never decides (`casework.custody`).
"""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import access, conflict, ended, excluding, parts, receivers
from wise.casework.access import Desk
from wise.casework.confiding import OPEN
from wise.casework.models import Case
from wise.keys import directory, grants, staff
from wise.keys.grants import CONTENT, ORIGINALS, Keys
from wise.keys.models import Holder
from wise.people.kinds import UnitKind
from wise.people.models import Unit
from wise.refusals import NotThere, Refused
from wise.register import attachments
from wise.register.attachments import OpenedFile
from wise.register.models import Attachment
from wise.vault import deposits, disclosures
from wise.vault.deposits import Identity
from wise.vault.disclosures import Deed, Place
from wise.vault.kinds import KINDS, WAITING, Kind
from wise.vault.models import Disclosure

LONGEST_WORDS = 2000
_CUSTODIANS = (UnitKind.CUSTODIAN_OUTER, UnitKind.CUSTODIAN_INNER)


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A request on a case. `mine`: the desk asked, and so can read the words. `can_open`: today, by this desk."""

    row: Disclosure
    mine: bool
    can_open: bool
    reason: str = ""
    purpose: str = ""
    answer: str = ""

    @property
    def tone(self) -> str:
        """How the mark of its state looks (`ui`): what can be opened stands out."""
        return "ok" if self.can_open else ""


@dataclass(frozen=True, slots=True, repr=False)
class Requests:
    """All about disclosures on a case: what can be asked for now, and what was asked."""

    case: Case
    offered: tuple[Kind, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What a disclosure opens, for one request: an identity, or files with the names they came with."""

    case: Case
    row: Disclosure
    identity: Identity | None
    files: tuple[OpenedFile, ...]


def may_ask(case: Case, *, desk: Desk) -> bool:
    """Whether one of the desk's units holds the case: then it asks, and reads the answer."""
    return case.unit in desk.holding


def case_to_ask_about(case_id: uuid.UUID, *, desk: Desk, lock: bool = False) -> Case:
    """A case that one of the desk's units holds; `NotThere` for everybody else, the head of office too."""
    case = access.case_for(desk, case_id, lock=lock)
    if not may_ask(case, desk=desk):
        raise NotThere
    return case


def of_case(case_id: uuid.UUID, *, desk: Desk) -> Requests:
    """The requests on a case, the newest first, with the words of those that this desk made."""
    case = case_to_ask_about(case_id, desk=desk)
    rows = Disclosure.objects.filter(case_id=case.id, unit=case.unit).select_related("asked_by", "unit")
    rows = rows.prefetch_related("turns")
    lines = [_line(row, desk=desk) for row in rows.order_by("-asked_on", "id")]
    return Requests(case, tuple(_offered(case)), tuple(lines))


def ask(
    kind_code: str, *, case_id: uuid.UUID, reason: str, purpose: str, desk: Desk, at: datetime.datetime
) -> Disclosure:
    """Ask for a disclosure. The custodians whom the case concerns, and who asks, are given no key to the request."""
    words = {"reason": reason.strip(), "purpose": purpose.strip()}
    if not words["reason"]:
        raise Refused("reason-missing", _("Write why you need it."))
    if not words["purpose"]:
        raise Refused("purpose-missing", _("Write what you will do with it."))
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        raise Refused("words-long", _("Write at most 2,000 characters in each field."))
    with transaction.atomic():
        case = case_to_ask_about(case_id, desk=desk, lock=True)
        kind = KINDS.get(kind_code)
        if kind is None:
            raise Refused("kind-missing", _("Choose what you ask for."))
        if Disclosure.objects.filter(case_id=case.id, kind_code=kind.code, state_code__in=WAITING).exists():
            raise Refused("is-asked", _("This was asked for already, and nobody has decided yet."))
        compartment = _compartment(case, kind)
        if compartment is None:
            raise Refused("nothing-to-disclose", _("The vault holds nothing of the kind that could be opened."))
        to = [directory.holder_of(desk.officer), *_deciders(case, desk=desk)]
        place, deed = Place(case.report_id, case.id, case.unit), advance(case, desk=desk, unit=case.unit, at=at)
        row, turn = disclosures.ask(kind, place=place, compartment=compartment, words=words, to=to, deed=deed)
        facts: dict[str, log.Fact] = {"disclosure": str(row.id), "kind": kind.code, "rows": [fingerprint(turn)]}
        log.record("ask-disclosure", chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    return row


def cancel(case_id: uuid.UUID, disclosure_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> Disclosure:
    """Give back what is not needed any more, or take one's own request back."""
    with transaction.atomic():
        case = case_to_ask_about(case_id, desk=desk, lock=True)
        rows = disclosures.live(case_id=case.id, unit=case.unit, asked_by=desk.officer)
        row = rows.select_for_update(of=("self",)).filter(id=disclosure_id).first()
        if row is None:
            raise NotThere
        disclosures.check(row)
        ended.end(row, by=desk.officer.id, at=at)
    return row


def open_one(case_id: uuid.UUID, disclosure_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> Opened:
    """Read what was allowed: for who asked, while it lasts and their unit holds the case. Each opening is logged."""
    case = case_to_ask_about(case_id, desk=desk)
    row = Disclosure.objects.filter(id=disclosure_id, case_id=case.id, unit=case.unit).first()
    if row is None or not row.kind.to_asker:
        raise NotThere
    keys = opened_keys(row, desk=desk)
    log_opening(row, desk=desk, at=at)
    if row.kind.compartment == ORIGINALS:
        rows = Attachment.objects.filter(report_id=case.report_id).order_by("position")
        both = {CONTENT: access.keys_of(case, keyring=desk.keyring)[CONTENT], ORIGINALS: keys[ORIGINALS]}
        return Opened(case, row, None, tuple(attachments.opened(rows, keys=both)))
    return Opened(case, row, identity_of(row, keys=keys), ())


def open_file(
    case_id: uuid.UUID, disclosure_id: uuid.UUID, file_id: uuid.UUID, *, desk: Desk, at: datetime.datetime
) -> OpenedFile:
    """One of the files that a disclosure opens, as it was sent; logged like every opening."""
    opened = open_one(case_id, disclosure_id, desk=desk, at=at)
    file = next((file for file in opened.files if file.row.id == file_id), None)
    if file is None:
        raise NotThere
    return file


def opened_keys(row: Disclosure, *, desk: Desk) -> Keys:
    """The keys of a disclosure that was allowed to this desk's officer and is not over; `NotThere` for all others."""
    disclosures.check(row)
    if not row.lasts_on(desk.today) or row.reader_id != desk.officer.id:
        raise NotThere
    keys = disclosures.keys_of(row, keyring=desk.keyring)
    if row.compartment not in keys:
        raise NotThere
    return keys


def identity_of(row: Disclosure, *, keys: Keys) -> Identity:
    """The identity that a disclosure opens; `NotThere` where it was withdrawn meanwhile."""
    deposit = deposits.standing(row.report_id)
    if deposit is None or deposits.compartment_of(deposit) != row.compartment:
        raise NotThere
    return deposits.opened(deposit, key=keys[row.compartment])


def log_opening(row: Disclosure, *, desk: Desk, at: datetime.datetime) -> None:
    """Write down that somebody looks at what was disclosed, before they do."""
    facts: dict[str, log.Fact] = {"disclosure": str(row.id), "kind": row.kind_code}
    with transaction.atomic():
        log.record(OPEN, chain=Chain.OFFICERS, at=at, subject=row.case_id, by=desk.officer.id, facts=facts)


def advance(case: Case, *, desk: Desk, unit: Unit, at: datetime.datetime) -> Deed:
    """The next place in the report's order, for what this desk does now."""
    order = case.last_order + 1
    parts.of_report(case.report_id).update(last_order=order)
    return Deed(by=desk.officer, unit=unit, order=order, on=desk.today, at=at)


def _offered(case: Case) -> list[Kind]:
    waiting = set(
        Disclosure.objects.filter(case_id=case.id, state_code__in=WAITING).values_list("kind_code", flat=True)
    )
    return [kind for kind in KINDS.values() if kind.code not in waiting and _compartment(case, kind) is not None]


def _compartment(case: Case, kind: Kind) -> str | None:
    """The compartment that a kind of disclosure opens here; None where there is none, or no custodian holds it."""
    if kind.compartment == ORIGINALS:
        found = ORIGINALS if Attachment.objects.filter(report_id=case.report_id).exists() else None
    else:
        deposit = deposits.standing(case.report_id)
        found = deposits.compartment_of(deposit) if deposit is not None else None
    return found if found and grants.nested(case.report_id, compartment=found) is not None else None


def _deciders(case: Case, *, desk: Desk) -> list[Holder]:
    """For whom the request's words are wrapped: both custodian units, or single members where one may not decide."""
    keys = access.keys_of(case, keyring=desk.keyring)
    names = {receivers.spelt(name) for name in conflict.named(case, keys=keys)}
    barred = {desk.officer.id, *excluding.excluded(case, keys=keys)}
    found: list[Holder] = []
    for unit in Unit.objects.filter(kind__in=_CUSTODIANS):
        there = staff.members(unit)
        may = [row for row in there if row.id not in barred and receivers.spelt(row.name) not in names]
        if not may:
            raise Refused(
                "nobody-decides",
                _("Nobody could decide: the case concerns all members of a custodian unit, or it has none."),
            )
        found += [directory.holder_of(unit)] if len(may) == len(there) else [directory.holder_of(row) for row in may]
    return found


def _line(row: Disclosure, *, desk: Desk) -> Line:
    mine = row.asked_by_id == desk.officer.id
    can_open = row.lasts_on(desk.today) and row.kind.to_asker and row.reader_id == desk.officer.id
    if not mine:
        return Line(row, mine, can_open)
    words = read_words(row, keys=disclosures.keys_of(row, keyring=desk.keyring))
    asked = words.get("asked", {})
    answer = words.get("refused", words.get("allowed", {})).get("answer", "")
    return Line(row, mine, can_open, asked.get("reason", ""), asked.get("purpose", ""), answer)


def read_words(row: Disclosure, *, keys: Keys) -> Mapping[str, dict[str, str]]:
    """All that was written about a request, by deed."""
    return {turn.deed: disclosures.words_of(turn, keys=keys) for turn in row.turns.all()}
