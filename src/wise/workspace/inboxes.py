"""The inbox: the lists of one's units, or what an officer without cases can do here."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from wise.casework import absences, improving, reminders, tags, tasks, together
from wise.casework import inbox as lists
from wise.casework.access import Desk
from wise.casework.inbox import View
from wise.keys import staff
from wise.people.kinds import ROLES, Role
from wise.workspace import desks, forms, wording


@dataclass(frozen=True, slots=True)
class Tab:
    """A list in the rail, with how many cases it has ("999+" beyond that; empty where nobody counts)."""

    label: Any
    view: View
    count: str
    current: bool


@require_safe
@desks.at_desk
def inbox(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """One page of one list; for an officer without cases the duties that WiSe has for them."""
    del at
    escalated = reminders.escalated(desk)
    if not desk.units:
        waiting = [(row.unit, ROLES[Role(row.role)]) for row in staff.proposals_of(desk.officer)]
        duties = wording.duties_of(desk)
        return desks.show(
            request, "workspace/no_cases.html", desk=desk, duties=duties, waiting=waiting, escalated=escalated
        )
    if desk.leading and not request.GET:
        return _head(request, desk, escalated=escalated)
    form = forms.Filter(request.GET, tags=tags.known_at(desk))
    wanted = forms.wanted(form)
    if wanted.view == "improve":
        return _improvements(request, desk, page=wanted.page)
    if wanted.view == "tasks":
        return _tasks(request, desk, page=wanted.page)
    return desks.show(
        request,
        "workspace/inbox.html",
        desk=desk,
        tabs=(tabs := _tabs(desk, current=wanted.view)),
        label=next((tab.label for tab in tabs if tab.current), lists.VIEWS[wanted.view].label),
        view=lists.VIEWS[wanted.view],
        page=lists.page(desk, wanted=wanted),
        for_many=together.moves_for_many(desk),
        away=absences.own(desk.officer, on=desk.today),
        several_units=len(desk.units) > 1,
        filter=form,
        filtered=bool(wanted.stream or wanted.status or wanted.agenda or wanted.tag),
        most=lists.MOST_COUNTED,
        escalated=escalated,
    )


def _head(request: HttpRequest, desk: Desk, *, escalated: Any) -> HttpResponseBase:
    """What waits for the head of office: decisions, late cases, improvements."""
    decisions, all_decisions = lists.before_the_head(desk, "decide")
    overdue, all_overdue = lists.before_the_head(desk, "overdue")
    improvements, more = improving.reminders(desk, led=True)
    return desks.show(
        request,
        "workspace/head.html",
        desk=desk,
        tabs=_tabs(desk, current=""),
        decisions=decisions,
        more_decisions=all_decisions > len(decisions),
        overdue=overdue,
        more_overdue=all_overdue > len(overdue),
        improvements=improvements,
        more_improvements=more,
        several_units=True,
        escalated=escalated,
    )


def _improvements(request: HttpRequest, desk: Desk, *, page: int) -> HttpResponseBase:
    """What is still to be done so that the service gets better, by the day on which it is due."""
    found, more = improving.reminders(desk, page=page)
    turned = {"number": page, "previous": page - 1, "next": page + 1, "has_next": more}
    return desks.show(
        request,
        "workspace/improvements.html",
        desk=desk,
        tabs=_tabs(desk, current="improve"),
        view=lists.VIEWS["improve"],
        improvements=found,
        page=turned,
    )


def _tasks(request: HttpRequest, desk: Desk, *, page: int) -> HttpResponseBase:
    """What is still to be done on cases: one's own tasks first, then the colleagues'."""
    found, more = tasks.open_at(desk, page=page)
    return desks.show(
        request,
        "workspace/tasks.html",
        desk=desk,
        tabs=_tabs(desk, current="tasks"),
        view=lists.VIEWS["tasks"],
        lines=found,
        page={"number": page, "previous": page - 1, "next": page + 1, "has_next": more},
    )


def _tabs(desk: Desk, *, current: str) -> list[Tab]:
    counts, is_head = lists.counts(desk), not desk.holding
    return [
        Tab(view.led if is_head and view.led else view.label, view, _count(counts.get(view.code)), view.code == current)
        for view in lists.views_for(desk)
    ]


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{lists.MOST_COUNTED}+" if number > lists.MOST_COUNTED else str(number)
