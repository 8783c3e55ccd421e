"""The second step: taken at the sign-in, set up, renewed, removed."""

import datetime
import io
import uuid

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wise.casework.access import Desk
from wise.people import admission, app_set_up, halfway, officer_sessions, second_step
from wise.refusals import NotThere, Refused, TooMany
from wise.ui import errors
from wise.workspace import desks, doorway, forms, proving
from wise.workspace.second_step_forms import App, Code, Sure


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code. Only then is the officer signed in."""
    at = timezone.now()
    waiting = halfway.waiting(request.session, at=at)
    if waiting is None:
        return redirect("workspace:sign_in")
    form, status = Code(), 200
    if request.method == "POST":
        if not desks.token_is_right(request):
            return errors.error_page(request, 403)
        form, status = Code(request.POST), 422
        if form.is_valid():
            try:
                admission.take_second_step(waiting.officer, seed=waiting.seed, code=form.cleaned_data["code"], at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
                if isinstance(refused, TooMany):
                    request.session.flush()  # whoever goes on begins with the passphrase
                    return render(
                        request, "workspace/second_step_over.html", {"sentence": refused.sentence}, status=429
                    )
            else:
                halfway.end(request.session)
                doorway.enter(request, waiting.officer, seed=waiting.seed, second_step=True, at=at)
                return redirect(doorway.where_to(request, waiting.wanted))
    shown = {"form": form, "form_token": desks.form_token(request)}
    return render(request, "workspace/second_step.html", shown, status=status)


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
    officer_sessions.note_second_step(request.session, has_one=True)
    if codes is None:
        desks.notify(request, _("The authenticator app is added."))
        return redirect("workspace:passphrase")
    return _codes(request, codes, desk=desk, first=True)


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
