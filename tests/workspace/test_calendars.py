"""Holidays and rule sets on their pages: everybody at work looks, an editor and the administrator change."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests import world as cast
from tests.world import NOW, World
from wise.audit.models import Entry
from wise.casework import rules
from wise.casework.models import Holiday, RuleSet

HOLIDAYS = "/kerja/kelola/hari-libur/"
RULES = "/kerja/kelola/aturan/"
CHRISTMAS = f"{HOLIDAYS}2026-12-24/"
DAY = datetime.timedelta(days=1)

type Visitor = Callable[[], DjangoTestApp]


def _fill(form: Any, **typed: str) -> Any:
    given = {
        "on": "2026-10-29",
        "name": "Pemilihan kepala daerah",
        "name_en": "Regional election",
        "kind": "public",
        "source": "Keppres 1/2026",
        "reason": "Ditetapkan kemarin",
    }
    for name, value in (given | typed).items():
        form[name] = value
    return form


def _form(page: Any, field: str) -> Any:
    return next(form for form in officers.forms(page) if field in form.fields)


def _removal(page: Any) -> Any:
    return next(form for form in officers.forms(page) if "name" not in form.fields and "do" in form.fields)


def test_edi_adds_a_holiday_and_reads_how_many_cases_moved(world: World, visitor: Visitor) -> None:
    rules.choose("sp4n-2018", desk=world.desk("tono"), at=NOW)
    receipt = cast.join().tells()
    edi = officers.sign_in(visitor(), "edi")
    page = edi.get("/kerja/").click("Hari libur").click("Tambah hari libur")

    page = _fill(_form(page, "name_en")).submit("do", value="put", status=302).follow()

    assert "29 Oktober 2026 kini hari libur." in page.html.find(role="status").text
    assert "Batas waktu 1 perkara yang masih berjalan telah bergeser." in page.html.find(role="status").text
    assert "Pemilihan kepala daerah" in page
    assert cast.case_of(receipt).due_on == datetime.date(2026, 11, 10)


def test_edi_moves_a_holiday_and_makes_another_a_working_day(world: World, visitor: Visitor) -> None:
    edi = officers.sign_in(visitor(), "edi")
    form = _form(edi.get(f"{HOLIDAYS}2027-03-10/"), "name_en")
    assert (form["name"].value, form["estimated"].value, form["reason"].value) == ("Hari Raya Idul Fitri", "yes", "")
    form["on"], form["estimated"], form["reason"] = "2027-03-16", "no", "Sidang isbat"
    page = form.submit("do", value="put", status=302).follow()
    assert "16 Maret 2027 kini hari libur. Tidak ada batas waktu yang bergeser." in page

    removal = _removal(edi.get(CHRISTMAS))
    page = removal.submit("do", value="remove", status=422)
    assert page.html.find(id="errors") is not None
    removal = _removal(page)
    removal["reason"] = "SKB diubah"
    page = removal.submit("do", value="remove", status=302).follow()

    assert "24 Desember 2026 kini hari kerja." in page
    assert "SKB diubah" in page
    assert {str(row.on): row.is_free for row in Holiday.objects.filter(on__in=["2026-12-24", "2027-03-10"])} == {
        "2026-12-24": False,
        "2027-03-10": False,
    }


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "31-02-2026"}, "tanggal yang valid"),
        ({"on": "2026-12-24"}, "Sudah ada hari libur pada tanggal ini."),
        ({"on": "2099-01-01"}, "terlalu jauh"),
        ({"name_en": ""}, "Nama dalam bahasa Inggris"),
        ({"source": " "}, "Dasar"),
        ({"reason": ""}, "Alasan"),
        ({"name": "a" * 400}, "120"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    world: World, visitor: Visitor, typed: dict[str, str], said: str
) -> None:
    edi = officers.sign_in(visitor(), "edi")
    form = _fill(_form(edi.get(f"{HOLIDAYS}baru/"), "name_en"), **typed)

    page = form.submit("do", value="put", status="*")

    assert page.status_int in {409, 422}
    assert said in page.html.find(role="alert").text
    kept = _form(page, "name_en")
    assert kept["source"].value.strip() == typed.get("source", "Keppres 1/2026").strip()
    assert not Holiday.objects.filter(on="2026-10-29").exists()


@pytest.mark.parametrize("login", ["wulan", "dewi", "hadi", "yanti", "lina", "ina", "kartika", "agus"])
def test_others_look_and_cannot_change(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)
    page = browser.get(HOLIDAYS)
    assert "Cuti Bersama Hari Raya Natal" in page
    assert "Tambah hari libur" not in page
    assert "Ubah" not in page.html.find("main").text
    assert "Gunakan untuk perkara baru" not in browser.get(RULES)
    token = officers.forms(page)[0]["form_token"].value

    def post(address: str, **given: str) -> None:
        browser.post(address, {"form_token": token} | given, status=404)

    browser.get(f"{HOLIDAYS}baru/", status=404)
    browser.get(CHRISTMAS, status=404)
    post(f"{HOLIDAYS}baru/", on="2026-10-29", name="a", name_en="a", kind="public", source="a", reason="a")
    post(CHRISTMAS, do="remove", reason="a")
    post(f"{HOLIDAYS}muat/", year="2028")
    post(f"{RULES}pilih/", code="eu-2019-1937")
    assert not Entry.objects.filter(deed__in=["holiday", "load-holidays", "choose-rules"]).exists()


def test_edi_cannot_choose_the_rules(world: World, visitor: Visitor) -> None:
    edi = officers.sign_in(visitor(), "edi")
    page = edi.get(RULES)
    assert "Gunakan untuk perkara baru" not in page

    token = officers.forms(page)[0]["form_token"].value
    edi.post(f"{RULES}pilih/", {"form_token": token, "code": "eu-2019-1937"}, status=404)

    assert rules.chosen().code == "kemenkeu-2011"


@pytest.mark.parametrize("address", [HOLIDAYS, RULES, f"{HOLIDAYS}baru/"])
def test_who_is_not_signed_in_is_asked_to(world: World, visitor: Visitor, address: str) -> None:
    assert "/kerja/masuk/" in visitor().get(address, status=302).location


@pytest.mark.parametrize("on", ["2026-10-28", "gestern", "2026-13-01", "20261224"])
def test_a_day_that_is_no_holiday_has_no_page(world: World, visitor: Visitor, on: str) -> None:
    officers.sign_in(visitor(), "edi").get(f"{HOLIDAYS}{on}/", status=404)


@pytest.mark.parametrize("year", ["1999", "abc", "9" * 5000, "²", ""])
def test_a_year_that_has_no_rows_shows_the_present_one(world: World, visitor: Visitor, year: str) -> None:
    page = officers.sign_in(visitor(), "wulan").get(HOLIDAYS, {"year": year})

    assert page.html.find("h1").text == "Hari libur 2026"


def test_a_year_without_holidays_can_be_loaded(world: World, visitor: Visitor) -> None:
    Holiday.objects.filter(on__year=2028).delete()
    edi = officers.sign_in(visitor(), "edi")
    page = edi.get(HOLIDAYS)
    assert "Hari libur tahun 2028 belum ada dalam daftar" in page

    page = _form(page, "year").submit(status=302).follow()

    assert page.html.find("h1").text == "Hari libur 2028"
    assert Entry.objects.get(deed="load-holidays").facts["year"] == 2028


def test_tono_chooses_the_rules_of_new_cases(world: World, visitor: Visitor) -> None:
    tono = officers.sign_in(visitor(), "tono")
    form = next(
        form
        for form in officers.forms(tono.get(RULES))
        if form.fields.get("code") and form["code"].value == "eu-2019-1937"
    )

    page = form.submit(status=302).follow()

    assert "Directive (EU) 2019/1937" in page.html.find(role="status").text
    assert "perkara baru" in page.html.find(id="rules-eu-2019-1937").text
    assert rules.chosen().code == "eu-2019-1937"


def test_the_page_of_rules_says_what_is_not_verified_and_what_nothing_enforces(world: World, visitor: Visitor) -> None:
    page = officers.sign_in(visitor(), "wulan", prefix="/en").get(f"/en{RULES}")

    rows = [row.text for row in page.html.find(id="rules-sp4n-2018").parent.find("tbody").find_all("tr")]
    assert "not verified" not in rows[0]
    assert "does it by itself when a report is received" in rows[0]
    assert all("not verified" in row for row in rows[1:])
    assert "shows it here only" in rows[1]
    assert "counts it" in rows[2]
    assert "60 working days" in rows[4]


def test_the_names_of_clocks_are_all_worded(world: World, visitor: Visitor) -> None:
    page = officers.sign_in(visitor(), "wulan").get(RULES)

    for row in RuleSet.objects.all():
        for clock in row.clocks:
            assert clock["name"] not in page.html.find("main").text
