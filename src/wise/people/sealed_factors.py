"""What a second step is checked against, sealed under a key that only the officer's own seed gives."""

import json
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.crypto import contexts, padding, seal, subkeys
from wise.crypto.errors import Unopenable
from wise.people.models import SecondFactor


class Kind(StrEnum):
    """What a second step is taken with. Recovery codes stand in for the others."""

    TOTP = "totp"
    PASSKEY = "passkey"
    CODES = "codes"

    @property
    def label(self) -> Promise:
        """What it is called."""
        return LABELS[self]


LABELS = {Kind.TOTP: _("authenticator app"), Kind.PASSKEY: _("passkey"), Kind.CODES: _("recovery codes")}


def sealed_for(row: SecondFactor, *, seed: bytes, content: dict[str, Any]) -> bytes:
    """What is kept of a second step, bound to its row, its officer and its kind; its length is padded."""
    plain = padding.pad_text(json.dumps(content).encode())
    return seal.seal(plain, key=_key(seed), context=_context(row))


def content_of(row: SecondFactor, *, seed: bytes) -> dict[str, Any] | None:
    """What `sealed_for` sealed; None where it does not open, and then counts for nothing."""
    try:
        plain = seal.open_sealed(bytes(row.sealed), key=_key(seed), context=_context(row))
    except Unopenable:
        return None
    content: dict[str, Any] = json.loads(padding.unpad_text(plain))
    return content


def _key(seed: bytes) -> bytes:
    return subkeys.own_key(seed, "second step")


def _context(row: SecondFactor) -> bytes:
    return contexts.context("second step", row.id, row.officer_id, row.kind)
