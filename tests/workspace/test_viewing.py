"""Officers look at pictures, PDFs and texts on a page; nothing of it runs, and each look is logged."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from django_webtest import DjangoTestApp
from PIL import Image

from tests import officers
from tests import world as cast
from tests.files import marks, papers, pictures
from tests.reporters import photo
from tests.world import World, case_of
from wise.audit.models import Entry
from wise.casework.intake import Receipt
from wise.register.models import Attachment

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def _told(content: bytes, name: str = "berkas") -> Receipt:
    file = replace(cast.file(content, name=name), as_is=False)
    return cast.join().tells(cast.queues(files=(file,)))


def _view(browser: DjangoTestApp, receipt: Receipt, *, prefix: str = "") -> Any:
    return officers.case_page(browser, receipt, prefix=prefix).click(href="/lihat/", index=0)


def _two_pages() -> bytes:
    document, out = pikepdf.open(io.BytesIO(papers.PAPERS[0].make())), io.BytesIO()
    document.pages.append(document.pages[0])
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_photograph_is_shown_without_what_it_betrayed(world: World, wulan: DjangoTestApp, prefix: str) -> None:
    receipt = _told(pictures.photo())
    page = _view(wulan, receipt, prefix=prefix)
    answer = wulan.get(page.html.find("img", src=lambda address: "/gambar/" in (address or ""))["src"])

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not marks.left_in(answer.body)
    assert Image.open(io.BytesIO(answer.body)).size == (160, 120)


def test_of_a_pdf_a_page_is_drawn_and_its_words_stand_below(world: World, wulan: DjangoTestApp) -> None:
    page = _view(wulan, _told(_two_pages())).click("Berikutnya")
    assert "Halaman 2 dari 2" in page.text
    assert marks.SHOWN in page.html.find("pre").text
    answer = wulan.get(page.html.find("img", src=lambda address: "/gambar/" in (address or ""))["src"])

    assert answer.headers["Content-Type"] == "image/png"
    darkest = min(Image.open(io.BytesIO(answer.body)).convert("L").tobytes())
    assert darkest < 128  # something is written there
    assert not page.html.find(["iframe", "object", "embed"])


@pytest.mark.parametrize("asked", ["0", "-1", "9999999", "²", "<b>"])
def test_a_page_that_is_not_there_is_another_one(world: World, wulan: DjangoTestApp, asked: str) -> None:
    page = _view(wulan, _told(_two_pages()))
    assert "dari 2" in wulan.get(page.request.path, params={"halaman": asked}).text


def test_words_are_words_whatever_they_say(world: World, wulan: DjangoTestApp) -> None:
    said = "satu\n<script>alert(1)</script>\ndua – “tiga”"
    page = _view(wulan, _told(said.encode(), "catatan.txt"))

    assert page.html.find("pre").text == said
    assert "<script>alert" not in page.text


def test_a_long_text_is_cut_and_says_so(world: World, wulan: DjangoTestApp) -> None:
    page = _view(wulan, _told(b"kata " * 30_000, "catatan.txt"))

    assert len(page.html.find("pre").text) == 100_000
    assert "unduhan" in page.text


def test_a_document_of_an_office_is_for_downloading_alone(world: World, wulan: DjangoTestApp) -> None:
    receipt = _told(papers.word())
    page = officers.case_page(wulan, receipt)
    assert "/lihat/" not in page.text
    file = Attachment.objects.get()
    for ending in ("lihat", "gambar"):
        wulan.get(f"{officers.address(receipt)}berkas/{file.id}/{ending}/", status=404)
    assert page.click("lampiran-01.docx", index=0).headers["Content-Disposition"].startswith("attachment")


def test_a_picture_of_the_unit_is_shown_too_and_what_only_calls_itself_one_is_not(
    world: World, wulan: DjangoTestApp
) -> None:
    receipt = cast.join().tells()
    form = officers.form_of(officers.case_page(wulan, receipt), "attach")
    form["files"] = [photo(pictures.photo(), name="bukti.jpg"), photo(b"<svg onload=alert(1)>", name="palsu.jpg")]
    page = form.submit(status=302).follow()

    assert page.click(href="/lihat/", index=0).html.find("img", src=lambda address: "/gambar/" in (address or ""))
    false = page.html.find_all("a", href=lambda address: (address or "").endswith("/lihat/"))
    answers = {link["href"]: wulan.get(link["href"], expect_errors=True).status_int for link in false}
    assert sorted(answers.values()) == [200, 404]


def test_p29_who_does_not_hold_the_case_sees_no_file_of_it(
    world: World, wulan: DjangoTestApp, visitor: Visitor
) -> None:
    page = _view(wulan, _told(pictures.photo()))
    picture = page.html.find("img", src=lambda address: "/gambar/" in (address or ""))["src"]
    for login in ("ina", "tono"):
        other = officers.sign_in(visitor(), login)
        for address in (page.request.path, picture):
            other.get(address, status=404)
    visitor().get(picture, status=302)


def test_each_look_is_logged(world: World, wulan: DjangoTestApp) -> None:
    receipt = _told(pictures.photo())
    page = _view(wulan, receipt)
    wulan.get(page.html.find("img", src=lambda address: "/gambar/" in (address or ""))["src"])

    looks = Entry.objects.filter(subject=case_of(receipt).id, deed="view")
    assert [entry.facts["file"] for entry in looks] == ["lampiran-01", "lampiran-01"]
