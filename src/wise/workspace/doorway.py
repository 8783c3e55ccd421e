"""Signing in, signing out, a new passphrase."""

import datetime
from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wise.casework.access import Desk
from wise.people import admission, backend, halfway, institution, officer_sessions, recovery_codes
from wise.people import second_step as steps
from wise.people.admission import Arrival
from wise.refusals import NotThere, Refused
from wise.workspace import desks, forms, unit_keys
from wise.workspace.sign_in_forms import SignIn

_TAKEN_OFF = gettext_noop(
    "An administrator took off your second step. If you did not ask for it, tell the head of your unit."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for login and password, and unlock the officer's keys; who has a second step is asked for that next."""
    if request.method != "POST":
        form = SignIn(initial={"next": request.GET.get("next", "")})
        return render(request, "workspace/sign_in.html", {"form": form, "institution": institution.provider()})
    form, status = SignIn(request.POST), 422
    if form.is_valid():
        try:
            given = form.cleaned_data
            at = timezone.now()
            arrival = admission.sign_in(given["login"], password=given["password"], unlock=given["unlock"], at=at)
        except Refused as refused:
            forms.refuse(form, refused)
            status = refused.status
        else:
            if arrival.asked:
                halfway.begin(request.session, arrival, wanted=given["next"], at=at)
                return redirect("workspace:second_step")
            return arrived(request, arrival, wanted=given["next"], second_step=False, at=at)
    shown = {"form": form, "institution": institution.provider()}
    return render(request, "workspace/sign_in.html", shown, status=status)


def arrived(
    request: HttpRequest, arrival: Arrival, *, wanted: str, second_step: bool, at: datetime.datetime
) -> HttpResponseBase:
    """Let in whoever needs no further step, and say what was done with their second step meanwhile."""
    enter(request, arrival.row, seed=arrival.seed, second_step=second_step, at=at)
    if arrival.taken_off:
        desks.notify(request, gettext(_TAKEN_OFF))
    return redirect(where_to(request, wanted))


def enter(request: HttpRequest, officer: Any, *, seed: bytes, second_step: bool, at: datetime.datetime) -> None:
    """Begin the session of an officer who has proved who they are. Its cookie is a new one."""
    auth.login(request, officer, backend=backend.PATH)
    officer_sessions.keep_seed(request.session, seed)
    officer_sessions.note_proof(request.session, at=at)
    officer_sessions.note_second_step(request.session, has_one=second_step)
    unit_keys.renew_at_sign_in(request, officer, seed=seed)


@require_POST
@desks.before_second_step
@desks.at_desk
def sign_out(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """End the session; the row goes, and the cookie is dead."""
    admission.sign_out(desk.officer, at=at)
    auth.logout(request)
    response = redirect("workspace:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def passphrase(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Change one's own passphrase. The new recovery code is shown once, and every session ends."""
    form, status = forms.NewPassphrase(), 200
    if request.method == "POST":
        form, status = forms.NewPassphrase(request.POST), 422
        if form.is_valid():
            try:
                return _changed(request, form, desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
    return desks.show(
        request,
        "workspace/passphrase.html",
        desk=desk,
        status=status,
        form=form,
        **_ways_in(request, desk=desk, at=at),
    )


def _ways_in(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> dict[str, Any]:
    """What the page about one's own passphrase shows besides: the second steps, and where one is signed in."""
    key, seed = request.session.session_key, officer_sessions.seed_in(request.session)
    assert key is not None
    assert seed is not None
    factors = steps.of(desk.officer, seed=seed)
    return {
        "sessions": officer_sessions.open_of(desk.officer, this=key, at=at),
        "factors": factors,
        "codes_left": recovery_codes.left(desk.officer, seed=seed) if factors else 0,
        "keeps_last": desks.requires_second_step(desk),
        "institution": institution.provider(),
        "account": institution.account_of(desk.officer),
    }


@require_POST
@desks.at_desk
def end_sessions(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """End one of one's own sessions elsewhere, or all of them; the one in use ends by signing out."""
    key = request.session.session_key
    assert key is not None
    ended = admission.end_sessions(desk.officer, this=key, wanted=request.POST.get("session", ""), at=at)
    said = ngettext("%(n)s session was ended.", "%(n)s sessions were ended.", ended) % {"n": ended}
    desks.notify(request, said if ended else gettext("It had ended already."))
    return redirect("workspace:passphrase")


@desks.at_desk
def nowhere(request: HttpRequest, address: str, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Every other address: the same page as for what is not the officer's, in the same frame."""
    del request, address, desk, at
    raise NotThere


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponseBase:
    """Set a new passphrase with the recovery code; the next code is shown once, and the officer signs in anew."""
    if request.method != "POST":
        return render(request, "workspace/recover.html", {"form": forms.Recovery()})
    form, status = forms.Recovery(request.POST), 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            officer, code = admission.recover(
                given["login"], recovery_code=given["recovery_code"], new=given["new"], at=timezone.now()
            )
        except Refused as refused:
            forms.refuse(form, refused)
            status = refused.status
        else:
            return render(request, "workspace/new_code.html", {"recovery_code": code, "name": officer.name})
    return render(request, "workspace/recover.html", {"form": form}, status=status)


def _changed(request: HttpRequest, form: forms.NewPassphrase, *, desk: Desk, at: datetime.datetime) -> HttpResponse:
    seed = officer_sessions.seed_in(request.session)
    assert seed is not None
    given = form.cleaned_data
    code = admission.change_passphrase(desk.officer, seed=seed, old=given["old"], new=given["new"], at=at)
    auth.logout(request)
    return render(request, "workspace/new_code.html", {"recovery_code": code, "name": desk.officer.name})


def where_to(request: HttpRequest, wanted: str) -> str:
    """Where the officer wanted to go, if that is a page of the workspace."""
    inbox = reverse("workspace:inbox")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if ours and wanted.startswith(inbox) else inbox
