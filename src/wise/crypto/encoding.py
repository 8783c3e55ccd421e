"""One canonical encoding of parts into bytes: two different lists of parts never give the same bytes."""

import uuid

type Part = str | bytes | int | uuid.UUID | None

VERSION = "wise/1"

_NO_PART = "a part is text, bytes, a whole number or a UUID"


def encode(*parts: Part) -> bytes:
    """Join parts, each as a type byte, its length as 8 bytes (big endian) and its bytes."""
    return b"".join(_encode(part) for part in parts)


def _encode(part: Part) -> bytes:
    kind, body = _typed(part)
    return kind + len(body).to_bytes(8, "big") + body


def _typed(part: Part) -> tuple[bytes, bytes]:
    match part:
        case None:
            return b"n", b""
        case bool():
            # True would pass as 1: a caller that means a flag says so in words.
            raise TypeError(_NO_PART)
        case str():
            return b"s", part.encode()
        case bytes():
            return b"b", part
        case int():
            return b"i", str(part).encode()
        case uuid.UUID():
            return b"u", part.bytes
        case _:
            raise TypeError(_NO_PART)
