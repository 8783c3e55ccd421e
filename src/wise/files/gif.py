"""GIF (GIF89a): frames, their timing and the number of rounds; comments and what programs add are left out."""

from wise.files import limits
from wise.files.findings import Cleaned, Damaged, Found
from wise.files.reading import Cursor, number

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_TIMING, _COMMENT, _PROGRAM = 0xF9, 0xFE, 0xFF
_ROUNDS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def clean(data: bytes) -> Cleaned:
    """A GIF with the same frames."""
    found: set[Found] = set()
    limits.insist_on_pixels(number(data, 6, 2, little=True), number(data, 8, 2, little=True))
    cursor = Cursor(data)
    out = [cursor.take(13)]
    out.append(cursor.take(_colours(out[0][10])))
    frames = 0
    while (introducer := cursor.number(1)) != _END:
        if introducer == _IMAGE:
            head = cursor.take(9)
            colours = cursor.take(_colours(head[8]))
            size = cursor.take(1)
            out.append(bytes((_IMAGE,)) + head + colours + size + _blocks(cursor))
            frames += 1
        elif introducer == _EXTENSION:
            label = cursor.number(1)
            out.append(_extension(label, _blocks(cursor), found))
        else:
            raise Damaged
    if not frames:
        raise Damaged
    if data[cursor.at :].strip(b"\0"):
        found.add(Found.EMBEDDED)
    return Cleaned(b"".join((*out, bytes((_END,)))), found)


def _extension(label: int, blocks: bytes, found: set[Found]) -> bytes:
    if label == _TIMING or (label == _PROGRAM and blocks[1:12] in _ROUNDS):
        return bytes((_EXTENSION, label)) + blocks
    if label == _PROGRAM and blocks[1:12] == b"ICCRGBG1012":
        return b""
    found.add(Found.COMMENTS if label == _COMMENT else Found.OTHER)
    return b""


def _colours(packed: int) -> int:
    """Bytes of the table of colours that these flags speak of."""
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _blocks(cursor: Cursor) -> bytes:
    """A chain of blocks with its end."""
    start = cursor.at
    while size := cursor.number(1):
        cursor.take(size)
    return cursor.data[start : cursor.at]
