"""The page on which Wulan says that a case is of another kind, and what Sari reads of it."""

from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import officers, reporters
from tests import world as cast
from tests.officers import address
from tests.reporters import NAME
from tests.world import HEAD_OFFICE, World
from wise.casework.intake import Receipt

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join(NAME).tells(cast.queues())


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def test_the_page_says_who_would_handle_it_and_a_refusal_keeps_what_was_typed(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    page = officers.case_page(wulan, receipt).click(href="/reclassify/$")
    form = officers.form_of(page, "reclassify")

    assert f"Ditangani {world.unit(office=HEAD_OFFICE).name}" in page
    assert f"Ditangani {world.unit().name}" in page
    form["note"] = "Ada pungutan"
    refused = form.submit(status=422)
    again = officers.form_of(refused, "reclassify")
    assert again["note"].value == "Ada pungutan"
    again["stream"] = "violation"
    done = again.submit(status=302).follow()
    assert "Nomor agendanya kini PLG-" in done.html.find(role="status").text
    wulan.get(address(receipt), status=404)


def test_where_it_stays_wulan_goes_on_with_it_and_its_history_names_both_kinds(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    form = officers.form_of(officers.case_page(wulan, receipt), "reclassify")
    form["stream"], form["note"] = "suggestion", "Ini saran"
    page = form.submit(status=302).follow()

    assert "Unit Anda melanjutkannya" in page.html.find(role="status").text
    history = page.html.find(id="history").find_next("ol").text
    assert "Jenis sebelumnya" in history
    assert "Saran atau pujian" in history


def test_from_a_stale_page_nothing_is_changed_before_the_news_were_read(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    form = officers.form_of(officers.case_page(wulan, receipt), "reclassify")
    world.take("note", receipt, by="rahmat", note="Masih saya periksa")
    form["stream"], form["note"] = "violation", "Ada pungutan"

    assert "Catatan internal" in form.submit(status=422).text
    assert cast.case_of(receipt).stream_code == "service"


@pytest.mark.parametrize("login", ["dewi", "hadi", "maya", "tono", "agus"])
def test_for_others_there_is_neither_page_nor_deed(
    world: World, receipt: Receipt, visitor: Visitor, wulan: DjangoTestApp, login: str
) -> None:
    browser = officers.sign_in(visitor(), login)
    there = f"{address(receipt)}reclassify/"

    browser.get(there, status=404)
    browser.post(there, {"stream": "violation", "note": "x"}, status="4*")
    assert cast.case_of(receipt).stream_code == "service"


def test_sari_reads_as_what_her_report_is_handled(world: World, receipt: Receipt, visitor: Visitor) -> None:
    sari = visitor()
    reporters.sign_in(sari, status=302)
    there = reporters.address("report", report_id=receipt.report_id)
    assert "Ditangani sebagai" not in sari.get(there)

    world.take("reclassify", receipt, by="wulan", stream="violation", note="Ada pungutan")
    page = sari.get(there)
    assert "Ditangani sebagai" in page
    assert "Unit mengubah jenis pengaduan Anda" in page
    assert "Ada pungutan" not in page
