"""Somebody leaves a unit, moves to another one, or is suspended: what it means is said before, then it is done."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from wise.casework import leaving as work
from wise.casework.access import Desk
from wise.casework.leaving import Next
from wise.keys import leaving, staff
from wise.people.kinds import ROLES, Role
from wise.refusals import Refused
from wise.ui import trouble
from wise.ui.forms import Form
from wise.workspace import desks

_FIELDS = {
    "no-members": "unit",
    "role-misplaced": "role",
    "not-yours-to-give": "role",
    "has-role": "role",
    "is-proposed": "role",
    "both-custodians": "unit",
    "role-missing": "role",
}


class LeavingForm(Form):
    """Where to the officer goes, if whoever fills this in may propose them there."""

    unit = forms.ChoiceField(
        label=_("And propose them for another unit"),
        help_text=_("A member of that unit then confirms it and hands its key over."),
        required=False,
    )
    role = forms.ChoiceField(label=_("Role there"), required=False)

    def __init__(self, data: Any = None, *, units: Sequence[Any]) -> None:
        """Offer these units; without any, nothing is asked."""
        super().__init__(data)
        self.units = {str(unit.id): unit for unit in units}
        if not units:
            self.fields.clear()
            return
        named = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["unit"].choices = [("", _("No, they leave")), *named]  # type: ignore[attr-defined] # a ChoiceField has them
        roles = [(row.role.value, row.label) for row in ROLES.values() if not row.everywhere]
        self.fields["role"].choices = [("", _("Choose a role")), *roles]  # type: ignore[attr-defined] # a ChoiceField has them

    def following(self) -> Next | None:
        """Where to the officer goes; None where they only leave."""
        given = self.cleaned_data
        if not given.get("unit"):
            return None
        if not given.get("role"):
            raise Refused("role-missing", _("Choose the role that they shall have there."))
        return Next(self.units[given["unit"]], Role(given["role"]))


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def end(request: HttpRequest, role_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Say what an officer's leaving means; sent, their role ends at once."""
    role = leaving.role(role_id, by=desk.officer, on=desk.today)
    others = [unit for unit in staff.units_open_to(desk.officer, on=desk.today) if unit != role.unit]
    form, status = LeavingForm(units=others), 200
    if request.method == "POST":
        form = LeavingForm(request.POST, units=others)
        try:
            trouble.insist(form)
            ended = work.end(role_id, desk=desk, at=at, following=form.following())
        except Refused as refused:
            status = trouble.blame(form, refused, fields=_FIELDS)
        else:
            desks.notify(request, _said(ended))
            return redirect("workspace:inbox" if ended.role.officer == desk.officer else "workspace:people")
    shown = {"role": role, "row": ROLES[Role(role.role)], "warnings": work.warnings(role, desk=desk)}
    return desks.show(request, "workspace/end_role.html", desk=desk, status=status, form=form, **shown)


def _said(ended: leaving.Ended) -> str:
    names = {"name": ended.role.officer.name, "unit": ended.role.unit.name}
    if not ended.lost_key:
        return gettext("The role of %(name)s at %(unit)s has ended.") % names
    if ended.renewed:
        return gettext("%(name)s no longer belongs to %(unit)s, and its key is renewed.") % names
    sentence = gettext("%(name)s no longer belongs to %(unit)s. Its key is renewed as soon as a member signs in.")
    return sentence % names


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def suspend(request: HttpRequest, officer_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Say what a suspension means; sent, the officer is locked out at once."""
    officer, refusal, status = staff.colleague(officer_id, by=desk.officer, on=desk.today), "", 200
    if request.method == "POST":
        try:
            leaving.suspend(officer_id, by=desk.officer, keyring=desk.keyring, at=at)
        except Refused as refused:
            refusal, status = str(refused.sentence), refused.status
        else:
            sentence = gettext("%(name)s is suspended: their sessions have ended, and they cannot sign in.")
            desks.notify(request, sentence % {"name": officer.name})
            return redirect("workspace:people")
    posts = staff.posts_of(officer, on=desk.today)
    shown = {"officer": officer, "posts": posts, "refusal": refusal}
    return desks.show(request, "workspace/suspend.html", desk=desk, status=status, **shown)


@require_POST
@desks.at_desk
def readmit(request: HttpRequest, officer_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """End a suspension."""
    officer = leaving.readmit(officer_id, by=desk.officer, at=at)
    sentence = gettext("%(name)s can sign in again. If their unit's key was renewed, propose them once more.")
    desks.notify(request, sentence % {"name": officer.name})
    return redirect("workspace:people")
