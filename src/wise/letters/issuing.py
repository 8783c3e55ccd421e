"""Issuing a letter: it gets its number and its code, and is sealed for whoever holds the case's key."""

import datetime
import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import connection

from wise.crypto import contexts, padding, seal
from wise.crypto.errors import Unopenable
from wise.letters import content as contents
from wise.letters import letterheads, numbers, templates, verifying
from wise.letters.content import Content
from wise.letters.kinds import Kind
from wise.letters.models import Letter
from wise.people.models import Office, Officer


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A letter that was issued, opened. `courtesy` is the English copy, which is not the official text."""

    letter: Letter
    content: Content
    number: str
    dated_on: datetime.date
    code: str
    courtesy: Content | None = None


def issue(
    content: Content,
    *,
    kind: Kind,
    office: Office,
    case_id: uuid.UUID,
    key: bytes,
    by: Officer,
    on: datetime.date,
    courtesy: Content | None = None,
) -> Letter:
    """Issue a letter inside the caller's transaction, which also logs its row's fingerprint.

    The number is the next one without a gap. `key` is the compartment's that is to open the letter: `content` where
    the reporter shall read it, the unit's `work` where not. A content that could not be sent is refused.
    """
    assert kind.numbered
    assert connection.in_atomic_block
    content, courtesy = _ready(content, office=office), courtesy and _ready(courtesy, office=office)
    template = templates.kept(kind, office=office, on=on)
    sequence, number = numbers.next_number(office, kind=kind, on=on)
    letter = Letter(
        id=uuid.uuid4(),
        case_id=case_id,
        kind=kind.code,
        office=office,
        year=on.year,
        sequence=sequence,
        number=number,
        dated_on=on,
        issued_by=by,
        template=template,
    )
    words = {"content": asdict(content), "courtesy": asdict(courtesy) if courtesy else None}
    letter.digest = verifying.digest(letter, content)
    padded = padding.pad_text(json.dumps(words, ensure_ascii=False).encode())
    letter.sealed = seal.seal(padded, key=key, context=_context(letter))
    letter.save(force_insert=True)
    return letter


def letters_of(case_id: uuid.UUID, *, keys: Iterable[bytes]) -> list[Issued]:
    """The letters of a case that these keys open, oldest first; the others are not there."""
    ring = list(keys)
    rows = Letter.objects.filter(case_id=case_id).select_related("office", "template")
    ordered = rows.order_by("dated_on", "kind", "sequence")
    return [issued for letter in ordered if (issued := opened(letter, keys=ring)) is not None]


def opened(letter: Letter, *, keys: Iterable[bytes]) -> Issued | None:
    """A letter's words, if one of the keys opens it. Words that are not those of the code are `Unopenable`."""
    for key in keys:
        try:
            padded = seal.open_sealed(bytes(letter.sealed), key=key, context=_context(letter))
        except Unopenable:
            continue
        words = json.loads(padding.unpad_text(padded))
        content = Content(**words["content"])
        if verifying.digest(letter, content) != bytes(letter.digest):
            raise Unopenable
        courtesy = Content(**words["courtesy"]) if words["courtesy"] else None
        return Issued(letter, content, letter.number, letter.dated_on, verifying.code_of(letter), courtesy)
    return None


def _ready(content: Content, *, office: Office) -> Content:
    contents.check(content)
    return letterheads.put_on(content, office=office)


def _context(letter: Letter) -> bytes:
    return contexts.context("letters_letter", letter.id, letter.case_id, letter.number, letter.dated_on.isoformat())
