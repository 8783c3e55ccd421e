"""Attachments in the book: the sealed file stays where it is, its key is sealed under the report's `content`."""

import datetime
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.db.models import Max

from wise.crypto import contexts, padding, seal
from wise.files import kinds
from wise.files.clamd import Scan
from wise.files.findings import Found, Reason
from wise.files.kinds import Kind
from wise.keys.grants import CONTENT, ORIGINALS, Keys
from wise.refusals import NotThere
from wise.register import blobs, looks
from wise.register.blobs import Stored
from wise.register.drafts import DraftedFile
from wise.register.models import Attachment, Original, Report

_LONGEST_SUFFIX = 8
_OF_TEXT = frozenset({".csv", ".tsv", ".log", ".txt"})
MOST_OF_A_REPORT = 500


@dataclass(frozen=True, slots=True, repr=False)
class OpenedFile:
    """An attachment whose key is in hand: the cleaned copy, or the file as it came.

    `name` and `original` are there for who holds `originals`. `found` is what the original says beside what it shows;
    `reason` why it could not be cleaned. What was sent before copies were made has neither, and no kind.
    A file that something malicious was found in is kept apart: it has no `key` but that of its original.
    """

    row: Attachment
    media_type: str
    suffix: str
    size: int
    key: bytes | None
    name: str | None
    kind: Kind
    is_copy: bool
    found: tuple[Found, ...]
    reason: Reason | None
    original: Stored | None
    scan: Scan

    @property
    def is_apart(self) -> bool:
        """Whether `content` opens nothing of it."""
        return self.key is None

    @property
    def neutral_name(self) -> str:
        """What officers see: a given name can betray who gave it, and must not occur on both sides (P19)."""
        return f"{self.row.label}{self.suffix}"

    def chunks(self) -> Iterator[bytes]:
        """The file in the clear, in chunks, in memory only; `NotThere` for one that is kept apart."""
        if self.key is None:
            raise NotThere
        return blobs.read(self.row.blob, key=self.key)

    @property
    def can_be_viewed(self) -> bool:
        """Whether a page can show it: of what was sent before files were looked at, its suffix says so."""
        return not self.is_apart and kinds.is_shown(self.kind, suffix=self.suffix)

    @property
    def size_as_it_came(self) -> int:
        """Bytes of the file as it was given, for who holds `originals`."""
        return self.original.size if self.original is not None else self.size

    def chunks_as_it_came(self) -> Iterator[bytes]:
        """The file as it was given, byte for byte, for who holds `originals`."""
        return blobs.read(self.original.blob, key=self.original.key) if self.original is not None else self.chunks()


def enter(
    report: Report, *, files: Iterable[DraftedFile], keys: Keys, order: int, on: datetime.date
) -> list[models.Model]:
    """Insert attachments for files that lie sealed on the disk already, and that were looked at.

    Call it inside the deed's transaction.
    """
    given = tuple(files)
    if not given:
        return []
    last = Attachment.objects.filter(report=report).aggregate(last=Max("position"))["last"] or 0
    rows = [
        _sealed_row(report, file, keys=keys, order=order, position=last + number, on=on)
        for number, file in enumerate(given, start=1)
    ]
    originals = [
        Original(attachment=row, blob=file.stored.blob)
        for row, file in zip(rows, given, strict=True)
        if row.blob != file.stored.blob
    ]
    return [*Attachment.objects.bulk_create(rows), *Original.objects.bulk_create(originals)]


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
    look, sent = file.look, file.copy or file.stored
    assert look is not None, "nobody has looked at this file"
    row = Attachment(report=report, order=order, position=position, on=on, blob=sent.blob)
    content: dict[str, object] = {
        "media_type": look.kind.media_type,
        "suffix": _suffix(file, look.kind),
        "size": sent.size,
        "kind": look.kind.code,
        "is_copy": file.copy is not None,
        "found": list(look.found),
        "reason": look.reason,
        "scan": [look.scan.verdict, look.scan.threat],
    }
    original: dict[str, object] = {
        "name": file.name,
        "sha256": file.stored.sha256.hex(),
        "copy_sha256": sent.sha256.hex(),
    }
    if not look.is_apart:
        content["key"] = sent.key.hex()
    if file.copy is not None or look.is_apart:
        original |= {"blob": file.stored.blob.hex, "key": file.stored.key.hex(), "size": file.stored.size}
    row.sealed = _seal(content, key=keys[CONTENT], context=_context(row, CONTENT))
    row.sealed_original = _seal(original, key=keys[ORIGINALS], context=_context(row, ORIGINALS))
    return row


def _suffix(file: DraftedFile, kind: Kind) -> str:
    """The suffix of what the file is; plain text keeps its own where that is a plain one too."""
    given = suffix_of(file.name)
    return given if kind.plain and given in _OF_TEXT else kind.suffix


def _opened(row: Attachment, *, keys: Keys) -> OpenedFile:
    content = _open(bytes(row.sealed), key=keys[CONTENT], context=_context(row, CONTENT))
    name = original = None
    if ORIGINALS in keys:
        about = _open(bytes(row.sealed_original), key=keys[ORIGINALS], context=_context(row, ORIGINALS))
        name, original = str(about["name"]), _original(about)
    return OpenedFile(
        row=row,
        media_type=str(content["media_type"]),
        suffix=str(content["suffix"]),
        size=int(content["size"]),
        key=bytes.fromhex(content["key"]) if "key" in content else None,
        name=name,
        kind=kinds.of(str(content.get("kind", ""))),
        is_copy=bool(content.get("is_copy")),
        found=tuple(map(Found, content.get("found", ()))),
        reason=Reason(content["reason"]) if content.get("reason") else None,
        original=original,
        scan=looks.scan_of(content),
    )


def _original(about: Mapping[str, Any]) -> Stored | None:
    if "blob" not in about:
        return None
    digest = bytes.fromhex(about["sha256"])
    return Stored(uuid.UUID(about["blob"]), bytes.fromhex(about["key"]), about["size"], digest)


def in_memory(stored: Stored, *, name: str, media_type: str) -> DraftedFile:
    """A stored file that never belonged to a draft."""
    return DraftedFile(uuid.uuid4(), name, media_type, stored)


def _seal(value: Mapping[str, object], *, key: bytes, context: bytes) -> bytes:
    return seal.seal(padding.pad_text(json.dumps(value, ensure_ascii=False).encode()), key=key, context=context)


def _open(sealed: bytes, *, key: bytes, context: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(padding.unpad_text(seal.open_sealed(sealed, key=key, context=context)))
    return value


def _context(row: Attachment, purpose: str) -> bytes:
    return contexts.context("register_attachment", row.id, row.own_id, row.report_id, row.position, purpose)
