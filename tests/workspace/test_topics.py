"""The page about topics: an editor and the administrator change the list, and reporters find what it says."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import World
from wise.register import topics
from wise.register.models import Topic

TOPICS = "/kerja/kelola/topik/"

type Visitor = Callable[[], DjangoTestApp]


def _form(page: Any, field: str) -> Any:
    return next(form for form in officers.forms(page) if field in form.fields)


def _typed(page: Any, indonesian: str, english: str) -> Any:
    form = _form(page, "name_id")
    form["name_id"], form["name_en"] = indonesian, english
    return form


def _shown(browser: DjangoTestApp) -> str:
    return str(browser.get("/lapor/").html.find(id="topic").text)


def test_edi_adds_a_topic_and_sari_finds_it(world: World, visitor: Visitor) -> None:
    edi = officers.sign_in(visitor(), "edi")
    page = edi.get("/kerja/").click(href=f"^{TOPICS}$").click(href="/baru/service/$")

    page = _typed(page, "Parkir", "Parking").submit(status=302).follow()

    assert "Pelapor kini dapat memilih “Parkir”." in page.html.find(role="status").text
    assert "Parkir" in _shown(visitor())


def test_tono_renames_moves_and_retires_one(world: World, visitor: Visitor) -> None:
    tono, sari = officers.sign_in(visitor(), "tono"), visitor()
    page = tono.get(TOPICS).click(href="/topik/cost/$")
    assert _form(page, "name_id")["name_en"].value == "Cost"
    _typed(page, "Tarif layanan", "Fees").submit(status=302)
    assert "Tarif layanan" in _shown(sari)

    form = _form(tono.get(f"{TOPICS}cost/"), "do")
    form.submit("do", value="up", status=302)
    assert _shown(sari).index("Tarif layanan") < _shown(sari).index("Waktu pelayanan")
    form.submit("do", value="down", status=302)
    assert _shown(sari).index("Tarif layanan") > _shown(sari).index("Waktu pelayanan")

    page = form.submit("do", value="retire", status=302).follow()
    assert "tidak ditawarkan lagi" in page.html.find(role="status").text
    assert "Tarif layanan" not in _shown(sari)
    _form(tono.get(f"{TOPICS}cost/"), "do").submit("do", value="offer", status=302)
    assert "Tarif layanan" in _shown(sari)


@pytest.mark.parametrize("address", [f"{TOPICS}baru/service/", f"{TOPICS}cost/"])
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(world: World, visitor: Visitor, address: str) -> None:
    edi = officers.sign_in(visitor(), "edi")

    page = _typed(edi.get(address), "Waktu pelayanan", "Queues").submit(status=422)
    assert page.html.find(role="alert").find("a", href="#name_id")
    assert _form(page, "name_id")["name_en"].value == "Queues"
    page = _typed(page, "", "Queues").submit(status=422)
    assert page.html.find(role="alert").find("a", href="#name_id")


def test_what_is_not_there_is_not_there(world: World, visitor: Visitor) -> None:
    edi = officers.sign_in(visitor(), "edi")

    edi.get(f"{TOPICS}baru/suggestion/", status=404)
    edi.get(f"{TOPICS}nothing/", status=404)
    _form(edi.get(f"{TOPICS}cost/"), "do").submit("do", value="burn", status=404)


@pytest.mark.parametrize("login", ["wulan", "hadi", "dewi", "agus", "lina"])
def test_nobody_else_finds_the_page_nor_changes_anything_by_hand(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)
    page = browser.get("/kerja/")
    token = next(form["form_token"].value for form in officers.forms(page) if "form_token" in form.fields)

    assert TOPICS not in page
    for address in (TOPICS, f"{TOPICS}baru/service/", f"{TOPICS}cost/"):
        browser.get(address, status=404)
    browser.post(f"{TOPICS}cost/ubah/", {"form_token": token, "do": "retire"}, status=404)
    browser.post(f"{TOPICS}cost/", {"form_token": token, "name_id": "A", "name_en": "B"}, status=404)
    assert topics.find("cost") == Topic.objects.get(name_en="Cost")
