"""The custodians' pages: what waits for their unit, what it decided, a request with its decision, envelopes, terms."""

import datetime
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from wise.casework import allowing, custody, envelopes
from wise.casework.access import Desk
from wise.casework.custody import Request
from wise.refusals import NotThere, Refused
from wise.ui.forms import Form
from wise.workspace import desks, forms, proving, vault_forms

_LISTS = {
    "waiting": (gettext_lazy("Waiting for you"), custody.waiting, gettext_lazy("Nothing waits for a decision.")),
    "decided": (gettext_lazy("Decided"), custody.decided, gettext_lazy("Your unit has decided about nothing yet.")),
}
# What a unit said, by its turn.
_SAID = {"passed": gettext_lazy("Agreed"), "allowed": gettext_lazy("Agreed"), "refused": gettext_lazy("Refused")}
# What follows from a decision, by the state it led to; `allowed` differs by who gets the key.
_DONE: dict[str, Promise] = {
    "refused": gettext_lazy("The request is refused. Whoever asked reads your reason."),
    "passed": gettext_lazy("You agreed. Now the second custodian unit decides."),
}
# After these there is nothing left to decide.
_OVER = frozenset({"decided-already", "asker-left", "too-late", "nothing-to-disclose"})


@require_safe
@desks.at_desk
def overview(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """What waits for one's unit, or what it has decided about."""
    custody.own_units(desk)
    allowing.end_what_is_over(at=at)
    view = request.GET.get("view", "")
    view = view if view in _LISTS else "waiting"
    label, found, empty = _LISTS[view]
    shown: dict[str, Any] = {
        "view": view,
        "label": label,
        "empty": empty,
        "lists": [(code, row[0]) for code, row in _LISTS.items()],
    }
    page = found(desk, page=_number(request.GET.get("page", "")))
    return desks.show(request, "workspace/identities.html", desk=desk, page=page, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def decision(request: HttpRequest, disclosure_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """A request with its reason, and one's own unit's decision about it."""
    custody.own_units(desk)
    try:
        found = custody.read(disclosure_id, desk=desk)
    except NotThere:
        if request.method != "POST":
            raise
        # Of one that never was the same is said: it tells nothing.
        desks.notify(request, _("This request does not wait any more. It was decided, taken back, or came to nothing."))
        return redirect("workspace:identities")
    if request.method != "POST":
        return _page(request, found, proving.ask(_form(found, desk=desk), request, at=at), desk=desk)
    form, status = proving.ask(_form(found, desk=desk, data=request.POST), request, at=at), 422
    if form.is_valid():
        given = form.cleaned_data
        allowed = given["decision"] == vault_forms.ALLOW
        try:
            proving.settle(form, request, desk=desk, at=at)
            row: Any = allowing.decide(
                disclosure_id, allowed=allowed, answer=given["answer"], until=given.get("until"), desk=desk, at=at
            )
        except Refused as refused:
            if refused.code in _OVER:
                desks.notify(request, str(refused.sentence))
                return redirect("workspace:identities")
            forms.refuse(form, refused)
            status = refused.status
        else:
            desks.notify(request, _done(row))
            prints = row.state.is_open and not row.kind.to_asker
            return redirect("workspace:identity", row.id) if prints else redirect("workspace:identities")
    return _page(request, found, form, desk=desk, status=status)


@require_GET
@desks.at_desk
@proving.first
def envelope(
    request: HttpRequest, disclosure_id: uuid.UUID, size: str, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """The envelope as PDF; each time it is made it is logged."""
    if size not in envelopes.SIZES:
        raise NotThere
    identity = allowing.envelope(disclosure_id, desk=desk, at=at)
    sender = custody.own_units(desk)[0].office
    response = HttpResponse(
        envelopes.pdf(identity, size=size, sender=sender, on=desk.today), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="amplop.pdf"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    del request
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def terms(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """How long disclosures last, and how long a request waits."""
    rows = custody.terms_of(desk)
    form, status = vault_forms.Terms(rows=rows), 200
    if request.method == "POST":
        form, status = vault_forms.Terms(request.POST, rows=rows), 422
        if form.is_valid():
            try:
                custody.set_terms(form.given(), desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                desks.notify(request, _("The terms are changed, for what is decided from now on."))
                return redirect("workspace:identities")
    shown = {"form": form, "groups": form.groups()}
    return desks.show(request, "workspace/identity_terms.html", desk=desk, status=status, **shown)


def _form(found: Request, *, desk: Desk, data: Any = None) -> Form:
    days = datetime.timedelta(days=found.term.days)
    return vault_forms.Decision(
        data, least=desk.today, until=desk.today + days, sets_day=found.row.until is None, envelope=found.for_envelope
    )


def _page(request: HttpRequest, found: Request, form: Form, *, desk: Desk, status: int = 200) -> HttpResponseBase:
    turns = [(turn, _SAID[turn.deed], answer) for turn, answer in found.turns]
    shown = {"found": found, "row": found.row, "turns": turns, "sizes": envelopes.SIZES.values(), "form": form}
    return desks.show(request, "workspace/identity.html", desk=desk, status=status, **shown)


def _done(row: Any) -> str:
    if row.state_code in _DONE:
        return str(_DONE[row.state_code])
    if row.kind.to_asker:
        return _("You agreed. Whoever asked can read it until its last day.")
    return _("You agreed. Print the envelope here until its last day.")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text[:6]) > 0 else 1
