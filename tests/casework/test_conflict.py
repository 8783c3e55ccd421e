"""Whom a case is about never keeps a key to it: named at verification, it leaves their unit in the same deed."""

from typing import Any

import pytest

from tests import deciding
from tests import world as cast
from tests.desk import case_of, records
from tests.world import KANWIL, NOW, Teller, World
from wise.audit import log, proof
from wise.audit.models import Entry
from wise.casework import conflict, inbox, papers, sealing
from wise.casework import proof as book
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.models import Case, Step
from wise.casework.workflow import STATUSES
from wise.keys.models import Grant
from wise.people.kinds import Role
from wise.refusals import NotThere, Refused


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(world: World, sari: Teller) -> Receipt:
    """Wulan verifies it."""
    sent = sari.tells(cast.queues())
    world.take("verify", sent, by="wulan")
    return sent


def _named(world: World, receipt: Receipt, *people: str, by: str = "wulan") -> Case:
    return world.take("name_persons", receipt, by=by, reported=people)


def _holders(receipt: Receipt) -> set[Any]:
    return set(Grant.objects.filter(report_id=receipt.report_id).values_list("holder__unit_id", flat=True)) - {None}


@pytest.mark.parametrize("login", ["wulan", "rahmat", "hadi"])
def test_p30_what_is_about_the_verifier_the_unit_or_the_head_of_office_goes_one_level_up_at_once(
    world: World, sari: Teller, receipt: Receipt, login: str
) -> None:
    case = _named(world, receipt, f"  {world.officer(login).name.upper()} ")

    above = world.unit().above
    assert above is not None
    assert (case.unit, case.lead, case.handler, case.status_code) == (above, None, None, "referred")
    assert case.unit == world.unit(office=KANWIL)
    assert above.id in _holders(receipt)
    assert not {world.unit().id, world.unit("leadership").id} & _holders(receipt)
    for concerned in ("wulan", "rahmat", "hadi"):
        with pytest.raises(NotThere):
            world.read(receipt, by=concerned)
        assert not inbox.page(world.desk(concerned), wanted=Wanted()).lines
        assert not any(inbox.counts(world.desk(concerned)).values())
    told = sari.report(receipt).timeline[-1]
    assert (str(told.title), told.text, told.who) == (str(STATUSES["referred"].told), "", "")
    assert proof.verify() == book.verify() == []


def test_the_log_names_the_case_and_the_units_but_nobody(world: World, receipt: Receipt) -> None:
    hadi = world.officer("hadi")
    case = _named(world, receipt, hadi.name)

    entry = Entry.objects.filter(subject=case.id).order_by("-sequence").first()
    assert entry is not None
    assert log.facts_about(case.id, deed="refer")
    assert hadi.name not in repr(entry.__dict__)
    assert str(hadi.id) not in repr(entry.__dict__)


def test_the_next_unit_reads_who_was_named_and_goes_on(world: World, receipt: Receipt) -> None:
    case = _named(world, receipt, world.officer("hadi").name, "Bagus dari loket tiga")

    parts = [part.text for event in world.read(receipt, by="yanti").timeline for part in event.parts]
    assert parts == [f"{world.officer('hadi').name}\nBagus dari loket tiga"]
    step = Step.objects.get(case=case, move="name_persons")
    assert sealing.open_note(step, keys={}) == {}
    world.take("verify", receipt, by="yanti")


def test_what_is_about_somebody_else_stays_and_tells_the_reporter_nothing(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    before = sari.report(receipt).timeline
    case = _named(world, receipt, "Bagus dari loket tiga")

    assert (case.unit, case.status_code) == (world.unit(), "verifying")
    assert sari.report(receipt).timeline == before


def test_what_was_returned_leaves_the_head_of_office_too(world: World, receipt: Receipt) -> None:
    deciding.proposed(world, receipt)
    world.take("return", receipt, by="hadi", note="Kurang")
    case = _named(world, receipt, world.officer("hadi").name)

    assert case.lead is None
    with pytest.raises(NotThere):
        world.read(receipt, by="hadi")


def test_where_nobody_is_above_it_is_refused_and_says_where_to_turn(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="Mohon diperiksa", unit=world.ibi)
    world.take("verify", receipt, by="ina")

    with pytest.raises(Refused) as refused:
        _named(world, receipt, world.officer("ina").name, by="ina")

    assert refused.value.code == "nobody-above"
    assert "Ombudsman" in str(refused.value.sentence)
    assert cast.case_of(receipt).unit == world.ibi


def test_nobody_named_too_many_or_somebody_without_the_case_is_refused(world: World, receipt: Receipt) -> None:
    for people, by, code in (
        ((" ",), "wulan", "reported-missing"),
        (tuple(f"Orang {number}" for number in range(21)), "wulan", "reported-long"),
        (("Bagus",), "tono", "not-there"),
        (("Bagus",), "agus", "not-there"),
        (("Bagus",), "ina", "not-there"),
        (("Bagus",), "hadi", "not-there"),
    ):
        with pytest.raises(Refused) as refused:
            _named(world, receipt, *people, by=by)
        assert refused.value.code == code


def test_the_form_offers_the_unit_the_head_and_whom_the_desk_wrote_down(world: World) -> None:
    case = case_of(records(world, reported=["Bagus dari loket tiga"]))

    opened = papers.for_move(case.id, desk=world.desk("wulan"), at=NOW)
    people = conflict.known_people(case, on=NOW.date())

    assert opened.reported == ("Bagus dari loket tiga",)
    assert {post.officer.name for post in people} >= {world.officer(login).name for login in ("wulan", "hadi")}
    assert {post.role.role for post in people} >= {Role.VERIFIER, Role.HEAD}


def test_the_form_offers_again_whom_a_unit_named_before(world: World, receipt: Receipt) -> None:
    _named(world, receipt, "Bagus dari loket tiga", "Orang luar")
    _named(world, receipt, "Orang luar", "Orang ketiga")

    opened = papers.for_move(cast.case_of(receipt).id, desk=world.desk("wulan"), at=NOW)
    assert opened.reported == ("Bagus dari loket tiga", "Orang luar", "Orang ketiga")
