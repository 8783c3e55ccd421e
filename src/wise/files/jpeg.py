"""JPEG (ITU-T T.81): the pictures' own segments, byte for byte, and no other. What follows the end is left out."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from wise.files import exif, icc, limits, marks
from wise.files.findings import Cleaned, Damaged, Found
from wise.files.reading import number, piece

_SOI, _EOI, _SOS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP13, _APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Frames, tables, lines and scans: all that a decoder needs.
_KEPT = _FRAMES | {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, _SOS}
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_ICC = b"ICC_PROFILE\0"
_XMP = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
_MOST_IN_SEGMENT = 65_519


@dataclass(slots=True)
class _Told:
    """What the segments say that are not kept as they are."""

    found: set[Found] = field(default_factory=set)
    profile: list[bytes] = field(default_factory=list)
    turned: int = 1


def clean(data: bytes) -> Cleaned:
    """A JPEG with the same pixels; turned pictures keep the one entry that says which way is up."""
    told, head, picture = _Told(), [], []
    frames = scans = 0
    end = 2
    for marker, segment, after in _segments(data):
        end = after
        if marker in _KEPT:
            picture.append(segment)
            frames, scans = frames + (marker in _FRAMES), scans + (marker == _SOS)
            if marker in _FRAMES:
                limits.insist_on_pixels(number(segment, 5, 2), number(segment, 7, 2))
        else:
            head.append(_header(marker, segment[4:], told))
    if frames != 1 or not scans:
        raise Damaged
    if data[end:].strip(b"\0\n\r "):
        told.found.add(Found.EMBEDDED)
    if turned := exif.upright(told.turned):
        head.append(_segment(_APP1, exif.HEAD + turned))
    head.extend(_profile(told.profile))
    return Cleaned(b"".join((b"\xff\xd8", *head, *picture, b"\xff\xd9")), told.found)


def stripped(data: bytes) -> bytes:
    """The same for a strip of a TIFF, whose tables lie elsewhere."""
    kept = [segment for marker, segment, _ in _segments(data) if marker in _KEPT or marker == _APP14]
    return b"".join((b"\xff\xd8", *kept, b"\xff\xd9"))


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Each marker with its segment (a scan with its data) and where that ends; up to the end of the picture."""
    if data[:2] != b"\xff\xd8":
        raise Damaged
    at = 2
    while at < len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - every marker begins with it
            raise Damaged
        while number(data, at + 1, 1) == 0xFF:  # noqa: PLR2004 - fill bytes
            at += 1
        marker = number(data, at + 1, 1)
        if marker == _EOI:
            yield marker, b"", at + 2
            return
        end = at + 2 + number(data, at + 2, 2)
        piece(data, at, end - at)
        if marker == _SOS:
            last = _END_OF_SCAN.search(data, end)
            # A scan that was cut short is shown by every viewer as far as it goes; so it is here.
            end = last.start() if last else len(data)
        yield marker, data[at:end], end
        at = end


def _header(marker: int, content: bytes, told: _Told) -> bytes:
    """What stays of a segment that is not the picture's own: the density of its points, how colours are stored."""
    if marker == _APP0 and content[:5] == b"JFIF\0" and len(content) >= 14:  # noqa: PLR2004 - T.871, 10.1
        if content[12:14] != b"\0\0":
            told.found.add(Found.THUMBNAIL)
        return _segment(_APP0, content[:12] + b"\0\0")
    if marker == _APP14 and content[:5] == b"Adobe" and len(content) >= 12:  # noqa: PLR2004 - T.872, 6.5.3
        return _segment(_APP14, content[:12])
    if marker == _APP2 and content.startswith(_ICC):
        told.profile.append(content[len(_ICC) :])
    elif marker == _APP1 and content.startswith(exif.HEAD[:4]):
        block = content[len(exif.HEAD) :]
        told.found |= exif.found(block)
        told.turned = exif.orientation(block)
    elif marker != _EOI:
        told.found |= _betrayed(marker, content)
    return b""


def _betrayed(marker: int, content: bytes) -> set[Found]:
    if marker == _APP1 and content.startswith(_XMP):
        return marks.of_xmp(content)
    if marker == _APP13:
        return marks.of_iptc(content)
    if marker == _COMMENT:
        return {Found.COMMENTS}
    if content[:4] == b"MPF\0":  # the beginnings of the pictures that follow the first
        return {Found.EMBEDDED}
    return {Found.THUMBNAIL if content[:5] == b"JFXX\0" else Found.OTHER}


def _profile(parts: list[bytes]) -> Iterator[bytes]:
    """The colour profile, in as many segments as it needs (ICC.1:2022, B.4)."""
    profile = icc.cleaned(b"".join(part[2:] for part in sorted(parts)))
    pieces = [profile[at : at + _MOST_IN_SEGMENT] for at in range(0, len(profile), _MOST_IN_SEGMENT)]
    for place, part in enumerate(pieces, start=1):
        yield _segment(_APP2, _ICC + bytes((place, len(pieces))) + part)


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
