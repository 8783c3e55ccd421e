"""The inbox: the lists of one's units, or what an officer without cases can do here."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from wise.casework import inbox as lists
from wise.casework import reminders
from wise.casework.access import Desk
from wise.casework.inbox import View
from wise.keys import staff
from wise.people.kinds import ROLES, Role
from wise.workspace import desks, forms, wording


@dataclass(frozen=True, slots=True)
class Tab:
    """A list in the rail, with how many cases it has ("999+" beyond that; empty where nobody counts)."""

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
    form = forms.Filter(request.GET)
    wanted = forms.wanted(form)
    return desks.show(
        request,
        "workspace/inbox.html",
        desk=desk,
        tabs=_tabs(desk, current=wanted.view),
        view=lists.VIEWS[wanted.view],
        page=lists.page(desk, wanted=wanted),
        several_units=len(desk.units) > 1,
        filter=form,
        filtered=bool(wanted.stream or wanted.status or wanted.agenda),
        most=lists.MOST_COUNTED,
        escalated=escalated,
    )


def _tabs(desk: Desk, *, current: str) -> list[Tab]:
    counts = lists.counts(desk)
    return [Tab(view, _count(counts.get(code)), code == current) for code, view in lists.VIEWS.items()]


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{lists.MOST_COUNTED}+" if number > lists.MOST_COUNTED else str(number)
