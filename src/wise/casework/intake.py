"""The one way in, for every channel: seal, enter, open a case with its clock, say thanks, log, give the receipt.

Nobody who brings a report needs a private key: everything is sealed to public keys from the checked directory.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import calendar, clock, receivers, rules
from wise.casework.models import Case, RuleSet, Step
from wise.casework.workflow import INITIAL
from wise.keys import directory, grants
from wise.keys.grants import CONTENT, IDENTITY, ORIGINALS, REPLY, Keys, To
from wise.keys.models import Grant, Holder
from wise.people import joining
from wise.people.joining import Newcomer
from wise.people.models import Office, Reporter, Unit
from wise.refusals import NotThere, Refused
from wise.register import attachments, drafts, entry, numbers
from wise.register.channels import ONLINE, Channel
from wise.register.drafts import DraftedFile
from wise.register.entry import Entered, Line, Reply, Told
from wise.register.models import Report, Topic
from wise.register.streams import REPLY_MEDIA, STREAMS, Stream
from wise.vault import deposits
from wise.vault.deposits import Identity


@dataclass(frozen=True, slots=True, repr=False)
class Telling:
    """What somebody tells the institution, before it is a report."""

    stream: str
    told: Told
    office: Office | None = None
    topic: Topic | None = None
    receiver: str = receivers.TO_UKI
    concerns: str = receivers.NOBODY
    reply: Reply = field(default_factory=Reply)
    identity: Identity | None = None
    files: Sequence[DraftedFile] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """What the reporter is told once. `recovery_code` only where the pseudonym is new."""

    report_id: str
    register_number: str
    unit: str
    office: str
    received_on: str
    due_on: str
    proof_digest: str
    proof_signature: str
    recovery_code: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Receipt":
        """The receipt that a sent draft holds."""
        return cls(**kept)


@dataclass(frozen=True, slots=True, repr=False)
class Sender:
    """Who sends, with the holder their copy of the keys is wrapped for.

    A newcomer is stored together with the first report, or not at all; the recovery code is shown once.
    """

    reporter: Reporter
    holder: Holder
    newcomer: Newcomer[Reporter] | None = None

    def store(self) -> None:
        """Store a newcomer, inside the report's own transaction."""
        if self.newcomer is not None:
            joining.store(self.newcomer)
            self.holder.save(force_insert=True)


def known(reporter: Reporter) -> Sender:
    """A sender who signed in."""
    return Sender(reporter, directory.holder_of(reporter))


def newcomer(prepared: Newcomer[Reporter]) -> Sender:
    """A sender whose pseudonym is new."""
    return Sender(prepared.row, directory.new_holder(prepared.row, seed=prepared.seed), prepared)


def receive_draft(
    token: str,
    *,
    telling: Callable[[drafts.OpenDraft], Telling],
    sender: Callable[[], Sender],
    at: datetime.datetime,
    seen: drafts.OpenDraft | None = None,
) -> Receipt:
    """Send a draft: exactly once, however often it is asked (P04). A failure leaves the draft as it was.

    `seen` is the draft as the caller has just read it. Everything slow – deriving, sealing, wrapping – is done before
    the transaction: SQLite has one writer at a time.
    """
    seen = seen or drafts.resume(token, at=at)
    if seen is None:
        raise NotThere
    if seen.receipt is not None:
        return Receipt.of(seen.receipt)
    prepared = _prepare(telling(seen), channel=ONLINE, by=sender(), at=at)
    with transaction.atomic():
        draft = drafts.resume(token, at=at, lock=True)
        if draft is None:
            raise NotThere
        if draft.receipt is not None:
            return Receipt.of(draft.receipt)
        if (draft.told, draft.files) != (seen.told, seen.files):
            raise Refused("draft-changed", _("Your draft was changed in another window. Please check it again."))
        receipt = _enter(prepared, at=at)
        drafts.turn_into_receipt(draft, receipt=asdict(receipt), at=at)
    return receipt


def receive(telling: Telling, *, channel: Channel, by: Sender | None, at: datetime.datetime) -> Receipt:
    """Take one report in; everything or nothing."""
    prepared = _prepare(telling, channel=channel, by=by, at=at)
    with transaction.atomic():
        return _enter(prepared, at=at)


@dataclass(frozen=True, slots=True, repr=False)
class _Prepared:
    """A report sealed and wrapped, and everything that goes into the database with it."""

    telling: Telling
    sender: Sender | None
    unit: Unit
    entered: Entered
    keys: Keys
    grants: list[Grant]
    rule_set: RuleSet
    on: datetime.date


def _prepare(telling: Telling, *, channel: Channel, by: Sender | None, at: datetime.datetime) -> _Prepared:
    check(telling)
    unit = receivers.receiving_unit(
        stream=telling.stream, office=telling.office, receiver=telling.receiver, concerns=telling.concerns
    )
    on = clock.today_at(unit.office, at=at)
    report_id, keys = uuid.uuid4(), _new_keys(telling, unit)
    holder = by.holder if by is not None else None
    line = Line(
        channel=channel,
        stream=STREAMS[telling.stream],
        told=telling.told,
        keys=keys,
        received_on=on,
        reporter=by.reporter if by is not None else None,
        topic=telling.topic,
        office=telling.office,
        reply=telling.reply,
    )
    return _Prepared(
        telling=telling,
        sender=by,
        unit=unit,
        entered=entry.seal_line(line, reporter_holder=holder, report_id=report_id),
        keys=keys,
        grants=_first_grants(report_id, keys=keys, unit=unit, reporter=holder, on=on),
        rule_set=rules.chosen(),
        on=on,
    )


