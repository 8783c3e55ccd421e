"""The page on which anybody checks whether a letter is ours."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django_webtest import DjangoTestApp

from tests.letters import papers
from tests.world import World

ADDRESS = "/verifikasi-surat/"


def test_sari_types_number_and_code_and_reads_who_issued_the_letter(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    issued = papers.issue(world)
    form = visitor().get(ADDRESS).forms[0]
    form["nomor"], form["kode"] = issued.number.lower(), issued.code.replace("-", " ")

    page = form.submit(status=200)

    for words in ("Ya. Surat dengan nomor dan kode ini", "KPKNL Pekanbaru", "Surat tanggapan", "24 November 2026"):
        assert words in page.text


def test_the_square_code_leads_straight_to_the_answer(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    issued = papers.issue(world)

    page = visitor().get(f"/en{ADDRESS}?{urlencode({'nomor': issued.number, 'kode': issued.code})}")

    assert "Response letter" in page.text
    assert "24 November 2026" in page.text


def test_the_page_tells_nothing_about_the_case(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    issued = papers.issue(world)

    page = visitor().get(ADDRESS, {"nomor": issued.number, "kode": issued.code})

    for secret in (papers.AGENDA, "Antrean", "Hadi", str(issued.letter.case_id), str(issued.letter.id)):
        assert secret not in page.text


def test_a_wrong_code_and_a_number_that_was_never_given_get_the_same_answer(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    issued, browser = papers.issue(world), visitor()

    wrong_code = browser.get(ADDRESS, {"nomor": issued.number, "kode": "0000-0000-0000-0000"}, status=200)
    wrong_number = browser.get(ADDRESS, {"nomor": "S-9/KNL.0303/2026", "kode": "0000-0000-0000-0000"}, status=200)

    assert "Kami tidak mengenal surat" in wrong_code.text
    assert wrong_code.text == wrong_number.text.replace("S-9", "S-1")


@pytest.mark.parametrize("asked", [{"nomor": "", "kode": "X"}, {"nomor": "S-1"}, {"nomor": "S" * 200, "kode": "X"}])
def test_what_is_missing_or_too_long_is_said_at_its_field(
    world: World, visitor: Callable[[], DjangoTestApp], asked: dict[str, str]
) -> None:
    page = visitor().get(ADDRESS, asked, status=422)

    assert 'role="alert"' in page.text
    assert "Kami tidak mengenal" not in page.text


def test_nobody_gets_a_cookie_for_asking(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    assert "Set-Cookie" not in visitor().get(ADDRESS, {"nomor": "S-1", "kode": "X"}).headers
