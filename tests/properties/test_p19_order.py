"""P19: nothing shown or stored gives the order of submission, and no id or name occurs on both sides."""

import datetime
import uuid

import pytest

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.casework import reading
from wise.casework.intake import Receipt
from wise.refusals import NotThere
from wise.register import blobs
from wise.register.attachments import OpenedFile
from wise.register.models import Attachment


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(files=(cast.file(),)))


def test_p19_name_and_time_of_a_blob_say_nothing_but_the_day() -> None:
    stored = cast.file(b"x").stored
    path = blobs.path_of(stored.blob)

    noon = datetime.datetime(2026, 10, 20, 12, tzinfo=datetime.UTC).timestamp()
    assert path.stat().st_mtime == path.stat().st_atime == noon
    assert path.name == stored.blob.hex
    assert stored.blob.version == 4


def test_p19_nor_does_the_time_of_a_folder() -> None:
    noon = datetime.datetime(2026, 10, 20, 12, tzinfo=datetime.UTC).timestamp()
    stored, given_up = cast.file(b"x").stored, blobs.Incoming(at=NOW)
    given_up.abandon()
    folder = blobs.path_of(stored.blob).parent
    assert folder.stat().st_mtime == folder.parent.stat().st_mtime == noon

    blobs.forget([stored.blob, stored.blob])

    assert not blobs.path_of(stored.blob).exists()
    assert folder.stat().st_mtime == noon


def test_p19_sari_sees_her_files_names_and_the_unit_sees_neutral_ones(world: World) -> None:
    sari = cast.join()
    receipt = sari.tells(cast.queues(files=(cast.file(b"satu", name="rumah sari.jpg"), cast.file(b"dua", name="x"))))

    own, theirs = sari.report(receipt).files, world.read(receipt, by="wulan").files

    assert [file.name for file in own] == ["rumah sari.jpg", "x"]
    assert [file.name for file in theirs] == [None, None]
    assert [file.neutral_name for file in theirs] == ["lampiran-01.txt", "lampiran-02.txt"]
    assert [b"".join(file.chunks()) for file in theirs] == [b"satu", b"dua"]
    assert [(file.size, file.media_type) for file in theirs] == [(4, "text/plain"), (3, "text/plain")]
    assert "sari" not in repr(own)


def test_p19_a_file_is_found_by_the_id_of_ones_own_side_alone(world: World, sari: Teller, receipt: Receipt) -> None:
    file, case, desk = Attachment.objects.get(), cast.case_of(receipt), world.desk("wulan")
    report_id = uuid.UUID(receipt.report_id)

    def own(file_id: uuid.UUID) -> OpenedFile:
        return reading.own_file(report_id, file_id, reporter=sari.reporter, keyring=sari.keyring)

    assert own(file.own_id).row == reading.file_of(case.id, file.id, desk=desk, at=NOW).row == file
    with pytest.raises(NotThere):
        own(file.id)
    with pytest.raises(NotThere):
        reading.file_of(case.id, file.own_id, desk=desk, at=NOW)
    with pytest.raises(NotThere):
        reading.file_of(report_id, file.id, desk=desk, at=NOW)


def test_p19_several_reports_of_one_day_stand_in_no_order_that_tells_when(world: World, sari: Teller) -> None:
    sent = [sari.tells().report_id for _ in range(12)]

    shown = [str(line.report.id) for line in reading.own_reports(sari.reporter, keyring=sari.keyring, at=NOW)]

    assert shown == sorted(sent)
    assert shown != sent
