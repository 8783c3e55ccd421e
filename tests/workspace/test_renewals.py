"""Passphrase forgotten: new keys are made at a colleague's screen, and another colleague confirms them."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests import world as cast
from tests.world import World
from wise.keys.models import Renewal

PEOPLE = "/kerja/kelola/orang/"
NEW = "kebun raya seluas samudra biru"

type Visitor = Callable[[], DjangoTestApp]


def _made(browser: DjangoTestApp, world: World, *, login: str = "rahmat", again: str = NEW, status: int = 200) -> Any:
    page = browser.get(f"{PEOPLE}frasa/{world.officer(login).id}/")
    form = next(form for form in officers.forms(page) if "new" in form.fields)
    form["new"], form["again"] = NEW, again
    return form.submit(status=status)


def _decided(browser: DjangoTestApp, answer: str) -> Any:
    page = browser.get(PEOPLE).click(href="putuskan/$")
    form = next(form for form in officers.forms(page) if "decision" in form.fields)
    return form.submit("decision", value=answer, status=302).follow()


def test_rahmat_gets_new_keys_from_tono_and_wulan(world: World, visitor: Visitor) -> None:
    receipt = cast.join().tells()
    page = _made(officers.sign_in(visitor(), "tono"), world)
    assert len(page.html.find(id="recovery-code").text.split()) == 7
    assert NEW not in page
    wulan = officers.sign_in(visitor(), "wulan")
    assert "Rahmat Hidayat" in wulan.get(PEOPLE).html.find(id="renewals").parent.text

    page = _decided(wulan, "confirm")

    assert "Rahmat Hidayat" in page.html.find(role="status").text
    rahmat = officers.sign_in(visitor(), "rahmat", passphrase=NEW)
    assert officers.case_page(rahmat, receipt).status_int == 200


def test_declined_nothing_changes(world: World, visitor: Visitor) -> None:
    _made(officers.sign_in(visitor(), "tono"), world)

    assert "ditolak" in _decided(officers.sign_in(visitor(), "wulan"), "decline").html.find(role="status").text
    officers.sign_in(visitor(), "rahmat").get(PEOPLE)


def test_wulan_who_made_them_confirms_them_not(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    _made(wulan, world)
    page = wulan.get(PEOPLE)
    token = officers.forms(page)[0]["form_token"].value

    assert page.html.find(id="renewals") is None
    address = f"{PEOPLE}frasa/{Renewal.objects.get().id}/putuskan/"
    wulan.post(address, {"form_token": token, "decision": "confirm"}, status=404)
    wulan.get(address, status=404)
    assert Renewal.objects.exists()


@pytest.mark.parametrize(("again", "field"), [(NEW + "x", "again"), ("", "again")])
def test_a_slip_is_told(world: World, visitor: Visitor, again: str, field: str) -> None:
    page = _made(officers.sign_in(visitor(), "tono"), world, again=again, status=422)

    assert page.html.find(role="alert").find("a", href=f"#{field}")
    assert not Renewal.objects.exists()


def test_a_weak_passphrase_is_told_and_oneself_is_sent_elsewhere(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    page = wulan.get(f"{PEOPLE}frasa/{world.officer('rahmat').id}/")
    form = next(form for form in officers.forms(page) if "new" in form.fields)
    form["new"] = form["again"] = "pendek"
    assert form.submit(status=422).html.find(role="alert").find("a", href="#new")

    assert _made(wulan, world, login="wulan", status=422).html.find(role="alert")
    assert not Renewal.objects.exists()


@pytest.mark.parametrize("login", ["ina", "hadi", "dewi", "agus"])
def test_p29_nobody_elsewhere_finds_the_page(world: World, visitor: Visitor, login: str) -> None:
    officers.sign_in(visitor(), login).get(f"{PEOPLE}frasa/{world.officer('rahmat').id}/", status=404)
