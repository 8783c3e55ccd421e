"""Codes that work once: those of an authenticator app, and the recovery codes of whoever lost it.

An app's code is TOTP (RFC 6238) as every app knows it: HMAC-SHA1, six digits, a new one every 30 seconds. The code
before and the one after are taken too, since clocks differ.
"""

import base64
import re
import secrets
import unicodedata

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from wise.crypto.numbers import ALPHABET
from wise.crypto.subkeys import same

SECRET_BYTES = 20  # what RFC 4226 recommends for HMAC-SHA1
PERIOD = 30  # seconds
DIGITS = 6
TOLERANCE = 1  # steps, before and after
RECOVERY_BITS = 80

_RECOVERY_SIGNS = RECOVERY_BITS // 5
_GROUP = 4
_JOINTS = re.compile(r"[\s\-_.\u2010-\u2015\u2212]+")
_FORGIVEN = str.maketrans("OIL", "011")


def new_secret() -> bytes:
    """20 random bytes that an app and WiSe share."""
    return secrets.token_bytes(SECRET_BYTES)


def step_of(code: str, *, secret: bytes, seconds: int) -> int | None:
    """The step of 30 seconds (counted from 1970) that a typed code belongs to, if it is one that is taken now.

    `seconds`: the time, since 1970. Spaces within the code are forgiven. Whoever takes a code keeps its step and takes
    no code of this step or an earlier one again.
    """
    typed, shown = _plain(code), seconds // PERIOD
    found = None
    # All are compared, the latest last, so that the time it takes says nothing.
    for step in range(shown - TOLERANCE, shown + TOLERANCE + 1):
        if same(_code(secret, step).encode(), typed.encode()):
            found = step
    return found


def address(secret: bytes, *, account: str, issuer: str) -> str:
    """The `otpauth://` address that an app reads from a square code."""
    # Some apps show a plus sign where a space is meant; one that was meant as such is written %2B.
    return _totp(secret).get_provisioning_uri(account, issuer).replace("+", "%20")


def spelt(secret: bytes) -> str:
    """The secret as it is typed into an app: base 32 (RFC 4648) in groups of four."""
    return _grouped(base64.b32encode(secret).decode())


def new_recovery_code() -> str:
    """80 random bits as 16 signs in groups of four: `7K3M-…`."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_RECOVERY_SIGNS)), joint="-")


def recovery_code(text: str) -> str | None:
    """A recovery code's 16 signs, however they were typed: case, spaces, hyphens, O for 0, I and L for 1.

    None where the text is none; digits alone are one only where there are sixteen.
    """
    signs = _plain(text).upper().translate(_FORGIVEN)
    return signs if len(signs) == _RECOVERY_SIGNS and set(signs) <= set(ALPHABET) else None


def _plain(text: str) -> str:
    return _JOINTS.sub("", unicodedata.normalize("NFKC", text))


def _code(secret: bytes, step: int) -> str:
    return _totp(secret).generate(step * PERIOD).decode()


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), PERIOD)  # noqa: S303 - HMAC-SHA1 is what apps know, and holds (RFC 6194)


def _grouped(signs: str, *, joint: str = " ") -> str:
    return joint.join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
