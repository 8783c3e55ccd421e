"""Assigning, disposing and being away, as officers do it in their browsers."""

import datetime
from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import NOW, World, case_of, join
from wise.casework import absences
from wise.casework.intake import Receipt
from wise.casework.models import Step
from wise.people.models import Absence

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def receipt(world: World) -> Receipt:
    return join().tells()


@pytest.fixture
def wulan(world: World, visitor: Callable[[], DjangoTestApp]) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


@pytest.fixture
def rahmat(world: World, visitor: Callable[[], DjangoTestApp]) -> DjangoTestApp:
    return officers.sign_in(visitor(), "rahmat")


def _away(world: World, officer: str, deputy: str, *, first: int = 0, last: int = 4) -> Absence:
    ids = (world.officer(officer).id, world.officer(deputy).id)
    wanted = absences.Wanted(*ids, TODAY + first * DAY, TODAY + last * DAY)
    return absences.enter(wanted, desk=world.desk(officer), at=NOW)


def test_wulan_assigns_a_case_to_rahmat_who_is_away_and_reads_who_stands_in(
    world: World, receipt: Receipt, wulan: DjangoTestApp, rahmat: DjangoTestApp
) -> None:
    _away(world, "rahmat", "wulan")
    form = officers.form_of(officers.case_page(wulan, receipt), "assign")
    assert "digantikan oleh Wulan Sari" in form.text

    form["officer"], form["note"] = str(world.officer("rahmat").id), "Loket Anda"
    page = form.submit().follow()

    said = page.html.find(role="status").text
    assert "kini ditangani oleh Rahmat Hidayat" in said
    assert "Rahmat Hidayat: tidak hadir sampai dengan 24 Oktober 2026; digantikan oleh Wulan Sari." in said
    assert "Anda menggantikan" in page.text
    assert "Anda menggantikan" in wulan.get("/kerja/?view=mine").html.find("tbody").text
    assert "Loket Anda" in officers.case_page(rahmat, receipt).text


def test_a_case_is_taken_from_everybody(world: World, receipt: Receipt, wulan: DjangoTestApp) -> None:
    world.take("take_on", receipt, by="rahmat")
    form = officers.form_of(officers.case_page(wulan, receipt), "assign")
    form["officer"] = "nobody"

    assert "kini tidak ada yang menangani" in form.submit().follow().html.find(role="status").text
    assert case_of(receipt).handler is None


def test_a_disposition_is_made_of_ticks_and_its_sheet_is_printed(
    world: World, receipt: Receipt, rahmat: DjangoTestApp
) -> None:
    form = officers.form_of(officers.case_page(rahmat, receipt), "dispose")
    form["first"] = str(world.officer("wulan").id)
    form["instructions"] = ["answer", "discuss"]
    form["urgency"], form["note"], form["back_by"] = "soon", "Segera, ya", (TODAY + DAY).isoformat()
    page = form.submit().follow()

    assert "%" not in page.html.find(role="status").text
    event = page.html.find("ol", class_="time").find_all("li")[-1].text
    for text in ("Wulan Sari", "Jawab; Bicarakan dengan saya", "Segera, ya", "21 Oktober 2026"):
        assert text in event
    sheet = page.click(href="/pdf/$")
    assert sheet.content_type == "application/pdf"
    assert sheet.body.startswith(b"%PDF")
    assert "disposisi-PGD-1-KNL.0303-2026.pdf" in sheet.headers["Content-Disposition"]
    assert "sandbox" in sheet.headers["Content-Security-Policy"]
    words = page.click(href="/docx/$")
    assert words.body.startswith(b"PK")
    assert words.headers["Content-Disposition"].endswith('.docx"')


def test_what_was_typed_stays_where_a_disposition_is_refused(
    world: World, receipt: Receipt, rahmat: DjangoTestApp
) -> None:
    form = officers.form_of(officers.case_page(rahmat, receipt), "dispose")
    form["first"], form["note"] = str(world.officer("wulan").id), "Jangan hilang"
    without = form.submit(status=422)
    assert "Jangan hilang" in without.text

    form["instructions"], form["back_by"] = ["answer"], (TODAY - DAY).isoformat()
    past = form.submit(status=422)
    assert "Tanggal kembali paling awal adalah hari ini." in past.text
    assert "Jangan hilang" in past.text
    assert Step.objects.count() == 1


