"""Sari withdraws her report: the unit reads it, and neither status nor clock nor anybody's rights change."""

import pytest

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit import proof
from wise.casework import correspondence, inbox
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.casework.models import Case, Step
from wise.refusals import NotThere, Refused


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
    assert correspondence.withdrawn_on(case) == case.changed_on
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
