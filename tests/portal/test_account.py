"""The account: in, out, a new password, a new code; and what a cookie is worth afterwards (P05, P06, P07, P34)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_webtest import DjangoTestApp

from tests import reporters
from tests import world as cast
from tests.officers import without_token
from tests.reporters import NAME, address, alert, form_to, secret
from tests.world import PASSWORD, World
from wise.people import sessions
from wise.people.models import ReporterSession

type Visitor = Callable[[], DjangoTestApp]
NEW = "lampu hijau rumah tua sepi"


@pytest.fixture
def sari(world: World, visitor: Visitor) -> DjangoTestApp:
    """Sari, signed in."""
    cast.join(NAME)
    browser = visitor()
    reporters.sign_in(browser, status=302)
    return browser


def alive(browser: DjangoTestApp) -> bool:
    return bool(browser.get(address("reports")).status_code == 200)


def stolen(browser: DjangoTestApp, visitor: Visitor) -> DjangoTestApp:
    """Another browser with a copy of the cookie."""
    thief = visitor()
    thief.set_cookie("wise_reporter", browser.cookies["wise_reporter"])
    assert alive(thief)
    return thief


def test_p05_a_copied_cookie_is_dead_after_signing_out(sari: DjangoTestApp, visitor: Visitor) -> None:
    thief = stolen(sari, visitor)
    page = form_to(sari.get(address("reports")), "/keluar/").submit(status=200)
    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not alive(thief)
    assert not alive(sari)
    assert not ReporterSession.objects.exists()


def test_p05_a_copied_cookie_is_dead_after_a_new_password(sari: DjangoTestApp, visitor: Visitor) -> None:
    thief = stolen(sari, visitor)
    form = form_to(sari.get(address("password")), field="new_password")
    form["password"], form["new_password"] = PASSWORD, NEW
    done = form.submit(status=200)
    assert len(secret(done, "recovery-code").split()) == 7
    assert alive(sari)
    assert not alive(thief)
    form_to(done, "/keluar/").submit(status=200)
    assert reporters.sign_in(visitor(), password=NEW).status_code == 302


def test_signing_out_warns_of_a_report_that_was_not_sent_and_then_throws_it_away(sari: DjangoTestApp) -> None:
    warning = form_to(reporters.tell(sari), "/keluar/").submit(status=200)
    assert "belum terkirim" in warning.html.find("h1").text
    assert alive(sari)
    assert reporters.WHAT in warning.click("Periksa lalu kirim").text
    gone = form_to(warning, field="discard").submit("discard", status=200)
    assert "sudah dibuang" in gone.text
    assert not alive(sari)
    assert form_to(sari.get(address("tell")), field="what")["what"].value == ""


def test_signing_out_warns_of_nothing_where_nothing_would_be_lost(sari: DjangoTestApp) -> None:
    receipt = reporters.send(reporters.tell(sari))
    assert "dibuang" not in form_to(receipt, "/keluar/").submit(status=200).text
    assert not alive(sari)


def test_who_was_signed_out_meanwhile_is_warned_all_the_same(sari: DjangoTestApp) -> None:
    form = form_to(reporters.tell(sari), "/keluar/")
    ReporterSession.objects.all().delete()
    warning = form.submit(status=200)
    assert "belum terkirim" in warning.html.find("h1").text
    assert "belum keluar" not in warning.text
    form_to(warning, field="discard").submit("discard", status=200)
    assert form_to(sari.get(address("tell")), field="what")["what"].value == ""


def test_p34_signing_out_is_a_post_with_the_sessions_own_token(sari: DjangoTestApp, visitor: Visitor) -> None:
    sari.get(address("sign_out"), status=405)
    form = form_to(sari.get(address("reports")), "/keluar/")
    form["form_token"] = "0" * 32
    form.submit(status=403)
    assert alive(sari)
    assert visitor().post(address("sign_out"), status=200)


def test_p06_a_session_ends_when_nothing_is_done_and_after_four_hours(world: World, visitor: Visitor) -> None:
    cast.join(NAME)
    browser = visitor()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        reporters.sign_in(browser, status=302)
        clock.shift(sessions.IDLE)
        assert alive(browser)
        clock.shift(sessions.IDLE + datetime.timedelta(minutes=10))
        assert not alive(browser)
        reporters.sign_in(browser, status=302)
        for _ in range(12):
            clock.shift(datetime.timedelta(minutes=20))
            assert alive(browser)
        clock.shift(datetime.timedelta(minutes=10))
        assert not alive(browser)


def test_words_typed_too_slowly_come_back(sari: DjangoTestApp) -> None:
    form_page = sari.get(address("password"))
    form = form_to(form_page, field="new_password")
    ReporterSession.objects.all().delete()
    page = form.submit(status=403)
    assert "Sesi Anda telah berakhir" in page.text


def test_p07_an_unknown_name_and_a_wrong_password_answer_alike(world: World, visitor: Visitor) -> None:
    cast.join(NAME)
    pages, costs = [], []
    for pseudonym in (NAME, "bulan kuning"):
        browser = visitor()
        form = form_to(browser.get(address("sign_in")), field="pseudonym")
        form["pseudonym"], form["password"] = pseudonym, "bukan kata sandi saya"
        with CaptureQueriesContext(connection) as queries:
            page = form.submit(status=422)
        pages.append(without_token(page).replace(pseudonym, ""))
        costs.append(len(queries))
    assert pages[0] == pages[1]
    assert costs[0] == costs[1]


def test_who_comes_from_a_page_goes_back_to_it_but_never_to_another_site(world: World, visitor: Visitor) -> None:
    cast.join(NAME)
    for onward, goal in ((address("password"), "/sandi/"), ("//jahat.example/", "/pengaduan/"), ("", "/pengaduan/")):
        browser = visitor()
        form = form_to(browser.get(address("sign_in"), params={"next": onward}), field="pseudonym")
        form["pseudonym"], form["password"] = NAME, PASSWORD
        assert form.submit(status=302).location.endswith(goal)
        assert browser.get(address("sign_in"), status=302)


def test_an_empty_sign_in_is_told_what_is_missing(world: World, visitor: Visitor) -> None:
    page = form_to(visitor().get(address("sign_in")), field="pseudonym").submit(status=422)
    assert "Nama samaran" in alert(page)


def test_a_wrong_recovery_code_opens_nothing(world: World, visitor: Visitor) -> None:
    cast.join(NAME)
    for pseudonym in (NAME, "bulan kuning"):
        form = form_to(visitor().get(address("recover")), field="recovery_code")
        form["pseudonym"], form["recovery_code"], form["password"] = pseudonym, "satu dua tiga", NEW
        page = form.submit(status=422)
        assert 'href="#recovery_code"' in page.text
        assert "tidak seorang pun dapat membukakan" in page.text
        form["password"] = "pendek"
        assert 'href="#password"' in form.submit(status=422).text


def test_a_new_code_replaces_the_old_one(sari: DjangoTestApp) -> None:
    page = sari.get(address("recover")).click("buat kode pemulihan baru")
    form = form_to(page, field="password")
    form["password"] = "bukan kata sandi saya"
    assert 'href="#password"' in form.submit(status=422).text
    form["password"] = PASSWORD
    assert len(secret(form.submit(status=200), "recovery-code").split()) == 7


def test_a_new_password_must_be_strong_and_the_old_one_right(sari: DjangoTestApp) -> None:
    form = form_to(sari.get(address("password")), field="new_password")
    form["password"], form["new_password"] = PASSWORD, "pendek"
    assert 'href="#new_password"' in form.submit(status=422).text
    form["password"], form["new_password"] = "bukan kata sandi saya", NEW
    assert 'href="#password"' in form.submit(status=422).text
    form["form_token"] = "0" * 32
    form.submit(status=403)
    assert alive(sari)


@pytest.mark.parametrize("name", ["sign_in", "recover", "new_code", "password"])
def test_a_locked_database_is_said_in_the_form(sari: DjangoTestApp, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*given: Any, **named: Any) -> None:
        raise OperationalError

    if name == "sign_in":
        form_to(sari.get(address("reports")), "/keluar/").submit()
    form = form_to(sari.get(address(name)), field="password")
    for field in form.fields:
        if field and field != "form_token":
            form[field] = NAME if field == "pseudonym" else NEW
    for place in ("count_failure", "refuse_if_guessed_too_often", "_protect_anew"):
        monkeypatch.setattr(f"wise.people.signing_in.{place}", locked)
    monkeypatch.setattr("wise.people.signing_in.seeds.open_with_code", locked)
    assert "tunggu sebentar" in alert(form.submit(status=503))
