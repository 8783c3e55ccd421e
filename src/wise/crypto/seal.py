"""Bytes sealed under one key and bound to a context: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha)."""

import hashlib
import hmac
import secrets

from nacl import exceptions
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)

from wise.crypto.encoding import VERSION, encode
from wise.crypto.errors import Unopenable

KEY_BYTES = 32
FORMAT = b"\x01"

_NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_BODY = len(FORMAT) + _NONCE_BYTES
_SHORTEST = _BODY + crypto_aead_xchacha20poly1305_ietf_ABYTES


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(plaintext: bytes, *, key: bytes, context: bytes) -> bytes:
    """Seal: format byte, 24-byte random nonce, ciphertext with its 16-byte tag; 41 bytes longer than the plaintext."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return FORMAT + nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, FORMAT + context, nonce, key)


def open_sealed(sealed: bytes, *, key: bytes, context: bytes) -> bytes:
    """Open what `seal` made with the same key and context; anything else is `Unopenable`."""
    if len(sealed) < _SHORTEST or sealed[:1] != FORMAT:
        raise Unopenable
    nonce, body = sealed[1:_BODY], sealed[_BODY:]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(body, FORMAT + context, nonce, key)
    except exceptions.CryptoError:
        raise Unopenable from None


def commitment(key: bytes, *, context: bytes) -> bytes:
    """32 bytes that fix a key without telling it: BLAKE2b-256 keyed with it (RFC 7693).

    The cipher alone does not commit: one sealed text can be made to open under two keys.
    """
    return hashlib.blake2b(encode(VERSION, "commitment", context), key=key, digest_size=32).digest()


def matches(key: bytes, *, context: bytes, commitment: bytes) -> bool:
    """Tell, in constant time, whether this is the key that was committed to."""
    return hmac.compare_digest(_commit(key, context=context), commitment)


_commit = commitment  # the keyword of `matches` hides the function's name
