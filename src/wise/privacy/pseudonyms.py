"""What a pseudonym tells of who chose it. A warning, never a refusal (mission A2)."""

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.privacy import tables

_EMAIL = re.compile(r"[^@\s]{1,100}@[^@\s]{1,100}\.[a-z]{2,20}", re.IGNORECASE)
_PHONE = re.compile(r"(\+?62|0)8\d{7,11}")
_SEPARATORS = re.compile(r"[\s.\-_+/]")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
# NIK and KK have 16 digits, a NIP 18 (or 9 of the old form), an NPWP 15.
_NUMBER_LENGTHS = {
    9: _("This pseudonym looks like an old NIP."),
    15: _("This pseudonym looks like an NPWP."),
    16: _("This pseudonym looks like a NIK."),
    18: _("This pseudonym looks like a NIP."),
}
# Years in which somebody who writes may have been born, alone or at the beginning of a date as in a NIP.
_YEAR = re.compile(r"(?:19[3-9]\d|20[01]\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?")
_DATE = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19[3-9]\d|20[01]\d|\d\d)")
_FEWEST_DIGITS, _FEWEST_LETTERS = 4, 4


def trace_in(pseudonym: str, *, texts: Sequence[str] = ()) -> str | Promise | None:
    """A sentence on what the pseudonym tells, by itself or beside the texts that go with it; None for nothing."""
    text = pseudonym.strip()
    if _EMAIL.search(text):
        return _("This pseudonym looks like an e-mail address.")
    digits = _SEPARATORS.sub("", text)
    if _PHONE.fullmatch(digits):
        return _("This pseudonym looks like a telephone number.")
    if digits.isdecimal() and len(digits) in _NUMBER_LENGTHS:
        return _NUMBER_LENGTHS[len(digits)]
    parts = _PARTS.findall(text.casefold())
    if any(_is_name(part) for part in parts):
        return _("This pseudonym has a name in it.")
    if any(_YEAR.fullmatch(part) or _DATE.fullmatch(part) for part in parts):
        return _("This pseudonym has what looks like a year or a day of birth in it.")
    return _("This pseudonym repeats words or numbers of your text.") if _repeats(parts, texts) else None


def _is_name(part: str) -> bool:
    """A given name, or two written as one."""
    names = tables.known().names
    return part in names or any(part[:cut] in names and part[cut:] in names for cut in range(3, len(part) - 2))


def _repeats(parts: list[str], texts: Sequence[str]) -> bool:
    """Whether all its words occur in the texts, or a number of it inside one of theirs."""
    there = [part for text in texts for part in _PARTS.findall(text.casefold())]
    words = {part for part in parts if len(part) >= _FEWEST_LETTERS and not part.isdecimal()}
    numbers = {part for part in parts if len(part) >= _FEWEST_DIGITS and part.isdecimal()}
    joined = {_SEPARATORS.sub("", text) for text in texts} if numbers else set()
    return bool(words and words <= set(there)) or any(number in text for number in numbers for text in joined)
