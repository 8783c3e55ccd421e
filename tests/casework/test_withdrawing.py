"""Sari withdraws her report, by herself or on paper: neither status nor clock nor anybody's rights change."""

import datetime
from typing import Any

import pytest

from tests import deciding
from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit import proof
from wise.casework import correspondence, inbox, workflow
from wise.casework import proof as book
from wise.casework.correspondence import Withdrawal
from wise.casework.intake import Receipt
from wise.casework.models import Case, Step
from wise.refusals import NotThere, Refused

DAY = datetime.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(stream="suggestion"))


def _withdraws(who: Teller, receipt: Receipt, text: str = "Saya mencabut pengaduan ini") -> None:
    found = Case.objects.get(report_id=receipt.report_id).report_id
    correspondence.withdraw(found, text=text, by=who.reporter, keyring=who.keyring, at=NOW)


def test_a_withdrawal_is_news_to_the_unit_and_changes_neither_status_nor_due_date(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    before = Case.objects.get(report_id=receipt.report_id)

    _withdraws(sari, receipt)

    case = Case.objects.get(report_id=receipt.report_id)
    assert (case.status_code, case.due_on, case.is_open, case.answered_on) == ("received", before.due_on, True, None)
    assert correspondence.withdrawal(case) == Withdrawal(case.changed_on, on_paper=False)
    assert inbox.counts(world.desk("wulan"))["news"] == 1
    told = [event for event in world.read(receipt, by="wulan").timeline if event.move == "withdraw"]
    assert [(event.text, event.who, event.at) for event in told] == [("Saya mencabut pengaduan ini", "", None)]
    assert [event.text for event in sari.report(receipt).timeline if event.mine] == ["Saya mencabut pengaduan ini"]
    assert proof.verify() == []
    assert book.verify() == []


def test_the_unit_may_go_on_and_still_owes_the_answer(world: World, sari: Teller, receipt: Receipt) -> None:
    _withdraws(sari, receipt)
    case = world.take("verify", receipt, by="wulan")
    assert case.status.clock_runs
    assert case.answered_on is None


def test_a_report_is_withdrawn_once_and_not_without_a_word(sari: Teller, receipt: Receipt) -> None:
    with pytest.raises(Refused) as refused:
        _withdraws(sari, receipt, "  ")
    assert refused.value.code == "text-missing"
    _withdraws(sari, receipt)
    with pytest.raises(Refused) as refused:
        _withdraws(sari, receipt)
    assert refused.value.code == "not-withdrawable"
    assert Step.objects.filter(move="withdraw").count() == 1


def test_nobody_withdraws_anothers_report(receipt: Receipt) -> None:
    with pytest.raises(NotThere):
        _withdraws(cast.join("sungai tenang"), receipt)
    assert not Step.objects.filter(move="withdraw").exists()


def _records(world: World, receipt: Receipt, *, by: str = "wulan", **given: Any) -> Case:
    told: dict[str, Any] = {
        "paper_on": TODAY,
        "files": (cast.file(name="surat.pdf"),),
        "note": "Dibawa pelapor ke loket",
    }
    return world.take("withdraw_on_paper", receipt, by=by, **(told | given))


def test_a_signed_paper_is_recorded_with_its_day_and_scan_and_stops_no_clock(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    before = Case.objects.get(report_id=receipt.report_id)

    case = _records(world, receipt, at=NOW + DAY)

    assert (case.status_code, case.due_on, case.is_open, case.answered_on) == ("received", before.due_on, True, None)
    opened = world.read(receipt, by="rahmat")
    assert opened.withdrawal == correspondence.withdrawal(case) == Withdrawal(TODAY + DAY, on_paper=True)
    told = next(event for event in opened.timeline if event.move == "withdraw_on_paper")
    assert told.text == "Dibawa pelapor ke loket"
    assert [file.neutral_name for file in told.files] == ["berkas-01.pdf"]
    assert [part.text for part in told.parts] == ["20 Oktober 2026"]
    assert [event.title for event in sari.report(receipt).timeline] == [workflow.INITIAL.told]
    assert proof.verify() == book.verify() == []


def test_the_scan_may_be_among_the_units_files_already(world: World, receipt: Receipt) -> None:
    world.take("attach", receipt, by="rahmat", files=(cast.file(name="surat.pdf"),))
    _records(world, receipt, files=(), rests_on=("berkas-01",))
    told = next(event for event in world.read(receipt, by="wulan").timeline if event.move == "withdraw_on_paper")
    assert [[file.neutral_name for file in part.files] for part in told.parts] == [[], ["berkas-01.pdf"]]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"paper_on": None}, "paper-missing"),
        ({"paper_on": TODAY + DAY}, "paper-day-wrong"),
        ({"paper_on": TODAY - DAY}, "paper-day-wrong"),
        ({"files": ()}, "scan-missing"),
        ({"files": (), "rests_on": ("berkas-01",)}, "files-unknown"),
        ({"files": (), "rests_on": ("lampiran-01",)}, "files-unknown"),
        ({"note": " "}, "note-missing"),
    ],
)
def test_a_paper_needs_its_day_a_scan_and_a_note(
    world: World, receipt: Receipt, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        _records(world, receipt, **given)
    assert refused.value.code == code
    assert not Step.objects.filter(move="withdraw_on_paper").exists()


def test_a_wish_is_recorded_once_by_whichever_way_it_came_first(world: World, sari: Teller, receipt: Receipt) -> None:
    _records(world, receipt)
    with pytest.raises(Refused) as refused:
        _withdraws(sari, receipt)
    assert refused.value.code == "not-withdrawable"
    with pytest.raises(Refused) as refused:
        _records(world, receipt)
    assert refused.value.code == "move-not-open"

    other = sari.tells()
    _withdraws(sari, other)
    with pytest.raises(Refused) as refused:
        _records(world, other)
    assert refused.value.code == "move-not-open"


@pytest.mark.parametrize("login", ["surya", "yanti", "maya", "ina", "hadi", "dewi", "tono", "agus", "kartika"])
def test_p29_nobody_outside_the_unit_records_it(world: World, receipt: Receipt, login: str) -> None:
    with pytest.raises(NotThere):
        _records(world, receipt, by=login)


def test_the_head_reads_it_and_does_not_record_it(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    deciding.proposed(world, receipt)
    with pytest.raises(Refused) as refused:
        _records(world, receipt, by="hadi")
    assert refused.value.code == "move-not-open"
    _records(world, receipt)
    assert world.read(receipt, by="hadi").withdrawal is not None
