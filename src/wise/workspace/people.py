"""The people of a unit: who is there, who is proposed, and putting somebody forward."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wise.casework.access import Desk
from wise.keys import acting, leaving, membership, renewing, staff
from wise.keys.acting import Term
from wise.people import joining
from wise.people.kinds import ROLES, Role, RoleRow, roles_for
from wise.refusals import NotThere, Refused
from wise.workspace import desks, forms, unit_keys


@require_safe
@desks.at_desk
def overview(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The members of one's units, the proposals that wait for one's answer, and one's own that wait for others."""
    del at
    if not desks.manages_people(desk):
        raise NotThere
    waiting, own = staff.open_proposals(desk.keyring), staff.proposed_by(desk.officer)
    terms = acting.terms_of([*waiting, *own])
    changes = staff.units_open_to(desk.officer, on=desk.today)
    others = [unit for unit in changes if unit not in desk.places]
    units = [*(unit for unit in others if str(unit.id) == request.GET.get("unit")), *desk.places]
    posts, keys = staff.posts(units, on=desk.today), unit_keys.of(desk, units=units)
    return desks.show(
        request,
        "workspace/people.html",
        desk=desk,
        changes=changes,
        is_admin=desk.has(Role.ADMIN),
        elsewhere=forms.UnitChoice(request.GET if "unit" in request.GET else None, units=others) if others else None,
        units=[(unit, posts[unit.id], keys[unit.id]) for unit in units],
        renewals=renewing.waiting(by=desk.officer, keyring=desk.keyring, on=desk.today),
        suspended=leaving.suspended(by=desk.officer, on=desk.today),
        waiting=[_line(row, terms) for row in waiting if desk.officer.id not in {row.proposed_by_id, row.officer_id}],
        own=[_line(row, terms) for row in own],
    )


def _line(proposal: Any, terms: Mapping[uuid.UUID, Term]) -> tuple[Any, RoleRow, Term | None]:
    return proposal, ROLES[Role(proposal.role)], terms.get(proposal.id)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def propose(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Propose an officer for a role at a unit; a new one types their own passphrase here and gets a recovery code."""
    units = staff.units_open_to(desk.officer, on=desk.today)
    if not units:
        raise NotThere
    wanted = request.POST.get("unit") or request.GET.get("unit") or (str(units[0].id) if len(units) == 1 else "")
    if not wanted:
        return _which_unit(request, forms.UnitChoice(units=units), desk=desk)
    unit = next((unit for unit in units if str(unit.id) == wanted), None)
    if unit is None:
        raise NotThere
    roles = [row for row in roles_for(unit.kind) if not row.everywhere or desk.has(Role.ADMIN)]
    try:
        membership.check(unit, role=roles[0].role, by_board=False)
    except Refused as refused:  # said before anybody types a passphrase
        choice = forms.UnitChoice({"unit": wanted}, units=units)
        forms.refuse(choice, refused)
        return _which_unit(request, choice, desk=desk, status=refused.status)
    form, status = forms.Proposal(roles=roles), 200
    if request.method == "POST":
        form, status = forms.Proposal(request.POST, roles=roles), 422
        if form.is_valid():
            try:
                return _proposed(request, form.cleaned_data, unit=unit, desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
    shown = {"form": form, "unit": unit, "several_units": len(units) > 1}
    return desks.show(request, "workspace/propose.html", desk=desk, status=status, **shown)


def _which_unit(request: HttpRequest, form: forms.UnitChoice, *, desk: Desk, status: int = 200) -> HttpResponseBase:
    return desks.show(request, "workspace/propose_where.html", desk=desk, status=status, form=form)


def _proposed(
    request: HttpRequest, given: dict[str, Any], *, unit: Any, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    role, term = Role(given["role"]), acting.term(given.get("acting", ""), until=given.get("until"))
    if given["who"] == forms.NEW:
        newcomer = joining.prepare_officer(
            given["login"],
            name=given["name"],
            passphrase=given["passphrase"],
            service_number=given["service_number"],
        )
        membership.propose_newcomer(newcomer, unit=unit, role=role, by=desk.officer, at=at, term=term)
        return desks.show(
            request,
            "workspace/newcomer.html",
            desk=desk,
            recovery_code=newcomer.recovery_code,
            newcomer=newcomer.row,
            unit=unit,
            role=ROLES[role],
            term=term,
        )
    officer = staff.officer_called(given["login"])
    membership.propose(officer, unit=unit, role=role, by=desk.officer, at=at, term=term)
    sentence = _("%(name)s is proposed. A member of %(unit)s must confirm it.")
    desks.notify(request, sentence % {"name": officer.name, "unit": unit.name})
    return redirect("workspace:people")


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def service_number(
    request: HttpRequest, officer_id: uuid.UUID, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """Correct the number that stands below a colleague's name on letters."""
    officer = staff.colleague(officer_id, by=desk.officer, on=desk.today)
    form, status = forms.ServiceNumber(initial={"service_number": officer.service_number}), 200
    if request.method == "POST":
        form, status = forms.ServiceNumber(request.POST), 422
        if form.is_valid():
            staff.renumber(officer_id, service_number=form.cleaned_data["service_number"], by=desk.officer, at=at)
            desks.notify(request, _("The service number of %(name)s is corrected.") % {"name": officer.name})
            return redirect("workspace:people")
    return desks.show(request, "workspace/service_number.html", desk=desk, status=status, form=form, officer=officer)
