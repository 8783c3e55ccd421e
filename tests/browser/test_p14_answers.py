"""Every answer of the started server has the strict headers, and none that a page of ours does not need (P14, P15)."""

import contextlib
import http.client
import re
from collections.abc import Iterator, Mapping

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from benchmarks.house import House
from tests.browser.story import Story

STRICT = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer, same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# A passkey is asked by a script, one file of our own; no other page has any.
SCRIPTED = re.compile(r"(/en)?/kerja/masuk/(kode|kunci-sandi)/")
UUID = "0b0e7a3c-5f7e-4f1b-9d0a-3f1f0c9d2a11"


def _lacking(headers: Mapping[str, str], *, path: str = "") -> dict[str, str | None]:
    """What is not as strict as it must be."""
    lacking = {name: headers.get(name) for name, value in STRICT.items() if headers.get(name) != value}
    policy = headers.get("content-security-policy", "")
    # A file of a report is data, never a page: it may do nothing at all.
    ours = f"{POLICY}; script-src 'self'" if SCRIPTED.fullmatch(path) else POLICY
    if policy not in {ours, "sandbox; default-src 'none'"}:
        lacking["content-security-policy"] = policy
    if "camera=()" not in headers.get("permissions-policy", ""):
        lacking["permissions-policy"] = headers.get("permissions-policy")
    return lacking


def _paths(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[str]:
    """One address for each route there is, in both languages."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _paths(pattern.url_patterns, path)
            continue
        path = re.sub(r"<uuid:\w+>", UUID, path)
        yield (path := re.sub(r"<slug:\w+>", "verify", path).replace("<path:address>", "tidak/ada"))
        yield f"/en{path}"


def _ask(
    house: House, method: str, path: str, headers: Mapping[str, str], body: object = None
) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    chunked = headers.get("Transfer-Encoding") == "chunked"
    # The answer may come, and the connection end, before a refused body is sent.
    with contextlib.suppress(BrokenPipeError):
        connection.request(method, path, body=body, headers=dict(headers), encode_chunked=chunked)  # type: ignore[arg-type]
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def test_p14_every_answer_of_the_whole_story_is_strict(story: Story) -> None:
    answers = [answer for window in story.windows for answer in window.answers]
    pages = [answer for answer in answers if not answer.path.startswith("/static/")]

    assert {200, 302, 404, 413, 422} <= {answer.status for answer in pages}
    assert {answer.path: lacking for answer in answers if (lacking := _lacking(answer.headers, path=answer.path))} == {}


def test_p14_whatever_is_personal_is_stored_nowhere(story: Story) -> None:
    public = {sight.path for sight in story.sari.seen if "noindex" not in sight.html}
    answers = [answer for window in story.windows for answer in window.answers if "/static/" not in answer.path]
    kept = {answer.path for answer in answers if "no-store" not in answer.headers.get("cache-control", "")}

    assert kept <= public | {f"/en{path}" for path in public}


def test_p15_nothing_that_holds_a_secret_is_compressed(story: Story) -> None:
    # The browser offers gzip, br and zstd with every request.
    answers = [answer for window in story.windows for answer in window.answers if "/static/" not in answer.path]

    assert {answer.path for answer in answers if "content-encoding" in answer.headers} == set()


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_p14_every_route_answers_strictly_to_a_stranger(house: House, method: str) -> None:
    body = b"" if method in {"POST", "PUT", "DELETE"} else None
    answers = {path: _ask(house, method, path, {"Sec-Fetch-Site": "same-origin"}, body) for path in _paths()}

    assert len(answers) > 60
    assert {path: lacking for path, (_, headers) in answers.items() if (lacking := _lacking(headers, path=path))} == {}
    assert {path for path, (status, _) in answers.items() if status >= 500} == set()
    # A cookie comes with the first words of a draft or with signing in, never from looking.
    given = {
        path
        for path, (_, headers) in answers.items()
        if not headers.get("set-cookie", '=""').partition("=")[2].startswith('""')
    }
    assert given <= {"/lapor/", "/en/lapor/", "/lapor/berkas/", "/en/lapor/berkas/"}
    assert method == "POST" or not given


@pytest.mark.parametrize(
    ("asked", "headers", "body", "status"),
    [
        ("GET /tidak-ada/", {}, None, 404),
        ("PUT /lapor/", {"Sec-Fetch-Site": "same-origin"}, b"x", 405),
        ("POST /lapor/", {"Sec-Fetch-Site": "cross-site"}, b"x", 403),
        ("POST /lapor/", {"Sec-Fetch-Site": "same-origin", "Transfer-Encoding": "chunked"}, iter([b"x"]), 411),
        ("POST /masuk/", {"Sec-Fetch-Site": "same-origin"}, b"", 422),
        ("GET /", {"Host": "example.org"}, None, 400),
        ("GET /static/ui/nothing.css", {}, None, 404),
    ],
)
def test_p14_a_refusal_is_a_strict_page_in_the_readers_language(
    house: House, asked: str, headers: dict[str, str], body: object, status: int
) -> None:
    method, path = asked.split()
    answered, found = _ask(house, method, path, headers, body)

    assert answered == status
    assert _lacking(found) == {}
    assert found["content-type"] == "text/html; charset=utf-8"
    assert found["content-language"] == "id"
