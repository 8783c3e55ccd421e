"""Numbers: the secret register number (found by a keyed hash only) and the office's agenda number."""

import re
import secrets

from django.conf import settings
from django.db.models import F

from wise.crypto import numbers as codes
from wise.crypto import subkeys
from wise.crypto.subkeys import Label
from wise.people.models import Office, Reporter
from wise.register.models import AgendaCounter, Report
from wise.register.streams import Stream

# Without I, L, O, U (Crockford): read out over a telephone, nothing is mistaken for something else.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_LENGTH = 6
# Three groups of four, joined in one way. Looked for from every beginning of a word.
_AS_SHOWN = re.compile(
    r"(?<![0-9A-Za-z-])(?=([0-9A-Za-z]{4}([- ]?)[0-9A-Za-z]{4}\2[0-9A-Za-z]{4})(?![0-9A-Za-z-]))",
)


def lookup(register_number: str) -> bytes:
    """The keyed hash under which a report is found; without the server secret it tells nothing."""
    return subkeys.mac(settings.WISE_SUBKEYS[Label.REGISTER], register_number.encode())


def find(text: str) -> Report | None:
    """The report that a register number names, however it is typed; None for what is none."""
    number = codes.normalise_register_number(text)
    return Report.objects.filter(register_lookup=lookup(number)).first() if number else None


def reporter_of(text: str) -> tuple[bytes, Reporter | None]:
    """Whose report a register number names, if anybody's, and the hash under which wrong tries at it are counted.

    One statement, whatever was typed: what is no number at all costs the same.
    """
    looked_up = lookup(codes.normalise_register_number(text) or text)
    report = Report.objects.select_related("reporter__slip").filter(register_lookup=looked_up).first()
    return looked_up, report.reporter if report is not None else None


def shown_in(text: str) -> bool:
    """Whether a text contains a register number as receipts write it, or typed with spaces or in one.

    It is looked up nowhere: a refusal would otherwise tell anybody which numbers are in use, a thousand at a time.
    """
    return any(_looks_right(*found.groups()) for found in _AS_SHOWN.finditer(text))


def own_in(text: str, *, reporter: Reporter) -> bool:
    """Whether a text contains a register number of this reporter's own, however it is written."""
    found = [lookup(number) for number in codes.find_register_numbers(text)]
    return bool(found) and Report.objects.filter(reporter=reporter, register_lookup__in=found).exists()


def next_agenda(office: Office, *, stream: Stream, year: int) -> str:
    """The next agenda number of an office: running where a gap betrays nothing, random where it would.

    Call it inside the transaction that uses the number: a rolled-back case leaves no gap.
    """
    code = office.letter_code or office.code
    if not stream.running_number:
        random = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_LENGTH))
        return f"{stream.number_prefix}-{random}/{year}"
    key = {"office": office, "prefix": stream.number_prefix, "year": year}
    rows = AgendaCounter.objects.filter(**key)
    # The update locks the row until the transaction ends. The year's first number makes the row; of two at once that
    # make it, one does.
    if not rows.update(last=F("last") + 1):
        AgendaCounter.objects.bulk_create([AgendaCounter(**key)], ignore_conflicts=True)
        rows.update(last=F("last") + 1)
    return f"{stream.number_prefix}-{rows.values_list('last', flat=True).get()}/{code}/{year}"


def _looks_right(number: str, joint: str) -> bool:
    # Telephone numbers have no letters. Words and years in a row have letters and digits apart; only one register
    # number in eighty has.
    groups = re.split("[- ]", number) if joint else [number[:4], number[4:8], number[8:]]
    mixed = not number.replace("-", "").isdecimal() if joint == "-" else any(map(_is_mixed, groups))
    return mixed and codes.normalise_register_number(number) is not None


def _is_mixed(group: str) -> bool:
    return not group.isalpha() and not group.isdecimal()
