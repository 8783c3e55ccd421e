"""Wulan links complaints about the same matter to a main case; what is done for it can be done for all of them."""

from typing import Any

import pytest

from tests import deciding
from tests import world as cast
from tests.deciding import ACTION, LETTER
from tests.world import KANWIL, NOW, Teller, World, case_of
from wise.audit import log, proof
from wise.casework import actions, duplicates, together
from wise.casework import proof as book
from wise.casework.given import Delivery, Given, Wording
from wise.casework.intake import Receipt
from wise.casework.models import Case, Improvement
from wise.casework.together import Chosen
from wise.casework.workflow import MOVES, row_of
from wise.letters.models import Letter
from wise.refusals import NotThere, Refused
from wise.register.entry import Reply
from wise.register.models import Topic


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def others(world: World) -> Teller:
    return cast.join("sungai tenang")


def link(world: World, receipt: Receipt, main: Receipt, *, by: str = "wulan", typed: str = "") -> Case:
    return world.take("link_duplicate", receipt, by=by, main_case=typed or case_of(main).agenda_number)


def too(world: World, name: str, main: Receipt, *receipts: Receipt, by: str = "wulan", **given: Any) -> list[str]:
    """The move on the main case, then on these duplicates; the reasons why not, empty where it was done."""
    desk, case = world.desk(by), case_of(main)
    move = row_of(name, path=actions.path_of(case))
    assert move is not None
    world.take(name, main, by=by, **given)
    chosen = [Chosen(case_of(each).id, case_of(each).last_order) for each in receipts]
    case = duplicates._seen(desk).get(id=case.id)
    outcomes = together.take_on_followers(move, case, chosen, desk=desk, given=Given(**given), at=NOW)
    return [str(outcome.why_not or "") for outcome in outcomes]


def refused(code: str, world: World, receipt: Receipt, main: Receipt, **how: str) -> None:
    with pytest.raises(Refused) as found:
        link(world, receipt, main, **how)
    assert found.value.code == code
    assert case_of(receipt).follows is None


def test_both_histories_say_it_and_neither_reporter_learns_of_it(world: World, sari: Teller, others: Teller) -> None:
    main, receipt = sari.tells(), others.tells()
    before = [len(teller.report(each).timeline) for teller, each in ((sari, main), (others, receipt))]
    link(world, receipt, main, typed=f" {case_of(main).agenda_number.lower()} ")

    assert case_of(receipt).follows == case_of(main)
    here, there = (world.read(each, by="rahmat").timeline[-1] for each in (receipt, main))
    assert [part.text for part in here.parts] == [case_of(main).agenda_number]
    assert [part.text for part in there.parts] == [case_of(receipt).agenda_number]
    assert [len(teller.report(each).timeline) for teller, each in ((sari, main), (others, receipt))] == before
    assert log.count(case_of(main).id, deed="link_duplicate") == log.count(case_of(receipt).id, deed="link_duplicate")
    world.take("unlink_duplicate", receipt, by="rahmat")
    assert case_of(receipt).follows is None
    assert world.read(main, by="wulan").timeline[-1].move == "unlink_duplicate"
    assert log.count(case_of(main).id, deed="unlink_duplicate") == 1
    assert proof.verify() == book.verify() == []


def test_a_case_is_linked_to_an_open_main_case_of_its_own_unit_and_kind_alone(world: World, sari: Teller) -> None:
    main, receipt, third = (sari.tells() for _ in range(3))
    suggestion = sari.tells(cast.queues(stream="suggestion"))
    elsewhere = sari.tells(cast.queues(office=world.office(KANWIL)))
    refused("main-itself", world, receipt, receipt)
    refused("main-unknown", world, receipt, suggestion)
    refused("main-unknown", world, receipt, elsewhere)
    refused("main-unknown", world, receipt, main, typed="PGD-999/KNL.0303/2026")
    refused("main_case-missing", world, receipt, main, typed=" ")
    link(world, receipt, main)
    refused("main-follows", world, third, receipt)
    refused("move-not-open", world, main, third)
    with pytest.raises(Refused) as again:
        link(world, receipt, third)
    assert again.value.code == "move-not-open"
    with pytest.raises(Refused):
        world.take("unlink_duplicate", main, by="wulan")
    Case.objects.filter(id=case_of(third).id).update(is_open=False)
    refused("main-unknown", world, sari.tells(), third)


def test_a_main_case_has_no_more_duplicates_than_a_page_shows(
    world: World, sari: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "MOST", 1)
    main, receipt, third = (sari.tells() for _ in range(3))
    link(world, receipt, main)
    refused("main-full", world, third, main)


