"""A unit's key: renewed when somebody has left, and its grants moved to it, a batch for each press of a button."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wise.casework import access
from wise.casework.access import Desk
from wise.keys import directory, rotation
from wise.keys.rotation import Progress
from wise.refusals import NotThere, Refused
from wise.workspace import desks


@dataclass(frozen=True, slots=True)
class UnitKey:
    """How a unit's key stands. `due`: it must be renewed; `mine`: whoever looks holds it, and can do that."""

    unit: Any
    version: int
    due: bool
    mine: bool
    progress: Progress


def of(desk: Desk, *, units: Sequence[Any]) -> dict[uuid.UUID, UnitKey]:
    """How the keys of these units stand, by unit."""
    holders = {unit.id: directory.holder_of(unit) for unit in units}
    due = rotation.due([holder.id for holder in holders.values()], on=desk.today)
    return {
        unit.id: UnitKey(
            unit=unit,
            version=holders[unit.id].version,
            due=holders[unit.id].id in due,
            mine=unit.id in desk.keyring.units,
            progress=rotation.progress(holders[unit.id]),
        )
        for unit in units
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def move(request: HttpRequest, unit_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """How far the grants of a unit have moved to its present key; each POST moves the next ones."""
    unit = _own(unit_id, desk)
    if request.method == "POST":
        before = rotation.progress(directory.holder_of(unit))
        found = rotation.move_batch(directory.holder_of(unit).id, keyring=desk.keyring, at=at)
        moved = found.moved - before.moved
        sentence = ngettext("%(count)s case was moved.", "%(count)s cases were moved.", moved)
        if found.stuck:
            sentence = gettext("Some cases did not open. Tell the administrator: “wise log verify” shows more.")
        desks.notify(request, sentence % {"count": moved})
        return redirect("workspace:unit_key", unit.id)
    return desks.show(request, "workspace/unit_key.html", desk=desk, key=of(desk, units=[unit])[unit.id])


@require_POST
@desks.at_desk
def renew(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Renew the keys of one's units that wait for it."""
    renewed = rotation.renew_due(by=desk.officer, keyring=desk.keyring, at=at)
    _tell(request, [holder.unit for holder in renewed if holder.unit])
    return redirect("workspace:people")


def renew_at_sign_in(request: HttpRequest, officer: Any, *, seed: bytes) -> None:
    """Renew what waits for a member to sign in. What stands in the way is told where the officer works, not here."""
    at = timezone.now()
    try:
        desk = access.desk_of(officer, seed=seed, at=at)
        renewed = rotation.renew_due(by=officer, keyring=desk.keyring, at=at)
    except Refused:
        return
    _tell(request, [holder.unit for holder in renewed if holder.unit])


def _tell(request: HttpRequest, units: Sequence[Any]) -> None:
    if units:
        sentence = gettext("The key of %(unit)s is renewed, because somebody who had it does not work there any more.")
        desks.notify(request, sentence % {"unit": ", ".join(unit.name for unit in units)})


def _own(unit_id: uuid.UUID, desk: Desk) -> Any:
    unit = next((unit for unit in desk.places if unit.id == unit_id), None)
    if unit is None or unit_id not in desk.keyring.units:
        raise NotThere
    return unit
