"""How strong a password must be: long enough and not guessable (zxcvbn, NIST SP 800-63B); no rules of composition."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from zxcvbn_rs_py import zxcvbn

from wise.refusals import Refused

SHORTEST = 10
LONGEST = 200
ENOUGH = 3  # of 0 to 4: safe against offline guessing of a slow hash
_PART = 16
_LOOKED_AT = 64

_WORDS: dict[int, Promise] = {
    0: _("very easy to guess"),
    1: _("easy to guess"),
    2: _("somewhat guessable"),
    3: _("good"),
    4: _("very good"),
}


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a password is to guess: a score of 0 to 4 and its name."""

    score: int
    name: Promise


def strength(password: str, *, pseudonym: str = "") -> Strength:
    """Estimate how guessable a password is; the pseudonym and the name of this software count as known.

    A password is at least as hard to guess as any part of it, and is judged part by part until one is hard enough.
    zxcvbn's cost grows with the number of signs that can stand for letters: 72 of them, chosen well, would stop the
    whole process for two seconds.
    """
    known, score = [pseudonym, "wise", "kemenkeu", "pengaduan", "lapor"], 0
    for start in range(0, min(len(password), _LOOKED_AT), _PART):
        score = max(score, int(zxcvbn(password[start : start + _PART], known).score))
        if score >= ENOUGH:
            break
    return Strength(score, _WORDS[score])


def check(password: str, *, pseudonym: str = "") -> None:
    """Refuse a password that is too short, too long, or guessable."""
    if len(password) < SHORTEST:
        raise Refused("password-short", _("Choose a password of at least 10 characters, for example four words."))
    if len(password) > LONGEST:
        raise Refused("password-long", _("Choose a password of at most 200 characters."))
    found = strength(password, pseudonym=pseudonym)
    if found.score < ENOUGH:
        raise Refused(
            "password-guessable",
            _("This password is easy to guess. Use several words that do not belong together, or a longer phrase."),
        )
