"""After sending: Sari adds and writes, nothing that she sent changes, and the unit sees that something is new."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit import proof
from wise.casework import correspondence, inbox
from wise.casework.intake import Receipt
from wise.casework.models import Message, Step
from wise.refusals import Refused, TooLarge
from wise.register import attachments
from wise.register import proof as book
from wise.register.drafts import DraftedFile
from wise.register.models import Addition, Attachment


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _add(sari: Teller, receipt: Receipt, text: str = "", files: Sequence[DraftedFile] = ()) -> None:
    correspondence.add(
        uuid.UUID(receipt.report_id), text=text, files=files, by=sari.reporter, keyring=sari.keyring, at=NOW
    )


def _write(sari: Teller, receipt: Receipt, text: str) -> None:
    correspondence.write(uuid.UUID(receipt.report_id), text=text, by=sari.reporter, keyring=sari.keyring, at=NOW)


def _refused_as(code: str, deed: object) -> None:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    assert refused.value.code == code


def test_a12_words_and_files_added_later_stand_beside_the_first(world: World, sari: Teller, receipt: Receipt) -> None:
    _add(sari, receipt, " Terulang lagi ", [cast.file(b"bukti", name="bukti.pdf"), cast.file(b"dua")])
    _add(sari, receipt, files=[cast.file(b"tiga")])

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
    _add(sari, receipt, "Terulang lagi")
    assert inbox.counts(world.desk("wulan"))["news"] == 1

    world.read(receipt, by="wulan")

    assert inbox.counts(world.desk("wulan"))["news"] == 0
    _write(sari, receipt, "Ada kabar?")
    assert inbox.counts(world.desk("wulan"))["news"] == 1


def test_nothing_is_added_where_nothing_was_given(sari: Teller, receipt: Receipt) -> None:
    _refused_as("nothing-added", lambda: _add(sari, receipt, "  "))
    _refused_as("text-missing", lambda: _write(sari, receipt, " "))
    assert not Addition.objects.exists()
    assert not Message.objects.exists()


def test_p10_her_own_secrets_are_not_taken_in_words_or_names(sari: Teller, receipt: Receipt) -> None:
    number = receipt.register_number

    _refused_as("text-has-register-number", lambda: _add(sari, receipt, f"nomor {number}"))
    _refused_as("text-has-register-number", lambda: _write(sari, receipt, f"nomor {number}"))
    _refused_as("text-has-register-number", lambda: _add(sari, receipt, files=[cast.file(name=f"{number}.jpg")]))
    assert not Attachment.objects.exists()


def test_p27_twenty_files_at_once_and_five_hundred_in_all(
    sari: Teller, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TooLarge):
        _add(sari, receipt, files=[cast.file()] * 21)
    monkeypatch.setattr(attachments, "MOST_OF_A_REPORT", 2)
    _add(sari, receipt, files=[cast.file(), cast.file()])

    _refused_as("report-full", lambda: _add(sari, receipt, files=[cast.file()]))
    assert Attachment.objects.count() == 2


def test_messages_go_both_ways_and_each_side_knows_which_are_its_own(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    world.take("message", receipt, by="wulan", text="Loket mana?")
    _write(sari, receipt, " Loket dua ")

    own = [(event.text, event.mine, event.who, event.at) for event in sari.report(receipt).timeline if event.text]
    theirs = [(event.text, event.mine, event.who) for event in world.read(receipt, by="rahmat").timeline if event.text]

    assert own == [("Loket mana?", False, "", None), ("Loket dua", True, "", None)]
    assert theirs == [("Loket mana?", True, "Wulan Sari"), ("Loket dua", False, "")]


def test_her_answer_to_a_question_takes_the_case_on(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("ask", receipt, by="wulan", text="Loket mana?", until=NOW.date())

    _write(sari, receipt, "Loket dua")

    case = cast.case_of(receipt)
    assert (case.status_code, case.has_news) == ("verifying", True)
    step = Step.objects.get(move="reply")
    assert (step.before, step.after, step.at, step.by) == ("waiting_reporter", "verifying", None, None)
    assert world.take("conclude_verification", receipt, by="wulan", note="x", conclusion="followed_up").status_code == (
        "analysing"
    )


def test_a_message_where_nothing_was_asked_changes_no_status(sari: Teller, receipt: Receipt) -> None:
    _write(sari, receipt, "Ada kabar?")

    assert cast.case_of(receipt).status_code == "received"
    assert Step.objects.count() == 1


def test_b4_she_can_add_and_write_also_when_all_is_closed(world: World, sari: Teller, receipt: Receipt) -> None:
    moves: list[tuple[str, dict[str, Any]]] = [("verify", {}), ("answer", {"text": "Sudah"}), ("close", {})]
    for move, given in moves:
        world.take(move, receipt, by="wulan", **given)

    _add(sari, receipt, "Belum diperbaiki")
    _write(sari, receipt, "Belum diperbaiki")

    assert cast.case_of(receipt).status_code == "closed"
    assert inbox.counts(world.desk("wulan"))["news"] == 1


def test_p18_what_she_does_later_has_no_time_of_day_either(sari: Teller, receipt: Receipt) -> None:
    _add(sari, receipt, "Terulang lagi", [cast.file()])
    _write(sari, receipt, "Ada kabar?")

    assert Message.objects.get().at is None
    assert Message.objects.get().by is None
    assert {row["on"] for row in Addition.objects.values("on")} == {NOW.date()}


def test_all_that_happens_on_a_report_stands_in_one_order(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    _add(sari, receipt, "Satu", [cast.file()])
    world.take("message", receipt, by="wulan", text="Dua")
    _write(sari, receipt, "Tiga")
    world.take("answer", receipt, by="wulan", text="Empat")

    timeline = world.read(receipt, by="wulan").timeline
    orders = [event.order for event in timeline]
    assert orders == sorted(set(orders))
    assert [event.text for event in timeline if event.text] == ["Satu", "Dua", "Tiga", "Empat"]
    assert cast.case_of(receipt).last_order == orders[-1]
