"""The page of a case: what stands there, what can be done, and what happens where it cannot."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import NOW, World, case_of, file, join, queues
from wise.audit.models import Entry
from wise.casework import correspondence
from wise.register import blobs
from wise.register.entry import Reply, Told

WORDS = "Rekaman antrean diminta dari subbagian umum."


@pytest.fixture
def wulan(world: World, visitor: Callable[[], DjangoTestApp]) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def test_the_report_stands_there_as_it_was_told_with_what_is_missing(world: World, wulan: DjangoTestApp) -> None:
    told = Told(what="Antre <tiga> jam.\nLalu pulang.", who="Petugas", reporter_kind="external", reply_medium="letter")
    reply = Reply("letter", "Sari Wijaya", "Jl. Sudirman 24")
    receipt = join().tells(queues(told=told, reply=reply))

    page = officers.case_page(wulan, receipt)

    assert "Antre &lt;tiga&gt; jam.\nLalu pulang." in page.text
    assert "2 dari 5 unsur terisi" in page
    assert page.text.count("tidak disebutkan") == 3
    assert "mengaku anggota masyarakat" in page
    assert "Sari Wijaya" in page
    assert "kirimkan sendiri tanggapan Anda" in page
    assert "Kamis, 19 November 2026" in page
    assert case_of(receipt).agenda_number in page.html.title.text


def test_each_move_of_the_table_has_a_form_and_nothing_else_has(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells()

    assert officers.moves_on(officers.case_page(wulan, receipt)) == [
        "verify",
        "message",
        "note",
        "attach",
        "take_on",
        "assign",
        "dispose",
        "add_task",
        "flag",
        "tag",
        "link_duplicate",
        "exclude",
        "refer",
        "reclassify",
        "split",
        "withdraw_on_paper",
    ]
    page = officers.form_of(officers.case_page(wulan, receipt), "verify").submit().follow()
    assert officers.moves_on(page) == [
        "conclude_verification",
        "ask",
        "name_persons",
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
        "refer",
        "reclassify",
        "split",
        "withdraw_on_paper",
    ]
    assert "kini Anda tangani dan verifikasinya sudah dimulai" in page.html.find(role="status").text
    assert officers.case_page(wulan, receipt).html.find(role="status") is None


def test_every_step_stands_in_the_history_with_who_and_when(world: World, wulan: DjangoTestApp) -> None:
    sari = join()
    receipt = sari.tells()
    world.take("verify", receipt, by="rahmat")
    world.take("note", receipt, by="wulan", note=WORDS)
    world.take("ask", receipt, by="wulan", text="Kapan?", until=NOW.date())
    correspondence.write(uuid.UUID(receipt.report_id), text="Selasa.", by=sari.reporter, keyring=sari.keyring, at=NOW)

    page = officers.case_page(wulan, receipt)
    history = page.html.find(class_="time").text

    assert history.index("Rahmat Hidayat") < history.index(WORDS) < history.index("Kapan?") < history.index("Selasa.")
    assert "20 Oktober 2026, 10.14" in history  # KPKNL Pekanbaru lies in Jakarta's time zone
    assert "Pelapor diminta menjawab" not in page


def test_reading_and_downloading_are_logged_and_a_form_alone_is_not(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells(queues(files=(file(),)))
    case = case_of(receipt)
    page = officers.case_page(wulan, receipt)
    page.click("^lampiran-01.jpg")
    wulan.get(f"{officers.address(receipt)}note/")

    deeds = list(Entry.objects.filter(subject=case.id, by=world.officer("wulan").id).values_list("deed", flat=True))
    assert sorted(deeds) == ["download", "read"]


def test_a_file_comes_as_a_download_that_runs_nowhere(world: World, wulan: DjangoTestApp) -> None:
    content = b"<script>alert(1)</script>" * 4000
    given = replace(file(content, name="../Sari Wijaya\u202egpj.HTML", media_type="text/html"), as_is=True)
    receipt = join().tells(queues(files=(given,)))

    answer = officers.case_page(wulan, receipt).click("lampiran-01")

    assert answer.body == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lampiran-01.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_file_that_cannot_be_opened_is_an_error_page_and_no_half_download(world: World, wulan: DjangoTestApp) -> None:
    stored = file(b"x" * 200_000, name="x.txt")
    receipt = join().tells(queues(files=(stored,)))
    link = officers.case_page(wulan, receipt).html.find("a", string="lampiran-01.txt")
    blobs.path_of(stored.stored.blob).write_bytes(bytes(300))

    assert "Content-Disposition" not in wulan.get(link["href"], status=500).headers


def test_p19_nothing_that_stands_on_the_reporters_page_stands_on_the_officers(
    world: World, wulan: DjangoTestApp
) -> None:
    sari = join()
    receipt = sari.tells(queues(files=(file(name="foto kakak saya.jpg"),)))
    own = sari.report(receipt)

    page = officers.case_page(wulan, receipt).text + wulan.get("/kerja/").text

    for secret in (receipt.report_id, str(own.files[0].row.own_id), "foto kakak saya", receipt.register_number):
        assert secret not in page
    assert sari.reporter.id.hex not in page.replace("-", "")


def test_what_wulan_typed_is_kept_when_something_is_missing(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells()
    world.take("verify", receipt, by="wulan")
    form = officers.form_of(officers.case_page(wulan, receipt), "conclude_verification")
    form["steps"], form["facts"] = WORDS, WORDS
    page = form.submit(status=422)

    assert WORDS in page
    assert page.html.find(role="alert").find("a", href="#conclusion")
    form = officers.form_of(page, "conclude_verification")
    form["conclusion"] = "followed_up"
    assert "Penelaahan" in form.submit().follow()


@pytest.mark.parametrize(("until", "field"), [("2026-10-19", "until"), ("kemarin", "until"), ("", "until")])
def test_a_question_needs_a_day_that_is_still_to_come(
    world: World, wulan: DjangoTestApp, until: str, field: str
) -> None:
    receipt = join().tells()
    world.take("verify", receipt, by="wulan")
    form = officers.form_of(officers.case_page(wulan, receipt), "ask")
    form["text"], form["until"] = "Kapan?", until
    page = form.submit(status=422)

    assert page.html.find(role="alert").find("a", href=f"#{field}")
    assert "Kapan?" in page


def test_what_came_in_meanwhile_is_told_where_a_form_comes_back_for_something_else(
    world: World, wulan: DjangoTestApp
) -> None:
    sari = join()
    receipt = sari.tells()
    world.take("verify", receipt, by="wulan")
    form = officers.form_of(officers.case_page(wulan, receipt), "ask")
    form["text"], form["until"] = "Kapan?", ""
    assert form.submit(status=422).html.find(id="news") is None
    sari.adds(receipt, "Satu hal lagi")
    page = form.submit(status=422)

    assert page.html.find(id="news").parent.find("li")
    form = officers.form_of(page, "ask")
    assert form["text"].value == "Kapan?"
    form["until"] = "2026-10-30"
    form.submit(status=302)


def test_pressing_a_button_twice_acts_once(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells()
    form = officers.form_of(officers.case_page(wulan, receipt), "message")
    form["text"] = "Terima kasih atas pengaduan Anda."
    form.submit(status=302)
    page = form.submit(status=422)

    assert "Terima kasih atas pengaduan Anda." in page
    assert "perkembangan baru" in page.html.find(role="alert").text
    assert case_of(receipt).messages.count() == 1


def test_who_has_seen_what_happened_meanwhile_can_send_all_the_same(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells()
    form = officers.form_of(officers.case_page(wulan, receipt), "note")
    form["note"] = WORDS
    world.take("verify", receipt, by="rahmat")
    page = form.submit(status=422)

    news = page.html.find(id="news").parent
    assert "Verifikasi dimulai 20 Oktober 2026, 10.14 · Rahmat Hidayat" in " ".join(news.find("li").text.split())
    assert news.find("a")["href"] == f"{officers.address(receipt)}#history"
    page = officers.form_of(page, "note").submit().follow()
    assert WORDS in page
    assert "Catatan Anda sudah masuk ke riwayat" in page.html.find(role="status").text


def test_a_move_that_is_no_longer_open_keeps_the_words_and_says_so(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells(queues(stream="suggestion"))
    world.take("verify", receipt, by="wulan")
    form = officers.form_of(officers.case_page(wulan, receipt), "answer")
    form["text"], form["seen"] = "Sudah kami perbaiki.", ""
    world.take("answer", receipt, by="rahmat", text="Sudah.")
    page = form.submit(status=422)

    assert "Sudah kami perbaiki." in page
    assert page.html.find(role="alert") is not None


def test_a_form_alone_has_an_address_of_its_own_while_the_move_is_open(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells()
    page = wulan.get(f"{officers.address(receipt)}message/")
    form = officers.form_of(page, "message")
    form["text"] = "Kami mulai."
    assert "Kami mulai." in form.submit().follow()

    assert wulan.get(f"{officers.address(receipt)}close/", status=302).location == officers.address(receipt)


@pytest.mark.parametrize("name", ["receive", "reply", "record", "nothing"])
def test_what_is_no_move_of_an_officer_is_not_there(world: World, wulan: DjangoTestApp, name: str) -> None:
    receipt = join().tells()

    wulan.get(f"{officers.address(receipt)}{name}/", status=404)


def test_a_form_without_the_sessions_token_is_refused(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells()
    form = officers.form_of(officers.case_page(wulan, receipt), "verify")
    form["form_token"] = "0" * 32
    form.submit(status=403)

    assert case_of(receipt).status_code == "received"


def test_after_a_referral_the_case_is_gone_and_the_inbox_says_where(world: World, wulan: DjangoTestApp) -> None:
    receipt = join().tells()
    form = officers.form_of(officers.case_page(wulan, receipt), "refer")
    assert form["unit"].options[1][2].startswith("Bidang Kepatuhan Internal")  # the Kanwil above comes first
    form["note"], form["unit"] = "Menyangkut lelang", str(world.unit("investigation", office="Inspektorat Jenderal").id)
    page = form.submit(status=302).follow()

    assert "sudah dilimpahkan ke Inspektorat Bidang Investigasi" in page.html.find(role="status").text
    assert page.html.find(class_="empty") is not None
    officers.case_page(wulan, receipt, status=404)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_both_languages_show_the_case_in_their_own_words(world: World, wulan: DjangoTestApp, prefix: str) -> None:
    receipt = join().tells()
    page = officers.case_page(wulan, receipt, prefix=prefix)

    assert page.html.find("html")["lang"] == ("en" if prefix else "id")
    assert ("What was reported" if prefix else "Isi pengaduan") in page


def test_who_names_the_head_of_office_no_longer_has_the_case_and_reads_no_name(
    world: World, wulan: DjangoTestApp
) -> None:
    receipt = join("burung malam").tells(queues())
    world.take("verify", receipt, by="wulan")
    case, hadi = case_of(receipt), world.officer("hadi").name
    page = wulan.get(f"/kerja/perkara/{case.id}/name_persons/")
    form = officers.form_of(page, "name_persons")
    form["reported"] = hadi
    after = form.submit().follow()

    assert case_of(receipt).unit == world.unit().above
    assert world.unit().above.name in after.text  # type: ignore[union-attr]
    assert hadi not in after.text
