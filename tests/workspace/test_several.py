"""Several cases at once: Wulan ticks them in the inbox, looks at them once more, and acts on each."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import deciding, officers
from tests.world import KANWIL, NOW, Teller, World, case_of, join, queues
from wise.casework.intake import Receipt
from wise.casework.models import Case

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def sari(world: World) -> Teller:
    return join()


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def _ticks(browser: DjangoTestApp, move: str, *receipts: Receipt, view: str = "") -> Any:
    """Tick the cases in the inbox and press a button below it."""
    form = browser.get(f"/kerja/{view}").forms["several"]
    wanted = {str(case_of(receipt).id) for receipt in receipts}
    for field in form.fields.get("case", []):
        field.checked = field._value in wanted
    return form.submit("move", value=move)


def _form(page: Any) -> Any:
    return next(
        form for form in officers.forms(page) if form.action == "/kerja/beberapa/" and form.method.upper() == "POST"
    )


def test_she_takes_on_two_of_three_after_looking_at_them_once_more(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    first, second, third = sari.tells(), sari.tells(), sari.tells()

    page = _ticks(wulan, "take_on", first, second)
    numbers = [case_of(receipt).agenda_number for receipt in (first, second, third)]
    assert [number in page for number in numbers] == [True, True, False]
    assert Case.objects.filter(handler=None).count() == 3
    page = _form(page).submit(status=302).follow()

    assert "selesai pada 2 perkara" in page.html.find(role="status").text
    assert {case_of(receipt).handler for receipt in (first, second)} == {world.officer("wulan")}
    assert case_of(third).handler is None


def test_what_cannot_be_closed_is_named_and_keeps_nothing_back(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    ready, early = sari.tells(at=NOW), sari.tells(at=NOW)
    deciding.answered(world, ready, at=NOW)

    page = _ticks(wulan, "close", ready, early)
    assert f"{case_of(early).agenda_number}: " in page.html.find("main").text
    _form(page).submit(status=302)

    assert case_of(ready).status_code == "closed"
    assert case_of(early).status_code == "received"


def test_a_case_that_moved_on_meanwhile_is_refused_with_the_reason(
    world: World, sari: Teller, wulan: DjangoTestApp
) -> None:
    still, moved = sari.tells(), sari.tells()
    form = _form(_ticks(wulan, "take_on", still, moved))
    sari.writes(moved, "Masih antre.")

    page = form.submit(status=422)

    assert case_of(moved).agenda_number in page.html.find(id="refused").parent.text
    assert case_of(still).agenda_number in page.html.find(id="done").parent.text
    assert case_of(moved).handler is None
    # What is left can be sent again, now that it was seen.
    _form(page).submit(status=302)
    assert case_of(moved).handler == world.officer("wulan")


def test_they_are_linked_to_a_main_case_together(sari: Teller, wulan: DjangoTestApp) -> None:
    main, first, second = join("sungai tenang").tells(), sari.tells(), sari.tells()
    form = _form(_ticks(wulan, "link_duplicate", main, first, second))
    form["main_case"] = "PGD-999"
    page = form.submit(status=422)
    form = _form(page)
    assert form["main_case"].value == "PGD-999"
    form["main_case"] = case_of(main).agenda_number
    form.submit(status=302)

    assert {case_of(receipt).follows for receipt in (first, second)} == {case_of(main)}


def test_nothing_ticked_is_told_and_nothing_else_is_there(
    world: World, sari: Teller, wulan: DjangoTestApp, visitor: Visitor
) -> None:
    sari.tells()
    elsewhere = sari.tells(queues(office=world.office(KANWIL)))
    page = _ticks(wulan, "take_on").follow()
    assert "Centang paling sedikit satu perkara" in page.html.find(role="status").text
    for query in (f"move=take_on&case={case_of(elsewhere).id}", "move=take_on&case=x", "move=approve&case=x", ""):
        wulan.get(f"/kerja/beberapa/?{query}", status=404)
    for login in ("dewi", "hadi", "tono", "agus"):
        browser = officers.sign_in(visitor(), login)
        assert "several" not in browser.get("/kerja/").forms
        browser.get(f"/kerja/beberapa/?move=take_on&case={case_of(elsewhere).id}", status=404)
