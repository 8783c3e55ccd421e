"""From the counter to the answer: Sari gives no name, gets a slip from Dewi, and reads the letter with its words."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import deciding, officers
from tests.reporters import address, alert, form_to, secret
from tests.world import NOW, World
from wise.audit import proof
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.casework.models import Case
from wise.register.models import BoxFind

type Visitor = Callable[[], DjangoTestApp]
WHAT = "Antre tiga jam, loket kedua tutup."


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def record(dewi: DjangoTestApp, **typed: str) -> Any:
    """Dewi takes it down and hands it over; the page with the slip."""
    form = form_to(dewi.get("/kerja/catat/"), field="channel")
    for name, value in ({"channel": "counter", "stream": "service", "concerns": "none", "what": WHAT} | typed).items():
        form[name] = value
    return form_to(form.submit(status=302).follow(), field="send").submit("send", status=302).follow()


def ask(browser: DjangoTestApp, number: str, words: str = "", **asked: Any) -> Any:
    """At `/status/`."""
    form = form_to(browser.get(address("status")), field="register_number")
    form["register_number"], form["passphrase"] = number, words
    return form.submit(**asked)


def receipt_of(case: Case) -> Receipt:
    """What the helpers of the stories know a case by."""
    return Receipt(str(case.report_id), "", "", "", "", "", "", "")


def test_b7_a_counter_complaint_whose_slip_opens_the_answer(world: World, visitor: Visitor) -> None:
    dewi = officers.sign_in(visitor(), "dewi")
    page = record(dewi)
    number, words = secret(page, "register-number"), secret(page, "passphrase")
    form_to(page, field="kept").submit("kept", status=302)
    case = Case.objects.get()

    sari = visitor()
    assert "telah kami terima" in ask(sari, number).text
    exchange = ask(sari, number, words, status=302).follow()
    own = secret(exchange, "passphrase")
    report = form_to(exchange, field="kept").submit("kept", status=302).follow().follow()
    message = form_to(report, "/pesan/")
    message["text"] = "Saya tambahkan: loket pertama pun tutup pukul dua."
    message.submit(status=302)
    form_to(sari.get(address("reports")).follow(), "/keluar/").submit()

    deciding.answered(world, receipt_of(case), "Loket kedua sudah dibuka.", indicated=False, actions=())

    back = ask(visitor(), number, own, status=302).follow().follow()
    assert "Loket kedua sudah dibuka." in back.text
    assert "loket pertama pun tutup" in back.text
    letter = back.click(href="/surat/")
    assert letter.body[:5] == b"%PDF-"
    assert "tidak cocok" in alert(ask(dewi, number, words, status=422))
    dewi.get(f"/kerja/perkara/{case.id}/", status=404)
    assert (proof.verify(), book.verify()) == ([], [])


def test_b1_what_was_in_the_box_is_counted_recorded_and_handed_over(world: World, visitor: Visitor) -> None:
    dewi = officers.sign_in(visitor(), "dewi")
    form = form_to(dewi.get("/kerja/kotak/"), field="witness")
    form["witness"], form["found"] = "Oki Saputra", "2"
    form["opened_on"], form["opened_time"] = "2026-10-20", "08:00"
    form.submit(status=302)
    for what in (WHAT, "Toilet tidak ada air."):
        opening = form_to(dewi.get("/kerja/catat/"), field="opening")["opening"].options[1][0]
        page = record(dewi, channel="box", what=what, opening=opening)
        assert page.html.find(id="passphrase") is None
        form_to(page, field="kept").submit("kept", status=302)

    assert "belum dicatat" not in dewi.get("/kerja/kotak/").text
    assert len(form_to(dewi.get("/kerja/catat/"), field="opening")["opening"].options) == 1
    assert BoxFind.objects.count() == 2
    wulan = officers.sign_in(visitor(), "wulan")
    assert len(wulan.get("/kerja/").html.find("tbody").find_all("tr")) == 2
    assert (proof.verify(), book.verify()) == ([], [])
