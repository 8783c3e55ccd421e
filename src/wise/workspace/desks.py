"""Every page behind the sign-in passes here: whose desk it is, whether the form is ours, what the frame shows."""

import functools
import hmac
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wise.casework import access, custody, kept, overview, tags
from wise.casework import desk as rules
from wise.casework.access import Desk
from wise.letters import editing
from wise.people import officer_sessions, second_step, tokens
from wise.people.kinds import Role
from wise.register import topics
from wise.ui import errors

_NOTICE, _MISSED = "notice", "missed"
_SAFE = frozenset({"GET", "HEAD"})
# What an officer may have been typing for an hour when the session ended; shown again, so that it is not lost.
_WORDS = (
    *("note", "text", "what", "where", "when", "who", "how", "reported", "observations"),
    *(
        "steps",
        "facts",
        "recommendation",
        "subject",
        "points",
        "closing",
        "points_en",
        "what_1",
        "what_2",
        "what_3",
        "task",
        "reason",
        "purpose",
        "answer",
    ),
)

type Page[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def at_desk(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view `desk=` and `at=` of the officer who is signed in; ask everybody else to sign in.

    The keys are unsealed for this request alone. A form must carry the token of this session. Times are shown in the
    time zone of the officer's office.
    """

    @never_cache
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seed = officer_sessions.seed_in(request.session)
        officer = auth.get_user(request)
        if seed is None or not officer.is_authenticated:
            return _ask_to_sign_in(request)
        # A view that takes files reads the body itself, sealed, and asks about the form afterwards.
        if request.method not in _SAFE and not getattr(view, "takes_files", False) and not token_is_right(request):
            return errors.error_page(request, 403)
        at = timezone.now()
        desk = access.desk_of(officer, seed=seed, at=at)
        if must_set_up(request, desk) and not getattr(answer, "before_second_step", False):
            return redirect("workspace:second_step_set_up")
        errors.keep_frame(request, "workspace/base.html", **_frame(request, desk))
        with timezone.override(_zone_of(desk)):
            return view(request, *args, desk=desk, at=at, **kwargs)

    return answer


def before_second_step(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a page `at_desk` as one of the few for who must set up a second step first. Stands right above it."""
    view.before_second_step = True  # type: ignore[attr-defined] # read where the page is asked for
    return view


def requires_second_step(desk: Desk) -> bool:
    """Whether one of the officer's roles requires a second step."""
    return second_step.required(role for roles in desk.roles.values() for role in roles)


def must_set_up(request: HttpRequest, desk: Desk) -> bool:
    """Whether the officer must set up a second step before they see anything else."""
    return not officer_sessions.has_second_step(request.session) and requires_second_step(desk)


def show(request: HttpRequest, template: str, *, desk: Desk, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page of the workspace, with what its frame needs. A notice is shown once."""
    told = {name: request.session.pop(name) for name in (_NOTICE, _MISSED) if name in request.session}
    # The session may have been renewed since the frame was made, and with it what its forms carry.
    fresh = {"desk": desk, "today": desk.today, "form_token": form_token(request)} | told
    return render(request, template, errors.kept_frame(request) | fresh | context, status=status)


def _frame(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What stands around every page, also where the page itself is an error."""
    return {
        "officer_name": desk.officer.name,
        "unit_name": ", ".join(unit.name for unit in desk.places[:1]),
        "form_token": form_token(request),
        "records": bool(rules.units_of(desk)),
        "manages_people": manages_people(desk),
        "edits_letters": bool(editing.places(desk.places, roles_at=desk.roles_at)),
        "keeps_topics": keeps_topics(desk),
        "goes_away": bool(desk.holding),
        "keeps_tags": tags.may_edit(desk),
        "keeps_tables": kept.may_edit(desk),
        "watches_offices": overview.watches(desk),
        "guards_identities": custody.guards(desk),
    }


def notify(request: HttpRequest, sentence: str, *, missed: Sequence[Mapping[str, str]] = ()) -> None:
    """Leave a sentence for the next page that this officer sees, and what was `missed` (`ticked.not_done`)."""
    request.session[_NOTICE] = sentence
    if missed:
        request.session[_MISSED] = missed


def manages_people(desk: Desk) -> bool:
    """Whether the page about people has something for this officer: a unit whose key they hold, or any unit."""
    own_key_alone = len(desk.keyring.holders) == 1
    return not own_key_alone or desk.has(Role.ADMIN)


def keeps_topics(desk: Desk) -> bool:
    """Whether this officer changes what reports can be about."""
    return any(desk.has(role) for role in topics.KEEPERS)


def form_token(request: HttpRequest) -> str:
    """What every form of this session carries."""
    key = request.session.session_key
    return tokens.form_token(key) if key else ""


def token_is_right(request: HttpRequest) -> bool:
    """Whether a form was made inside this session."""
    expected = form_token(request)
    return bool(expected) and hmac.compare_digest(expected.encode(), request.POST.get("form_token", "").encode())


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    address = reverse("workspace:sign_in")
    if request.method in _SAFE:
        return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
    words = [text for name in _WORDS if (text := request.POST.get(name, "").strip())]
    return render(request, "workspace/signed_out.html", {"words": words, "address": address}, status=403)


def _zone_of(desk: Desk) -> zoneinfo.ZoneInfo:
    name = desk.places[0].office.time_zone if desk.places else timezone.get_default_timezone_name()
    return zoneinfo.ZoneInfo(name)
