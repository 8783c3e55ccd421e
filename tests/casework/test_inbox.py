"""The inbox: what waits for whom, sorted, filtered, paged, and counted no further than 999+."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import deciding
from tests import world as cast
from tests.world import KANWIL, NOW, Teller, World
from wise.casework import inbox
from wise.casework.given import Assignment
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.models import Case, RuleSet
from wise.register.models import Report

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _codes(world: World, login: str = "wulan", **wanted: Any) -> list[str]:
    page = inbox.page(world.desk(login), wanted=Wanted(**wanted))
    return [line.case.agenda_number.split("/")[0] for line in page.lines]


def _change(receipt: Receipt, **fields: Any) -> None:
    Case.objects.filter(report_id=receipt.report_id).update(**fields)


def test_each_list_shows_what_it_says(world: World, sari: Teller) -> None:
    plain, mine, soon, overdue, waiting, news, before_hadi = (sari.tells() for _ in range(7))
    done, answered = (sari.tells(cast.queues(stream="suggestion")) for _ in range(2))
    world.take("verify", mine, by="wulan")
    _change(soon, due_on=TODAY + 7 * DAY)
    _change(overdue, due_on=TODAY - DAY)
    world.take("verify", waiting, by="rahmat")
    world.take("ask", waiting, by="rahmat", text="?", until=TODAY)
    _change(news, has_news=True)
    task = Assignment("Periksa rekaman", world.officer("rahmat").id, TODAY)
    world.take("add_task", mine, by="wulan", task=task)
    world.take("flag", waiting, by="rahmat", urgency="danger", note="Diancam")
    for receipt in (done, answered):
        world.take("verify", receipt, by="rahmat")
        world.take("answer", receipt, by="rahmat", text="Selesai")
        _change(receipt, due_on=TODAY - DAY)
    world.take("close", done, by="rahmat")
    deciding.proposed(world, before_hadi, by="rahmat")
    improving = sari.tells()
    deciding.answered(world, improving)

    def agenda(*receipts: Receipt) -> list[str]:
        return sorted(cast.case_of(receipt).agenda_number.split("/")[0] for receipt in receipts)

    lists = {view: sorted(_codes(world, view=view)) for view in inbox.VIEWS}
    assert lists == {
        "unit": agenda(plain, mine, soon, overdue, waiting, news, answered, before_hadi, improving),
        "mine": agenda(mine, improving),
        "soon": agenda(soon),
        "overdue": agenda(overdue),
        "waiting": agenda(waiting),
        "decide": agenda(before_hadi),
        "improve": agenda(improving),
        "tasks": agenda(mine),
        "urgent": agenda(waiting),
        "news": agenda(news),
        "done": agenda(done),
    }
    assert inbox.counts(world.desk("wulan")) == {view: len(lists[view]) for view in inbox.VIEWS if view != "done"}
    assert sorted(_codes(world, view="no such list")) == lists["unit"]


def test_due_today_is_soon_and_not_overdue_and_the_eighth_day_is_neither(world: World, sari: Teller) -> None:
    for days, view in [(0, "soon"), (7, "soon"), (8, None), (-1, "overdue")]:
        receipt = sari.tells()
        _change(receipt, due_on=TODAY + days * DAY)
        code = cast.case_of(receipt).agenda_number.split("/")[0]
        assert [each for each in ("soon", "overdue") if code in _codes(world, view=each)] == ([view] if view else [])
        lines = inbox.page(world.desk("wulan"), wanted=Wanted(agenda=code)).lines
        standing = lines[0].standing
        assert (standing.due_soon, standing.overdue) == (view == "soon", view == "overdue")


def test_sorted_by_due_date_and_otherwise_as_asked(world: World, sari: Teller) -> None:
    first, second, third = (sari.tells(at=NOW + days * DAY) for days in range(3))
    _change(first, due_on=TODAY + 20 * DAY, changed_on=TODAY + 5 * DAY)
    _change(second, due_on=TODAY + 10 * DAY, changed_on=TODAY + 9 * DAY)
    _change(third, due_on=TODAY + 15 * DAY, changed_on=TODAY + 7 * DAY)

    assert _codes(world) == ["PGD-2", "PGD-3", "PGD-1"]
    assert _codes(world, sort="no such order") == ["PGD-2", "PGD-3", "PGD-1"]
    assert _codes(world, sort="newest") == ["PGD-3", "PGD-2", "PGD-1"]
    assert _codes(world, sort="oldest") == ["PGD-1", "PGD-2", "PGD-3"]
    assert _codes(world, sort="changed") == ["PGD-2", "PGD-3", "PGD-1"]


def test_filtered_by_stream_status_and_agenda_number(world: World, sari: Teller) -> None:
    sari.tells()
    sari.tells(cast.queues(stream="suggestion"))
    third = sari.tells()
    world.take("verify", third, by="wulan")

    assert _codes(world, stream="suggestion") == ["SRN-1"]
    assert _codes(world, status="verifying") == ["PGD-2"]
    assert len(_codes(world, status="no such status")) == 3
    assert _codes(world, agenda=" pgd-2/ ") == ["PGD-2"]
    assert _codes(world, agenda="%") == []


def test_a_line_tells_how_many_files_there_are(world: World, sari: Teller) -> None:
    sari.tells(cast.queues(files=(cast.file(), cast.file())))
    sari.tells()

    assert sorted(line.files for line in inbox.page(world.desk("wulan"), wanted=Wanted()).lines) == [0, 2]


def test_nothing_of_other_units_is_listed_or_counted(world: World, sari: Teller) -> None:
    sari.tells(cast.queues(office=world.office(KANWIL)))
    sari.tells(cast.queues(stream="violation", receiver="ibi"))

    assert _codes(world) == []
    assert set(inbox.counts(world.desk("wulan")).values()) == {0}
    assert _codes(world, "yanti") == ["PGD-1"]
    assert inbox.counts(world.desk("ina"))["unit"] == 1
    for nobody in ("tono", "agus", "hadi", "kartika"):
        assert set(inbox.counts(world.desk(nobody)).values()) == {0}


def _many(world: World, count: int) -> None:
    """So many cases at once, past the intake: their sealed parts are nothing, and lists open none."""
    unit, rule_set = world.unit(), RuleSet.objects.get(is_chosen=True)
    reports = [
        Report(
            register_lookup=uuid.uuid4().bytes,
            channel="online",
            stream="service",
            received_on=TODAY,
            sealed=b"",
            commitments={},
        )
        for _ in range(count)
    ]
    Report.objects.bulk_create(reports)
    Case.objects.bulk_create(
        Case(
            report=report,
            agenda_number=f"X-{number}",
            stream_code="service",
            office=unit.office,
            unit=unit,
            status_code="received",
            rule_set=rule_set,
            received_on=TODAY,
            due_on=TODAY + number % 40 * DAY,
            changed_on=TODAY,
        )
        for number, report in enumerate(reports)
    )


def test_p39_a_thousand_cases_are_shown_by_pages_and_counted_to_999(world: World) -> None:
    _many(world, 1_010)
    desk = world.desk("wulan")

    first = inbox.page(desk, wanted=Wanted())
    last = inbox.page(desk, wanted=Wanted(page=41))

    assert (first.first, first.last, first.total, first.more, first.has_next) == (1, 25, 999, True, True)
    assert (last.first, last.last, last.has_next) == (1001, 1010, False)
    assert inbox.counts(desk)["unit"] == 1_000
    seen = {line.case.id for number in range(1, 42) for line in inbox.page(desk, wanted=Wanted(page=number)).lines}
    assert len(seen) == 1_010


def test_a_page_that_does_not_exist_is_empty_and_none_is_before_the_first(world: World) -> None:
    _many(world, 3)
    desk = world.desk("wulan")

    beyond, before = inbox.page(desk, wanted=Wanted(page=9)), inbox.page(desk, wanted=Wanted(page=-4))

    assert (beyond.lines, beyond.first, beyond.has_next) == ((), 0, False)
    assert (before.number, len(before.lines), before.total, before.more) == (1, 3, 3, False)


def test_p39_the_number_of_queries_is_the_same_however_many_there_are(world: World) -> None:
    desk = world.desk("wulan")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            inbox.counts(desk)
            for line in inbox.page(desk, wanted=Wanted()).lines:
                assert line.case.status.open
                assert line.case.office.name
                assert line.case.report.topic is None
        return len(queries)

    _many(world, 2)
    few = cost()
    Case.objects.all().delete()
    _many(world, 200)

    assert cost() == few
