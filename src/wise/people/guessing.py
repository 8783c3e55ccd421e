"""Guessing at a secret number is made slow without storing who guesses: a miss costs what a wrong password costs (P09).

Whoever types a right number waits for nobody; whoever tries many stands in the same line as wrong sign-ins.
"""

import datetime

from django.conf import settings
from django.db.models import F

from wise.crypto import passphrases
from wise.people import seeds
from wise.people.derivation import SIGN_IN
from wise.people.models import Attempt

WINDOW = datetime.timedelta(hours=1)


def miss() -> None:
    """Let a wrong guess take the time of one derivation; `Busy` where too many wait already."""
    seeds.derive("a wrong guess", salt=passphrases.new_salt(), cost=settings.WISE_ARGON2_COST, lane=SIGN_IN)


def counted(what: str, *, most: int, at: datetime.datetime) -> int:
    """Count one more of something within the present hour, for everybody together; 0 once there were more than `most`.

    The one that is too many is still counted: it is the moment to say that the rest will not be. Call it inside a
    transaction.
    """
    Attempt.objects.filter(expires_at__lte=at).delete()
    step = at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0)
    Attempt.objects.bulk_create([Attempt(lookup=what, expires_at=step + WINDOW)], ignore_conflicts=True)
    rows = Attempt.objects.filter(lookup=what)
    if not rows.filter(failures__lte=most).update(failures=F("failures") + 1):
        return 0
    return rows.values_list("failures", flat=True).get()


def give_back(what: str) -> None:
    """Take one off what was counted: it was no guess."""
    Attempt.objects.filter(lookup=what, failures__gt=0).update(failures=F("failures") - 1)
