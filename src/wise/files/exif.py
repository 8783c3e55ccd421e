"""What an Exif block tells (JEITA CP-3451; TIFF 6.0), and the only one that is written: which way is up."""

import struct
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from wise.files.findings import Damaged, Found
from wise.files.reading import number, piece

HEAD = b"Exif\0\0"
_ORIENTATION = 0x0112
_EXIF, _GPS = 0x8769, 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MOST_ENTRIES = 2_000
_ENTRY = 12
# Tags that say how a picture is stored; what remains is named below, or is `OTHER`.
SILENT = frozenset(
    {0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0111, 0x0115, 0x0116, 0x0117, 0x011A, 0x011B, 0x011C, 0x0128, 0x0213}
    | {_ORIENTATION, _EXIF, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003, 0xA005}
)
TELLS: Mapping[int, Found] = {
    0x010F: Found.CAMERA,  # make
    0x0110: Found.CAMERA,  # model
    0xA433: Found.CAMERA,  # lens
    0xA434: Found.CAMERA,
    0xA431: Found.SERIAL,  # of the camera
    0xA435: Found.SERIAL,  # of the lens
    0xA420: Found.SERIAL,  # the picture's own number
    0xC62F: Found.SERIAL,
    0x013B: Found.AUTHOR,
    0x8298: Found.AUTHOR,  # copyright
    0xA430: Found.AUTHOR,  # the camera's owner
    0x9C9D: Found.AUTHOR,
    0x0131: Found.SOFTWARE,
    0x000B: Found.SOFTWARE,
    0x013C: Found.SOFTWARE,  # the computer
    0x0132: Found.DATES,
    0x9003: Found.DATES,
    0x9004: Found.DATES,
    0x9010: Found.DATES,  # the time zone
    0x9011: Found.DATES,
    0x9012: Found.DATES,
    0x010D: Found.COMMENTS,  # the document's name
    0x010E: Found.COMMENTS,
    0x9286: Found.COMMENTS,
    0x9C9B: Found.COMMENTS,
    0x9C9C: Found.COMMENTS,
    0x9C9E: Found.COMMENTS,
    0x9C9F: Found.COMMENTS,
    _GPS: Found.PLACE,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a directory: its tag, its type, how many values, and their bytes."""

    tag: int
    form: int
    count: int
    value: bytes


def found(block: bytes) -> set[Found]:
    """What the block betrays; a block that cannot be read betrays something else, and goes as well."""
    try:
        little = is_little(block)
        first, following = directory(block, number(block, 4, 4, little=little), little=little)
        tells = told_by(block, first, little=little)
    except Damaged:
        return {Found.OTHER}
    return tells | ({Found.THUMBNAIL} if following else set())


def told_by(block: bytes, entries: Iterable[Entry], *, little: bool, silent: Container[int] = SILENT) -> set[Found]:
    """What these entries betray, with those that they lead to."""
    told: set[Found] = set()
    for entry in entries:
        if entry.tag == _EXIF and entry.count == 1:
            inner, _ = directory(block, int.from_bytes(entry.value, _order(little)), little=little)
            told |= {TELLS.get(one.tag, Found.OTHER) for one in inner if one.tag not in SILENT and _says(one)}
        elif entry.tag not in silent and _says(entry):
            told.add(TELLS.get(entry.tag, Found.OTHER))
    return told


def orientation(block: bytes) -> int:
    """Which way is up, from 1 (as it is) to 8; 1 where the block does not say."""
    try:
        little = is_little(block)
        first, _ = directory(block, number(block, 4, 4, little=little), little=little)
        turned = next((int.from_bytes(e.value, _order(little)) for e in first if e.tag == _ORIENTATION), 1)
    except Damaged:
        return 1
    return turned if turned in range(1, 9) else 1


def upright(turned: int) -> bytes:
    """A block that says which way is up, and nothing else; empty where that needs no saying."""
    if turned == 1:
        return b""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)


def bare(block: bytes) -> bytes:
    """The block without the head that some writers put before it."""
    return block.removeprefix(HEAD)


def is_little(block: bytes) -> bool:
    """Whether numbers stand with the smallest byte first; `Damaged` for what is no TIFF block."""
    head = piece(block, 0, 4)
    if head not in {b"II*\0", b"MM\0*"}:
        raise Damaged
    return head[:1] == b"I"


def directory(block: bytes, at: int, *, little: bool) -> tuple[list[Entry], int]:
    """The entries of a directory, and where the next directory lies (0: nowhere)."""
    count = number(block, at, 2, little=little)
    if count > _MOST_ENTRIES:
        raise Damaged
    entries = list(_entries(block, at + 2, count, little=little))
    end = at + 2 + count * _ENTRY
    return entries, number(block, end, 4, little=little) if end + 4 <= len(block) else 0


def _entries(block: bytes, at: int, count: int, *, little: bool) -> Iterator[Entry]:
    for start in range(at, at + count * _ENTRY, _ENTRY):
        tag, form = number(block, start, 2, little=little), number(block, start + 2, 2, little=little)
        many = number(block, start + 4, 4, little=little)
        size = _SIZES.get(form, 0) * many
        place = start + 8 if size <= 4 else number(block, start + 8, 4, little=little)  # noqa: PLR2004 - TIFF 6.0, 2
        yield Entry(tag, form, many, piece(block, place, size))


def _says(entry: Entry) -> bool:
    return bool(entry.value.strip(b"\0 "))


def _order(little: bool) -> Literal["little", "big"]:  # noqa: FBT001 - the one question
    return "little" if little else "big"
