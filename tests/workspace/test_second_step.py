"""The pages of the second step: at the sign-in, its set-up, and what becomes of it under “My passphrase”."""

import base64
import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp
from pytest_django.fixtures import Settings

from tests import officers, seconds
from tests.reporters import alert
from tests.seconds import STEP, App, seed_of
from tests.world import NOW, PASSPHRASE, World, join
from wise.audit.models import Entry
from wise.people import halfway, second_step
from wise.people.models import Officer, OfficerSession
from wise.workspace.urls import urlpatterns

NEW = "kebun raya seluas samudra biru"
SET_UP = "/kerja/masuk/dua-langkah/"
SANDI = "/kerja/sandi/"
OFF = "/kerja/kelola/orang/dua-langkah/"

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def app(world: World) -> App:
    """Wulan's."""
    return seconds.set_up(world, "wulan")


def halfway_in(browser: DjangoTestApp, login: str = "wulan", *, asked: str = "/kerja/masuk/") -> Any:
    """Login and passphrase; the page that asks for the code."""
    form = browser.get(asked).form
    form["login"], form["password"] = login, PASSPHRASE
    return form.submit(status=302).follow()


def type_code(page: Any, code: str, *, status: int = 302) -> Any:
    page.form["code"] = code
    return page.form.submit(status=status)


def set_up(browser: DjangoTestApp, *, at: datetime.datetime = NOW, name: str = "") -> tuple[App, Any]:
    """Set an app up on the page, as an officer does; the app, and the page that follows."""
    page = browser.get(SET_UP)
    app = App(spelt(page))
    form = officers.form_of(page, "dua-langkah")
    form["code"], form["name"] = app.shows(at), name
    answer = form.submit()
    page = answer.follow() if answer.status_int == 302 else answer
    app.codes = [line.text for line in page.html.select("#second-step-codes li")]
    return app, page


def spelt(page: Any) -> bytes:
    return base64.b32decode(page.html.find(id="app-key").text.replace(" ", ""))


def test_wulan_is_in_only_once_the_code_is_right_and_comes_where_she_was_going(
    world: World, visitor: Visitor, app: App
) -> None:
    wulan = visitor()
    page = halfway_in(wulan, asked="/kerja/masuk/?next=/kerja/kelola/orang/")
    before = wulan.cookies["wise_officer"]
    assert page.form["code"].attrs["autocomplete"] == "one-time-code"
    assert "inputmode" not in page.form["code"].attrs
    for address in ("/kerja/", SANDI, SET_UP, f"/kerja/perkara/{world.officer('wulan').id}/"):
        assert wulan.get(address, status=302).location.startswith("/kerja/masuk/?next=")
    assert PASSPHRASE not in page
    assert not OfficerSession.objects.filter(officer=world.officer("wulan")).exists()

    answer = type_code(page, app.shows(NOW))

    assert answer.location == "/kerja/kelola/orang/"
    assert wulan.cookies["wise_officer"] != before
    assert "Wulan Sari" in answer.follow()
    thief = visitor()
    thief.set_cookie("wise_officer", before.strip('"'))
    assert "/kerja/masuk/" in thief.get("/kerja/", status=302).location
    assert thief.get("/kerja/masuk/kode/", status=302).location == "/kerja/masuk/"


def test_a_wrong_code_keeps_the_page_and_a_recovery_code_opens_it(world: World, visitor: Visitor, app: App) -> None:
    page = type_code(halfway_in(visitor()), "12 34 56", status=422)
    assert "Kode ini tidak benar" in alert(page)
    assert page.form["code"].value == "12 34 56"
    page = type_code(page, "", status=422)
    assert "Kode" in alert(page)
    type_code(page, app.codes[0].lower())
    assert Entry.objects.filter(deed="sign-in", facts={"second_step": "codes"}).count() == 1


def test_after_ten_wrong_codes_nobody_waits_any_more(world: World, visitor: Visitor, app: App) -> None:
    wulan = visitor()
    page = halfway_in(wulan)
    for _ in range(second_step.MOST_TRIES):
        page = type_code(page, "000000", status=422)
    page = type_code(page, app.shows(NOW), status=429)
    assert "Terlalu banyak kode salah" in page
    assert wulan.get("/kerja/masuk/kode/", status=302).location == "/kerja/masuk/"
    assert not OfficerSession.objects.exists()
    type_code(halfway_in(wulan), app.codes[0])


