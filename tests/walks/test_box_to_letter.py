"""From a paper in the box, and from a letter, to the signed answer: the FAQ's mechanism (B1–B6) by the real forms."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import officers
from tests.reporters import alert, form_to, secret
from tests.world import NOW, World
from wise.audit import proof
from wise.casework import proof as book
from wise.casework.models import Case

type Visitor = Callable[[], DjangoTestApp]
WHAT = "Antrean tiga jam, satu loket tutup."


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def dewi(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "dewi")


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


@pytest.fixture
def hadi(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "hadi")


def _records(dewi: DjangoTestApp, **typed: str) -> str:
    """Dewi takes a paper down and hands it over; returns the address of the case, which is not there for her."""
    form = form_to(dewi.get("/kerja/catat/"), field="channel")
    for name, value in ({"stream": "service", "concerns": "none", "topic": "time", "what": WHAT} | typed).items():
        form[name] = value
    check = form.submit(status=302).follow()
    form_to(check, field="send").submit("send", status=302).follow()
    case = Case.objects.latest("agenda_number")
    address = f"/kerja/perkara/{case.id}/"
    dewi.get(address, status=404)
    return address


def _takes(browser: DjangoTestApp, address: str, move: str, *, status: int = 302, **typed: str) -> Any:
    """Open the case, fill the form of a move, press its button; returns the page that comes."""
    form = officers.form_of(browser.get(address), move)
    for name, value in typed.items():
        form[name] = value
    page = form.submit(status=status)
    return page.follow() if status == 302 else page


def _says(page: Any) -> str:
    return str(page.html.find(role="status").text)


def test_a_paper_from_the_box_with_indication_is_returned_approved_improved_and_closed(
    dewi: DjangoTestApp, wulan: DjangoTestApp, hadi: DjangoTestApp
) -> None:
    address = _records(dewi, channel="box")
    _takes(wulan, address, "verify")
    page = _takes(
        wulan,
        address,
        "conclude_verification",
        steps="Rekaman antrean diperiksa.",
        facts="Loket dua tutup tanpa pengganti.",
        conclusion="followed_up",
    )
    assert "rekomendasi dan konsep surat" in page.html.find(id="next").text
    hadi.get(address, status=404)

    # Wulan proposes; it lies before Hadi, and she cannot decide herself.
    page = _takes(wulan, address, "propose", recommendation="Tetapkan petugas pengganti.")
    assert "Menunggu keputusan kepala kantor" in page.html.find(id="next").text
    assert wulan.get(f"{address}approve/", status=302).location == address
    home = hadi.get("/kerja/")
    assert "Menunggu keputusan Anda" in home
    assert "ND-1/KNL.0303/2026" in home.click("Waktu pelayanan")

    # Returned, with a reason; proposed again in other words.
    assert alert(_takes(hadi, address, "return", status=422, note=" "))
    _takes(hadi, address, "return", note="Sebutkan mulai kapan.")
    page = wulan.get(address)
    assert "Sebutkan mulai kapan." in page
    form = officers.form_of(page, "propose")
    assert form["recommendation"].value == "Tetapkan petugas pengganti."
    form["points"] = "Kami mohon maaf.\nSejak 2 November 2026 loket dua mempunyai petugas pengganti."
    form.submit(status=302)

    # Approved: not without an improvement, and then with the next number.
    page = hadi.get(address).click("Setujui", index=0)
    assert "Sejak 2 November 2026 loket dua" in page
    assert page.click("Konsep dalam bentuk PDF").body.startswith(b"%PDF")
    assert alert(officers.form_of(page, "approve").submit(status=422))
    page = _takes(
        hadi, address, "approve", what_1="Petugas pengganti loket", owner_1="Subbagian Umum", due_1="2026-11-02"
    )
    assert "telah bernomor" in _says(page)
    assert "S-1/KNL.0303/2026" in page
    assert page.click("PDF", index=1).body.startswith(b"%PDF")

    # Nobody can be reached: the letter stays in the file. The improvement is shown to be done, and the case closed.
    page = _takes(wulan, address, "answer", text="Surat disimpan dalam berkas.")
    assert "Pelapor tidak dapat dihubungi" in page
    assert "Perbaikan berjalan" in hadi.get("/kerja/?view=improve")
    _takes(wulan, address, "improve", note="Jadwal baru berlaku sejak Senin.")
    page = _takes(wulan, address, "close")
    assert "Tidak ada yang perlu bertindak" in page

    assert "Jadwal baru berlaku sejak Senin." in hadi.get(address)
    case = Case.objects.get()
    assert (case.status_code, case.outcome, case.answer_medium) == ("closed", "proven", "none")
    assert proof.verify() == []
    assert book.verify() == []


def test_a_letter_without_indication_is_answered_by_post_with_the_receipts_number(
    dewi: DjangoTestApp, wulan: DjangoTestApp, hadi: DjangoTestApp
) -> None:
    given = {"channel": "letter", "reply": "letter", "reply_name": "Sari Wijaya", "reply_address": "Jalan Melati 1"}
    address = _records(dewi, **given)
    _takes(wulan, address, "verify")
    _takes(
        wulan,
        address,
        "conclude_verification",
        steps="Petugas ditanyai.",
        facts="Loket buka sesuai jadwal.",
        conclusion="not_followed_up",
    )
    form = officers.form_of(wulan.get(address), "propose")
    assert "tidak menemukan indikasi" in form["points"].value
    draft = form.submit(status=422)  # without a recommendation
    assert alert(draft)
    _takes(wulan, address, "propose", recommendation="Jawab tanpa tindakan.")

    page = hadi.get(address).click("Setujui", index=0)
    assert "Sari Wijaya" in page
    assert "what_1" not in page
    _takes(hadi, address, "approve")

    page = wulan.get(address).click("Tanggapi pelapor", index=0)
    form = officers.form_of(page, "answer")
    assert form["medium"].value == "post"
    assert "dimuat dalam surat nomor S-1/KNL.0303/2026" in form["text"].value
    page = form.submit(status=422)
    assert "nomor resi pos" in alert(page)
    form = officers.form_of(page, "answer")
    form["receipt"] = "RR 123 456 789 ID"
    page = form.submit(status=302).follow()
    assert "RR 123 456 789 ID" in page
    _takes(wulan, address, "close")
    assert Case.objects.get().answer_medium == "post"
    assert proof.verify() == []
    assert book.verify() == []


def test_who_complained_at_the_counter_reads_the_answer_and_takes_the_letter_with_the_slip(
    dewi: DjangoTestApp, wulan: DjangoTestApp, hadi: DjangoTestApp, visitor: Visitor
) -> None:
    form = form_to(dewi.get("/kerja/catat/"), field="channel")
    told = {"channel": "counter", "stream": "service", "concerns": "none", "topic": "time", "what": WHAT}
    for name, value in told.items():
        form[name] = value
    check = form.submit(status=302).follow()
    slip = form_to(check, field="send").submit("send", status=302).follow()
    number, words = secret(slip, "register-number"), secret(slip, "passphrase")
    address = f"/kerja/perkara/{Case.objects.get().id}/"
    _takes(wulan, address, "verify")
    _takes(
        wulan,
        address,
        "conclude_verification",
        steps="Rekaman antrean diperiksa.",
        facts="Loket dua tutup.",
        conclusion="followed_up",
    )
    _takes(wulan, address, "propose", recommendation="Tetapkan petugas pengganti.")
    _takes(hadi, address, "approve", what_1="Petugas pengganti", owner_1="Subbagian Umum", due_1="2026-11-02")
    _takes(wulan, address, "answer", text="Loket dua kini mempunyai petugas pengganti.", medium="page")

    sari = visitor()
    form = form_to(sari.get("/status/"), field="register_number")
    form["register_number"], form["passphrase"] = number, words
    page = form.submit(status=302).follow()
    page = form_to(page, field="kept").submit("kept", status=302).follow().follow()

    assert "Loket dua kini mempunyai petugas pengganti." in page
    assert page.click("Surat tanggal").body.startswith(b"%PDF")
    assert "Rekaman antrean" not in page
