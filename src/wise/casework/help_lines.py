"""Numbers to call when somebody is in danger. They are data of the institution, which checks and changes them."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import kept
from wise.casework.access import Desk
from wise.casework.models import HelpLine
from wise.refusals import Refused

MOST = 12
# Common knowledge in 2026, with no decree at hand: the institution checks each before it relies on it.
_SHIPPED = (
    ("emergency", "112", "Layanan darurat", "Emergency services"),
    ("police", "110", "Polisi", "Police"),
    ("women-children", "129", "SAPA 129: perempuan dan anak", "SAPA 129: women and children"),
    ("witnesses", "148", "LPSK: perlindungan saksi dan korban", "LPSK: protection of witnesses and victims"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor says about a number."""

    number: str
    name: str
    name_en: str
    is_verified: bool
    is_shown: bool


def load_shipped() -> None:
    """Put the numbers that WiSe comes with into the database, where they are missing; none counts as checked."""
    for place, (code, number, name, name_en) in enumerate(_SHIPPED, start=1):
        told = {"number": number, "name": name, "name_en": name_en, "place": place}
        HelpLine.objects.get_or_create(code=code, defaults=told)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is shown, in one language."""

    number: str
    name: str


def to_call(language: str) -> list[Number]:
    """What reporters and officers are told to call, in their language."""
    return [Number(row.number, row.name_en if language == "en" else row.name) for row in shown()]


def shown() -> list[HelpLine]:
    """The numbers in use, in their order."""
    return kept.in_use(HelpLine)


def every() -> list[HelpLine]:
    """All of them, those that are shown first."""
    return kept.every(HelpLine)


def row_of(line_id: uuid.UUID, *, desk: Desk) -> HelpLine:
    """A number, for who keeps them; `NotThere` for everybody else."""
    return kept.row_of(HelpLine, line_id, desk=desk)


def put(typed: Typed, *, desk: Desk, at: datetime.datetime, line_id: uuid.UUID | None = None) -> HelpLine:
    """Add a number, or change the one with this id."""
    kept.must_edit(desk)
    if not typed.number.strip():
        raise Refused("number-missing", _("Write the number."))
    if not typed.name.strip() or not typed.name_en.strip():
        raise Refused("names-missing", _("Write the name in both languages: reporters read it in theirs."))
    with transaction.atomic():
        full = Refused("numbers-many", _("There are 12 numbers already. Change one of them."))
        row = kept.to_write(HelpLine, line_id, desk=desk, most=MOST, full=full)
        row.number, row.name, row.name_en = typed.number.strip(), typed.name.strip(), typed.name_en.strip()
        row.is_verified, row.is_shown = typed.is_verified, typed.is_shown
        row.save()
        facts: dict[str, log.Fact] = {"line": str(row.id), "number": row.number, "name": row.name}
        facts |= {"verified": row.is_verified, "shown": row.is_shown}
        log.record("help-line", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)
    return row
