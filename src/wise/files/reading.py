"""Bytes taken apart with every length checked: what ends too early is damaged, whatever it says of itself."""

import struct

from wise.files.findings import Damaged


def piece(data: bytes, start: int, size: int) -> bytes:
    """So many bytes from there; `Damaged` where they are not all there."""
    if start < 0 or size < 0 or start + size > len(data):
        raise Damaged
    return data[start : start + size]


def number(data: bytes, start: int, size: int, *, little: bool = False) -> int:
    """An unsigned number of so many bytes, big endian unless `little`."""
    return int.from_bytes(piece(data, start, size), "little" if little else "big")


class Cursor:
    """A place in some bytes that moves on as they are read."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at = data, at

    @property
    def left(self) -> int:
        """Bytes not yet read."""
        return len(self.data) - self.at

    def take(self, size: int) -> bytes:
        """The next bytes."""
        taken = piece(self.data, self.at, size)
        self.at += size
        return taken

    def number(self, size: int) -> int:
        """The next number, big endian."""
        return int.from_bytes(self.take(size), "big")

    def text(self) -> bytes:
        """The next bytes up to a NUL, without it; the rest where there is none."""
        end = self.data.find(b"\0", self.at)
        end = len(self.data) if end < 0 else end
        taken, self.at = self.data[self.at : end], min(end + 1, len(self.data))
        return taken


def table(data: bytes, start: int, count: int, form: str) -> tuple[int, ...]:
    """So many numbers of a `struct` form (one character, big endian) from there."""
    size = struct.calcsize(f">{form}")
    if count * size > len(data) - start:
        raise Damaged
    return struct.unpack_from(f">{count}{form}", data, start)
