"""A reporter's session: 30 minutes idle, 4 hours at most; the unlocked key sealed under what only the cookie gives."""

import datetime
from dataclasses import dataclass

from wise.crypto import contexts, seal
from wise.crypto.errors import Unopenable
from wise.people import tokens
from wise.people.models import Reporter, ReporterSession

IDLE = datetime.timedelta(minutes=30)
LONGEST = datetime.timedelta(hours=4)
_KIND = "reporter"


@dataclass(frozen=True, slots=True, repr=False)
class SignedIn:
    """A reporter in a session, with the private key in hand for this request."""

    reporter: Reporter
    seed: bytes


def start(reporter: Reporter, *, seed: bytes, at: datetime.datetime) -> str:
    """Open a session; returns the token for the cookie. Sessions that are over are cleared away."""
    ReporterSession.objects.filter(expires_at__lte=at).delete()
    token = tokens.new()
    row_id = tokens.row_id(token, kind=_KIND)
    ReporterSession.objects.create(
        id=row_id,
        reporter=reporter,
        sealed=seal.seal(seed, key=tokens.row_key(token, kind=_KIND), context=_context(row_id, reporter)),
        expires_at=tokens.step_after(at + IDLE),
        ends_at=tokens.step_after(at + LONGEST),
    )
    return token


def resume(token: str, *, at: datetime.datetime) -> SignedIn | None:
    """Whose session this is, or None. Seeing it again is written down at most once in ten minutes."""
    row_id = tokens.row_id(token, kind=_KIND)
    row = ReporterSession.objects.select_related("reporter__slip").filter(id=row_id).first()
    if row is None or row.expires_at <= at or row.ends_at <= at:
        return None
    try:
        key = tokens.row_key(token, kind=_KIND)
        seed = seal.open_sealed(bytes(row.sealed), key=key, context=_context(row_id, row.reporter))
    except Unopenable:
        return None
    later = tokens.step_after(at + IDLE)
    if later > row.expires_at:
        ReporterSession.objects.filter(id=row_id).update(expires_at=later)
    return SignedIn(row.reporter, seed)


def end(token: str) -> None:
    """Sign out: the row goes, and the cookie is dead."""
    ReporterSession.objects.filter(id=tokens.row_id(token, kind=_KIND)).delete()


def _context(row_id: str, reporter: Reporter) -> bytes:
    return contexts.context("session", _KIND, row_id, reporter.id)
