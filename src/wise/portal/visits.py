"""Who is here: the draft and the session that a request's cookies open, and the check that a form came from them."""

import datetime
import functools
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wise.keys import keyring
from wise.keys.keyring import Keyring
from wise.people import sessions, slips, tokens
from wise.people.sessions import SignedIn
from wise.portal import cookies
from wise.refusals import Refused
from wise.register import drafts
from wise.register.drafts import OpenDraft
from wise.ui import errors

FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field

# What somebody may have been writing when the session ended.
_WORDS = ("text", "identity_name", "identity_address", "identity_note")

_STALE = _(
    "This page had been open in another window, or for a very long time. Please look through it and press the button"
    " again."
)

type View[**P] = Callable[Concatenate[HttpRequest, "Visit", P], HttpResponseBase]


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """One request of a reporter: when it came, and what its cookies open."""

    at: datetime.datetime
    draft: OpenDraft | None
    session: SignedIn | None
    session_cookie: str

    @property
    def reporter(self) -> SignedIn:
        """Who is signed in; only for pages that were reached by signing in."""
        assert self.session is not None
        return self.session

    @property
    def by_slip(self) -> bool:
        """Whether who is signed in came with a slip: for that one report, without a pseudonym and a password."""
        return self.session is not None and slips.of(self.session.reporter) is not None

    @property
    def member(self) -> SignedIn | None:
        """Who is signed in with a pseudonym: a new report is listed with their others."""
        return None if self.by_slip else self.session

    @property
    def keyring(self) -> Keyring:
        """The keys of who is signed in."""
        return keyring.of_reporter(self.reporter.reporter, seed=self.reporter.seed)

    @property
    def draft_token(self) -> str:
        """What a form about the draft carries; empty before there is one."""
        return token_of(self.draft)

    @property
    def session_token(self) -> str:
        """What a form inside the session carries; empty for who is not signed in."""
        return tokens.form_token(self.session_cookie) if self.session is not None else ""


def of(request: HttpRequest) -> Visit:
    """The visit that a request is. What is no cookie of ours opens nothing."""
    at = timezone.now()
    drafts.purge_now_and_then(at=at)
    draft_cookie, session_cookie = cookies.read(request, cookies.DRAFT), cookies.read(request, cookies.SESSION)
    return Visit(
        at=at,
        draft=drafts.resume(draft_cookie, at=at) if draft_cookie else None,
        session=sessions.resume(session_cookie, at=at) if session_cookie else None,
        session_cookie=session_cookie,
    )


def token_of(draft: OpenDraft | None) -> str:
    """The form token of a draft, also of one that began in this request."""
    return tokens.form_token(draft.token) if draft is not None else ""


def visited[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give a view the visit."""

    @functools.wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, of(request), *args, **kwargs)

    return answer


def signed_in[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only who is signed in to a view, and only forms that were made inside this session."""

    @functools.wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        visit = of(request)
        if visit.session is None:
            return _session_is_over(request, visit)
        # A view that takes files reads the body itself, sealed, and asks about the form afterwards.
        if request.method == "POST" and not getattr(view, "takes_files", False) and not is_from_session(request, visit):
            return errors.error_page(request, 403)
        return view(request, visit, *args, **kwargs)

    return answer


def is_from_session(request: HttpRequest, visit: Visit) -> bool:
    """Whether a form was made inside this session."""
    return _same(request, visit.session_token)


def insist_on_draft(request: HttpRequest, visit: Visit) -> None:
    """Refuse a form that was not made for this draft. The first one, before there is a draft, has nothing to carry."""
    if visit.draft is not None and not _same(request, visit.draft_token):
        raise Refused("stale-form", _STALE)


def show(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page of this room."""
    return render(
        request,
        f"portal/{template}.html",
        {"visit": visit, "draft_token": visit.draft_token, **(context or {})},
        status=status,
    )


def _same(request: HttpRequest, token: str) -> bool:
    return bool(token) and hmac.compare_digest(request.POST.get(FORM_TOKEN, "").encode(), token.encode())


def _session_is_over(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask to sign in and come back. Words that were just typed are handed back: they would be lost otherwise."""
    if request.method == "POST":
        words = [said for name in _WORDS if (said := request.POST.get(name, "").strip())]
        return show(request, visit, "session_over", {"text": "\n\n".join(words)}, status=403)
    return redirect(f"{reverse('portal:sign_in')}?{urlencode({'next': request.path})}")
