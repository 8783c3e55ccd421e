"""What Sari sends later is shown to her once where it could betray her, and then it goes as she wants it."""

import datetime
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django_webtest import DjangoTestApp

from tests import reporters
from tests import world as cast
from tests.reporters import NAME, address, alert, form_to, photo
from tests.world import NOW, World
from wise.casework import reading
from wise.casework.intake import Receipt
from wise.casework.models import Case, Message, Step
from wise.portal.questions import LONGEST_TEXT
from wise.register.models import Addition, Attachment, Draft

type Visitor = Callable[[], DjangoTestApp]

PHONE = "0812-7000-1234"
NIP = "19900214 201502 1 002"
WORDS = f"Hubungi saya di {PHONE}."
HARMLESS = "Kejadian itu terulang hari Senin."
LOCKED = b"Rar!\x1a\x07\x01\x00" + bytes(64)


@pytest.fixture
def receipt(world: World) -> Receipt:
    """What Sari got for a suggestion that Wulan has answered, so that she can write, add, object and withdraw."""
    sent = cast.join(NAME).tells(cast.queues(stream="suggestion"))
    world.take("verify", sent, by="wulan")
    world.take("answer", sent, by="wulan", text="Sudah kami perbaiki.")
    return sent


@pytest.fixture
def sari(receipt: Receipt, visitor: Visitor) -> Iterator[DjangoTestApp]:
    with time_machine.travel(NOW + datetime.timedelta(days=1), tick=False):
        browser = visitor()
        reporters.sign_in(browser, status=302)
        yield browser


def page_of(browser: DjangoTestApp, receipt: Receipt, language: str = "id") -> Any:
    return browser.get(address("report", language, report_id=receipt.report_id))


def marked(page: Any) -> list[str]:
    """The words that are highlighted."""
    return [mark.get_text() for mark in page.html.find_all("mark")]


def tick(form: Any, page: Any, words: str) -> None:
    """Tick the finding with these words."""
    for label in page.html.find(id="findings").find_all("label"):
        if label.find("mark").get_text() == words:
            box = label.find("input")["value"]
            next(field for field in form.fields["finding"] if field._value == box).checked = True


def lying_about() -> set[Path]:
    return {path for path in Path(settings.WISE_FILES_DIR).rglob("*") if path.is_file()}


def said(world: World, receipt: Receipt) -> list[str]:
    """What Wulan reads of what Sari wrote later."""
    case = Case.objects.get(report_id=receipt.report_id)
    opened = reading.read(case.id, desk=world.desk("wulan"), at=NOW)
    return [event.text for event in opened.timeline if event.kind in {"message", "addition"} and event.text]


@pytest.fixture(params=["message", "object"])
def ask(request: pytest.FixtureRequest, receipt: Receipt, sari: DjangoTestApp) -> Callable[..., Any]:
    """The form for words of one field: a message, and an objection."""

    def form(page: Any = None) -> Any:
        if request.param == "message":
            return form_to(page or page_of(sari, receipt), "/pesan/")
        return form_to(page or sari.get(address("object", report_id=receipt.report_id)), field="text")

    return form


def test_words_that_could_betray_her_are_shown_first_and_go_when_she_presses_again(
    world: World, receipt: Receipt, ask: Callable[..., Any]
) -> None:
    form = ask()
    form["text"] = WORDS
    page = form.submit(status=200)

    assert marked(page) == [PHONE]
    assert "Belum ada yang dikirim" in page.html.find(id="look").get_text()
    assert not Message.objects.filter(by=None).exists()
    again = ask(page)
    assert again["text"].value == WORDS
    again.submit(status=302)
    assert said(world, receipt) == [WORDS]


def test_what_is_masked_goes_masked(world: World, receipt: Receipt, ask: Callable[..., Any]) -> None:
    form = ask()
    form["text"] = f"NIP saya {NIP}. {WORDS}"
    page = form.submit()
    ticking = ask(page)
    tick(ticking, page, PHONE)
    page = ticking.submit("mask", value="ticked", status=200)

    assert marked(page) == [NIP]
    assert "1 bagian sudah disamarkan" in page.text
    ask(page).submit(status=302)
    assert said(world, receipt) == [f"NIP saya {NIP}. Hubungi saya di [disamarkan: nomor telepon]."]


