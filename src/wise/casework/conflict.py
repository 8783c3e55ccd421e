"""Whom a case is about, named while it is verified: it leaves a unit where they work, or whose office they head.

The rule is that of reception (`receivers.past`): whoever a report concerns has no key to it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wise.casework import laporan, receivers, sealing
from wise.casework.effects import Effect, Taking
from wise.casework.given import LONGEST_NAME, MOST_REPORTED, Given
from wise.casework.models import Case
from wise.casework.workflow import MOVES
from wise.keys import staff
from wise.keys.grants import Keys
from wise.keys.staff import Post
from wise.people.kinds import UnitKind
from wise.people.models import Unit
from wise.refusals import Refused

GOES_UP = "goes_up"
STAYS = "stays"


def known_people(case: Case, *, on: datetime.date) -> list[Post]:
    """The people to choose from: who works in the holding unit, and at the head's unit of its office."""
    heads = Unit.objects.filter(office=case.unit.office, kind=UnitKind.LEADERSHIP).exclude(id=case.unit_id)
    return [post for there in staff.posts([case.unit, *heads], on=on).values() for post in there]


def named(case: Case, *, keys: Keys) -> tuple[str, ...]:
    """Everybody whom the desk or a unit has named as reported, in that order, as far as these keys open it."""
    saying = [MOVES[name].name for name in ("name_persons", "split")]
    steps = case.steps.filter(move__in=saying).order_by("order")
    about = (sealing.open_note(step, keys=keys).get("about", "") for step in steps)
    later = [name for names in about for name in names.splitlines()]
    return tuple(dict.fromkeys([*laporan.reported_in(case, keys=keys), *later]))


def _complete(taking: Taking, given: Given) -> Given:
    """What was typed, with the unit to which the case goes because of it; refused where there is none above."""
    case, on = taking.case, taking.desk.today
    names = tuple(dict.fromkeys(name.strip() for name in given.reported if name.strip()))
    if len(names) > MOST_REPORTED or any(len(name) > LONGEST_NAME for name in names):
        raise Refused("reported-long", _("Name at most 20 people, each with at most 120 characters."))
    with receivers.for_officers():
        unit = receivers.past(case.unit, reported=names, on=on)
    if unit.id == case.unit_id:
        return replace(given, reported=names, conclusion=STAYS, unit=None)
    return replace(given, reported=names, conclusion=GOES_UP, unit=unit)


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    return {"about": "\n".join(given.reported)}


EFFECT = Effect(complete=_complete, note=_note)