def test_with_nobody_to_dispose_to_the_page_says_so(world: World, receipt: Receipt, rahmat: DjangoTestApp) -> None:
    world.officer("wulan").roles.all().delete()

    page = rahmat.get(f"{officers.address(receipt)}dispose/")

    assert "Disposisi memerlukan penerima" in page.text
    assert "instructions" not in page.text


def test_the_sheet_is_not_there_for_others_nor_in_another_form(
    world: World, receipt: Receipt, rahmat: DjangoTestApp, visitor: Callable[[], DjangoTestApp]
) -> None:
    form = officers.form_of(officers.case_page(rahmat, receipt), "dispose")
    form["first"], form["instructions"] = str(world.officer("wulan").id), ["answer"]
    form.submit()
    address = f"{officers.address(receipt)}disposisi/{case_of(receipt).steps.get(move='dispose').id}"

    rahmat.get(f"{address}/exe/", status=404)
    for login in ("dewi", "yanti", "hadi", "tono", "agus"):
        officers.sign_in(visitor(), login).get(f"{address}/pdf/", status=404)


def test_wulan_says_that_she_is_away_and_that_she_is_back(world: World, wulan: DjangoTestApp) -> None:
    form = officers.form_of(wulan.get("/kerja/pergi/"), "pergi")
    assert "officer" not in form.fields
    form["starts_on"], form["ends_on"] = TODAY.isoformat(), (TODAY + 4 * DAY).isoformat()
    form["deputy"] = str(world.officer("rahmat").id)
    page = form.submit().follow()
    assert "Penggantinya Rahmat Hidayat." in page.html.find(role="status").text

    inbox = wulan.get("/kerja/")
    assert "Anda tercatat tidak hadir sampai dengan 24 Oktober 2026. Rahmat Hidayat menggantikan Anda." in inbox.text
    back = officers.form_of(inbox, "kembali").submit().follow()
    assert "tidak lagi tercatat tidak hadir" in back.html.find(role="status").text
    assert "Anda tercatat tidak hadir" not in back.text
    assert "Tidak ada yang tidak hadir" in wulan.get("/kerja/pergi/").text


def test_rahmat_enters_it_for_wulan_and_takes_it_back(world: World, rahmat: DjangoTestApp) -> None:
    form = officers.form_of(rahmat.get("/kerja/pergi/"), "pergi")
    form["officer"], form["deputy"] = str(world.officer("wulan").id), str(world.officer("wulan").id)
    form["starts_on"], form["ends_on"] = (TODAY + DAY).isoformat(), (TODAY + 2 * DAY).isoformat()
    refused = form.submit(status=422)
    assert "tidak seorang pun dapat menggantikan dirinya sendiri" in refused.text

    form = officers.form_of(refused, "pergi")
    form["deputy"] = str(world.officer("rahmat").id)
    page = form.submit().follow()

    assert "Batalkan" in page.text
    assert "tidak lagi tercatat" in officers.form_of(page, "kembali").submit().follow().text
    assert Absence.objects.get().ended_on == TODAY


def test_an_absence_without_days_or_deputy_is_refused(world: World, wulan: DjangoTestApp) -> None:
    page = officers.form_of(wulan.get("/kerja/pergi/"), "pergi").submit(status=422)

    assert not Absence.objects.exists()
    assert len(page.html.find(role="alert").find_all("a")) == 3


@pytest.mark.parametrize("login", ["dewi", "hadi", "tono", "agus", "kartika"])
def test_who_handles_no_cases_has_no_page_about_being_away(
    world: World, login: str, visitor: Callable[[], DjangoTestApp]
) -> None:
    row = _away(world, "wulan", "rahmat")
    browser = officers.sign_in(visitor(), login)

    assert "/kerja/pergi/" not in browser.get("/kerja/").text
    browser.get("/kerja/pergi/", status=404)
    token = browser.get("/kerja/").html.find("input", attrs={"name": "form_token"})["value"]
    browser.post(f"/kerja/pergi/{row.id}/kembali/", {"form_token": token}, status=404)
    assert Absence.objects.get().ended_on is None


def test_a_colleague_sees_the_absence_without_a_button(world: World, wulan: DjangoTestApp) -> None:
    row = _away(world, "rahmat", "wulan")
    page = wulan.get("/kerja/pergi/")

    assert "Rahmat Hidayat" in page.text
    assert str(row.id) not in page.text
