"""Clocks: dates at the office, overdue computed, rules in force on the day of receipt."""

import datetime

import pytest

from tests import world as cast
from tests.world import NOW, World
from wise.casework import clock
from wise.casework.models import Case

DAY = datetime.timedelta(days=1)


def _case(status: str = "received", *, due: str = "2026-11-19", answered: str | None = None) -> Case:
    return Case(
        status_code=status,
        due_on=datetime.date.fromisoformat(due),
        answered_on=datetime.date.fromisoformat(answered) if answered else None,
    )


@pytest.mark.parametrize(
    ("on", "left", "stands"),
    [
        ("2026-10-20", 30, ""),
        ("2026-11-11", 8, ""),
        ("2026-11-12", 7, "soon"),
        ("2026-11-19", 0, "soon"),
        ("2026-11-20", -1, "overdue"),
    ],
)
def test_a7_thirty_days_from_receipt_and_overdue_from_the_day_after(on: str, left: int, stands: str) -> None:
    today = datetime.date.fromisoformat(on)
    found = clock.standing(_case(), on=today)

    assert (found.days_left, found.overdue, found.due_soon) == (left, stands == "overdue", stands == "soon")
    assert (found.runs, found.today, found.met_in_time) == (True, today, None)


def test_an_answer_on_the_last_day_is_in_time_and_stops_the_clock() -> None:
    new_year = datetime.date(2027, 1, 1)
    in_time = clock.standing(_case("answered", answered="2026-11-19"), on=new_year)
    late = clock.standing(_case("answered", answered="2026-11-20"), on=new_year)

    assert (in_time.met_in_time, in_time.runs, in_time.overdue) == (True, False, False)
    assert (late.met_in_time, late.runs, late.overdue) == (False, False, False)


@pytest.mark.parametrize("status", ["waiting_reporter", "not_followed_up", "referred", "proposed"])
def test_no_waiting_and_no_referral_stops_the_clock(status: str) -> None:
    assert clock.standing(_case(status), on=datetime.date(2027, 1, 1)).overdue


def test_a_withdrawn_case_has_no_clock() -> None:
    assert not clock.standing(_case("withdrawn"), on=datetime.date(2027, 1, 1)).overdue


@pytest.mark.parametrize(
    ("zone", "date"), [("Asia/Jakarta", "2026-10-20"), ("Asia/Makassar", "2026-10-21"), ("Asia/Jayapura", "2026-10-21")]
)
def test_the_day_is_the_day_at_the_office_in_three_time_zones(world: World, zone: str, date: str) -> None:
    office = world.office()
    office.time_zone = zone
    at = datetime.datetime(2026, 10, 20, 16, 30, tzinfo=datetime.UTC)

    assert clock.today_at(office, at=at).isoformat() == date


def test_an_earlier_report_is_due_earlier(world: World) -> None:
    sari = cast.join()

    assert sari.tells(at=NOW - DAY).due_on < sari.tells().due_on