def test_who_waits_longer_than_five_minutes_begins_again(world: World, visitor: Visitor, app: App) -> None:
    wulan = visitor()
    page = halfway_in(wulan)
    later = NOW + halfway.LONGEST + STEP
    with time_machine.travel(later, tick=True):
        assert type_code(page, app.shows(later)).location == "/kerja/masuk/"
        assert "/kerja/masuk/" in wulan.get("/kerja/", status=302).location
    assert not OfficerSession.objects.exists()


def test_a_new_passphrase_ends_the_waiting(world: World, visitor: Visitor, app: App) -> None:
    thief, wulan = visitor(), visitor()
    page = halfway_in(thief)
    type_code(halfway_in(wulan), app.shows(NOW))
    form = officers.form_of(wulan.get(SANDI), "sandi")
    form["old"], form["new"], form["again"] = PASSPHRASE, NEW, NEW
    form.submit(status=200)
    assert type_code(page, app.codes[0]).location == "/kerja/masuk/"


def test_who_was_deactivated_meanwhile_does_not_come_in(world: World, visitor: Visitor, app: App) -> None:
    page = halfway_in(visitor())
    Officer.objects.filter(login="wulan").update(is_active=False)
    assert type_code(page, app.shows(NOW)).location == "/kerja/masuk/"


def test_the_code_page_is_nobodys_who_typed_no_passphrase_and_takes_no_foreign_form(
    world: World, visitor: Visitor, app: App
) -> None:
    stranger = visitor()
    assert stranger.get("/kerja/masuk/kode/", status=302).location == "/kerja/masuk/"
    assert stranger.post("/kerja/masuk/kode/", {"code": app.shows(NOW)}, status=302).location == "/kerja/masuk/"
    wulan = visitor()
    halfway_in(wulan)
    wulan.post("/kerja/masuk/kode/", {"code": app.shows(NOW)}, status=403)
    other = visitor()
    other.get("/kerja/masuk/")
    wulan.post("/kerja/masuk/kode/", {"code": app.shows(NOW), "form_token": "f" * 32}, status=403)


def test_a_required_step_is_set_up_before_anything_else_is_seen(
    world: World, visitor: Visitor, settings: Settings
) -> None:
    settings.WISE_SECOND_FACTOR_ROLES = frozenset({"verifier"})
    receipt = join().tells()
    wulan = officers.sign_in(visitor(), "wulan")
    token = officers.forms(wulan.get(SET_UP))[0]["form_token"].value
    for address in ("/kerja/", SANDI, "/kerja/kelola/orang/", officers.address(receipt), "/kerja/x/", OFF):
        assert wulan.get(address, status=302).location == SET_UP
    for address in (SANDI, f"{officers.address(receipt)}note/", f"{SANDI}sesi/"):
        assert wulan.post(address, {"form_token": token, "note": "x"}, status=302).location == SET_UP
    assert not Entry.objects.filter(deed__in=["note", "read", "end-sessions"]).exists()
    page = wulan.get(SET_UP)
    assert "Peran Anda mewajibkannya" in page
    assert [link["href"] for link in page.html.select("header nav a") if link["href"].startswith("/kerja/")] == []

    app, page = set_up(wulan)

    assert len(app.codes) == 10
    assert wulan.get("/kerja/").status_int == 200
    page = wulan.get(SANDI)
    assert "diwajibkan untuk peran Anda" in page
    assert "Tersisa 10 kode" in page
    officers.sign_in(visitor(), "dewi").get("/kerja/", status=200)


def test_all_means_also_who_has_no_role_yet(world: World, visitor: Visitor, settings: Settings) -> None:
    settings.WISE_SECOND_FACTOR_ROLES = frozenset({"all"})
    for login in ("dewi", "tono", "kartika"):
        browser = officers.sign_in(visitor(), login)
        assert browser.get("/kerja/", status=302).location == SET_UP
        officers.forms(browser.get(SET_UP))[0].submit(status=302)  # signing out works
        assert "/kerja/masuk/" in browser.get("/kerja/", status=302).location


