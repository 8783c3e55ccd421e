"""What is to be done on a case: one colleague, one day, sealed words, and a list of which nothing is decrypted."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import deciding
from tests import world as cast
from tests.deciding import DAY
from tests.world import KANWIL, NOW, Teller, World
from wise.audit import proof
from wise.casework import actions, sealing, tasks
from wise.casework import proof as book
from wise.casework.given import Assignment
from wise.casework.intake import Receipt
from wise.casework.models import Case, Task
from wise.refusals import NotThere, Refused

TODAY = NOW.date()


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _gives(world: World, receipt: Receipt, *, to: str = "rahmat", days: int = 3, what: str = "Periksa CCTV") -> Case:
    task = Assignment(what, world.officer(to).id, TODAY + days * DAY)
    return world.take("add_task", receipt, by="wulan", task=task)


def _listed(world: World, login: str) -> list[tuple[str, bool]]:
    return [(line.officer.login, line.mine) for line in tasks.open_at(world.desk(login))[0]]


def test_wulan_gives_rahmat_a_task_who_does_it(world: World, receipt: Receipt) -> None:
    _gives(world, receipt)
    opened = world.read(receipt, by="rahmat")
    (task,) = opened.to_do
    assert (task.what, task.row.officer.login, task.row.due_on) == ("Periksa CCTV", "rahmat", TODAY + 3 * DAY)
    assert {part.text for part in opened.timeline[-1].parts} >= {"Periksa CCTV", task.row.officer.name}

    world.take("finish_task", receipt, by="rahmat", task_done=task.row.id, note="Tidak ada rekaman")

    opened = world.read(receipt, by="wulan")
    assert opened.to_do == []
    assert [done.row.done_on for done in opened.tasks] == [TODAY]
    assert (opened.timeline[-1].text, opened.timeline[-1].parts[0].text) == ("Tidak ada rekaman", "Periksa CCTV")
    assert "finish_task" not in {move.name for move in actions.moves_for(opened.case, desk=world.desk("wulan"))}
    assert proof.verify() == book.verify() == []


def test_a_task_is_given_to_who_has_the_units_key_and_for_today_or_later(world: World, receipt: Receipt) -> None:
    for login in ("dewi", "hadi", "yanti", "tono", "ina"):
        with pytest.raises(Refused) as refused:
            _gives(world, receipt, to=login)
        assert refused.value.code == "colleague-missing"
    for task, code in [
        (Assignment("Periksa", None, TODAY), "colleague-missing"),
        (Assignment("Periksa", world.officer("wulan").id, None), "task-past"),
        (Assignment("Periksa", world.officer("wulan").id, TODAY - DAY), "task-past"),
        (Assignment("  ", world.officer("wulan").id, TODAY), "task-missing"),
        (None, "task-missing"),
    ]:
        with pytest.raises(Refused) as refused:
            world.take("add_task", receipt, by="wulan", task=task)
        assert refused.value.code == code
    assert not Task.objects.exists()
    _gives(world, receipt, days=0)


def test_a_task_is_done_once_and_only_on_its_own_case(world: World, sari: Teller, receipt: Receipt) -> None:
    other = sari.tells()
    _gives(world, receipt)
    _gives(world, other)
    theirs = Task.objects.get(case=cast.case_of(other))

    for wrong in (theirs.id, uuid.uuid4(), None):
        with pytest.raises(Refused) as refused:
            world.take("finish_task", receipt, by="wulan", task_done=wrong)
        assert refused.value.code == "task_done-missing"
    assert Task.objects.filter(is_open=True).count() == 2


def test_who_does_not_hold_the_case_gives_and_finishes_nothing(world: World, receipt: Receipt) -> None:
    _gives(world, receipt)
    task = Task.objects.get()
    for login in ("dewi", "hadi", "yanti", "ina", "tono", "agus", "kartika"):
        with pytest.raises(NotThere):
            world.take("finish_task", receipt, by=login, task_done=task.id)
        assert _listed(world, login) == []


def test_the_list_shows_ones_own_first_and_then_by_day(world: World, sari: Teller, receipt: Receipt) -> None:
    _gives(world, receipt, to="wulan", days=9)
    _gives(world, receipt, to="rahmat", days=1)
    _gives(world, sari.tells(), to="rahmat", days=0)

    assert _listed(world, "wulan") == [("wulan", True), ("rahmat", False), ("rahmat", False)]
    assert [line.due_on for line in tasks.open_at(world.desk("rahmat"))[0]] == [TODAY, TODAY + DAY, TODAY + 9 * DAY]


def test_the_list_has_pages_and_always_costs_the_same(
    world: World, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PAGE", 2)
    desk = world.desk("wulan")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            tasks.open_at(desk)
        return len(queries)

    _gives(world, receipt)
    one = cost()
    for _ in range(4):
        _gives(world, receipt)
    assert cost() == one
    assert [(len(rows), more) for rows, more in (tasks.open_at(desk, page=page) for page in (1, 2, 3, 4))] == [
        (2, True),
        (2, True),
        (1, False),
        (0, False),
    ]


def test_a_case_that_leaves_the_unit_takes_its_tasks_off_the_list(world: World, receipt: Receipt) -> None:
    _gives(world, receipt)
    world.take("verify", receipt, by="wulan")
    world.take("refer", receipt, by="wulan", unit=world.unit(office=KANWIL), note="Bukan wewenang kami")

    assert _listed(world, "rahmat") == _listed(world, "yanti") == []
    (task,) = world.read(receipt, by="yanti").tasks
    assert (task.what, task.row.is_open, task.row.done_on) == ("Periksa CCTV", False, None)
    with pytest.raises(NotThere):
        world.take("finish_task", receipt, by="rahmat", task_done=task.row.id)


def test_the_head_reads_the_tasks_of_what_lies_before_them_and_gives_none(world: World, receipt: Receipt) -> None:
    _gives(world, receipt)
    deciding.proposed(world, receipt)

    assert [task.what for task in world.read(receipt, by="hadi").tasks] == ["Periksa CCTV"]
    with pytest.raises(Refused) as refused:
        world.take("add_task", receipt, by="hadi", task=Assignment("Periksa", world.officer("wulan").id, TODAY))
    assert refused.value.code == "move-not-open"


def test_without_the_units_key_a_task_says_nothing(world: World, receipt: Receipt) -> None:
    _gives(world, receipt)
    row = Task.objects.get()
    assert sealing.open_task(row, keys={}) == ""
    assert tasks.of_case(row.case, keys={}) == []
    assert b"CCTV" not in bytes(row.sealed)
