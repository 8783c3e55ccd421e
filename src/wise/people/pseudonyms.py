"""Pseudonyms: read forgivingly, and kept only as a keyed hash."""

import re
import unicodedata

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wise.crypto import subkeys
from wise.crypto.subkeys import Label
from wise.refusals import Refused

SHORTEST = 3
LONGEST = 40


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
