"""Who receives a report, found before any key is wrapped; whom it concerns never gets a key (mission D3)."""

import contextlib
import datetime
from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wise.keys import directory, staff
from wise.people.kinds import OfficeKind, Role, UnitKind
from wise.people.models import Office, Unit
from wise.refusals import Refused

NOBODY = "none"
SOMEBODY_IN_THE_UNIT = "unit"
HEAD_OF_THE_OFFICE = "head"
CONCERNS = {
    NOBODY: _("No, not as far as I know"),
    SOMEBODY_IN_THE_UNIT: _("Somebody in the unit that would receive it"),
    HEAD_OF_THE_OFFICE: _("The head of the office"),
}
TO_UKI = "uki"
TO_IBI = "ibi"
NOBODY_ABOVE = "nobody-above"


def receiving_unit(
    *,
    stream: str,
    office: Office | None,
    receiver: str = TO_UKI,
    concerns: str = NOBODY,
    reported: Collection[str] = (),
    on: datetime.date | None = None,
) -> Unit:
    """The unit that gets the report, checked against the directory.

    `service` and `suggestion` go to the office's own compliance unit, `violation` to the echelon-I unit's UKI (its UT
    where it has none) or to IBI if the reporter says so. What concerns that unit, or the head of its office, goes up,
    and so does what a unit without members would receive. `reported`: names of people it is about, as the desk wrote
    them down; it goes past a unit where one of them works `on` that day, and past the unit of an office they head.
    """
    unit = _first(stream=stream, office=office, receiver=receiver)
    directory.check(unit)
    if concerns == SOMEBODY_IN_THE_UNIT or (
        concerns == HEAD_OF_THE_OFFICE and (office is None or unit.office_id == office.id)
    ):
        unit = _above(unit)
    return past(unit, reported=reported, on=on)


@contextlib.contextmanager
def for_officers() -> Iterator[None]:
    """Tell an officer in their own words where nobody is above; what a reporter reads speaks of their report."""
    try:
        yield
    except Refused as refused:
        if refused.code != NOBODY_ABOVE:
            raise
        raise Refused(
            NOBODY_ABOVE,
            _(
                "This is about people in every unit that could hold it, and no unit is above them. Tell the reporter"
                " that the Ombudsman (ombudsman.go.id), the KPK (kpk.go.id) and SP4N-LAPOR! (lapor.go.id) take it."
            ),
        ) from None


def usual(*, stream: str, office: Office | None) -> Unit:
    """The unit that reports of this kind about this office go to, whomever they concern."""
    return _first(stream=stream, office=office, receiver=TO_UKI)


def receives(unit: Unit, *, stream: str, office: Office | None) -> bool:
    """Whether reports of this kind about this office go to this unit, or would where the reporter chooses so."""
    return unit in (_first(stream=stream, office=office, receiver=receiver) for receiver in (TO_UKI, TO_IBI))


def upwards(unit: Unit, *, reported: Collection[str], on: datetime.date) -> list[Unit]:
    """The units from this one up that may get what is about these people, nearest first; refused where none may."""
    found = [past(unit, reported=reported, on=on)]
    while found[-1].above is not None:
        try:
            found.append(past(_above(found[-1]), reported=reported, on=on))
        except Refused:
            break
    return found


def past(unit: Unit, *, reported: Collection[str], on: datetime.date | None) -> Unit:
    """This unit, or the next one up that the people named do not work in, nor head the office of, and that is read."""
    names = {spelt(name) for name in reported}
    # A unit without members could not open it, and nobody would see that it is overdue: it goes to who can.
    while _is_about(unit, names, on=on) or (not staff.is_read(unit) and unit.above is not None):
        unit = _above(unit)
    return unit


def spelt(name: str) -> str:
    """A name as names are compared: spaces and capitals make no difference."""
    return " ".join(name.split()).casefold()


def _above(unit: Unit) -> Unit:
    if unit.above is None:
        raise Refused(
            NOBODY_ABOVE,
            _(
                "There is no unit above the one your report concerns. Please turn to the Ombudsman"
                " (ombudsman.go.id), the KPK (kpk.go.id) or SP4N-LAPOR! (lapor.go.id)."
            ),
        )
    directory.check(unit.above)
    return unit.above


def _is_about(unit: Unit, names: Collection[str], *, on: datetime.date | None) -> bool:
    """Whether somebody of these names works in a unit, or heads its office."""
    if not names or on is None:
        return False
    leadership = Unit.objects.filter(office=unit.office_id, kind=UnitKind.LEADERSHIP).exclude(id=unit.id)
    posts = staff.posts([unit, *leadership], on=on)
    return any(
        spelt(post.officer.name) in names
        for where, there in posts.items()
        for post in there
        if where == unit.id or post.role.role is Role.HEAD
    )


def _first(*, stream: str, office: Office | None, receiver: str) -> Unit:
    if stream == "violation":
        if receiver == TO_IBI:
            return _units().get(kind=UnitKind.INVESTIGATION)
        return _of_echelon_one(office)
    if office is None:
        return _of_echelon_one(None)
    own = _units().filter(office=office, kind=UnitKind.COMPLIANCE).first()
    return own or _of_echelon_one(office)


def _of_echelon_one(office: Office | None) -> Unit:
    """The UKI, or UT, of the echelon-I unit that an office belongs to; the head office's UKI where none is named.

    Found through the units' own `above`, each checked: the directory vouches for them, not for the offices' parents.
    """
    order = [UnitKind.COMPLIANCE, UnitKind.CERTAIN, UnitKind.INVESTIGATION]
    found = _units().filter(office=office, kind__in=order) if office is not None else ()
    unit = min(found, key=lambda unit: order.index(UnitKind(unit.kind)), default=None)
    if unit is None:
        # Office not known: the head office's UKI receives, and refers.
        return _units().get(kind=UnitKind.COMPLIANCE, office__kind=OfficeKind.HEAD_OFFICE)
    while unit.above is not None and unit.above.kind != UnitKind.INVESTIGATION:
        directory.check(unit)
        unit = unit.above
    return unit


def _units() -> QuerySet[Unit]:
    # The unit above is fetched where it is asked for: most reports stay with the unit they go to.
    return Unit.objects.select_related("office")
