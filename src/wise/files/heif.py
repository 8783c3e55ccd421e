"""HEIC and AVIF (ISO/IEC 23008-12): the picture, its tiles and its transparency, put together anew; no other item."""

import struct
from collections.abc import Container
from dataclasses import dataclass, field

from wise.files import bmff, exif, icc, limits, marks, nal
from wise.files.bmff import box, full
from wise.files.findings import Cleaned, Damaged, Found, Reason, Uncleanable
from wise.files.reading import Cursor, number, piece

_PICTURES = frozenset({b"hvc1", b"av01", b"avc1", b"grid", b"iovl", b"iden"})
_ALPHA = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
# What turns the bits into the picture; other properties (descriptions, dates) become empty places of the list.
_PROPERTIES = frozenset(
    {b"hvcC", b"av1C", b"avcC", b"ispe", b"pixi", b"colr", b"irot", b"imir", b"clap", b"pasp", b"auxC", b"lsel"}
    | {b"a1op", b"a1lx", b"mdcv", b"clli", b"cclv", b"amve", b"oinf", b"tols"}
)
_FORMS = {b"hvc1": "hevc", b"avc1": "avc"}
_NEEDED = frozenset({b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp"})
_IN_FILE, _IN_META = 0, 1
_MOST_ITEMS = 10_000


@dataclass(slots=True)
class _Item:
    """An item of the file: what it is, where its bytes lie, and which properties it has."""

    kind: bytes
    method: int = _IN_FILE
    data: bytes = b""
    properties: list[int] = field(default_factory=list)  # as in `ipma`: whether it is essential, and its place


@dataclass(slots=True)
class _Read:
    """A file taken apart."""

    primary: int
    items: dict[int, _Item]
    links: list[tuple[bytes, int, list[int]]]
    properties: list[tuple[bytes, bytes]]


def clean(data: bytes) -> Cleaned:
    """The same still picture: its bits are kept, what is beside it is not."""
    found: set[Found] = set()
    meta = head = b""
    for name, content in bmff.boxes(data):
        if name == b"ftyp":
            head = head or content
        elif name == b"meta":
            meta = meta or content
        elif name == b"moov":  # a short film beside the picture
            found.add(Found.EMBEDDED)
        elif name not in {b"mdat", b"free", b"skip"}:
            found.add(Found.OTHER)
    read = _read(data, bmff.version_of(meta)[2])
    kept = _kept(read)
    for key in read.items.keys() - kept:
        found |= _betrayed(read.items[key])
    return Cleaned(_written(head, read, kept), found)


def _read(data: bytes, meta: bytes) -> _Read:
    parts = dict(bmff.boxes(meta))
    if not parts.keys() >= _NEEDED or bmff.version_of(parts[b"hdlr"])[2][4:8] != b"pict":
        raise Damaged
    version, _, primary = bmff.version_of(parts[b"pitm"])
    read = _Read(number(primary, 0, 4 if version else 2), _items(parts[b"iinf"]), [], [])
    _locate(read.items, parts[b"iloc"], data=data, inner=parts.get(b"idat", b""))
    read.properties = list(bmff.boxes(bmff.first(parts[b"iprp"], b"ipco")))
    for name, content in bmff.boxes(parts[b"iprp"]):
        if name == b"ipma":
            _associate(read.items, content)
    if b"iref" in parts:
        version, _, links = bmff.version_of(parts[b"iref"])
        size = 4 if version else 2
        for name, content in bmff.boxes(links):
            cursor = Cursor(content)
            source, count = cursor.number(size), cursor.number(2)
            read.links.append((name, source, [cursor.number(size) for _ in range(count)]))
    return read


def _items(content: bytes) -> dict[int, _Item]:
    version, _, rest = bmff.version_of(content)
    items: dict[int, _Item] = {}
    for name, entry in bmff.boxes(rest, start=4 if version else 2):
        form, _, about = bmff.version_of(entry)
        if name != b"infe" or form not in {2, 3} or len(items) > _MOST_ITEMS:
            raise Damaged
        cursor = Cursor(about)
        key = cursor.number(4 if form == 3 else 2)  # noqa: PLR2004 - version 3 has longer numbers
        cursor.take(2)
        items[key] = _Item(cursor.take(4))
    return items


def _locate(items: dict[int, _Item], content: bytes, *, data: bytes, inner: bytes) -> None:
    version, _, rest = bmff.version_of(content)
    cursor = Cursor(rest)
    sizes = cursor.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2  # noqa: PLR2004 - ISO/IEC 14496-12, 8.11.3
    total = 0
    for _ in range(cursor.number(wide)):
        key = cursor.number(wide)
        method = cursor.number(2) & 15 if version else _IN_FILE
        cursor.take(2)
        base = cursor.number(base_size)
        if method not in {_IN_FILE, _IN_META}:
            raise Uncleanable(Reason.NOT_CLEANED)
        source, parts = inner if method == _IN_META else data, []
        for _ in range(cursor.number(2)):
            cursor.take(index_size if version else 0)
            start, size = base + cursor.number(offset_size), cursor.number(length_size)
            parts.append(piece(source, start, size or len(source) - start))
            total += len(parts[-1])
            limits.insist_on_size(total)
        if key in items:
            items[key].method, items[key].data = method, b"".join(parts)


def _associate(items: dict[int, _Item], content: bytes) -> None:
    version, flags, rest = bmff.version_of(content)
    cursor = Cursor(rest)
    for _ in range(cursor.number(4)):
        item = items.get(cursor.number(4 if version else 2))
        for _ in range(cursor.number(1)):
            value = cursor.number(2 if flags & 1 else 1)
            if item is not None:
                item.properties.append(value if flags & 1 else (value & 0x80) << 8 | value & 0x7F)


def _kept(read: _Read) -> set[int]:
    """The picture, what it is put together from, and what makes it transparent."""
    kept, waiting = set[int](), [read.primary]
    while waiting:
        key = waiting.pop()
        item = read.items.get(key)
        if key in kept or item is None or item.kind not in _PICTURES:
            continue
        kept.add(key)
        for name, source, targets in read.links:
            if name == b"dimg" and source == key:
                waiting += targets
            if name == b"auxl" and key in targets and _is_alpha(read, source):
                waiting.append(source)
    if read.primary not in kept:
        raise Damaged
    return kept


def _is_alpha(read: _Read, key: int) -> bool:
    item = read.items.get(key)
    for value in item.properties if item else ():
        place = (value & 0x7FFF) - 1
        if 0 <= place < len(read.properties):
            name, content = read.properties[place]
            if name == b"auxC" and content[4:].startswith(_ALPHA):
                return True
    return False


def _betrayed(item: _Item) -> set[Found]:
    if item.kind == b"Exif":
        return exif.found(exif.bare(item.data[4 + int.from_bytes(item.data[:4], "big") :]))
    if item.kind == b"mime":
        return marks.of_xmp(item.data)
    # Another picture: a small one, how far away things are, how bright they were.
    return {Found.THUMBNAIL if item.kind in _PICTURES else Found.OTHER}


def _written(head: bytes, read: _Read, kept: set[int]) -> bytes:
    codecs = {key: _codec(read, read.items[key]) for key in kept}
    payload = {key: _payload(read.items[key], codecs[key]) for key in sorted(kept)}
    start = box(b"ftyp", head)
    places = dict.fromkeys(payload, 0)
    # Written twice: how long the table of places is does not hang on what stands in it.
    at = len(start) + len(_meta(read, payload, places)) + 8
    body = b""
    for key, content in payload.items():
        if read.items[key].method == _IN_FILE:
            places[key] = at + len(body)
            body += content
    return start + _meta(read, payload, places) + box(b"mdat", body)


def _payload(item: _Item, length_size: int) -> bytes:
    if item.kind in _FORMS and length_size:
        return nal.without_messages(item.data, codec=_FORMS[item.kind], length_size=length_size)
    return item.data


def _codec(read: _Read, item: _Item) -> int:
    """How many bytes the lengths of NAL units have (ISO/IEC 14496-15, 8.3.3.1); 0 where there are none."""
    for value in item.properties:
        place = (value & 0x7FFF) - 1
        name, content = read.properties[place] if 0 <= place < len(read.properties) else (b"", b"")
        if name in {b"hvcC", b"avcC"}:
            return (number(content, 21 if name == b"hvcC" else 4, 1) & 3) + 1
    return 0


def _meta(read: _Read, payload: dict[int, bytes], places: dict[int, int]) -> bytes:
    infos = [full(b"infe", struct.pack(">IH", key, 0), read.items[key].kind, b"\0", version=3) for key in payload]
    rows, inner = [], b""
    for key, content in payload.items():
        item, place = read.items[key], places[key]
        if item.method == _IN_META:
            place, inner = len(inner), inner + content
        rows.append(struct.pack(">IHHHII", key, item.method, 0, 1, place, len(content)))
    return full(
        b"meta",
        full(b"hdlr", bytes(4), b"pict", bytes(12), b"\0"),
        full(b"pitm", struct.pack(">I", read.primary), version=1),
        full(b"iinf", struct.pack(">I", len(infos)), *infos, version=1),
        full(b"iref", *_links(read, payload.keys()), version=1),
        box(b"iprp", box(b"ipco", *map(_property, *zip(*read.properties, strict=True))), _associations(read, payload)),
        full(b"iloc", struct.pack(">HI", 0x4400, len(rows)), *rows, version=2),
        *((box(b"idat", inner),) if inner else ()),
    )


def _links(read: _Read, kept: Container[int]) -> list[bytes]:
    made = []
    for name, source, targets in read.links:
        staying = [target for target in targets if target in kept]
        if source in kept and staying and name in {b"dimg", b"auxl", b"prem"}:
            made.append(box(name, struct.pack(">IH", source, len(staying)), struct.pack(f">{len(staying)}I", *staying)))
    return made


def _property(name: bytes, content: bytes) -> bytes:
    if name == b"colr" and content[:4] in {b"prof", b"rICC"}:
        profile = icc.cleaned(content[4:])
        return box(name, content[:4], profile) if profile else box(b"free")
    return box(name, content) if name in _PROPERTIES else box(b"free")


def _associations(read: _Read, payload: dict[int, bytes]) -> bytes:
    rows = []
    for key in payload:
        item = read.items[key]
        staying = [value for value in item.properties if _stays(read, value)]
        rows.append(struct.pack(f">IB{len(staying)}H", key, len(staying), *staying))
    return full(b"ipma", struct.pack(">I", len(rows)), *rows, version=1, flags=1)


def _stays(read: _Read, value: int) -> bool:
    place = (value & 0x7FFF) - 1
    if not 0 <= place < len(read.properties):
        raise Damaged
    name, content = read.properties[place]
    return not _property(name, content).endswith(b"free")