@pytest.mark.parametrize("login", ["dewi", "hadi", "yanti", "maya", "ina", "tono", "agus"])
def test_who_does_not_handle_the_case_links_nothing(world: World, sari: Teller, login: str) -> None:
    main, receipt = sari.tells(), sari.tells()
    with pytest.raises(NotThere):
        link(world, receipt, main, by=login)
    assert case_of(receipt).follows is None


def test_the_head_before_whom_both_lie_does_not_link_them(world: World, sari: Teller) -> None:
    main, receipt = sari.tells(), sari.tells()
    for each in (main, receipt):
        deciding.proposed(world, each)
    with pytest.raises(Refused) as found:
        link(world, receipt, main, by="hadi")
    assert found.value.code == "move-not-open"


def test_open_cases_on_the_same_topic_and_office_are_suggested_newest_first(world: World, sari: Teller) -> None:
    time = Topic.objects.get(code="time")
    first, second, receipt = (sari.tells(cast.queues(topic=time)) for _ in range(3))
    other = sari.tells()
    following = sari.tells(cast.queues(topic=time))
    link(world, following, other)
    Case.objects.filter(id=case_of(first).id).update(received_on=NOW.date().replace(day=1))

    case = duplicates._seen(world.desk("wulan")).get(id=case_of(receipt).id)
    suggested = duplicates.suggested(case, desk=world.desk("wulan"))
    assert [row.id for row in suggested] == [case_of(second).id, case_of(first).id]
    assert duplicates.suggested(case, desk=world.desk("maya")) == []


@pytest.mark.parametrize("leaves", ["main", "duplicate"])
def test_the_link_ends_where_one_of_them_goes_to_another_unit(world: World, sari: Teller, leaves: str) -> None:
    main, receipt, third = (sari.tells() for _ in range(3))
    for each in (receipt, third):
        link(world, each, main)
    gone, stays = (main, receipt) if leaves == "main" else (receipt, main)
    world.take("refer", gone, by="wulan", note="Wewenang Kanwil", unit=world.unit(office=KANWIL))

    assert case_of(receipt).follows is None
    assert case_of(third).follows == (None if leaves == "main" else case_of(main))
    last = world.read(stays, by="wulan").timeline[-1]
    assert last.move == "unlink_duplicate"
    assert [part.text for part in last.parts] == [case_of(gone).agenda_number]
    assert proof.verify() == book.verify() == []


def test_the_link_ends_where_one_of_them_becomes_another_kind_or_goes_up(world: World, sari: Teller) -> None:
    main, receipt, third = (sari.tells() for _ in range(3))
    for each in (receipt, third):
        link(world, each, main)
    world.take("reclassify", receipt, by="wulan", note="Ini saran", stream="suggestion")
    assert case_of(receipt).follows is None
    world.take("verify", third, by="wulan")
    world.take("name_persons", third, by="wulan", reported=("Bagus",))
    assert case_of(third).follows == case_of(main)
    world.take("name_persons", third, by="wulan", reported=("Wulan Sari",))
    assert case_of(third).follows is None


def test_a_head_sees_of_the_links_what_was_put_before_them(world: World, sari: Teller) -> None:
    main, receipt, third = (sari.tells() for _ in range(3))
    for each in (receipt, third):
        link(world, each, main)
    for each in (main, third):
        deciding.proposed(world, each)
    hadi, wulan = world.desk("hadi"), world.desk("wulan")

    assert [row.id for row in duplicates.links_of(case_of(main), desk=hadi).followers] == [case_of(third).id]
    assert len(duplicates.links_of(case_of(main), desk=wulan).followers) == 2
    assert duplicates.links_of(case_of(third), desk=hadi).main == case_of(main)
    assert duplicates.links_of(case_of(receipt), desk=world.desk("maya")).main is None


