"""P29, P30, P31: every page about a case is asked for by everybody, and answers those alone who hold it."""

import importlib.resources
import json
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import NOW, World, case_of, file, join, queues
from wise.casework.given import Assignment
from wise.register.models import Attachment

MINE = {"wulan", "rahmat"}
EVERYBODY = [
    "dewi",
    "oki",
    "wulan",
    "rahmat",
    "hadi",
    "edi",
    "yanti",
    "lina",
    "surya",
    "maya",
    "nur",
    "ina",
    "fajar",
    "kartika",
    "kusuma",
    "agus",
    "tono",
    "sri",
]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_the_institution_has_no_officer_of_another_kind(world: World) -> None:
    roles = {(row["role"], row["unit"]) for row in _people()}

    assert {(row["role"], row["unit"]) for row in _people() if row["login"] in EVERYBODY} == roles


@pytest.mark.parametrize("login", EVERYBODY)
def test_p29_pages_files_forms_search_and_counts(
    world: World, visitor: Callable[[], DjangoTestApp], login: str
) -> None:
    receipt = join().tells(queues(files=(file(),)))
    case, attached = case_of(receipt), Attachment.objects.get(report__id=receipt.report_id)
    browser = officers.sign_in(visitor(), login)
    page = browser.get("/kerja/")
    token = officers.forms(page)[0]["form_token"].value
    path = officers.address(receipt)
    expected = 200 if login in MINE else 404

    assert browser.get(path, status="*").status_int == expected
    assert browser.get(f"{path}berkas/{attached.id}/", status="*").status_int == expected
    assert browser.get(f"{path}note/", status="*").status_int == expected
    assert browser.get(f"{path}pembukaan/", status="*").status_int == expected
    assert browser.get(f"{path}berkas/{attached.own_id}/", status="*").status_int == 404
    found = browser.get("/kerja/", params={"agenda": case.agenda_number}).html.find("main").find("table")
    assert (found is not None) == (login in MINE)
    answer = browser.post(f"{path}note/", {"form_token": token, "note": "x"}, status="*")
    assert answer.status_int == (302 if login in MINE else 404)


@pytest.mark.parametrize("login", sorted(set(EVERYBODY) - MINE))
def test_p30_p31_the_whole_view_is_the_same_with_and_without_a_case(
    world: World, visitor: Callable[[], DjangoTestApp], login: str
) -> None:
    browser = officers.sign_in(visitor(), login)
    without = _whole_view(browser)

    sari = join()
    world.take("verify", sari.tells(queues(files=(file(),))), by="wulan")
    sari.tells(queues(concerns="none"))

    assert _whole_view(browser) == without


def test_p30_whoever_is_excluded_sees_what_they_would_see_without_the_case(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    """A violation, whose number tells nothing of others: of a running number the gap shows."""
    browser = officers.sign_in(visitor(), "fajar")
    without = _whole_view(browser) | _lists_beside(browser)

    sari = join()
    receipt = sari.tells(queues(stream="violation", receiver="ibi", files=(file(),)))
    fajar = frozenset({world.officer("fajar").id})
    world.take("exclude", receipt, by="ina", note="x", excluded=fajar)
    world.take("verify", receipt, by="ina")
    task = Assignment("Periksa", world.officer("ina").id, NOW.date())
    world.take("add_task", receipt, by="ina", task=task)
    sari.writes(receipt, "Ada kabar")
    other = sari.tells(queues(stream="violation", receiver="ibi"))
    world.take("exclude", other, by="ina", note="x", excluded=fajar)

    assert _whole_view(browser) | _lists_beside(browser) == without
    path = officers.address(receipt)
    for address in (path, f"{path}note/", f"{path}exclude/", f"{path}konsep-pelimpahan/", f"{path}pembukaan/"):
        assert browser.get(address, status="*").status_int == 404
    agenda = {"agenda": case_of(receipt).agenda_number}
    assert browser.get("/kerja/", params=agenda).html.find("main").find("table") is None


def _lists_beside(browser: DjangoTestApp) -> dict[str, str]:
    addresses = ("/kerja/?view=tasks", "/kerja/?view=urgent", "/kerja/pergi/", "/kerja/kantor/", "/kerja/identitas/")
    return {address: officers.without_token(browser.get(address, status="*")) for address in addresses}


def _whole_view(browser: DjangoTestApp) -> dict[str, str]:
    lists = ("unit", "mine", "soon", "overdue", "waiting", "news", "done")
    addresses = [
        *(f"/kerja/?view={code}" for code in lists),
        "/kerja/identitas/",
        "/kerja/kelola/orang/",
        "/kerja/sandi/",
    ]
    return {address: officers.without_token(browser.get(address, status="*")) for address in addresses}


def _people() -> list[dict[str, str]]:
    text = importlib.resources.files("wise.people").joinpath("demo.json").read_text(encoding="utf-8")
    people: list[dict[str, str]] = json.loads(text)
    return people
