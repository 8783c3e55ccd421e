"""The page about letters: Edi changes those of his office, Tono those of all, nobody else finds it."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.letters import papers
from tests.world import World
from wise.letters.models import Template

PAGE = "/kerja/kelola/templat/"

type Visitor = Callable[[], DjangoTestApp]


def _template(browser: DjangoTestApp, world: World, kind: str = "response") -> Any:
    return officers.form_of(browser.get(f"{PAGE}{world.office().code}/{kind}/"), kind)


def test_edi_changes_how_the_letters_of_his_office_look(world: World, visitor: Visitor) -> None:
    browser = officers.sign_in(visitor(), "edi")
    form = _template(browser, world)
    form["source"] = form["source"].value + "\n// pekanbaru"

    page = form.submit("save", status=302).follow()

    assert "Tersimpan" in page.html.find(role="status").text
    assert "Versi 1, oleh Edi Nugroho" in page.text
    assert papers.issue(world).letter.template.version == 1
    page = _template(browser, world).submit("back", status=302).follow()
    assert "Versi 1" not in page.text


def test_a_sample_is_a_download(world: World, visitor: Visitor) -> None:
    answer = _template(officers.sign_in(visitor(), "edi"), world, "note").submit("preview", status=200)

    assert answer.content_type == "application/pdf"
    assert answer.body.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="contoh.pdf"'
    assert not Template.objects.exists()


@pytest.mark.parametrize("button", ["save", "preview"])
def test_a_fault_is_shown_with_its_line_and_what_was_typed_is_still_there(
    world: World, visitor: Visitor, button: str
) -> None:
    form = _template(officers.sign_in(visitor(), "edi"), world)
    form["source"] = form["source"].value + '\n#read("/etc/passwd")'

    page = form.submit(button, status=422)

    assert 'href="#source"' in str(page.html.find(role="alert"))
    assert '#read("/etc/passwd")' in page.html.find("code").text
    assert '#read("/etc/passwd")' in page.html.find("textarea").text
    assert not Template.objects.exists()


def test_without_a_source_nothing_is_saved(world: World, visitor: Visitor) -> None:
    form = _template(officers.sign_in(visitor(), "edi"), world)
    form["source"] = ""

    assert 'role="alert"' in form.submit("save", status=422).text


def test_saving_without_a_change_says_so(world: World, visitor: Visitor) -> None:
    page = _template(officers.sign_in(visitor(), "edi"), world).submit("save", status=302).follow()

    assert "Tidak ada yang berubah." in page.text


def test_edi_changes_how_numbers_are_written(world: World, visitor: Visitor) -> None:
    browser = officers.sign_in(visitor(), "edi")
    form = officers.form_of(browser.get(PAGE), "nomor")
    form["pattern"] = "{kind}-{number}/{office}"
    page = form.submit(status=422)
    assert "masing-masing satu kali" in page.html.find(role="alert").text
    assert page.html.find("input", attrs={"name": "pattern"})["value"] == "{kind}-{number}/{office}"

    form = officers.form_of(page, "nomor")
    form["pattern"] = "{kind}-{number}/MK/{office}/{year}"
    form.submit(status=302).follow()

    assert papers.issue(world).number == "S-1/MK/KNL.0303/2026"


def test_tono_changes_those_of_every_office_without_its_own(world: World, visitor: Visitor) -> None:
    page = officers.sign_in(visitor(), "tono").get(PAGE)

    assert "Semua kantor yang tidak mempunyai templat sendiri" in page.text
    assert f"{PAGE}semua/response/" in page.text


@pytest.mark.parametrize("login", ["wulan", "hadi", "dewi", "ina"])
def test_who_edits_nothing_finds_no_page_and_no_link(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)

    assert PAGE not in browser.get("/kerja/").maybe_follow().text
    browser.get(PAGE, status=404)
    browser.get(f"{PAGE}{world.office().code}/response/", status=404)
    browser.get(f"{PAGE}semua/response/", status=404)


@pytest.mark.parametrize("address", ["semua/response/", "537831/response/", "{own}/slip/", "{own}/lain/"])
def test_edi_finds_no_place_but_his_own_and_no_kind_that_is_not_issued(
    world: World, visitor: Visitor, address: str
) -> None:
    browser = officers.sign_in(visitor(), "edi")

    browser.get(PAGE + address.format(own=world.office().code), status=404)
