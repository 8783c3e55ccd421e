"""The recovery board's page: two of three people type their shares, one after the other, at the administrator's desk.

The first share is kept nowhere: until the second is typed it waits in the page itself, sealed under a key that only the
server derives from this session, so that the second person cannot read it from the page either.
"""

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wise.casework.access import Desk
from wise.keys import board, membership, staff
from wise.people import carrying
from wise.people.kinds import ROLES, Role
from wise.refusals import NotThere, Refused
from wise.ui import trouble
from wise.ui.forms import Form, PickField
from wise.workspace import desks

REHEARSE, APPOINT, RENEW = "rehearse", "appoint", "renew"
DEEDS: dict[str, tuple[Promise, Promise]] = {
    REHEARSE: (_("Rehearse"), _("Says what two shares would open. Nothing changes.")),
    APPOINT: (
        _("Let somebody into a unit that nobody can open"),
        _("Its last member is gone, or cannot open the keys any more."),
    ),
    RENEW: (_("Renew the board"), _("Three new shares; the old ones open nothing any more.")),
}
_FIELDS = {
    "share-mistyped": "share",
    "share-twice": "share",
    "wrong-shares": "share",
    "shares-of-another": "share",
    "carried-lapsed": "share",
    "has-members": "unit",
    "role-misplaced": "role",
    "no-such-officer": "login",
    "both-custodians": "login",
    "unit-missing": "unit",
    "role-missing": "role",
}


class DeedForm(Form):
    """What the board comes together for."""

    deed = PickField(
        label=_("What for"),
        choices=[(code, label) for code, (label, _hint) in DEEDS.items()],
        hints={code: hint for code, (_label, hint) in DEEDS.items()},
        initial=REHEARSE,
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    login = forms.CharField(label=_("Login"), max_length=60, required=False, help_text=_("The name they sign in with."))

    def __init__(self, data: Any = None) -> None:
        """Offer the units that somebody could be let into, and the roles that hold a key."""
        super().__init__(data)
        self.units = {str(unit.id): unit for unit in staff.unopened_units()}
        named = [(key, unit.name) for key, unit in self.units.items()]
        roles = [(row.role.value, row.label) for row in ROLES.values() if row.holds_key]
        self.fields["unit"].choices = [("", _("Choose a unit")), *named]  # type: ignore[attr-defined] # a ChoiceField has them
        self.fields["role"].choices = [("", _("Choose a role")), *roles]  # type: ignore[attr-defined] # a ChoiceField has them

    def check(self) -> None:
        """Refuse what could not be done, before anybody types a share."""
        trouble.insist(self)
        given = self.cleaned_data
        if given["deed"] != APPOINT:
            board.there()
            return
        if not given.get("unit"):
            raise Refused("unit-missing", _("Choose the unit."))
        if not given.get("role"):
            raise Refused("role-missing", _("Choose the role."))
        staff.officer_called(given["login"])
        membership.check(self.units[given["unit"]], role=Role(given["role"]), by_board=True)


class ShareForm(Form):
    """One share; never shown, nor kept by the browser."""

    share = forms.CharField(
        label=_("Your share: 33 words"),
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Type it from your paper, all words in one line. It is not shown, and kept nowhere."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def recovery(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Choose what for, then the first share, then the second: three steps of one page."""
    if not desk.has(Role.ADMIN):
        raise NotThere
    step = request.POST.get("step", "")
    if request.method != "POST" or step not in {"deed", "first", "second"}:
        return _show(request, desk=desk, deed=DeedForm())
    deed = DeedForm(request.POST)
    try:
        deed.check()
    except Refused as refused:
        return _show(request, desk=desk, deed=deed, status=trouble.blame(deed, refused, fields=_FIELDS))
    if step == "deed":
        return _show(request, desk=desk, deed=deed, share=ShareForm(), number=1)
    return _with_share(request, deed, second=step == "second", desk=desk, at=at)


def _with_share(
    request: HttpRequest, deed: DeedForm, *, second: bool, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    form, kept, number = ShareForm(request.POST), request.POST.get("kept", ""), 2 if second else 1
    try:
        trouble.insist(form)
        share = form.cleaned_data["share"]
        board.check_share(share)
        if not second:
            kept = carrying.carry(share, token=_token(request), at=at)
            return _show(request, desk=desk, deed=deed, share=ShareForm(), number=2, kept=kept)
        first = carrying.carried(kept, token=_token(request), at=at)
        return _done(request, deed, [first, share], desk=desk, at=at)
    except Refused as refused:
        if refused.code == "carried-lapsed":
            kept, number = "", 1
        status = trouble.blame(form, refused, fields=_FIELDS)
        return _show(request, desk=desk, deed=deed, share=form, number=number, kept=kept, status=status)


def _done(
    request: HttpRequest, deed: DeedForm, shares: list[str], *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    given, made = deed.cleaned_data, dict[str, Any]()
    if given["deed"] == REHEARSE:
        made = {"rehearsal": board.rehearse(shares, by=desk.officer, at=at)}
    elif given["deed"] == RENEW:
        made = {"shares": board.renew(shares, by=desk.officer, at=at)}
    else:
        officer, unit, role = staff.officer_called(given["login"]), deed.units[given["unit"]], Role(given["role"])
        membership.appoint_by_board(officer, unit=unit, role=role, shares=shares, at=at, by=desk.officer)
        made = {"appointed": officer, "unit": unit, "role": ROLES[role]}
    return desks.show(request, "workspace/recovery_done.html", desk=desk, **made)


def _show(
    request: HttpRequest,
    *,
    desk: Desk,
    deed: DeedForm,
    share: ShareForm | None = None,
    number: int = 0,
    kept: str = "",
    status: int = 200,
) -> HttpResponseBase:
    shown: dict[str, Any] = {"deed": deed, "form": share or deed, "number": number, "kept": kept}
    if share is not None:
        shown |= {"label": DEEDS[deed.cleaned_data["deed"]][0], "wanted": deed.cleaned_data}
    return desks.show(request, "workspace/recovery.html", desk=desk, status=status, **shown)


def _token(request: HttpRequest) -> str:
    assert request.session.session_key is not None  # whoever is at a desk has a session
    return request.session.session_key
