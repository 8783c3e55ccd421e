"""A passkey as second step, by the pages; the browser's part is played by a key in software."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp
from pytest_django import Settings

from tests import officers
from tests.authenticators import Key
from tests.reporters import alert
from tests.world import PASSPHRASE, World
from wise.audit.models import Entry
from wise.people import second_step
from wise.people.models import SecondFactor

ORIGIN = "http://testserver"
ADD = "/kerja/masuk/kunci-sandi/"

type Visitor = Callable[[], DjangoTestApp]


def asked(page: Any) -> Any:
    return json.loads(page.html.select_one("form.passkey")["data-options"])


def form_of(page: Any) -> Any:
    return next(form for form in officers.forms(page) if "passkey" in form.fields)


def add(browser: DjangoTestApp, key: Key, *, status: int = 200, origin: str = ORIGIN) -> Any:
    page = browser.get(ADD)
    form = form_of(page)
    form["passkey"].force_value(key.makes(asked(page), origin=origin))
    form["name"] = "laptop"
    return form.submit(status=status)


def halfway_in(browser: DjangoTestApp) -> Any:
    form = browser.get("/kerja/masuk/").form
    form["login"], form["password"] = "wulan", PASSPHRASE
    return form.submit(status=302).follow()


def answer(page: Any, text: str, *, status: int = 302) -> Any:
    form = form_of(page)
    form["passkey"].force_value(text)
    return form.submit(status=status)


@pytest.fixture
def key(world: World, visitor: Visitor) -> Key:
    """Wulan's, added on the page."""
    key = Key(host="testserver")
    page = add(officers.sign_in(visitor(), "wulan"), key)
    assert len(page.html.select("#second-step-codes li")) == 10
    return key


def test_wulan_adds_a_passkey_and_signs_in_with_it(world: World, visitor: Visitor, key: Key) -> None:
    wulan = visitor()
    page = halfway_in(wulan)
    assert answer(page, key.signs(asked(page), origin=ORIGIN)).location == "/kerja/"
    rows = wulan.get("/kerja/sandi/").html.find(id="second-step").parent.find("tbody").find_all("tr")
    assert [("laptop" in row.text, "kunci sandi" in row.text) for row in rows] == [(True, True)]
    assert Entry.objects.filter(deed="sign-in", facts={"second_step": "passkey"}).count() == 1
    row = SecondFactor.objects.get(kind="passkey")
    assert row.used_step == key.count == 1
    assert key.id not in bytes(row.sealed)


def test_what_it_signed_works_once(world: World, visitor: Visitor, key: Key) -> None:
    page = halfway_in(visitor())
    text = key.signs(asked(page), origin=ORIGIN)
    answer(page, text)
    page = answer(halfway_in(visitor()), text, status=422)
    assert "Kunci sandi ini tidak diterima" in alert(page)
    failed = Entry.objects.get(deed="sign-in-failed")
    assert (failed.subject, failed.facts) == (world.officer("wulan").id, {"second_step": True})
    answer(page, key.signs(asked(page), origin=ORIGIN))


def test_a_copy_that_counts_from_an_earlier_number_is_refused(world: World, visitor: Visitor, key: Key) -> None:
    copy = Key(count=0, host=key.host, private=key.private)
    for _ in range(2):
        page = halfway_in(visitor())
        answer(page, key.signs(asked(page), origin=ORIGIN))
    page = halfway_in(visitor())
    page = answer(page, copy.signs(asked(page), origin=ORIGIN), status=422)
    silent = Key(count=None, host=key.host, private=key.private)
    answer(page, silent.signs(asked(page), origin=ORIGIN), status=422)


def test_one_that_counts_nothing_works_again_and_again(world: World, visitor: Visitor) -> None:
    key = Key(count=None, host="testserver")
    add(officers.sign_in(visitor(), "wulan"), key)
    for _ in range(2):
        page = halfway_in(visitor())
        answer(page, key.signs(asked(page), origin=ORIGIN))


def test_nothing_and_nonsense_and_another_sites_answer_are_refused(world: World, visitor: Visitor, key: Key) -> None:
    page = halfway_in(visitor())
    for text in ("", "{}", "x" * 20_001, key.signs(asked(page), origin="https://evil.example")):
        page = answer(page, text, status=422)
        assert page.html.find(role="alert")
    assert page.html.find(id="code") is not None
    wulan = officers.sign_in(visitor(), "rahmat")
    page = add(wulan, Key(host="testserver"), origin="https://evil.example", status=422)
    assert "Kunci sandi belum ditambahkan" in alert(page)
    assert form_of(page)["name"].value == "laptop"
    assert not second_step.has(world.officer("rahmat"))


def test_a_passkey_is_enough_where_a_second_step_is_required(
    world: World, visitor: Visitor, settings: Settings
) -> None:
    settings.WISE_SECOND_FACTOR_ROLES = frozenset({"all"})
    wulan = officers.sign_in(visitor(), "wulan")
    assert wulan.get("/kerja/", status=302).location == "/kerja/masuk/dua-langkah/"
    assert wulan.get("/kerja/masuk/dua-langkah/").click(href="kunci-sandi").request.path == ADD
    add(wulan, Key(host="testserver"))
    assert wulan.get("/kerja/").status_int == 200


def test_scripts_are_allowed_on_these_pages_alone_and_only_our_own(world: World, visitor: Visitor, key: Key) -> None:
    wulan = visitor()
    page = halfway_in(wulan)
    assert "script-src 'self';" in page.headers["Content-Security-Policy"] + ";"
    answer(page, key.signs(asked(page), origin=ORIGIN))
    pages = {address: wulan.get(address) for address in (ADD, "/kerja/", "/kerja/sandi/", "/kerja/masuk/dua-langkah/")}
    scripts = {address: page.html.find_all("script") for address, page in pages.items()}
    assert [script["src"].split("?")[0] for script in scripts.pop(ADD)] == ["/static/workspace/passkey.js"]
    assert not any(scripts.values())
    assert "script-src" in pages.pop(ADD).headers["Content-Security-Policy"]
    assert not any("script-src" in page.headers["Content-Security-Policy"] for page in pages.values())
