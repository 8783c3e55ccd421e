"""Drafts: what a reporter is writing, kept over errors and back-and-forth, sealed so that only their cookie opens it.

Sending turns the draft into its receipt, so that a double click or a lost answer shows the same receipt (P04).
"""

import contextlib
import datetime
import functools
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wise.crypto import contexts, padding, seal
from wise.crypto.errors import Unopenable
from wise.people import tokens
from wise.refusals import NotThere, Refused, TooLarge
from wise.register import blobs
from wise.register.blobs import Stored
from wise.register.looks import Look
from wise.register.models import Attachment, Draft, DraftFile, Original

UNSENT = datetime.timedelta(hours=2)
RECEIPT = datetime.timedelta(minutes=15)
_MOST_AT_ONCE = 100
_KIND = "draft"


@dataclass(frozen=True, slots=True, repr=False)
class DraftedFile:
    """A file of a draft, unsealed: its name as given, its media type as claimed, where it lies and its key.

    `look` is what came of looking at it, None before that. `as_is`: whoever brings it wants it sent as it came.
    """

    id: uuid.UUID
    name: str
    media_type: str
    stored: Stored
    look: Look | None = None
    as_is: bool = False

    @property
    def is_undecided(self) -> bool:
        """Whether it cannot be cleaned, and nobody has said yet that it is to be sent all the same."""
        return self.look is not None and self.look.is_undecided and not self.as_is

    @property
    def copy(self) -> Stored | None:
        """The cleaned copy, where one is to be sent."""
        return self.look.copy if self.look is not None and not self.as_is else None

    @property
    def blobs(self) -> list[uuid.UUID]:
        """All that lies on the disk of it."""
        made = self.look.copy if self.look is not None else None
        return [self.stored.blob, *([made.blob] if made is not None else [])]


@dataclass(frozen=True, slots=True, repr=False)
class OpenDraft:
    """A draft, unsealed for one request. `told` is what was typed; `receipt` is there once it was sent."""

    token: str
    told: Mapping[str, Any]
    receipt: Mapping[str, Any] | None
    files: tuple[DraftedFile, ...] = field(default=())

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.stored.size for file in self.files)


def begin(*, at: datetime.datetime, told: Mapping[str, Any] | None = None, token: str = "") -> OpenDraft:
    """A new draft, empty or with what was typed; its token, a fresh one where none is given, opens it."""
    purge(at=at)
    token = token or tokens.new()
    draft = Draft(id=tokens.row_id(token, kind=_KIND), expires_at=tokens.step_after(at + UNSENT))
    draft.sealed = _seal(token, draft.id, {"told": dict(told or {}), "receipt": None})
    draft.save(force_insert=True)
    return OpenDraft(token, dict(told or {}), None)


def resume(token: str, *, at: datetime.datetime, lock: bool = False) -> OpenDraft | None:
    """The draft of a cookie, or None where there is none (any more). `lock` holds it until the transaction ends."""
    row_id = tokens.row_id(token, kind=_KIND)
    rows = Draft.objects.select_for_update() if lock else Draft.objects.all()
    row = rows.filter(id=row_id, expires_at__gt=at).first()
    if row is None:
        return None
    try:
        content = json.loads(_open(token, bytes(row.sealed), _context(row_id)))
    except Unopenable:
        return None
    if content["receipt"] is not None and datetime.datetime.fromisoformat(content["until"]) <= at:
        return None
    files = tuple(_open_file(token, file) for file in row.files.order_by("position"))
    return OpenDraft(token, content["told"], content["receipt"], files)


def save(draft: OpenDraft, *, told: Mapping[str, Any], at: datetime.datetime) -> OpenDraft:
    """Keep what was typed. A draft that was sent, perhaps a moment ago elsewhere, is no longer written to."""
    row_id = tokens.row_id(draft.token, kind=_KIND)
    sealed = _seal(draft.token, row_id, {"told": dict(told), "receipt": None})
    with transaction.atomic():
        now = resume(draft.token, at=at, lock=True)
        if now is not None and now.receipt is None:
            Draft.objects.filter(id=row_id).update(sealed=sealed, expires_at=tokens.step_after(at + UNSENT))
    return replace(draft, told=told)


