"""Signing in by one's account at the institution: the browser goes there and comes back; then the passphrase.

No form may lead to another site (our content policy), so the way there is a link.
"""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wise.casework.access import Desk
from wise.people import admission, institution, oidc, vouching
from wise.people.oidc import Provider
from wise.refusals import NotThere, Refused
from wise.ui import errors
from wise.workspace import desks, doorway, forms, proving
from wise.workspace.second_step_forms import Sure
from wise.workspace.sign_in_forms import Unlock


@never_cache
@require_GET
def go(request: HttpRequest) -> HttpResponseBase:
    """Send the browser to the institution, which asks whoever sits there to sign in."""
    provider, at = _provider(), timezone.now()
    try:
        going = oidc.begin(provider, back=_back())
    except Refused as refused:
        return _refused(request, refused)
    kept = going.kept | {"wanted": request.GET.get("next", ""), "language": translation.get_language()}
    vouching.ask(request.session, kept, at=at)
    return redirect(going.url)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def link(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Link one's account: after the passphrase the page leads to the institution."""
    provider, going = _provider(), None
    form, status = proving.ask(Sure(), request, at=at), 200
    if request.method == "POST":
        form, status = proving.ask(Sure(request.POST), request, at=at), 422
        if form.is_valid():
            try:
                proving.settle(form, request, desk=desk, at=at)
                going = oidc.begin(provider, back=_back())
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                kept = going.kept | {"links": str(desk.officer.id), "language": translation.get_language()}
                vouching.ask(request.session, kept, at=at)
                status = 200
    shown = {"form": form, "institution": provider, "going": going}
    return desks.show(request, "workspace/institution_link.html", desk=desk, status=status, **shown)


@require_POST
@desks.at_desk
def unlink(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Unlink one's account."""
    institution.unlink(desk.officer, at=at)
    desks.notify(request, _("The account is unlinked. Sign in with your login from now on."))
    return redirect("workspace:passphrase")


@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponseBase:
    """Take what the institution says about whoever comes back, for the session that asked."""
    provider, at = _provider(), timezone.now()
    kept = vouching.asked(request.session, at=at)
    language = kept.get("language") or translation.get_language()
    with translation.override(language):
        try:
            subject = oidc.subject(provider, kept=kept, answer=request.GET.dict(), back=_back())
            if "links" in kept:
                return _linked(request, subject, provider, kept["links"], at=at)
            officer = institution.officer_of(subject, at_provider=provider)
        except Refused as refused:
            return _refused(request, refused)
        vouching.came(request.session, officer, wanted=kept.get("wanted", ""), at=at)
        return redirect("workspace:institution_unlock")


def _linked(
    request: HttpRequest, subject: str, provider: Provider, officer_id: str, *, at: datetime.datetime
) -> HttpResponseBase:
    officer: Any = request.user
    if not officer.is_authenticated or str(officer.pk) != officer_id:
        raise NotThere
    institution.link(officer, subject, at_provider=provider, at=at)
    desks.notify(request, _("The account is linked. Next time, sign in with it."))
    return redirect("workspace:passphrase")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponseBase:
    """Ask whoever the institution has named for the passphrase that opens their keys."""
    at = timezone.now()
    waiting = vouching.waiting(request.session, at=at)
    if waiting is None:
        return redirect("workspace:sign_in")
    form, status = Unlock(), 200
    if request.method == "POST":
        if not desks.token_is_right(request):
            return errors.error_page(request, 403)
        form, status = Unlock(request.POST), 422
        if form.is_valid():
            try:
                arrival = admission.unlock(waiting.officer, passphrase=form.cleaned_data["unlock"], at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                request.session.flush()
                return doorway.arrived(request, arrival, wanted=waiting.wanted, second_step=True, at=at)
    shown = {"form": form, "name": waiting.officer.name, "form_token": desks.form_token(request)}
    return render(request, "workspace/institution_unlock.html", shown, status=status)


def _provider() -> Provider:
    provider = institution.provider()
    if provider is None:
        raise NotThere
    return provider


def _back() -> str:
    """The one address that the institution knows of us, in whatever language the page was."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.WISE_ADDRESS}{reverse('workspace:institution_back')}"


def _refused(request: HttpRequest, refused: Refused) -> HttpResponseBase:
    """Say it at an address of its own: the one that the browser came back to holds the answer."""
    vouching.note_refusal(request.session, str(refused.sentence))
    return redirect("workspace:institution_refused")


@never_cache
@require_GET
def refused(request: HttpRequest) -> HttpResponseBase:
    """Why somebody was not signed in, or their account not linked."""
    sentence = vouching.refusal(request.session)
    if sentence is None:
        return redirect("workspace:sign_in")
    shown = {"sentence": sentence, "links": getattr(request.user, "is_authenticated", False)}
    return render(request, "workspace/institution_refused.html", shown)
