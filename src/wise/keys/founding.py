"""Founding the institution: offices and units from a file, every unit with a key pair, and the recovery board."""

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.crypto import boxes, shares
from wise.keys import board, directory, membership
from wise.people.kinds import OfficeKind, UnitKind
from wise.people.models import Office, Unit
from wise.refusals import Refused

_KINDS = {
    "itjen": OfficeKind.INSPECTORATE,
    "pusat": OfficeKind.HEAD_OFFICE,
    "kanwil": OfficeKind.REGIONAL,
    "kpknl": OfficeKind.SERVICE,
}
_ORDER = ("itjen", "pusat", "kanwil", "kpknl")

# Which units an office of a kind has, unless its row names others: kind, name, short name.
_UNITS: dict[str, tuple[tuple[UnitKind, str, str], ...]] = {
    "itjen": (
        (UnitKind.INVESTIGATION, "Inspektorat Bidang Investigasi", "IBI"),
        (UnitKind.CUSTODIAN_OUTER, "Kustodian Identitas A", "Kustodian A"),
        (UnitKind.CUSTODIAN_INNER, "Kustodian Identitas B", "Kustodian B"),
        (UnitKind.LEADERSHIP, "Pimpinan", "Pimpinan"),
    ),
    "pusat": (
        (UnitKind.COMPLIANCE, "Unit Kepatuhan Internal", "UKI"),
        (UnitKind.LEADERSHIP, "Pimpinan", "Pimpinan"),
    ),
    "kanwil": (
        (UnitKind.COMPLIANCE, "Bidang Kepatuhan Internal, Hukum, dan Informasi", "Bidang KIHI"),
        (UnitKind.LEADERSHIP, "Pimpinan", "Pimpinan"),
    ),
    "kpknl": (
        (UnitKind.COMPLIANCE, "Seksi Kepatuhan Internal", "Seksi KI"),
        (UnitKind.LEADERSHIP, "Pimpinan", "Pimpinan"),
    ),
    "ut": (
        (UnitKind.CERTAIN, "Unit Tertentu", "UT"),
        (UnitKind.LEADERSHIP, "Pimpinan", "Pimpinan"),
    ),
}


@dataclass(slots=True, repr=False)
class Founded:
    """What founding made. `seeds` are for the first members, in memory only; the caller forgets them."""

    offices: int = 0
    seeds: dict[uuid.UUID, bytes] = field(default_factory=dict)


def make_board() -> list[str]:
    """Make the recovery board's key pair; returns its three paper shares (two of them join it), kept nowhere else."""
    if board.holder() is not None:
        raise Refused("board-there", _("The recovery board exists already."))
    seed = boxes.new_seed()
    directory.enter_holder(None, seed=seed)
    return shares.split(seed)


def load_offices(
    rows: Sequence[Mapping[str, Any]], *, at: datetime.datetime, progress: Callable[[int, int], None]
) -> Founded:
    """Add the offices of a file, each with its units; offices that are there already stay as they are."""
    _check(rows)
    founded, by_name = Founded(), {office.name: office for office in Office.objects.all()}
    ordered = sorted(rows, key=lambda row: _ORDER.index(row["kind"]))
    with transaction.atomic():
        for number, row in enumerate(ordered, start=1):
            if row["name"] not in by_name:
                by_name[row["name"]] = _add_office(row, parent=by_name.get(row.get("parent") or ""), founded=founded)
            progress(number, len(ordered))
        log.record("load-offices", chain=Chain.OFFICERS, at=at, facts={"offices": founded.offices})
    return founded


def _check(rows: Sequence[Mapping[str, Any]]) -> None:
    for number, row in enumerate(rows, start=1):
        missing = [name for name in ("satker", "name", "kind", "tz") if not row.get(name)]
        if missing or row["kind"] not in _KINDS:
            raise Refused(
                "offices-unreadable",
                _("Row %(number)s of the offices file lacks %(missing)s or has an unknown kind.")
                % {"number": number, "missing": ", ".join(missing) or "kind"},
            )


def _add_office(row: Mapping[str, Any], *, parent: Office | None, founded: Founded) -> Office:
    office = Office.objects.create(
        code=row["satker"],
        name=row["name"],
        kind=_KINDS[row["kind"]].value,
        parent=parent,
        letter_code=row.get("unit_code") or "",
        time_zone=row["tz"],
        contacts=row.get("contacts") or {},
    )
    for kind, name, short_name in _UNITS[row.get("units") or row["kind"]]:
        unit = Unit(office=office, kind=kind.value, name=_named(kind, name, office), short_name=short_name)
        unit.above = _above(unit, parent)
        founded.seeds[unit.id] = membership.found_unit(unit, board_holder=board.holder())
    founded.offices += 1
    return office


def _named(kind: UnitKind, name: str, office: Office) -> str:
    """IBI and the custodians exist once; every other unit is named with its office."""
    once = office.kind == OfficeKind.INSPECTORATE.value and kind is not UnitKind.LEADERSHIP
    return name if once else f"{name} {office.name}"


def _above(unit: Unit, parent: Office | None) -> Unit | None:
    """Seksi KI → Kanwil → UKI → IBI (workflow.md); a unit that receives nothing has nobody above."""
    if UnitKind(unit.kind) not in {UnitKind.COMPLIANCE, UnitKind.CERTAIN}:
        return None
    own = Unit.objects.filter(office=parent, kind=UnitKind.COMPLIANCE).first() if parent else None
    return own or Unit.objects.filter(kind=UnitKind.INVESTIGATION).first()
