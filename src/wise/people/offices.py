"""Offices as a reporter looks for them: grouped by region, or found by a part of the name."""

import uuid
from dataclasses import dataclass

from wise.people.kinds import OfficeKind
from wise.people.models import Office

# A head office, the inspectorate: they belong to no region.
_CENTRAL = frozenset({OfficeKind.HEAD_OFFICE.value, OfficeKind.INSPECTORATE.value})


@dataclass(frozen=True, slots=True)
class Region:
    """Offices that belong together. `name` is the regional office's; empty for the central offices."""

    name: str
    offices: tuple[Office, ...]


def by_region(*, matching: str = "") -> list[Region]:
    """All offices, or those whose name contains every word: the central ones, then each region, its own office first.

    A word that names a region finds all offices of it.
    """
    words = matching.casefold().split()
    regions: dict[str, list[Office]] = {}
    for office in Office.objects.select_related("parent").order_by("name"):
        name = _region_of(office)
        if all(word in f"{office.name} {name}".casefold() for word in words):
            place = regions.setdefault(name, [])
            place.insert(0 if office.name == name else len(place), office)
    return [Region(name, tuple(regions[name])) for name in sorted(regions)]


def find(office_id: str) -> Office | None:
    """The office with this id; None for what is no id, or of no office."""
    try:
        return Office.objects.filter(id=uuid.UUID(office_id)).first()
    except ValueError:
        return None


def _region_of(office: Office) -> str:
    if office.kind in _CENTRAL:
        return ""
    return office.name if office.kind == OfficeKind.REGIONAL.value or office.parent is None else office.parent.name
