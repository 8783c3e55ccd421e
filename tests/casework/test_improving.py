"""What a head of office ordered so that the service gets better: listed by its day, until somebody shows it is done."""

import datetime
import uuid

import pytest

from tests import deciding
from tests import world as cast
from tests.deciding import ACTION, DAY
from tests.world import NOW, Teller, World
from wise.audit import proof
from wise.casework import access, actions, improving, sealing
from wise.casework import proof as book
from wise.casework.given import Action
from wise.casework.intake import Receipt
from wise.casework.models import Improvement
from wise.crypto.errors import Unopenable
from wise.refusals import Refused

TODAY = NOW.date()


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _names(world: World, receipt: Receipt, login: str = "wulan") -> list[str]:
    return [move.name for move in actions.moves_for(cast.case_of(receipt), desk=world.desk(login))]


def _due(world: World, login: str) -> list[int]:
    return [row.days_left for row in improving.reminders(world.desk(login))[0]]


def test_two_improvements_are_done_one_by_one_before_and_after_the_answer(world: World, receipt: Receipt) -> None:
    second = Action("Pasang nomor antrean", "Subbagian Umum", TODAY + 2 * DAY)
    deciding.approved(world, receipt, actions=(ACTION, second))
    near, far = world.read(receipt, by="wulan").improvements
    assert [near.what, near.owner, near.evidence] == ["Pasang nomor antrean", "Subbagian Umum", ""]

    world.take("improve", receipt, by="wulan", improvement=near.row.id, note="Terpasang sejak Senin")
    deciding.answered(world, receipt)
    assert "improve" in _names(world, receipt)
    world.take("close", receipt, by="wulan")
    world.take("improve", receipt, by="rahmat", improvement=far.row.id, note="Loket tiga dibuka", at=NOW + DAY)

    assert "improve" not in _names(world, receipt)
    opened = world.read(receipt, by="hadi")
    assert [(row.evidence, row.done_on) for row in opened.improvements] == [
        ("Terpasang sejak Senin", TODAY),
        ("Loket tiga dibuka", TODAY + DAY),
    ]
    assert opened.to_improve == []
    assert proof.verify() == book.verify() == []


def test_one_that_is_done_or_of_another_case_is_not_done_again(world: World, sari: Teller, receipt: Receipt) -> None:
    deciding.approved(world, receipt)
    other = sari.tells()
    deciding.approved(world, other)
    theirs = Improvement.objects.get(case=cast.case_of(other))

    for wrong in (theirs.id, uuid.uuid4(), None):
        with pytest.raises(Refused) as refused:
            world.take("improve", receipt, by="wulan", improvement=wrong, note="Selesai")
        assert refused.value.code == "improvement-missing"
    assert Improvement.objects.filter(done_on=None).count() == 2


def test_without_evidence_nothing_is_done(world: World, receipt: Receipt) -> None:
    deciding.approved(world, receipt)
    row = Improvement.objects.get()
    with pytest.raises(Refused) as refused:
        world.take("improve", receipt, by="wulan", improvement=row.id, note=" ")
    assert refused.value.code == "note-missing"


def test_the_list_is_that_of_the_unit_and_of_its_head_nearest_first_and_of_nobody_else(
    world: World, sari: Teller
) -> None:
    for days in (9, -1, 3):
        receipt = sari.tells()
        deciding.approved(world, receipt)
        Improvement.objects.filter(case=cast.case_of(receipt)).update(due_on=TODAY + datetime.timedelta(days=days))

    for login in ("wulan", "rahmat", "hadi"):
        assert _due(world, login) == [-1, 3, 9]
        assert [row.overdue for row in improving.reminders(world.desk(login))[0]] == [True, False, False]
    for login in ("surya", "yanti", "ina", "dewi", "tono", "agus", "kartika"):
        assert _due(world, login) == []


def test_a_long_list_has_pages(world: World, receipt: Receipt) -> None:
    deciding.approved(world, receipt)
    one = Improvement.objects.get()
    for _ in range(improving.PAGE):
        one.id = uuid.uuid4()
        one.save(force_insert=True)

    first, more = improving.reminders(world.desk("hadi"))
    second, no_more = improving.reminders(world.desk("hadi"), page=2)
    assert (len(first), more, len(second), no_more) == (improving.PAGE, True, 1, False)


def test_what_is_ordered_opens_with_the_units_key_alone_and_in_its_own_place(world: World, receipt: Receipt) -> None:
    deciding.approved(world, receipt)
    row = Improvement.objects.get()
    assert ACTION.what.encode() not in bytes(row.sealed)
    assert sealing.open_improvement(row, keys={}) == {}

    other = Improvement(case=row.case, order=row.order, unit=row.unit, due_on=row.due_on, sealed=row.sealed)
    with pytest.raises(Unopenable):
        sealing.open_improvement(other, keys=access.keys_of(row.case, keyring=world.desk("wulan").keyring))
