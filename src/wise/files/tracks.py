"""One track of a film (ISO/IEC 14496-12, 8): what plays is kept, what tells of its maker or its day is not."""

import itertools
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wise.files import bmff, nal
from wise.files.bmff import box, full
from wise.files.findings import Damaged, Reason, Uncleanable
from wise.files.reading import Cursor, number, piece, table

SEEN_OR_HEARD = frozenset({b"vide", b"soun"})
# Tracks in which cameras note where they are.
SENSORS = frozenset({b"mebx", b"gpmd", b"camm", b"rtmd", b"priv", b"text", b"djmd"})
_UNCOMPRESSED = frozenset({b"raw ", b"twos", b"sowt", b"lpcm", b"in24", b"in32", b"fl32", b"fl64", b"ulaw", b"alaw"})
_ENCRYPTED = frozenset({b"encv", b"enca", b"drmi", b"drms"})
_CODECS = {b"avc1": "avc", b"avc3": "avc", b"hvc1": "hevc", b"hev1": "hevc"}
_TIMED = frozenset({b"stts", b"ctts", b"stss", b"stps", b"cslg", b"sdtp", b"sbgp", b"sgpd", b"stsc"})
_BESIDE = frozenset({b"uuid", b"udta", b"meta", b"free"})
_UNDETERMINED = struct.pack(">H", 0x55C4)  # no language: ISO 639-2 "und"
_MOST_SAMPLES = 2_000_000
_VISUAL_HEAD, _SOUND_HEAD = 78, 28


@dataclass(slots=True)
class Track:
    """A track taken apart. `sizes` holds one number a sample, or none where all have the size `each`."""

    number: int
    handler: bytes
    head: bytes
    edits: bytes
    media_head: bytes
    information: bytes
    description: bytes
    codec: bytes
    timing: list[tuple[bytes, bytes]] = field(default_factory=list)
    each: int = 0
    samples: int = 0
    sizes: tuple[int, ...] = ()
    chunks: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()  # of `stsc`: first chunk, samples in each, description
    packed: tuple[int, int] = (1, 0)  # sound: samples in a packet, bytes of a packet
    length_size: int = 0

    def counts(self) -> Iterator[int]:
        """How many samples each chunk has."""
        runs = list(itertools.batched(self.runs, 3))
        for (first, many, _), following in itertools.zip_longest(runs, runs[1:]):
            last = following[0] if following else len(self.chunks) + 1
            if not 1 <= first <= last:
                raise Damaged
            yield from itertools.repeat(many, min(last, len(self.chunks) + 1) - first)

    def sizes_of(self, first: int, count: int) -> Sequence[int]:
        """Bytes of so many samples from that one on; sound of one size is one piece."""
        if first + count > self.samples:
            raise Damaged
        if self.sizes:
            return self.sizes[first : first + count]
        per_packet, packet = self.packed
        return (count // per_packet * packet,) if packet else (count * self.each,)

    def filtered(self, sample: bytes) -> bytes:
        """The sample without messages that its encoder wrote into it."""
        if not self.length_size:
            return sample
        return nal.without_messages(sample, codec=_CODECS[self.codec], length_size=self.length_size)


def timeless(name: bytes, content: bytes) -> bytes:
    """A head of a film, a track or its media, with no day on which it was made or changed."""
    size = 16 if content[:1] == b"\1" else 8
    return box(name, content[:4], bytes(size), piece(content, 4 + size, len(content) - 4 - size))


def read(trak: bytes) -> Track:
    """Take a track apart."""
    mdia = bmff.first(trak, b"mdia")
    minf = bmff.first(mdia, b"minf")
    stbl = dict(bmff.boxes(bmff.first(minf, b"stbl")))
    head, handler = bmff.first(trak, b"tkhd"), piece(bmff.first(mdia, b"hdlr"), 8, 4)
    description = stbl.get(b"stsd", b"")
    codec = piece(description, 12, 4)
    if codec in _ENCRYPTED:
        raise Uncleanable(Reason.ENCRYPTED)
    track = Track(
        number=number(head, 20 if head[:1] == b"\1" else 12, 4),
        handler=handler,
        head=timeless(b"tkhd", head),
        edits=next((box(b"edts", content) for name, content in bmff.boxes(trak) if name == b"edts"), b""),
        media_head=_without_language(bmff.first(mdia, b"mdhd")),
        information=_information(minf),
        description=b"",
        codec=codec,
    )
    if handler in SEEN_OR_HEARD:
        track.description = _description(track, description)
        track.timing = [(name, content) for name, content in stbl.items() if name in _TIMED]
        _locate(track, stbl)
    return track


def written(track: Track, sizes: Sequence[int], places: Sequence[int]) -> bytes:
    """The track's box, with samples of these sizes in chunks at these places."""
    if track.sizes:
        table_of_sizes = full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes))
    else:
        table_of_sizes = full(b"stsz", struct.pack(">II", track.each, track.samples))
    table_of_places = full(b"stco", struct.pack(f">I{len(places)}I", len(places), *places))
    timing = (box(name, content) for name, content in track.timing)
    stbl = box(b"stbl", track.description, *timing, table_of_sizes, table_of_places)
    return whole(track, stbl)


