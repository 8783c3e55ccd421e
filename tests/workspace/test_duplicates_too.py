"""One answer for all who complained of the same: the boxes beside the forms of a main case, and what is said after."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import deciding, officers
from tests import world as cast
from tests.officers import address
from tests.world import KANWIL, NOW, Teller, World, case_of
from wise.audit import log
from wise.casework.given import Wording
from wise.casework.intake import Receipt
from wise.casework.models import Improvement
from wise.casework.workflow import NOTE_PARTS
from wise.keys import membership
from wise.letters.models import Letter
from wise.people.kinds import Role

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def others(world: World) -> Teller:
    return cast.join("sungai tenang")


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def linked(world: World, main: Receipt, *receipts: Receipt) -> None:
    for each in receipts:
        world.take("link_duplicate", each, by="wulan", main_case=case_of(main).agenda_number)


def suggestions(world: World, teller: Teller, count: int) -> list[Receipt]:
    """Suggestions that can be answered, the second and further ones linked to the first."""
    receipts = [teller.tells(cast.queues(stream="suggestion")) for _ in range(count)]
    linked(world, *receipts)
    for each in receipts:
        world.take("verify", each, by="wulan")
    return receipts


def form_on(browser: DjangoTestApp, receipt: Receipt, move: str, *, prefix: str = "") -> Any:
    return officers.form_of(officers.case_page(browser, receipt, prefix=prefix), move)


def boxes(form: Any) -> dict[str, bool]:
    """The duplicates that can be ticked, and whether they are."""
    return {str(field._value): bool(field.checked) for field in form.fields.get("case", [])}


def tick(form: Any, *receipts: Receipt) -> Any:
    wanted = {str(case_of(each).id) for each in receipts}
    assert wanted <= set(boxes(form))
    for field in form.fields["case"]:
        field.checked = field._value in wanted
    return form


def number(receipt: Receipt) -> str:
    return case_of(receipt).agenda_number


def test_one_answer_goes_from_the_finding_to_the_close_by_ticks_on_the_pages_of_the_main_case(
    world: World, sari: Teller, others: Teller, wulan: DjangoTestApp, visitor: Visitor
) -> None:
    main, first, second = sari.tells(), others.tells(), others.tells()
    linked(world, main, first, second)
    for each in (main, first, second):
        world.take("verify", each, by="wulan")

    form = tick(form_on(wulan, main, "conclude_verification"), first, second)
    form["steps"], form["facts"], form["conclusion"] = "Rekaman diperiksa", "Satu loket tutup", "followed_up"
    page = form.submit(status=302).follow()
    told = page.html.find(role="status").text
    assert all(
        number(each) in told.partition("Dilakukan juga untuk pengaduan gandanya: ")[2] for each in (first, second)
    )
    form = tick(form_on(wulan, main, "propose"), first, second)
    form["recommendation"], form["points"] = "Buka loket kedua", "Kami mohon maaf.\nLoket ditambah."
    form.submit(status=302)
    hadi = officers.sign_in(visitor(), "hadi")
    form = tick(form_on(hadi, main, "approve"), first, second)
    form["what_1"], form["owner_1"], form["due_1"] = "Tambah satu loket", "Seksi HI", "2026-11-30"
    form.submit(status=302)
    form = tick(form_on(wulan, main, "answer"), first, second)
    form["medium"] = "page"
    form.submit(status=302)
    tick(form_on(wulan, main, "close"), first, second).submit(status=302)

    assert {case_of(each).status_code for each in (main, first, second)} == {"closed"}
    assert Improvement.objects.get().case == case_of(main)
    letters = Letter.objects.filter(kind="response").order_by("number")
    assert len({letter.number for letter in letters}) == 3
    for each in (first, second):
        (given,) = others.report(each).letters
        answer = others.report(each).answer
        assert given.content.points[1:] == ("Loket ditambah.",)
        assert answer is not None
        assert given.number in answer.text


def test_nothing_is_ticked_beforehand_and_what_is_not_ticked_is_left_alone(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    main, receipt = suggestions(world, sari, 2)
    form = form_on(wulan, main, "answer")
    assert boxes(form) == {str(case_of(receipt).id): False}
    form["text"] = "Terima kasih"
    page = form.submit(status=302).follow()

    assert case_of(main).answered_on is not None
    assert case_of(receipt).answered_on is None
    assert "gandanya:" not in page.html.find(role="status").text
    assert page.html.find(id="refused") is None


def test_a_refusal_on_the_main_case_keeps_the_ticks_and_the_words_and_does_nothing(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    main, first, second = (sari.tells() for _ in range(3))
    linked(world, main, first, second)
    for each in (main, first, second):
        deciding.verified(world, each)
    form = tick(form_on(wulan, main, "propose"), second)
    form["recommendation"], form["points"] = "Buka loket kedua", " "
    form = officers.form_of(form.submit(status=422), "propose")

    assert boxes(form) == {str(case_of(first).id): False, str(case_of(second).id): True}
    assert form["recommendation"].value == "Buka loket kedua"
    assert {case_of(each).status_code for each in (main, first, second)} == {"analysing"}


def test_which_was_refused_and_why_is_said_apart_from_what_was_done(
    world: World, sari: Teller, others: Teller, wulan: DjangoTestApp
) -> None:
    main, still, moved = suggestions(world, sari, 3)
    form = tick(form_on(wulan, main, "answer"), still, moved)
    sari.adds(moved, "Satu hal lagi")
    # Sent once without words: that a page came back does not make it read.
    form = officers.form_of(form.submit(status=422), "answer")
    form["text"] = "Terima kasih"
    page = form.submit(status=302).follow()

    assert number(still) in page.html.find(role="status").text
    told = page.html.find(id="refused").parent
    assert told.find("a")["href"] == address(moved)
    assert "perkembangan baru" in told.text
    assert [case_of(each).answered_on for each in (still, moved)] == [NOW.date(), None]
    assert officers.case_page(wulan, main).html.find(id="refused") is None


def test_what_says_something_else_is_named_with_the_reason_and_has_no_box(
    world: World, sari: Teller, wulan: DjangoTestApp, visitor: Visitor
) -> None:
    main, same, other = (sari.tells() for _ in range(3))
    linked(world, main, same, other)
    for each in (main, same):
        deciding.proposed(world, each)
    deciding.proposed(world, other, letter=Wording("Lain", ("Lain.",), ""))
    hadi = officers.sign_in(visitor(), "hadi")
    form = form_on(hadi, main, "approve")

    assert set(boxes(form)) == {str(case_of(same).id)}
    row = next(row for row in form.html.select("ul.too li") if number(other) in row.text)
    assert "Isi suratnya berbeda" in row.text
    assert row.find("a")["href"] == address(other)


def test_the_head_is_offered_only_what_was_put_before_him(world: World, sari: Teller, visitor: Visitor) -> None:
    main, before_him, not_yet = (sari.tells() for _ in range(3))
    linked(world, main, before_him, not_yet)
    for each in (main, before_him):
        deciding.proposed(world, each)
    deciding.verified(world, not_yet)
    form = form_on(officers.sign_in(visitor(), "hadi"), main, "approve")

    assert set(boxes(form)) == {str(case_of(before_him).id)}
    assert case_of(not_yet).agenda_number not in form.text


def test_an_acting_head_has_no_box_for_what_she_verified_herself(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    hadi, leadership = world.desk("hadi"), world.unit("leadership")
    asked = membership.propose(
        world.officer("wulan"), unit=leadership, role=Role.HEAD, by=world.officer("tono"), at=NOW
    )
    membership.decide(asked, confirmed=True, by=hadi.officer, keyring=hadi.keyring, at=NOW)
    main, receipt = sari.tells(), sari.tells()
    linked(world, main, receipt)
    for each, by in ((main, "rahmat"), (receipt, "wulan")):
        deciding.proposed(world, each, by=by)
    form = form_on(wulan, main, "approve")

    assert boxes(form) == {}
    assert "Anda sendiri yang memverifikasi" in form.text


def test_a_case_that_is_not_linked_or_not_hers_is_never_taken_along(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    main, receipt = suggestions(world, sari, 2)
    (stranger,) = suggestions(world, sari, 1)
    elsewhere = sari.tells(cast.queues(office=world.office(KANWIL), stream="suggestion"))
    sent, there = dict(form_on(wulan, main, "answer").submit_fields()) | {"text": "x"}, f"{address(main)}answer/"
    wulan.post(there, sent | {"case": "x"}, status=404)
    assert case_of(main).answered_on is None
    ids = [*(str(case_of(each).id) for each in (stranger, elsewhere)), str(uuid.uuid4())]
    page = wulan.post(there, [*sent.items(), *(("case", each) for each in ids)], status=302).follow()

    told = page.html.find(id="refused").parent.text
    assert "3 perkara yang dicentang tidak ditautkan ke perkara ini." in told
    assert [case_of(each).answered_on for each in (receipt, stranger, elsewhere)] == [None] * 3
    assert log.count(case_of(elsewhere).id, deed="answer") == 0


@pytest.mark.parametrize("login", ["hadi", "yanti", "maya", "ina", "dewi", "tono", "agus"])
def test_who_does_not_hold_the_main_case_sends_nothing_to_its_duplicates(
    world: World, sari: Teller, visitor: Visitor, login: str
) -> None:
    main, receipt = suggestions(world, sari, 2)
    browser = officers.sign_in(visitor(), login)
    sent = dict(officers.forms(browser.get("/kerja/"))[0].submit_fields()) | {"case": str(case_of(receipt).id)}
    browser.post(f"{address(main)}answer/", sent | {"text": "Terima kasih"}, status=404)
    assert case_of(receipt).answered_on is None


def test_a_case_without_duplicates_and_a_move_that_none_of_them_is_open_to_show_no_boxes(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    main, receipt, alone = (sari.tells() for _ in range(3))
    linked(world, main, receipt)
    for each in (main, alone):
        world.take("verify", each, by="wulan")
    for each in (main, receipt, alone):
        page = officers.case_page(wulan, each)
        assert page.html.select_one("ul.too") is None
        assert "pengaduan gandanya" not in page


def test_the_page_of_the_main_case_opens_no_duplicate_and_the_page_of_a_letter_does(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    main, receipt = sari.tells(), sari.tells()
    linked(world, main, receipt)
    for each in (main, receipt):
        deciding.verified(world, each)
    before = log.count(case_of(receipt).id, deed="read")
    page = officers.case_page(wulan, main)
    assert log.count(case_of(receipt).id, deed="read") == before
    assert boxes(officers.form_of(page, "propose"))
    assert log.count(case_of(receipt).id, deed="read") == before + 1


def test_the_files_that_a_finding_rests_on_are_those_of_the_main_case_alone(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    main, receipt = (sari.tells(cast.queues(files=(cast.file(),))) for _ in range(2))
    linked(world, main, receipt)
    for each in (main, receipt):
        world.take("verify", each, by="wulan")
    form = tick(form_on(wulan, main, "conclude_verification"), receipt)
    form["steps"], form["facts"], form["conclusion"] = "Rekaman diperiksa", "Satu loket tutup", "followed_up"
    form.set("rests_on", value=True, index=0)
    form.submit(status=302)

    said = [[part.label for part in world.read(each, by="wulan").timeline[-1].parts] for each in (main, receipt)]
    assert [NOTE_PARTS["rests_on"] in labels for labels in said] == [True, False]


def test_a_letter_on_paper_is_left_for_each_and_the_page_says_so_before(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    main, receipt = sari.tells(), sari.tells()
    linked(world, main, receipt)
    for each in (main, receipt):
        deciding.approved(world, each)
    form = tick(form_on(wulan, main, "answer", prefix="/en"), receipt)
    assert "Do the same for its duplicates" in form.text
    assert "A letter on paper goes to each reporter by itself." in form.text
    form["medium"] = "hand"
    page = form.submit(status=302).follow()

    assert "Not done" in page.html.find(id="refused").text
    assert number(receipt) in page.html.find(id="refused").parent.text
    assert case_of(receipt).answered_on is None
