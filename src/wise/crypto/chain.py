"""One line of a log upon the last: who changes, drops or moves a line changes every digest after it."""

import hashlib
from collections.abc import Mapping

from wise.crypto.encoding import VERSION, encode

DIGEST_BYTES = 32
GENESIS = bytes(DIGEST_BYTES)


def digest(previous: bytes, *, sequence: int, label: str, fields: Mapping[str, str | int | bytes | None]) -> bytes:
    """SHA-256 over version, previous digest, sequence, label and all fields, in the order of their names."""
    named = [part for name in sorted(fields) for part in (name, fields[name])]
    return hashlib.sha256(
        encode(VERSION, "chain", previous, sequence, label, len(fields), *named),
    ).digest()
