"""Offices as a reporter looks for them: grouped by region, or found by a part of the name."""

import uuid
from dataclasses import dataclass

from wise.people.kinds import OfficeKind
from wise.people.models import Office

# A head office, the inspectorate: they belong to no region.
_CENTRAL = frozenset({OfficeKind.HEAD_OFFICE.value, OfficeKind.INSPECTORATE.value})


@dataclass(frozen=True, slots=True)
class Listed:
    """An office in the list."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class Region:
    """Offices that belong together. `name` is the regional office's; empty for the central offices."""

    name: str
    offices: tuple[Listed, ...]


def by_region(*, matching: str = "") -> list[Region]:
    """All offices, or those whose name contains every word: the central ones, then each region, its own office first.

    A word that names a region finds all offices of it.
    """
    words = matching.casefold().split()
    regions: dict[str, list[Listed]] = {}
    rows = list(Office.objects.order_by("name").values_list("id", "name", "kind", "parent_id"))
    names = {office_id: name for office_id, name, _, _ in rows}
    for office_id, name, kind, parent_id in rows:
        region = _region_of(name, kind=kind, above=names.get(parent_id))
        if all(word in f"{name} {region}".casefold() for word in words):
            place = regions.setdefault(region, [])
            place.insert(0 if name == region else len(place), Listed(office_id, name))
    return [Region(name, tuple(regions[name])) for name in sorted(regions)]


def find(office_id: str) -> Office | None:
    """The office with this id; None for what is no id, or of no office."""
    try:
        return Office.objects.filter(id=uuid.UUID(office_id)).first()
    except ValueError:
        return None


def _region_of(name: str, *, kind: str, above: str | None) -> str:
    if kind in _CENTRAL:
        return ""
    return name if kind == OfficeKind.REGIONAL.value or above is None else above
