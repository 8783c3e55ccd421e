"""Being away: who says so, who can stand in, and what the deputy finds."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world as cast
from tests.world import NOW, World
from wise.audit.models import Entry
from wise.casework import absences, inbox
from wise.casework.inbox import Wanted
from wise.keys import membership
from wise.people.kinds import Role
from wise.people.models import Absence, Officer
from wise.refusals import NotThere, Refused

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


def _wanted(world: World, officer: str, deputy: str, *, first: int = 0, last: int = 4) -> absences.Wanted:
    ids = (world.officer(officer).id, world.officer(deputy).id)
    return absences.Wanted(*ids, TODAY + first * DAY, TODAY + last * DAY)


def _away(world: World, officer: str, deputy: str, *, by: str = "", **days: Any) -> Absence:
    return absences.enter(_wanted(world, officer, deputy, **days), desk=world.desk(by or officer), at=NOW)


def _colleague(world: World) -> Officer:
    """Maya comes to work at Wulan's unit too."""
    maya = world.officer("maya")
    proposal = membership.propose(maya, unit=world.unit(), role=Role.VERIFIER, by=world.officer("rahmat"), at=NOW)
    wulan = world.desk("wulan")
    membership.decide(proposal, confirmed=True, by=wulan.officer, keyring=wulan.keyring, at=NOW)
    return maya


def _mine(world: World, login: str, *, at: datetime.datetime = NOW) -> list[Any]:
    desk = world.desk(login, at=at)
    lines = list(inbox.page(desk, wanted=Wanted(view="mine")).lines)
    assert inbox.counts(desk)["mine"] == len(lines)
    return lines


def test_while_wulan_is_away_rahmat_finds_her_cases_among_his_and_not_before_or_after(world: World) -> None:
    receipt = cast.join().tells()
    world.take("take_on", receipt, by="wulan")
    row = _away(world, "wulan", "rahmat", first=1, last=3)

    found = {days: len(_mine(world, "rahmat", at=NOW + days * DAY)) for days in range(5)}
    assert found == {0: 0, 1: 1, 2: 1, 3: 1, 4: 0}
    line = _mine(world, "rahmat", at=NOW + DAY)[0]
    assert line.absence == row
    assert line.case.handler == world.officer("wulan")
    assert len(_mine(world, "wulan", at=NOW + DAY)) == 1
    assert world.read(receipt, by="rahmat", at=NOW + DAY).absence == row
    assert world.read(receipt, by="rahmat").absence is None


def test_a_deputy_gets_no_case_of_a_unit_that_is_not_theirs(world: World) -> None:
    maya = _colleague(world)
    theirs = cast.join().tells(cast.queues(office=world.office(cast.HEAD_OFFICE)))
    world.take("take_on", theirs, by="maya")
    _away(world, "maya", "rahmat")

    assert cast.case_of(theirs).handler == maya
    assert _mine(world, "rahmat") == []
    assert len(_mine(world, "maya")) == 1


def test_wulan_is_back_earlier_and_nobody_stands_in_from_then_on(world: World) -> None:
    world.take("take_on", cast.join().tells(), by="wulan")
    row = _away(world, "wulan", "rahmat")
    assert absences.own(world.officer("wulan"), on=TODAY) == row

    absences.end(row.id, desk=world.desk("wulan"), at=NOW)

    assert absences.own(world.officer("wulan"), on=TODAY) is None
    assert _mine(world, "rahmat") == []
    with pytest.raises(NotThere):
        absences.end(row.id, desk=world.desk("wulan"), at=NOW)
    assert [entry.deed for entry in Entry.objects.filter(subject=row.id).order_by("sequence")] == ["away", "back"]


def test_the_head_of_the_unit_enters_and_ends_it_for_a_member(world: World) -> None:
    assert [row.login for row in absences.may_set(world.desk("rahmat"))] == ["rahmat", "wulan"]
    row = _away(world, "wulan", "rahmat", by="rahmat")

    assert [(line.may_end, line.now) for line in absences.listed(world.desk("rahmat"))] == [(True, True)]
    absences.end(row.id, desk=world.desk("rahmat"), at=NOW)
    assert absences.listed(world.desk("rahmat")) == []


