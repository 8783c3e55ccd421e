"""The one way in, for every channel: seal, enter, open a case with its clock, say thanks, log, give the receipt.

Nobody who brings a report needs a private key: everything is sealed to public keys from the checked directory.
"""

import datetime
import itertools
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain, Entry
from wise.audit.rows import fingerprint
from wise.casework import clock, opening, receivers, rules
from wise.casework.models import Case, RuleSet
from wise.casework.opening import Recorded
from wise.keys import directory, grants
from wise.keys.grants import IDENTITY, Keys
from wise.keys.models import Grant, Holder
from wise.people import joining, slips
from wise.people.joining import Newcomer
from wise.people.models import Office, Reporter, Unit
from wise.refusals import NotThere, Refused
from wise.register import attachments, box, drafts, entry, looking
from wise.register.channels import ONLINE, Channel
from wise.register.drafts import DraftedFile
from wise.register.entry import Entered, Line, Reply, Told
from wise.register.models import Topic
from wise.register.streams import REPLY_MEDIA, STREAMS
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
    reported: Sequence[str] = ()
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
    by_slip: bool = False

    def store(self) -> None:
        """Store a newcomer, inside the report's own transaction."""
        if self.newcomer is not None:
            joining.store(self.newcomer)
            self.holder.save(force_insert=True)
        if self.by_slip:
            slips.hand_out(self.reporter, on=self.reporter.joined_on)


def known(reporter: Reporter) -> Sender:
    """A sender who signed in."""
    return Sender(reporter, directory.holder_of(reporter))


def newcomer(prepared: Newcomer[Reporter]) -> Sender:
    """A sender whose pseudonym is new."""
    return Sender(prepared.row, directory.new_holder(prepared.row, seed=prepared.seed), prepared)


def by_slip(prepared: Newcomer[Reporter]) -> Sender:
    """A sender who chose no pseudonym and gets a slip instead; its passphrase is the receipt's recovery code."""
    return replace(newcomer(prepared), by_slip=True)


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
    seen = looking.look_at_files(seen, at=at).draft
    prepared = prepare(telling(seen), channel=ONLINE, by=sender(), at=at)
    return Receipt.of(enter_once(token, seen=seen, enter=lambda: asdict(enter(prepared, at=at)), at=at))


def enter_once(
    token: str, *, seen: drafts.OpenDraft, enter: Callable[[], Mapping[str, Any]], at: datetime.datetime
) -> Mapping[str, Any]:
    """Enter what a draft says, unless it was sent already, and turn the draft into the receipt: what it holds now."""
    with transaction.atomic():
        draft = drafts.resume(token, at=at, lock=True)
        if draft is None:
            raise NotThere
        if draft.receipt is not None:
            return draft.receipt
        if (draft.told, draft.files) != (seen.told, seen.files):
            raise Refused("draft-changed", _("Your draft was changed in another window. Please check it again."))
        receipt = enter()
        drafts.turn_into_receipt(draft, receipt=receipt, at=at)
    return receipt


def receive(
    telling: Telling, *, channel: Channel, by: Sender | None, at: datetime.datetime, recorded: Recorded | None = None
) -> Receipt:
    """Take one report in; everything or nothing. `recorded`: an officer wrote down what came on paper or by voice."""
    prepared = prepare(telling, channel=channel, by=by, at=at, recorded=recorded)
    with transaction.atomic():
        return enter(prepared, at=at)


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    """A report sealed and wrapped, and everything that goes into the database with it. `on`: the day it is entered."""

    telling: Telling
    sender: Sender | None
    unit: Unit
    entered: Entered
    keys: Keys
    grants: list[Grant]
    rule_set: RuleSet
    on: datetime.date
    recorded: Recorded | None


def unit_for(telling: Telling, *, at: datetime.datetime) -> Unit:
    """The unit that gets it, past whom it concerns."""
    return receivers.receiving_unit(
        stream=telling.stream,
        office=telling.office,
        receiver=telling.receiver,
        concerns=telling.concerns,
        reported=telling.reported,
        on=timezone.localdate(at),
    )


def prepare(
    telling: Telling, *, channel: Channel, by: Sender | None, at: datetime.datetime, recorded: Recorded | None = None
) -> Prepared:
    """Do all that is slow, before the transaction. Stores nothing."""
    check(telling)
    unit = unit_for(telling, at=at)
    on = clock.today_at(unit.office, at=at)
    medium, with_identity = telling.reply.medium, telling.identity is not None
    report_id, keys = uuid.uuid4(), opening.first_keys(unit, medium=medium, with_identity=with_identity)
    holder = by.holder if by is not None else None
    line = Line(
        channel=channel,
        stream=STREAMS[telling.stream],
        told=telling.told,
        keys=keys,
        received_on=on if recorded is None else clock.today_at(unit.office, at=recorded.received_at),
        received_at=recorded.received_at if recorded is not None else None,
        reporter=by.reporter if by is not None else None,
        topic=telling.topic,
        office=telling.office,
        reply=telling.reply,
    )
    return Prepared(
        telling=telling,
        sender=by,
        unit=unit,
        entered=entry.seal_line(line, reporter_holder=holder, report_id=report_id),
        keys=keys,
        grants=opening.first_grants(report_id, keys=keys, unit=unit, reporter=holder, on=on),
        rule_set=rules.chosen(),
        on=on,
        recorded=recorded,
    )


def enter(prepared: Prepared, *, at: datetime.datetime) -> Receipt:
    """Insert it all, and log it last: in the reporters' chain, or in the officers' where one of them recorded it.

    Call it inside a transaction.
    """
    telling, unit, keys, report = prepared.telling, prepared.unit, prepared.keys, prepared.entered.report
    if prepared.sender is not None:
        prepared.sender.store()
    report.save(force_insert=True)
    grants.store(prepared.grants)
    rows: list[models.Model] = [report]
    rows += attachments.enter(report, files=telling.files, keys=keys, order=1, on=prepared.on)
    if telling.identity is not None and IDENTITY in keys:
        rows.append(deposits.deposit(report.id, identity=telling.identity, key=keys[IDENTITY], on=prepared.on))
    recorded = prepared.recorded
    case, steps = opening.open_case(
        report, unit=unit, rule_set=prepared.rule_set, keys=keys, on=prepared.on, at=at, recorded=recorded
    )
    rows += steps
    if recorded is not None and recorded.opening is not None:
        rows.append(box.enter_find(report, opening=recorded.opening))
    logged = _log(case, rows, recorded=recorded, at=at)
    proof = log.prove(logged)
    fresh = prepared.sender.newcomer if prepared.sender is not None else None
    return Receipt(
        report_id=str(report.id),
        register_number=prepared.entered.register_number,
        unit=unit.name,
        office=unit.office.name,
        received_on=report.received_on.isoformat(),
        due_on=case.due_on.isoformat(),
        proof_digest=proof.digest,
        proof_signature=proof.signature,
        recovery_code=fresh.recovery_code if fresh is not None else "",
    )


def _log(case: Case, rows: list[models.Model], *, recorded: Recorded | None, at: datetime.datetime) -> Entry:
    facts: dict[str, log.Fact] = {"rows": [fingerprint(row) for row in rows]}
    if recorded is None:
        return log.record("receive", chain=Chain.REPORTERS, at=at, subject=case.report_id, facts=facts)
    return log.record("record", chain=Chain.OFFICERS, at=at, subject=case.id, by=recorded.by.id, facts=facts)


def check(telling: Telling) -> None:
    """Refuse what cannot be received."""
    for refused in itertools.chain(lacking(telling.told, telling.reply), looking.undecided(telling.files)):
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
