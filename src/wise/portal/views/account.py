"""The account: signing in and out, a new password with the recovery code, a new password or code while signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_http_methods, require_POST

from wise.people import sessions, signing_in
from wise.portal import cookies, visits
from wise.portal.forms import NewCodeForm, PasswordForm, RecoverForm, SignInForm
from wise.portal.visits import Visit, signed_in, visited
from wise.refusals import NotThere, Refused
from wise.register import drafts
from wise.ui import errors, trouble

_PASSWORD = {
    "password-short": "password",
    "password-long": "password",
    "password-guessable": "password",
}
_DISCARD = "discard"
_NEW_PASSWORD = dict.fromkeys(_PASSWORD, "new_password") | {"wrong-sign-in": "password"}


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def sign_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Pseudonym and password; unknown and wrong answer alike (P07)."""
    onward = _onward(request.GET.get("next", ""))
    if visit.session is not None:
        return redirect(onward)
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            with trouble.as_refusal():
                trouble.insist(form)
                return _enter(visit, form, onward=onward)
        except Refused as refused:
            status = trouble.blame(
                form, refused, fields={"wrong-sign-in": "pseudonym", "too-many-attempts": "pseudonym"}
            )
    return visits.show(request, visit, "sign_in", {"form": form}, status=status)


@require_POST
@visited
def sign_out(request: HttpRequest, visit: Visit) -> HttpResponse:
    """End the session, and leave nothing of this visit in the browser or in a draft (P05, P34).

    A report that was not sent would be lost with it: the first press says so, and changes nothing.
    """
    if visit.session is not None and not visits.is_from_session(request, visit):
        return errors.error_page(request, 403)
    unsent = visit.draft is not None and visit.draft.receipt is None
    if unsent and _DISCARD not in request.POST:
        return visits.show(request, visit, "unsent")
    if visit.session is not None:
        sessions.end(visit.session_cookie)
    if visit.draft is not None:
        drafts.discard(visit.draft.token)
    gone = Visit(visit.at, None, None, "")
    response = visits.show(request, gone, "signed_out", {"discarded": unsent})
    cookies.drop(response, cookies.SESSION)
    cookies.drop(response, cookies.DRAFT)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def recover(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A new password with the recovery code; the code is used up, and a new one is shown once."""
    form = RecoverForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            with trouble.as_refusal():
                trouble.insist(form)
                return _recover(request, visit, form)
        except Refused as refused:
            status = trouble.blame(form, refused, fields=_PASSWORD | {"wrong-recovery": "recovery_code"})
    return visits.show(request, visit, "recover", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A new recovery code while signed in, against the password; the old one no longer works."""
    _insist_on_account(visit)
    form = NewCodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            with trouble.as_refusal():
                trouble.insist(form)
                return _renew(request, visit, form)
        except Refused as refused:
            status = trouble.blame(form, refused, fields={"wrong-sign-in": "password", "too-many-attempts": "password"})
    return visits.show(request, visit, "new_code", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A new password against the old one. Every other session ends, this browser gets a new one (P05)."""
    _insist_on_account(visit)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            with trouble.as_refusal():
                trouble.insist(form)
                return _change(request, visit, form)
        except Refused as refused:
            status = trouble.blame(form, refused, fields=_NEW_PASSWORD | {"too-many-attempts": "password"})
    return visits.show(request, visit, "password", {"form": form}, status=status)


def _insist_on_account(visit: Visit) -> None:
    """Who came with a slip has no password that could be changed: there is no such page."""
    if visit.by_slip:
        raise NotThere


def _enter(visit: Visit, form: SignInForm, *, onward: str) -> HttpResponse:
    given = form.cleaned_data
    unlocked = signing_in.reporter(given["pseudonym"], password=given["password"], at=visit.at)
    response = redirect(onward)
    cookies.put(response, cookies.SESSION, sessions.start(unlocked.row, seed=unlocked.seed, at=visit.at))
    return response


def _recover(request: HttpRequest, visit: Visit, form: RecoverForm) -> HttpResponse:
    given = form.cleaned_data
    unlocked, code = signing_in.recover_reporter(
        given["pseudonym"], recovery_code=given["recovery_code"], new_password=given["password"]
    )
    return _with_new_code(request, visit, sessions.start(unlocked.row, seed=unlocked.seed, at=visit.at), code=code)


def _renew(request: HttpRequest, visit: Visit, form: NewCodeForm) -> HttpResponse:
    code = signing_in.renew_recovery_code(visit.reporter.reporter, password=form.cleaned_data["password"], at=visit.at)
    return visits.show(request, visit, "code", {"code": code})


def _change(request: HttpRequest, visit: Visit, form: PasswordForm) -> HttpResponse:
    given, who = form.cleaned_data, visit.reporter
    code = signing_in.change_password(
        who.reporter, seed=who.seed, old=given["password"], new=given["new_password"], at=visit.at
    )
    return _with_new_code(request, visit, sessions.start(who.reporter, seed=who.seed, at=visit.at), code=code)


def _with_new_code(request: HttpRequest, visit: Visit, token: str, *, code: str) -> HttpResponse:
    """Show a new code, in the new session: the page's own forms must already belong to it."""
    entered = Visit(visit.at, visit.draft, sessions.resume(token, at=visit.at), token)
    response = visits.show(request, entered, "code", {"code": code, "password_changed": True})
    cookies.put(response, cookies.SESSION, token)
    return response


def _onward(address: str) -> str:
    """Where to go after signing in: a page of one's own reports, or their list; never another site."""
    try:
        if resolve(address).view_name in {"portal:report", "portal:password", "portal:new_code"}:
            return address
    except Resolver404:
        pass
    return resolve_url("portal:reports")