def test_one_answer_goes_to_all_by_letters_of_their_own(world: World, sari: Teller, others: Teller) -> None:
    main, receipt = sari.tells(), others.tells()
    link(world, receipt, main)
    for each in (main, receipt):
        world.take("verify", each, by="wulan")
    found: dict[str, Any] = {"steps": "Rekaman diperiksa", "facts": "Satu loket tutup", "conclusion": "followed_up"}
    assert too(world, "conclude_verification", main, receipt, **found) == [""]
    numbers = [case_of(each).agenda_number for each in (main, receipt)]
    letter = Wording(f"Tanggapan {numbers[0]}", ("Kami mohon maaf.", f"Bukan {numbers[0]}9."), "Terima kasih.")
    assert too(world, "propose", main, receipt, recommendation="Buka loket", letter=letter) == [""]
    assert too(world, "approve", main, receipt, by="hadi", actions=(ACTION,)) == [""]
    letters = [deciding.read(world, each).letter for each in (main, receipt)]
    assert letters[0] is not None
    assert letters[1] is not None
    assert letters[0].number != letters[1].number
    assert letters[1].content.subject == f"Tanggapan {numbers[1]}"
    assert letters[1].content.points[1] == f"Bukan {numbers[0]}9."
    assert numbers[1] in letters[1].content.opening
    assert Improvement.objects.get().case == case_of(main)
    part = deciding.read(world, receipt, by="wulan").timeline[-1].parts
    assert [each.text for each in part] == [numbers[0]]
    words = f"Lihat surat {letters[0].number} tentang {numbers[0]}."
    assert too(world, "answer", main, receipt, text=words, delivery=Delivery("page")) == [""]
    answer = others.report(receipt).answer
    assert answer is not None
    assert answer.text == f"Lihat surat {letters[1].number} tentang {numbers[1]}."
    assert others.report(receipt).letters[0].letter.case_id == case_of(receipt).id
    assert too(world, "close", main, receipt) == [""]
    assert case_of(receipt).status_code == "closed"
    assert proof.verify() == book.verify() == []


def test_b4_a_duplicate_needs_no_improvement_of_its_own_where_the_main_case_has_one_and_else_it_does(
    world: World, sari: Teller
) -> None:
    main, receipt = sari.tells(), sari.tells()
    link(world, receipt, main)
    deciding.proposed(world, receipt)
    with pytest.raises(Refused) as found:
        deciding.approved(world, receipt, actions=())
    assert found.value.code == "actions-missing"
    deciding.approved(world, main)
    deciding.approved(world, receipt, actions=())
    assert case_of(receipt).status_code == "acting"
    assert Improvement.objects.count() == 1


def test_what_differs_is_left_for_a_decision_of_its_own(world: World, sari: Teller) -> None:
    main, receipt, third = (sari.tells() for _ in range(3))
    for each in (receipt, third):
        link(world, each, main)
    for each in (main, third):
        deciding.verified(world, each)
    deciding.verified(world, receipt, indicated=False)
    desk, move = world.desk("wulan"), MOVES["propose"]
    main_case = duplicates._seen(desk).get(id=case_of(main).id)
    offered = together.offers(main_case, move, desk=desk, at=NOW)
    assert {row.case.id for row in offered if row.why_not} == {case_of(receipt).id}
    given: dict[str, Any] = {"recommendation": "Jawab", "letter": LETTER}
    why_not = too(world, "propose", main, receipt, third, **given)
    assert sorted(map(bool, why_not)) == [False, True]
    deciding.proposed(world, receipt)

    hadi = world.desk("hadi")
    offered = together.offers(main_case, MOVES["approve"], desk=hadi, at=NOW)
    assert {row.case.id for row in offered if row.why_not} == {case_of(receipt).id}
    assert sorted(map(bool, too(world, "approve", main, receipt, third, by="hadi", actions=(ACTION,)))) == [False, True]
    assert Letter.objects.filter(case_id=case_of(receipt).id, kind="response").count() == 0


def test_a_letter_in_other_words_is_not_approved_with_the_main_case(world: World, sari: Teller) -> None:
    main, receipt = sari.tells(), sari.tells()
    link(world, receipt, main)
    deciding.proposed(world, main)
    deciding.proposed(world, receipt, letter=Wording("Lain", ("Lain.",), ""))
    assert all(too(world, "approve", main, receipt, by="hadi", actions=(ACTION,)))
    assert case_of(receipt).status_code == "proposed"


def test_a8_who_cannot_be_answered_the_same_way_is_answered_apart(world: World, sari: Teller) -> None:
    main = sari.tells(cast.queues(reply=Reply("email", "", "sari@example.org")))
    receipt = sari.tells()
    link(world, receipt, main)
    for each in (main, receipt):
        deciding.approved(world, each)
    assert all(too(world, "answer", main, receipt, text="Lihat surat", delivery=Delivery("email")))
    assert case_of(receipt).answered_on is None


def test_a_letter_on_paper_goes_to_each_by_itself(world: World, sari: Teller) -> None:
    main, receipt = sari.tells(), sari.tells()
    link(world, receipt, main)
    for each in (main, receipt):
        deciding.approved(world, each)
    handed = Delivery("hand", NOW.date())
    assert all(too(world, "answer", main, receipt, text="Lihat surat", delivery=handed))
    assert case_of(receipt).answered_on is None


