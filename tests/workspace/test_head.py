"""The pages of the head of office and of the unit that proposes: what waits, what is decided, what nobody else sees."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_webtest import DjangoTestApp

from tests import deciding, officers, reporters
from tests import world as cast
from tests.reporters import NAME, address, alert
from tests.world import NOW, Teller, World, case_of
from wise.audit.models import Entry
from wise.casework.intake import Receipt
from wise.casework.models import Improvement
from wise.keys import membership
from wise.letters.models import Letter
from wise.people.kinds import Role
from wise.register.entry import Reply
from wise.register.models import Topic

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join(NAME)


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(topic=Topic.objects.get(code="time")))


@pytest.fixture
def hadi(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "hadi")


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def _next(page: Any) -> str:
    return " ".join(page.html.find(id="next").text.split())


def test_hadi_first_reads_what_waits_for_him_what_is_late_and_what_is_to_be_made(
    world: World, sari: Teller, receipt: Receipt, hadi: DjangoTestApp
) -> None:
    page = hadi.get("/kerja/")
    assert "Tidak ada yang menunggu keputusan Anda." in page
    assert "Tidak ada yang terlambat" in page
    assert "Semua tindakan perbaikan yang Anda tetapkan telah selesai." in page

    deciding.proposed(world, receipt)
    late = sari.tells(at=NOW - 40 * deciding.DAY)
    deciding.proposed(world, late)
    improving = sari.tells()
    deciding.approved(world, improving)

    page = hadi.get("/kerja/")
    decisions, overdue, improvements = page.html.find_all("tbody")
    listed = [case_of(each).agenda_number in decisions.text for each in (receipt, late, improving)]
    assert listed == [True, True, False]
    assert case_of(late).agenda_number in overdue.text
    assert case_of(receipt).agenda_number not in overdue.text
    assert case_of(improving).agenda_number in improvements.text
    tabs = [tab["href"].removeprefix("?view=") for tab in page.html.find(class_="rail").find_all("a")]
    assert tabs == ["decide", "urgent", "overdue", "improve", "unit", "soon", "done"]
    assert "Improvements to be made" in hadi.get("/en/kerja/")


def test_the_heads_page_asks_the_database_as_often_for_many_cases_as_for_one(
    world: World, sari: Teller, hadi: DjangoTestApp
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            hadi.get("/kerja/")
        return len(asked)

    deciding.proposed(world, sari.tells(at=NOW - 40 * deciding.DAY))
    deciding.approved(world, sari.tells())
    few = queries()
    for _ in range(4):
        deciding.proposed(world, sari.tells(at=NOW - 40 * deciding.DAY))
        deciding.approved(world, sari.tells())
    assert queries() == few


def test_a_list_of_improvements_has_pages_and_nothing_of_what_they_say(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    assert "Tidak ada tindakan perbaikan" in wulan.get("/kerja/?view=improve")
    deciding.approved(world, receipt)
    one = Improvement.objects.get()
    for _ in range(25):
        one.id = uuid.uuid4()
        one.save(force_insert=True)

    page = wulan.get("/kerja/?view=improve")
    assert deciding.ACTION.what not in page
    second = page.click("Berikutnya")
    assert len(second.html.find("tbody").find_all("tr")) == 1
    assert "Tidak ada tindakan perbaikan" not in second.click("Sebelumnya")


def test_each_page_says_what_is_missing_and_who_has_to_act(
    world: World, receipt: Receipt, hadi: DjangoTestApp, wulan: DjangoTestApp
) -> None:
    assert "memulai verifikasi" in _next(officers.case_page(wulan, receipt))
    deciding.verified(world, receipt)
    assert "rekomendasi dan konsep surat kepada kepala kantor belum ada" in _next(officers.case_page(wulan, receipt))
    deciding.proposed(world, receipt)
    for browser in (hadi, wulan):
        assert "Menunggu keputusan kepala kantor (Pimpinan KPKNL Pekanbaru)" in _next(
            officers.case_page(browser, receipt)
        )
    assert officers.moves_on(officers.case_page(hadi, receipt)) == [
        "konsep",
        "approve",
        "return",
        "note",
        "attach",
        "dispose",
    ]
    listed = [
        "konsep",
        "message",
        "note",
        "attach",
        "assign",
        "dispose",
        "add_task",
        "flag",
        "tag",
        "link_duplicate",
        "exclude",
        "withdraw_on_paper",
    ]
    assert officers.moves_on(officers.case_page(wulan, receipt)) == listed
    deciding.approved(world, receipt)
    said = _next(officers.case_page(wulan, receipt))
    assert "menyampaikan surat" in said
    assert "1 tindakan perbaikan belum dilaksanakan" in said
    assert officers.moves_on(officers.case_page(wulan, receipt))[0] == "answer"


def test_what_a_reporter_added_meanwhile_is_read_before_anything_is_approved(
    world: World, sari: Teller, receipt: Receipt, hadi: DjangoTestApp
) -> None:
    deciding.proposed(world, receipt)
    form = officers.form_of(officers.case_page(hadi, receipt), "approve")
    form["what_1"], form["owner_1"], form["due_1"] = "Tambah loket", "Subbagian Umum", "2026-11-02"
    sari.adds(receipt, "Masih ada lagi")

    page = form.submit(status=422)

    assert "perkembangan baru" in alert(page)
    assert officers.form_of(page, "approve")["what_1"].value == "Tambah loket"
    assert not Letter.objects.filter(kind="response").exists()
    officers.form_of(page, "approve").submit(status=302)
    assert Letter.objects.filter(kind="response").count() == 1
    form.submit(status=422)
    assert Letter.objects.filter(kind="response").count() == 1


def test_who_verified_it_is_told_that_another_head_decides(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    hadi = world.desk("hadi")
    for_head = membership.propose(
        world.officer("wulan"), unit=world.unit("leadership"), role=Role.HEAD, by=world.officer("tono"), at=NOW
    )
    membership.decide(for_head, confirmed=True, by=hadi.officer, keyring=hadi.keyring, at=NOW)
    deciding.proposed(world, receipt)

    page = wulan.get(f"{officers.address(receipt)}approve/")

    assert "Anda sendiri yang memverifikasi perkara ini" in page
    assert page.html.find("input", attrs={"name": "what_1"}) is None


@pytest.mark.parametrize("login", ["yanti", "surya", "maya", "ina", "dewi", "agus", "tono", "kartika"])
def test_p29_for_every_other_role_nothing_of_it_is_there_by_page_by_address_or_by_post(
    world: World, receipt: Receipt, visitor: Visitor, login: str
) -> None:
    browser = officers.sign_in(visitor(), login)
    deciding.verified(world, receipt)
    before = officers.without_token(browser.get("/kerja/"))
    deciding.proposed(world, receipt)
    path, letter = officers.address(receipt), Letter.objects.get()

    for ending in ("", "approve/", "return/", "propose/", "answer/", "konsep/", f"surat/{letter.id}/pdf/"):
        browser.get(f"{path}{ending}", status=404)
    token = officers.forms(browser.get("/kerja/"))[0]["form_token"].value
    for move in ("approve", "return", "konsep", "propose", "answer", "improve"):
        browser.post(f"{path}{move}/", {"form_token": token, "note": "x"}, status=404)

    assert officers.without_token(browser.get("/kerja/")) == before
    assert case_of(receipt).status_code == "proposed"


def test_a_letter_comes_as_pdf_and_as_docx_under_its_number_and_the_deed_is_logged(
    world: World, receipt: Receipt, hadi: DjangoTestApp
) -> None:
    deciding.approved(world, receipt)
    letter = Letter.objects.get(kind="response")
    page = officers.case_page(hadi, receipt)

    for form, beginning in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = page.click(href=f"/surat/{letter.id}/{form}/")
        assert answer.body.startswith(beginning)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="S-1-KNL.0303-2026.{form}"'
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    hadi.get(f"{officers.address(receipt)}surat/{letter.id}/exe/", status=404)
    hadi.get(f"{officers.address(receipt)}surat/{letter.own_id}/pdf/", status=404)
    deeds = Entry.objects.filter(subject=case_of(receipt).id, by=world.officer("hadi").id, deed="download")
    assert deeds.count() == 2


def test_wulan_looks_at_the_draft_in_the_words_that_she_has_just_typed(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    deciding.verified(world, receipt)
    page = wulan.get(f"{officers.address(receipt)}propose/")
    form = officers.form_of(page, "propose")
    button = page.html.find("button", attrs={"formaction": True})
    typed = dict(form.submit_fields())

    answer = wulan.post(button["formaction"], typed)
    assert answer.body.startswith(b"%PDF")
    refused = wulan.post(button["formaction"], typed | {"points": " "}, status=422)
    assert "Content-Disposition" not in refused.headers
    assert not Letter.objects.exists()
    assert case_of(receipt).status_code == "analysing"


def test_sari_reads_the_answer_and_takes_the_letter_once_it_is_delivered(
    world: World, sari: Teller, receipt: Receipt, visitor: Visitor
) -> None:
    browser = visitor()
    reporters.sign_in(browser, pseudonym=NAME)
    deciding.approved(world, receipt)
    letter = Letter.objects.get(kind="response")
    at = address("report", report_id=receipt.report_id)
    letter_at = address("letter", report_id=receipt.report_id, own_id=letter.own_id)
    assert "(PDF)" not in browser.get(at)
    browser.get(letter_at, status=404)

    deciding.answered(world, receipt)
    page = browser.get(at)
    answer = page.click("Surat tanggal 20 Oktober 2026")

    assert answer.body.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="surat-tanggapan.pdf"'
    for hidden in (letter.id, case_of(receipt).id, "Hadi", "Wulan", "Satu loket tutup dua jam", "Buka loket kedua"):
        assert str(hidden) not in page
    assert str(letter.own_id) not in officers.case_page(officers.sign_in(visitor(), "wulan"), receipt)
    other = visitor()
    cast.join("sungai tenang")
    reporters.sign_in(other, pseudonym="sungai tenang")
    other.get(letter_at, status=404)


def test_an_english_copy_is_offered_to_both_sides_where_wulan_wrote_one(
    world: World, sari: Teller, receipt: Receipt, visitor: Visitor, wulan: DjangoTestApp
) -> None:
    hadi = officers.sign_in(visitor(), "hadi")
    deciding.verified(world, receipt)
    form = officers.form_of(wulan.get(f"{officers.address(receipt)}propose/"), "propose")
    form["recommendation"], form["points_en"] = "Jawab", "We apologise.\nA second counter is open."
    form.submit(status=302)
    assert "A second counter is open." in hadi.get(f"{officers.address(receipt)}approve/")
    deciding.answered(world, receipt)
    without = sari.tells()
    deciding.answered(world, without)

    copy = officers.case_page(wulan, receipt).click("Salinan bahasa Inggris")
    assert copy.headers["Content-Disposition"] == 'attachment; filename="S-1-KNL.0303-2026-en.pdf"'
    browser = visitor()
    reporters.sign_in(browser, pseudonym=NAME)
    own = browser.get(address("report", report_id=receipt.report_id)).click("English courtesy copy")
    assert own.body.startswith(b"%PDF")
    assert "English courtesy copy" not in browser.get(address("report", report_id=without.report_id))
    other = Letter.objects.get(case_id=case_of(without).id, kind="response")
    browser.get(address("courtesy", report_id=without.report_id, own_id=other.own_id), status=404)
    wulan.get(f"{officers.address(without)}surat/{other.id}/pdf-en/", status=404)


def test_a8_the_page_says_why_the_answer_goes_the_way_it_goes(
    world: World, sari: Teller, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    by_post = sari.tells(cast.queues(reply=Reply("letter", "Sari Wijaya", "Jalan Melati 1")))
    for each in (receipt, by_post):
        deciding.approved(world, each)

    page = wulan.get(f"{officers.address(receipt)}answer/")
    assert page.html.find("input", value="post") is None
    assert "Surat hanya dikirim melalui pos jika pelapor memberikan nama dan alamat" in page
    page = wulan.get(f"{officers.address(by_post)}answer/")
    assert page.html.find("input", value="post").has_attr("checked")
    assert "Pelapor meminta surat serta memberikan nama dan alamat." in page
    form = officers.form_of(wulan.get(f"{officers.address(receipt)}answer/"), "answer")
    forged = dict(form.submit_fields()) | {"medium": "post", "handed_on": "2026-10-20", "receipt": "RR1"}
    assert alert(wulan.post(form.action, forged, status=422))
    assert case_of(receipt).answered_on is None


def test_a_recommendation_typed_until_the_session_was_over_is_shown_again(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    deciding.verified(world, receipt)
    form = officers.form_of(wulan.get(f"{officers.address(receipt)}propose/"), "propose")
    form["recommendation"] = "Tetapkan petugas pengganti."
    wulan.reset()

    page = form.submit(status=403)

    assert "Tetapkan petugas pengganti." in page
    assert case_of(receipt).status_code == "analysing"
