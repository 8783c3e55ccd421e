"""What pages say of due dates: days off explained, extensions told, what came up to the units above."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers, reporters
from tests import world as cast
from tests.world import NOW, World
from wise.casework import rules
from wise.casework.models import Case

DAY = datetime.timedelta(days=1)

type Visitor = Callable[[], DjangoTestApp]


def _form(page: Any, field: str) -> Any:
    return next(form for form in officers.forms(page) if field in form.fields)


@pytest.mark.parametrize(
    ("prefix", "holiday", "weekend"),
    [
        (
            "",
            "Tanggal itu hari libur (Cuti Bersama Hari Raya Natal); hari kerja terakhir sebelumnya adalah Rabu, 23",
            "Tanggal itu jatuh pada akhir pekan; hari kerja terakhir sebelumnya adalah Jumat, 20 November 2026.",
        ),
        (
            "/en",
            "That day is a holiday (Christmas Joint Holiday); the last working day before it is Wednesday, 23 December",
            "That day falls on a weekend; the last working day before it is Friday, 20 November 2026.",
        ),
    ],
)
def test_a_due_date_on_a_day_off_is_explained_to_the_unit_and_to_the_reporter(
    world: World, visitor: Visitor, prefix: str, holiday: str, weekend: str
) -> None:
    sari = cast.join()
    receipt = sari.tells()
    wulan = officers.sign_in(visitor(), "wulan", prefix=prefix)
    reporter = visitor()
    reporters.sign_in(reporter, status=302)
    for due_on, said in (("2026-12-24", holiday), ("2026-11-21", weekend)):
        Case.objects.update(due_on=due_on)

        status = _form(reporter.get(f"{prefix}/status/"), "register_number")
        status["register_number"] = receipt.register_number
        pages = [
            officers.case_page(wulan, receipt, prefix=prefix),
            reporter.get(reporters.address("report", prefix[1:] or "id", report_id=receipt.report_id)),
            status.submit(),
        ]

        assert [said in " ".join(page.text.split()) for page in pages] == [True, True, True]
    Case.objects.update(due_on="2026-11-19")
    assert "hari kerja terakhir" not in officers.case_page(wulan, receipt, prefix=prefix)


def test_the_case_page_names_the_rules_it_is_counted_by(world: World, visitor: Visitor) -> None:
    receipt = cast.join().tells()

    page = officers.case_page(officers.sign_in(visitor(), "wulan"), receipt).click("Kementerian Keuangan 2011")

    assert page.html.find("h1").text == "Jangka waktu"


@pytest.mark.parametrize("login", ["yanti", "lina"])
def test_what_came_up_stands_in_the_inbox_of_the_unit_above(world: World, visitor: Visitor, login: str) -> None:
    receipt = cast.join().tells()
    number = cast.case_of(receipt).agenda_number
    browser = officers.sign_in(visitor(), login)
    assert "Dinaikkan kepada Anda" not in browser.get("/kerja/")
    Case.objects.update(due_on=NOW.date() - DAY)

    section = browser.get("/kerja/").html.find(id="escalated").parent

    assert number in section.text
    assert "lewat 1 hari" in section.text
    assert section.find("a") is None
    officers.case_page(browser, receipt, status=404)


def test_wulan_extends_the_time_on_the_page_and_both_read_when(world: World, visitor: Visitor) -> None:
    rules.choose("eu-2019-1937", desk=world.desk("tono"), at=NOW)
    sari = cast.join()
    receipt = sari.tells()
    wulan, reporter = officers.sign_in(visitor(), "wulan"), visitor()
    reporters.sign_in(reporter, status=302)
    form = officers.form_of(officers.case_page(wulan, receipt), "extend")
    form["text"] = "Saksi sedang cuti."

    page = form.submit(status=302).follow()

    assert "tanggapan diberikan paling lambat 20 April 2027" in page.html.find(role="status").text
    assert "Waktu diperpanjang pada 20 Oktober 2026." in page
    assert "extend" not in officers.moves_on(page)
    theirs = reporter.get(reporters.address("report", report_id=receipt.report_id))
    assert "Saksi sedang cuti." in theirs
    assert "Waktu diperpanjang pada 20 Oktober 2026; alasannya tercantum dalam riwayat." in theirs


def test_a7_no_form_of_an_overdue_case_takes_a_due_date(world: World, visitor: Visitor) -> None:
    receipt = cast.join().tells()
    Case.objects.update(due_on="2026-10-01")
    wulan = officers.sign_in(visitor(), "wulan")

    page = officers.case_page(wulan, receipt)
    smuggled = {"due_on": "2027-10-01", "extended_on": "2026-10-01", "answered_on": "2026-09-30"}

    moves = officers.moves_on(page)
    assert len(moves) >= 4
    for form in [officers.form_of(page, move) for move in moves]:
        assert not smuggled.keys() & form.fields.keys()
        typed = {"note": "a", "text": "a", "form_token": form["form_token"].value}
        wulan.post(form.action, typed | smuggled, status="*")
        wulan.post(f"{officers.address(receipt)}extend/", typed | smuggled, status=422)

    case = cast.case_of(receipt)
    assert (case.due_on, case.extended_on, case.answered_on) == (datetime.date(2026, 10, 1), None, None)
    assert "lewat 19 hari" in officers.case_page(wulan, receipt)
