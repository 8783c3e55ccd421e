"""Ogg (RFC 3533) with Opus (RFC 7845) or Vorbis: the sound, with the packet of comments written anew and empty."""

import struct
import zlib
from dataclasses import dataclass

from wise.files.findings import Cleaned, Damaged, Found, Reason, Uncleanable
from wise.files.reading import Cursor, number

_CAPTURE = b"OggS"
_HEADS = {b"OpusHead": (b"OpusTags", 2), b"\1vorbis": (b"\3vorbis", 3)}
_KEYS = {
    b"ARTIST": Found.AUTHOR,
    b"PERFORMER": Found.AUTHOR,
    b"COPYRIGHT": Found.AUTHOR,
    b"DATE": Found.DATES,
    b"ENCODER": Found.SOFTWARE,
    b"LOCATION": Found.PLACE,
    b"METADATA_BLOCK_PICTURE": Found.THUMBNAIL,
}
_CONTINUED, _FIRST, _FULL = 1, 2, 255


@dataclass(slots=True)
class _Page:
    """One page: its flags, the time it ends at, its stream, the lengths of its segments and their bytes."""

    flags: int
    time: bytes
    stream: bytes
    lacing: bytes
    body: bytes


def clean(data: bytes) -> Cleaned:
    """The same sound."""
    pages, end = _pages(data)
    if not pages or len({page.stream for page in pages}) != 1:
        raise Uncleanable(Reason.NOT_CLEANED)
    head = next((head for head in _HEADS if pages[0].body.startswith(head)), None)
    if head is None:
        raise Uncleanable(Reason.NOT_CLEANED)
    mark, headers = _HEADS[head]
    packets, used = _packets(pages, headers)
    if not packets[1].startswith(mark):
        raise Damaged
    found = _told(packets[1][len(mark) :])
    if data[end:].strip(b"\0"):
        found.add(Found.EMBEDDED)
    # An empty list of comments, with no maker: RFC 7845, 5.2; Vorbis ends it with a bit of framing.
    packets[1] = mark + bytes(8) + (b"\1" if mark[:1] == b"\3" else b"")
    first = [_Page(_FIRST, bytes(8), b"", _lacing(packets[0]), packets[0])]
    rest = packets[1:]
    lacing = b"".join(map(_lacing, rest))
    if len(lacing) > _FULL:
        raise Uncleanable(Reason.NOT_CLEANED)
    first.append(_Page(0, bytes(8), b"", lacing, b"".join(rest)))
    body = [*first, *pages[used:]]
    return Cleaned(b"".join(_written(page, order) for order, page in enumerate(body)), found)


def _pages(data: bytes) -> tuple[list[_Page], int]:
    cursor, pages = Cursor(data), []
    while data[cursor.at : cursor.at + 4] == _CAPTURE:
        head = cursor.take(27)
        lacing = cursor.take(head[26])
        pages.append(_Page(head[5], head[6:14], head[14:18], lacing, cursor.take(sum(lacing))))
    return pages, cursor.at


def _packets(pages: list[_Page], count: int) -> tuple[list[bytes], int]:
    """The first packets, and how many pages they fill; they end with a page (RFC 7845, 3; Vorbis I, A.2)."""
    packets, current = list[bytes](), b""
    for used, page in enumerate(pages, start=1):
        at = 0
        for size in page.lacing:
            current += page.body[at : at + size]
            at += size
            if size < _FULL:
                packets.append(current)
                current = b""
        if len(packets) >= count:
            if len(packets) > count or current:
                raise Uncleanable(Reason.NOT_CLEANED)
            return packets, used
    raise Damaged


def _told(comments: bytes) -> set[Found]:
    cursor = Cursor(comments)
    maker = cursor.take(number(cursor.take(4), 0, 4, little=True))
    found = {Found.SOFTWARE} if maker else set()
    for _ in range(number(cursor.take(4), 0, 4, little=True)):
        key = cursor.take(number(cursor.take(4), 0, 4, little=True)).partition(b"=")[0].upper()
        found.add(_KEYS.get(key, Found.COMMENTS))
    return found


def _lacing(packet: bytes) -> bytes:
    return bytes((_FULL,)) * (len(packet) // _FULL) + bytes((len(packet) % _FULL,))


def _written(page: _Page, order: int) -> bytes:
    head = b"OggS\0" + bytes((page.flags,)) + page.time + b"WiSe" + struct.pack("<I", order)
    tail = bytes((len(page.lacing),)) + page.lacing + page.body
    return head + struct.pack("<I", _checksum(head + bytes(4) + tail)) + tail


_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def _checksum(page: bytes) -> int:
    """The page's checksum (RFC 3533, 6): a CRC-32 with its bits the other way round than zlib's, begun with zeros."""
    value = zlib.crc32(page.translate(_MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{value:032b}"[::-1], 2)