def _enter(prepared: _Prepared, *, at: datetime.datetime) -> Receipt:
    """Insert it all, and log it last."""
    telling, unit, keys, report = prepared.telling, prepared.unit, prepared.keys, prepared.entered.report
    if prepared.sender is not None:
        prepared.sender.store()
    report.save(force_insert=True)
    grants.store(prepared.grants)
    rows: list[models.Model] = [report]
    rows += attachments.enter(report, files=telling.files, keys=keys, order=1, on=prepared.on)
    if telling.identity is not None and IDENTITY in keys:
        rows.append(deposits.deposit(report.id, identity=telling.identity, key=keys[IDENTITY], on=prepared.on))
    case, first_step = _open_case(report, unit=unit, rule_set=prepared.rule_set, on=prepared.on)
    rows.append(first_step)
    logged = log.record(
        "receive",
        chain=Chain.REPORTERS,
        at=at,
        subject=report.id,
        facts={"rows": [fingerprint(row) for row in rows]},
    )
    proof = log.prove(logged)
    fresh = prepared.sender.newcomer if prepared.sender is not None else None
    return Receipt(
        report_id=str(report.id),
        register_number=prepared.entered.register_number,
        unit=unit.name,
        office=unit.office.name,
        received_on=prepared.on.isoformat(),
        due_on=case.due_on.isoformat(),
        proof_digest=proof.digest,
        proof_signature=proof.signature,
        recovery_code=fresh.recovery_code if fresh is not None else "",
    )


def check(telling: Telling) -> None:
    """Refuse what cannot be received."""
    for refused in lacking(telling.told, telling.reply):
        raise refused


def lacking(told: Told, reply: Reply) -> Iterator[Refused]:
    """Everything that must still be told. Little is: one sentence about what happened (mission A9)."""
    if not told.what.strip():
        yield Refused("what-missing", _("Write what happened, at least one sentence."))
    medium = REPLY_MEDIA[reply.medium]
    if medium.needs_name and not reply.name.strip():
        yield Refused("reply-name-missing", _("For an answer by letter we need the name to write to."))
    if medium.needs_address and not reply.address.strip():
        yield Refused("reply-address-missing", _("Tell us where the answer should be sent."))


def _new_keys(telling: Telling, unit: Unit) -> Keys:
    names = [CONTENT, ORIGINALS, grants.work_of(unit.id, since=1)]
    if REPLY_MEDIA[telling.reply.medium].needs_address:
        names.append(REPLY)
    if telling.identity is not None:
        names.append(IDENTITY)
    return grants.new_keys(*names)


def _first_grants(
    report_id: uuid.UUID, *, keys: Keys, unit: Unit, reporter: Holder | None, on: datetime.date
) -> list[Grant]:
    """One box a holder: the unit, the reporter, and the two custodian units (one box inside the other)."""
    unit_gets = {name: key for name, key in keys.items() if name in {CONTENT, REPLY} or grants.is_work(name)}
    found = [grants.prepare(unit_gets, report_id=report_id, to=To(directory.holder_of(unit)), on=on)]
    if reporter is not None:
        own = {name: key for name, key in keys.items() if not grants.is_work(name)}
        found.append(grants.prepare(own, report_id=report_id, to=To(reporter), on=on))
    custodians = deposits.custodians()
    if custodians is not None:
        # Apart from each other: an original is disclosed without the identity, and the identity without originals.
        found += [
            grants.prepare({name: keys[name]}, report_id=report_id, to=custodians, on=on)
            for name in (IDENTITY, ORIGINALS)
            if name in keys
        ]
    return found


def _open_case(report: Report, *, unit: Unit, rule_set: RuleSet, on: datetime.date) -> tuple[Case, Step]:
    stream = STREAMS[report.stream]
    case = Case.objects.create(
        report=report,
        agenda_number=_agenda_number(unit, stream=stream, year=on.year),
        stream_code=stream.code,
        office=unit.office,
        unit=unit,
        status_code=INITIAL.code,
        rule_set=rule_set,
        received_on=on,
        due_on=clock.due_on(rule_set, received_on=on, stream=stream.code, calendar=calendar.known()),
        changed_on=on,
        last_order=1,
    )
    # The first response (mission A5): the step's own sentence thanks the reporter in the timeline.
    step = Step.objects.create(case=case, order=1, move="receive", after=INITIAL.code, on=on, unit=unit)
    return case, step


def _agenda_number(unit: Unit, *, stream: Stream, year: int) -> str:
    number = numbers.next_agenda(unit.office, stream=stream, year=year)
    # Random numbers meet now and then; running ones never do.
    while not stream.running_number and Case.objects.filter(agenda_number=number).exists():
        number = numbers.next_agenda(unit.office, stream=stream, year=year)
    return number
