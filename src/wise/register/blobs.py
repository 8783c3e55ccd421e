"""Where sealed files lie: one file a blob, fsynced before its row is written, with its date as its time (P19, P40)."""

import contextlib
import datetime
import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wise.crypto import contexts, padding, seal, stream
from wise.crypto.errors import Unopenable
from wise.refusals import TooLarge

LARGEST = 10 * 1024 * 1024  # "masing-masing dengan ukuran maksimum 10 MB" (the FAQ, mission A12)
# Of a copy that we make: what was packed well may come out a little longer.
LARGEST_COPY = 4 * LARGEST
MOST_FILES = 20
LARGEST_TOTAL = 100 * 1024 * 1024
_ARRIVING = "arriving"
_STALE = datetime.timedelta(hours=1)
# Kept free for words: a gigabyte, or a twentieth of a small disk. Whoever sends files in floods never stops a report.
_RESERVE = 1024**3
_RESERVE_OF_SMALL = 20


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """A file that lies sealed on the disk: its blob, its key, its size in bytes and its SHA-256."""

    blob: uuid.UUID
    key: bytes
    size: int
    sha256: bytes


class Incoming:
    """A file on its way in: sealed chunk by chunk while it arrives; nothing in the clear reaches a disk (P26).

    A disk that is nearly full is full for files (`OSError`, ENOSPC).
    """

    def __init__(self, *, at: datetime.datetime, largest: int = LARGEST) -> None:
        self._blob, self._key = uuid.uuid4(), seal.new_key()
        self._at, self._size, self._hash, self._largest = at, 0, hashlib.sha256(), largest
        # Half-done files lie in a folder of their own: one look there finds what a killed process left.
        self._partial = _arriving() / self._blob.hex
        self._partial.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _insist_on_room(self._partial.parent)
        self._sealer = stream.Sealer(self._key, context=_context(self._blob))
        descriptor = os.open(self._partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb", buffering=0)
        self._file.write(self._sealer.header)

    @property
    def size(self) -> int:
        """Bytes taken so far."""
        return self._size

    def push(self, chunk: bytes) -> None:
        """Take the next bytes; `TooLarge` beyond the limit, and then nothing of the file is kept."""
        self._size += len(chunk)
        if self._size > self._largest:
            self.abandon()
            raise TooLarge("file-too-large", _("This file is larger than 10 MB."))
        self._hash.update(chunk)
        self._write(self._sealer.push(chunk))

    def finish(self) -> Stored:
        """Make it durable: what is acknowledged after this survives a power cut."""
        self._write(self._sealer.finish(pad_to=padding.padme(self._size)))
        os.fsync(self._file.fileno())
        self._file.close()
        path = path_of(self._blob)
        if not path.parent.exists():
            path.parent.mkdir(exist_ok=True, mode=0o700)
            _fsync_folder(path.parent.parent)
        self._partial.rename(path)
        noon = datetime.datetime.combine(self._at.date(), datetime.time(12), datetime.UTC).timestamp()
        # The folders too: backups keep their times, and that of the last file in one would tell the minute.
        for place in (path, path.parent, path.parent.parent, self._partial.parent):
            os.utime(place, (noon, noon))
        _fsync_folder(path.parent)
        return Stored(self._blob, self._key, self._size, self._hash.digest())

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        _unlink(self._partial)

    def _write(self, sealed: bytes) -> None:
        view = memoryview(sealed)
        while view:
            view = view[self._file.write(view) :]


def store(data: bytes, *, at: datetime.datetime) -> Stored:
    """Seal what is in memory already: a copy that was made of a file."""
    incoming = Incoming(at=at, largest=LARGEST_COPY)
    try:
        incoming.push(data)
        return incoming.finish()
    except BaseException:
        incoming.abandon()
        raise


def read(blob: uuid.UUID, *, key: bytes) -> Iterator[bytes]:
    """The file's bytes in chunks; `Unopenable` if it was cut short, reordered or swapped, or is not there."""
    try:
        descriptor = _open_unnoticed(path_of(blob))
    except FileNotFoundError:
        raise Unopenable from None
    with os.fdopen(descriptor, "rb") as file:
        yield from stream.open_stream(file.read, key=key, context=_context(blob))


def _open_unnoticed(path: Path) -> int:
    """Open a file for reading; its time of access does not tell when a reporter sent it or came back to it (P18)."""
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_NOATIME", 0))
    except PermissionError:  # it belongs to somebody else, who restored it
        return os.open(path, os.O_RDONLY)


def forget(blobs: list[uuid.UUID]) -> None:
    """Remove blobs that no row names any more."""
    for blob in blobs:
        _unlink(path_of(blob))


def sweep(*, at: datetime.datetime) -> int:
    """Remove files that stopped arriving, since their process was killed; returns how many. Safe at any time."""
    removed = 0
    for path in _arriving().glob("*"):
        with contextlib.suppress(FileNotFoundError):  # it arrived meanwhile
            if path.stat().st_mtime < (at - _STALE).timestamp():
                path.unlink()
                removed += 1
    return removed


def path_of(blob: uuid.UUID) -> Path:
    """Where a blob lies: the name is random and says nothing."""
    return Path(settings.WISE_FILES_DIR) / blob.hex[:2] / blob.hex


def _unlink(path: Path) -> None:
    """Remove a file if it is there; its folder's time does not tell when."""
    with contextlib.suppress(FileNotFoundError):
        before = path.parent.stat()
        path.unlink()
        os.utime(path.parent, ns=(before.st_atime_ns, before.st_mtime_ns))


def _insist_on_room(folder: Path) -> None:
    disk = shutil.disk_usage(folder)
    if disk.free < min(_RESERVE, disk.total // _RESERVE_OF_SMALL):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _arriving() -> Path:
    return Path(settings.WISE_FILES_DIR) / _ARRIVING


def _context(blob: uuid.UUID) -> bytes:
    return contexts.context("blob", blob)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
