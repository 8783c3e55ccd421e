"""A secret that waits in a page until the next step, sealed: nothing is stored, and nobody reads it in the page.

Only the server, from the cookie of the same session, derives the key; after ten minutes it is refused.
"""

import base64
import binascii
import datetime
import json

from django.utils.translation import gettext_lazy as _

from wise.crypto import contexts, seal
from wise.crypto.errors import Unopenable
from wise.people import tokens
from wise.refusals import Refused

LONGEST = datetime.timedelta(minutes=10)
_KIND = "carried"


def carry(secret: str, *, token: str, at: datetime.datetime) -> str:
    """The secret as a hidden field may hold it, for the session of this token."""
    plain = json.dumps({"secret": secret, "until": (at + LONGEST).isoformat()}).encode()
    sealed = seal.seal(plain, key=tokens.row_key(token, kind=_KIND), context=contexts.context(_KIND))
    return base64.urlsafe_b64encode(sealed).decode()


def carried(kept: str, *, token: str, at: datetime.datetime) -> str:
    """The secret of a field that `carry` made in this session not long ago; refused for anything else."""
    lapsed = Refused("carried-lapsed", _("The first one has waited too long. Please begin with it again."))
    try:
        sealed = base64.urlsafe_b64decode(kept.encode())
        plain = seal.open_sealed(sealed, key=tokens.row_key(token, kind=_KIND), context=contexts.context(_KIND))
    except (Unopenable, binascii.Error, ValueError):
        raise lapsed from None
    found = json.loads(plain)
    if datetime.datetime.fromisoformat(found["until"]) < at:
        raise lapsed
    secret: str = found["secret"]
    return secret
