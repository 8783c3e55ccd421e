"""What a Kanwil sees of its offices: numbers, and cases as far as one may know them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world as cast
from tests.world import HEAD_OFFICE, KANWIL, NOW, World
from wise.casework import overview, receivers
from wise.casework.models import Case
from wise.casework.overview import Tally
from wise.refusals import NotThere

LATER = NOW + datetime.timedelta(days=31)


def test_linas_kanwil_sees_how_many_complaints_pekanbaru_has_and_how_many_are_late(world: World) -> None:
    teller = cast.join()
    first = teller.tells()
    teller.tells()
    teller.tells(cast.queues(stream="violation"))
    Case.objects.filter(id=cast.case_of(first).id).update(status_code="answered", answered_on=LATER.date())

    rows = {row.unit.office.name: row.tally for row in overview.offices(world.desk("lina", at=LATER))}

    assert rows["KPKNL Pekanbaru"] == Tally(open=2, overdue=1, answered=1, in_time=0)
    assert rows["KPKNL Dumai"] == Tally()


def test_the_most_overdue_office_comes_first(world: World) -> None:
    cast.join().tells()

    assert overview.offices(world.desk("lina", at=LATER))[0].unit.office.name == "KPKNL Pekanbaru"


def test_nur_at_the_head_office_sees_the_kanwil_with_its_offices_and_goes_down_step_by_step(world: World) -> None:
    receipt = cast.join().tells()
    desk = world.desk("nur")

    [kanwil] = [row for row in overview.offices(desk) if row.unit.office.name == KANWIL]
    below = overview.below(desk, kanwil.unit.id)
    [office] = [row for row in below.rows if row.unit.office.name == "KPKNL Pekanbaru"]
    lines = overview.below(desk, office.unit.id).lines

    assert kanwil.tally.open == office.tally.open == 1
    assert below.tally == Tally()
    assert below.lines == ()
    assert [line.case.id for line in lines] == [cast.case_of(receipt).id]


def test_a_case_is_a_link_only_for_whom_it_opens(world: World) -> None:
    teller = cast.join()
    teller.tells()
    teller.tells(cast.queues(concerns=receivers.SOMEBODY_IN_THE_UNIT))
    at_pekanbaru = overview.below(world.desk("maya"), world.unit().id).lines
    at_the_kanwil = overview.below(world.desk("maya"), world.unit(office=KANWIL).id).lines

    assert [line.opens for line in (*at_pekanbaru, *at_the_kanwil)] == [False, False]


@pytest.mark.parametrize("login", ["wulan", "dewi", "hadi", "kartika", "kusuma", "agus", "tono", "edi"])
def test_who_watches_over_nobody_sees_no_offices(world: World, login: str) -> None:
    desk = world.desk(login)

    assert not overview.watches(desk)
    with pytest.raises(NotThere):
        overview.offices(desk)


def test_lina_cannot_look_at_offices_of_another_kanwil_nor_at_her_own_or_those_above(world: World) -> None:
    desk = world.desk("lina")
    for unit in (world.unit(office="KPKNL Banda Aceh"), world.unit(office=KANWIL), world.unit(office=HEAD_OFFICE)):
        with pytest.raises(NotThere):
            overview.below(desk, unit.id)


def test_violation_cases_are_neither_counted_nor_listed(world: World) -> None:
    receipt = cast.join().tells(cast.queues(stream="violation"))
    Case.objects.filter(id=cast.case_of(receipt).id).update(unit=world.unit())

    below = overview.below(world.desk("lina"), world.unit().id)

    assert (below.tally, below.lines) == (Tally(), ())


def test_it_takes_the_same_number_of_queries_however_many_cases_there_are(world: World) -> None:
    teller, desk = cast.join(), world.desk("nur")
    teller.tells()
    with CaptureQueriesContext(
        connection,
    ) as few:
        overview.offices(desk)
    for _ in range(3):
        teller.tells()
    with CaptureQueriesContext(connection) as many:
        overview.offices(desk)

    assert len(few) == len(many)


def test_a_long_list_is_paged(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "PAGE", 1)
    teller, desk, unit = cast.join(), world.desk("lina"), world.unit()
    teller.tells()
    teller.tells()

    first, second = overview.below(desk, unit.id), overview.below(desk, unit.id, page=2)

    assert (first.has_next, second.has_next) == (True, False)
    assert first.lines != second.lines
