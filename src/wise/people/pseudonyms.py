"""Pseudonyms: read forgivingly, kept only as a keyed hash, and warned about where they look like a real identity."""

import re
import unicodedata

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.crypto import subkeys
from wise.crypto.subkeys import Label
from wise.refusals import Refused

SHORTEST = 3
LONGEST = 40

# Shapes of Indonesian identity numbers: NIK and KK 16 digits, NIP 18 (or 9 of the old form), a phone number 9-14.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"^(\+?62|0)8\d{7,11}$")
_NUMBER_LENGTHS = {9: _("an old NIP"), 15: _("an NPWP"), 16: _("a NIK"), 18: _("a NIP")}


def normalise(pseudonym: str) -> str:
    """One spelling for all spellings of a pseudonym: case, runs of spaces, hyphens and underscores don't count."""
    folded = unicodedata.normalize("NFKC", pseudonym).casefold()
    return re.sub(r"[\s\-_.]+", "-", folded).strip("-")


def lookup(pseudonym: str) -> bytes:
    """The keyed hash under which a pseudonym is found; without the server secret it tells nothing."""
    return subkeys.mac(settings.WISE_SUBKEYS[Label.PSEUDONYM], normalise(pseudonym).encode())


def check(pseudonym: str) -> None:
    """Refuse what cannot serve as a pseudonym."""
    length = len(normalise(pseudonym))
    if not SHORTEST <= length <= LONGEST:
        raise Refused(
            "pseudonym-length",
            _("Choose a pseudonym of 3 to 40 characters."),
        )


def identity_in(pseudonym: str) -> Promise | None:
    """What real identity the pseudonym looks like, if any. A warning, never a refusal (mission A2)."""
    text = pseudonym.strip()
    if _EMAIL.search(text):
        return _("an e-mail address")
    digits = re.sub(r"[\s.\-+]", "", text)
    if _PHONE.match(re.sub(r"[\s.\-]", "", text)):
        return _("a telephone number")
    if digits.isdigit():
        return _NUMBER_LENGTHS.get(len(digits))
    return None
