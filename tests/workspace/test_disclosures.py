"""Disclosures in front of the browser: Ina asks, Kartika and Kusuma decide, and nobody else finds any of it."""

import datetime
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import custody as story
from tests import officers, pdf
from tests import world as cast
from tests.custody import PURPOSE, REASON, WHO
from tests.files import scanner
from tests.world import NOW, World, case_of
from wise.audit import log
from wise.casework.intake import Receipt
from wise.register.models import Attachment
from wise.vault.models import Disclosure

Visitors = Callable[[], DjangoTestApp]
LATER = NOW + datetime.timedelta(days=4)


@pytest.fixture
def receipt(world: World) -> Receipt:
    return story.tells(cast.join())


def requests_of(receipt: Receipt, *, prefix: str = "") -> str:
    """The page of the requests on a case."""
    return f"{officers.address(receipt, prefix=prefix)}pembukaan/"


def form_with(page: Any, field: str) -> Any:
    return next(form for form in officers.forms(page) if field in form.fields)


def form_to(page: Any, ending: str) -> Any:
    return next(form for form in officers.forms(page) if (form.action or "").endswith(ending))


def asks(ina: DjangoTestApp, receipt: Receipt, kind: str = "identity") -> Any:
    """Ina asks by the form."""
    form = form_with(ina.get(requests_of(receipt, prefix="/en")), "reason")
    form["kind"], form["reason"], form["purpose"] = kind, REASON, PURPOSE
    return form.submit(status=302).follow()


def decides(custodian: DjangoTestApp, decision: str = "allow", answer: str = "") -> Any:
    """A custodian opens the only request that waits for them, and decides by the form."""
    page = custodian.get("/en/kerja/identitas/")
    form = form_with(page.click(href="/identitas/[0-9a-f-]{36}/$"), "decision")
    form["decision"], form["answer"] = decision, answer
    return form.submit(status=302).follow()


def told(page: Any) -> str:
    return str(page.html.find("main").get_text(" ", strip=True))


