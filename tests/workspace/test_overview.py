"""The pages about the offices below."""

from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests import world as cast
from tests.world import World

type Visitor = Callable[[], DjangoTestApp]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_lina_finds_the_office_and_its_cases_by_number_alone(world: World, visitor: Visitor, prefix: str) -> None:
    case = cast.case_of(cast.join().tells())
    browser = officers.sign_in(visitor(), "lina", prefix=prefix)

    office = browser.get(f"{prefix}/kerja/").click(href="/kerja/kantor/$").click("KPKNL Pekanbaru")

    assert case.agenda_number in office.text
    assert str(case.id) not in office.text


def test_an_office_without_cases_says_so(world: World, visitor: Visitor) -> None:
    browser = officers.sign_in(visitor(), "lina")

    assert "tidak memiliki perkara" in browser.get("/kerja/kantor/").click("KPKNL Dumai").text


def test_page_numbers_that_are_none_show_the_first(world: World, visitor: Visitor) -> None:
    browser = officers.sign_in(visitor(), "lina")
    address = f"/kerja/kantor/{world.unit().id}/"

    assert browser.get(f"{address}?page=x").status_int == browser.get(f"{address}?page={'9' * 30}").status_int == 200


@pytest.mark.parametrize("login", ["wulan", "dewi", "hadi", "tono"])
def test_for_whom_watches_over_nobody_the_pages_are_not_there(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)

    assert "/kerja/kantor/" not in browser.get("/kerja/").text
    browser.get("/kerja/kantor/", status=404)
    browser.get(f"/kerja/kantor/{world.unit().id}/", status=404)
