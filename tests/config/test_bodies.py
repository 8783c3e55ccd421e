"""Bodies as an attacker sends them: in odd encodings, cut short, with files where none were asked for."""

import io
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import signals
from django.db import close_old_connections
from django.test import Client

from wise.config import bodies
from wise.config.wsgi import application

URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "----WebKitFormBoundaryA1'()+_,-./:=?"
MIB = 1024 * 1024

pytestmark = pytest.mark.django_db


@pytest.fixture
def send() -> Iterator[Callable[..., int]]:
    """Send raw bytes to the program as the server would; returns the status."""

    def send(path: str, body: bytes, content_type: str, *, length: int | None = None) -> int:
        answered: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body) if length is None else length),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
        }
        b"".join(application(environ, lambda status, _headers: answered.append(status)))
        return int(answered[0].split()[0])

    # At the beginning of a request connections are looked after, which would close the test's own.
    signals.request_started.disconnect(close_old_connections)
    yield send
    signals.request_started.connect(close_old_connections)


@pytest.mark.parametrize(
    "parameter",
    [
        *(f"charset={name}" for name in ("hex", "base64", "utf-7", "unicode_escape", "undefined", "zlib", "nope")),
        "charset*=nope''utf-8",
        "other*=nope''x",
        "x=" + "y" * 20_000,
        "boundary*=nope''x",
    ],
)
def test_an_odd_encoding_breaks_nothing_and_smuggles_nothing_in(send: Callable[..., int], parameter: str) -> None:
    part = b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    body = b"".join(
        part % told for told in ((b"what", b"\\ud800 uang"), (b"stream", b"suggestion"), (b"concerns", b"none"))
    )
    body += b"--B--\r\n"

    assert send("/lapor/", body, f"multipart/form-data; boundary=B; {parameter}") == 302
    assert send("/masuk/", b"pseudonym=%5cud800&password=x", f"{URLENCODED}; {parameter}") == 422


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (f"Multipart/Form-Data; Boundary={BOUNDARY}", f'multipart/form-data; boundary="{BOUNDARY}"'),
        (
            f'multipart/form-data; charset=hex; boundary="{BOUNDARY}" ; x=y',
            f'multipart/form-data; boundary="{BOUNDARY}"',
        ),
        ("multipart/form-data; boundary=", "multipart/form-data"),
        (f"multipart/form-data; boundary={'B' * 71}", "multipart/form-data"),
        ("application/json; charset=utf-16", "application/json"),
        ("", ""),
    ],
)
def test_of_a_content_type_its_kind_and_boundary_are_kept(given: str, kept: str) -> None:
    environ: dict[str, Any] = {"CONTENT_TYPE": given, "wsgi.input": io.BytesIO()}

    bodies.make_safe(environ)

    assert environ["CONTENT_TYPE"] == kept


def test_a_form_that_was_cut_short_is_not_taken_for_the_whole(send: Callable[..., int]) -> None:
    told = b"stream=suggestion&concerns=none&what=Saya+tidak+menarik+kembali"

    assert send("/lapor/", told, URLENCODED) == 302
    assert send("/lapor/", told[:-8], URLENCODED, length=len(told)) == 400


def test_nor_is_a_file_that_was(send: Callable[..., int]) -> None:
    begun = b'--B\r\nContent-Disposition: form-data; name="files"; filename="foto.jpg"\r\n\r\n' + b"J" * 200_000

    assert send("/lapor/berkas/", begun, "multipart/form-data; boundary=B", length=len(begun) * 2) == 400


def test_a_file_sent_to_a_page_that_asked_for_none_is_not_read_into_memory(send: Callable[..., int]) -> None:
    body = b'--B\r\nContent-Disposition: form-data; name="x"; filename="x"\r\n\r\n' + bytes(32 * MIB) + b"\r\n--B--\r\n"
    tracemalloc.start()
    try:
        assert send("/masuk/", body, "multipart/form-data; boundary=B") == 422
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < len(body) + 8 * MIB  # the body itself lies in this test's memory


def test_such_a_file_is_nowhere_in_the_request() -> None:
    answer = Client(headers={"sec-fetch-site": "same-origin"}).post("/masuk/", {"x": io.BytesIO(b"x" * 10)})

    assert answer.status_code == 422
    assert not answer.wsgi_request.FILES