def test_ina_asks_from_the_case_both_agree_and_she_reads_who_sari_is(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    ina = officers.sign_in(visitor(), "ina")
    case = officers.case_page(ina, receipt, prefix="/en")
    assert "Nothing was asked for yet" in told(case.click(href="/pembukaan/$"))
    page = asks(ina, receipt)
    assert "Waits for the first custodian unit" in told(page)
    assert REASON in told(page)
    assert PURPOSE in told(page)

    kartika, kusuma = (officers.sign_in(visitor(), login) for login in ("kartika", "kusuma"))
    assert "Nothing waits for a decision." in told(kusuma.get("/en/kerja/identitas/"))
    assert "Now the second custodian unit decides." in told(decides(kartika))
    assert "Whoever asked can read it until its last day." in told(decides(kusuma))

    page = ina.get(requests_of(receipt, prefix="/en"))
    assert "until Friday, 23 October 2026" in told(page)
    opened = page.click(href="/pembukaan/[0-9a-f-]{36}/$")
    for word in (WHO.name, WHO.note, *WHO.address.splitlines()):
        assert word in told(opened)
    assert "no-store" in opened.headers["Cache-Control"]
    assert log.count(case_of(receipt).id, deed="open-disclosure") == 1
    ina.get(opened.request.path)
    assert log.count(case_of(receipt).id, deed="open-disclosure") == 2


def test_a_custodian_reads_reason_and_purpose_and_the_case_by_its_number_alone(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    asks(officers.sign_in(visitor(), "ina"), receipt)
    kartika = officers.sign_in(visitor(), "kartika")
    page = kartika.get("/en/kerja/identitas/").click(href="/identitas/[0-9a-f-]{36}/$")
    for word in (REASON, PURPOSE, case_of(receipt).agenda_number, "Ina Kusumawati"):
        assert word in told(page)
    assert "Antre di loket" not in page.text
    assert "/perkara/" not in page.text


def test_a_refusal_needs_a_reason_and_ina_alone_reads_it(world: World, visitor: Visitors, receipt: Receipt) -> None:
    ina, fajar = officers.sign_in(visitor(), "ina"), officers.sign_in(visitor(), "fajar")
    asks(ina, receipt)
    kartika = officers.sign_in(visitor(), "kartika")
    form = form_with(kartika.get("/en/kerja/identitas/").click(href="/identitas/[0-9a-f-]{36}/$"), "decision")
    form["decision"] = "refuse"
    refused = form.submit(status=422)
    assert refused.html.find(attrs={"role": "alert"}).find("a")["href"] == "#answer"
    assert form_with(refused, "decision")["decision"].value == "refuse"
    decides(kartika, "refuse", "Saksi lain cukup")

    assert "Saksi lain cukup" in told(ina.get(requests_of(receipt)))
    beside = ina.get(requests_of(receipt), status=200)
    assert form_with(beside, "reason")
    theirs = fajar.get(requests_of(receipt, prefix="/en"))
    assert "Saksi lain cukup" not in theirs.text
    assert REASON not in theirs.text
    assert "Whoever asked and the custodians alone read that." in told(theirs)
    done = kartika.get("/en/kerja/identitas/?view=decided")
    assert "Saksi lain cukup" in told(done.click(href="/identitas/[0-9a-f-]{36}/$"))


@pytest.mark.parametrize(
    ("left_out", "field"), [("kind", "kind"), ("reason", "reason"), ("purpose", "purpose")], ids=lambda value: value
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(
    world: World, visitor: Visitors, receipt: Receipt, left_out: str, field: str
) -> None:
    ina = officers.sign_in(visitor(), "ina")
    form = form_with(ina.get(requests_of(receipt, prefix="/en")), "reason")
    given = {"kind": "identity", "reason": REASON, "purpose": PURPOSE}
    for name in set(given) - {left_out}:
        form[name] = given[name]
    page = form.submit(status=422)
    assert page.html.find(attrs={"role": "alert"}).find("a")["href"] == f"#{field}"
    kept = form_with(page, "reason")
    assert {name: kept[name].value for name in set(given) - {left_out}} == {
        name: given[name] for name in set(given) - {left_out}
    }
    assert not Disclosure.objects.exists()


def test_what_waits_is_not_offered_again_and_said_so_to_who_was_slower(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    ina, fajar = officers.sign_in(visitor(), "ina"), officers.sign_in(visitor(), "fajar")
    slow = form_with(fajar.get(requests_of(receipt, prefix="/en")), "reason")
    asks(ina, receipt)
    slow["kind"], slow["reason"], slow["purpose"] = "identity", "a", "b"
    page = slow.submit(status=422)
    assert "This was asked for already" in told(page)


def test_taken_back_before_and_given_back_after_the_decision(world: World, visitor: Visitors, receipt: Receipt) -> None:
    ina = officers.sign_in(visitor(), "ina")
    page = form_to(asks(ina, receipt), "/batal/").submit(status=302).follow()
    assert "The request is taken back." in page.text
    assert "Came to nothing" in told(page)

    row = story.allowed(world, receipt)
    page = form_to(ina.get(requests_of(receipt, prefix="/en")), "/batal/").submit(status=302).follow()
    assert "The access is given back." in page.text
    ina.get(f"{requests_of(receipt)}{row.id}/", status=404)


def test_the_originals_are_downloaded_byte_for_byte_under_their_names(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    row = story.allowed(world, receipt, "originals")
    ina = officers.sign_in(visitor(), "ina")
    page = ina.get(f"{requests_of(receipt)}{row.id}/")
    assert "IMG_Sari.jpg" in told(page)
    file = page.click(href="/berkas/")
    assert file.body == story.PHOTO
    assert file.headers["Content-Disposition"] == 'attachment; filename="IMG_Sari.jpg"'
    assert file.headers["Content-Security-Policy"].startswith("sandbox")
    copy = ina.get(f"{officers.address(receipt)}berkas/{Attachment.objects.get().id}/")
    assert copy.body != story.PHOTO


def test_of_an_original_in_which_a_scanner_found_something_ina_is_warned(
    world: World, visitor: Visitors, settings: Any, tmp_path: Path
) -> None:
    settings.WISE_CLAMD = str(tmp_path / "scanner")
    scanner.saying(tmp_path / "scanner", b"stream: Apa.Saja FOUND\0")
    receipt = story.tells(cast.join())
    ina = officers.sign_in(visitor(), "ina")
    row = story.allowed(world, receipt, "originals")
    assert "this file is malicious: Apa.Saja" in told(ina.get(f"{requests_of(receipt, prefix='/en')}{row.id}/"))
    page = ina.get(f"{requests_of(receipt)}{row.id}/")
    assert "berkas ini berbahaya: Apa.Saja" in told(page)
    assert page.click("IMG_Sari.jpg").body == story.PHOTO


def test_kusuma_prints_the_envelope_and_ina_learns_no_name(
    world: World, visitor: Visitors, receipt: Receipt, tmp_path: Path
) -> None:
    ina = officers.sign_in(visitor(), "ina")
    asks(ina, receipt, "envelope")
    kartika, kusuma = (officers.sign_in(visitor(), login) for login in ("kartika", "kusuma"))
    decides(kartika)
    page = decides(kusuma)
    assert "Print the envelope" in told(page)
    for size, points in (("dl", "623.622 x 311.811"), ("c5", "649.134 x 459.213")):
        made = page.click(href=f"/amplop/{size}/$")
        assert made.content_type == "application/pdf"
        words = pdf.words_of(made.body, tmp_path)
        for line in (WHO.name, *WHO.address.splitlines()):
            assert line in words
        assert case_of(receipt).agenda_number not in words
        assert points in pdf.info_of(made.body, tmp_path)
    assert log.count(case_of(receipt).id, deed="open-disclosure") == 2
    shown = ina.get(requests_of(receipt)).text
    assert WHO.name not in shown
    row = Disclosure.objects.get()
    ina.get(f"{requests_of(receipt)}{row.id}/", status=404)
    for browser in (ina, kartika):
        browser.get(f"/kerja/identitas/{row.id}/amplop/dl/", status=404)
    kusuma.get(f"/kerja/identitas/{row.id}/amplop/a3/", status=404)


def test_after_the_last_day_the_page_is_gone_and_looking_at_the_list_ends_it(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    row = story.allowed(world, receipt)
    with time_machine.travel(LATER, tick=True):
        ina = officers.sign_in(visitor(), "ina")
        ina.get(f"{requests_of(receipt)}{row.id}/", status=404)
        assert Disclosure.objects.get(id=row.id).state.is_open
        assert "Over" in told(ina.get(requests_of(receipt, prefix="/en")))
        assert not Disclosure.objects.get(id=row.id).state.is_open


def test_who_decides_too_late_is_told_that_it_came_to_nothing(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    story.asked(world, receipt)
    kartika = officers.sign_in(visitor(), "kartika")
    form = form_with(kartika.get("/en/kerja/identitas/").click(href="/identitas/[0-9a-f-]{36}/$"), "decision")
    world.take("refer", receipt, by="ina", note="x", unit=world.unit("compliance", office=cast.HEAD_OFFICE))
    form["decision"] = "allow"
    page = form.submit(status=302).follow()
    assert "This request does not wait any more." in page.text


def test_the_lists_are_paged(
    world: World, visitor: Visitors, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wise.casework.custody.PAGE", 1)
    story.asked(world, receipt)
    story.asked(world, receipt, "originals")
    kartika = officers.sign_in(visitor(), "kartika")
    first = kartika.get("/en/kerja/identitas/")
    second = first.click(href=r"page=2$")
    links = [page.html.find("main").find("table").find("a")["href"] for page in (first, second)]
    assert len(set(links)) == 2
    assert "The list has become shorter." in told(kartika.get("/en/kerja/identitas/?page=9"))
    assert kartika.get("/en/kerja/identitas/?page=zwei&view=x").status_int == 200


def test_custodians_change_the_terms_and_nonsense_is_refused(world: World, visitor: Visitors, receipt: Receipt) -> None:
    kartika = officers.sign_in(visitor(), "kartika")
    form = form_with(kartika.get("/en/kerja/identitas/jangka-waktu/"), "identity_days")
    form["identity_days"] = "15"
    page = form.submit(status=422)
    assert "cannot be more than what is allowed at most" in told(page)
    form = form_with(page, "identity_days")
    form["identity_days"] = "0"
    assert form.submit(status=422).html.find(attrs={"role": "alert"}).find("a")["href"] == "#identity_days"
    form["identity_days"] = "2"
    assert "The terms are changed" in form.submit(status=302).follow().text
    story.asked(world, receipt)
    decision = form_with(kartika.get("/en/kerja/identitas/").click(href="/identitas/[0-9a-f-]{36}/$"), "decision")
    assert decision["until"].value == (NOW.date() + datetime.timedelta(days=2)).isoformat()


STRANGERS = ["wulan", "hadi", "dewi", "surya", "nur", "agus", "tono", "kartika", "kusuma"]


@pytest.mark.parametrize("login", STRANGERS)
def test_p29_to_who_does_not_hold_the_case_none_of_its_vault_is_there(
    world: World, visitor: Visitors, receipt: Receipt, login: str
) -> None:
    row, files = story.allowed(world, receipt), story.allowed(world, receipt, "originals")
    browser = officers.sign_in(visitor(), login)
    token = officers.forms(browser.get("/kerja/"))[0]["form_token"].value
    path = requests_of(receipt)
    fields = {"form_token": token, "kind": "envelope", "reason": "x", "purpose": "x"}
    assert browser.get(path, status="*").status_int == 404
    assert browser.post(path, fields, status="*").status_int == 404
    for found in (row, files):
        assert browser.get(f"{path}{found.id}/", status="*").status_int == 404
        assert browser.post(f"{path}{found.id}/batal/", fields, status="*").status_int == 404
    file = Attachment.objects.get().id
    assert browser.get(f"{path}{files.id}/berkas/{file}/", status="*").status_int == 404
    assert Disclosure.objects.count() == 2
    assert all(found.state.is_open for found in Disclosure.objects.all())


def test_p29_of_what_ina_may_read_her_colleague_reads_nothing(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    row, files = story.allowed(world, receipt), story.allowed(world, receipt, "originals")
    fajar = officers.sign_in(visitor(), "fajar")
    page = fajar.get(requests_of(receipt))
    assert f"/pembukaan/{row.id}/" not in page.text
    file = Attachment.objects.get().id
    for address in (f"{row.id}/", f"{files.id}/", f"{files.id}/berkas/{file}/", f"{uuid.uuid4()}/"):
        fajar.get(f"{requests_of(receipt)}{address}", status=404)
    token = officers.forms(page)[0]["form_token"].value
    fajar.post(f"{requests_of(receipt)}{row.id}/batal/", {"form_token": token}, status=404)
    assert Disclosure.objects.get(id=row.id).state.is_open


@pytest.mark.parametrize("login", ["ina", "fajar", "wulan", "hadi", "dewi", "agus", "tono"])
def test_p29_p31_to_who_is_no_custodian_their_pages_are_not_there(
    world: World, visitor: Visitors, receipt: Receipt, login: str
) -> None:
    row = story.asked(world, receipt, "envelope")
    browser = officers.sign_in(visitor(), login)
    page = browser.get("/kerja/")
    token = officers.forms(page)[0]["form_token"].value
    assert "/kerja/identitas/" not in page.text
    fields = {"form_token": token, "decision": "refuse", "answer": "x", "identity_days": "1"}
    for address in ("", "jangka-waktu/", f"{row.id}/", f"{row.id}/amplop/dl/"):
        assert browser.get(f"/kerja/identitas/{address}", status="*").status_int == 404
    for address in ("jangka-waktu/", f"{row.id}/"):
        assert browser.post(f"/kerja/identitas/{address}", fields, status="*").status_int == 404
    assert Disclosure.objects.get().state.waits_for is not None


def test_p29_a_custodian_of_the_second_unit_sees_nothing_before_the_first_agreed(
    world: World, visitor: Visitors, receipt: Receipt
) -> None:
    row = story.asked(world, receipt)
    kusuma = officers.sign_in(visitor(), "kusuma")
    assert case_of(receipt).agenda_number not in kusuma.get("/kerja/identitas/").text
    kusuma.get(f"/kerja/identitas/{row.id}/", status=404)


def test_p30_whoever_is_excluded_finds_no_request_either(world: World, visitor: Visitors, receipt: Receipt) -> None:
    fajar = officers.sign_in(visitor(), "fajar")
    world.take("exclude", receipt, by="ina", note="x", excluded=frozenset({world.officer("fajar").id}))
    row = story.asked(world, receipt)
    for address in ("", f"{row.id}/"):
        fajar.get(f"{requests_of(receipt)}{address}", status=404)
