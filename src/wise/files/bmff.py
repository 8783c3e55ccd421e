"""Boxes of the ISO base media file format (ISO/IEC 14496-12): taken apart, and put together again."""

import struct
from collections.abc import Iterator

from wise.files.findings import Damaged
from wise.files.reading import number, piece

_FULL = 4


def boxes(data: bytes, *, start: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each box from there on."""
    for name, begin, end in places(data, start=start):
        yield name, data[begin:end]


def places(data: bytes, *, start: int = 0) -> Iterator[tuple[bytes, int, int]]:
    """Name of each box, where its content begins and where it ends."""
    at = start
    while at + 8 <= len(data):
        size, name, head = number(data, at, 4), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = number(data, at + 8, 8), 16
        elif size == 0:
            # The last box goes to the end; in QuickTime four zeros may end a list of boxes.
            if name == bytes(4):
                return
            size = len(data) - at
        if size < head or at + size > len(data):
            raise Damaged
        yield name, at + head, at + size
        at += size


def first(data: bytes, name: bytes, *, start: int = 0) -> bytes:
    """The content of the first box of this name; `Damaged` where there is none."""
    for found, content in boxes(data, start=start):
        if found == name:
            return content
    raise Damaged


def box(name: bytes, *contents: bytes) -> bytes:
    """One box."""
    content = b"".join(contents)
    return struct.pack(">I", len(content) + 8) + name + content


def full(name: bytes, *contents: bytes, version: int = 0, flags: int = 0) -> bytes:
    """One box with a version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *contents)


def version_of(content: bytes) -> tuple[int, int, bytes]:
    """The version and the flags of a full box, and what follows them."""
    head = number(content, 0, 4)
    return head >> 24, head & 0xFFFFFF, piece(content, _FULL, len(content) - _FULL)
