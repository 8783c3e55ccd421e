"""Taking a move: checked, written, told and logged in one transaction, or refused with the reason."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit.models import Entry, Head
from wise.casework import actions, clock
from wise.casework.intake import Receipt
from wise.casework.models import Case, Message, Step
from wise.refusals import Refused

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    """A suggestion: it is answered by the unit itself. What leads to a letter, `test_deciding` says."""
    return sari.tells(cast.queues(stream="suggestion"))


@pytest.fixture
def violation(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(stream="violation", receiver="ibi"))


def _names(world: World, receipt: Receipt, login: str = "wulan") -> list[str]:
    return [move.name for move in actions.moves_for(cast.case_of(receipt), desk=world.desk(login))]


def _walk(world: World, receipt: Receipt, by: str, *moves: tuple[str, dict[str, Any]]) -> Case:
    case = cast.case_of(receipt)
    for name, given in moves:
        case = world.take(name, receipt, by=by, **given)
    return case


CONCLUDED: dict[str, Any] = {"move": "conclude_verification", "note": "Benar", "conclusion": "followed_up"}


def test_a_violation_walks_from_receipt_to_its_end(world: World, sari: Teller, violation: Receipt) -> None:
    case = _walk(
        world,
        violation,
        "ina",
        ("verify", {}),
        ("conclude_verification", {"note": "Benar", "conclusion": "followed_up"}),
        ("examine", {"note": "Tiga saksi"}),
        ("act", {"note": "Teguran tertulis"}),
        ("conclude", {"note": "Terbukti", "conclusion": "proven"}),
        ("answer", {"text": "Laporan Anda terbukti dan ditindaklanjuti."}),
        ("close", {}),
    )

    assert (case.status_code, case.outcome, case.answered_on, case.is_open) == ("closed", "proven", TODAY, False)
    own = sari.report(violation)
    assert own.answer is not None
    assert own.answer.text == "Laporan Anda terbukti dan ditindaklanjuti."
    assert own.standing.met_in_time is True
    deeds = Entry.objects.filter(subject=case.id).order_by("sequence").values_list("deed", flat=True)
    assert list(deeds) == ["verify", "conclude_verification", "examine", "act", "conclude", "answer", "close"]


def test_what_cannot_be_followed_up_is_answered_and_closed(world: World, receipt: Receipt) -> None:
    case = _walk(
        world,
        receipt,
        "wulan",
        ("verify", {}),
        ("conclude_verification", {"note": "Tidak ada indikasi", "conclusion": "not_followed_up"}),
        ("answer", {"text": "Kami tidak menemukan…"}),
        ("close", {}),
    )

    assert (case.status_code, case.outcome) == ("closed", "no_indication")


def test_buttons_are_those_that_the_table_opens_to_this_role_at_this_status(world: World, receipt: Receipt) -> None:
    sharing = ["assign", "dispose", "add_task", "flag", "tag", "link_duplicate"]
    always = ["message", "note", "attach", "take_on", *sharing, "reclassify", "split", "exclude", "withdraw_on_paper"]
    assert _names(world, receipt) == ["verify", "refer", *always]
    world.take("verify", receipt, by="wulan")
    assert _names(world, receipt) == [
        "ask",
        "conclude_verification",
        "name_persons",
        "refer",
        "answer",
        *always,
    ]
    assert _names(world, receipt, "dewi") == []


def test_a_move_without_a_page_or_without_a_row_cannot_be_taken(world: World, receipt: Receipt) -> None:
    for name in ("propose", "record", "no-such-move", "reply", "close", "examine"):
        with pytest.raises(Refused) as refused:
            world.take(name, receipt, by="wulan", note="x", text="x")
        assert refused.value.code == "move-not-open"
    assert Step.objects.count() == 1


@pytest.mark.parametrize(
    ("move", "given", "code"),
    [
        ("note", {}, "note-missing"),
        ("note", {"note": "  "}, "note-missing"),
        ("message", {"note": "x"}, "text-missing"),
        ("answer", {"text": " "}, "text-missing"),
        ("ask", {"text": "Kapan?"}, "until-missing"),
        ("ask", {"text": "Kapan?", "until": TODAY - DAY}, "until-missing"),
        ("ask", {"until": TODAY}, "text-missing"),
        ("conclude_verification", {"note": "x"}, "conclusion-missing"),
        ("conclude_verification", {"note": "x", "conclusion": "proven"}, "conclusion-missing"),
    ],
)
def test_what_a_move_needs_is_asked_for_and_nothing_is_written(
    world: World, receipt: Receipt, move: str, given: dict[str, Any], code: str
) -> None:
    world.take("verify", receipt, by="wulan")
    before = cast.case_of(receipt).last_order

    with pytest.raises(Refused) as refused:
        world.take(move, receipt, by="wulan", **given)

    assert refused.value.code == code
    assert (cast.case_of(receipt).last_order, Step.objects.count(), Message.objects.count()) == (before, 2, 0)


def test_a_button_pressed_twice_acts_once(world: World, receipt: Receipt) -> None:
    seen = cast.case_of(receipt).last_order
    world.take("note", receipt, by="wulan", note="Satu", seen=seen)

    with pytest.raises(Refused) as refused:
        world.take("note", receipt, by="wulan", note="Satu", seen=seen)

    assert refused.value.code == "case-changed"
    assert Step.objects.filter(move="note").count() == 1


def test_asking_sari_waits_for_her_until_the_day_and_the_clock_runs_on(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    world.take("verify", receipt, by="wulan")
    case = world.take("ask", receipt, by="wulan", text="Loket mana?", until=TODAY + 7 * DAY)

    assert (case.status_code, case.asked_until, case.status.clock_runs) == (
        "waiting_reporter",
        TODAY + 7 * DAY,
        True,
    )
    assert [event.text for event in sari.report(receipt).timeline if event.kind == "message"] == ["Loket mana?"]
    with pytest.raises(Refused) as refused:
        world.take(receipt=receipt, by="wulan", **CONCLUDED)
    assert refused.value.code == "still-waiting"


def test_once_the_day_has_passed_the_verifier_concludes_without_an_answer(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("ask", receipt, by="wulan", text="Loket mana?", until=TODAY + 7 * DAY)

    case = world.take(receipt=receipt, by="wulan", at=NOW + 8 * DAY, **CONCLUDED)

    assert (case.status_code, case.asked_until) == ("analysing", None)


def test_wulan_may_go_on_without_waiting(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("ask", receipt, by="wulan", text="Loket mana?", until=TODAY + 7 * DAY)

    assert world.take("resume", receipt, by="wulan").status_code == "verifying"
    assert world.take(receipt=receipt, by="wulan", **CONCLUDED).status_code == "analysing"


def test_who_verifies_takes_the_case_on_and_a_colleague_may_take_it_over(world: World, receipt: Receipt) -> None:
    assert world.take("verify", receipt, by="wulan").handler == world.officer("wulan")
    assert world.take("note", receipt, by="rahmat", note="x").handler == world.officer("wulan")
    assert world.take("take_on", receipt, by="rahmat").handler == world.officer("rahmat")


def test_a_late_answer_is_an_answer_that_was_late(world: World, receipt: Receipt) -> None:
    late = NOW + 31 * DAY
    world.take("verify", receipt, by="wulan")

    case = world.take("answer", receipt, by="wulan", text="Maaf, terlambat", at=late)

    assert clock.standing(case, on=world.desk("wulan", at=late).today).met_in_time is False


def test_a7_an_overdue_case_cannot_be_closed_without_an_answer(world: World, receipt: Receipt) -> None:
    late = NOW + 40 * DAY
    world.take("verify", receipt, by="wulan")
    with pytest.raises(Refused):
        world.take("close", receipt, by="wulan", at=late)

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(status_code="closed")


def test_the_first_answer_meets_the_clock_and_a_second_changes_nothing_of_that(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("answer", receipt, by="wulan", text="Pertama")
    Case.objects.update(status_code="verifying")

    case = world.take("answer", receipt, by="wulan", text="Kedua", at=NOW + 3 * DAY)

    assert case.answered_on == TODAY


def test_a_note_stays_with_the_unit_and_a_message_goes_to_sari(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("note", receipt, by="wulan", note="Rahasia unit")
    world.take("message", receipt, by="wulan", text="Terima kasih")

    own = [event.text for event in sari.report(receipt).timeline if event.text]
    theirs = [event.text for event in world.read(receipt, by="rahmat").timeline if event.text]
    assert own == ["Terima kasih"]
    assert theirs == ["Rahasia unit", "Terima kasih"]


def test_wulan_can_reply_to_sari_after_the_case_is_closed(world: World, sari: Teller, receipt: Receipt) -> None:
    _walk(world, receipt, "wulan", ("verify", {}), ("answer", {"text": "Sudah kami perbaiki."}), ("close", {}))
    sari.writes(receipt, "Loketnya masih tutup.")
    case = world.take("message", receipt, by="wulan", text="Terima kasih, kami lihat lagi.")

    assert (case.status_code, case.is_open, case.answered_on) == ("closed", False, TODAY)
    assert sari.report(receipt).timeline[-1].text == "Terima kasih, kami lihat lagi."
    assert _names(world, receipt) == ["message", "note", "attach", "tag", "exclude"]


def test_a_note_in_between_does_not_take_the_day_away_that_sari_was_given(world: World, receipt: Receipt) -> None:
    _walk(world, receipt, "wulan", ("verify", {}), ("ask", {"text": "Kapan?", "until": TODAY + DAY}))
    assert world.take("note", receipt, by="rahmat", note="Arsip diminta").asked_until == TODAY + DAY
    assert world.take("resume", receipt, by="wulan").asked_until is None


def test_what_failed_left_no_trace(world: World, receipt: Receipt) -> None:
    before = cast.case_of(receipt)
    Head.objects.filter(chain="officers").delete()

    with pytest.raises(Head.DoesNotExist):
        world.take("verify", receipt, by="wulan")

    after = cast.case_of(receipt)
    assert (after.status_code, after.last_order, after.handler) == (
        before.status_code,
        before.last_order,
        None,
    )
    assert Step.objects.count() == 1


def test_no_case_is_sent_where_nobody_could_see_that_it_is_overdue(world: World) -> None:
    receipt = cast.join().tells()

    with pytest.raises(Refused) as refused:
        world.take("refer", receipt, by="wulan", note="Mohon diteruskan", unit=world.unit(office="KPKNL Dumai"))

    assert refused.value.code == "nobody-there"
    assert cast.case_of(receipt).unit == world.unit()
    assert world.read(receipt, by="wulan").told.what
