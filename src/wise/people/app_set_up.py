"""An authenticator app that is being set up: its secret waits in the sealed session until the app has shown a code."""

from django.contrib.sessions.backends.base import SessionBase

from wise.crypto import one_time
from wise.people.models import Officer

_SECRET = "_wise_app_secret"  # noqa: S105 - the name of a place in the session


def secret_in(session: SessionBase) -> bytes:
    """The secret that this session sets up, the same until it is used or given up: a page shown again stays right."""
    if _SECRET not in session:
        session[_SECRET] = one_time.new_secret().hex()
    return bytes.fromhex(session[_SECRET])


def address(secret: bytes, *, officer: Officer, issuer: str) -> str:
    """What the square code says."""
    return one_time.address(secret, account=officer.login, issuer=issuer)


def spelt(secret: bytes) -> str:
    """The secret in groups, for who types it."""
    return one_time.spelt(secret)


def end(session: SessionBase) -> None:
    """The app is set up."""
    session.pop(_SECRET, None)
