"""The recovery board's page: two people type their shares one after the other, and no share is kept or shown."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import NOW, World
from wise.keys import leaving
from wise.keys.models import Holder
from wise.people.models import OfficerRole, OfficerSession

BOARD = "/kerja/kelola/dewan/"

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def tono(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "tono")


def _form(page: Any) -> Any:
    return next(form for form in officers.forms(page) if form.action.endswith("dewan/"))


def _begin(browser: DjangoTestApp, deed: str, *, status: int = 200, **typed: str) -> Any:
    form = _form(browser.get(BOARD))
    form["deed"] = deed
    for name, value in typed.items():
        form[name] = value
    return form.submit(status=status)


def _type(page: Any, share: str, *, status: int = 200) -> Any:
    form = _form(page)
    form["share"] = share
    return form.submit(status=status)


def _empty(world: World) -> None:
    for login in ("rahmat", "wulan"):
        desk, role = world.desk("wulan"), OfficerRole.objects.get(officer__login=login)
        leaving.end_role(role.id, by=desk.officer, keyring=desk.keyring, at=NOW)


def test_two_people_rehearse_and_neither_can_read_the_others_share(world: World, tono: DjangoTestApp) -> None:
    first, second, _third = world.board
    page = _begin(tono, "rehearse")
    assert "Bagian 1 dari 2" in page
    page = _type(page, f"  {first.upper()} ")
    assert "Bagian 2 dari 2" in page
    assert not any(word in page.text for word in first.split() if len(word) > 7)
    for row in OfficerSession.objects.all():
        assert first.split()[-1].encode() not in bytes(row.sealed)

    page = _type(page, second)

    assert page.html.find(role="status")
    assert "Tidak ada yang diubah" in page
    assert not any(word in page.text for word in [*first.split(), *second.split()] if len(word) > 7)


@pytest.mark.parametrize("which", ["mistyped", "twice", "strange"])
def test_a_wrong_share_is_told_where_it_was_typed_and_the_first_one_is_kept(
    world: World, tono: DjangoTestApp, which: str
) -> None:
    page = _type(_begin(tono, "rehearse"), world.board[0])
    wrong = {
        "mistyped": world.board[1].rpartition(" ")[0],
        "twice": world.board[0],
        "strange": "",
    }[which]

    page = _type(page, wrong, status=422)

    assert page.html.find(role="alert").find("a", href="#share")
    assert "Bagian 2 dari 2" in page
    assert _type(page, world.board[1]).html.find(role="status")


def test_a_first_share_with_a_slip_is_told_before_the_second_person_comes(world: World, tono: DjangoTestApp) -> None:
    page = _type(_begin(tono, "rehearse"), "bukan bagian", status=422)

    assert page.html.find(role="alert").find("a", href="#share")
    assert "Bagian 1 dari 2" in page


def test_a_first_share_that_waited_too_long_or_is_another_sessions_is_gone(
    world: World, tono: DjangoTestApp, visitor: Visitor
) -> None:
    page = _type(_begin(tono, "rehearse"), world.board[0])
    with time_machine.travel(NOW + datetime.timedelta(minutes=11), tick=True):
        assert "Bagian 1 dari 2" in _type(page, world.board[1], status=422)

    other = officers.sign_in(visitor(), "tono")
    form = _form(_type(_begin(other, "rehearse"), world.board[0]))
    form["kept"] = _form(page)["kept"].value
    form["share"] = world.board[1]
    assert "Bagian 1 dari 2" in form.submit(status=422)


def test_the_board_is_renewed_and_three_new_shares_are_shown_once(world: World, tono: DjangoTestApp) -> None:
    page = _type(_type(_begin(tono, "renew"), world.board[0]), world.board[2])
    fresh = [node.text for node in page.html.find_all(class_="share")]

    assert len(fresh) == 3
    assert "no-store" in page.headers["Cache-Control"]
    assert Holder.objects.get(kind="board").version == 2
    assert _type(_type(_begin(tono, "rehearse"), fresh[0]), fresh[2]).html.find(role="status")
    page = _type(_type(_begin(tono, "rehearse"), world.board[0]), world.board[1], status=422)
    assert page.html.find(role="alert").find("a", href="#share")


def test_somebody_is_let_into_a_unit_whose_last_member_is_gone(world: World, tono: DjangoTestApp) -> None:
    _empty(world)
    page = _begin(tono, "appoint", unit=str(world.unit().id), role="verifier", login="dewi")

    page = _type(_type(page, world.board[1]), world.board[2])

    assert "Dewi Lestari" in page.html.find(role="status").text
    assert world.desk("dewi").units == (world.unit(),)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"unit": "", "role": "verifier", "login": "dewi"}, "unit"),
        ({"role": "", "login": "dewi"}, "role"),
        ({"role": "verifier", "login": "nobody"}, "login"),
        ({"role": "custodian", "login": "dewi"}, "role"),
    ],
)
def test_what_cannot_be_is_told_before_anybody_types_a_share(
    world: World, tono: DjangoTestApp, typed: dict[str, str], field: str
) -> None:
    _empty(world)
    page = _begin(tono, "appoint", status=422, **({"unit": str(world.unit().id)} | typed))

    assert page.html.find(role="alert").find("a", href=f"#{field}")
    assert page.html.find("input", id="share") is None


def test_a_unit_that_somebody_can_open_is_not_offered(world: World, tono: DjangoTestApp) -> None:
    offered = [option["value"] for option in tono.get(BOARD).html.find("select", id="unit").find_all("option")]

    assert str(world.unit().id) not in offered


@pytest.mark.parametrize("login", ["wulan", "ina", "hadi", "dewi", "agus", "kartika"])
def test_p29_nobody_but_the_administrator_finds_the_page(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)
    token = officers.forms(browser.get("/kerja/"))[0]["form_token"].value

    browser.get(BOARD, status=404)
    browser.post(BOARD, {"form_token": token, "step": "deed", "deed": "renew"}, status=404)
