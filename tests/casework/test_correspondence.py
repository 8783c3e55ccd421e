"""After sending: Sari adds and writes, nothing that she sent changes, and the unit sees that something is new."""

from typing import Any

import pytest

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit import proof
from wise.casework import correspondence, inbox
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.casework.models import Message, Step
from wise.refusals import Refused, TooLarge
from wise.register import attachments
from wise.register.models import Addition, Attachment


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(stream="suggestion"))


def _refused_as(code: str, deed: object) -> None:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    assert refused.value.code == code


def test_a12_words_and_files_added_later_stand_beside_the_first(world: World, sari: Teller, receipt: Receipt) -> None:
    sari.adds(receipt, " Terulang lagi ", files=[cast.file(b"bukti", name="bukti.pdf"), cast.file(b"dua")])
    sari.adds(receipt, files=[cast.file(b"tiga")])

    own = sari.report(receipt)
    additions = [event for event in own.timeline if event.kind == "addition"]
    assert own.told.what == "Antre di loket tiga jam"
    assert [(event.text, event.mine, len(event.files)) for event in additions] == [
        ("Terulang lagi", True, 2),
        ("", True, 1),
    ]
    assert [file.row.position for file in own.files] == [1, 2, 3]
    theirs = [event for event in world.read(receipt, by="wulan").timeline if event.kind == "addition"]
    assert [(event.text, event.mine) for event in theirs] == [("Terulang lagi", False), ("", False)]
    assert b"".join(theirs[0].files[0].chunks()) == b"bukti"
    assert proof.verify() == []
    assert book.verify() == []


def test_the_unit_sees_that_something_is_new_until_it_has_read_it(world: World, sari: Teller, receipt: Receipt) -> None:
    assert inbox.counts(world.desk("wulan"))["news"] == 0
    sari.adds(receipt, "Terulang lagi")
    assert inbox.counts(world.desk("wulan"))["news"] == 1

    world.read(receipt, by="wulan")

    assert inbox.counts(world.desk("wulan"))["news"] == 0
    sari.writes(receipt, "Ada kabar?")
    assert inbox.counts(world.desk("wulan"))["news"] == 1


def test_nothing_is_added_where_nothing_was_given(sari: Teller, receipt: Receipt) -> None:
    _refused_as("nothing-added", lambda: sari.adds(receipt, "  "))
    _refused_as("text-missing", lambda: sari.writes(receipt, " "))
    assert not Addition.objects.exists()
    assert not Message.objects.exists()


def test_p27_twenty_files_at_once_and_five_hundred_in_all(
    sari: Teller, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TooLarge):
        sari.adds(receipt, files=[cast.file()] * 21)
    monkeypatch.setattr(attachments, "MOST_OF_A_REPORT", 2)
    sari.adds(receipt, files=[cast.file(), cast.file()])

    _refused_as("report-full", lambda: sari.adds(receipt, files=[cast.file()]))
    assert Attachment.objects.count() == 2


def test_and_what_she_writes_stays_a_page_that_the_unit_can_open(
    sari: Teller, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correspondence, "MOST_WORDS", 2)
    sari.adds(receipt, "satu")
    sari.writes(receipt, "dua")

    _refused_as("report-full", lambda: sari.adds(receipt, "tiga"))
    _refused_as("report-full", lambda: sari.writes(receipt, "tiga"))
    sari.adds(receipt, files=[cast.file()])


def test_messages_go_both_ways_and_each_side_knows_which_are_its_own(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    world.take("message", receipt, by="wulan", text="Loket mana?")
    sari.writes(receipt, " Loket dua ")

    own = [(event.text, event.mine, event.who, event.at) for event in sari.report(receipt).timeline if event.text]
    theirs = [(event.text, event.mine, event.who) for event in world.read(receipt, by="rahmat").timeline if event.text]

    assert own == [("Loket mana?", False, "", None), ("Loket dua", True, "", None)]
    assert theirs == [("Loket mana?", True, "Wulan Sari"), ("Loket dua", False, "")]


def test_her_answer_to_a_question_takes_the_case_on(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("ask", receipt, by="wulan", text="Loket mana?", until=NOW.date())

    sari.writes(receipt, "Loket dua")

    case = cast.case_of(receipt)
    assert (case.status_code, case.has_news) == ("verifying", True)
    step = Step.objects.get(move="reply")
    assert (step.before, step.after, step.at, step.by) == ("waiting_reporter", "verifying", None, None)
    assert world.take("conclude_verification", receipt, by="wulan", note="x", conclusion="followed_up").status_code == (
        "analysing"
    )


def test_a_message_where_nothing_was_asked_changes_no_status(sari: Teller, receipt: Receipt) -> None:
    sari.writes(receipt, "Ada kabar?")

    assert cast.case_of(receipt).status_code == "received"
    assert Step.objects.count() == 1


def test_b4_she_can_add_and_write_also_when_all_is_closed(world: World, sari: Teller, receipt: Receipt) -> None:
    moves: list[tuple[str, dict[str, Any]]] = [("verify", {}), ("answer", {"text": "Sudah"}), ("close", {})]
    for move, given in moves:
        world.take(move, receipt, by="wulan", **given)

    sari.adds(receipt, "Belum diperbaiki")
    sari.writes(receipt, "Belum diperbaiki")

    assert cast.case_of(receipt).status_code == "closed"
    assert inbox.counts(world.desk("wulan"))["news"] == 1


def test_all_that_happens_on_a_report_stands_in_one_order(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    sari.adds(receipt, "Satu", files=[cast.file()])
    world.take("message", receipt, by="wulan", text="Dua")
    sari.writes(receipt, "Tiga")
    world.take("answer", receipt, by="wulan", text="Empat")

    timeline = world.read(receipt, by="wulan").timeline
    orders = [event.order for event in timeline]
    assert orders == sorted(set(orders))
    assert [event.text for event in timeline if event.text] == ["Satu", "Dua", "Tiga", "Empat"]
    assert cast.case_of(receipt).last_order == orders[-1]
