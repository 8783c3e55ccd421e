"""Every error is a page in the reader's language that says what to do next, even where the database is dead."""

import json
import re
from typing import Any

import pytest
from django.test import RequestFactory

from wise.ui import errors

STATUSES = sorted(errors.EXPLANATIONS)


def page(path: str, status: int, **words: Any) -> tuple[Any, str]:
    # No test here asks for the database, so that touching it would fail.
    response = errors.error_page(RequestFactory().get(path), status, **words)
    return response, response.content.decode()


@pytest.mark.parametrize("status", STATUSES)
def test_sari_reads_what_happened_in_her_language(status: int) -> None:
    response, indonesian = page("/lapor/", status)
    _, english = page("/en/lapor/", status)
    assert response.status_code == status
    assert '<html lang="id">' in indonesian
    assert '<html lang="en">' in english
    heading = re.compile(r"<h1>(.+?)</h1>")
    assert heading.findall(indonesian) != heading.findall(english)
    assert 'name="robots" content="noindex' in indonesian
    assert "tel:1500991" in indonesian


@pytest.mark.parametrize(("status", "waits"), [(429, True), (503, True), (404, False)])
def test_a_program_learns_when_to_come_back(status: int, waits: bool) -> None:  # noqa: FBT001
    response, _ = page("/", status)
    assert ("Retry-After" in response.headers) is waits


def test_a_rule_that_says_no_says_it_in_its_own_sentence() -> None:
    response, html = page("/status/", 422, title="Tidak cocok", sentence="Nomor <itu> tidak kami kenal.")
    assert response.status_code == 422
    assert "<h1>Tidak cocok</h1>" in html
    assert "Nomor &lt;itu&gt; tidak kami kenal." in html
    assert 'role="alert"' in html


@pytest.mark.parametrize("status", [418, 599])
def test_an_unforeseen_status_still_gets_a_page(status: int) -> None:
    response, html = page("/", status)
    assert response.status_code == status
    assert "<h1>" in html


def test_wulan_is_led_back_to_her_inbox() -> None:
    _, html = page("/kerja/perkara/x/", 404)
    assert "Ke kotak kerja" in html
    _, html = page("/tidak-ada/", 404)
    assert "Ke beranda" in html


def test_wulan_who_is_signed_in_keeps_the_frame_of_her_pages() -> None:
    request = RequestFactory().get("/kerja/perkara/x/")
    errors.keep_frame(request, "ui/workspace_base.html", officer_name="Wulan Sari")

    html = errors.error_page(request, 404, sentence="Tidak ada.").content.decode()

    assert "Wulan Sari" in html
    assert "mulailah lagi dari kotak kerja" in html
    assert "Tinggalkan halaman" not in html
    assert "tel:" not in html.split("<main")[1].split("</main>")[0]


def test_a_machine_gets_a_problem_document() -> None:
    response, body = page("/api/v1/reports", 404)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == 404


def test_django_hands_its_own_errors_over() -> None:
    request = RequestFactory().get("/")
    assert errors.bad_request(request, ValueError("secret")).status_code == 400
    assert errors.forbidden(request).status_code == 403
    assert errors.not_found(request).status_code == 404
    assert errors.server_error(request).status_code == 500


def test_sari_gets_an_answer_even_where_the_templates_are_what_broke(settings: Any) -> None:
    settings.TEMPLATES = []
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "pihak kami" in response.content.decode()
