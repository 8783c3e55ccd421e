"""The pages for what went wrong: in the reader's language, with what to do next, without a database."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.ui import context

type Text = str | Promise


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened, and what the reader can do."""

    title: Text
    sentence: Text
    next_step: Text


_BACK = _("Go back with your browser's Back button: what you typed is still there.")

EXPLANATIONS = {
    400: Explanation(
        _("We could not read this request"),
        _("Something in it was incomplete or damaged on the way."),
        _("Open the page again and repeat the last step."),
    ),
    403: Explanation(
        _("We did not accept this form"),
        _("It did not come from a page of ours, or the page had been open for too long."),
        _("Open the page again and send the form from there. Nothing that you had sent before is lost."),
    ),
    404: Explanation(
        _("This page is not here"),
        _("The address may be mistyped, or the page exists but is not yours to see."),
        _("Check the address, or start again from the home page."),
    ),
    405: Explanation(
        _("This page cannot be used that way"),
        _("The address exists, but it is reached by pressing a button on a page of ours."),
        _("Start again from the home page."),
    ),
    411: Explanation(
        _("Your browser did not say how much it was sending"),
        _("We could not receive it without that. A programme between you and us may be the cause."),
        _("Try again with another browser or over another connection."),
    ),
    413: Explanation(
        _("That was too large"),
        _("A file may have at most 10 MB, and a report at most 20 files with 100 MB together."),
        _("Go back, leave the largest file out or make it smaller, and send again. The text is still there."),
    ),
    422: Explanation(_("That is not possible"), _("The rules do not allow this step now."), _BACK),
    429: Explanation(
        _("Too many attempts"),
        _("To protect every reporter, we answer only a limited number of attempts."),
        _("Wait some minutes, then try again."),
    ),
    500: Explanation(
        _("Something broke on our side"),
        _("It is our fault, not yours. Whatever we had already confirmed to you is safe."),
        _("Try again in some minutes. If it happens again, use another channel."),
    ),
    503: Explanation(
        _("We are busy at the moment"),
        _("We could not finish this step. Nothing that you had saved or sent before is lost."),
        _("Wait a minute, then reload this page."),
    ),
}

# What an officer does instead where a reader of the public pages would go home.
_AT_WORK = {status: _("Check the address, or start again from your inbox.") for status in (404, 405)}
# Where a request keeps the frame of the page it asked for.
_FRAME = "wise.frame"

# The last resort, where even the template cannot be rendered. Both languages, no styles.
_BARE = (
    '<!doctype html><html lang="id"><meta charset="utf-8"><title>500</title><main>'
    "<h1>Ada yang rusak di pihak kami</h1><p>Silakan coba lagi beberapa menit lagi.</p>"
    '<p lang="en">Something broke on our side. Please try again in some minutes.</p></main></html>'
)


def keep_frame(request: HttpRequest, template: str, **context: Any) -> None:
    """From now on an error page of this request extends this template, with what it needs. Asks no database later."""
    request.META[_FRAME] = {"base": template, **context}


def kept_frame(request: HttpRequest) -> dict[str, Any]:
    """What `keep_frame` was given for this request."""
    return dict(request.META.get(_FRAME, {}))


def error_page(
    request: HttpRequest, status: int, *, title: Text | None = None, sentence: Text | None = None
) -> HttpResponse:
    """Answer with a page for people, or with a problem document (RFC 9457) for machines under ``/api/``.

    Title and sentence replace the usual ones; a sentence of its own means that a rule said no.
    """
    known = EXPLANATIONS.get(status) or EXPLANATIONS[500 if status >= 500 else 400]  # noqa: PLR2004 - the HTTP classes
    with translation.override(context.language_of(request)):
        if request.path_info.startswith("/api/"):
            return _problem(status, title=str(title or known.title), detail=str(sentence or known.sentence))
        at_work = _FRAME in request.META
        html = render_to_string(
            "ui/refused.html" if sentence else "ui/error.html",
            {
                "title": title or known.title,
                "sentence": sentence or known.sentence,
                "next_step": _AT_WORK.get(status, known.next_step) if at_work else known.next_step,
                "status": status,
                "officer_page": "/kerja/" in request.path_info,
            }
            | kept_frame(request),
            request=request,
        )
    response = HttpResponse(html, status=status)
    if status in {429, 503}:
        response.headers["Retry-After"] = "60"
    return response


def _problem(status: int, *, title: str, detail: str) -> HttpResponse:
    problem = {"status": status, "title": title, "detail": detail}
    return JsonResponse(problem, status=status, content_type="application/problem+json")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 400; what was wrong with the request is not repeated to its sender."""
    del exception
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 403."""
    del exception
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 404."""
    del exception
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for 500: answers even where templates or catalogues are what broke."""
    try:
        return error_page(request, 500)
    except Exception:  # noqa: BLE001 - whatever broke, the reader gets an answer
        return HttpResponse(_BARE, status=500)
