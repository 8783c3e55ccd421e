"""Improvements: what the head of office ordered so that the service gets better, until it is done (mission B4)."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wise.casework import access, sealing
from wise.casework.access import Desk
from wise.casework.effects import Effect, Taking
from wise.casework.given import Action, Given
from wise.casework.models import Case, Improvement, Step
from wise.keys.grants import Keys
from wise.refusals import Refused

PAGE = 25


@dataclass(frozen=True, slots=True, repr=False)
class Ordered:
    """An improvement, opened. `evidence` is empty until it is done."""

    row: Improvement
    what: str
    owner: str
    evidence: str

    @property
    def done_on(self) -> datetime.date | None:
        """The day on which it was recorded as done."""
        return self.row.done_on


@dataclass(frozen=True, slots=True)
class Reminder:
    """One improvement in a list, with nothing of what it says: nothing is decrypted for a list."""

    case: Case
    due_on: datetime.date
    days_left: int

    @property
    def overdue(self) -> bool:
        """Whether its day has passed."""
        return self.days_left < 0


def check(actions: Sequence[Action], *, today: datetime.date) -> None:
    """Refuse where there is none, where one is half told, or where one is due in the past."""
    if not actions:
        raise Refused("actions-missing", _("Order at least one improvement: what, who sees to it, and by when."))
    for action in actions:
        if not action.whole:
            raise Refused("actions-incomplete", _("Each improvement needs what is to be done, who sees to it, a day."))
        if action.due_on is None or action.due_on < today:
            raise Refused("actions-past", _("The day of an improvement is today or later."))


def order(step: Step, actions: Sequence[Action], *, keys: Keys) -> list[Improvement]:
    """Enter what is to be done with the step that orders it."""
    rows = []
    for action in actions:
        assert action.due_on is not None
        row = Improvement(case=step.case, order=step.order, unit=step.unit, due_on=action.due_on)
        words = {"what": action.what.strip(), "owner": action.owner.strip()}
        row.sealed = sealing.seal_improvement(row, words, keys=keys)
        row.save(force_insert=True)
        rows.append(row)
    return rows


def finish(step: Step, improvement: uuid.UUID, *, evidence: str, keys: Keys) -> Improvement:
    """Record with this step that one was done, and what shows it; once."""
    row = Improvement.objects.select_for_update().filter(id=improvement, case=step.case, done_on=None).first()
    if row is None:
        raise Refused("improvement-missing", _("Choose an improvement that is not done yet."))
    row.done_on, row.done_order = step.on, step.order
    row.sealed_done = sealing.seal_improvement(row, {"evidence": evidence.strip()}, keys=keys, done=True)
    row.save(update_fields=["done_on", "done_order", "sealed_done"])
    return row


def open_of(case: Case) -> QuerySet[Improvement]:
    """What is still to be done on a case."""
    return case.improvements.filter(done_on=None)


def of_case(case: Case, *, keys: Keys) -> list[Ordered]:
    """All that was ordered on a case, by the day on which it is due."""
    found = []
    for row in case.improvements.order_by("due_on", "id"):
        words = sealing.open_improvement(row, keys=keys)
        found.append(Ordered(row, words.get("what", ""), words.get("owner", ""), words.get("evidence", "")))
    return found


def reminders(desk: Desk, *, page: int = 1, led: bool = False) -> tuple[list[Reminder], bool]:
    """What is still to be done on the desk's cases, nearest first: one page, and whether there is another.

    `led`: only on cases that were put before this head of office.
    """
    start = (max(1, page) - 1) * PAGE
    rows = Improvement.objects.filter(done_on=None, case__in=access.cases_of(desk))
    if led:
        rows = rows.filter(case__lead__in=desk.leading)
    cut = list(
        rows.select_related("case__report__topic", "case__unit").order_by("due_on", "id")[start : start + PAGE + 1]
    )
    found = [Reminder(row.case, row.due_on, (row.due_on - desk.today).days) for row in cut[:PAGE]]
    return found, len(cut) > PAGE


def _fits(case: Case, today: datetime.date) -> bool:
    del today
    return open_of(case).exists()


def _follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    assert given.improvement is not None
    finish(step, given.improvement, evidence=given.note, keys=taking.keys)
    return []


EFFECT = Effect(follow=_follow, fits=_fits)
