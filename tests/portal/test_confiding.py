"""Sari confides who she is after she has sent her report, sees who was given it, and takes it back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import custody as story
from tests import officers, reporters
from tests import world as cast
from tests.custody import WHO
from tests.reporters import form_to, sign_in
from tests.world import NOW, Teller, World, case_of
from wise.casework.intake import Receipt
from wise.keys.models import Grant
from wise.refusals import NotThere
from wise.vault.models import Deposit, Disclosure

Visitors = Callable[[], DjangoTestApp]


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


@pytest.fixture
def browser(visitor: Visitors, sari: Teller) -> DjangoTestApp:
    found = visitor()
    sign_in(found, status=302)
    return found


def page_of(browser: DjangoTestApp, receipt: Receipt) -> Any:
    return browser.get(reporters.address("report", "en", report_id=receipt.report_id))


def confides(page: Any, **told: str) -> Any:
    """Follow the link on the report's page, fill in the form and send it."""
    form = form_to(page.click(href="/identitas/$"), field="identity_name")
    for name, text in ({"identity_name": WHO.name, "identity_address": WHO.address} | told).items():
        form[name] = text
    return form.submit(status="*")


def words(page: Any) -> str:
    return str(page.html.find("main").get_text(" ", strip=True))


def test_sari_confides_who_she_is_later_and_reads_it_on_her_page(
    sari: Teller, browser: DjangoTestApp, visitor: Visitors, world: World
) -> None:
    receipt = story.tells(sari, identity=None)
    page = page_of(browser, receipt)
    assert "You have not confided who you are, and you need not." in words(page)
    page = confides(page, identity_note=WHO.note).follow()
    assert "Your identity lies in the vault now." in words(page)
    for line in (WHO.name, WHO.note, *WHO.address.splitlines(), "You confided an identity to the vault."):
        assert line in words(page)
    assert "Nobody was allowed to read it." in words(page)

    row = story.allowed(world, receipt)
    opened = story.opened(world, receipt, row).identity
    assert opened is not None
    assert (opened.name, opened.note) == (WHO.name, WHO.note)
    case = officers.case_page(officers.sign_in(visitor(), "ina"), receipt)
    assert WHO.name not in case.text


def test_sari_reads_who_in_number_and_days_was_given_it_and_whether_they_looked(
    sari: Teller, browser: DjangoTestApp, world: World
) -> None:
    receipt = story.tells(sari)
    row = story.allowed(world, receipt)
    page = page_of(browser, receipt)
    allowed = "until 23 October 2026 one officer of the unit may read the identity that you confided."
    assert f"{allowed} It has not been opened yet." in words(page)
    story.opened(world, receipt, row)
    page = page_of(browser, receipt)
    assert f"{allowed} It was opened." in words(page)
    assert not re.search("Ina|Kartika|Kusuma|Kustodian", words(page))


def test_sari_takes_it_out_and_nobody_reads_it_any_more(sari: Teller, browser: DjangoTestApp, world: World) -> None:
    receipt = story.tells(sari)
    row = story.allowed(world, receipt)
    asking = page_of(browser, receipt).click(href="/identitas/cabut/$")
    assert "one officer of the unit may read the identity" in words(asking)
    assert Deposit.objects.exists()
    assert Disclosure.objects.get().state.is_open

    page = asking.forms[len(officers.forms(asking)) - 1].submit().follow()
    assert "Your identity is out of the vault." in words(page)
    assert "You took your identity out of the vault." in words(page)
    assert WHO.name not in page.text
    assert "You have not confided who you are" in words(page)
    assert not Disclosure.objects.get(id=row.id).state.is_open
    assert not any("identity" in grant.compartments for grant in Grant.objects.all())
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)

    assert "Your identity lies in the vault now." in words(confides(page).follow())


def test_nothing_said_is_refused_and_a_secret_of_her_own_too_with_what_was_typed_kept(
    sari: Teller, browser: DjangoTestApp
) -> None:
    receipt = story.tells(sari, identity=None)
    page = confides(page_of(browser, receipt), identity_name=" ", identity_address="")
    assert page.status_int == 422
    assert "Write your name" in reporters.alert(page)

    page = confides(page_of(browser, receipt), identity_note=sari.recovery_code)
    assert page.status_int == 422
    assert "recovery code" in reporters.alert(page)
    assert form_to(page, field="identity_name")["identity_address"].value.split() == WHO.address.split()
    assert not Deposit.objects.exists()


def test_a_second_press_and_an_old_page_lead_back_to_the_report(sari: Teller, browser: DjangoTestApp) -> None:
    receipt = story.tells(sari, identity=None)
    first = page_of(browser, receipt)
    confides(first)
    assert first.click(href="/identitas/$").status_int == 302
    assert Deposit.objects.count() == 1
    gone = reporters.address("withdraw_identity", report_id=story.tells(sari, identity=None).report_id)
    assert browser.get(gone).status_int == 302


def test_p29_what_others_confided_is_not_there(sari: Teller, visitor: Visitors, world: World) -> None:
    receipt, bare = story.tells(sari), story.tells(sari, identity=None)
    cast.join("ikan paus")
    other = visitor()
    sign_in(other, pseudonym="ikan paus", status=302)
    token = form_to(other.get(reporters.address("reports")), field="form_token")["form_token"].value
    for found in (receipt, bare):
        for name in ("confide", "withdraw_identity"):
            address = reporters.address(name, report_id=found.report_id)
            assert other.get(address, status="*").status_int == 404
            sent = other.post(address, {"form_token": token, "identity_name": "x"}, status="*")
            assert sent.status_int == 404
    assert Deposit.objects.count() == 1
    assert case_of(receipt).last_order == 1


def test_words_typed_when_the_session_was_over_are_handed_back(sari: Teller, browser: DjangoTestApp) -> None:
    receipt = story.tells(sari, identity=None)
    form = form_to(page_of(browser, receipt).click(href="/identitas/$"), field="identity_name")
    form["identity_name"], form["identity_note"] = WHO.name, WHO.note
    browser.reset()
    page = form.submit(status=403)
    assert WHO.name in page.text
    assert WHO.note in page.text


def test_an_address_for_the_vault_is_confided_with_the_report_and_the_unit_does_not_read_it(
    world: World, visitor: Visitors
) -> None:
    told = {"identity_name": WHO.name, "identity_address": WHO.address, "identity_note": WHO.note}
    check = reporters.tell(visitor(), language="en", **told)
    for line in (WHO.name, WHO.note, *WHO.address.splitlines()):
        assert line in words(check)
    receipt = reporters.send(check, pseudonym="kuda laut")
    assert receipt.status_int == 200
    deposit = Deposit.objects.get()
    assert all(word.encode() not in bytes(deposit.sealed) for word in (WHO.name, "Melati"))
