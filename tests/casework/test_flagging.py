"""A case is marked as urgent: in the clear stands that it is, sealed stands why; no time limit moves."""

import pytest

from tests import deciding, desk
from tests import world as cast
from tests.world import KANWIL, NOW, Teller, World
from wise.audit import proof
from wise.casework import inbox, reading
from wise.casework import proof as book
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.urgency import URGENCIES
from wise.refusals import NotThere, Refused


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _urgent(world: World, login: str = "wulan") -> int:
    return inbox.page(world.desk(login), wanted=Wanted(view="urgent")).total


def test_wulan_marks_a_case_says_anew_why_and_takes_the_mark_away(world: World, receipt: Receipt) -> None:
    due_on = cast.case_of(receipt).due_on
    world.take("flag", receipt, by="wulan", urgency="minor", note="Anak melihatnya")
    world.take("flag", receipt, by="rahmat", urgency="both", note="Anak itu diancam")

    opened = world.read(receipt, by="wulan")
    assert opened.case.is_urgent
    assert opened.urgency == URGENCIES["both"].label
    assert opened.timeline[-1].text == "Anak itu diancam"
    assert (_urgent(world), opened.case.due_on) == (1, due_on)

    world.take("flag", receipt, by="wulan", urgency="calm", note="Sudah aman")
    opened = world.read(receipt, by="wulan")
    assert (opened.case.is_urgent, opened.urgency, _urgent(world)) == (False, "", 0)
    assert proof.verify() == book.verify() == []


def test_without_a_reason_a_note_or_a_mark_nothing_changes(world: World, receipt: Receipt) -> None:
    for urgency, note, code in [
        ("", "Diancam", "urgency-missing"),
        ("soon", "Diancam", "urgency-missing"),
        ("danger", " ", "note-missing"),
        ("calm", "Aman", "not-urgent"),
    ]:
        with pytest.raises(Refused) as refused:
            world.take("flag", receipt, by="wulan", urgency=urgency, note=note)
        assert refused.value.code == code
    assert not cast.case_of(receipt).is_urgent


def test_who_does_not_hold_the_case_marks_nothing(world: World, receipt: Receipt) -> None:
    for login in ("dewi", "hadi", "yanti", "ina", "tono", "agus", "kartika"):
        with pytest.raises(NotThere):
            world.take("flag", receipt, by=login, urgency="danger", note="Diancam")


def test_the_mark_goes_with_the_case_and_the_reason_with_its_keys(world: World, receipt: Receipt) -> None:
    world.take("flag", receipt, by="wulan", urgency="danger", note="Diancam")
    world.take("verify", receipt, by="wulan")
    world.take("refer", receipt, by="wulan", unit=world.unit(office=KANWIL), note="Bukan wewenang kami")

    assert (_urgent(world), _urgent(world, "yanti")) == (0, 1)
    assert world.read(receipt, by="yanti").urgency == URGENCIES["danger"].label


def test_the_head_sees_what_is_urgent_among_what_lies_before_them(world: World, receipt: Receipt) -> None:
    world.take("flag", receipt, by="wulan", urgency="danger", note="Diancam")
    assert _urgent(world, "hadi") == 0
    deciding.proposed(world, receipt)
    assert _urgent(world, "hadi") == 1
    assert world.read(receipt, by="hadi").urgency


def test_the_reporter_reads_nothing_of_it(world: World, sari: Teller, receipt: Receipt) -> None:
    before = sari.report(receipt).timeline
    world.take("flag", receipt, by="wulan", urgency="danger", note="Diancam")
    assert sari.report(receipt).timeline == before


def test_the_desk_records_that_it_is_urgent_and_why(world: World) -> None:
    urgent, calm = (desk.case_of(desk.records(world, urgency=code)) for code in ("danger", "no such code"))

    assert (urgent.is_urgent, calm.is_urgent) == (True, False)
    opened = reading.read(urgent.id, desk=world.desk("wulan"), at=NOW)
    assert opened.urgency == URGENCIES["danger"].label
    assert str(URGENCIES["danger"].label) in [str(part.text) for part in opened.timeline[-1].parts]
    assert urgent.due_on == calm.due_on
