"""An administrator takes off the second step of an officer who has lost everything: first whose, then for sure."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wise.casework.access import Desk
from wise.keys import staff
from wise.people import second_step
from wise.people.kinds import Role
from wise.refusals import NotThere, Refused
from wise.workspace import desks, forms, proving
from wise.workspace.second_step_forms import Login, Sure


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def take_off(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Ask whose it is, show who that is, and take it off."""
    if not desk.has(Role.ADMIN):
        raise NotThere
    form, status = Login(), 200
    if request.method == "POST":
        form, status = Login(request.POST), 422
        if form.is_valid():
            try:
                officer = staff.officer_called(form.cleaned_data["login"])
                second_step.check_take_off(officer, by=desk.officer)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                return _for_sure(request, officer, desk=desk, at=at)
    return desks.show(request, "workspace/second_step_whose.html", desk=desk, status=status, form=form)


def _for_sure(request: HttpRequest, officer: Any, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    is_sure = "sure" in request.POST
    form, status = proving.ask(Sure(request.POST if is_sure else None), request, at=at), 200
    if is_sure:
        status = 422
        if form.is_valid():
            try:
                proving.settle(form, request, desk=desk, at=at)
                second_step.take_off(officer, by=desk.officer, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                desks.notify(request, _("The second step of %(name)s is taken off.") % {"name": officer.name})
                return redirect("workspace:people")
    shown = {"form": form, "officer": officer}
    return desks.show(request, "workspace/second_step_take_off.html", desk=desk, status=status, **shown)
