"""The page on which a unit's key is handed over: what cases say of who gets it is shown to who hands it over."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import officers
from tests import world as cast
from tests.world import NOW, PASSPHRASE, World, case_of
from wise.casework import joining
from wise.casework.intake import Receipt
from wise.keys import membership, staff
from wise.keys.models import Grant, Proposal
from wise.people import carrying
from wise.people.kinds import Role
from wise.register.entry import Told

PEOPLE = "/kerja/kelola/orang/"
NEW = "kebun raya seluas samudra biru"

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def dewi(world: World) -> Proposal:
    """Tono proposes Dewi as a verifier."""
    tono = world.officer("tono")
    return membership.propose(world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=tono, at=NOW)


def _about(who: str = "Dewi Lestari") -> Receipt:
    return cast.join().tells(cast.queues(told=Told(what="Antre", where="Loket", when="Selasa", who=who)))


def _page(browser: DjangoTestApp, row: Proposal, *, prefix: str = "") -> Any:
    return browser.get(f"{prefix}{PEOPLE}").click(href=f"{row.id}/$")


def _form(page: Any) -> Any:
    return next(form for form in officers.forms(page) if "decision" in form.fields)


def _buttons(page: Any) -> list[str]:
    return [button["value"] for button in page.html.find_all("button", attrs={"name": "decision"})]


def test_wulan_keeps_the_case_from_dewi_and_hands_the_key_over(world: World, visitor: Visitor, dewi: Proposal) -> None:
    receipt, wulan = _about(), officers.sign_in(visitor(), "wulan")
    page = _page(wulan, dewi)
    row = page.html.find("tbody").find("tr")
    assert row.find("a")["href"] == officers.address(receipt)
    assert "akan terbuka baginya" in row.text
    assert _buttons(page) == ["keep_out", "decline"]

    page = _form(page).submit("decision", value="keep_out", status=200)

    assert "1 perkara" in page.html.find(role="status").text
    assert "tetap tertutup baginya" in page.html.find("tbody").text
    assert _buttons(page) == ["confirm", "decline"]
    page = _form(page).submit("decision", value="confirm", status=302).follow()
    assert "kini menjadi bagian dari" in page.html.find(role="status").text
    officers.case_page(officers.sign_in(visitor(), "dewi"), receipt, status=404)
    assert officers.case_page(wulan, receipt).status_int == 200


def test_in_english_too(world: World, visitor: Visitor, dewi: Proposal) -> None:
    _about()

    page = _page(officers.sign_in(visitor(), "wulan", prefix="/en"), dewi, prefix="/en")

    assert "would be open to them" in page.html.find("tbody").text


def test_a_confirmation_without_having_looked_leads_to_the_look(world: World, visitor: Visitor, dewi: Proposal) -> None:
    _about()
    wulan = officers.sign_in(visitor(), "wulan")
    token = officers.forms(wulan.get(PEOPLE))[0]["form_token"].value

    page = wulan.post(f"{PEOPLE}{dewi.id}/", {"form_token": token, "decision": "confirm"}, status=422)

    assert page.html.find(role="alert")
    assert _buttons(page) == ["keep_out", "decline"]
    assert not staff.has_key(dewi.officer, dewi.unit)


def test_what_came_meanwhile_is_shown(world: World, visitor: Visitor, dewi: Proposal) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    page = _page(wulan, dewi)
    assert _buttons(page) == ["confirm", "decline"]
    receipt = _about()

    page = _form(page).submit("decision", value="confirm", status=422)

    assert page.html.find(role="alert")
    assert case_of(receipt).agenda_number in page.html.find("tbody").text
    assert not staff.has_key(dewi.officer, dewi.unit)


def test_many_cases_are_looked_through_page_by_page(
    world: World, visitor: Visitor, dewi: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts = [_told(who) for who in ("Petugas", "Dewi Lestari", "Petugas", "Dewi Lestari", "Petugas")]
    monkeypatch.setattr(joining.go_on, "__kwdefaults__", {"most": 2})
    page = _page(officers.sign_in(visitor(), "wulan"), dewi)
    assert _buttons(page) == ["go_on", "decline"]
    assert (page.html.find("progress")["value"], page.html.find("progress")["max"]) == ("2", "5")

    page = _form(page).submit("decision", value="go_on", status=200)
    assert page.html.find("progress")["value"] == "4"
    page = _form(page).submit("decision", value="go_on", status=200)

    assert page.html.find("progress") is None
    found = {row.find("a").text for row in page.html.find("tbody").find_all("tr")}
    assert found == {case_of(receipts[1]).agenda_number, case_of(receipts[3]).agenda_number}


def _told(who: str) -> Receipt:
    _told.count = getattr(_told, "count", 0) + 1  # type: ignore[attr-defined] # a number for each name
    teller = cast.join(f"burung {_told.count}")  # type: ignore[attr-defined] # see above
    return teller.tells(cast.queues(told=Told(what="Antre", where="Loket", when="Selasa", who=who)))


def test_a_look_that_is_too_old_or_of_somebody_else_begins_anew(world: World, visitor: Visitor, dewi: Proposal) -> None:
    tono, wulan = world.officer("tono"), officers.sign_in(visitor(), "wulan")
    agus = membership.propose(world.officer("agus"), unit=world.unit(), role=Role.VERIFIER, by=tono, at=NOW)
    page = _page(wulan, dewi)
    form, other = _form(page), _form(_page(wulan, agus))
    kept = form["kept"].value
    form["kept"] = other["kept"].value
    assert form.submit("decision", value="confirm", status=422).html.find(role="alert")

    form["kept"] = kept
    with time_machine.travel(NOW + carrying.LONGEST * 1.5, tick=True):
        form = _form(form.submit("decision", value="confirm", status=422))
        assert not staff.has_key(dewi.officer, dewi.unit)
        form["kept"], form["proof"] = kept, PASSPHRASE
        form = _form(form.submit("decision", value="confirm", status=422))
        assert not staff.has_key(dewi.officer, dewi.unit)
        form.submit("decision", value="confirm", status=302)
    assert staff.has_key(dewi.officer, dewi.unit)


def test_what_does_not_open_is_said(world: World, visitor: Visitor, dewi: Proposal) -> None:
    _about()
    Grant.objects.filter(holder__unit=world.unit()).update(wrapped=b"swapped")

    page = _page(officers.sign_in(visitor(), "wulan"), dewi)

    assert "wise log verify" in page.html.find(class_="bad").text
    assert _buttons(page) == ["confirm", "decline"]


def test_custodians_have_no_case_to_look_through(world: World, visitor: Visitor) -> None:
    unit = world.unit("custodian_outer", office="Inspektorat Jenderal")
    tono = world.officer("tono")
    row = membership.propose(world.officer("agus"), unit=unit, role=Role.CUSTODIAN, by=tono, at=NOW)

    page = _page(officers.sign_in(visitor(), "kartika"), row)

    assert "tidak memegang perkara" in page.html.find(id="about").parent.text
    assert _buttons(page) == ["confirm", "decline"]


def test_who_gets_no_key_is_confirmed_without_a_look(world: World, visitor: Visitor) -> None:
    tono = world.officer("tono")
    row = membership.propose(world.officer("oki"), unit=world.unit(), role=Role.EDITOR, by=tono, at=NOW)

    page = _page(officers.sign_in(visitor(), "wulan"), row)

    assert page.html.find(id="about") is None
    _form(page).submit("decision", value="confirm", status=302)
    assert world.officer("oki").roles.filter(role="editor").exists()


@pytest.mark.parametrize("login", ["tono", "ina", "hadi", "dewi", "kartika"])
def test_p29_p31_nobody_else_finds_the_page(world: World, visitor: Visitor, dewi: Proposal, login: str) -> None:
    _about()
    browser = officers.sign_in(visitor(), login)
    token = officers.forms(browser.get("/kerja/"))[0]["form_token"].value

    browser.get(f"{PEOPLE}{dewi.id}/", status=404)
    for decision in ("go_on", "keep_out", "confirm", "decline"):
        browser.post(f"{PEOPLE}{dewi.id}/", {"form_token": token, "decision": decision}, status=404)
    assert Proposal.objects.get(id=dewi.id).decided_at is None
    assert not Grant.objects.filter(holder__officer__isnull=False).exists()


def test_p30_the_pages_of_who_is_named_are_the_same_with_and_without_the_case(
    world: World, visitor: Visitor, dewi: Proposal
) -> None:
    browsers = {login: officers.sign_in(visitor(), login) for login in ("dewi", "tono")}
    wulan = officers.sign_in(visitor(), "wulan")
    before = {login: _seen(browser) for login, browser in browsers.items()}
    _about()
    page = _form(_page(wulan, dewi)).submit("decision", value="keep_out", status=200)
    assert {login: _seen(browser) for login, browser in browsers.items()} == before

    _form(page).submit("decision", value="confirm", status=302)

    assert "Antre" not in browsers["dewi"].get("/kerja/")
    for view in ("all", "open", "mine", "new"):
        assert officers.without_token(browsers["dewi"].get("/kerja/", params={"view": view})).count("/perkara/") == 0


def _seen(browser: DjangoTestApp) -> list[str]:
    return [officers.without_token(browser.get(address, expect_errors=True)) for address in ("/kerja/", PEOPLE)]
