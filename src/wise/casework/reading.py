"""Reading: a case or an own report opened for one request, into frozen values that pages can show. Needs keys."""

import datetime
import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import (
    absences,
    access,
    calendar,
    clock,
    correspondence,
    disclosed,
    exhibits,
    improving,
    parts,
    proposals,
    tags,
    tasks,
    timeline,
)
from wise.casework.access import Desk
from wise.casework.clock import Standing
from wise.casework.correspondence import Withdrawal
from wise.casework.evidence import CaseFile
from wise.casework.exhibits import OpenedExhibit
from wise.casework.improving import Ordered
from wise.casework.models import Case, Tag
from wise.casework.proposals import Proposal
from wise.casework.tasks import OpenedTask
from wise.casework.timeline import Event
from wise.casework.urgency import CHOICES
from wise.keys import rotation
from wise.keys.grants import Keys
from wise.keys.keyring import Keyring
from wise.letters import issuing
from wise.letters.issuing import Issued
from wise.people.models import Absence, Reporter
from wise.refusals import NotThere
from wise.register import attachments, entry, numbers
from wise.register.attachments import OpenedFile
from wise.register.entry import Reply, Told
from wise.register.models import Attachment, Report
from wise.vault import deposits
from wise.vault.deposits import Identity


@dataclass(frozen=True, slots=True, repr=False)
class OpenedCase:
    """A case as its unit sees it. `letter` is the approved one that is not delivered yet.

    `absence`: whoever handles it is away today, and who stands in. `others`: the other parts of its report, as far as
    the desk may open them too.
    """

    case: Case
    told: Told
    reply: Reply
    files: tuple[OpenedFile, ...]
    exhibits: tuple[OpenedExhibit, ...]
    timeline: tuple[Event, ...]
    standing: Standing
    withdrawal: Withdrawal | None
    times_read: int
    letters: tuple[Issued, ...]
    letter: Issued | None
    proposal: Proposal | None
    improvements: tuple[Ordered, ...]
    absence: Absence | None
    tags: tuple[Tag, ...]
    tasks: tuple[OpenedTask, ...]
    others: tuple[Case, ...]

    @property
    def urgency(self) -> Promise | str:
        """Why the case is urgent, as it was said last; empty where it is not, or where these keys do not open it."""
        said = next((event.urgency for event in reversed(self.timeline) if event.urgency), "")
        return CHOICES.get(said, "") if self.case.is_urgent else ""

    @property
    def to_do(self) -> list[OpenedTask]:
        """The tasks that are not done yet."""
        return [task for task in self.tasks if task.row.is_open]

    @property
    def to_improve(self) -> list[Ordered]:
        """The improvements that are not done yet."""
        return [row for row in self.improvements if row.done_on is None]


@dataclass(frozen=True, slots=True)
class OwnPart:
    """Where a part of a report stands; most reports have one."""

    case: Case
    standing: Standing


@dataclass(frozen=True, slots=True, repr=False)
class OwnReport:
    """A report as its reporter sees it. `case`, and what follows from it, is the part that the page is about."""

    report: Report
    parts: tuple[OwnPart, ...]
    case: Case
    told: Told
    reply: Reply
    identity: Identity | None
    register_number: str | None
    files: tuple[OpenedFile, ...]
    timeline: tuple[Event, ...]
    standing: Standing
    letters: tuple[Issued, ...]

    @property
    def answer(self) -> Event | None:
        """The last answer, if there is one."""
        return next((event for event in reversed(self.timeline) if event.kind == "answer"), None)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a reporter's history: no content, so nothing is decrypted for a list but its number."""

    report: Report
    parts: tuple[OwnPart, ...]
    register_number: str | None


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """All that a register number alone tells: status, last change, due date (mission A6)."""

    label: Promise
    told: Promise
    received_on: datetime.date
    changed_on: datetime.date
    standing: Standing


