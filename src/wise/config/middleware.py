"""What every request passes: strict headers, the language of its address, and the guards against other sites."""

import contextlib
import errno
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils import translation

from wise.refusals import Refused
from wise.ui import errors

type Handler = Callable[[HttpRequest], HttpResponseBase]

_STRICT = {
    "X-Content-Type-Options": "nosniff",
    # `no-referrer` alone would make browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "no-referrer, same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
        " interest-cohort=(), magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    # A page that nothing else was said about leaves no copy behind.
    "Cache-Control": "no-store",
}
_YEAR = 365 * 24 * 3600
_CHUNK = 64 * 1024
_MOST_READ_IN_VAIN = 1024**3
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def headers(get_response: Handler) -> Handler:
    """Set the strict headers on every response, errors included (property P14); a view may have set its own."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in _STRICT.items():
            response.headers.setdefault(name, value)
        # The onion service has its own encryption and no certificate to insist on (property P22).
        if settings.WISE_HTTPS and request.META.get("HTTP_HOST") != settings.WISE_ONION:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}; includeSubDomains")
            if settings.WISE_ONION:
                response.headers.setdefault("Onion-Location", f"http://{settings.WISE_ONION}{request.get_full_path()}")
        return response

    return answer


def health(get_response: Handler) -> Handler:
    """Answer `/healthz` (alive) and `/readyz` (can serve), whatever the Host; they tell nothing else (P21)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            ready = _ready()
            return HttpResponse(
                "ok\n" if ready else "not ready\n", content_type="text/plain", status=200 if ready else 503
            )
        return get_response(request)

    return answer


def _ready() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        return False
    return True


def language(get_response: Handler) -> Handler:
    """Indonesian, and English under /en/. Neither a cookie nor what the browser prefers plays a part."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return answer


def body_length(get_response: Handler) -> Handler:
    """Refuse a body of unknown length, which would arrive empty, and one larger than anything we take.

    Whatever the answer, the rest of the body is read first: the server would cut the connection in the middle of it,
    and the browser would show an error of its own instead of our page (property P27).
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        declared = request.META.get("CONTENT_LENGTH") or ""
        if not declared and "HTTP_TRANSFER_ENCODING" in request.META:
            return errors.error_page(request, 411)
        if declared and (not declared.isdecimal() or int(declared) > settings.WISE_LARGEST_REQUEST):
            response: HttpResponseBase = errors.error_page(request, 413)
        else:
            response = get_response(request)
        if request.method not in _SAFE:
            _read_to_the_end(request)
        return response

    return answer


def _read_to_the_end(request: HttpRequest) -> None:
    left = _MOST_READ_IN_VAIN
    # A client that is gone, or a stream that broke, needs no answer.
    with contextlib.suppress(OSError):
        while left > 0 and (chunk := request.read(_CHUNK)):
            left -= len(chunk)


class Answers:
    """Turn a `Refused` into its page, and a locked database or a full disk into a 503 that says nothing is lost."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer what a view raised, or leave it to Django."""
        return page_for(request, exception)


def page_for(request: HttpRequest, exception: BaseException | None) -> HttpResponse | None:
    """The page for an exception that is no fault in the program; None for one that is."""
    if isinstance(exception, Refused):
        return errors.error_page(request, exception.status, sentence=exception.sentence)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return errors.error_page(request, 413)
    if isinstance(exception, UnreadablePostError):
        return errors.error_page(request, 400)  # the connection broke: hardly anybody will read this
    if isinstance(exception, OperationalError) or _disk_full(exception):
        response = errors.error_page(request, 503)
        response.headers["Retry-After"] = "10"
        return response
    return None


def _disk_full(exception: BaseException | None) -> bool:
    return isinstance(exception, OSError) and exception.errno in {errno.ENOSPC, errno.EDQUOT}


class SameSite:
    """A request that changes something must come from our own pages. Sets no cookie to find out.

    Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`. A view for machines (webhooks, the API) carries
    `answers_other_sites = True` and must then know its callers by other means than a cookie.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Refuse what another site sent."""
        if request.method in _SAFE or getattr(view, "answers_other_sites", False) or _is_ours(request):
            return None
        return errors.error_page(request, 403)


def _is_ours(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    scheme = "https" if settings.WISE_HTTPS and request.get_host() != settings.WISE_ONION else "http"
    return (origin.scheme, origin.netloc) == (scheme, request.get_host())


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler for everything else: what went wrong outside a view gets the same answers as within."""
    return page_for(request, sys.exception()) or errors.server_error(request)
