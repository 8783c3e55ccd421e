"""P29: who may not take a move cannot, at any status: by its page, by its form, by an address, by a bare request."""

import json
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import deciding, officers
from tests.world import NOW, World, case_of, join, queues
from wise.casework import actions
from wise.casework.intake import Receipt
from wise.casework.models import Case
from wise.casework.vocabulary import Actor
from wise.casework.workflow import MOVES
from wise.letters.models import Letter

# Everything that has a page, what has none, and what only reporters do.
NAMES = sorted(MOVES)
STRANGERS = ["dewi", "oki", "edi", "yanti", "surya", "maya", "nur", "kartika", "kusuma", "agus", "tono", "sri"]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def _received(world: World) -> Receipt:
    return join().tells(queues())


def _verifying(world: World) -> Receipt:
    receipt = _received(world)
    world.take("verify", receipt, by="wulan")
    return receipt


def _analysing(world: World) -> Receipt:
    receipt = _received(world)
    deciding.verified(world, receipt)
    return receipt


def _proposed(world: World) -> Receipt:
    receipt = _received(world)
    deciding.proposed(world, receipt)
    return receipt


def _acting(world: World) -> Receipt:
    receipt = _received(world)
    deciding.approved(world, receipt)
    return receipt


def _closed(world: World) -> Receipt:
    receipt = _received(world)
    deciding.answered(world, receipt)
    world.take("close", receipt, by="wulan")
    return receipt


def _violation(world: World) -> Receipt:
    receipt = join().tells(queues(stream="violation", receiver="ibi"))
    world.take("verify", receipt, by="ina")
    return receipt


SERVICE = (_received, _verifying, _analysing, _proposed, _acting, _closed)


def _state(case: Case) -> tuple[object, ...]:
    now = Case.objects.get(id=case.id)
    return now.status_code, now.last_order, now.unit_id, now.handler_id, now.outcome, Letter.objects.count()


def _token(browser: DjangoTestApp) -> str:
    """What every form of this session carries."""
    value: str = officers.forms(browser.get("/kerja/"))[0]["form_token"].value
    return value


def _cannot(browser: DjangoTestApp, token: str, receipt: Receipt, name: str, *, there: bool) -> None:
    """The move's page leads back or is not there; a form, and a request that is none, change nothing."""
    case = case_of(receipt)
    before, path = _state(case), f"{officers.address(receipt)}{name}/"
    fields = {"form_token": token, "seen": str(case.last_order), "note": "x", "text": "x", "conclusion": "followed_up"}
    shown = browser.get(path, status="*").status_int
    sent = browser.post(path, fields, status="*").status_int
    bare = browser.post(path, json.dumps(fields), content_type="application/json", status="*").status_int
    assert shown in ({302, 404} if there else {404})
    assert sent in ({404, 409, 422} if there else {404})
    assert bare in {403, 404, 409, 415, 422}
    assert _state(case) == before


@pytest.mark.parametrize("login", STRANGERS)
def test_p29_to_strangers_no_move_is_there(world: World, visitor: Callable[[], DjangoTestApp], login: str) -> None:
    receipt = _acting(world)
    browser = officers.sign_in(visitor(), login)
    token = _token(browser)
    for name in NAMES:
        _cannot(browser, token, receipt, name, there=False)


@pytest.mark.parametrize("login", ["wulan", "rahmat", "hadi"])
@pytest.mark.parametrize("state", SERVICE, ids=[each.__name__[1:] for each in SERVICE])
def test_p29_in_an_office_nobody_takes_what_is_not_theirs_or_not_the_time(
    world: World, visitor: Callable[[], DjangoTestApp], login: str, state: Callable[[World], Receipt]
) -> None:
    _nobody_takes_more_than_is_listed(world, visitor, login, state(world))


@pytest.mark.parametrize("login", ["ina", "fajar", "wulan"])
def test_p29_nor_does_anybody_on_a_violation(world: World, visitor: Callable[[], DjangoTestApp], login: str) -> None:
    _nobody_takes_more_than_is_listed(world, visitor, login, _violation(world))


def _nobody_takes_more_than_is_listed(
    world: World, visitor: Callable[[], DjangoTestApp], login: str, receipt: Receipt
) -> None:
    case, desk = case_of(receipt), world.desk(login)
    there = bool({case.unit, case.lead} & set(desk.units))
    listed = {move.name for move in actions.moves_for(case, desk=desk)}
    assert listed <= {name for name in NAMES if MOVES[name].actor is Actor.OFFICER}
    assert bool(listed) is there
    browser = officers.sign_in(visitor(), login)
    token = _token(browser)
    for name in sorted(set(NAMES) - listed):
        _cannot(browser, token, receipt, name, there=there)
