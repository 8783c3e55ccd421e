"""What every request passes, whatever its answer."""

import errno
import io
import logging
import sys
from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils.translation import get_language
from pytest_django import Settings

from wise.config import middleware
from wise.config import urls as real_urls
from wise.config.logs import Formatter
from wise.refusals import Busy, NotThere, Refused, TooLarge, TooMany


def _raises(error: Callable[[], Exception]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error()

    return view


def _says(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language() or "")


def _for_machines(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


_for_machines.answers_other_sites = True  # type: ignore[attr-defined]


def _too_much(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


_ERRORS: dict[str, Callable[[], Exception]] = {
    "refused": lambda: Refused("no", "The rules do not allow it."),
    "not-there": NotThere,
    "too-many": lambda: TooMany("too-many", "Too often."),
    "too-large": lambda: TooLarge("too-large", "Too large."),
    "busy": lambda: Busy("busy", "Busy."),
    "locked": lambda: OperationalError("database is locked: MARKER"),
    "full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "broken": lambda: ValueError("MARKER of a report"),
}
urlpatterns = [
    *real_urls.urlpatterns,
    *(path(f"try/{name}/", _raises(error)) for name, error in _ERRORS.items()),
    path("try/language/", _says),
    path("en/try/language/", _says),
    path("try/machines/", _for_machines),
    path("try/form/", _too_much),
    path("try/", include([])),
]
handler400 = real_urls.handler400
handler403 = real_urls.handler403
handler404 = real_urls.handler404
handler500 = real_urls.handler500

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False, headers={"sec-fetch-site": "same-origin"})


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("refused", 422),
        ("not-there", 404),
        ("too-many", 429),
        ("too-large", 413),
        ("busy", 503),
        ("locked", 503),
        ("full", 503),
        ("broken", 500),
        ("language", 200),
        ("nothing-here", 404),
    ],
)
def test_p14_strict_headers_stand_on_every_answer(browser: Client, name: str, status: int) -> None:
    answer = browser.get(f"/try/{name}/")

    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'none'"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer, same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers


def test_what_a_rule_says_stands_on_the_page(browser: Client) -> None:
    assert "The rules do not allow it." in browser.get("/try/refused/").content.decode()


