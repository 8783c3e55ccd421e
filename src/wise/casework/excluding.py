"""Keeping single colleagues from a case of their own unit: its keys go from the unit to the members who may see it.

Whoever is excluded holds no key, finds the case in no list, count or search, and is not told. Nothing in the clear
names them: no row, no entry of the log. Who it is stands sealed in `work`, and is asked for whenever the case comes to
another unit or back (property P30). What they had opened before they know.
"""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from wise.casework import ended, leading, parts, sealing
from wise.casework.access import Desk
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.keys import directory, grants, staff
from wise.keys.grants import Keys, To
from wise.people.models import Officer, Unit
from wise.refusals import Refused

MOVE = "exclude"
NAMES, IDS = "excluded", "excluded_ids"
# The steps that say who is kept from a case: a part that is split off begins with what holds for the whole.
_SAYING = (MOVE, "split")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who holds the unit's key. `excluded`: the case is kept from them."""

    officer: Officer
    excluded: bool


def listed(case: Case) -> list[Member]:
    """The members of the unit that holds a case, by name, and from whom it is kept."""
    found = admitted(case)
    return [Member(row, case.is_restricted and row.id not in found) for row in staff.members(case.unit)]


def admitted(case: Case) -> set[uuid.UUID]:
    """The officers who hold keys of their own to a case, by their ids: one part of a report alone, not another."""
    held = grants.work_of_officers(case.report_id)
    places = {name: grants.work_since(name) for names in held.values() for name in names}
    own = set(case.steps.filter(order__in=set(places.values())).values_list("order", flat=True))
    return {officer for officer, names in held.items() if any(places[name] in own for name in names)}


def handlers(case: Case, *, on: datetime.date) -> list[Officer]:
    """Who handles cases at the unit that holds this one and may see it, by name."""
    found = staff.handlers(case.unit, on=on)
    if not case.is_restricted:
        return found
    there = admitted(case)
    return [officer for officer in found if officer.id in there]


def excluded(case: Case, *, keys: Keys) -> frozenset[uuid.UUID]:
    """Who is kept from a case, at whichever unit it was said, as far as these keys open it."""
    return frozenset().union(*_said(case, keys=keys).values())


def _said(case: Case, *, keys: Keys) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Whom each unit said last to keep from a case."""
    latest: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    for step in case.steps.filter(move__in=_SAYING).order_by("order"):
        note = sealing.open_note(step, keys=keys)
        if step.move == MOVE or IDS in note:
            latest[step.unit_id] = frozenset(map(uuid.UUID, note.get(IDS, "").split()))
    return latest


def kept_out(case: Case, *, unit: Unit) -> frozenset[uuid.UUID]:
    """The members of a unit from whom another part of the same report is kept there, whoever may read who they are."""
    others = parts.of_report(case.report_id).filter(unit=unit, is_restricted=True).exclude(id=case.id)
    return frozenset(row.id for part in others for row in staff.members(unit) if row.id not in admitted(part))


def parts_unlike(case: Case, chosen: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """The other parts of a report, at the unit that holds this one, that are kept from others than these."""
    rows = parts.of_report(case.report_id).filter(unit=case.unit).exclude(id=case.id).select_related("unit")
    return [row.id for row in rows if not _is_so(row, set(chosen))]


def _is_so(case: Case, chosen: set[uuid.UUID]) -> bool:
    """Whether a case is kept from these and from nobody else, neither from somebody who never came."""
    now = {row.officer.id for row in listed(case) if row.excluded}
    return chosen == now and not (case.is_restricted and not now)


def in_words(ids: Iterable[uuid.UUID]) -> str:
    """How a note keeps who is excluded."""
    return " ".join(sorted(map(str, ids)))


def give(case: Case, keys: Mapping[str, bytes], *, unit: Unit, without: Iterable[uuid.UUID], desk: Desk) -> None:
    """Wrap these keys of a case for a unit: for the unit itself, or for each member who may see the case.

    The case notes which; its caller saves it. Refused where nobody would be left.
    """
    barred, there = set(without), staff.members(unit)
    left = [officer for officer in there if officer.id not in barred]
    if not left:
        raise Refused("nobody-there", _("That unit has no member who could open the case. Choose another one."))
    # Whoever is about to get the unit's key would open what is wrapped for the unit.
    case.is_restricted = bool(barred & {officer.id for officer in [*there, *staff.proposed(unit)]})
    holders = [directory.holder_of(row) for row in (left if case.is_restricted else [unit])]
    grants.store(
        [
            grants.prepare(keys, report_id=case.report_id, to=To(holder), on=desk.today, by=desk.officer)
            for holder in holders
        ]
    )


def take_away(case: Case, *, work: Iterable[str]) -> None:
    """Take the grants away from the unit that holds a case, and from its members where they have their own."""
    names = list(work)
    grants.withdraw(case.report_id, holder=directory.holder_of(case.unit), work=names)
    if case.is_restricted:
        grants.withdraw_from_officers(case.report_id, work=names)


def _complete(taking: Taking, given: Given) -> Given:
    unit, chosen = taking.case.unit, set(given.excluded)
    ids = {row.officer.id for row in listed(taking.case)}
    if not chosen <= ids | {officer.id for officer in staff.proposed(unit)}:
        raise Refused("excluded-missing", _("Choose members of the unit that holds the case."))
    if _is_so(taking.case, chosen):
        raise Refused("excluded-missing", _("That is how it stands already. Choose somebody else."))
    if not [officer for officer in staff.handlers(unit, on=taking.desk.today) if officer.id not in chosen]:
        raise Refused(
            "nobody-left",
            _("Nobody who handles cases would be left. Refer the case to the unit above instead."),
        )
    # Whatever is written from here on is sealed under a key that whoever is excluded never had.
    name = grants.work_of(taking.case.unit_id, since=taking.case.last_order + 1)
    taking.made.update(grants.new_keys(name))
    taking.keys.update(taking.made)
    # Whoever was excluded and left the unit stays excluded: they may come back.
    gone = _said(taking.case, keys=taking.keys).get(unit.id, frozenset()) - ids
    return replace(given, excluded=frozenset(chosen | gone))


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    chosen = Officer.objects.filter(id__in=given.excluded).order_by("name", "id")
    return {
        NAMES: "\n".join(officer.name for officer in chosen) or str(_("Nobody any more")),
        IDS: in_words(given.excluded),
    }


def _follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    """Wrap the keys anew for who may see the case; whoever is excluded handles nothing of it any more."""
    assert step.at is not None  # an officer took it
    case, keys, desk = taking.case, taking.keys, taking.desk
    ended.leaves(case, by=desk.officer.id, at=step.at)
    work = [name for name in keys if grants.is_work(name)]
    handed = {name: key for name, key in keys.items() if not grants.is_confided(name)}
    take_away(case, work=work)
    give(case, handed, unit=case.unit, without=given.excluded, desk=desk)
    if case.lead is not None:
        leading.give(case, keys, lead=case.lead, desk=desk)
    if case.handler_id in given.excluded:
        case.handler = None
    left = {officer.id for officer in staff.handlers(case.unit, on=desk.today)} - set(given.excluded)
    heir = desk.officer.id if desk.officer.id in left else min(left)
    case.tasks.filter(is_open=True, officer__in=given.excluded).update(officer=heir)
    return []


EFFECT = Effect(
    complete=_complete,
    note=_note,
    follow=_follow,
    # Where a unit has one member, and nobody comes, there is nobody to keep it from.
    fits=lambda case, _today: len(staff.members(case.unit)) > 1 or bool(staff.proposed(case.unit)),
)
