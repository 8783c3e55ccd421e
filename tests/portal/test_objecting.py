"""The page on which a reporter objects to an answer: as long as the time runs, to their own report alone."""

import datetime
import uuid
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import desk as counter
from tests import officers, reporters
from tests import world as cast
from tests.reporters import NAME, address, alert, form_to
from tests.world import NOW, World
from wise.casework import actions, objecting
from wise.casework.given import Given
from wise.casework.intake import Receipt
from wise.casework.models import Case, Step

type Visitor = Callable[[], DjangoTestApp]

DAY = datetime.timedelta(days=1)
WORDS = "Loket kedua tetap tutup."


def _answers(world: World, receipt: Receipt, *, at: datetime.datetime = NOW) -> None:
    world.take("verify", receipt, by="wulan", at=at)
    world.take("answer", receipt, by="wulan", at=at, text="Sudah kami perbaiki.")


@pytest.fixture
def receipt(world: World) -> Receipt:
    sent = cast.join(NAME).tells(cast.queues(stream="suggestion"))
    _answers(world, sent)
    return sent


@pytest.fixture
def sari(receipt: Receipt, visitor: Visitor) -> Iterator[DjangoTestApp]:
    """She has read the answer on the day after."""
    with time_machine.travel(NOW + DAY, tick=False):
        browser = visitor()
        reporters.sign_in(browser, status=302)
        yield browser


@pytest.mark.parametrize("language", ["id", "en"])
def test_sari_objects_after_being_asked_once_more(receipt: Receipt, sari: DjangoTestApp, language: str) -> None:
    asked = sari.get(address("report", language, report_id=receipt.report_id)).click(href=r"/keberatan/$")
    assert "19 November 2026" in asked.text
    assert not Step.objects.filter(move="reopen").exists()
    form = form_to(asked, field="text")
    assert alert(form.submit(status=422)) is not None

    form["text"] = WORDS
    page = form.submit(status=302).follow()

    assert {"id": "Anda mengajukan keberatan", "en": "You objected to the answer"}[language] in page.text
    assert WORDS in page.text
    assert "Sudah kami perbaiki." in page.text
    assert "/keberatan/" not in page.text
    form.submit(status=302)
    assert Step.objects.filter(move="reopen").count() == 1


def test_after_the_time_the_page_says_where_else_to_turn_and_nothing_can_be_sent(
    receipt: Receipt, visitor: Visitor
) -> None:
    with time_machine.travel(NOW + 31 * DAY, tick=False):
        sari = visitor()
        reporters.sign_in(sari, status=302)
        page = sari.get(address("report", report_id=receipt.report_id))
        assert "Ombudsman" in page.text
        assert "/keberatan/" not in page.text
        there = address("object", report_id=receipt.report_id)
        token = form_to(page, field="form_token")["form_token"].value
        sari.get(there, status=302)
        sari.post(there, {"text": WORDS, "form_token": token}, status=302)
    assert cast.case_of(receipt).status_code == "answered"


def test_a_report_without_an_answer_has_nothing_to_object_to(world: World, receipt: Receipt, visitor: Visitor) -> None:
    other = cast.join("sungai tenang").tells(cast.queues(stream="suggestion"))
    with time_machine.travel(NOW, tick=False):
        stranger = visitor()
        reporters.sign_in(stranger, pseudonym="sungai tenang", status=302)
        page = stranger.get(address("report", report_id=other.report_id))
        assert "/keberatan/" not in page.text
        assert "Ombudsman" not in page.text
        stranger.get(address("object", report_id=other.report_id), status=302)
        there = address("object", report_id=receipt.report_id)
        token = form_to(page, field="form_token")["form_token"].value
        stranger.get(there, status=404)
        stranger.post(there, {"text": WORDS, "form_token": token}, status=404)
        stranger.post(there, {"text": WORDS}, status=[403, 404])
        visitor().get(there, status=302)
    assert not Step.objects.filter(move="reopen").exists()


def test_who_came_with_a_slip_objects_too(world: World, visitor: Visitor) -> None:
    slip = counter.records(world, stream="suggestion")
    case = counter.case_of(slip)
    for move, words in (("verify", ""), ("answer", "Sudah kami perbaiki.")):
        actions.take(move, case_id=case.id, desk=world.desk("wulan"), given=Given(text=words), at=NOW)
    with time_machine.travel(NOW + DAY, tick=False):
        ask = form_to(visitor().get(address("status")), field="register_number")
        ask["register_number"], ask["passphrase"] = slip.register_number, slip.passphrase
        kept = form_to(ask.submit(status=302).follow(), field="kept").submit("kept", status=302)
        form = form_to(kept.follow().follow().click(href=r"/keberatan/$"), field="text")
        form["text"] = WORDS
        page = form.submit(status=302).follow()

    assert WORDS in page.text
    assert Case.objects.get(id=case.id).status_code == "verifying"


def test_an_objection_goes_to_the_part_whose_page_it_is_on(world: World, visitor: Visitor) -> None:
    sent = cast.join(NAME).tells(cast.queues(stream="suggestion"))
    world.take("verify", sent, by="wulan")
    world.take("split", sent, by="wulan", stream="suggestion", note="Loket")
    world.take("answer", sent, by="wulan", text="Sudah kami perbaiki.")
    second = Case.objects.get(report_id=sent.report_id, part=2)
    for move, words in (("verify", ""), ("answer", "Bagian kedua.")):
        actions.take(move, case_id=second.id, desk=world.desk("wulan"), given=Given(text=words), at=NOW)
    with time_machine.travel(NOW, tick=False):
        sari = visitor()
        reporters.sign_in(sari, status=302)
        page = sari.get(address("report", report_id=sent.report_id) + "?bagian=2")
        form = form_to(page.click(href=r"/keberatan/\?bagian=2$"), field="text")
        form["text"] = WORDS
        back = form.submit(status=302)

    assert back.location.endswith("?bagian=2")
    statuses = Case.objects.filter(report_id=sent.report_id).order_by("part").values_list("status_code", flat=True)
    assert list(statuses) == ["answered", "verifying"]


def test_the_unit_sees_both_rounds_and_that_the_first_answer_was_late(world: World, visitor: Visitor) -> None:
    teller = cast.join("hujan reda")
    sent = teller.tells(cast.queues(stream="suggestion"))
    _answers(world, sent, at=NOW + 31 * DAY)
    objecting.reopen(
        uuid.UUID(sent.report_id), text=WORDS, by=teller.reporter, keyring=teller.keyring, at=NOW + 32 * DAY
    )
    with time_machine.travel(NOW + 33 * DAY, tick=False):
        wulan = visitor()
        officers.sign_in(wulan, "wulan")
        page = officers.case_page(wulan, sent)
        sari = visitor()
        reporters.sign_in(sari, pseudonym="hujan reda", status=302)
        own = sari.get(address("report", report_id=sent.report_id))

    assert "Pelapor mengajukan keberatan" in page.text
    assert "20 November 2026" in page.text
    assert "pernah ditanggapi terlambat" in page.text
    assert "tanggapan sebelumnya terlambat" in own.text
