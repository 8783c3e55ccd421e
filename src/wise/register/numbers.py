"""Numbers: the secret register number (found by a keyed hash only) and the office's agenda number."""

import secrets

from django.conf import settings
from django.db.models import F

from wise.crypto import numbers as codes
from wise.crypto import subkeys
from wise.crypto.subkeys import Label
from wise.people.models import Office
from wise.register.models import AgendaCounter, Report
from wise.register.streams import Stream

# Without I, L, O, U (Crockford): read out over a telephone, nothing is mistaken for something else.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_LENGTH = 6


def lookup(register_number: str) -> bytes:
    """The keyed hash under which a report is found; without the server secret it tells nothing."""
    return subkeys.mac(settings.WISE_SUBKEYS[Label.REGISTER], register_number.encode())


def find(text: str) -> Report | None:
    """The report that a register number names, however it is typed; None for what is none."""
    number = codes.normalise_register_number(text)
    return Report.objects.filter(register_lookup=lookup(number)).first() if number else None


def live_numbers_in(text: str) -> bool:
    """Whether a text contains a register number that is in use."""
    found = [lookup(number) for number in codes.find_register_numbers(text)]
    return bool(found) and Report.objects.filter(register_lookup__in=found).exists()


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
