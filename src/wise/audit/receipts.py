"""A receipt's proof, checked with the public key alone: no database, no secret, no settings."""

import datetime

from wise.crypto import contexts, signing

# No receipt is older than the program.
FIRST_DAY = datetime.date(2026, 1, 1)


def statement(digest: bytes, on: datetime.date) -> bytes:
    """The bytes that a receipt's signature covers."""
    return contexts.context("log entry", digest, on.isoformat())


def day_of(digest: bytes, *, signature: bytes, key: bytes, until: datetime.date) -> datetime.date | None:
    """The day on which the holder of a public key signed that this entry was made; None if they never did.

    The day is found by trying, so that nobody has to type it as the signature has it: in Jakarta's time, which for an
    office further east can be the day before the receipt's.
    """
    days = (until - FIRST_DAY).days + 1
    tried = (until - datetime.timedelta(days=back) for back in range(days))
    return next((on for on in tried if signing.verify(key, statement(digest, on), signature)), None)
