"""The files of the unit: Wulan adds them, the head and the next unit open them, reporters and former units do not."""

import dataclasses
import datetime
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import deciding
from tests import world as cast
from tests.world import NOW, Teller, World, case_of
from wise.audit import log, proof
from wise.casework import access, actions, evidence, exhibits, papers, reading, sealing
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.casework.models import Exhibit
from wise.crypto.errors import Unopenable
from wise.refusals import NotThere, Refused
from wise.register import blobs

DAY = datetime.timedelta(days=1)
MARK = b"hasil pemeriksaan rekaman antrean"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(files=(cast.file(name="saya-sari.jpg"),)))


def _attaches(world: World, receipt: Receipt, *, by: str = "wulan", name: str = "BA rekaman.pdf", **given: Any) -> None:
    world.take("attach", receipt, by=by, **({"files": (cast.file(MARK, name=name),)} | given))


def _takes(world: World, receipt: Receipt, exhibit: Exhibit, *, by: str) -> bytes:
    found = reading.file_of(case_of(receipt).id, exhibit.id, desk=world.desk(by), at=NOW)
    return b"".join(found.chunks())


def test_a_file_of_the_unit_stands_in_the_history_and_is_taken_by_colleagues(world: World, receipt: Receipt) -> None:
    _attaches(world, receipt)
    _attaches(world, receipt, by="rahmat", name="foto.PNG", note="Foto loket")

    opened = world.read(receipt, by="rahmat")
    assert [(row.row.label, row.neutral_name, row.name) for row in opened.exhibits] == [
        ("berkas-01", "berkas-01.pdf", "BA rekaman.pdf"),
        ("berkas-02", "berkas-02.png", "foto.PNG"),
    ]
    first, second = [event for event in opened.timeline if event.move == "attach"]
    assert [(event.who, event.text, [file.row.label for file in event.files]) for event in (first, second)] == [
        ("Wulan Sari", "", ["berkas-01"]),
        (world.officer("rahmat").name, "Foto loket", ["berkas-02"]),
    ]
    assert _takes(world, receipt, opened.exhibits[0].row, by="rahmat") == MARK
    last = log.facts_about(case_of(receipt).id, deed="download")
    assert [*last] == [{"file": "berkas-01"}]
    assert proof.verify() == book.verify() == []


def test_sari_sees_nothing_of_them(world: World, sari: Teller, receipt: Receipt) -> None:
    before = sari.report(receipt)
    _attaches(world, receipt)
    after = sari.report(receipt)

    assert (after.files, after.timeline) == (before.files, before.timeline)
    keys = access.keys_of(case_of(receipt), keyring=sari.keyring)
    assert exhibits.of_case(case_of(receipt), keys=keys) == []
    with pytest.raises(NotThere):
        reading.own_file(
            case_of(receipt).report_id, Exhibit.objects.get().id, reporter=sari.reporter, keyring=sari.keyring
        )


def test_p29_nobody_else_takes_or_adds_one(world: World, receipt: Receipt) -> None:
    _attaches(world, receipt)
    row = Exhibit.objects.get()
    for login in ("surya", "yanti", "maya", "ina", "hadi", "dewi", "tono", "agus", "kartika", "kusuma"):
        with pytest.raises(NotThere):
            _takes(world, receipt, row, by=login)
        with pytest.raises(NotThere):
            _attaches(world, receipt, by=login)
    assert Exhibit.objects.count() == 1


def test_a_file_of_another_case_is_not_there(world: World, sari: Teller, receipt: Receipt) -> None:
    other = sari.tells()
    _attaches(world, other)
    with pytest.raises(NotThere):
        _takes(world, receipt, Exhibit.objects.get(), by="wulan")


def test_the_next_unit_reads_what_was_there_and_the_former_unit_nothing_of_either(
    world: World, receipt: Receipt
) -> None:
    _attaches(world, receipt)
    old = Exhibit.objects.get()
    world.take("refer", receipt, by="wulan", note="Di luar kewenangan", unit=world.ibi)
    _attaches(world, receipt, by="ina", name="analisis.xlsx")
    new = Exhibit.objects.get(position=2)

    assert _takes(world, receipt, old, by="ina") == _takes(world, receipt, new, by="ina") == MARK
    for row in (old, new):
        with pytest.raises(NotThere):
            _takes(world, receipt, row, by="wulan")
    assert new.unit == world.ibi
    assert proof.verify() == book.verify() == []


def test_the_head_opens_what_the_verification_rests_on_and_adds_to_it(world: World, receipt: Receipt) -> None:
    _attaches(world, receipt)
    world.take("verify", receipt, by="wulan")
    given: dict[str, Any] = {"steps": "Rekaman diperiksa", "facts": "Satu loket tutup", "conclusion": "followed_up"}
    world.take("conclude_verification", receipt, by="wulan", rests_on=("lampiran-01", "berkas-01"), **given)
    deciding.proposed(world, receipt)

    shown = papers.for_move(case_of(receipt).id, desk=world.desk("hadi"), at=NOW)
    assert [file.neutral_name for file in shown.files] == ["lampiran-01.jpg", "berkas-01.pdf"]
    assert _takes(world, receipt, Exhibit.objects.get(), by="hadi") == MARK
    note = next(letter for letter in world.read(receipt, by="hadi").letters if letter.letter.kind == "note")
    assert "lampiran-01, berkas-01" in str(dataclasses.asdict(note.content))

    _attaches(world, receipt, by="hadi", name="arahan.pdf")
    assert _takes(world, receipt, Exhibit.objects.get(position=2), by="wulan") == MARK
    with pytest.raises(NotThere):
        _attaches(world, receipt, by="edi")


