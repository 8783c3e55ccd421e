"""Authorities outside the institution, to whom a report can be referred. They are data of the institution.

Names and addresses are Indonesian alone: they stand in letters.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import kept
from wise.casework.access import Desk
from wise.casework.models import Authority
from wise.refusals import Refused

LONGEST_NAME = 200
LONGEST_ADDRESS = 300
MOST = 40
_LINES = 4
# Official names as they are commonly known in 2026, with no decree at hand. Of the addresses only the city: the
# institution completes and checks them before a letter goes there.
_SHIPPED = (
    ("ombudsman", "Ombudsman Republik Indonesia"),
    ("kpk", "Komisi Pemberantasan Korupsi"),
    ("attorney", "Kejaksaan Agung Republik Indonesia"),
    ("police", "Kepolisian Negara Republik Indonesia"),
    ("witnesses", "Lembaga Perlindungan Saksi dan Korban"),
    ("information", "Komisi Informasi Pusat"),
    ("finance", "Otoritas Jasa Keuangan"),
    ("audit", "Badan Pemeriksa Keuangan Republik Indonesia"),
)
_CITY = "di Jakarta"


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor says about an authority; `address` in lines."""

    name: str
    address: str
    is_verified: bool
    is_shown: bool


def load_shipped() -> None:
    """Put the authorities that WiSe comes with into the database, where they are missing; none counts as checked.

    One whose name the institution added by itself is left to the institution.
    """
    for place, (code, name) in enumerate(_SHIPPED, start=1):
        if not _called(name).exclude(code=code).exists():
            Authority.objects.get_or_create(code=code, defaults={"name": name, "address": _CITY, "place": place})


def in_use() -> list[Authority]:
    """The authorities that a report can be referred to, in their order."""
    return kept.in_use(Authority)


def every() -> list[Authority]:
    """All of them, those in use first."""
    return kept.every(Authority)


def row_of(authority_id: uuid.UUID, *, desk: Desk) -> Authority:
    """An authority, for who keeps the table; `NotThere` for everybody else."""
    return kept.row_of(Authority, authority_id, desk=desk)


def put(typed: Typed, *, desk: Desk, at: datetime.datetime, authority_id: uuid.UUID | None = None) -> Authority:
    """Add an authority, or change the one with this id."""
    kept.must_edit(desk)
    name, address = " ".join(typed.name.split()), _lines(typed.address)
    if not name or len(name) > LONGEST_NAME:
        raise Refused("authority-name", _("Write the name, with at most 200 characters."))
    if not address or address.count("\n") >= _LINES or len(address) > LONGEST_ADDRESS:
        raise Refused("authority-address", _("Write the address in one to four lines, with at most 300 characters."))
    with transaction.atomic():
        full = Refused("authorities-many", _("The table has 40 authorities. Change one of them."))
        row = kept.to_write(Authority, authority_id, desk=desk, most=MOST, full=full)
        if _called(name).exclude(id=row.id).exists():
            raise Refused("authority-there", _("An authority with this name is in the table, perhaps a hidden one."))
        row.name, row.address = name, address
        row.is_verified, row.is_shown = typed.is_verified, typed.is_shown
        row.save()
        facts: dict[str, log.Fact] = {"authority": str(row.id), "name": row.name, "address": row.address}
        facts |= {"verified": row.is_verified, "shown": row.is_shown}
        log.record("authority", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)
    return row


def _called(name: str) -> QuerySet[Authority]:
    return Authority.objects.filter(name__iexact=name)


def _lines(address: str) -> str:
    """Without empty lines, and without space around and between words that nobody sees."""
    return "\n".join(line for each in address.splitlines() if (line := " ".join(each.split())))