def test_p03_what_broke_is_logged_without_what_was_in_it(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = browser.get("/try/broken/?q=SECRET", headers={"user-agent": "AGENT"})

    lines = "\n".join(Formatter().format(record) for record in caplog.records)
    assert "ValueError" in lines
    assert "test_middleware.py" in lines
    for secret in ("MARKER", "SECRET", "AGENT", "/try/broken", "127.0.0.1"):
        assert secret not in lines
    assert "MARKER" not in answer.content.decode()


def test_a_wrong_host_is_refused_without_a_line_in_the_journal(
    browser: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert browser.get("/try/language/", headers={"host": "evil.example"}).status_code == 400
    assert not logging.getLogger("django.security.DisallowedHost").isEnabledFor(logging.ERROR)
    assert capsys.readouterr().err == ""


def test_a_locked_database_and_a_full_disk_say_when_to_come_back(browser: Client) -> None:
    assert browser.get("/try/locked/").headers["Retry-After"] == "10"
    assert browser.get("/try/full/").headers["Retry-After"] == "10"


def test_the_language_follows_from_the_address_alone(browser: Client) -> None:
    english = {"accept-language": "en"}
    browser.cookies["django_language"] = "en"

    assert browser.get("/try/language/", headers=english).content == b"id"
    assert browser.get("/en/try/language/", headers={"accept-language": "id"}).content == b"en"
    answer = browser.get("/try/language/", headers=english)
    assert answer.headers["Content-Language"] == "id"
    assert "Accept-Language" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-site", "origin": "http://testserver"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "http://testserver:81"}, 403),
        ({"origin": "https://testserver"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://elsewhere.example"}, 403),
        ({}, 403),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(headers: dict[str, str], status: int) -> None:
    assert Client().post("/try/form/", headers=headers).status_code == status


def test_reading_needs_no_proof_of_where_one_comes_from() -> None:
    assert Client().get("/try/form/", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_a_view_for_machines_takes_what_other_sites_send() -> None:
    assert Client().post("/try/machines/", headers={"origin": "https://elsewhere.example"}).status_code == 200


def test_behind_https_the_origin_is_https_and_the_onion_stays_http(settings: Settings) -> None:
    settings.WISE_HTTPS = True
    settings.WISE_ONION = "abc.onion"
    settings.ALLOWED_HOSTS = ["testserver", "abc.onion"]

    answer = Client().post("/try/form/", headers={"origin": "https://testserver"})
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer.headers["Onion-Location"] == "http://abc.onion/try/form/"
    onion = Client().post("/try/form/", headers={"origin": "http://abc.onion", "host": "abc.onion"})
    assert onion.status_code == 200
    assert "Strict-Transport-Security" not in onion.headers
    assert "Onion-Location" not in onion.headers


def test_p27_a_body_of_unknown_length_gets_411_and_a_boundless_one_413() -> None:
    request = RequestFactory().post("/try/form/", headers={"transfer-encoding": "chunked"})
    request.META["CONTENT_LENGTH"] = ""
    answer = middleware.body_length(lambda _: HttpResponse())

    assert answer(request).status_code == 411
    for declared, status in [("x", 413), (str(10**10), 413), ("12", 200), ("", 200)]:
        request = RequestFactory().post("/try/form/")
        request.META["CONTENT_LENGTH"] = declared
        assert answer(request).status_code == status


def test_a_form_with_too_much_text_or_too_many_fields_gets_413(browser: Client) -> None:
    assert browser.post("/try/form/", {"text": "x" * 1_100_000}, content_type="text/plain").status_code == 200
    urlencoded = "application/x-www-form-urlencoded"
    assert browser.post("/try/form/", "text=" + "x" * 1_100_000, content_type=urlencoded).status_code == 413
    assert browser.post("/try/form/", "a=1&" * 300, content_type=urlencoded).status_code == 413


def test_p21_health_tells_nothing_but_itself() -> None:
    for address in ("/healthz", "/readyz"):
        answer = Client().get(address, headers={"host": "unknown.example"})
        assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_without_a_database_we_live_but_are_not_ready() -> None:
    with connection.execute_wrapper(_no_database):
        assert Client().get("/healthz").status_code == 200
        assert Client().get("/readyz").status_code == 503


def _no_database(*arguments: object) -> None:
    raise OperationalError


def test_an_unknown_host_is_refused(browser: Client) -> None:
    answer = browser.get("/try/language/", headers={"host": "unknown.example"})

    assert answer.status_code == 400
    assert "unknown.example" not in answer.content.decode()


def test_what_goes_wrong_outside_a_view_gets_the_same_answers() -> None:
    request = RequestFactory().get("/")
    for error, status in [(OperationalError(), 503), (ValueError(), 500), (RequestDataTooBig(), 413)]:
        try:
            _raises(lambda error=error: error)(request)  # type: ignore[misc]
        except Exception:  # noqa: BLE001 - Django calls its handler in such a place
            assert middleware.broken(request).status_code == status
    assert sys.exception() is None


def test_a_file_comes_to_rest_nowhere_unless_a_view_says_where(browser: Client) -> None:
    file = io.BytesIO(b"MARKER" * 1_000_000)
    file.name = "photo.jpg"

    assert browser.post("/try/form/", {"files": file}).content == b"0"


def test_p27_a_body_is_read_to_its_end_before_it_is_refused(settings: Settings) -> None:
    settings.WISE_LARGEST_REQUEST = 1000
    request = RequestFactory().generic("POST", "/try/form/", b"x" * 300_000)

    assert middleware.body_length(lambda _: HttpResponse())(request).status_code == 413
    assert request.read(1) == b""


def test_a_client_that_hangs_up_breaks_nothing() -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:  # noqa: ARG002 - the signature of a stream
            raise ConnectionResetError

    request = RequestFactory().generic("POST", "/try/form/", b"x" * 300)
    request.META["wsgi.input"] = request._stream = Gone()

    assert middleware.body_length(lambda _: HttpResponse())(request).status_code == 200
