"""WebM and Matroska (RFC 9559): pictures and sound, block by block; titles, dates, tags and attached files are not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wise.files.findings import Cleaned, Damaged, Found, Reason, Uncleanable
from wise.files.reading import Cursor, piece

_EBML, _SEGMENT, _INFO, _TRACKS, _CLUSTER, _CUES = (
    0x1A45DFA3,
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0x1F43B675,
    0x1C53BB6B,
)
_SEEK, _TAGS, _ATTACHMENTS, _CHAPTERS = 0x114D9B74, 0x1254C367, 0x1941A469, 0x1043A770
_VOID, _CHECKSUM = 0xEC, 0xBF
_TOP = frozenset({_INFO, _TRACKS, _CLUSTER, _CUES, _SEEK, _TAGS, _ATTACHMENTS, _CHAPTERS})
_TELL = {
    _TAGS: {Found.COMMENTS},
    _ATTACHMENTS: {Found.EMBEDDED},
    _CHAPTERS: {Found.COMMENTS},
    0x4461: {Found.DATES},
    0x7BA9: {Found.COMMENTS},  # the title
    0x4D80: {Found.SOFTWARE},
    0x5741: {Found.SOFTWARE},
    0x73A4: {Found.SERIAL},  # the film's own number
    0x7384: {Found.PATHS},
}
_SCALE, _DURATION = 0x2AD7B1, 0x4489
_MUXER, _WRITER = 0x4D80, 0x5741
_ENTRY, _NUMBER, _TYPE = 0xAE, 0xD7, 0x83
_PICTURE, _SOUND = 1, 2
_TIME, _SIMPLE, _GROUP, _BLOCK, _REFERENCE = 0xE7, 0xA3, 0xA0, 0xA1, 0xFB
# How a track is coded and shown (RFC 9559, 5.1.4): numbers, flags, the codec, its head, the picture's and sound's form.
_OF_TRACK = frozenset(
    {_NUMBER, _TYPE, 0x73C5, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x86, 0x63A2, 0x56AA, 0x56BB, 0xE0, 0xE1, 0x41E4}
    | {0x6DE7, 0x6DF8, 0x55EE, 0x6D80}
)
_OF_BLOCK = frozenset({_BLOCK, 0x9B, _REFERENCE, 0x75A2, 0x75A1})
_OF_EBML = frozenset({0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285})
_KEYFRAME = 0x80
_NOBODY = b"-"
_UNKNOWN_SIZE = (1 << 56) - 1


@dataclass(slots=True)
class _Film:
    """What is kept of a film: its length, its tracks, and clusters with the time and track they can be entered at."""

    info: list[bytes] = field(default_factory=list)
    tracks: list[bytes] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    clusters: list[tuple[bytes, int, int]] = field(default_factory=list)


def clean(data: bytes) -> Cleaned:
    """The same film; its table of places is written anew."""
    found: set[Found] = set()
    film, head = _Film(), b""
    parts = list(_elements(data, 0, len(data)))
    if len(parts) < 2 or (parts[0][0], parts[1][0]) != (_EBML, _SEGMENT):  # noqa: PLR2004 - a head and a film
        raise Damaged
    head = _kept(data, *parts[0][1:], _OF_EBML)
    end = _segment(data, *parts[1][1:], film, found)
    if data[end:].strip(b"\0"):
        found.add(Found.EMBEDDED)
    if not film.clusters or not film.numbers:
        raise Damaged
    return Cleaned(_element(_EBML, head) + _written(film), found)


def _segment(data: bytes, start: int, end: int, film: _Film, found: set[Found]) -> int:
    for name, begin, finish in _elements(data, start, end):
        if name == _INFO:
            _read_info(data, begin, finish, film, found)
        elif name == _TRACKS:
            _read_tracks(data, begin, finish, film, found)
        elif name == _CLUSTER:
            _read_cluster(data, begin, finish, film)
        elif name in _TELL:
            found |= _TELL[name]
        elif name not in {_CUES, _SEEK, _VOID, _CHECKSUM}:
            found.add(Found.OTHER)
    return end


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Each element: its name, where its content begins and ends.

    One without a size ends where the next of its level begins.
    """
    cursor = Cursor(data, start)
    while cursor.at < end:
        name = _vint(cursor, keep=True)
        size = _vint(cursor)
        begin = cursor.at
        finish = begin + size
        if size == _UNKNOWN_SIZE:
            finish = _end_of(data, begin, end) if name == _CLUSTER else end
        if finish > end:
            # A recording that was broken off: what is there of its last part is played.
            if name not in {_SEGMENT, _CLUSTER}:
                raise Damaged
            finish = end
        yield name, begin, finish
        cursor.at = finish


def _end_of(data: bytes, start: int, end: int) -> int:
    """Where a cluster without a size ends."""
    cursor = Cursor(data, start)
    while cursor.at < end:
        here = cursor.at
        if _vint(cursor, keep=True) in _TOP:
            return here
        cursor.at += _vint(cursor)
    return end


