"""Numbers and addresses that name one person, by their shapes. Whose they are, `owners` says.

Sources: NIK, NIP and NPWP as their publishers describe them (docs/privacy-check.md). Each pattern is bounded and
reads a sign once: no text makes it slow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wise.privacy.tables import Tables

_SEPARATED = r"[ .\-–]?"


def _digits(least: int, most: int) -> str:
    """As many digits, with at most one separator between two."""
    return rf"\d(?:{_SEPARATED}\d){{{least - 1},{most - 1}}}"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind looks. Where `keyword` is true it is one only near a word that says so (`keywords` of the tables)."""

    kind: str
    pattern: re.Pattern[str]
    keyword: bool


def _shape(kind: str, pattern: str, *, keyword: bool = False) -> Shape:
    return Shape(kind, re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])"), keyword)


_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"

# In the order in which they are tried: what an earlier one took, a later one does not get.
SHAPES = (
    # Birth (8), appointment (6; 21 as month: contract), sex, serial.
    _shape(
        "nip",
        rf"(?:19[4-9]\d|20[01]\d){_MONTH}{_DAY}{_SEPARATED}(?:19[6-9]\d|20\d\d)(?:{_MONTH}|21){_SEPARATED}[12]"
        rf"{_SEPARATED}\d{{3}}",
    ),
    _shape("npwp", r"\d\d\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}"),
    _shape("kk", _digits(16, 16), keyword=True),
    _shape("npwp", _digits(15, 16), keyword=True),
    _shape("nik", _digits(16, 16)),
    _shape("nik", _digits(12, 18), keyword=True),
    _shape("nip", _digits(9, 9), keyword=True),
    # A mobile number, in Indonesia and abroad.
    _shape("phone", rf"\(?(?:\+?62|0)\)?{_SEPARATED}8[1-9](?:{_SEPARATED}\d){{7,10}}"),
    _shape("phone", r"\+[1-9](?:[ .\-()]?\d){7,13}"),
    # A line at home or in an office.
    _shape("line", rf"\(?0[2-9]\d{{1,2}}\)?{_SEPARATED}\d(?:{_SEPARATED}\d){{4,7}}", keyword=True),
    _shape("card", _digits(11, 16), keyword=True),
    _shape("bank", _digits(8, 18), keyword=True),
    _shape("passport", r"[A-Za-z]{1,2} ?\d{6,7}", keyword=True),
)
# The line at home is called a telephone number too.
CALLED = {"line": "phone"}

_MAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")
_MONEY = re.compile(r"(?:rp|idr|usd|sebesar|senilai|rupiah)[ .]{0,2}$", re.IGNORECASE)
_LONGEST_MONEY = 12
_WOMAN = 40  # is added to the day of birth


@dataclass(frozen=True, slots=True)
class Number:
    """What looks like one: of a shape, at a place."""

    shape: str
    start: int
    end: int
    keyword: bool


def found(text: str, tables: Tables) -> Iterator[Number]:
    """All that looks like one; of two at one place both, in the order of the shapes."""
    for shape in SHAPES:
        for match in shape.pattern.finditer(text):
            before = text[max(0, match.start() - _LONGEST_MONEY) : match.start()]
            if _is_plausible(shape, match[0], tables) and not _MONEY.search(before):
                yield Number(shape.kind, match.start(), match.end(), shape.keyword)


def addresses(text: str) -> Iterator[re.Match[str]]:
    """All e-mail addresses."""
    return _MAIL.finditer(text)


def is_office(mailbox: str, tables: Tables) -> bool:
    """Whether an address is read by an office and not by one person."""
    return any(name in mailbox.partition("@")[0].casefold() for name in tables.mailboxes)


def is_of(mailbox: str, domains: tuple[str, ...]) -> bool:
    """Whether an address is within one of these domains."""
    domain = mailbox.rpartition("@")[2].casefold()
    return any(domain == one or domain.endswith(f".{one}") for one in domains)


def _is_plausible(shape: Shape, written: str, tables: Tables) -> bool:
    """A NIK without a word that says so must have a province and a day of birth: sixteen digits are common."""
    if shape.kind != "nik" or shape.keyword:
        return True
    digits = "".join(sign for sign in written if sign.isdecimal())
    day, month = int(digits[6:8]), int(digits[8:10])
    return digits[:2] in tables.provinces and 1 <= day % _WOMAN <= 31 and day <= 71 and 1 <= month <= 12  # noqa: PLR2004
