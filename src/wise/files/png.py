"""PNG (ISO/IEC 15948): the chunks that make the picture, and no other; the data of a picture cropped away goes too."""

import struct
import zlib
from collections.abc import Iterator

from wise.files import exif, icc, limits, marks
from wise.files.findings import Cleaned, Damaged, Found, Reason, Uncleanable
from wise.files.reading import number, piece

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIXELS = b"IDAT"
_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"cICP", b"mDCV"}
    | {b"cLLI", b"acTL", b"fcTL", b"fdAT"}
)
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_XMP = b"XML:com.adobe.xmp\0"
# What the keyword of a text says about it (ISO/IEC 15948, 11.3.3.2).
_KEYWORDS = {
    b"Author": Found.AUTHOR,
    b"Copyright": Found.AUTHOR,
    b"Creation Time": Found.DATES,
    b"Software": Found.SOFTWARE,
    b"Source": Found.CAMERA,
    b"date:create": Found.DATES,
    b"date:modify": Found.DATES,
}
_STEP = 1024 * 1024


def clean(data: bytes) -> Cleaned:
    """A PNG with the same pixels; animations keep their frames."""
    chunks = list(_chunks(data))
    names = [name for name, _ in chunks]
    if names[0] != b"IHDR" or _PIXELS not in names:
        raise Damaged
    limits.insist_on_pixels(number(chunks[0][1], 0, 4), number(chunks[0][1], 4, 4))
    end = len(SIGNATURE) + sum(12 + len(content) for _, content in chunks)
    found = {Found.EMBEDDED} if data[end:].strip(b"\0") else set()
    pixels = b"".join(content for name, content in chunks if name == _PIXELS)
    if (used := _used(pixels)) < len(pixels):
        found.add(Found.EMBEDDED)
    out, first = [SIGNATURE], names.index(_PIXELS)
    for place, (name, content) in enumerate(chunks):
        if place == first:
            out.append(_chunk(_PIXELS, pixels[:used]))
        elif name in _KEPT and (name != b"fdAT" or b"acTL" in names):
            out.append(_chunk(name, content))
        elif name != _PIXELS:
            out.append(_header(name, content, found))
    return Cleaned(b"".join(out), found)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(SIGNATURE), b""
    while name != b"IEND":
        size, name = number(data, at, 4), piece(data, at + 4, 4)
        yield name, piece(data, at + 8, size)
        at += 12 + size


def _used(pixels: bytes) -> int:
    """How many of these bytes the picture is made of: what follows is left from another one, or put there."""
    unpacking, size, waiting = zlib.decompressobj(), 0, pixels
    try:
        while waiting and not unpacking.eof:
            size += len(unpacking.decompress(waiting, _STEP))
            waiting = unpacking.unconsumed_tail
            if size > limits.MOST_PIXELS * 8:
                raise Uncleanable(Reason.TOO_BIG)
    except zlib.error:
        raise Damaged from None
    if not unpacking.eof:
        raise Damaged
    return len(pixels) - len(unpacking.unused_data)


def _header(name: bytes, content: bytes, found: set[Found]) -> bytes:
    """What stays of a chunk that is not the picture's own: its colours, which way is up."""
    if name == b"iCCP":
        return _profile(content)
    if name == b"eXIf":
        found |= exif.found(content)
        turned = exif.upright(exif.orientation(content))
        return _chunk(name, turned) if turned else b""
    if name in _TEXTS:
        keyword = content.partition(b"\0")[0]
        found |= marks.of_xmp(content) if content.startswith(_XMP) else {_KEYWORDS.get(keyword, Found.COMMENTS)}
    elif name == b"tIME":
        found.add(Found.DATES)
    elif name not in {b"hIST", b"sPLT", b"iDOT"}:  # how colours are spread, how one maker packs: nothing told by them
        found.add(Found.OTHER)
    return b""


def _profile(content: bytes) -> bytes:
    packed = content.partition(b"\0")[2]
    try:
        profile = icc.cleaned(zlib.decompressobj().decompress(packed[1:], icc.LARGEST))
    except zlib.error:
        return b""
    return _chunk(b"iCCP", b"RGB\0\0" + zlib.compress(profile)) if profile else b""


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