def add_file(draft: OpenDraft, *, name: str, media_type: str, stored: Stored) -> OpenDraft:
    """Put a file that lies sealed on the disk into the draft; refused where the draft was sent meanwhile."""
    row_id = tokens.row_id(draft.token, kind=_KIND)
    with transaction.atomic():
        _refuse_unless_unsent(draft.token)
        last = DraftFile.objects.filter(draft_id=row_id).order_by("-position").first()
        file = DraftedFile(uuid.uuid4(), name, media_type, stored)
        DraftFile.objects.create(
            id=file.id,
            draft_id=row_id,
            position=last.position + 1 if last else 1,
            blob=stored.blob,
            size=stored.size,
            sealed=_seal_file(draft.token, file),
        )
    return replace(draft, files=(*draft.files, file))


def note_look(draft: OpenDraft, file: DraftedFile) -> OpenDraft:
    """Keep what came of looking at a file. Where another window did so, or took it out, meanwhile, theirs counts."""
    copy = file.look.copy if file.look is not None else None
    with transaction.atomic():
        row_id = tokens.row_id(draft.token, kind=_KIND)
        row = DraftFile.objects.select_for_update().filter(draft_id=row_id, id=file.id).first()
        now = _open_file(draft.token, row) if row is not None else None
        if now is not None and now.look is None:
            sealed = _seal_file(draft.token, file)
            DraftFile.objects.filter(id=file.id).update(sealed=sealed, copy=copy.blob if copy else None)
            now = file
    if now is not file:
        blobs.forget([copy.blob] if copy is not None else [])
    files = (now if known.id == file.id else known for known in draft.files)
    return replace(draft, files=tuple(known for known in files if known is not None))


def check_room(*, count: int, size: int) -> None:
    """Refuse more files, or more bytes, than are taken with one report at once."""
    if count > blobs.MOST_FILES:
        raise TooLarge("too-many-files", _("At most 20 files can be sent at once. You can add more afterwards."))
    if size > blobs.LARGEST_TOTAL:
        raise TooLarge("too-much", _("All files together may be at most 100 MB. You can add more afterwards."))


def remove_file(draft: OpenDraft, *, file_id: uuid.UUID) -> OpenDraft:
    """Take a file out of the draft and off the disk; refused where a report has it by now."""
    with transaction.atomic():
        _refuse_unless_unsent(draft.token)
        row = DraftFile.objects.filter(draft_id=tokens.row_id(draft.token, kind=_KIND), id=file_id).first()
        if row is None:
            raise NotThere
        row.delete()
    blobs.forget(_blobs_of([row]))
    return replace(draft, files=tuple(file for file in draft.files if file.id != file_id))


def rename_file(draft: OpenDraft, *, file_id: uuid.UUID, name: str) -> OpenDraft:
    """Give a file of the draft another name; refused where the draft was sent meanwhile, or the file is gone."""
    with transaction.atomic():
        _refuse_unless_unsent(draft.token)
        row = DraftFile.objects.filter(draft_id=tokens.row_id(draft.token, kind=_KIND), id=file_id).first()
        if row is None:
            raise NotThere
        file = replace(_open_file(draft.token, row), name=name)
        row.sealed = _seal_file(draft.token, file)
        row.save(update_fields=["sealed"])
    return replace(draft, files=tuple(file if one.id == file_id else one for one in draft.files))


def turn_into_receipt(draft: OpenDraft, *, receipt: Mapping[str, Any], at: datetime.datetime) -> OpenDraft:
    """After sending: the draft holds the receipt alone. The blobs that the report has now stay; other copies go."""
    row_id = tokens.row_id(draft.token, kind=_KIND)
    rows = DraftFile.objects.filter(draft_id=row_id)
    left = _not_taken(_blobs_of(rows))
    rows.delete()
    transaction.on_commit(lambda: blobs.forget(left))
    Draft.objects.filter(id=row_id).update(
        sealed=_seal(draft.token, row_id, {"told": {}, "receipt": dict(receipt), "until": (at + RECEIPT).isoformat()}),
        expires_at=tokens.step_after(at + RECEIPT),  # to the minute only inside the seal (P18)
    )
    return OpenDraft(draft.token, {}, receipt)


