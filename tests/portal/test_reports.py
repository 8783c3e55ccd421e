"""One's own reports: the history, one report, what is added to it; and nothing of anybody else's (P29)."""

import datetime
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django_webtest import DjangoTestApp

from tests import deciding, reporters
from tests import world as cast
from tests.reporters import NAME, address, alert, form_to, photo
from tests.world import NOW, World
from wise.casework.intake import Receipt
from wise.people.models import ReporterSession
from wise.register import blobs
from wise.register.entry import Reply
from wise.register.models import Addition, Attachment

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def receipt(world: World) -> Receipt:
    """What Sari got for her report of 20 October."""
    reply = Reply("letter", "Sari Dewanti", "Jl. Melati 3, Pekanbaru")
    return cast.join(NAME).tells(cast.queues(reply=reply, files=(cast.file(b"isi"),)))


@pytest.fixture
def sari(receipt: Receipt, visitor: Visitor) -> DjangoTestApp:
    """Sari, signed in."""
    browser = visitor()
    reporters.sign_in(browser, status=302)
    return browser


def page_of(browser: DjangoTestApp, receipt: Receipt, language: str = "id", status: int = 200) -> Any:
    return browser.get(address("report", language, report_id=receipt.report_id), status=status)


def lying_about() -> set[Path]:
    return {path for path in Path(settings.WISE_FILES_DIR).rglob("*") if path.is_file()}


def test_a_name_without_reports_is_told_so(world: World, visitor: Visitor) -> None:
    cast.join("sungai tenang")
    browser = visitor()
    assert "Belum ada pengaduan" in reporters.sign_in(browser, pseudonym="sungai tenang").follow().text


def test_the_history_says_what_is_new(world: World, receipt: Receipt, sari: DjangoTestApp) -> None:
    assert receipt.register_number in sari.get(address("reports")).text
    world.take("verify", receipt, by="wulan")
    world.take("ask", receipt, by="wulan", text="Kapan?", until=NOW.date())
    assert "Mohon dijawab" in sari.get(address("reports")).text
    world.take("resume", receipt, by="wulan")
    deciding.verified(world, receipt)
    deciding.answered(world, receipt, "Sudah diperbaiki.")
    assert "Baca tanggapan" in sari.get(address("reports")).text


def test_the_page_says_by_when_the_unit_waits_for_an_answer(
    world: World, receipt: Receipt, sari: DjangoTestApp
) -> None:
    world.take("verify", receipt, by="wulan")
    assert "Mohon dijawab" not in page_of(sari, receipt).text
    world.take("ask", receipt, by="wulan", text="Kapan?", until=datetime.date(2026, 11, 3))
    page = page_of(sari, receipt)
    assert "Mohon dijawab paling lambat Selasa, 3 November 2026" in page.html.find(class_="note").get_text()
    assert page.html.find(id="message_text") is not None
    assert "by Tuesday, 3 November 2026" in page_of(sari, receipt, "en").html.find(class_="note").get_text()
    form = form_to(page, "/pesan/")
    form["text"] = "Senin pagi."
    assert "Mohon dijawab" not in form.submit(status=302).follow().text


def test_the_page_shows_what_was_given_and_when_the_answer_is_due(receipt: Receipt, sari: DjangoTestApp) -> None:
    page = page_of(sari, receipt)
    for shown in (
        "Antre di loket tiga jam",
        "Sari Dewanti",
        "Jl. Melati 3",
        "19 November 2026",
        receipt.register_number,
    ):
        assert shown in page.text
    assert "Your report" in page_of(sari, receipt, "en").text


def test_an_empty_message_or_addition_is_told_so(receipt: Receipt, sari: DjangoTestApp) -> None:
    page = page_of(sari, receipt)
    assert 'href="#message_text"' in form_to(page, "/pesan/").submit(status=422).text
    assert 'href="#addition_text"' in form_to(page, "/tambahan/").submit(status=422).text


def test_p10_ones_own_number_is_refused_in_a_message_and_the_words_stay(receipt: Receipt, sari: DjangoTestApp) -> None:
    for ending, field in (("/pesan/", "message_text"), ("/tambahan/", "addition_text")):
        form = form_to(page_of(sari, receipt), ending)
        form["text"] = f"Nomor saya {receipt.register_number}"
        page = form.submit(status=422)
        assert f'href="#{field}"' in page.text
        alert(page)
        assert form_to(page, ending)["text"].value == f"Nomor saya {receipt.register_number}"


def test_p27_a_file_too_large_adds_nothing_and_the_words_stay(receipt: Receipt, sari: DjangoTestApp) -> None:
    before = lying_about()
    form = form_to(page_of(sari, receipt), "/tambahan/")
    form["text"], form["files"] = "Buktinya.", [photo(), photo(bytes(blobs.LARGEST + 1), name="besar.mp4")]
    page = form.submit(status=413)
    assert "besar.mp4" in alert(page)
    assert form_to(page, "/tambahan/")["text"].value == "Buktinya."
    assert not Addition.objects.exists()
    assert Attachment.objects.count() == 1
    assert lying_about() == before


