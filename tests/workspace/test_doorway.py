"""The officers' door: in with login and passphrase, out with a button, and what it says to everybody else."""

import datetime
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import NOW, PASSPHRASE, World, join
from wise.audit.models import Entry
from wise.people import signing_in
from wise.people.models import OfficerSession

WRONG = "payung merah di atas meja"
NEW = "kebun raya seluas samudra biru"
COOKIE = "wise_officer"


def try_in(browser: DjangoTestApp, login: str, *, status: int = 422, **typed: str) -> object:
    form = browser.get("/kerja/masuk/").form
    form["login"], form["password"] = login, typed.get("password", WRONG)
    form["unlock"] = typed.get("unlock", "")
    return form.submit(status=status)


def deeds(world: World, login: str) -> list[str]:
    rows = Entry.objects.filter(subject=world.officer(login).id).order_by("sequence")
    return [row.deed for row in rows]


def test_wulan_signs_in_and_comes_to_her_inbox(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    wulan = visitor()
    page = wulan.get("/kerja/").follow()
    assert "Set-Cookie" not in page.headers

    form = page.form
    form["login"], form["password"] = "Wulan", PASSPHRASE
    answer = form.submit(status=302)

    assert answer.location == "/kerja/"
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/"))
    page = answer.follow()
    assert "Wulan Sari" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "Seksi Kepatuhan Internal KPKNL Pekanbaru" in page.text


def test_who_is_not_signed_in_is_asked_to_and_comes_back_to_the_page(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    form = visitor().get("/en/kerja/kelola/orang/").follow().form
    form["login"], form["password"] = "wulan", PASSPHRASE

    assert form.submit(status=302).location == "/en/kerja/kelola/orang/"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/kerja/", "//elsewhere.example", "/lapor/", "kerja"])
def test_nobody_is_sent_anywhere_else_after_signing_in(
    world: World, visitor: Callable[[], DjangoTestApp], wanted: str
) -> None:
    form = visitor().get("/kerja/masuk/", params={"next": wanted}).form
    form["login"], form["password"] = "wulan", PASSPHRASE

    assert form.submit(status=302).location == "/kerja/"


def test_p07_a_wrong_passphrase_and_an_unknown_login_get_the_same_page_at_the_same_cost(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    pages, costs = [], []
    for login in ("wulan", "wulin"):
        browser = visitor()
        form = browser.get("/kerja/masuk/").form
        form["login"], form["password"] = login, WRONG
        with CaptureQueriesContext(connection) as queries:
            page = form.submit(status=422)
        pages.append(page.text.replace(login, ""))
        costs.append([query["sql"].split()[0] for query in queries])

    assert pages[0] == pages[1]
    assert costs[0] == costs[1]
    assert 'role="alert"' in pages[0]
    assert WRONG not in pages[0]


def test_nothing_typed_is_answered_without_trying(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    page = visitor().get("/kerja/masuk/").form.submit(status=422)

    links = [link["href"] for link in page.html.find(role="alert").find_all("a")]
    assert links == ["#login", "#password"]
    assert not Entry.objects.filter(deed="sign-in-failed").exists()


def test_coming_failing_and_going_stand_in_the_log(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    wulan = visitor()
    try_in(wulan, "wulan")
    try_in(wulan, "nobody")
    officers.sign_in(wulan, "wulan")
    officers.forms(wulan.get("/kerja/"))[0].submit(status=302)

    assert deeds(world, "wulan") == ["sign-in-failed", "sign-in", "sign-out"]
    unknown = Entry.objects.get(deed="sign-in-failed", subject=None)
    assert unknown.facts == {}


def test_after_signing_out_the_cookie_is_dead_and_the_browser_forgets(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    kept = wulan.cookies[COOKIE]
    answer = officers.forms(wulan.get("/kerja/"))[0].submit(status=302)

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not OfficerSession.objects.exists()
    thief = visitor()
    thief.set_cookie(COOKIE, kept.strip('"'))
    assert "/kerja/masuk/" in thief.get("/kerja/", status=302).location


def test_what_is_not_hers_and_what_nowhere_is_are_one_page_in_the_frame_of_her_own(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    receipt = join().tells()
    ina = officers.sign_in(visitor(), "ina")
    path = officers.address(receipt)
    token = officers.forms(ina.get("/kerja/"))[0]["form_token"].value
    nobody = f"/kerja/perkara/{uuid.uuid4()}/"

    asked = [path, f"{path}note/", nobody, f"{nobody}note/", f"{path}nothing/", "/kerja/tidak/ada/", "/kerja/x/"]
    pages = {ina.get(address, status=404).text.replace(address, "") for address in asked}
    pages |= {
        ina.post(address, {"form_token": token, "note": "x"}, status=404).text.replace(address, "")
        for address in (f"{path}note/", f"{nobody}note/", "/kerja/x/")
    }

    assert len(pages) == 1
    page = pages.pop()
    assert "Ina Kusumawati" in page
    assert "/kerja/keluar/" in page
    assert "Tinggalkan halaman" not in page
    assert ina.get("/kerja/x").location == "/kerja/x/"


def test_a_stranger_is_asked_to_sign_in_whatever_the_address(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    for address in ("/kerja/x/", f"/kerja/perkara/{uuid.uuid4()}/"):
        assert visitor().get(address, status=302).location.startswith("/kerja/masuk/?next=")


def test_signing_out_needs_a_button_on_our_own_page(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    wulan = officers.sign_in(visitor(), "wulan")

    wulan.get("/kerja/keluar/", status=405)
    wulan.post("/kerja/keluar/", {}, status=403)
    wulan.post("/kerja/keluar/", {"form_token": "f" * 32}, status=403)
    assert wulan.get("/kerja/").status_int == 200


def test_an_hour_without_a_page_ends_the_session(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    wulan = officers.sign_in(visitor(), "wulan")

    with time_machine.travel(NOW + datetime.timedelta(minutes=75), tick=True):
        assert "/kerja/masuk/" in wulan.get("/kerja/", status=302).location


def test_what_wulan_typed_for_too_long_is_shown_to_her_once_more(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    receipt = join().tells()
    wulan = officers.sign_in(visitor(), "wulan")
    form = officers.form_of(officers.case_page(wulan, receipt), "message")
    form["text"] = "Apakah Anda <masih> ingat?"

    with time_machine.travel(NOW + datetime.timedelta(minutes=75), tick=True):
        page = form.submit(status=403)

    assert "Apakah Anda &lt;masih&gt; ingat?" in page.text
    assert "/kerja/masuk/" in page.text


def test_an_officer_who_is_deactivated_is_out_at_once(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    officer = world.officer("wulan")
    officer.is_active = False
    officer.save(update_fields=["is_active"])

    assert "/kerja/masuk/" in wulan.get("/kerja/", status=302).location
    try_in(visitor(), "wulan", password=PASSPHRASE)


def test_where_password_and_unlock_passphrase_differ_both_are_needed(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    officer = world.officer("wulan")
    officer.set_password("sepeda tua di gudang")
    officer.save(update_fields=["password"])

    try_in(visitor(), "wulan", password=PASSPHRASE)
    try_in(visitor(), "wulan", password="sepeda tua di gudang")
    try_in(visitor(), "wulan", password="sepeda tua di gudang", unlock=PASSPHRASE, status=302)


def test_a_login_tried_too_often_is_closed_for_an_hour(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    for _ in range(signing_in.MOST_FAILURES):
        try_in(visitor(), "wulan")
    written = Entry.objects.count()

    try_in(visitor(), "wulan", password=PASSPHRASE, status=429)
    assert Entry.objects.count() == written


def test_wulan_changes_her_passphrase_gets_a_new_code_and_every_session_of_hers_ends(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    elsewhere, wulan = officers.sign_in(visitor(), "wulan"), officers.sign_in(visitor(), "wulan")
    form = officers.form_of(wulan.get("/kerja/sandi/"), "sandi")
    form["old"], form["new"], form["again"] = PASSPHRASE, NEW, NEW
    page = form.submit(status=200)

    assert len(page.html.find(id="recovery-code").text.split()) == 7
    for browser in (elsewhere, wulan):
        assert "/kerja/masuk/" in browser.get("/kerja/", status=302).location
    try_in(visitor(), "wulan", password=PASSPHRASE)
    try_in(visitor(), "wulan", password=NEW, status=302)
    assert "change-passphrase" in deeds(world, "wulan")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ((WRONG, NEW, NEW), "old"),
        ((PASSPHRASE, NEW, WRONG), "again"),
        ((PASSPHRASE, "pendek", "pendek"), "new"),
        ((PASSPHRASE, "passwordpassword", "passwordpassword"), "new"),
        ((PASSPHRASE, "", ""), "new"),
    ],
)
def test_a_passphrase_that_will_not_do_says_which_field_is_wrong(
    world: World, visitor: Callable[[], DjangoTestApp], typed: tuple[str, str, str], field: str
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    form = officers.form_of(wulan.get("/kerja/sandi/"), "sandi")
    form["old"], form["new"], form["again"] = typed
    page = form.submit(status=422)

    assert "frasa sandi" in page.html.find(role="alert").find("a", href=f"#{field}").text.lower()
    assert "kata sandi" not in page.html.find("main").text.lower()
    assert PASSPHRASE not in page.text
    try_in(visitor(), "wulan", password=PASSPHRASE, status=302)


def test_wulan_sees_where_she_is_signed_in_and_ends_what_is_not_her(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    here, there, rahmat = (officers.sign_in(visitor(), login) for login in ("wulan", "wulan", "rahmat"))
    page = here.get("/kerja/sandi/")
    rows = page.html.find(id="sessions").parent.find("tbody").find_all("tr")
    assert len(rows) == 2
    assert "sesi ini" in rows[0].text
    forms = [form for form in officers.forms(page) if form.action.endswith("/sandi/sesi/")]
    assert len(forms) == 2

    page = forms[0].submit(status=302).follow()
    assert "1 sesi telah diakhiri" in page.html.find(role="status").text
    assert "/kerja/masuk/" in there.get("/kerja/", status=302).location
    assert page.html.find(id="sessions").parent.find("form") is None
    assert forms[0].submit(status=302).follow().html.find(role="status").text.strip() == "Sesi itu sudah berakhir."
    assert "end-sessions" in deeds(world, "wulan")
    rahmat.get("/kerja/", status=200)


def test_nobody_ends_somebody_elses_session(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    wulan, rahmat = (officers.sign_in(visitor(), login) for login in ("wulan", "rahmat"))
    theirs = OfficerSession.objects.get(officer=world.officer("rahmat"))
    token = officers.forms(wulan.get("/kerja/"))[0]["form_token"].value
    for wanted in (theirs.id, "", "x"):
        wulan.post("/kerja/sandi/sesi/", {"form_token": token, "session": wanted}, status=302)
    rahmat.get("/kerja/", status=200)
    wulan.get("/kerja/", status=200)
    wulan.get("/kerja/sandi/sesi/", status=405)
    assert wulan.post("/kerja/sandi/sesi/", {"session": ""}, status=403)
