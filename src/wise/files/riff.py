"""RIFF: chunks with a name, a length and perhaps a byte of padding (Microsoft and IBM, 1991)."""

import struct
from collections.abc import Iterator

from wise.files.reading import number, piece

HEAD = 12


def chunks(data: bytes, *, start: int = HEAD, end: int | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk from there to the end that the file gives itself."""
    at = start
    end = min(8 + number(data, 4, 4, little=True), len(data)) if end is None else end
    while at + 8 <= end:
        size = number(data, at + 4, 4, little=True)
        yield piece(data, at, 4), piece(data, at + 8, size)
        at += 8 + size + size % 2


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk, padded."""
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def file(form: bytes, parts: list[bytes]) -> bytes:
    """A whole file of this form."""
    body = form + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def is_followed(data: bytes) -> bool:
    """Whether something lies behind the end that the file gives itself."""
    size = number(data, 4, 4, little=True)
    return bool(data[8 + size + size % 2 :].strip(b"\0"))
