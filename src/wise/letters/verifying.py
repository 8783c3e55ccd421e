"""Is this letter ours? A code on the letter stands for its number, its date, its office and its words.

The answer tells what anybody sees who holds the paper, and nothing about the case.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

from wise.crypto import contexts, subkeys
from wise.crypto.subkeys import Label
from wise.letters import content as contents
from wise.letters.content import Content
from wise.letters.models import Letter

# Crockford's: without I, L, O and U, nothing is mistaken for something else.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_BYTES = 10  # 80 bits
_LENGTH = 16
_GROUP = 4
_LONGEST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Genuine:
    """What the page says of a letter that is ours."""

    office: str
    kind: Promise
    number: str
    dated_on: datetime.date


def digest(letter: Letter, content: Content) -> bytes:
    """HMAC-SHA256 with the subkey `letter` over kind, office, number, date and words."""
    about = (letter.kind, letter.office_id, letter.number, letter.dated_on.isoformat())
    statement = contexts.context("letter", *about, contents.canonical(content))
    return subkeys.mac(settings.WISE_SUBKEYS[Label.LETTER], statement)


def code_of(letter: Letter) -> str:
    """The code that stands on a letter: the first 80 bits of its digest, as `XXXX-XXXX-XXXX-XXXX`."""
    return code(bytes(letter.digest))


def code(digest_: bytes) -> str:
    """The first 80 bits of a digest in Crockford's base 32."""
    number = int.from_bytes(digest_[:_BYTES])
    characters = "".join(_ALPHABET[number >> shift & 31] for shift in range(_BYTES * 8 - 5, -1, -5))
    return "-".join(characters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def check(number: str, code: str) -> Genuine | None:
    """The letter with this number and this code; None where either is wrong, whichever it is.

    However many letters have the number (offices may write alike), and whether any has, one comparison more is made:
    the time tells little, and the code has 80 bits.
    """
    given = _plain(code).encode()
    found, right = None, b"\x00" * _LENGTH
    for letter in Letter.objects.filter(number=_tidy(number)).select_related("office")[:20]:
        if subkeys.same(_plain(code_of(letter)).encode(), given):
            found = Genuine(letter.office.name, letter.what.label, letter.number, letter.dated_on)
    subkeys.same(right, given)
    return found


def _tidy(number: str) -> str:
    signs = unicodedata.normalize("NFKC", number)[:_LONGEST_TYPED]
    return "".join(sign for sign in signs if sign.isprintable() and sign != " ").upper()


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).upper().translate(_MISREAD)