def test_the_same_key_is_shown_until_it_is_used_and_the_square_says_it_too(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    page = wulan.get(SET_UP)
    assert page.html.select_one(".square svg") is not None
    assert "style=" not in str(page.html.select_one(".square"))
    form = officers.form_of(page, "dua-langkah")
    form["code"], form["name"] = "000000", "Telepon saya"
    again = form.submit(status=422)
    assert spelt(again) == spelt(page) == spelt(wulan.get(SET_UP))
    assert officers.form_of(again, "dua-langkah")["name"].value == "Telepon saya"
    set_up(wulan)
    assert spelt(wulan.get(SET_UP)) != spelt(page)


def test_wulan_adds_a_second_one_renews_her_codes_and_removes_both(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    first, page = set_up(wulan, name="telepon kantor")
    assert "sepuluh kode" in page.text.lower()
    second, page = set_up(wulan, name="tablet")
    assert second.codes == []
    assert "sudah ditambahkan" in page.html.find(role="status").text
    rows = [row.text for row in page.html.find(id="second-step").parent.find("tbody").find_all("tr")]
    assert len(rows) == 2
    assert any("telepon kantor" in row for row in rows)

    page = officers.form_of(page.click(href="kode-baru"), "kode-baru").submit(status=200)
    codes = [line.text for line in page.html.select("#second-step-codes li")]
    assert len(codes) == 10
    assert not set(codes) & set(first.codes)

    for said in ("Sudah dihapus.", "hanya dengan frasa sandi"):
        page = wulan.get(SANDI).click(href=r"/sandi/dua-langkah/", index=0)
        form = next(form for form in officers.forms(page) if "dua-langkah" in form.action)
        page = form.submit(status=302).follow()
        assert said in page.html.find(role="status").text
    wulan.get("/kerja/sandi/kode-baru/", status=404)
    officers.sign_in(visitor(), "wulan").get("/kerja/", status=200)


def test_rahmat_cannot_touch_wulans(world: World, visitor: Visitor, app: App) -> None:
    rahmat = officers.sign_in(visitor(), "rahmat")
    only = seconds.only(world.officer("wulan"), seed=seed_of(world, "wulan"))
    token = officers.forms(rahmat.get("/kerja/"))[0]["form_token"].value
    rahmat.get(f"{SANDI}dua-langkah/{only}/", status=404)
    rahmat.post(f"{SANDI}dua-langkah/{only}/", {"form_token": token}, status=404)
    assert second_step.has(world.officer("wulan"))


def test_tono_takes_off_what_wulan_has_lost_and_she_hears_of_it(
    world: World, visitor: Visitor, app: App, settings: Settings
) -> None:
    tono, wulan = officers.sign_in(visitor(), "tono"), visitor()
    type_code(halfway_in(wulan), app.shows(NOW))
    page = tono.get("/kerja/kelola/orang/").click(href="dua-langkah")
    form = officers.form_of(page, "dua-langkah")
    for login in ("nobody", "rahmat", "tono"):
        form["login"] = login
        page = form.submit(status=422)
        assert page.html.find(role="alert").find("a", href="#login") is not None
        form = officers.form_of(page, "dua-langkah")
    form["login"] = "wulan"
    page = form.submit(status=200)
    assert "Wulan Sari" in page
    assert second_step.has(world.officer("wulan"))
    officers.form_of(page, "dua-langkah").submit(status=302)

    assert "/kerja/masuk/" in wulan.get("/kerja/", status=302).location
    settings.WISE_SECOND_FACTOR_ROLES = frozenset({"verifier"})
    page = officers.sign_in(wulan, "wulan").get("/kerja/").follow()
    assert "Administrator telah mencabut" in page.html.find(role="status").text
    assert page.request.path == SET_UP


@pytest.mark.parametrize("login", ["wulan", "hadi", "agus", "kartika"])
def test_nobody_but_an_administrator_takes_anything_off(world: World, visitor: Visitor, app: App, login: str) -> None:
    browser = visitor()
    page = halfway_in(browser, login)
    if login == "wulan":
        type_code(page, app.shows(NOW))
    token = officers.forms(browser.get("/kerja/"))[0]["form_token"].value
    browser.get(OFF, status=404)
    browser.post(OFF, {"form_token": token, "login": "wulan", "sure": "1"}, status=404)
    assert "dua-langkah" not in browser.get("/kerja/kelola/orang/", expect_errors=True).text
    assert second_step.has(world.officer("wulan"))


def test_every_page_but_three_waits_for_a_required_step() -> None:
    marked = {str(pattern.pattern) for pattern in urlpatterns if getattr(pattern.callback, "before_second_step", False)}
    assert marked == {"masuk/dua-langkah/", "masuk/kunci-sandi/", "keluar/"}