def test_what_happened_on_a_duplicate_meanwhile_is_read_first(world: World, sari: Teller, others: Teller) -> None:
    main, receipt = (sari.tells(cast.queues(stream="suggestion")) for _ in range(2))
    link(world, receipt, main)
    for each in (main, receipt):
        world.take("verify", each, by="wulan")
    desk, main_case, case = world.desk("wulan"), case_of(main), case_of(receipt)
    chosen = [Chosen(case.id, case.last_order)]
    sari.adds(receipt, "Satu hal lagi")
    given = Given(text="Terima kasih")
    move = MOVES["answer"]
    outcomes = together.take_on_followers(move, main_case, chosen, desk=desk, given=given, at=NOW)
    assert [bool(outcome.why_not) for outcome in outcomes] == [True]
    assert case_of(receipt).answered_on is None


def test_only_duplicates_of_this_main_case_are_taken_along(world: World, sari: Teller) -> None:
    main, stranger, elsewhere = sari.tells(), sari.tells(), sari.tells(cast.queues(office=world.office(KANWIL)))
    for each in (main, stranger):
        world.take("verify", each, by="wulan")
    found: dict[str, Any] = {"steps": "x", "facts": "y", "conclusion": "followed_up"}
    assert too(world, "conclude_verification", main, stranger, elsewhere, **found) == []
    assert case_of(stranger).status_code == "verifying"
    assert together.offers(case_of(main), MOVES["note"], desk=world.desk("wulan"), at=NOW) == []


def test_several_cases_of_a_list_take_a_move_each_and_a_refusal_keeps_none_back(world: World, sari: Teller) -> None:
    first, second, closed = (sari.tells(cast.queues(stream="suggestion")) for _ in range(3))
    elsewhere = sari.tells(cast.queues(office=world.office(KANWIL)))
    for each in (first, closed):
        world.take("verify", each, by="wulan")
        world.take("answer", each, by="wulan", text="Terima kasih")
    world.take("close", closed, by="wulan")
    desk = world.desk("rahmat")
    chosen = [Chosen(case_of(each).id) for each in (first, second, closed, elsewhere)]
    offered = together.selected("close", [each.case_id for each in chosen], desk=desk)
    assert {row.case.id for row in offered if not row.why_not} == {case_of(first).id}
    outcomes = together.take_on_each("close", chosen, desk=desk, given=Given(), at=NOW)
    assert {outcome.case.id for outcome in outcomes if outcome.why_not} == {case_of(second).id, case_of(closed).id}
    assert case_of(first).status_code == "closed"
    assert log.count(case_of(elsewhere).id, deed="close") == 0


def test_chosen_with_its_duplicates_the_main_case_is_what_they_are_linked_to(world: World, sari: Teller) -> None:
    main, second, third = (sari.tells() for _ in range(3))
    chosen = [Chosen(case_of(each).id) for each in (main, second, third)]
    given = Given(main_case=case_of(main).agenda_number.lower())
    outcomes = together.take_on_each("link_duplicate", chosen, desk=world.desk("wulan"), given=given, at=NOW)
    assert [outcome.why_not for outcome in outcomes] == [None, None]
    assert case_of(second).follows == case_of(third).follows == case_of(main)


def test_moves_for_many_are_those_of_ones_roles_and_ask_nothing_of_a_single_case(world: World) -> None:
    names = {login: {move.name for move in together.moves_for_many(world.desk(login))} for login in ("wulan", "hadi")}
    assert {"take_on", "close", "link_duplicate"} <= names["wulan"]
    assert names["hadi"] == set()
    assert together.moves_for_many(world.desk("tono")) == together.moves_for_many(world.desk("dewi")) == []


def test_a_part_is_no_duplicate_of_its_own_report_and_all_parts_keep_one_order(world: World, sari: Teller) -> None:
    main, receipt = sari.tells(), sari.tells()
    first = world.take("split", main, by="wulan", stream="service", note="Bagian kedua")
    part = Case.objects.get(report_id=first.report_id, part=2)
    refused("main-itself", world, main, main, typed=part.agenda_number)
    link(world, receipt, main, typed=part.agenda_number)
    assert case_of(receipt).follows == part
    part.refresh_from_db()
    assert part.last_order == case_of(main).last_order == part.steps.latest("order").order
    world.take("verify", main, by="wulan")
    assert proof.verify() == book.verify() == []
