"""Boxes: bytes wrapped for the holder of a private key, bound to a context.

HPKE base mode (RFC 9180) with the post-quantum hybrid KEM MLKEM768-X25519 (X-Wing, draft-connolly-cfrg-xwing-kem).
A box proves nothing about who made it.
"""

import hashlib
import secrets

from cryptography import exceptions
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519

from wise.crypto.errors import Unopenable

SEED_BYTES = 32
PUBLIC_BYTES = 1216
FORMAT = b"\x02"

_NO_SEED = "a seed has 32 bytes"
_NO_PUBLIC_KEY = "a public key has 1216 bytes"
_MLKEM_SEED = 64
_MLKEM_PUBLIC = 1184
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def new_seed() -> bytes:
    """32 random bytes from which the private key follows; the seed *is* the private key."""
    return secrets.token_bytes(SEED_BYTES)


def public_key(seed: bytes) -> bytes:
    """The public key of a seed, 1,216 bytes: ML-KEM-768's, then X25519's."""
    lattice, curve = _private_keys(seed)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def wrap(plaintext: bytes, *, public_key: bytes, context: bytes) -> bytes:
    """Wrap for a public key: format byte, encapsulation (1,120 bytes), ciphertext with its 16-byte tag.

    A public key that is none is a `ValueError`.
    """
    if len(public_key) != PUBLIC_BYTES:
        raise ValueError(_NO_PUBLIC_KEY)
    holder = hpke.MLKEM768X25519PublicKey(
        mlkem.MLKEM768PublicKey.from_public_bytes(public_key[:_MLKEM_PUBLIC]),
        x25519.X25519PublicKey.from_public_bytes(public_key[_MLKEM_PUBLIC:]),
    )
    return FORMAT + _SUITE.encrypt(plaintext, holder, info=FORMAT + context)


def unwrap(wrapped: bytes, *, seed: bytes, context: bytes) -> bytes:
    """Unwrap what was wrapped for this seed's public key with the same context; anything else is `Unopenable`."""
    if wrapped[:1] != FORMAT:
        raise Unopenable
    holder = hpke.MLKEM768X25519PrivateKey(*_private_keys(seed))
    try:
        return _SUITE.decrypt(wrapped[1:], holder, info=FORMAT + context)
    except exceptions.InvalidTag:
        raise Unopenable from None


def _private_keys(seed: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
    if len(seed) != SEED_BYTES:
        raise ValueError(_NO_SEED)
    # X-Wing's key expansion: SHAKE-256 to 96 bytes, the first 64 for ML-KEM, the rest for X25519.
    expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED + 32)
    return (
        mlkem.MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED]),
        x25519.X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:]),
    )
