"""The second step: taken at the sign-in, set up, renewed, removed."""

import datetime
import io
import uuid
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods

from wise.casework.access import Desk
from wise.people import admission, app_set_up, halfway, officer_sessions, passkeys, second_step
from wise.refusals import NotThere, Refused, TooMany
from wise.ui import errors
from wise.workspace import desks, doorway, forms, proving
from wise.workspace.second_step_forms import App, Code, NewPasskey, Passkey, Sure

# A passkey is asked by a script, the only one in WiSe: one file of our own, on these pages alone.
_SCRIPT = csp_override({**settings.SECURE_CSP, "script-src": [CSP.SELF]})


@never_cache
@_SCRIPT
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code, or for what a passkey signs. Only then is the officer signed in."""
    at = timezone.now()
    waiting = halfway.waiting(request.session, at=at)
    if waiting is None:
        return redirect("workspace:sign_in")
    form: Code | Passkey = Code()
    status = 200
    if request.method == "POST":
        if not desks.token_is_right(request):
            return errors.error_page(request, 403)
        form, status = (Passkey if "passkey" in request.POST else Code)(request.POST), 422
        if form.is_valid():
            try:
                _taken(request, waiting, form.cleaned_data, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
                if isinstance(refused, TooMany):
                    return _over(request, refused)
            else:
                halfway.end(request.session)
                doorway.enter(request, waiting.officer, seed=waiting.seed, second_step=True, at=at)
                return redirect(doorway.where_to(request, waiting.wanted))
    asked = passkeys.begin_taking(request.session, waiting.officer, seed=waiting.seed, at_place=_place(request))
    code = form if isinstance(form, Code) else Code()
    shown = {"form": form, "code": code, "asked": asked, "form_token": desks.form_token(request)}
    return render(request, "workspace/second_step.html", shown, status=status)


def _taken(request: HttpRequest, waiting: halfway.Waiting, given: dict[str, Any], *, at: datetime.datetime) -> None:
    who, seed = waiting.officer, waiting.seed
    if "passkey" in given:
        answer, here = given["passkey"], _place(request)
        admission.take_passkey(request.session, who, seed=seed, answer=answer, at_place=here, at=at)
    else:
        admission.take_second_step(who, seed=seed, code=given["code"], at=at)


def _over(request: HttpRequest, refused: TooMany) -> HttpResponse:
    request.session.flush()  # whoever goes on begins with the passphrase
    return render(request, "workspace/second_step_over.html", {"sentence": refused.sentence}, status=refused.status)


def _place(request: HttpRequest) -> Any:
    """This site, as a passkey knows it. By setting, never by a header, whether it is HTTPS."""
    host = request.get_host()
    is_https = settings.WISE_HTTPS and host != settings.WISE_ONION
    return passkeys.place(host=host, is_https=is_https, name=_("WiSe Ministry of Finance"))


@_SCRIPT
@require_http_methods(["GET", "HEAD", "POST"])
@desks.before_second_step
@desks.at_desk
def add_passkey(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Add a passkey, which the browser makes by a script."""
    seed, here = _seed(request), _place(request)
    form, status = proving.ask(NewPasskey(), request, at=at), 200
    if request.method == "POST":
        form, status = proving.ask(NewPasskey(request.POST), request, at=at), 422
        if form.is_valid():
            given, who = form.cleaned_data, desk.officer
            try:
                proving.settle(form, request, desk=desk, at=at)
                codes = passkeys.add(
                    request.session, who, seed=seed, answer=given["passkey"], name=given["name"], at_place=here, at=at
                )
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                return _done(request, codes, desk=desk, said=_("The passkey is added."))
    asked = passkeys.begin_adding(request.session, desk.officer, seed=seed, at_place=here)
    shown = {"form": form, "asked": asked, "must": desks.must_set_up(request, desk)}
    return desks.show(request, "workspace/second_step_passkey.html", desk=desk, status=status, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def prove(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Ask for the passphrase before a page that opens what was disclosed (`proving.first`), and lead on to it."""
    wanted = doorway.where_to(request, request.GET.get("next", ""))
    if not proving.is_due(request, at=at):
        return redirect(wanted)
    form, status = proving.ask(Sure(), request, at=at), 200
    if request.method == "POST":
        form, status = proving.ask(Sure(request.POST), request, at=at), 422
        if form.is_valid():
            try:
                proving.settle(form, request, desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                return redirect(wanted)
    return desks.show(request, "workspace/prove.html", desk=desk, status=status, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.before_second_step
@desks.at_desk
def set_up(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Add an authenticator app; the recovery codes that come with the first one are shown once."""
    secret = app_set_up.secret_in(request.session)
    form, status = proving.ask(App(), request, at=at), 200
    if request.method == "POST":
        form, status = proving.ask(App(request.POST), request, at=at), 422
        if form.is_valid():
            try:
                proving.settle(form, request, desk=desk, at=at)
                return _added(request, form, secret, desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
    address = app_set_up.address(secret, officer=desk.officer, issuer=_("WiSe Ministry of Finance"))
    shown = {"form": form, "square": _square(address), "spelt": app_set_up.spelt(secret)}
    must = desks.must_set_up(request, desk)
    return desks.show(request, "workspace/second_step_set_up.html", desk=desk, status=status, must=must, **shown)


def _added(
    request: HttpRequest, form: App, secret: bytes, *, desk: Desk, at: datetime.datetime
) -> HttpResponse | HttpResponseBase:
    given = form.cleaned_data
    codes = second_step.add_app(
        desk.officer, seed=_seed(request), secret=secret, code=given["code"], name=given["name"], at=at
    )
    app_set_up.end(request.session)
    return _done(request, codes, desk=desk, said=_("The authenticator app is added."))


def _done(request: HttpRequest, codes: list[str] | None, *, desk: Desk, said: str) -> HttpResponseBase:
    """A second step was added; with the first one come the recovery codes."""
    officer_sessions.note_second_step(request.session, has_one=True)
    if codes is not None:
        return _codes(request, codes, desk=desk, first=True)
    desks.notify(request, said)
    return redirect("workspace:passphrase")


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def new_codes(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """New recovery codes, shown once, in the place of the old ones."""
    if not second_step.has(desk.officer):
        raise NotThere
    form, status = proving.ask(Sure(), request, at=at), 200
    if request.method == "POST":
        form, status = proving.ask(Sure(request.POST), request, at=at), 422
        if form.is_valid():
            try:
                proving.settle(form, request, desk=desk, at=at)
                codes = second_step.renew_codes(desk.officer, seed=_seed(request), at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                return _codes(request, codes, desk=desk, first=False)
    return desks.show(request, "workspace/second_step_codes_new.html", desk=desk, status=status, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def remove(request: HttpRequest, factor_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Remove one of one's own; the last one only where no role requires it."""
    factor = second_step.one_of(desk.officer, factor_id, seed=_seed(request))
    form, status = proving.ask(Sure(), request, at=at), 200
    if request.method == "POST":
        form, status = proving.ask(Sure(request.POST), request, at=at), 422
        if form.is_valid():
            try:
                proving.settle(form, request, desk=desk, at=at)
                return _removed(request, factor_id, desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
    return desks.show(request, "workspace/second_step_remove.html", desk=desk, status=status, form=form, factor=factor)


def _removed(request: HttpRequest, factor_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    is_required = desks.requires_second_step(desk)
    has_one = second_step.remove(desk.officer, factor_id, is_required=is_required, at=at)
    officer_sessions.note_second_step(request.session, has_one=has_one)
    left = _("It is removed.") if has_one else _("It is removed. You sign in with your passphrase alone now.")
    desks.notify(request, left)
    return redirect("workspace:passphrase")


def _codes(request: HttpRequest, codes: list[str], *, desk: Desk, first: bool) -> HttpResponse:
    return desks.show(request, "workspace/second_step_codes.html", desk=desk, codes=codes, first=first)


def _seed(request: HttpRequest) -> bytes:
    seed = officer_sessions.seed_in(request.session)
    assert seed is not None  # there is a desk
    return seed


def _square(address: str) -> SafeString:
    """The square code as part of the page: dark on light in both schemes, as cameras want it."""
    picture = io.BytesIO()
    segno.make_qr(address, error="m").save(
        picture, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, light="#fff", omitsize=True
    )
    return mark_safe(picture.getvalue().decode())  # noqa: S308 - segno draws it; the text is in it as squares alone