def whole(track: Track, stbl: bytes) -> bytes:
    """The track's box around a table of samples."""
    here = box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", flags=1)))
    handler = full(b"hdlr", bytes(4), track.handler, bytes(12), b"\0")
    media = box(b"mdia", track.media_head, handler, box(b"minf", track.information, here, stbl))
    return box(b"trak", track.head, track.edits, media)


def _without_language(content: bytes) -> bytes:
    head = timeless(b"mdhd", content)
    return head[:-4] + _UNDETERMINED + head[-2:]


def _information(minf: bytes) -> bytes:
    kept = (box(name, content) for name, content in bmff.boxes(minf) if name in {b"vmhd", b"smhd", b"nmhd"})
    return b"".join(kept)


def _description(track: Track, content: bytes) -> bytes:
    """The descriptions of the samples: how they are coded, without the names of coders."""
    entries = [_entry(track, name, entry) for name, entry in bmff.boxes(content, start=8)]
    return full(b"stsd", struct.pack(">I", len(entries)), *entries)


def _entry(track: Track, name: bytes, entry: bytes) -> bytes:
    fixed = bytearray(entry)
    if track.handler == b"vide":
        piece(entry, 0, _VISUAL_HEAD)
        fixed[12:16] = bytes(4)  # who made the coder
        fixed[42:74] = bytes(32)  # its name
        track.length_size = max(track.length_size, _length_size(name, entry[_VISUAL_HEAD:]))
    else:
        piece(entry, 0, _SOUND_HEAD)
        fixed[12:16] = bytes(4)
        version = number(entry, 8, 2)
        if version == 1:
            track.packed = (max(number(entry, 28, 4), 1), number(entry, 36, 4))
        if name in _UNCOMPRESSED and version == 0:
            track.packed = (1, number(entry, 16, 2) * (number(entry, 18, 2) + 7) // 8)
    fixed[6:8] = b"\0\1"  # the one place where data lies: this file
    if track.handler != b"vide":
        return box(name, bytes(fixed))
    inner = (box(kind, content) for kind, content in bmff.boxes(entry, start=_VISUAL_HEAD) if kind not in _BESIDE)
    return box(name, bytes(fixed[:_VISUAL_HEAD]), *inner)


def _length_size(name: bytes, inner: bytes) -> int:
    if name not in _CODECS:
        return 0
    for kind, content in bmff.boxes(inner):
        if kind in {b"avcC", b"hvcC"}:
            return (number(content, 4 if kind == b"avcC" else 21, 1) & 3) + 1
    return 0


def _locate(track: Track, stbl: dict[bytes, bytes]) -> None:
    """Read the tables of sizes and places; a film in fragments has none here."""
    if b"stsz" in stbl:
        track.each, track.samples = number(stbl[b"stsz"], 4, 4), number(stbl[b"stsz"], 8, 4)
        track.sizes = () if track.each else table(stbl[b"stsz"], 12, track.samples, "I")
    elif b"stz2" in stbl:
        raise Uncleanable(Reason.NOT_CLEANED)
    if track.sizes or track.each > 1:
        track.packed = (1, 0)
    for name, form in {b"stco": "I", b"co64": "Q"}.items():
        if name in stbl:
            track.chunks = table(stbl[name], 8, number(stbl[name], 4, 4), form)
    cursor = Cursor(stbl.get(b"stsc", bytes(8)), 4)
    track.runs = table(cursor.data, 8, cursor.number(4) * 3, "I")
    if len(track.sizes) > _MOST_SAMPLES:
        raise Damaged