def _vint(cursor: Cursor, *, keep: bool = False) -> int:
    """A number of variable length (RFC 8794, 4); with `keep` its marker stays, as names are written."""
    first = cursor.number(1)
    if not first:
        raise Damaged
    more = 8 - first.bit_length()
    rest = int.from_bytes(cursor.take(more), "big")
    value = first << 8 * more | rest
    if keep:
        return value
    value &= (1 << 7 * (more + 1)) - 1
    return _UNKNOWN_SIZE if value == (1 << 7 * (more + 1)) - 1 else value


def _read_info(data: bytes, start: int, end: int, film: _Film, found: set[Found]) -> None:
    for name, begin, finish in _elements(data, start, end):
        if name in {_SCALE, _DURATION}:
            film.info.append(_element(name, data[begin:finish]))
        elif name not in {_VOID, _CHECKSUM} and data[begin:finish] != _NOBODY:
            found |= _TELL.get(name, {Found.OTHER})


def _read_tracks(data: bytes, start: int, end: int, film: _Film, found: set[Found]) -> None:
    for name, begin, finish in _elements(data, start, end):
        if name != _ENTRY:
            continue
        parts = {key: data[a:b] for key, a, b in _elements(data, begin, finish)}
        kind = int.from_bytes(parts.get(_TYPE, b""), "big")
        if kind not in {_PICTURE, _SOUND}:
            found.add(Found.OTHER)
            continue
        if 0x6D80 in parts and b"\x50\x35" in parts[0x6D80]:  # noqa: PLR2004 - the name of ContentEncryption
            raise Uncleanable(Reason.ENCRYPTED)
        if 0x536E in parts:  # noqa: PLR2004 - the name of Name
            found.add(Found.COMMENTS)
        film.numbers[int.from_bytes(parts.get(_NUMBER, b""), "big")] = kind
        film.tracks.append(_element(_ENTRY, _kept(data, begin, finish, _OF_TRACK)))


def _read_cluster(data: bytes, start: int, end: int, film: _Film) -> None:
    time, out, enters = 0, [], 0
    for name, begin, finish in _elements(data, start, end):
        content = data[begin:finish]
        if name == _TIME:
            time = int.from_bytes(content, "big")
            out.append(_element(name, content))
        elif name == _SIMPLE:
            track, flags = _block(content)
            if track in film.numbers:
                out.append(_element(name, content))
                enters = enters or (track if flags & _KEYFRAME and film.numbers[track] == _PICTURE else 0)
        elif name == _GROUP:
            group = list(_elements(data, begin, finish))
            block = next((data[a:b] for key, a, b in group if key == _BLOCK), b"")
            track, _ = _block(block)
            if track in film.numbers:
                out.append(_element(name, _kept(data, begin, finish, _OF_BLOCK)))
                alone = all(key != _REFERENCE for key, _, _ in group)
                enters = enters or (track if alone and film.numbers[track] == _PICTURE else 0)
    film.clusters.append((_element(_CLUSTER, b"".join(out)), time, enters))


def _block(content: bytes) -> tuple[int, int]:
    """The track of a block and its flags."""
    cursor = Cursor(content)
    track = _vint(cursor)
    return track, piece(content, cursor.at + 2, 1)[0]


def _kept(data: bytes, start: int, end: int, names: frozenset[int]) -> bytes:
    return b"".join(_element(name, data[a:b]) for name, a, b in _elements(data, start, end) if name in names)


def _written(film: _Film) -> bytes:
    """The film with its places before its clusters: programs jump to them without having read it all."""
    info = _element(_INFO, b"".join((*film.info, _element(_MUXER, _NOBODY), _element(_WRITER, _NOBODY))))
    tracks = _element(_TRACKS, b"".join(film.tracks))
    before = len(_seek(0)) + len(info) + len(tracks)
    # Written twice: how long the table of places is does not hang on what stands in it.
    places = len(_cues(film, 0))
    body = info + tracks + _cues(film, before + places) + b"".join(cluster for cluster, _, _ in film.clusters)
    return _element(_SEGMENT, _seek(before) + body)


def _seek(place: int) -> bytes:
    return _element(
        _SEEK, _element(0x4DBB, _element(0x53AB, _named(_CUES)) + _element(0x53AC, place.to_bytes(8, "big")))
    )


def _cues(film: _Film, start: int) -> bytes:
    points = []
    for cluster, time, track in film.clusters:
        if track:
            where = _element(0xF7, track.to_bytes(2, "big")) + _element(0xF1, start.to_bytes(8, "big"))
            points.append(_element(0xBB, _element(0xB3, time.to_bytes(8, "big")) + _element(0xB7, where)))
        start += len(cluster)
    return _element(_CUES, b"".join(points)) if points else _element(_VOID, b"")


def _element(name: int, content: bytes) -> bytes:
    return _named(name) + (1 << 56 | len(content)).to_bytes(8, "big") + content


def _named(name: int) -> bytes:
    return name.to_bytes((name.bit_length() + 7) // 8, "big")
