"""Entering a report into the book: sealing needs public keys only, so no way in ever holds a key that opens."""

import datetime
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from wise.crypto import boxes, contexts, padding, seal
from wise.crypto import numbers as codes
from wise.crypto.errors import Unopenable
from wise.keys import grants
from wise.keys.grants import CONTENT, REPLY, Keys
from wise.keys.keyring import Keyring
from wise.keys.models import Holder
from wise.people.models import Office, Reporter
from wise.register import numbers
from wise.register.channels import Channel
from wise.register.models import Addition, Report, Topic
from wise.register.streams import ELEMENTS, Stream


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """How the reporter wants the answer, and what is needed for it (mission A8)."""

    medium: str = "page"
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What is sealed under `content`: the five elements, and who the reporter says to be."""

    what: str = ""
    where: str = ""
    when: str = ""
    who: str = ""
    how: str = ""
    reporter_kind: str = "unsaid"
    reply_medium: str = "page"

    @property
    def elements(self) -> dict[str, str]:
        """The five elements in the FAQ's order."""
        return {name: getattr(self, name) for name in ELEMENTS}

    @property
    def completeness(self) -> int:
        """How many of the five elements are given: an aid for both sides, never a reason to refuse (A9)."""
        return sum(bool(text.strip()) for text in self.elements.values())


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A report about to be entered, with the keys it is sealed with."""

    channel: Channel
    stream: Stream
    told: Told
    keys: Keys
    received_on: datetime.date
    reporter: Reporter | None = None
    topic: Topic | None = None
    office: Office | None = None
    received_at: datetime.datetime | None = None
    reply: Reply = field(default_factory=Reply)


@dataclass(frozen=True, slots=True, repr=False)
class Entered:
    """The row, not yet stored, and the number that its reporter is told once."""

    report: Report
    register_number: str


def seal_line(line: Line, *, reporter_holder: Holder | None, report_id: uuid.UUID) -> Entered:
    """Seal one report, ready to be inserted. The register number is wrapped for the reporter alone."""
    number = codes.new_register_number()
    report = Report(
        id=report_id,
        register_lookup=numbers.lookup(codes.normalise_register_number(number) or number),
        reporter=line.reporter,
        channel=line.channel.code,
        stream=line.stream.code,
        topic=line.topic,
        office=line.office,
        received_on=line.received_on,
        received_at=line.received_at,
        commitments=grants.commitments(line.keys, report_id=report_id),
    )
    report.sealed = _seal(asdict(line.told), key=line.keys[CONTENT], context=_context(report, CONTENT))
    if REPLY in line.keys:
        report.sealed_reply = _seal(asdict(line.reply), key=line.keys[REPLY], context=_context(report, REPLY))
    if reporter_holder is not None:
        report.register_number = boxes.wrap(
            number.encode(), public_key=bytes(reporter_holder.public_key), context=_context(report, "register number")
        )
    return Entered(report, number)


def told(report: Report, *, keys: Keys) -> Told:
    """What was reported, for whoever has the `content` key in hand."""
    return Told(**_open(bytes(report.sealed), key=keys[CONTENT], context=_context(report, CONTENT)))


def reply(report: Report, *, keys: Keys) -> Reply:
    """How and where to answer; the page where nothing else was asked for or the key is not in hand."""
    if report.sealed_reply is None or REPLY not in keys:
        return Reply()
    return Reply(**_open(bytes(report.sealed_reply), key=keys[REPLY], context=_context(report, REPLY)))


def register_number(report: Report, *, keyring: Keyring) -> str | None:
    """The register number, for its reporter's own keyring alone."""
    if report.register_number is None:
        return None
    context = _context(report, "register number")
    for seed in keyring.seeds.values():
        try:
            return boxes.unwrap(bytes(report.register_number), seed=seed, context=context).decode()
        except Unopenable:
            continue
    return None


def add_words(report: Report, *, text: str, keys: Keys, order: int, on: datetime.date) -> Addition:
    """Insert words that the reporter adds later: what was reported before stays as it is (mission A12)."""
    addition = Addition(id=uuid.uuid4(), report=report, order=order, on=on)
    addition.sealed = _seal({"text": text}, key=keys[CONTENT], context=_addition_context(addition))
    addition.save(force_insert=True)
    return addition


def added_words(addition: Addition, *, keys: Keys) -> str:
    """The words of an addition."""
    return str(_open(bytes(addition.sealed), key=keys[CONTENT], context=_addition_context(addition))["text"])


def _seal(value: Mapping[str, str], *, key: bytes, context: bytes) -> bytes:
    return seal.seal(padding.pad_text(json.dumps(value, ensure_ascii=False).encode()), key=key, context=context)


def _open(sealed: bytes, *, key: bytes, context: bytes) -> dict[str, str]:
    value: dict[str, str] = json.loads(padding.unpad_text(seal.open_sealed(sealed, key=key, context=context)))
    return value


def _context(report: Report, purpose: str) -> bytes:
    return contexts.context("register_report", report.id, purpose)


def _addition_context(addition: Addition) -> bytes:
    return contexts.context("register_addition", addition.id, addition.report_id, addition.order)