def read(case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> OpenedCase:
    """Open a case for an officer of a unit that holds or leads it. Reading is logged.

    What the reporter added is no longer new once the unit that holds the case has read it.
    """
    case, keys = opened_for(case_id, desk=desk, at=at)
    if case.has_news and case.unit in desk.units:
        Case.objects.filter(id=case.id).update(has_news=False)
    rows = attachments.opened(_attachments(case.report_id), keys=keys)
    ours = exhibits.of_case(case, keys=keys)
    return OpenedCase(
        case=case,
        told=entry.told(case.report, keys=keys),
        reply=entry.reply(case.report, keys=keys),
        files=tuple(rows),
        exhibits=tuple(ours),
        timeline=disclosed.with_officers_events(
            case, timeline.for_officers(case, keys=keys, files=rows, exhibits=ours)
        ),
        standing=clock.standing(case, on=desk.today, calendar=calendar.known()),
        withdrawal=correspondence.withdrawal(case),
        times_read=log.count(case.id, deed="read"),
        letters=tuple(issuing.letters_of(case.id, keys=keys.values())),
        letter=proposals.approved(case, keys=keys),
        proposal=proposals.proposal(case, keys=keys),
        improvements=tuple(improving.of_case(case, keys=keys)),
        absence=absences.own(case.handler, on=desk.today) if case.handler else None,
        tags=tuple(tags.of_case(case)),
        tasks=tuple(tasks.of_case(case, keys=keys)),
        others=tuple(access.cases_of(desk).filter(report=case.report_id).exclude(id=case.id).order_by("part")),
    )


def own_reports(reporter: Reporter, *, keyring: Keyring, at: datetime.datetime) -> list[ReportLine]:
    """A reporter's history, newest first by date; several of one day in no order that tells when (P19)."""
    rows = Case.objects.filter(report__reporter=reporter).select_related("report", "office", "unit__office")
    ordered = rows.order_by("-received_on", "report_id", "part")
    return [
        ReportLine(
            report=report,
            parts=_standings(cases, at=at),
            register_number=entry.register_number(report, keyring=keyring),
        )
        for report, cases in itertools.groupby(ordered, key=lambda case: case.report)
    ]


def own_report(
    report_id: uuid.UUID, *, reporter: Reporter, keyring: Keyring, at: datetime.datetime, part: int | None = None
) -> OwnReport:
    """One's own report; `NotThere` for everybody else. Nothing about this reading is recorded anywhere."""
    cases = parts.own(report_id, reporter=reporter)
    case, standings = parts.meant(cases, part=part), _standings(cases, at=at)
    keys = access.keys_of(case, keyring=keyring)
    rows = attachments.opened(_attachments(report_id), keys=keys)
    return OwnReport(
        report=case.report,
        parts=standings,
        case=case,
        told=entry.told(case.report, keys=keys),
        reply=entry.reply(case.report, keys=keys),
        identity=deposits.own(report_id, keys=keys),
        register_number=entry.register_number(case.report, keyring=keyring),
        files=tuple(rows),
        timeline=disclosed.with_reporters_events(case, timeline.for_reporter(case, keys=keys, files=rows)),
        standing=next(row.standing for row in standings if row.case == case),
        letters=tuple(proposals.delivered(case, keys=keys)),
    )


def own_file(report_id: uuid.UUID, own_id: uuid.UUID, *, reporter: Reporter, keyring: Keyring) -> OpenedFile:
    """A file of one's own report, by the id that only reporters' pages use."""
    case = parts.own(report_id, reporter=reporter)[0]
    keys = access.keys_of(case, keyring=keyring)
    return _one(attachments.opened(_attachments(report_id).filter(own_id=own_id), keys=keys))


def file_of(
    case_id: uuid.UUID, file_id: uuid.UUID, *, desk: Desk, at: datetime.datetime, deed: str = "download"
) -> CaseFile:
    """A file of a case, the reporter's or the unit's, for an officer who may open it; the deed is logged."""
    with transaction.atomic():
        case = access.case_for(desk, case_id)
        keys = access.keys_of(case, keyring=desk.keyring)
        files: list[CaseFile] = [
            *attachments.opened(_attachments(case.report_id).filter(id=file_id), keys=keys),
            *exhibits.opened(case.exhibits.filter(id=file_id), keys=keys),
        ]
        file = _one(files)
        if isinstance(file, OpenedFile) and file.is_apart:
            raise NotThere
        facts: dict[str, log.Fact] = {"file": file.row.label}
        log.record(deed, chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    return file


def public_status(register_number: str, *, at: datetime.datetime) -> list[PublicStatus]:
    """What a register number tells, of each part of its report; nothing for one that names none."""
    report = numbers.find(register_number)
    cases = parts.of_report(report.id).select_related("office") if report else ()
    return [
        PublicStatus(
            label=row.case.status.label,
            told=row.case.status.told,
            received_on=row.case.received_on,
            changed_on=row.case.changed_on,
            standing=row.standing,
        )
        for row in _standings(cases, at=at)
    ]


def _standings(cases: Iterable[Case], *, at: datetime.datetime) -> tuple[OwnPart, ...]:
    found = calendar.known()
    return tuple(
        OwnPart(case, clock.standing(case, on=clock.today_at(case.office, at=at), calendar=found)) for case in cases
    )


def opened_for(case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> tuple[Case, Keys]:
    """A case with its keys, for an officer of a unit that holds or leads it; this is a reading, and is logged."""
    case = access.case_for(desk, case_id)
    keys = access.keys_of(case, keyring=desk.keyring)
    rotation.move_report(case.report_id, keyring=desk.keyring)
    # Whoever is in a transaction keeps every other writer waiting: only the entry is written in it.
    with transaction.atomic():
        log.record("read", chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id)
    return case, keys


def _attachments(report_id: uuid.UUID) -> QuerySet[Attachment]:
    return Attachment.objects.filter(report_id=report_id).order_by("position")


def _one[File](files: list[File]) -> File:
    if not files:
        raise NotThere
    return files[0]
