"""The pages on which officers add files of the unit, name them as evidence, and record a withdrawal on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django_webtest import DjangoTestApp
from webtest import Upload

from tests import deciding, officers, reporters
from tests import world as cast
from tests.reporters import NAME, alert, photo
from tests.world import World, case_of
from wise.casework.intake import Receipt
from wise.casework.models import Exhibit, Step
from wise.register import blobs

type Visitor = Callable[[], DjangoTestApp]
CONTENT = b"<script>alert(1)</script>"


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join(NAME).tells(cast.queues(files=(cast.file(),)))


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def _form(browser: DjangoTestApp, receipt: Receipt, *files: Upload, move: str = "attach", **typed: Any) -> Any:
    form = officers.form_of(officers.case_page(browser, receipt), move)
    for name, value in typed.items():
        form[name] = value
    if files:
        form["files"] = list(files)
    return form


def _on_paper(browser: DjangoTestApp, receipt: Receipt, *files: Upload, **typed: Any) -> Any:
    told = {"paper_on": "2026-10-20", "note": "Dibawa pelapor ke loket"} | typed
    return _form(browser, receipt, *files, move="withdraw_on_paper", **told)


def _lying_about() -> set[Path]:
    return {path for path in Path(settings.WISE_FILES_DIR).rglob("*") if path.is_file()}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_p25_what_wulan_adds_stands_on_the_case_and_comes_as_a_download_that_runs_nowhere(
    receipt: Receipt, wulan: DjangoTestApp, prefix: str
) -> None:
    form = _form(wulan, receipt, Upload("../BA\u202efdp.HTML", CONTENT, "text/html"), photo(), note="Rekaman loket")
    page = form.submit(status=302).follow()
    assert "Berkas sudah tercatat" in page.html.find(role="status").text

    page = officers.case_page(wulan, receipt, prefix=prefix)
    card = page.html.find(attrs={"aria-labelledby": "exhibits"})
    assert [link.text for link in card.find_all("a") if "/lihat/" not in link["href"]] == [
        "berkas-01.html",
        "berkas-02.jpg",
    ]
    assert "BAfdp.HTML" in card.text
    assert "Rekaman loket" in page.html.find(class_="time").text

    answer = page.click("berkas-01.html", index=0)
    assert answer.body == CONTENT
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="berkas-01.html"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"].startswith(("no-store", "max-age=0"))


def test_no_page_of_saris_shows_it(receipt: Receipt, wulan: DjangoTestApp, visitor: Visitor) -> None:
    _form(wulan, receipt, photo(name="rahasia unit.jpg"), note="Catatan dalam").submit(status=302)
    sari = visitor()
    reporters.sign_in(sari, status=302)
    page = sari.get(reporters.address("report", report_id=receipt.report_id))
    row = Exhibit.objects.get()
    for word in ("rahasia unit", "berkas-01", str(row.id), str(row.blob), "Catatan dalam", "Wulan"):
        assert word not in page.text
    sari.get(reporters.address("file", report_id=receipt.report_id, own_id=row.id), status=404)
    sari.get(f"{officers.address(receipt)}berkas/{row.id}/", status=302)


@pytest.mark.parametrize(
    ("file", "said", "status"),
    [
        (Upload("kosong.pdf", b"", "application/pdf"), "kosong.pdf", 422),
        (Upload("besar.mp4", bytes(blobs.LARGEST + 1), "video/mp4"), "10 MB", 413),
    ],
    ids=["empty", "too large"],
)
def test_p27_a_file_that_cannot_be_taken_is_named_and_the_words_are_kept(
    receipt: Receipt, wulan: DjangoTestApp, file: Upload, said: str, status: int
) -> None:
    before = _lying_about()
    page = _form(wulan, receipt, photo(), file, note="Foto dari loket").submit(status=status)
    assert said in alert(page)
    assert "pilih berkasnya lagi" in alert(page)
    again = officers.form_of(page, "attach")
    assert again["note"].value == "Foto dari loket"
    assert not Exhibit.objects.exists()
    assert _lying_about() == before

    again["files"] = [photo(bytes(blobs.LARGEST), name="n" * 400 + ".jpg")]
    again.submit(status=302)
    assert Exhibit.objects.count() == 1
    shown = officers.case_page(wulan, receipt).html.find(attrs={"aria-labelledby": "exhibits"})
    assert "n" * 251 + ".jpg" in shown.text


def test_without_a_file_or_with_too_many_nothing_is_added(receipt: Receipt, wulan: DjangoTestApp) -> None:
    before = _lying_about()
    empty = _form(wulan, receipt, note="Tanpa berkas").submit(status=422)
    assert "Pilih sekurang-kurangnya satu berkas" in alert(empty)
    many = [photo(name=f"foto-{number}.jpg") for number in range(21)]
    assert "foto-20.jpg" in alert(_form(wulan, receipt, *many).submit(status=413))
    assert not Exhibit.objects.exists()
    assert _lying_about() == before


def test_a_stale_page_adds_nothing_twice(receipt: Receipt, wulan: DjangoTestApp) -> None:
    form = _form(wulan, receipt, photo(), note="Foto")
    form.submit(status=302)
    before = _lying_about()
    page = form.submit(status=422)
    assert "Berkas unit ditambahkan" in page.text
    assert "pilih berkasnya lagi" in alert(page)
    assert Exhibit.objects.count() == 1
    assert _lying_about() == before


def test_a_form_without_this_sessions_token_leaves_nothing(receipt: Receipt, wulan: DjangoTestApp) -> None:
    before = _lying_about()
    for move in ("attach", "note"):
        form = officers.form_of(officers.case_page(wulan, receipt), move)
        form["form_token"] = "0" * 32
        form.submit(status=403)
    form = _form(wulan, receipt, photo())
    form["form_token"] = "0" * 32
    form.submit(status=403)
    assert not Exhibit.objects.exists()
    assert _lying_about() == before


@pytest.mark.parametrize("login", ["surya", "hadi", "maya", "ina", "dewi", "tono", "agus", "kartika"])
def test_p29_nobody_else_reaches_a_file_or_adds_one_by_address_or_post(
    receipt: Receipt, wulan: DjangoTestApp, visitor: Visitor, login: str
) -> None:
    _form(wulan, receipt, photo()).submit(status=302)
    before, path = _lying_about(), officers.address(receipt)
    browser = officers.sign_in(visitor(), login)
    token = re.search(r'name="form_token" value="([0-9a-f]+)"', browser.get("/kerja/").text)
    assert token is not None
    browser.get(f"{path}berkas/{Exhibit.objects.get().id}/", status=404)
    for move in ("attach", "withdraw_on_paper"):
        browser.get(f"{path}{move}/", status=404)
        given = {"form_token": token[1], "paper_on": "2026-10-20", "note": "x"}
        browser.post(f"{path}{move}/", given, upload_files=[("files", "x.jpg", b"x")], status=404)
    assert Exhibit.objects.count() == 1
    assert _lying_about() == before


def test_hadi_opens_beside_the_proposal_what_the_verification_rests_on(
    world: World, receipt: Receipt, wulan: DjangoTestApp, visitor: Visitor
) -> None:
    _form(wulan, receipt, photo(CONTENT, name="antrean.jpg")).submit(status=302)
    world.take("verify", receipt, by="wulan")
    form = _form(wulan, receipt, move="conclude_verification", steps="Diperiksa", facts="Satu loket tutup")
    form["conclusion"] = "followed_up"
    page = officers.case_page(wulan, receipt)
    assert "berkas-01.jpg (antrean.jpg)" in page.text
    form.set("rests_on", value=True, index=1)
    page = form.submit(status=302).follow()
    part = next(part for part in page.html.find(class_="time").find_all("dd") if "berkas-01.jpg" in part.text)
    assert part.find("a")["href"].endswith(f"/berkas/{Exhibit.objects.get().id}/")
    assert "lampiran-01" not in part.text

    deciding.proposed(world, receipt)
    hadi = officers.sign_in(visitor(), "hadi")
    approve = officers.case_page(hadi, receipt).click(href=r"/approve/$")
    assert "Berkas yang menjadi dasar" in approve.text
    assert approve.click("berkas-01.jpg", index=0).body == CONTENT
    _form(hadi, receipt, photo(name="arahan.jpg")).submit(status=302)
    assert Exhibit.objects.count() == 2


def test_a_note_that_names_a_file_of_no_case_is_refused_and_kept(receipt: Receipt, wulan: DjangoTestApp) -> None:
    form = _form(wulan, receipt, move="note", note="Lihat berkas")
    token, seen = form["form_token"].value, form["seen"].value
    given = {"form_token": token, "seen": seen, "note": "Lihat berkas", "rests_on": "berkas-09"}
    page = wulan.post(f"{officers.address(receipt)}note/", given, status=422)
    again = officers.form_of(page, "note")
    assert again["note"].value == "Lihat berkas"
    again.submit(status=302)


@pytest.mark.parametrize(
    ("prefix", "said"), [("", "dicabut atas permintaan Anda"), ("/en", "withdrawn at your request")]
)
def test_a_withdrawal_on_paper_is_recorded_once_and_told_to_both(
    receipt: Receipt, wulan: DjangoTestApp, visitor: Visitor, prefix: str, said: str
) -> None:
    page = _on_paper(wulan, receipt, photo(name="surat.jpg")).submit(status=302).follow()
    assert "Pencabutan pada perkara" in page.html.find(role="status").text
    assert "surat bertanda tangan" in page.html.find("article").find(class_="note").text
    assert "berkas-01.jpg" in page.html.find(class_="time").text
    assert "withdraw_on_paper" not in officers.moves_on(page)
    wulan.get(f"{officers.address(receipt)}withdraw_on_paper/", status=302)

    sari = visitor()
    reporters.sign_in(sari, status=302)
    page = sari.get(reporters.address("report", "en" if prefix else "id", report_id=receipt.report_id))
    assert said in page.text
    assert "/cabut/" not in page.text
    assert "Dibawa pelapor" not in page.text


def test_the_scan_can_be_a_file_that_is_there(receipt: Receipt, wulan: DjangoTestApp) -> None:
    _form(wulan, receipt, photo()).submit(status=302)
    _on_paper(wulan, receipt, scan="berkas-01").submit(status=302)
    assert Exhibit.objects.count() == Step.objects.filter(move="withdraw_on_paper").count() == 1


@pytest.mark.parametrize(
    ("typed", "files", "said"),
    [
        ({}, (), "hasil pindai"),
        ({"paper_on": "2026-10-21"}, (photo(),), "masa depan"),
        ({"paper_on": "2026-10-19"}, (photo(),), "lebih awal"),
        ({"paper_on": ""}, (photo(),), "Tanggal yang tercantum"),
        ({"paper_on": "kemarin"}, (photo(),), "tanggal yang valid"),
        ({"note": ""}, (photo(),), "Cara surat diterima"),
        ({}, (photo(b"", name="kosong.pdf"),), "kosong.pdf"),
    ],
)
def test_a_paper_that_says_too_little_is_told_so_and_what_was_typed_is_kept(
    receipt: Receipt, wulan: DjangoTestApp, typed: dict[str, str], files: tuple[Upload, ...], said: str
) -> None:
    before = _lying_about()
    page = _on_paper(wulan, receipt, *files, **typed).submit(status=422)
    assert said in alert(page)
    again = officers.form_of(page, "withdraw_on_paper")
    assert again["note"].value == typed.get("note", "Dibawa pelapor ke loket")
    assert not Step.objects.filter(case=case_of(receipt)).exclude(move="receive").exists()
    assert _lying_about() == before
