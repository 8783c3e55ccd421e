"""Reminders: who is told on which day, and what a unit above learns of a case that it cannot open."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world as cast
from tests.world import HEAD_OFFICE, KANWIL, NOW, World
from wise.casework import reminders
from wise.casework.intake import Receipt
from wise.casework.models import Case
from wise.casework.reminders import Why
from wise.people.models import Unit

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def receipt(world: World) -> Receipt:
    """Sari's complaint about queues; its answer is due on Thursday, 19 November 2026."""
    return cast.join().tells()


def _told(world: World, on: str) -> list[tuple[str, Why, int]]:
    names = {unit.id: unit for unit in Unit.objects.select_related("office")}
    return [
        (names[row.unit_id].office.name, row.why, row.days_left)
        for row in reminders.of_day(datetime.date.fromisoformat(on))
    ]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-11-11", []),
        ("2026-11-12", [("KPKNL Pekanbaru", Why.SOON, 7)]),
        ("2026-11-13", []),
        ("2026-11-16", [("KPKNL Pekanbaru", Why.SOON, 3)]),
        ("2026-11-18", [("KPKNL Pekanbaru", Why.SOON, 1)]),
        ("2026-11-19", [(KANWIL, Why.DUE, 0)]),
        ("2026-11-20", []),
        ("2026-11-25", []),
        ("2026-11-26", [(HEAD_OFFICE, Why.LATE, -7)]),
        ("2026-11-28", []),
        ("2026-12-03", [("Inspektorat Jenderal", Why.LATE, -14)]),
        ("2026-12-10", []),
    ],
)
def test_first_the_unit_then_one_level_up_each_five_working_days(
    world: World, receipt: Receipt, on: str, told: list[tuple[str, Why, int]]
) -> None:
    assert _told(world, on) == told


def test_the_head_who_leads_the_case_comes_before_the_units_above(world: World, receipt: Receipt) -> None:
    leadership = world.unit("leadership")
    Case.objects.update(lead=leadership)

    assert [row.unit_id for row in reminders.of_day(datetime.date(2026, 11, 19))] == [leadership.id]
    assert _told(world, "2026-11-26") == [(KANWIL, Why.LATE, -7)]


def test_holidays_make_the_next_level_wait(world: World, receipt: Receipt) -> None:
    Case.objects.update(due_on="2026-12-21")

    assert _told(world, "2026-12-28") == []
    assert _told(world, "2026-12-30") == [(HEAD_OFFICE, Why.LATE, -9)]


@pytest.mark.parametrize("status", ["answered", "withdrawn"])
def test_nobody_is_reminded_of_a_case_whose_clock_stopped(world: World, receipt: Receipt, status: str) -> None:
    Case.objects.update(status_code=status, answered_on=TODAY)

    assert _told(world, "2026-11-19") == []


def test_yanti_at_the_kanwil_sees_the_number_of_an_overdue_complaint_and_nothing_else(
    world: World, receipt: Receipt
) -> None:
    on_the_day = NOW + 30 * DAY

    assert not reminders.escalated(world.desk("yanti", at=on_the_day - DAY))
    found = reminders.escalated(world.desk("yanti", at=on_the_day))

    case = cast.case_of(receipt)
    assert [line.agenda_number for line in found.lines] == [case.agenda_number]
    assert set(reminders.Line.__slots__) == {"agenda_number", "unit", "due_on"}
    assert (found.named, found.unnamed, found.more) == (1, 0, 0)


def test_lina_who_watches_without_a_key_sees_the_same(world: World, receipt: Receipt) -> None:
    assert reminders.escalated(world.desk("lina", at=NOW + 30 * DAY)).named == 1


@pytest.mark.parametrize("login", ["wulan", "dewi", "hadi", "surya", "tono", "agus", "kartika", "sri", "edi"])
def test_who_is_not_above_sees_nothing(world: World, receipt: Receipt, login: str) -> None:
    assert not reminders.escalated(world.desk(login, at=NOW + 90 * DAY))


def test_the_head_office_sees_it_five_working_days_later_and_ibi_after_ten(world: World, receipt: Receipt) -> None:
    def seen(login: str, days: int) -> int:
        return reminders.escalated(world.desk(login, at=NOW + days * DAY)).named

    assert [seen("maya", days) for days in (30, 36, 37)] == [0, 0, 1]
    assert [seen("ina", days) for days in (37, 43, 44)] == [0, 0, 1]


def test_of_violations_only_how_many(world: World) -> None:
    cast.join().tells(cast.queues(stream="violation"))

    found = reminders.escalated(world.desk("ina", at=NOW + 60 * DAY))

    assert (found.lines, found.named, found.unnamed) == ((), 0, 1)


def test_a_hundred_cases_cost_as_many_queries_as_one(world: World, receipt: Receipt) -> None:
    desk = world.desk("yanti", at=NOW + 60 * DAY)
    case = cast.case_of(receipt)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            reminders.escalated(desk)
            reminders.of_day(case.due_on)
        return len(queries)

    first = cost()
    copies = [
        Case(
            report_id=case.report_id,
            part=number + 2,
            agenda_number=f"PGD-{number + 100}/KNL.0303/2026",
            stream_code="service",
            office_id=case.office_id,
            unit_id=case.unit_id,
            status_code="received",
            rule_set_id=case.rule_set_id,
            received_on=case.received_on,
            due_on=case.due_on,
            changed_on=case.received_on,
        )
        for number in range(100)
    ]
    Case.objects.bulk_create(copies)

    assert cost() == first
    found = reminders.escalated(desk)
    assert (len(found.lines), found.named, found.more) == (25, 101, 76)
