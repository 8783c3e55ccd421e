"""P32: a second factor is required by role, works once, and is sealed for its officer alone."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.urls import URLPattern, reverse
from django_webtest import DjangoTestApp
from pytest_django import Settings

from tests import officers, seconds
from tests.world import NOW, PASSPHRASE, World
from wise.people import second_step
from wise.people.kinds import ROLES, Role
from wise.workspace import urls

type Visitor = Callable[[], DjangoTestApp]

SET_UP = "/kerja/masuk/dua-langkah/"
# What is there before anybody is signed in, and the three pages of who must set a second step up.
OPEN = {"sign_in", "recover", "second_step", "second_step_set_up", "second_step_passkey", "sign_out"}
# The institution's sign-in: there where an operator has entered it, and not in these tests.
OPEN |= {"institution", "institution_back", "institution_refused", "institution_unlock"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_p32_the_passphrase_alone_opens_no_page_of_who_has_a_second_step(world: World, visitor: Visitor) -> None:
    app = seconds.set_up(world, "kartika")
    browser = visitor()
    form = browser.get("/kerja/masuk/").form
    form["login"], form["password"] = "kartika", PASSPHRASE
    page = form.submit(status=302).follow()
    for pattern in _plain_pages():
        answer = browser.get(reverse(f"workspace:{pattern.name}"), expect_errors=True)
        assert answer.status_int == 405 or answer.location.startswith("/kerja/masuk/?next="), pattern.name

    page.form["code"] = app.shows(NOW)
    page.form.submit(status=302)
    assert browser.get("/kerja/").status_int == 200


@pytest.mark.parametrize("role", list(Role))
def test_p32_every_role_can_require_one_and_then_no_page_opens_without(
    world: World, visitor: Visitor, settings: Settings, role: Role
) -> None:
    settings.WISE_SECOND_FACTOR_ROLES = frozenset({role.value})
    logins = {login: second_step.required(_roles(world, login)) for login in ("wulan", "tono", "kusuma", "dewi")}
    for login, needed in logins.items():
        browser = officers.sign_in(visitor(), login)
        if not needed:
            assert browser.get("/kerja/").status_int == 200
            continue
        for pattern in _plain_pages():
            answer = browser.get(reverse(f"workspace:{pattern.name}"), expect_errors=True)
            assert answer.status_int == 405 or answer.location == SET_UP, pattern.name
    assert set(ROLES) == set(Role)


def test_p32_a_code_is_no_good_twice(world: World, visitor: Visitor) -> None:
    app = seconds.set_up(world, "wulan")
    statuses = []
    for _ in range(2):
        form = visitor().get("/kerja/masuk/").form
        form["login"], form["password"] = "wulan", PASSPHRASE
        page = form.submit(status=302).follow()
        page.form["code"] = app.shows(NOW)
        statuses.append(page.form.submit(expect_errors=True).status_int)
    assert statuses == [302, 422]


def test_p07_whether_somebody_has_a_second_step_shows_only_behind_the_passphrase(
    world: World, visitor: Visitor
) -> None:
    seconds.set_up(world, "wulan")
    pages = set()
    for login in ("wulan", "rahmat", "nobody"):
        form = visitor().get("/kerja/masuk/").form
        form["login"], form["password"] = login, "payung merah di atas meja"
        answer = form.submit(status=422)
        pages.add(answer.text.replace(login, ""))
        assert "wise_officer" not in answer.headers.get("Set-Cookie", "")
    assert len(pages) == 1


def _plain_pages() -> list[URLPattern]:
    """The workspace's pages whose address has nothing in it that changes."""
    return [
        pattern
        for pattern in urls.urlpatterns
        if pattern.name and pattern.name not in OPEN and not pattern.pattern.converters
    ]


def _roles(world: World, login: str) -> set[Role]:
    return {role for roles in world.desk(login).roles.values() for role in roles}