def discard(token: str) -> None:
    """The reporter has kept the receipt, or throws the draft away: nothing of it stays."""
    _delete(Draft.objects.filter(id=tokens.row_id(token, kind=_KIND)))


def purge(*, at: datetime.datetime) -> None:
    """Delete drafts and receipts whose time is over, with the files that no report took; a hundred at most."""
    _delete(Draft.objects.filter(expires_at__lte=at))


def purge_now_and_then(*, at: datetime.datetime) -> None:
    """The same, once in ten minutes a process: what is over must go although nobody begins anything new.

    Where the database is too busy to write, it waits for the next time: nobody who reads a page hears of it.
    """
    with contextlib.suppress(OperationalError):
        _purge_once(tokens.step_after(at) - tokens.STEP)


@functools.lru_cache(maxsize=1)
def _purge_once(step: datetime.datetime) -> None:
    purge(at=step)


def refuse_if_sent(draft: OpenDraft) -> None:
    """A draft that was sent takes nothing more."""
    if draft.receipt is not None:
        raise Refused("already-sent", _("This report has been sent already."))


def _delete(rows: QuerySet[Draft]) -> None:
    ids = list(rows.values_list("id", flat=True)[:_MOST_AT_ONCE])
    if not ids:
        return
    with transaction.atomic():
        # Asked again under the lock: a draft that was sent at its last moment is a receipt now, and stays.
        locked = list(rows.select_for_update().filter(id__in=ids).values_list("id", flat=True))
        left = _not_taken(_blobs_of(DraftFile.objects.filter(draft_id__in=locked)))
        Draft.objects.filter(id__in=locked).delete()
    blobs.forget(left)


def _blobs_of(rows: Iterable[DraftFile]) -> list[uuid.UUID]:
    return [blob for row in rows for blob in (row.blob, row.copy) if blob is not None]


def _not_taken(ours: list[uuid.UUID]) -> list[uuid.UUID]:
    """Those of the blobs that no report has."""
    taken = set(Attachment.objects.filter(blob__in=ours).values_list("blob", flat=True))
    taken |= set(Original.objects.filter(blob__in=ours).values_list("blob", flat=True))
    return [blob for blob in ours if blob not in taken]


def _refuse_unless_unsent(token: str) -> None:
    """Lock the draft until the transaction ends, and look again: another window may have sent it meanwhile."""
    row_id = tokens.row_id(token, kind=_KIND)
    row = Draft.objects.select_for_update().filter(id=row_id).first()
    if row is None:
        raise NotThere
    if json.loads(_open(token, bytes(row.sealed), _context(row_id)))["receipt"] is not None:
        raise Refused("already-sent", _("This report has been sent already."))


def _seal(token: str, row_id: str, content: Mapping[str, Any]) -> bytes:
    text = padding.pad_text(json.dumps(content, ensure_ascii=False).encode())
    return seal.seal(text, key=tokens.row_key(token, kind=_KIND), context=_context(row_id))


def _open(token: str, sealed: bytes, context: bytes) -> bytes:
    return padding.unpad_text(seal.open_sealed(sealed, key=tokens.row_key(token, kind=_KIND), context=context))


def _seal_file(token: str, file: DraftedFile) -> bytes:
    text = json.dumps(
        {
            "name": file.name,
            "media_type": file.media_type,
            "key": file.stored.key.hex(),
            "sha256": file.stored.sha256.hex(),
            "look": file.look.kept() if file.look is not None else None,
        },
        ensure_ascii=False,
    ).encode()
    key = tokens.row_key(token, kind=_KIND)
    return seal.seal(padding.pad_text(text), key=key, context=_file_context(file.id, file.stored.blob))


def _open_file(token: str, row: DraftFile) -> DraftedFile:
    meta = json.loads(_open(token, bytes(row.sealed), _file_context(row.id, row.blob)))
    stored = Stored(row.blob, bytes.fromhex(meta["key"]), row.size, bytes.fromhex(meta["sha256"]))
    look = Look.of(meta["look"]) if meta.get("look") else None
    return DraftedFile(row.id, meta["name"], meta["media_type"], stored, look)


def _context(row_id: str) -> bytes:
    return contexts.context("register_draft", row_id)


def _file_context(file_id: uuid.UUID, blob: uuid.UUID) -> bytes:
    return contexts.context("register_draftfile", file_id, blob)
