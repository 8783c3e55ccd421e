"""Attachments in the book: the sealed file stays where it is, its key is sealed under the report's `content`."""

import datetime
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.db.models import Max

from wise.crypto import contexts, padding, seal
from wise.keys.grants import CONTENT, ORIGINALS, Keys
from wise.register import blobs
from wise.register.blobs import Stored
from wise.register.drafts import DraftedFile
from wise.register.models import Attachment, Report

_LONGEST_SUFFIX = 8
MOST_OF_A_REPORT = 500


@dataclass(frozen=True, slots=True, repr=False)
class OpenedFile:
    """An attachment whose key is in hand. `name` is as the reporter gave it, or None for who may not know it."""

    row: Attachment
    media_type: str
    suffix: str
    size: int
    key: bytes
    name: str | None

    @property
    def neutral_name(self) -> str:
        """What officers see: a given name can betray who gave it, and must not occur on both sides (P19)."""
        return f"{self.row.label}{self.suffix}"

    def chunks(self) -> Iterator[bytes]:
        """The file in the clear, in chunks, in memory only."""
        return blobs.read(self.row.blob, key=self.key)


def enter(
    report: Report, *, files: Iterable[DraftedFile], keys: Keys, order: int, on: datetime.date
) -> list[Attachment]:
    """Insert attachments for files that lie sealed on the disk already. Call it inside the deed's transaction."""
    given = tuple(files)
    if not given:
        return []
    last = Attachment.objects.filter(report=report).aggregate(last=Max("position"))["last"] or 0
    rows = [
        _sealed_row(report, file, keys=keys, order=order, position=last + number, on=on)
        for number, file in enumerate(given, start=1)
    ]
    return Attachment.objects.bulk_create(rows)


def opened(rows: Iterable[Attachment], *, keys: Keys) -> list[OpenedFile]:
    """Unseal what `content` opens; the given names too for who holds `originals`."""
    return [_opened(row, keys=keys) for row in rows]


def suffix_of(name: str) -> str:
    """A harmless file suffix (letters and digits only), or nothing."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    plain = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _LONGEST_SUFFIX
    return suffix if plain else ""


def _sealed_row(
    report: Report, file: DraftedFile, *, keys: Keys, order: int, position: int, on: datetime.date
) -> Attachment:
    row = Attachment(report=report, order=order, position=position, on=on, blob=file.stored.blob)
    content = {
        "key": file.stored.key.hex(),
        "media_type": file.media_type,
        "suffix": suffix_of(file.name),
        "size": file.stored.size,
    }
    original = {"name": file.name, "sha256": file.stored.sha256.hex()}
    row.sealed = _seal(content, key=keys[CONTENT], context=_context(row, CONTENT))
    row.sealed_original = _seal(original, key=keys[ORIGINALS], context=_context(row, ORIGINALS))
    return row


def _opened(row: Attachment, *, keys: Keys) -> OpenedFile:
    content = _open(bytes(row.sealed), key=keys[CONTENT], context=_context(row, CONTENT))
    name = None
    if ORIGINALS in keys:
        name = _open(bytes(row.sealed_original), key=keys[ORIGINALS], context=_context(row, ORIGINALS))["name"]
    return OpenedFile(
        row=row,
        media_type=str(content["media_type"]),
        suffix=str(content["suffix"]),
        size=int(content["size"]),
        key=bytes.fromhex(str(content["key"])),
        name=str(name) if name is not None else None,
    )


def in_memory(stored: Stored, *, name: str, media_type: str) -> DraftedFile:
    """A stored file that never belonged to a draft, ready to be entered."""
    return DraftedFile(uuid.uuid4(), name, media_type, stored)


def _seal(value: Mapping[str, object], *, key: bytes, context: bytes) -> bytes:
    return seal.seal(padding.pad_text(json.dumps(value, ensure_ascii=False).encode()), key=key, context=context)


def _open(sealed: bytes, *, key: bytes, context: bytes) -> dict[str, str | int]:
    value: dict[str, str | int] = json.loads(padding.unpad_text(seal.open_sealed(sealed, key=key, context=context)))
    return value


def _context(row: Attachment, purpose: str) -> bytes:
    return contexts.context("register_attachment", row.id, row.own_id, row.report_id, row.position, purpose)
