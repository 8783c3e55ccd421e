"""Giving a case to somebody: to one colleague who handles it from then on, or by a disposition with instructions.

Whoever gets it holds the unit's key already: nothing is wrapped for anybody.
"""

import dataclasses
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from wise.casework import absences, excluding
from wise.casework.access import Desk
from wise.casework.effects import Effect, Taking
from wise.casework.given import NOBODY, Given
from wise.casework.models import Case, Step
from wise.casework.vocabulary import Needs
from wise.casework.workflow import Move
from wise.keys import acting
from wise.letters.content import Urgency
from wise.people.kinds import Role
from wise.people.models import Absence, Officer, OfficerRole
from wise.refusals import Refused

_HIGHEST_FIRST = (Role.HEAD, Role.UNIT_HEAD, Role.INVESTIGATOR, Role.VERIFIER)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be given the case. `absence`: they are away today, and who stands in."""

    officer: Officer
    absence: Absence | None


def colleagues(case: Case, *, desk: Desk) -> list[Colleague]:
    """Who handles cases at the unit that holds this one, with its key, by name; never whoever asks."""
    found = [row for row in excluding.handlers(case, on=desk.today) if row.id != desk.officer.id]
    away = absences.of([row.id for row in found], on=desk.today)
    return [Colleague(row, away.get(row.id)) for row in found]


def why_not(move: Move, given_to: Sequence[Colleague]) -> str:
    """Why there is nobody to choose; empty where there is."""
    if given_to or Needs.DISPOSITION not in move.needs:
        return ""
    return str(_("Nobody else handles cases at the unit that holds this one. A disposition needs somebody to go to."))


def _chosen(taking: Taking, ids: Iterable[str]) -> list[Officer]:
    wanted = dict.fromkeys(ids)
    found = {str(row.officer.id): row.officer for row in colleagues(taking.case, desk=taking.desk)}
    if not set(wanted) <= set(found):
        code = "addressees-missing" if Needs.DISPOSITION in taking.move.needs else "officer-missing"
        raise Refused(code, _("Choose colleagues who handle cases at the unit that holds this one."))
    return [found[each] for each in wanted]


def _assignee(taking: Taking, given: Given) -> Given:
    nobody = given.officer == NOBODY
    chosen = None if nobody else _chosen(taking, [given.officer])[0]
    if taking.case.handler_id == (chosen.id if chosen else None):
        raise Refused("officer-missing", _("That is how it stands already. Choose somebody else."))
    return given


def _assigned_note(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    return {"assigned": "" if given.officer == NOBODY else Officer.objects.get(id=given.officer).name}


def _assign(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    del step
    taking.case.handler = None if given.officer == NOBODY else Officer.objects.get(id=given.officer)
    return []


ASSIGNMENT = Effect(complete=_assignee, note=_assigned_note, follow=_assign)


def _addressed(taking: Taking, given: Given) -> Given:
    """Refuse what is no disposition; its words become the step's note."""
    told = given.disposition
    assert told is not None
    told.check(today=taking.desk.today)
    _chosen(taking, told.to)
    return dataclasses.replace(given, note=told.note)


def _disposition_note(taking: Taking, given: Given) -> Mapping[str, str]:
    told = given.disposition
    assert told is not None
    return {
        "addressees": "\n".join(row.name for row in _chosen(taking, told.to)),
        "instructions": " ".join(told.instructions),
        "urgency": told.urgency or Urgency.ORDINARY.value,
        "back_by": told.back_by.isoformat() if told.back_by else "",
        "disposed_as": _as_what(taking),
    }


def _as_what(taking: Taking) -> str:
    """As what the officer disposes: the highest of the roles that let them, or as whom they act for the head."""
    held = taking.desk.roles_on(taking.case) & taking.move.who
    role = next(role for role in _HIGHEST_FIRST if role in held)
    if role is Role.HEAD:
        row = OfficerRole.objects.get(officer=taking.desk.officer, unit=taking.case.lead_id, role=role)
        term = acting.term_of(row)
        return term.kind.value if term else role.value
    return role.value


def _dispose(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    del step
    told = given.disposition
    assert told is not None
    taking.case.handler = Officer.objects.get(id=uuid.UUID(told.to[0]))
    return []


DISPOSITION = Effect(complete=_addressed, note=_disposition_note, follow=_dispose)
