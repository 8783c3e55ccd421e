"""The page on which Wulan links Sari's complaint to a main case, and what the pages of both cases say then."""

from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import deciding, officers
from tests import world as cast
from tests.officers import address
from tests.world import KANWIL, Teller, World, case_of
from wise.casework.intake import Receipt

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def main(world: World) -> Receipt:
    return cast.join("sungai tenang").tells()


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def test_she_picks_the_main_case_from_those_on_the_same_topic_and_undoes_it(
    sari: Teller, main: Receipt, wulan: DjangoTestApp
) -> None:
    receipt = sari.tells()
    form = officers.form_of(officers.case_page(wulan, receipt), "link_duplicate")
    form["main_picked"] = case_of(main).agenda_number
    page = form.submit().follow()

    assert "sudah ditautkan ke perkara utamanya" in page.html.find(role="status").text
    assert page.html.select_one(f'.note a[href="{address(main)}"]').text == case_of(main).agenda_number
    there = officers.case_page(wulan, main)
    assert there.html.select_one(f'[aria-labelledby="duplicates"] a[href="{address(receipt)}"]')
    assert "link_duplicate" not in officers.moves_on(page) + officers.moves_on(there)
    page = officers.form_of(page, "unlink_duplicate").submit().follow()
    assert "tidak lagi ditautkan" in page.html.find(role="status").text
    assert case_of(receipt).follows is None
    assert not officers.case_page(wulan, main).html.select_one("#duplicates")


def test_a_number_that_is_not_her_units_is_refused_and_stays_in_the_field(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    receipt, elsewhere = sari.tells(), sari.tells(cast.queues(office=world.office(KANWIL)))
    form = officers.form_of(officers.case_page(wulan, receipt), "link_duplicate")
    assert case_of(elsewhere).agenda_number not in form.text
    for typed in (case_of(elsewhere).agenda_number, "PGD-999"):
        form["main_case"] = typed
        page = form.submit(status=422)
        form = officers.form_of(page, "link_duplicate")
        assert "tidak memiliki perkara terbuka yang sejenis" in page
        assert form["main_case"].value == typed
    form["main_case"] = ""
    assert "Pilih perkara utama" in form.submit(status=422)


def test_the_head_sees_no_duplicate_that_was_not_put_before_him(world: World, sari: Teller, visitor: Visitor) -> None:
    main, receipt = sari.tells(), sari.tells()
    world.take("link_duplicate", receipt, by="wulan", main_case=case_of(main).agenda_number)
    deciding.proposed(world, main)

    hadi = officers.sign_in(visitor(), "hadi")
    page = officers.case_page(hadi, main)
    assert "link_duplicate" not in officers.moves_on(page)
    assert not page.html.select_one("#duplicates")
    officers.case_page(hadi, receipt, status=404)
    hadi.get(f"{address(main)}link_duplicate/", status=302)


def test_hadi_is_told_that_the_improvement_in_the_main_case_may_be_enough(
    world: World, sari: Teller, main: Receipt, visitor: Visitor
) -> None:
    receipt = sari.tells()
    world.take("link_duplicate", receipt, by="wulan", main_case=case_of(main).agenda_number)
    deciding.proposed(world, receipt)
    hadi = officers.sign_in(visitor(), "hadi")
    assert "Paling sedikit satu tindakan perbaikan" in hadi.get(f"{address(receipt)}approve/")
    deciding.approved(world, main)

    page = hadi.get(f"{address(receipt)}approve/")

    assert f"perkara utama {case_of(main).agenda_number} sudah memadai" in page.html.find("main").text
    officers.form_of(page, "approve").submit(status=302)
    assert case_of(receipt).status_code == "acting"
