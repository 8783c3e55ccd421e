"""Cookies that open rows: a random token, from which the row's id and its key are derived with two subkeys.

Neither the row nor the cookie opens anything alone; a copied cookie is dead once the row is gone (property P05).
"""

import base64
import binascii
import datetime
import secrets

from django.conf import settings

from wise.crypto import subkeys
from wise.crypto.subkeys import Label

STEP = datetime.timedelta(minutes=10)
_BYTES = 32


def new() -> str:
    """A fresh token, as a cookie carries it."""
    return _text(secrets.token_bytes(_BYTES))


def row_id(token: str, *, kind: str) -> str:
    """The id of the row a token belongs to; `kind` keeps reporters, officers and drafts apart."""
    return subkeys.mac(settings.WISE_SUBKEYS[Label.SESSION_ID], kind.encode() + b"/" + _raw(token)).hex()


def row_key(token: str, *, kind: str) -> bytes:
    """The key that opens that row."""
    return subkeys.mac(settings.WISE_SUBKEYS[Label.SESSION_KEY], kind.encode() + b"/" + _raw(token))


def within(token: str, *, name: str) -> str:
    """A token for one thing inside what a token opens, say a session: who has no such cookie cannot make it."""
    return _text(subkeys.mac(settings.WISE_SUBKEYS[Label.SESSION_KEY], f"within/{name}/".encode() + _raw(token)))


def form_token(token: str) -> str:
    """What a form inside a session carries, so that no other site can have made it."""
    return subkeys.mac(settings.WISE_SUBKEYS[Label.SESSION_KEY], b"form/" + _raw(token)).hex()[:32]


def step_after(at: datetime.datetime) -> datetime.datetime:
    """The end of the ten-minute step that `at` lies in: no finer time of a reporter's doing is stored."""
    return at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0) + STEP


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(token: str) -> bytes:
    # What is no token of ours must not crash a page: it simply belongs to no row.
    try:
        return base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return b"no token"
