"""Working days, the days that nobody works, and what a changed holiday does to the cases that are still open."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import world as cast
from tests.world import NOW, World
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import calendar, clock, holidays, rules
from wise.casework.calendar import Calendar, Kind
from wise.casework.holidays import Change, Typed
from wise.casework.intake import Receipt
from wise.casework.models import Case, Holiday, RuleSet
from wise.refusals import NotThere, Refused

DAY = datetime.timedelta(days=1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def typed(on: str, **changed: object) -> Typed:
    said: dict[str, object] = {
        "on": day(on),
        "name": "Pemilihan kepala daerah",
        "name_en": "Regional election",
        "kind": Kind.PUBLIC,
        "source": "Keppres 1/2026",
        "reason": "Ditetapkan hari ini",
    }
    return Typed(**(said | changed))  # type: ignore[arg-type]


def edi_puts(world: World, on: str, *, at: datetime.datetime = NOW, was: str = "", **changed: object) -> Change:
    instead_of = day(was) if was else None
    return holidays.put(typed(on, **changed), desk=world.desk("edi"), at=at, instead_of=instead_of)


def edi_removes(world: World, on: str, *, at: datetime.datetime = NOW) -> Change:
    return holidays.remove(day(on), reason="Dicabut", desk=world.desk("edi"), at=at)


def on_working_days(world: World) -> None:
    rules.choose("sp4n-2018", desk=world.desk("tono"), at=NOW)


def due(receipt: Receipt) -> str:
    return cast.case_of(receipt).due_on.isoformat()


def test_five_working_days_from_13_march_2026_end_after_nyepi_and_the_joint_leave_of_idul_fitri(world: World) -> None:
    assert calendar.known().add(day("2026-03-13"), working_days=5) == day("2026-03-27")
    assert Calendar().add(day("2026-03-13"), working_days=5) == day("2026-03-20")


def test_holidays_and_joint_leave_are_there_for_four_years_with_both_names_and_their_uncertainty(world: World) -> None:
    counted = {
        (year, kind): Holiday.objects.filter(on__year=year, kind=kind).count()
        for year in (2025, 2026, 2027)
        for kind in Kind
    }
    assert counted == {
        (2025, Kind.PUBLIC): 17,
        (2025, Kind.JOINT_LEAVE): 11,
        (2026, Kind.PUBLIC): 17,
        (2026, Kind.JOINT_LEAVE): 8,
        (2027, Kind.PUBLIC): 18,
        (2027, Kind.JOINT_LEAVE): 8,
    }
    assert holidays.years() == [2025, 2026, 2027, 2028]
    idul_fitri = Holiday.objects.get(on="2027-03-10")
    assert (idul_fitri.name, idul_fitri.name_en, idul_fitri.is_estimated) == (
        "Hari Raya Idul Fitri",
        "Eid al-Fitr",
        True,
    )


def test_a_due_date_on_joint_leave_is_explained_in_both_languages(world: World) -> None:
    found = clock.explain(day("2026-12-24"), calendar=calendar.known())

    assert found is not None
    assert (found.last_working_day, found.because.kind) == (day("2026-12-23"), Kind.JOINT_LEAVE)
    with translation.override("en"):
        assert found.because.name == "Christmas Joint Holiday"
    with translation.override("id"):
        assert found.because.name == "Cuti Bersama Hari Raya Natal"


@pytest.mark.parametrize(
    ("due_on", "last", "named"),
    [("2026-11-21", "2026-11-20", False), ("2026-11-22", "2026-11-20", False), ("2026-12-27", "2026-12-23", False)],
)
def test_a_weekend_is_explained_without_a_name(world: World, due_on: str, last: str, named: object) -> None:
    found = clock.explain(day(due_on), calendar=calendar.known())

    assert found is not None
    assert (found.last_working_day, bool(found.because.name)) == (day(last), named)


def test_a_working_day_needs_no_explanation(world: World) -> None:
    assert clock.explain(day("2026-11-19"), calendar=calendar.known()) is None


def test_a_new_holiday_moves_what_is_counted_in_working_days_and_the_log_says_how_much(world: World) -> None:
    sari = cast.join()
    in_calendar_days = sari.tells()
    on_working_days(world)
    in_working_days = sari.tells()
    assert (due(in_calendar_days), due(in_working_days)) == ("2026-11-19", "2026-11-09")

    change = edi_puts(world, "2026-10-29")

    assert change.moved == 1
    assert (due(in_calendar_days), due(in_working_days)) == ("2026-11-19", "2026-11-10")
    entry = Entry.objects.get(deed="holiday")
    assert (entry.chain, entry.by) == ("officers", world.officer("edi").id)
    assert entry.facts == {
        "did": "add",
        "on": "2026-10-29",
        "was": None,
        "name": "Pemilihan kepala daerah",
        "kind": "public",
        "source": "Keppres 1/2026",
        "reason": "Ditetapkan hari ini",
        "moved": 1,
    }
    assert proof.verify() == []


def test_a_holiday_that_is_taken_away_moves_them_back_and_stays_in_the_table(world: World) -> None:
    on_working_days(world)
    receipt = cast.join().tells()
    edi_puts(world, "2026-10-29")

    assert edi_removes(world, "2026-10-29").moved == 1

    assert due(receipt) == "2026-11-09"
    row = Holiday.objects.get(on="2026-10-29")
    assert (row.is_free, row.reason) == (False, "Dicabut")
    assert edi_puts(world, "2026-10-29").moved == 1


def test_a_moved_holiday_leaves_a_working_day_behind(world: World) -> None:
    edi_puts(world, "2027-05-21", was="2027-05-20", name="Waisak", name_en="Vesak")

    found = calendar.known()
    assert found.free(day("2027-05-20")) is None
    assert found.free(day("2027-05-21")) is not None
    assert Entry.objects.get(deed="holiday").facts["was"] == "2027-05-20"
    with pytest.raises(NotThere):
        edi_puts(world, "2027-05-24", was="2027-05-20")


def test_what_was_answered_keeps_its_date(world: World) -> None:
    on_working_days(world)
    receipt = cast.join().tells(cast.queues(stream="suggestion"))
    world.take("verify", receipt, by="wulan")
    world.take("answer", receipt, by="wulan", text="Terima kasih.")

    assert edi_puts(world, "2026-10-22").moved == 0

    assert due(receipt) == "2026-10-27"


def test_a7_no_holiday_makes_an_overdue_case_look_on_time(world: World) -> None:
    on_working_days(world)
    receipt = cast.join().tells()
    late = NOW + 21 * DAY

    for on in ("2026-10-29", "2026-11-10", "2026-11-12"):
        assert edi_puts(world, on, at=late).moved == 0

    assert due(receipt) == "2026-11-09"
    assert clock.standing(cast.case_of(receipt), on=late.date()).overdue


def test_no_case_becomes_late_for_a_day_that_was_over_when_the_calendar_changed(world: World) -> None:
    on_working_days(world)
    receipt = cast.join().tells()
    edi_puts(world, "2026-11-05")
    last_day = NOW + 21 * DAY
    assert due(receipt) == last_day.date().isoformat() == "2026-11-10"

    edi_removes(world, "2026-11-05", at=last_day)

    assert due(receipt) == "2026-11-10"


@pytest.mark.parametrize(
    ("on", "changed", "code"),
    [
        ("2026-10-29", {"name": " "}, "names-missing"),
        ("2026-10-29", {"name_en": ""}, "names-missing"),
        ("2026-10-29", {"source": ""}, "source-missing"),
        ("2026-10-29", {"reason": ""}, "reason-missing"),
        ("2062-10-29", {}, "holiday-far"),
        ("2026-12-24", {}, "holiday-there"),
    ],
)
def test_what_is_no_holiday_is_refused(world: World, on: str, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        edi_puts(world, on, **changed)

    assert refused.value.code == code


def test_what_is_not_there_cannot_be_removed_and_not_without_a_reason(world: World) -> None:
    with pytest.raises(NotThere):
        edi_removes(world, "2026-10-29")
    with pytest.raises(Refused):
        holidays.remove(day("2026-12-24"), reason=" ", desk=world.desk("edi"), at=NOW)


def test_a_removed_holiday_does_not_come_back_at_the_next_start(world: World) -> None:
    edi_removes(world, "2026-12-24")

    holidays.load_shipped(on=NOW.date())

    assert calendar.known().free(day("2026-12-24")) is None


def test_a_later_year_is_loaded_when_somebody_asks_and_only_once(world: World) -> None:
    in_two_years = NOW.replace(year=2028)

    assert holidays.load_year(2029, desk=world.desk("edi"), at=in_two_years) > 0
    for year in (2028, 2029, 2040):
        with pytest.raises(Refused):
            holidays.load_year(year, desk=world.desk("edi"), at=in_two_years)
    assert Entry.objects.filter(deed="load-holidays").count() == 1


def test_ten_thousand_cases_are_moved_with_as_many_queries_as_days_of_receipt(world: World) -> None:
    on_working_days(world)
    first = cast.case_of(cast.join().tells())
    copies = [_like(first, number) for number in range(10_000)]
    Case.objects.bulk_create(copies, batch_size=500)

    with CaptureQueriesContext(connection) as queries:
        change = edi_puts(world, "2026-10-22")

    assert change.moved == 10_001
    assert len(queries) < 25
    assert set(Case.objects.values_list("due_on", flat=True)) == {day("2026-11-10"), day("2026-11-09")}


def _like(case: Case, number: int) -> Case:
    """A case of this or the day before."""
    received_on = case.received_on - (number % 2) * DAY
    rule_set = RuleSet.objects.get(code="sp4n-2018") if not number else case.rule_set
    return Case(
        report_id=case.report_id,
        part=number + 2,
        agenda_number=f"PGD-{number + 100}/KNL.0303/2026",
        stream_code="service",
        office_id=case.office_id,
        unit_id=case.unit_id,
        status_code="received",
        rule_set=rule_set,
        received_on=received_on,
        due_on=case.due_on - (number % 2) * 3 * DAY,
        changed_on=received_on,
    )
