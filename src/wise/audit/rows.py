"""A row as bytes, and its fingerprint: what the log keeps of a row that a deed inserted."""

import datetime
import hashlib
import json

from django.db import models

from wise.crypto import contexts


def plain(value: object) -> str | bytes:
    """A column's value in one form, before it was stored as after it was read back."""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return "" if value is None else str(value)


def named_values(row: models.Model, *, leave_out: str = "") -> list[str | bytes]:
    """Every column's name and value, in the order of the names."""
    names = sorted(field.attname for field in row._meta.concrete_fields if field.attname != leave_out)
    return [part for name in names for part in (name, plain(getattr(row, name)))]


def fingerprint(row: models.Model) -> str:
    """SHA-256 over a row's table and all its columns, in hexadecimal; it tells nothing about what is sealed there."""
    return hashlib.sha256(contexts.context("row", row._meta.label, *named_values(row))).hexdigest()
