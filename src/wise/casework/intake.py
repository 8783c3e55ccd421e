"""The one way in, for every channel: seal, enter, open a case with its clock, say thanks, log, give the receipt.

Nobody who brings a report needs a private key: everything is sealed to public keys from the checked directory.
"""

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import clock, receivers, rules
from wise.casework.models import Case, Step
from wise.casework.workflow import INITIAL
from wise.keys import directory, grants
from wise.keys.grants import CONTENT, IDENTITY, ORIGINALS, REPLY, Keys, To
from wise.keys.models import Grant, Holder
from wise.people.models import Office, Reporter, Unit
from wise.refusals import NotThere, Refused
from wise.register import attachments, drafts, entry, numbers
from wise.register.channels import ONLINE, Channel
from wise.register.drafts import DraftedFile
from wise.register.entry import Line, Reply, Told
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
    """Who sends: a stored reporter and, for a new pseudonym, the recovery code to show once."""

    reporter: Reporter
    recovery_code: str = ""


def receive_draft(
    token: str, *, telling: Callable[[drafts.OpenDraft], Telling], sender: Callable[[], Sender], at: datetime.datetime
) -> Receipt:
    """Send a draft: exactly once, however often it is asked (P04). A failure leaves the draft as it was."""
    with transaction.atomic():
        draft = drafts.resume(token, at=at, lock=True)
        if draft is None:
            raise NotThere
        if draft.receipt is not None:
            return Receipt.of(draft.receipt)
        who = sender()
        receipt = receive(telling(draft), channel=ONLINE, by=who.reporter, at=at, recovery_code=who.recovery_code)
        drafts.turn_into_receipt(draft, receipt=asdict(receipt), at=at)
    return receipt


def receive(
    telling: Telling, *, channel: Channel, by: Reporter | None, at: datetime.datetime, recovery_code: str = ""
) -> Receipt:
    """Take one report in; everything or nothing."""
    check(telling)
    with transaction.atomic():
        unit = receivers.receiving_unit(
            stream=telling.stream, office=telling.office, receiver=telling.receiver, concerns=telling.concerns
        )
        received_on = clock.today_at(unit.office, at=at)
        report_id, keys = uuid.uuid4(), _new_keys(telling, unit)
        holder = directory.holder_of(by) if by is not None else None
        line = Line(
            channel=channel,
            stream=STREAMS[telling.stream],
            told=telling.told,
            keys=keys,
            received_on=received_on,
            reporter=by,
            topic=telling.topic,
            office=telling.office,
            reply=telling.reply,
        )
        entered = entry.enter(line, reporter_holder=holder, report_id=report_id)
        grants.store(_first_grants(report_id, keys=keys, unit=unit, reporter=holder, on=received_on))
        files = attachments.enter(entered.report, files=telling.files, keys=keys, order=1, on=received_on)
        if telling.identity is not None and IDENTITY in keys:
            deposits.deposit(report_id, identity=telling.identity, key=keys[IDENTITY], on=received_on)
        case = _open_case(entered.report, unit=unit, on=received_on)
        logged = log.record(
            "receive",
            chain=Chain.REPORTERS,
            at=at,
            subject=report_id,
            facts={"rows": [entry.fingerprint(entered.report), *map(attachments.fingerprint, files)]},
        )
    proof = log.prove(logged)
    return Receipt(
        report_id=str(report_id),
        register_number=entered.register_number,
        unit=unit.name,
        office=unit.office.name,
        received_on=received_on.isoformat(),
        due_on=case.due_on.isoformat(),
        proof_digest=proof.digest,
        proof_signature=proof.signature,
        recovery_code=recovery_code,
    )


def check(telling: Telling) -> None:
    """Refuse what cannot be received. Little is asked for: one sentence about what happened (mission A9)."""
    if not telling.told.what.strip():
        raise Refused("what-missing", _("Write what happened, at least one sentence."))
    medium = REPLY_MEDIA[telling.reply.medium]
    if medium.needs_name and not telling.reply.name.strip():
        raise Refused("reply-name-missing", _("For an answer by letter we need the name to write to."))
    if medium.needs_address and not telling.reply.address.strip():
        raise Refused("reply-address-missing", _("Tell us where the answer should be sent."))


def _new_keys(telling: Telling, unit: Unit) -> Keys:
    names = [CONTENT, ORIGINALS, grants.work_of(unit.id)]
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


def _open_case(report: Report, *, unit: Unit, on: datetime.date) -> Case:
    rule_set = rules.in_force(on)
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
        due_on=clock.due_on(rule_set, received_on=on),
        changed_on=on,
        last_order=1,
    )
    # The first response (mission A5): the step's own sentence thanks the reporter in the timeline.
    Step.objects.create(case=case, order=1, move="receive", after=INITIAL.code, on=on, unit=unit)
    return case


def _agenda_number(unit: Unit, *, stream: Stream, year: int) -> str:
    number = numbers.next_agenda(unit.office, stream=stream, year=year)
    while Case.objects.filter(agenda_number=number).exists():  # random numbers meet now and then
        number = numbers.next_agenda(unit.office, stream=stream, year=year)
    return number
