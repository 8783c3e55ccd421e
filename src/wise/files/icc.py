"""Colour profiles (ICC.1:2022) with the colours alone: who made one, when, and for which screen is left out."""

import struct

from wise.files.findings import Damaged
from wise.files.reading import number, piece

_HEADER = 128
_SMALLEST = _HEADER + 4
_MOST_TAGS = 100
LARGEST = 4 * 1024 * 1024
# What turns numbers into colours. Names of makers, models, screens and calibrations are not among it.
_COLOURS = frozenset(
    {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"chrm", b"lumi"}
    | {b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"B2D0", b"gamt", b"cicp"}
)
_NAMES = {b"desc": b"RGB", b"cprt": b"-"}


def cleaned(profile: bytes) -> bytes:
    """The profile with its colours, plain names, and no dates or makers; empty where it cannot be read."""
    try:
        return _rebuilt(profile)
    except Damaged:
        return b""


def _rebuilt(profile: bytes) -> bytes:
    if len(profile) < _SMALLEST or len(profile) > LARGEST or profile[36:40] != b"acsp":
        raise Damaged
    count = number(profile, _HEADER, 4)
    if count > _MOST_TAGS:
        raise Damaged
    tags: dict[bytes, bytes] = {}
    for at in range(_SMALLEST, _SMALLEST + count * 12, 12):
        tag = piece(profile, at, 4)
        if tag in _COLOURS:
            tags[tag] = piece(profile, number(profile, at + 4, 4), number(profile, at + 8, 4))
    tags |= {tag: _text(name, since_4=profile[8] >= 4) for tag, name in _NAMES.items()}  # noqa: PLR2004 - version 4
    return _written(_header(profile), tags)


def _header(profile: bytes) -> bytes:
    head = bytearray(profile[:_HEADER])
    # The module that made it, the day, the platform, maker and model of the device, the creator, and the checksum.
    for start, end in ((4, 8), (24, 36), (40, 44), (48, 56), (80, 128)):
        head[start:end] = bytes(end - start)
    return bytes(head)


def _text(name: bytes, *, since_4: bool) -> bytes:
    if since_4:
        wide = name.decode().encode("utf-16-be")
        return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(wide), 28) + wide
    if name == _NAMES[b"cprt"]:
        return b"text\0\0\0\0" + name + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + bytes(1 + 4 + 4 + 2 + 1 + 67)


def _written(head: bytes, tags: dict[bytes, bytes]) -> bytes:
    index, body = b"", b""
    start = _SMALLEST + len(tags) * 12
    places: dict[bytes, int] = {}
    for tag, value in tags.items():
        # Three curves are often one: they may share their place, as they did.
        if value not in places:
            places[value] = start + len(body)
            body += value + bytes(-len(value) % 4)
        index += tag + struct.pack(">II", places[value], len(value))
    whole = head + struct.pack(">I", len(tags)) + index + body
    return struct.pack(">I", len(whole)) + whole[4:]
