"""Contexts: the place and purpose that a sealed value is bound to, so that what is swapped does not open."""

import uuid

from wise.crypto.encoding import VERSION, encode


def context(*parts: str | bytes | int | uuid.UUID) -> bytes:
    """Name format, table, row and purpose without ambiguity; different parts never give the same bytes."""
    return encode(VERSION, "context", *parts)
