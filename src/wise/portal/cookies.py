"""The cookies of a reporter: for a draft, for a session, for a slip's first use. None is set before it is needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

DRAFT = "wise_draft"
SESSION = "wise_reporter"
SLIP = "wise_slip"


def read(request: HttpRequest, name: str) -> str:
    """The token that the browser carries, or an empty text."""
    return request.COOKIES.get(_full(name), "")


def put(response: HttpResponseBase, name: str, token: str) -> None:
    """Give the browser a token until it is closed; scripts and other sites never get at it."""
    response.set_cookie(
        _full(name), token, path="/", httponly=True, samesite="Strict", secure=settings.WISE_COOKIE_SECURE
    )


def drop(response: HttpResponseBase, name: str) -> None:
    """Take the token away."""
    response.delete_cookie(_full(name), path="/", samesite="Strict")


def _full(name: str) -> str:
    return f"{settings.WISE_COOKIE_PREFIX}{name}"
