"""Numbers of letters: one after another for each office, kind and year, written the way the office writes them."""

import datetime
import re

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wise.letters.kinds import Kind
from wise.letters.models import Counter, Pattern
from wise.people.models import Office
from wise.refusals import Refused

DEFAULT = "{kind}-{number}/{office}/{year}"
LONGEST = 60

_PARTS = ("kind", "number", "office", "year")
_FIXED = re.compile(r"[A-Z0-9./-]*")


def next_number(office: Office, *, kind: Kind, on: datetime.date) -> tuple[int, str]:
    """The next number, counted and as it is written.

    Call it inside the transaction that issues the letter: the counter's row is locked until then, so that eight who
    issue at once get eight numbers in a row, and a letter that is rolled back leaves no gap.
    """
    key = {"office": office, "kind": kind.series, "year": on.year}
    rows = Counter.objects.filter(**key)
    # Of two that make the year's first row at once, one does; both then wait for it in turn.
    if not rows.update(last=F("last") + 1):
        Counter.objects.bulk_create([Counter(**key)], ignore_conflicts=True)
        rows.update(last=F("last") + 1)
    number = rows.values_list("last", flat=True).get()
    return number, written(pattern_of(office), kind=kind, number=number, office=office, year=on.year)


def pattern_of(office: Office) -> str:
    """How this office writes its numbers."""
    rows = Pattern.objects.filter(Q(office=office) | Q(office=None))
    return next((row.pattern for row in sorted(rows, key=lambda row: row.office_id is None)), DEFAULT)


def not_yet(office: Office, *, kind: Kind, year: int) -> str:
    """What stands on a draft in place of its number."""
    return written(pattern_of(office), kind=kind, number="…", office=office, year=year)


def written(pattern: str, *, kind: Kind, number: int | str, office: Office, year: int) -> str:
    """A number in a pattern."""
    return pattern.format(kind=kind.prefix, number=number, office=office.letter_code or office.code, year=year)


def check_pattern(pattern: str) -> str:
    """The pattern without blanks around it; one that could give two letters the same number is refused."""
    pattern = pattern.strip()
    rest = pattern
    for part in _PARTS:
        if rest.count(f"{{{part}}}") != 1:
            raise Refused("pattern-incomplete", _("A pattern has each of {kind}, {number}, {office} and {year} once."))
        rest = rest.replace(f"{{{part}}}", "/")
    if "}{" in pattern:
        raise Refused("pattern-runs-together", _("Between two parts of a pattern stands a stroke, a hyphen or a dot."))
    if len(pattern) > LONGEST or not _FIXED.fullmatch(rest):
        raise Refused(
            "pattern-odd",
            _("Between the parts of a pattern stand capital letters, digits, strokes, hyphens and dots only."),
        )
    return pattern
