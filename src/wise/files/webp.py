"""WebP (RFC 9649): the pictures' own chunks, byte for byte, and no other."""

from wise.files import exif, icc, limits, marks, riff
from wise.files.findings import Cleaned, Damaged, Found
from wise.files.reading import number, piece

_PICTURES = frozenset({b"VP8 ", b"VP8L"})
_IN_FRAMES = frozenset({b"ALPH", *_PICTURES})
_KEPT = frozenset({b"ANIM", *_IN_FRAMES})
_PROFILE, _EXIF, _XMP = 0x20, 0x08, 0x04
_FRAME_HEAD = 16


def clean(data: bytes) -> Cleaned:
    """A WebP with the same pixels; turned pictures keep the one entry that says which way is up."""
    found: set[Found] = {Found.EMBEDDED} if riff.is_followed(data) else set()
    head, body, flags, turned = b"", [], 0, 1
    profile = block = b""
    for name, content in riff.chunks(data):
        if name == b"VP8X" and not head:
            head = piece(content, 0, 10)
            limits.insist_on_pixels(number(head, 4, 3, little=True) + 1, number(head, 7, 3, little=True) + 1)
        elif name == b"ICCP":
            profile = icc.cleaned(content)
        elif name == b"EXIF":
            found |= exif.found(exif.bare(content))
            turned = exif.orientation(exif.bare(content))
        elif name == b"ANMF":
            body.append(riff.chunk(name, _frame(content)))
        elif name in _KEPT:
            body.append(riff.chunk(name, content))
        else:
            found |= marks.of_xmp(content) if name == b"XMP " else {Found.OTHER}
    if not any(chunk[:4] in _PICTURES | {b"ANMF"} for chunk in body):
        raise Damaged
    if not head:
        return Cleaned(riff.file(b"WEBP", body), found)
    block = exif.upright(turned)
    flags = head[0] & ~(_PROFILE | _EXIF | _XMP) | (_PROFILE if profile else 0) | (_EXIF if block else 0)
    parts = [riff.chunk(b"VP8X", bytes((flags,)) + bytes(3) + head[4:])]
    parts += [riff.chunk(b"ICCP", profile)] if profile else []
    parts += body
    parts += [riff.chunk(b"EXIF", block)] if block else []
    return Cleaned(riff.file(b"WEBP", parts), found)


def _frame(content: bytes) -> bytes:
    head = piece(content, 0, _FRAME_HEAD)
    inner = riff.chunks(content, start=_FRAME_HEAD, end=len(content))
    return head + b"".join(riff.chunk(name, part) for name, part in inner if name in _IN_FRAMES)
