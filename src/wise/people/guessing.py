"""Guessing at a secret number is made slow without storing who guesses: a miss costs what a wrong password costs (P09).

Whoever types a right number waits for nobody; whoever tries many stands in the same line as wrong sign-ins.
"""

from django.conf import settings

from wise.crypto import passphrases
from wise.people import seeds
from wise.people.derivation import SIGN_IN


def miss() -> None:
    """Let a wrong guess take the time of one derivation; `Busy` where too many wait already."""
    seeds.derive("a wrong guess", salt=passphrases.new_salt(), cost=settings.WISE_ARGON2_COST, lane=SIGN_IN)
