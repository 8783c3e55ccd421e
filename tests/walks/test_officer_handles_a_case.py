"""A whole story at the officers' pages: found, read, asked, verified, referred to IBI, answered, closed."""

import uuid
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import officers
from tests.officers import case_page, form_of
from tests.world import NOW, Teller, World, case_of, file, join, queues
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import correspondence
from wise.casework.intake import Receipt
from wise.register.models import Topic


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def take(browser: DjangoTestApp, receipt: Receipt, move: str, *, prefix: str = "", **typed: str) -> str:
    """Open the case, fill the form of a move, press its button; returns the page that comes."""
    form = form_of(case_page(browser, receipt, prefix=prefix), move)
    for name, value in typed.items():
        form[name] = value
    return str(form.submit(status=302).follow().text)


def sari_answers(sari: Teller, receipt: Receipt, text: str) -> None:
    correspondence.write(uuid.UUID(receipt.report_id), text=text, by=sari.reporter, keyring=sari.keyring, at=NOW)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_from_the_inbox_of_a_kpknl_to_the_answer_of_ibi(
    world: World, visitor: Callable[[], DjangoTestApp], prefix: str
) -> None:
    sari = join()
    receipt = sari.tells(queues(topic=Topic.objects.get(code="attitude"), files=(file(b"foto"),)))
    wulan, ina = visitor(), visitor()
    officers.sign_in(wulan, "wulan", prefix=prefix)
    officers.sign_in(ina, "ina", prefix=prefix)

    # Wulan finds it, reads it, looks at the photo.
    page = wulan.get(f"{prefix}/kerja/").click("Attitude of staff" if prefix else "Sikap petugas")
    assert "Antre di loket tiga jam" in page
    assert page.click("^lampiran-01").body == b"foto"
    ina.get(page.request.path, status=404)

    # She asks; Sari answers; the case goes on.
    take(wulan, receipt, "verify", prefix=prefix)
    take(wulan, receipt, "ask", prefix=prefix, text="Nomor antrean berapa?", until="2026-10-27")
    assert "Nomor antrean berapa?" in [event.text for event in sari.report(receipt).timeline]
    sari_answers(sari, receipt, "B-017")
    assert "B-017" in case_page(wulan, receipt, prefix=prefix)

    # It is more than a matter of service: IBI gets it, with what was noted, and Wulan's unit no longer has it.
    take(wulan, receipt, "note", prefix=prefix, note="Petugas meminta uang")
    ibi = str(world.unit("investigation", office="Inspektorat Jenderal").id)
    take(wulan, receipt, "refer", prefix=prefix, note="Menyangkut pungutan", unit=ibi)
    case_page(wulan, receipt, prefix=prefix, status=404)

    # Ina verifies, examines nothing that she has no words for, answers and closes.
    page = case_page(ina, receipt, prefix=prefix)
    assert "Petugas meminta uang" in page
    assert "Menyangkut pungutan" in page
    take(ina, receipt, "verify", prefix=prefix)
    take(ina, receipt, "conclude_verification", prefix=prefix, note="Terbukti", conclusion="followed_up")
    take(ina, receipt, "act", prefix=prefix, note="Ditegur")
    take(ina, receipt, "conclude", prefix=prefix, note="Saksi dua orang", conclusion="partly_proven")
    take(ina, receipt, "answer", prefix=prefix, text="Petugas telah ditegur. Terima kasih.")
    take(ina, receipt, "close", prefix=prefix)

    case = case_of(receipt)
    assert (case.status_code, case.outcome, case.is_open) == ("closed", "partly_proven", False)
    assert officers.moves_on(case_page(ina, receipt, prefix=prefix)) == ["message", "note", "attach", "tag", "exclude"]

    # Sari reads the answer and nothing of how it came about.
    report = sari.report(receipt)
    assert report.answer is not None
    assert report.answer.text == "Petugas telah ditegur. Terima kasih."
    told = " ".join(f"{event.title} {event.text} {event.who}" for event in report.timeline)
    assert not [word for word in ("Wulan", "Ina ", "meminta uang", "Saksi", "Ditegur", "pungutan") if word in told]
    deeds = set(Entry.objects.filter(subject=case.id).values_list("deed", flat=True))
    assert {"read", "download", "verify", "ask", "note", "refer", "answer", "close"} <= deeds
    assert proof.verify() == []


def test_a_colleague_of_another_office_finds_nothing_of_it(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    receipt = join().tells(queues(files=(file(),)))
    path = officers.address(receipt)
    wulan = officers.sign_in(visitor(), "wulan")
    page = case_page(wulan, receipt)
    download = page.html.find("a", string="lampiran-01.jpg")["href"]
    yanti = officers.sign_in(visitor(), "yanti")
    before = officers.without_token(yanti.get("/kerja/"))

    for address in (path, f"{path}verify/", download):
        yanti.get(address, status=404)
    token = officers.forms(yanti.get("/kerja/"))[0]["form_token"].value
    yanti.post(f"{path}verify/", {"form_token": token}, status=404)

    assert case_of(receipt).status_code == "received"
    assert officers.without_token(yanti.get("/kerja/")) == before
    assert "PGD-" not in before


def test_what_one_unit_noted_before_a_case_came_back_the_unit_between_never_reads(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    receipt = join().tells()
    wulan, yanti = officers.sign_in(visitor(), "wulan"), officers.sign_in(visitor(), "yanti")
    kanwil = world.unit(office="Kanwil DJKN Riau, Sumatera Barat, dan Kepulauan Riau")

    take(wulan, receipt, "verify")
    take(wulan, receipt, "refer", note="Mohon diteliti", unit=str(kanwil.id))
    take(yanti, receipt, "refer", note="Dikembalikan", unit=str(world.unit().id))
    take(wulan, receipt, "note", note="Sekarang rahasia")
    page = take(wulan, receipt, "refer", note="Kedua kali", unit=str(kanwil.id))

    assert "Tidak ada perkara" in page
    page = case_page(yanti, receipt)
    assert "Mohon diteliti" in page
    assert "Dikembalikan" in page
