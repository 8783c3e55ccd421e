"""P34: signing out is a POST from our own page; it kills the cookie, and the browser is told to forget the site."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import officers, seconds
from tests.world import NOW, PASSPHRASE, World
from wise.people.models import OfficerSession

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def _in(browser: DjangoTestApp, code: str) -> DjangoTestApp:
    form = browser.get("/kerja/masuk/").form
    form["login"], form["password"] = "wulan", PASSPHRASE
    page = form.submit(status=302).follow()
    page.form["code"] = code
    page.form.submit(status=302)
    return browser


def test_p34_wulan_signs_out_and_her_cookie_is_worth_nothing(world: World, visitor: Visitor) -> None:
    wulan = _in(visitor(), seconds.set_up(world, "wulan").shows(NOW))
    kept = wulan.cookies["wise_officer"].strip('"')

    answer = officers.forms(wulan.get("/kerja/"))[0].submit(status=302)

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not OfficerSession.objects.exists()
    thief = visitor()
    thief.set_cookie("wise_officer", kept)
    assert "/kerja/masuk/" in thief.get("/kerja/", status=302).location


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_p34_no_other_site_and_no_link_signs_her_out(world: World, visitor: Visitor, site: str) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    token = officers.forms(wulan.get("/kerja/"))[0]["form_token"].value

    wulan.get("/kerja/keluar/", status=405)
    wulan.post("/kerja/keluar/", {}, status=403)
    wulan.post("/kerja/keluar/", {"form_token": token}, extra_environ={"HTTP_SEC_FETCH_SITE": site}, status=403)

    assert wulan.get("/kerja/").status_int == 200


def test_p34_signing_in_gives_another_cookie_than_was_there_before(world: World, visitor: Visitor) -> None:
    app = seconds.set_up(world, "wulan")
    browser = visitor()
    cookies = []
    form = browser.get("/kerja/masuk/").form
    form["login"], form["password"] = "wulan", PASSPHRASE
    page = form.submit(status=302).follow()
    cookies.append(browser.cookies["wise_officer"])
    page.form["code"] = app.shows(NOW)
    page.form.submit(status=302)
    cookies.append(browser.cookies["wise_officer"])
    assert len(set(cookies)) == 2
    assert OfficerSession.objects.count() == 1