def test_files_alone_can_be_added(receipt: Receipt, sari: DjangoTestApp) -> None:
    form = form_to(page_of(sari, receipt), "/tambahan/")
    form["files"] = [photo(b"isi", name="a.jpg"), photo(b"isi", name="b.jpg")]
    page = form.submit(status=302).follow()
    assert {link.text for link in page.html.find("ol", class_="time").find_all("a")} == {"a.jpg", "b.jpg"}


@pytest.mark.parametrize(
    ("ending", "said"), [("/pesan/", "Pesan Anda terkirim"), ("/tambahan/", "Tambahan Anda terkirim")]
)
def test_what_was_sent_is_confirmed_without_a_word_of_it_in_the_address(
    receipt: Receipt, sari: DjangoTestApp, ending: str, said: str
) -> None:
    before = set(sari.cookies)
    form = form_to(page_of(sari, receipt), ending)
    form["text"] = "Senin pagi."
    page = form.submit(status=302).follow()
    assert said in page.html.find(attrs={"role": "status"}).get_text()
    assert "Senin" not in page.request.url
    assert set(sari.cookies) == before
    assert page_of(sari, receipt).html.find(attrs={"role": "status"}) is None


def test_an_address_that_somebody_made_up_confirms_nothing(receipt: Receipt, sari: DjangoTestApp) -> None:
    page = sari.get(address("report", report_id=receipt.report_id), params={"terkirim": "<b>pura-pura</b>"})
    assert page.html.find(attrs={"role": "status"}) is None
    assert "pura-pura" not in page.html.find("main").get_text()


def test_p29_what_is_sungais_is_not_there_for_sari(world: World, receipt: Receipt, sari: DjangoTestApp) -> None:
    other = cast.join("sungai tenang").tells(cast.queues(files=(cast.file(b"lain"),)))
    own_id = Attachment.objects.get(report_id=other.report_id).own_id
    others: tuple[tuple[str, dict[str, Any]], ...] = (("report", {}), ("answer", {}), ("file", {"own_id": own_id}))
    for name, parts in others:
        sari.get(address(name, report_id=other.report_id, **parts), status=404)
    sari.get(address("file", report_id=receipt.report_id, own_id=own_id), status=404)
    page = page_of(sari, receipt)
    for ending, name in (("/pesan/", "message"), ("/tambahan/", "addition")):
        fields = dict(form_to(page, ending).submit_fields()) | {"text": "Halo"}
        sari.post(address(name, report_id=other.report_id), params=fields, status=404)
    assert other.register_number not in sari.get(address("reports")).text
    sari.get(address("report", report_id=uuid.uuid4()), status=404)


def test_nothing_is_there_for_who_is_not_signed_in(receipt: Receipt, visitor: Visitor) -> None:
    for name in ("reports", "new_code", "password"):
        assert "/masuk/" in visitor().get(address(name), status=302).location
    assert "/masuk/" in page_of(visitor(), receipt, status=302).location


def test_a_form_of_another_session_changes_nothing(receipt: Receipt, sari: DjangoTestApp) -> None:
    before = lying_about()
    for ending in ("/pesan/", "/tambahan/"):
        form = form_to(page_of(sari, receipt), ending)
        form["text"], form["form_token"] = "Halo", "0" * 32
        if ending == "/tambahan/":
            form["files"] = [photo()]
        form.submit(status=403)
    assert not Addition.objects.exists()
    assert lying_about() == before


def test_words_written_into_an_ended_session_come_back(receipt: Receipt, sari: DjangoTestApp) -> None:
    form = form_to(page_of(sari, receipt), "/pesan/")
    form["text"] = "Tulisan panjang."
    ReporterSession.objects.all().delete()
    page = form.submit(status=403)
    assert "Tulisan panjang." in page.html.find("textarea").text


def test_there_is_no_answer_before_there_is_one(receipt: Receipt, sari: DjangoTestApp) -> None:
    sari.get(address("answer", report_id=receipt.report_id), status=404)


def test_a_late_answer_is_called_late(world: World, receipt: Receipt, sari: DjangoTestApp) -> None:
    late = NOW + datetime.timedelta(days=40)
    deciding.answered(world, receipt, "Maaf terlambat.", at=late)
    assert "dijawab terlambat" in page_of(sari, receipt).text


def test_p19_no_id_of_saris_pages_is_one_of_the_officers(world: World, receipt: Receipt, sari: DjangoTestApp) -> None:
    page = page_of(sari, receipt).text
    case, file = cast.case_of(receipt), Attachment.objects.get(report_id=receipt.report_id)
    assert str(file.own_id) in page
    for hidden in (case.id, file.id, case.agenda_number, file.blob, case.unit_id):
        assert str(hidden) not in page


def test_a_lost_file_is_an_error_and_not_half_a_file(receipt: Receipt, sari: DjangoTestApp) -> None:
    file = Attachment.objects.get(report_id=receipt.report_id)
    blobs.forget([file.blob])
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it is, no answer may have begun
        sari.get(address("file", report_id=receipt.report_id, own_id=file.own_id))
