"""ZIP: read within limits, written plainly (no dates, no owners, no comments); as a kind of its own, file by file."""

import io
import zipfile
import zlib
from collections.abc import Iterable

from wise.files import cleaning, limits
from wise.files.findings import Cleaned, Damaged, Found, Outcome, Reason, Uncleanable

_STEP = 1024 * 1024
_ENCRYPTED = 0x1
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

type Members = list[tuple[str, bytes]]


def members(data: bytes) -> Members:
    """Name and content of every file in it, in their order."""
    found: Members = []
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.MOST_MEMBERS:
                raise Uncleanable(Reason.TOO_BIG)
            for entry in entries:
                if entry.flag_bits & _ENCRYPTED:
                    raise Uncleanable(Reason.ENCRYPTED)
                if not entry.is_dir():
                    # What an entry says of its size is a claim; what comes out of it is counted.
                    found.append((entry.filename, _unpacked(archive, entry, limits.MOST_UNPACKED - total)))
                    total += len(found[-1][1])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise Damaged from None
    return found


def written(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            # OpenDocument and EPUB: the first file says what it is, and is read without unpacking.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 0, 0
            archive.writestr(entry, content)
    return out.getvalue()


def clean(data: bytes, *, depth: int = 0) -> Cleaned:
    """The same files, each cleaned; where one of them cannot be, the whole cannot."""
    if depth >= limits.DEEPEST:
        raise Uncleanable(Reason.TOO_BIG)
    inner = members(data)
    found: set[Found] = set() if _is_undated(data) else {Found.DATES}
    kept: Members = []
    for name, content in inner:
        result = cleaning.looked_at(content, depth=depth + 1)
        if result.outcome in {Outcome.UNCLEANABLE, Outcome.PROGRAM}:
            raise Uncleanable(Reason.ENCRYPTED if result.reason is Reason.ENCRYPTED else Reason.INSIDE)
        found |= set(result.found)
        kept.append((name, content if result.data is None else result.data))
    if not kept:
        raise Damaged
    return Cleaned(written(kept), found)


def _is_undated(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return not archive.comment and all(entry.date_time == _LONG_AGO for entry in archive.infolist())


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    parts, size = [], 0
    with archive.open(entry) as member:
        while part := member.read(_STEP):
            size += len(part)
            if size > room:
                raise Uncleanable(Reason.TOO_BIG)
            parts.append(part)
    return b"".join(parts)
