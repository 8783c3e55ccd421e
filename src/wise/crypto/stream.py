"""Files sealed while they arrive and opened while they leave, 64 KiB at a time, in constant memory.

Secretstream XChaCha20-Poly1305 (libsodium). The framed plaintext is the data, one byte 0x80, and zeros up to the
wanted length, cut into chunks of 64 KiB; the encrypted tag of a chunk says whether the data goes on (MESSAGE),
ends here while padding follows (PUSH), or whether this is the last chunk (FINAL).
"""

from collections.abc import Callable, Iterator

from nacl import exceptions
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
    crypto_secretstream_xchacha20poly1305_TAG_PUSH,
)

from wise.crypto.errors import Unopenable

CHUNK = 65536
FORMAT = b"\x03"
HEADER_BYTES = len(FORMAT) + crypto_secretstream_xchacha20poly1305_HEADERBYTES

_TAG_BYTES = crypto_secretstream_xchacha20poly1305_ABYTES
_RECORD = CHUNK + _TAG_BYTES
_MARK = b"\x80"
_FINISHED = "this file is finished"
_TOO_SHORT = "a file is never padded to less than it holds"
_MESSAGE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_PUSH = crypto_secretstream_xchacha20poly1305_TAG_PUSH
_FINAL = crypto_secretstream_xchacha20poly1305_TAG_FINAL


def sealed_size(plain_size: int) -> int:
    """How many bytes a file of this size (or padded to it) takes when sealed, header included."""
    framed = plain_size + len(_MARK)
    return HEADER_BYTES + framed + -(-framed // CHUNK) * _TAG_BYTES


class Sealer:
    """Seals one file under a key of its own: write `header`, what each `push` returns, and what `finish` returns."""

    def __init__(self, key: bytes, *, context: bytes) -> None:
        self._state = crypto_secretstream_xchacha20poly1305_state()
        self._bound = FORMAT + context
        self._waiting = b""
        self._finished = False
        self.size = 0
        self.header = FORMAT + crypto_secretstream_xchacha20poly1305_init_push(self._state, key)

    def push(self, chunk: bytes) -> bytes:
        """Take any number of bytes; return what is sealed by now, perhaps nothing."""
        if self._finished:
            raise ValueError(_FINISHED)
        self.size += len(chunk)
        joined = self._waiting + chunk if self._waiting else chunk
        whole = len(joined) - len(joined) % CHUNK
        self._waiting = joined[whole:]
        if whole == len(joined) == CHUNK:
            return self._seal(joined, _MESSAGE)
        return b"".join(self._seal(joined[start : start + CHUNK], _MESSAGE) for start in range(0, whole, CHUNK))

    def finish(self, *, pad_to: int | None = None) -> bytes:
        """End the file; with `pad_to` its sealed size is that of a file of so many bytes, whatever it holds."""
        wanted = self.size if pad_to is None else pad_to
        if self._finished or wanted < self.size:
            raise ValueError(_FINISHED if self._finished else _TOO_SHORT)
        self._finished = True
        last = self._waiting + _MARK
        self._waiting = b""
        padding = wanted - self.size
        sealed = []
        tag = _PUSH
        while len(last) + padding > CHUNK:
            padding -= CHUNK - len(last)
            sealed.append(self._seal(last.ljust(CHUNK, b"\0"), tag))
            last, tag = b"", _MESSAGE
        sealed.append(self._seal(last + bytes(padding), _FINAL))
        return b"".join(sealed)

    def _seal(self, chunk: bytes, tag: int) -> bytes:
        return crypto_secretstream_xchacha20poly1305_push(self._state, chunk, self._bound, tag)


class Opener:
    """Opens one file record by record; `finished` once its last record was seen."""

    def __init__(self, key: bytes, *, context: bytes) -> None:
        self._state = crypto_secretstream_xchacha20poly1305_state()
        self._key = key
        self._bound = FORMAT + context
        self._ended = False
        self.finished = False

    def begin(self, header: bytes) -> None:
        """Take the header, `HEADER_BYTES` long."""
        if len(header) != HEADER_BYTES or header[:1] != FORMAT:
            raise Unopenable
        crypto_secretstream_xchacha20poly1305_init_pull(self._state, header[1:], self._key)

    def pull(self, record: bytes) -> bytes:
        """Open the next record; its plaintext is empty where it holds padding only."""
        if self.finished or len(record) < _TAG_BYTES:
            raise Unopenable
        try:
            chunk, tag = crypto_secretstream_xchacha20poly1305_pull(self._state, record, self._bound)
        except exceptions.CryptoError:
            raise Unopenable from None
        self.finished = tag == _FINAL
        if self._ended:
            return _nothing(chunk, tag)
        if tag == _MESSAGE:
            return chunk
        self._ended = True
        return _before_mark(chunk)


def open_stream(read: Callable[[int], bytes], *, key: bytes, context: bytes) -> Iterator[bytes]:
    """Yield the plaintext of a sealed file, in order, in chunks of at most 64 KiB.

    Every chunk is authentic and in its place, but whether the file is whole is known at the end only: who hands the
    chunks on must break the transfer off when `Unopenable` comes late.
    """
    opener = Opener(key, context=context)
    opener.begin(_exactly(read, HEADER_BYTES))
    while not opener.finished:
        chunk = opener.pull(_exactly(read, _RECORD))
        if chunk:
            yield chunk
    if read(1):
        raise Unopenable


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    """Read until `size` bytes are there or the source ends; one read may return less than it was asked for."""
    got = read(size)
    if len(got) == size or not got:
        return got
    parts, missing = [got], size - len(got)
    while missing and (got := read(missing)):
        parts.append(got)
        missing -= len(got)
    return b"".join(parts)


def _before_mark(chunk: bytes) -> bytes:
    framed = chunk.rstrip(b"\0")
    if not framed.endswith(_MARK):
        raise Unopenable
    return framed[:-1]


def _nothing(chunk: bytes, tag: int) -> bytes:
    if tag == _PUSH or chunk.strip(b"\0"):
        raise Unopenable
    return b""
