"""The inbox: whose cases are listed, how they are found, and what is said where there are none."""

import datetime
from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import NOW, World, case_of, file, join, queues
from wise.casework import correspondence
from wise.keys import membership
from wise.people.kinds import Role
from wise.register.models import Topic

DAY = datetime.timedelta(days=1)


@pytest.fixture
def wulan(world: World, visitor: Callable[[], DjangoTestApp]) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def test_wulan_finds_a_new_report_with_what_she_needs_to_choose(world: World, wulan: DjangoTestApp) -> None:
    telling = queues(topic=Topic.objects.get(code="time"), files=(file(), file()))
    case = case_of(join().tells(telling, at=NOW - 24 * DAY))

    row = wulan.get("/kerja/").html.find("tbody").find("tr").text

    for text in (case.agenda_number, "Waktu pelayanan", "2 lampiran", "Diterima", "6 hari lagi", "belum ada"):
        assert text in row
    assert "A service" not in row


def test_in_english_the_same_list_speaks_english(world: World, wulan: DjangoTestApp) -> None:
    join().tells(queues(topic=Topic.objects.get(code="time"), files=(file(),)))

    row = wulan.get("/en/kerja/").html.find("tbody").find("tr").text

    assert all(text in row for text in ("Time taken", "1 file", "Received", "30 days left", "nobody yet"))


def test_each_list_counts_its_cases(world: World, wulan: DjangoTestApp) -> None:
    sari = join()
    late, soon = sari.tells(at=NOW - 40 * DAY), sari.tells(at=NOW - 28 * DAY)
    world.take("verify", soon, by="wulan")
    world.take("verify", late, by="rahmat")
    world.take("ask", late, by="rahmat", text="Kapan?", until=NOW.date())

    tabs = wulan.get("/kerja/").html.find(class_="rail").find_all("a")

    assert {tab["href"].removeprefix("?view="): tab.span.text for tab in tabs} == {
        "unit": "2",
        "mine": "1",
        "urgent": "0",
        "soon": "1",
        "overdue": "1",
        "waiting": "1",
        "decide": "0",
        "improve": "0",
        "tasks": "0",
        "news": "0",
        "done": "",
    }
    page = wulan.get("/kerja/?view=mine")
    assert [link["aria-current"] for link in page.html.find(class_="rail").find_all("a") if link.get("aria-current")]
    assert case_of(soon).agenda_number in page
    assert case_of(late).agenda_number not in page


def test_what_a_reporter_adds_is_marked_as_new_until_somebody_reads_it(world: World, wulan: DjangoTestApp) -> None:
    sari = join()
    receipt = sari.tells()
    case = case_of(receipt)
    correspondence.add(case.report_id, text="Lagi", by=sari.reporter, keyring=sari.keyring, at=NOW)

    assert ">baru<" in wulan.get("/kerja/?view=news").text
    officers.case_page(wulan, receipt)
    assert wulan.get("/kerja/?view=news").html.find(class_="empty") is not None
    assert ">baru<" not in wulan.get("/kerja/").text


def test_filters_and_order_are_kept_from_page_to_page(world: World, wulan: DjangoTestApp) -> None:
    sari = join()
    receipts = [sari.tells(at=NOW - day * DAY) for day in range(27)]
    form = next(form for form in officers.forms(wulan.get("/kerja/")) if form.method.lower() == "get")
    form["stream"], form["status"], form["sort"] = "service", "received", "newest"
    first = form.submit()

    assert "1–25 dari 27" in first
    assert case_of(receipts[0]).agenda_number in first
    second = first.click("Berikutnya")
    assert "26–27 dari 27" in second
    assert case_of(receipts[26]).agenda_number in second
    assert second.html.find("select", id="sort").find("option", selected=True)["value"] == "newest"
    assert "1–25 dari 27" in second.click("Sebelumnya")


def test_an_agenda_number_is_found_by_a_part_of_it(world: World, wulan: DjangoTestApp) -> None:
    sari = join()
    one, other = case_of(sari.tells()), case_of(sari.tells())

    page = wulan.get("/kerja/", params={"agenda": one.agenda_number.lower()})

    assert one.agenda_number in page.html.find("tbody").text
    assert other.agenda_number not in page.html.find("tbody").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Tidak ada perkara yang sedang berjalan di unit Anda."),
        ({"view": "mine"}, "Anda belum menangani perkara."),
        ({"stream": "violation"}, "Tidak ada yang sesuai"),
        ({"page": "3"}, "Halaman ini kosong"),
    ],
)
def test_an_empty_list_says_why(wulan: DjangoTestApp, asked: dict[str, str], said: str) -> None:
    assert said in wulan.get("/kerja/", params=asked).html.find(class_="empty").text


@pytest.mark.parametrize(
    "asked", ["view=elsewhere", "sort=x", "page=0", "page=-1", "page=9999999999999999999", "page=x"]
)
def test_an_address_with_nonsense_in_it_still_shows_a_list(world: World, wulan: DjangoTestApp, asked: str) -> None:
    case = case_of(join().tells())

    assert case.agenda_number in wulan.get(f"/kerja/?{asked}")


def test_time_left_turns_into_what_came_of_it(world: World, wulan: DjangoTestApp) -> None:
    sari = join()
    for days in (40, 10):
        receipt = sari.tells(queues(stream="suggestion"), at=NOW - days * DAY)
        world.take("verify", receipt, by="wulan")
        world.take("answer", receipt, by="wulan", text="Terima kasih")

    page = wulan.get("/kerja/")

    assert "ditanggapi terlambat" in page
    assert "ditanggapi tepat waktu" in page


@pytest.mark.parametrize(
    ("login", "role"),
    [
        ("dewi", "Front desk"),
        ("oki", "Call centre operator"),
        ("lina", "Oversight"),
        ("kartika", "Custodian"),
        ("agus", "Auditor"),
        ("edi", "Editor"),
        ("tono", "Administrator"),
    ],
)
def test_an_officer_without_cases_reads_what_there_is_for_them(
    world: World, visitor: Callable[[], DjangoTestApp], login: str, role: str
) -> None:
    join().tells()

    page = officers.sign_in(visitor(), login).get("/en/kerja/")

    assert role in page.html.find(class_="card").text
    assert page.html.find("table") is None
    assert page.html.find(class_="rail") is None


def test_maya_who_works_for_two_units_sees_which_case_is_whose(
    world: World, visitor: Callable[[], DjangoTestApp]
) -> None:
    maya, unit = world.officer("maya"), world.unit()
    proposal = membership.propose(maya, unit=unit, role=Role.VERIFIER, by=None, at=NOW)
    membership.decide(proposal, confirmed=True, by=world.officer("wulan"), keyring=world.desk("wulan").keyring, at=NOW)
    join().tells()

    assert unit.name in officers.sign_in(visitor(), "maya").get("/kerja/").html.find("tbody").text
