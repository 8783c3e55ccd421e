"""The pages of a Kanwil or a head office about the offices below: numbers, and cases as far as one may know them."""

import datetime
import uuid

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from wise.casework import overview
from wise.casework.access import Desk
from wise.workspace import desks

_LONGEST_PAGE = 6


@require_safe
@desks.at_desk
def offices(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The offices below at a glance."""
    del at
    rows = overview.offices(desk)
    total = sum((row.tally for row in rows), overview.Tally())
    return desks.show(request, "workspace/offices.html", desk=desk, rows=rows, total=total)


@require_safe
@desks.at_desk
def office(request: HttpRequest, unit_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """One of them: its open cases by number and time left; those that one's own keys open are links."""
    del at
    wanted = request.GET.get("page", "")
    page = int(wanted) if wanted.isdecimal() and len(wanted) < _LONGEST_PAGE else 1
    return desks.show(request, "workspace/office.html", desk=desk, below=overview.below(desk, unit_id, page=page))
