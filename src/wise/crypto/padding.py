"""Lengths hidden: texts grow to the next full KiB, files by Padmé."""

from wise.crypto.errors import Unopenable

STEP = 1024
_LENGTH_BYTES = 8


def pad_text(data: bytes) -> bytes:
    """The length (8 bytes, big endian), the data, and zeros up to a multiple of 1,024 bytes."""
    framed = len(data).to_bytes(_LENGTH_BYTES, "big") + data
    return framed + bytes(-len(framed) % STEP)


def unpad_text(padded: bytes) -> bytes:
    """The data that `pad_text` framed; anything else is `Unopenable`."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    data = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    # Framing again is the whole check: one text has one padded form.
    if len(data) != length or pad_text(data) != padded:
        raise Unopenable
    return data


def padme(length: int) -> int:
    """The padded size of a file: at most 12 % more, and only O(log log n) bits of its length shown.

    Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (2019), 4.
    """
    if length < 2:  # noqa: PLR2004 - below two bytes there is nothing to round
        return length
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    step = 1 << max(free_bits, 0)
    return -(-length // step) * step