def test_who_ticks_nothing_is_told_so_and_nothing_is_sent(ask: Callable[..., Any]) -> None:
    form = ask()
    form["text"] = WORDS
    page = ask(form.submit()).submit("mask", value="ticked", status=422)

    assert "Belum ada yang dicentang" in alert(page)
    assert marked(page) == [PHONE]
    assert not Message.objects.filter(by=None).exists()


def test_a_new_number_written_after_the_look_is_shown_too(ask: Callable[..., Any]) -> None:
    form = ask()
    form["text"] = WORDS
    again = ask(form.submit())
    again["text"] = f"{WORDS} NIP saya {NIP}."

    assert marked(again.submit(status=200)) == [PHONE, NIP]


def test_words_without_a_finding_go_at_once(ask: Callable[..., Any]) -> None:
    form = ask()
    form["text"] = HARMLESS
    form.submit(status=302)


def test_a_withdrawal_is_looked_through_too(world: World, visitor: Visitor) -> None:
    sent = cast.join(NAME).tells(cast.queues())
    browser = visitor()
    reporters.sign_in(browser, status=302)
    form = form_to(browser.get(address("withdraw", "en", report_id=sent.report_id)), field="text")
    form["text"] = "I withdraw it. Call me on 0812-7000-1234."
    page = form.submit(status=200)

    assert marked(page) == [PHONE]
    assert not Step.objects.filter(move="withdraw").exists()
    form_to(page, field="text").submit("mask", value="all", status=200)
    form_to(page, field="text").submit(status=302)
    assert Step.objects.filter(move="withdraw").exists()


def added(browser: DjangoTestApp, receipt: Receipt, *, text: str = "", files: tuple[Any, ...] = ()) -> Any:
    """Send an addition from the page of the report; the page that comes back is where it waits."""
    form = form_to(page_of(browser, receipt), "/tambahan/")
    form["text"] = text
    if files:
        form["files"] = list(files)
    return form.submit(status=302).follow()


def test_an_addition_waits_with_its_files_until_she_has_looked(
    world: World, receipt: Receipt, sari: DjangoTestApp
) -> None:
    page = added(sari, receipt, text=WORDS, files=(photo(name=f"foto {PHONE}.jpg"),))

    assert marked(page) == [PHONE, PHONE]
    assert not Addition.objects.exists()
    assert not Attachment.objects.exists()
    done = form_to(page, field="send").submit("send", status=302).follow()
    assert "Tambahan Anda terkirim" in done.text
    assert said(world, receipt) == [WORDS]
    assert f"foto {PHONE}.jpg" in page_of(sari, receipt).text


def test_an_addition_is_masked_in_words_and_files_names(world: World, receipt: Receipt, sari: DjangoTestApp) -> None:
    page = added(sari, receipt, text=WORDS, files=(photo(name=f"foto {PHONE}.jpg"),))
    page = form_to(page, field="send").submit("mask", value="all", status=200)

    assert not marked(page)
    assert "2 bagian sudah disamarkan" in page.text
    assert "foto [disamarkan: nomor telepon].jpg" in page.text
    assert form_to(sari.get(page.request.path), field="send")["text"].value == said_masked()
    form_to(page, field="send").submit("send", status=302)
    assert said(world, receipt) == [said_masked()]
    assert PHONE not in page_of(sari, receipt).text


def said_masked() -> str:
    return "Hubungi saya di [disamarkan: nomor telepon]."


def test_who_ticks_nothing_of_an_addition_is_told_so(receipt: Receipt, sari: DjangoTestApp) -> None:
    page = added(sari, receipt, text=WORDS)
    page = form_to(page, field="send").submit("mask", value="ticked", status=422)
    assert "Belum ada yang dicentang" in alert(page)


def test_what_she_changes_is_kept_and_looked_through_again(receipt: Receipt, sari: DjangoTestApp) -> None:
    page = added(sari, receipt, text=WORDS)
    form = form_to(page, field="send")
    form["text"] = f"NIP saya {NIP}."
    page = form.submit("send", status=200)

    assert marked(page) == [NIP]
    assert form_to(sari.get(page.request.path), field="send")["text"].value == f"NIP saya {NIP}."
    assert not Addition.objects.exists()


