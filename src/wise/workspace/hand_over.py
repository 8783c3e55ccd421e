"""Handing a unit's key over: what the unit's cases say of who is to get it is looked through first, then confirmed.

How far the look has come waits in the page itself, sealed for this session: nothing of what was found is stored.
"""

import datetime
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from wise.casework import joining
from wise.casework.access import Desk
from wise.casework.joining import Candidate, Check, Waiting
from wise.casework.together import Outcome
from wise.keys import acting, membership, renewing, staff
from wise.people import carrying
from wise.people.kinds import ROLES, Role
from wise.refusals import NotThere, Refused
from wise.ui.forms import Form
from wise.workspace import desks, forms, proving, ticked
from wise.workspace.second_step_forms import Sure

_OK = 200
# What asks for the passphrase again: handing a key over, and keeping cases from somebody.
_DEEDS = frozenset({"confirm", "keep_out"})


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def member(request: HttpRequest, proposal_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Look at who was proposed for a unit of one's own, then confirm, which hands the key over, or decline."""
    row = staff.open_proposal(proposal_id, keyring=desk.keyring)
    if desk.officer.id in {row.proposed_by_id, row.officer_id}:
        raise NotThere
    if request.POST.get("decision") == "decline":
        membership.decide(row, confirmed=False, by=desk.officer, keyring=desk.keyring, at=at)
        return _back(request, gettext("The proposal of %(name)s was declined.") % {"name": row.officer.name})
    term = acting.terms_of([row]).get(row.id)
    about = {"proposal": row, "role": ROLES[Role(row.role)], "term": term}
    done = gettext("%(name)s now belongs to %(unit)s.") % {"name": row.officer.name, "unit": row.unit.name}
    return _page(request, row, about=about, done=done, desk=desk, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def renewal(request: HttpRequest, renewal_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Look at whose new keys wait, then put them in force and hand the unit's key over, or decline them."""
    rows = renewing.waiting(by=desk.officer, keyring=desk.keyring, on=desk.today)
    row = next((row for row in rows if row.id == renewal_id), None)
    if row is None:
        raise NotThere
    if request.POST.get("decision") == "decline":
        renewing.decide(row.id, confirmed=False, by=desk.officer, keyring=desk.keyring, at=at)
        return _back(request, gettext("The new keys of %(name)s were declined.") % {"name": row.officer.name})
    done = gettext("%(name)s has new keys.") % {"name": row.officer.name}
    return _page(request, row, about={}, done=done, desk=desk, at=at)


def _page(
    request: HttpRequest,
    row: Waiting,
    *,
    about: Mapping[str, Any],
    done: str,
    desk: Desk,
    at: datetime.datetime,
) -> HttpResponseBase:
    """Do what was pressed; then show how far the look has come and what it found."""
    candidate, wanted = joining.candidate_of(row, desk=desk), request.POST.get("decision", "")
    check, refusal, status, outcomes = _kept(request, candidate, at=at), "", 200, list[Outcome]()
    form = proving.ask(Sure(request.POST if wanted in _DEEDS else None), request, at=at) if candidate.units else Sure()
    if candidate.units and wanted in _DEEDS:
        status = _proved(form, request, desk=desk, at=at)
        wanted = wanted if status == _OK else ""
    if wanted == "confirm":
        try:
            joining.confirm(row, check, desk=desk, at=at)
        except Refused as refused:
            refusal, status = str(refused.sentence), refused.status
            if refused.code == "about-candidate":
                check = None  # something came while they looked
        else:
            return _back(request, done)
    if check is None:
        check = joining.begin(candidate, desk=desk)
        wanted = "go_on"
    if wanted == "go_on" and not check.is_whole:
        check = joining.go_on(check, candidate, desk=desk, at=at)
    elif wanted == "keep_out":
        outcomes = joining.keep_out(check, candidate, desk=desk, at=at)
    shown = _shown(request, check, candidate, outcomes, desk=desk, at=at) | {"row": row, "form": form, **about}
    return desks.show(request, "workspace/hand_over.html", desk=desk, status=status, refusal=refusal, **shown)


def _proved(form: Form, request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> int:
    """The status of the page: whether whoever sits there has shown by the passphrase that it is still they."""
    if not form.is_valid():
        return 422
    try:
        proving.settle(form, request, desk=desk, at=at)
    except Refused as refused:
        forms.refuse(form, refused)
        return refused.status
    return _OK


def _shown(
    request: HttpRequest,
    check: Check,
    candidate: Candidate,
    outcomes: Sequence[Outcome],
    *,
    desk: Desk,
    at: datetime.datetime,
) -> dict[str, Any]:
    found = joining.findings(check, candidate, desk=desk)
    return {
        "units": candidate.units,
        "check": check,
        "kept": carrying.carry(_in_words(check, candidate), token=_token(request), at=at),
        "lines": [(finding, joining.WHY[finding.why]) for finding in found],
        "to_keep_out": [line for line in found if not line.stays_out and not line.led],
        "to_see_to": [line for line in found if not line.stays_out],
        "done": ticked.done(outcomes),
        "not_done": ticked.not_done(outcomes),
    }


def _back(request: HttpRequest, sentence: str) -> HttpResponseBase:
    desks.notify(request, sentence)
    return redirect("workspace:people")


def _token(request: HttpRequest) -> str:
    key = request.session.session_key
    assert key is not None  # behind the sign-in
    return key


def _in_words(check: Check, candidate: Candidate) -> str:
    told = {
        "of": candidate.of.hex,
        "on": check.on.isoformat(),
        "numbers": [check.total, check.checked, check.unopened],
        "through": check.through.hex,
        "found": [case_id.hex for case_id in check.found],
    }
    return json.dumps(told)


def _kept(request: HttpRequest, candidate: Candidate, *, at: datetime.datetime) -> Check | None:
    """How far the look had come on the page that was sent; None where it is over ten minutes old, or another's."""
    try:
        told = json.loads(carrying.carried(request.POST.get("kept", ""), token=_token(request), at=at))
    except Refused:
        return None
    if told["of"] != candidate.of.hex:
        return None
    total, checked, unopened = told["numbers"]
    return Check(
        on=datetime.date.fromisoformat(told["on"]),
        total=total,
        checked=checked,
        unopened=unopened,
        through=uuid.UUID(told["through"]),
        found=tuple(map(uuid.UUID, told["found"])),
    )
