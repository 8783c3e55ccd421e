"""Films in fragments (ISO/IEC 14496-12, 8.8), as screen recorders and browsers write them."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wise.files import bmff, limits, tracks
from wise.files.bmff import box, full
from wise.files.findings import Damaged, Reason, Uncleanable
from wise.files.reading import Cursor, number, piece
from wise.files.tracks import Track

# Flags of `tfhd` and `trun`.
_BASE, _DESCRIBED, _LASTS, _SIZED, _FLAGGED, _EMPTY, _FROM_HERE = 0x1, 0x2, 0x8, 0x10, 0x20, 0x10000, 0x20000
_PLACE, _FIRST_FLAGS, _LASTS_EACH, _SIZE_EACH, _FLAGS_EACH, _OFFSET_EACH = 0x1, 0x4, 0x100, 0x200, 0x400, 0x800
_EACH = (_LASTS_EACH, _SIZE_EACH, _FLAGS_EACH, _OFFSET_EACH)


@dataclass(slots=True)
class _Run:
    """Samples that follow one another: the run's head, what is said of each, and the samples."""

    version: int
    flags: int
    head: bytes
    rows: list[bytes] = field(default_factory=list)
    samples: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """What a fragment has of one track."""

    head: bytes
    beside: list[bytes]
    runs: list[_Run]


def rebuilt(data: bytes, kept: Sequence[Track], *, start: bytes, movie_head: bytes, extends: bytes) -> bytes:
    """The film anew: its head, then each fragment with the kept tracks alone."""
    if any(track.samples for track in kept):
        raise Uncleanable(Reason.NOT_CLEANED)  # half in fragments, half not
    by_number = {track.number: track for track in kept}
    sizes: dict[int, int] = {}
    more = []
    for name, content in bmff.boxes(extends):
        if name == b"trex" and number(content, 4, 4) in by_number:
            sizes[number(content, 4, 4)] = number(content, 16, 4)
            more.append(box(name, content))
        elif name == b"mehd":
            more.append(box(name, content))
    tables = (full(b"stts", bytes(4)), full(b"stsc", bytes(4)), full(b"stsz", bytes(8)), full(b"stco", bytes(4)))
    traks = [tracks.whole(track, box(b"stbl", track.description, *tables)) for track in kept]
    out = [start, box(b"moov", movie_head, *traks, box(b"mvex", *more))]
    for name, begin, end in bmff.places(data):
        if name == b"moof":
            out.append(_fragment(data, begin, end, by_number, sizes))
            limits.insist_on_size(sum(map(len, out)))
    if len(out) <= 2:  # noqa: PLR2004 - the head alone is no film
        raise Damaged
    return b"".join(out)


def _fragment(data: bytes, begin: int, end: int, kept: Mapping[int, Track], sizes: Mapping[int, int]) -> bytes:
    head, parts, after = b"", [], begin - 8
    for name, content in bmff.boxes(data[begin:end]):
        if name == b"mfhd":
            head = box(name, content)
        elif name == b"traf":
            part, after = _part(data, content, kept, sizes, here=begin - 8, after=after)
            parts += [part] if part is not None else []
    body = b"".join(sample for part in parts for run in part.runs for sample in run.samples)
    # Written twice: how long the head is does not hang on the places that stand in it.
    size = len(_head(head, parts, 0)) + 8
    return _head(head, parts, size) + box(b"mdat", body)


def _part(
    data: bytes, content: bytes, kept: Mapping[int, Track], sizes: Mapping[int, int], *, here: int, after: int
) -> tuple[_Part | None, int]:
    """What a fragment has of one track, and where its data ends."""
    _, flags, rest = bmff.version_of(bmff.first(content, b"tfhd"))
    cursor = Cursor(rest)
    key = cursor.number(4)
    base = cursor.number(8) if flags & _BASE else here if flags & _FROM_HERE else after
    said = b"".join(cursor.take(4) for flag in (_DESCRIBED, _LASTS) if flags & flag)
    size = cursor.number(4) if flags & _SIZED else sizes.get(key, 0)
    said += cursor.take(4) if flags & _FLAGGED else b""
    stays = flags & (_DESCRIBED | _LASTS | _FLAGGED | _EMPTY) | _FROM_HERE
    beside = [box(name, about) for name, about in bmff.boxes(content) if name in {b"tfdt", b"sbgp", b"sgpd"}]
    part = _Part(full(b"tfhd", struct.pack(">I", key), said, flags=stays), beside, [])
    place = base
    for name, about in bmff.boxes(content):
        if name == b"trun":
            run, place = _run(data, about, kept.get(key), base=base, place=place, size=size)
            part.runs.append(run)
    return (part if key in kept else None), place


def _run(data: bytes, content: bytes, track: Track | None, *, base: int, place: int, size: int) -> tuple[_Run, int]:
    version, flags, rest = bmff.version_of(content)
    cursor = Cursor(rest)
    count = cursor.number(4)
    if flags & _PLACE:
        place = base + struct.unpack(">i", cursor.take(4))[0]
    head = struct.pack(">I", count)
    run = _Run(version, flags | _PLACE | _SIZE_EACH, head)
    first_flags = cursor.take(4) if flags & _FIRST_FLAGS else b""
    run.head = first_flags
    for _ in range(count):
        said = {flag: cursor.take(4) for flag in _EACH if flags & flag}
        length = int.from_bytes(said.get(_SIZE_EACH, size.to_bytes(4, "big")), "big")
        sample = piece(data, place, length)
        place += length
        if track is not None:
            run.samples.append(track.filtered(sample))
            said[_SIZE_EACH] = len(run.samples[-1]).to_bytes(4, "big")
            run.rows.append(b"".join(said[flag] for flag in _EACH if flag in said))
    return run, place


def _head(head: bytes, parts: Sequence[_Part], at: int) -> bytes:
    trafs = []
    for part in parts:
        runs = []
        for run in part.runs:
            count = struct.pack(">Ii", len(run.rows), at)
            runs.append(full(b"trun", count, run.head, *run.rows, version=run.version, flags=run.flags))
            at += sum(map(len, run.samples))
        trafs.append(box(b"traf", part.head, *part.beside, *runs))
    return box(b"moof", head, *trafs)