def test_a_file_that_cannot_be_cleaned_waits_for_a_word_and_may_go_or_be_removed(
    receipt: Receipt, sari: DjangoTestApp
) -> None:
    locked = photo(LOCKED, name="bukti.rar")
    page = added(sari, receipt, text=HARMLESS, files=(locked, photo(name="antrean.jpg")))
    form = form_to(page, field="send")
    assert page.html.find("form", id="send").find("button").get_text() == "Tambahkan ke pengaduan"
    removed = page.html.find("button", attrs={"name": "remove"})["value"]
    page = form.submit("remove", value=removed, status=200)
    twice = form.submit("remove", value=removed, status=200)

    assert "bukti.rar" not in page.text
    assert "bukti.rar" not in twice.text
    done = form_to(page, field="send").submit("send", status=302).follow()
    assert "antrean.jpg" in done.text
    assert Attachment.objects.count() == 1


def test_where_nothing_is_left_there_is_nothing_to_add(receipt: Receipt, sari: DjangoTestApp) -> None:
    before = lying_about()
    page = added(sari, receipt, files=(photo(LOCKED, name="bukti.rar"),))
    removed = page.html.find("button", attrs={"name": "remove"})["value"]
    form_to(page, field="send").submit("remove", value=removed, status=302)

    assert not Draft.objects.exists()
    assert lying_about() == before


def test_thrown_away_nothing_of_it_stays(receipt: Receipt, sari: DjangoTestApp) -> None:
    before = lying_about()
    page = added(sari, receipt, text=WORDS, files=(photo(),))
    here = page.request.path
    back = form_to(page, field="send").submit("discard", status=302)

    assert back.location == address("report", report_id=receipt.report_id)
    assert not Draft.objects.exists()
    assert lying_about() == before
    assert sari.get(here, status=302).location == back.location


def test_pressed_twice_it_is_added_once(world: World, receipt: Receipt, sari: DjangoTestApp) -> None:
    page = added(sari, receipt, text=WORDS, files=(photo(),))
    form = form_to(page, field="send")
    once, twice = form.submit("send", status=302), form.submit("send", status=302)

    assert once.location == twice.location
    assert said(world, receipt) == [WORDS]
    assert Attachment.objects.count() == 1


def test_emptied_it_is_refused_and_too_long_it_is_kept(receipt: Receipt, sari: DjangoTestApp) -> None:
    form = form_to(added(sari, receipt, text=WORDS), field="send")
    form["text"] = "a" * (LONGEST_TEXT + 1)
    assert len(form_to(form.submit("send", status=422), field="send")["text"].value) == LONGEST_TEXT + 1
    form["text"] = ""
    assert 'href="#text"' in form.submit("send", status=422).text


def test_a_part_of_a_report_stays_the_part(receipt: Receipt, sari: DjangoTestApp) -> None:
    form = form_to(page_of(sari, receipt), "/tambahan/")
    form.action += "?bagian=2"
    form["text"] = WORDS
    page = form.submit(status=302).follow()
    assert page.request.query_string == "bagian=2"
    assert "bagian=2" in form_to(page, field="send").submit("send", status=302).location


def test_what_waits_is_not_there_for_anybody_else(
    world: World, receipt: Receipt, sari: DjangoTestApp, visitor: Visitor
) -> None:
    page = added(sari, receipt, text=WORDS)
    here = page.request.path
    fields = dict(form_to(page, field="send").submit_fields())
    # The same reporter elsewhere: it is kept for the one browser alone.
    elsewhere = visitor()
    reporters.sign_in(elsewhere, status=302)
    assert elsewhere.get(here, status=302).location == address("report", report_id=receipt.report_id)
    # Somebody else: the report is not there for them.
    cast.join("sungai tenang")
    other = visitor()
    reporters.sign_in(other, pseudonym="sungai tenang", status=302)
    other.get(here, status=404)
    other.post(here, params=fields, status=403)
    # Nobody.
    assert "/masuk/" in visitor().get(here, status=302).location
    assert not Addition.objects.exists()


def test_nothing_of_what_was_found_is_logged(
    receipt: Receipt, ask: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        form = ask()
        form["text"] = WORDS
        form.submit()
    assert PHONE not in caplog.text
