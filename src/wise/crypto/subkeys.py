"""Everything the server knows by itself, derived from its one secret by label: HKDF-SHA256 (RFC 5869)."""

import enum
import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wise.crypto.encoding import VERSION, encode

SECRET_BYTES = 32

_TOO_SHORT = "the server secret has at least 32 bytes"


class Label(enum.StrEnum):
    """What a subkey is for; a label never changes its meaning."""

    REGISTER = "register"
    PSEUDONYM = "pseudonym"
    PEPPER = "pepper"
    DIRECTORY = "directory"
    SESSION_ID = "session-id"
    SESSION_KEY = "session-key"
    LOG = "log"
    GATEWAY = "gateway"
    DATABASE = "database"
    DJANGO = "django"
    LETTER = "letter"


def subkey(secret: bytes, label: Label, *, length: int = 32) -> bytes:
    """Derive the subkey of a label; a secret shorter than 32 bytes is a `ValueError`."""
    if len(secret) < SECRET_BYTES:
        raise ValueError(_TOO_SHORT)
    info = encode(VERSION, "subkey", label.value)
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(secret)


def own_key(seed: bytes, purpose: str) -> bytes:
    """32 bytes that only the holder of a private key can derive from its seed; a purpose never changes its meaning."""
    info = encode(VERSION, "own key", purpose)
    return HKDF(algorithm=hashes.SHA256(), length=SECRET_BYTES, salt=None, info=info).derive(seed)


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256 (RFC 2104)."""
    return hmac.digest(key, message, hashlib.sha256)


def same(a: bytes, b: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(a, b)
