"""Tasks: what is to be done on a case, by whom of the unit and by when, until it is done or the case leaves."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Case as Sorted
from django.db.models import IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from wise.casework import access, excluding, sealing
from wise.casework.access import Desk
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step, Task
from wise.keys.grants import Keys
from wise.people.models import Officer
from wise.refusals import Refused

PAGE = 25


@dataclass(frozen=True, slots=True, repr=False)
class OpenedTask:
    """A task with its words."""

    row: Task
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """One task in a list, with nothing of what it says: nothing is decrypted for a list."""

    case: Case
    officer: Officer
    due_on: datetime.date
    mine: bool


def of_case(case: Case, *, keys: Keys) -> list[OpenedTask]:
    """All tasks of a case that these keys open, the open ones first, by the day on which they are due."""
    rows = case.tasks.select_related("officer").order_by("-is_open", "due_on", "id")
    found = [OpenedTask(row, sealing.open_task(row, keys=keys)) for row in rows]
    return [task for task in found if task.what]


def open_at(desk: Desk, *, page: int = 1) -> tuple[list[Line], bool]:
    """The open tasks of the desk's units, the officer's own first, by day: one page, and whether there is another."""
    start = (max(1, page) - 1) * PAGE
    own_first = Sorted(When(officer=desk.officer, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Task.objects.filter(is_open=True, unit__in=desk.holding, case__in=access.cases_of(desk)).order_by(
        own_first, "due_on", "id"
    )
    cut = list(rows.select_related("officer", "case__report__topic", "case__unit")[start : start + PAGE + 1])
    found = [Line(row.case, row.officer, row.due_on, mine=row.officer_id == desk.officer.id) for row in cut[:PAGE]]
    return found, len(cut) > PAGE


def close_out(case: Case) -> None:
    """The case leaves its unit: what was to be done there is nobody's task any more."""
    case.tasks.filter(is_open=True).update(is_open=False)


def _complete_added(taking: Taking, given: Given) -> Given:
    assert given.task is not None
    case, today = taking.case, taking.desk.today
    if given.task.officer not in {officer.id for officer in excluding.handlers(case, on=today)}:
        raise Refused("colleague-missing", _("Choose who of the unit does it."))
    if given.task.due_on is None or given.task.due_on < today:
        raise Refused("task-past", _("The day of a task is today or later."))
    return given


def _note_added(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    assert given.task is not None
    assert given.task.officer is not None
    assert given.task.due_on is not None
    officer = Officer.objects.get(id=given.task.officer)
    return {"task": given.task.what.strip(), "assignee": officer.name, "task_due": given.task.due_on.isoformat()}


def _follow_added(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    assert given.task is not None
    assert given.task.officer is not None
    assert given.task.due_on is not None
    row = Task(case=step.case, order=step.order, unit=step.unit, officer_id=given.task.officer)
    row.due_on = given.task.due_on
    row.sealed = sealing.seal_task(row, given.task.what.strip(), keys=taking.keys)
    row.save(force_insert=True)
    return []


def _open(taking: Taking, given: Given) -> Task:
    assert given.task_done is not None
    row = taking.case.tasks.select_for_update().filter(id=given.task_done, is_open=True).first()
    if row is None:
        raise Refused("task_done-missing", _("Choose a task that is not done yet."))
    return row


def _complete_finished(taking: Taking, given: Given) -> Given:
    _open(taking, given)
    return given


def _note_finished(taking: Taking, given: Given) -> Mapping[str, str]:
    return {"task": sealing.open_task(_open(taking, given), keys=taking.keys)}


def _follow_finished(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    row = _open(taking, given)
    row.is_open, row.done_on = False, step.on
    row.save(update_fields=["is_open", "done_on"])
    return []


def _fits(case: Case, today: datetime.date) -> bool:
    del today
    return case.tasks.filter(is_open=True).exists()


ADDED = Effect(complete=_complete_added, note=_note_added, follow=_follow_added)
FINISHED = Effect(complete=_complete_finished, note=_note_finished, follow=_follow_finished, fits=_fits)