def test_a_colleague_sees_who_is_away_and_changes_nothing(world: World) -> None:
    row = _away(world, "rahmat", "wulan", first=2)
    desk = world.desk("wulan")

    assert [(line.row, line.may_end, line.now) for line in absences.listed(desk)] == [(row, False, False)]
    with pytest.raises(NotThere):
        absences.end(row.id, desk=desk, at=NOW)
    with pytest.raises(NotThere):
        _away(world, "rahmat", "wulan", by="wulan", first=8, last=9)


@pytest.mark.parametrize("login", ["dewi", "hadi", "tono", "agus", "kartika"])
def test_who_handles_no_cases_is_not_away_here_the_head_of_office_neither(world: World, login: str) -> None:
    row = _away(world, "wulan", "rahmat")
    for officer, deputy in ((login, "wulan"), ("wulan", "rahmat")):
        with pytest.raises(NotThere):
            _away(world, officer, deputy, by=login, first=8, last=9)
    with pytest.raises(NotThere):
        absences.end(row.id, desk=world.desk(login), at=NOW)


def test_p29_another_unit_neither_sees_nor_ends_it(world: World) -> None:
    row = _away(world, "wulan", "rahmat")
    for login in ("yanti", "bambang", "ina"):
        desk = world.desk(login)
        assert absences.listed(desk) == []
        with pytest.raises(NotThere):
            absences.end(row.id, desk=desk, at=NOW)
        with pytest.raises(NotThere):
            _away(world, "wulan", "rahmat", by=login, first=8, last=9)


@pytest.mark.parametrize(
    ("deputy", "days", "code"),
    [
        ("rahmat", {"first": 3, "last": 2}, "away-backwards"),
        ("rahmat", {"first": -1}, "away-past"),
        ("wulan", {}, "deputy-self"),
        ("dewi", {}, "deputy-elsewhere"),
        ("yanti", {}, "deputy-elsewhere"),
        ("hadi", {}, "deputy-elsewhere"),
        ("tono", {}, "deputy-elsewhere"),
    ],
)
def test_what_makes_no_sense_is_refused(world: World, deputy: str, days: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _away(world, "wulan", deputy, **days)
    assert refused.value.code == code
    assert not Absence.objects.exists()


def test_a_deputy_who_does_not_exist_is_refused(world: World) -> None:
    wanted = absences.Wanted(world.officer("wulan").id, uuid.uuid4(), TODAY, TODAY)
    with pytest.raises(Refused) as refused:
        absences.enter(wanted, desk=world.desk("wulan"), at=NOW)
    assert refused.value.code == "deputy-elsewhere"


def test_a_deputy_is_there_on_all_of_the_days(world: World) -> None:
    _colleague(world)
    _away(world, "rahmat", "wulan", first=5, last=6)

    clashes: tuple[tuple[str, str, dict[str, Any], str], ...] = (
        ("maya", "rahmat", {"first": 0, "last": 5}, "deputy-away"),
        ("rahmat", "maya", {"first": 6, "last": 8}, "away-already"),
        ("wulan", "maya", {"first": 6, "last": 7}, "stands-in"),
    )
    for officer, deputy, days, code in clashes:
        with pytest.raises(Refused) as refused:
            _away(world, officer, deputy, **days)
        assert refused.value.code == code
    _away(world, "wulan", "rahmat", first=0, last=4)


def test_the_inbox_asks_as_often_with_many_cases_of_absent_officers_as_with_one(world: World) -> None:
    sari = cast.join()
    desk = world.desk("rahmat")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            inbox.counts(desk)
            assert inbox.page(desk, wanted=Wanted(view="mine")).lines
        return len(queries)

    _away(world, "wulan", "rahmat")
    world.take("take_on", sari.tells(), by="wulan")
    one = cost()
    for _ in range(4):
        world.take("take_on", sari.tells(), by="wulan")

    assert cost() == one
