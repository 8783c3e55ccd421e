"""TIFF 6.0: each page with the entries that make its picture; strips byte for byte, everything else is left out."""

import struct

from wise.files import exif, icc, jpeg, limits, marks
from wise.files.exif import Entry
from wise.files.findings import Cleaned, Damaged, Found, Reason, Uncleanable
from wise.files.reading import number, piece

_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 273, 279, 324, 325
_COMPRESSION, _TABLES, _PROFILE = 259, 347, 34675
_OLD_JPEG, _JPEG = 6, 7
_DNG = 50706
_XMP, _IPTC, _RESOURCES = 700, 33723, 34377
# How a page is stored and shown; the places of its strips are written anew.
_KEPT = frozenset(
    {254, 255, 256, 257, 258, _COMPRESSION, 262, 263, 266, 274, 277, 278, 280, 281, 282, 283, 284, 290, 291, 292, 293}
    | {296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 332, 334, 336, 338, 339, 340, 341, _TABLES}
    | {529, 530, 531, 532}
)
_TELLERS = {_XMP: marks.of_xmp, _IPTC: marks.of_iptc, _RESOURCES: marks.of_iptc}
_SILENT = _KEPT | {_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES, _PROFILE, 330, *_TELLERS}
_MOST_PAGES = 1_000
_FORMS = {1: "B", 3: "H", 4: "I"}


def clean(data: bytes) -> Cleaned:
    """A TIFF with the same pages."""
    little = exif.is_little(data)
    order = "<" if little else ">"
    found: set[Found] = set()
    out = bytearray(data[:4] + bytes(4))
    at, link, pages = number(data, 4, 4, little=little), 4, 0
    while at:
        pages += 1
        if pages > _MOST_PAGES:  # the chain of pages bites its own tail
            raise Damaged
        entries, at = exif.directory(data, at, little=little)
        found |= _betrayed(data, entries, little=little)
        link = _append(out, _page(data, entries, order=order), link=link, order=order)
    return Cleaned(bytes(out), found)


def _page(data: bytes, entries: list[Entry], *, order: str) -> tuple[list[Entry], int, list[bytes]]:
    """The entries that stay, the tag that tells where the strips are, and the strips."""
    by_tag = {entry.tag: entry for entry in entries}

    def numbers(tag: int) -> tuple[int, ...]:
        entry = by_tag.get(tag)
        if entry is None or entry.form not in _FORMS:
            raise Damaged
        return struct.unpack(f"{order}{entry.count}{_FORMS[entry.form]}", entry.value)

    compression = numbers(_COMPRESSION)[0] if _COMPRESSION in by_tag else 1
    if compression == _OLD_JPEG or _DNG in by_tag:
        raise Uncleanable(Reason.NOT_CLEANED)
    limits.insist_on_pixels(numbers(256)[0], numbers(257)[0])
    places, sizes = (_TILES, _TILE_SIZES) if _TILES in by_tag else (_STRIPS, _STRIP_SIZES)
    limits.insist_on_size(sum(numbers(sizes)))
    strips = [piece(data, start, size) for start, size in zip(numbers(places), numbers(sizes), strict=True)]
    if compression == _JPEG:
        strips = [jpeg.stripped(strip) for strip in strips]
    kept = [_safe(entry) for entry in entries if entry.tag in _KEPT]
    if _PROFILE in by_tag and (profile := icc.cleaned(by_tag[_PROFILE].value)):
        kept.append(Entry(_PROFILE, 7, len(profile), profile))
    kept.append(_longs(sizes, [len(strip) for strip in strips], order))
    return kept, places, strips


def _safe(entry: Entry) -> Entry:
    if entry.tag != _TABLES:
        return entry
    tables = jpeg.stripped(entry.value)
    return Entry(entry.tag, entry.form, len(tables), tables)


def _betrayed(data: bytes, entries: list[Entry], *, little: bool) -> set[Found]:
    found = exif.told_by(data, entries, little=little, silent=_SILENT)
    for entry in entries:
        if entry.tag in _TELLERS:
            found |= _TELLERS[entry.tag](entry.value)
    return found


def _append(out: bytearray, page: tuple[list[Entry], int, list[bytes]], *, link: int, order: str) -> int:
    """Write a page to the end; returns where the place of the next one is to be written."""
    kept, places, strips = page
    starts = []
    for strip in strips:
        out += bytes(len(out) % 2)
        starts.append(len(out))
        out += strip
    entries = sorted([*kept, _longs(places, starts, order)], key=lambda entry: entry.tag)
    rows = b""
    for entry in entries:
        value = entry.value.ljust(4, b"\0")
        if len(value) > 4:  # noqa: PLR2004 - TIFF 6.0, 2: what fits stands in the entry itself
            out += bytes(len(out) % 2)
            place = struct.pack(f"{order}I", len(out))
            out += value
            value = place
        rows += struct.pack(f"{order}HHI", entry.tag, entry.form, entry.count) + value
    out += bytes(len(out) % 2)
    struct.pack_into(f"{order}I", out, link, len(out))
    out += struct.pack(f"{order}H", len(entries)) + rows + bytes(4)
    return len(out) - 4


def _longs(tag: int, values: list[int], order: str) -> Entry:
    return Entry(tag, 4, len(values), struct.pack(f"{order}{len(values)}I", *values))
