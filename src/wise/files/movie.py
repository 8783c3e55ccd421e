"""MP4, MOV, 3GP and M4A (ISO/IEC 14496-12): pictures and sound, sample by sample, under tables written anew.

What cameras write beside them – place, model, times, tracks of sensor data – is not carried over.
"""

from collections.abc import Iterator, Sequence

from wise.files import bmff, fragments, limits, marks, tracks
from wise.files.bmff import box
from wise.files.findings import Cleaned, Damaged, Found, Reason, Uncleanable
from wise.files.reading import piece
from wise.files.tracks import Track

_XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
# Names of user data (QuickTime's begin with ©), and of keys, by what they tell.
_NAMES = {
    b"\xa9xyz": Found.PLACE,
    b"loci": Found.PLACE,
    b"location": Found.PLACE,
    b"\xa9mak": Found.CAMERA,
    b"\xa9mod": Found.CAMERA,
    b"make": Found.CAMERA,
    b"model": Found.CAMERA,
    b"manu": Found.CAMERA,
    b"modl": Found.CAMERA,
    b"\xa9swr": Found.SOFTWARE,
    b"\xa9too": Found.SOFTWARE,
    b"software": Found.SOFTWARE,
    b"android.version": Found.SOFTWARE,
    b"encoder": Found.SOFTWARE,
    b"\xa9day": Found.DATES,
    b"creationdate": Found.DATES,
    b"\xa9ART": Found.AUTHOR,
    b"\xa9aut": Found.AUTHOR,
    b"aART": Found.AUTHOR,
    b"artist": Found.AUTHOR,
    b"author": Found.AUTHOR,
    b"cprt": Found.AUTHOR,
    b"\xa9cpy": Found.AUTHOR,
    b"\xa9nam": Found.COMMENTS,
    b"\xa9cmt": Found.COMMENTS,
    b"desc": Found.COMMENTS,
    b"comment": Found.COMMENTS,
    b"description": Found.COMMENTS,
    b"covr": Found.THUMBNAIL,
    b"CAME": Found.SERIAL,  # GoPro's number of the camera
}
_SILENT = frozenset({b"ftyp", b"moov", b"mdat", b"moof", b"free", b"skip", b"wide", b"styp", b"sidx", b"mfra", b"pnot"})


def clean(data: bytes) -> Cleaned:
    """The same film or recording; its tables come first, so that it plays while it loads."""
    found: set[Found] = set()
    head = moov = b""
    for name, content in bmff.boxes(data):
        if name == b"ftyp":
            head = head or content
        elif name == b"moov":
            moov = moov or content
        elif name in {b"uuid", b"meta", b"udta"} or name not in _SILENT:
            found |= _told(name, content)
    if not moov:
        raise Damaged
    parts = list(bmff.boxes(moov))
    names = {name for name, _ in parts}
    if b"cmov" in names:
        raise Uncleanable(Reason.NOT_CLEANED)
    for name, content in parts:
        if name in {b"udta", b"meta", b"uuid"}:
            found |= _told(name, content)
    kept = _tracks(parts, found)
    found |= _dates(parts)
    movie_head = tracks.timeless(b"mvhd", bmff.first(moov, b"mvhd"))
    start = box(b"ftyp", head) if head else b""
    if b"mvex" in names:
        body = fragments.rebuilt(data, kept, start=start, movie_head=movie_head, extends=bmff.first(moov, b"mvex"))
        return Cleaned(body, found)
    return Cleaned(_written(data, kept, start=start, movie_head=movie_head), found)


def _tracks(parts: Sequence[tuple[bytes, bytes]], found: set[Found]) -> list[Track]:
    kept = []
    for name, content in parts:
        if name != b"trak":
            continue
        track = tracks.read(content)
        for inner, about in bmff.boxes(content):
            if inner in {b"udta", b"meta", b"uuid"}:
                found |= _told(inner, about)
        if track.handler in tracks.SEEN_OR_HEARD:
            kept.append(track)
        else:
            found.add(Found.PLACE if track.codec in tracks.SENSORS else Found.OTHER)
    if not kept:
        raise Damaged
    return kept


def _dates(parts: Sequence[tuple[bytes, bytes]]) -> set[Found]:
    return {Found.DATES for name, content in parts if name == b"mvhd" and any(content[4:12])}


def _told(name: bytes, content: bytes) -> set[Found]:
    if name == b"uuid":
        return marks.of_xmp(content) if content[:16] == _XMP_ID else {Found.OTHER}
    if not content.strip(b"\0"):
        return set()
    # Boxes of user data differ from maker to maker; their names stand in them all the same.
    told = {what for key, what in _NAMES.items() if key in content}
    return told or ({Found.OTHER} if len(content) > len("hdlr") + 64 or name == b"udta" else set())


def _written(data: bytes, kept: list[Track], *, start: bytes, movie_head: bytes) -> bytes:
    chunks = sorted((chunk for track in kept for chunk in _chunks(track)), key=lambda chunk: chunk[0])
    limits.insist_on_size(sum(sum(sizes) for _, _, sizes, _ in chunks))
    body: list[bytes] = []
    at = 0
    starts: dict[int, list[tuple[int, int]]] = {track.number: [] for track in kept}
    new_sizes: dict[int, list[tuple[int, list[int]]]] = {track.number: [] for track in kept}
    for place, track, sizes, order in chunks:
        samples = list(_samples(data, place, sizes, track))
        starts[track.number].append((order, at))
        new_sizes[track.number].append((order, [len(sample) for sample in samples]))
        body += samples
        at += sum(map(len, samples))
    after = {number: [size for _, sizes in sorted(rows) for size in sizes] for number, rows in new_sizes.items()}
    first = {number: [place for _, place in sorted(rows)] for number, rows in starts.items()}

    def moov(offset: int) -> bytes:
        traks = (
            tracks.written(track, after[track.number], [offset + place for place in first[track.number]])
            for track in kept
        )
        return box(b"moov", movie_head, *traks)

    # Written twice: how long the tables are does not hang on the places that stand in them.
    offset = len(start) + len(moov(0)) + 8
    return start + moov(offset) + box(b"mdat", *body)


def _chunks(track: Track) -> Iterator[tuple[int, Track, Sequence[int], int]]:
    """Where each chunk lies, its track, the sizes of what is in it, and its order in the track."""
    sample = 0
    for order, (place, count) in enumerate(zip(track.chunks, track.counts(), strict=True)):
        yield place, track, track.sizes_of(sample, count), order
        sample += count


def _samples(data: bytes, place: int, sizes: Sequence[int], track: Track) -> Iterator[bytes]:
    for size in sizes:
        yield track.filtered(piece(data, place, size))
        place += size