def test_a_head_opens_no_file_of_a_unit_that_had_the_case_before(world: World, receipt: Receipt) -> None:
    _attaches(world, receipt)
    yantis = world.unit(office=cast.KANWIL)
    world.take("refer", receipt, by="wulan", note="Menyangkut kantor kami", unit=yantis)
    deciding.proposed(world, receipt, by="yanti")

    opened = world.read(receipt, by="surya")
    assert opened.exhibits == ()
    case, desk = case_of(receipt), world.desk("surya")
    assert evidence.to_choose(case, desk=desk) == ["lampiran-01"]
    with pytest.raises(NotThere):
        _takes(world, receipt, Exhibit.objects.get(), by="surya")
    with pytest.raises(Refused) as refused:
        world.take("note", receipt, by="surya", note="Lihat berkas", rests_on=("berkas-01",))
    assert refused.value.code == "files-unknown"
    world.take("note", receipt, by="yanti", note="Lihat keduanya", rests_on=("lampiran-01", "berkas-01"))
    part = world.read(receipt, by="surya").timeline[-1].parts[0]
    assert (part.text, [file.row.label for file in part.files]) == ("berkas-01", ["lampiran-01"])


def test_notes_and_improvements_name_the_files_that_they_rest_on(world: World, receipt: Receipt) -> None:
    _attaches(world, receipt)
    world.take("note", receipt, by="wulan", note="Lihat foto", rests_on=("lampiran-01", "lampiran-01"))
    deciding.answered(world, receipt)
    row = world.read(receipt, by="wulan").improvements[0].row
    world.take("improve", receipt, by="wulan", improvement=row.id, note="Selesai", rests_on=("berkas-01",))

    opened = world.read(receipt, by="hadi")
    named = {
        event.move: [[file.row.label for file in part.files] for part in event.parts if part.files]
        for event in opened.timeline
        if event.move in {"note", "improve", "conclude_verification"}
    }
    assert named == {
        "note": [["lampiran-01"]],
        "improve": [["berkas-01"]],
        "conclude_verification": [],
    }


@pytest.mark.parametrize("label", ["lampiran-02", "berkas-01", "../berkas", ""])
def test_a_finding_rests_on_files_of_its_case_alone(world: World, receipt: Receipt, label: str) -> None:
    with pytest.raises(Refused) as refused:
        world.take("note", receipt, by="wulan", note="Lihat", rests_on=(label,))
    assert refused.value.code == "files-unknown"


def test_without_a_file_and_with_too_many_nothing_is_added(
    world: World, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused) as refused:
        _attaches(world, receipt, files=())
    assert refused.value.code == "files-missing"
    with pytest.raises(Refused) as refused:
        _attaches(world, receipt, files=(cast.file(),) * (blobs.MOST_FILES + 1))
    assert refused.value.code == "too-many-files"
    monkeypatch.setattr(exhibits, "MOST_OF_A_CASE", 1)
    with pytest.raises(Refused) as refused:
        _attaches(world, receipt, files=(cast.file(), cast.file()))
    assert refused.value.code == "case-full"
    assert not Exhibit.objects.exists()


def test_files_are_added_after_the_case_is_closed_too(world: World, receipt: Receipt) -> None:
    deciding.answered(world, receipt)
    world.take("close", receipt, by="wulan")
    assert "attach" in {move.name for move in actions.moves_for(case_of(receipt), desk=world.desk("rahmat"))}
    _attaches(world, receipt, by="rahmat")


def test_a_blob_or_a_key_in_another_place_opens_nothing(world: World, receipt: Receipt) -> None:
    _attaches(world, receipt)
    _attaches(world, receipt)
    keys = access.keys_of(case_of(receipt), keyring=world.desk("wulan").keyring)
    first, second = case_of(receipt).exhibits.order_by("position")
    assert sealing.open_exhibit(first, keys={}) == {}
    first.blob, second.id = second.blob, uuid.uuid4()
    for row in (first, second):
        with pytest.raises(Unopenable):
            sealing.open_exhibit(row, keys=keys)


def test_p03_neither_name_nor_content_stands_anywhere_in_clear(world: World, receipt: Receipt) -> None:
    _attaches(world, receipt, name="pengakuan Budi Santoso.pdf")
    row = Exhibit.objects.get()
    assert b"Budi" not in bytes(row.sealed)
    kept = [path for path in Path(settings.WISE_FILES_DIR).rglob("*") if path.is_file()]
    assert blobs.path_of(row.blob) in kept
    assert not [path for path in kept if MARK in path.read_bytes()]
    assert "Budi" not in str([*log.facts_about(case_of(receipt).id, deed="attach")])
