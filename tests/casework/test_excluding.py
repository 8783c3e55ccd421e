"""A case is kept from single colleagues of its own unit: without a key, in no list, and named nowhere in the clear."""

import json
import uuid
from typing import Any

import pytest
from django.core import serializers

from tests import deciding
from tests import world as cast
from tests.world import KANWIL, NOW, Teller, World, case_of
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import access, actions, assigning, excluding, inbox, reading, sealing, tasks
from wise.casework import proof as book
from wise.casework.given import Assignment, Given
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.models import Case, Step
from wise.crypto.errors import Unopenable
from wise.keys import grants
from wise.keys.models import Grant
from wise.people.models import Unit
from wise.refusals import NotThere, Refused


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def exclude(world: World, receipt: Receipt, *logins: str, by: str = "wulan", note: str = "Saudara kandung") -> Case:
    ids = frozenset(world.officer(login).id for login in logins)
    return world.take("exclude", receipt, by=by, note=note, excluded=ids)


def opens(world: World, receipt: Receipt, login: str) -> bool:
    try:
        world.read(receipt, by=login)
    except NotThere:
        return False
    return True


def refused(deed: Any) -> str:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code


def test_p30_rahmat_has_no_key_any_more_and_finds_the_case_nowhere(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="rahmat")
    due = NOW.date()
    task = Assignment("Periksa rekaman", world.officer("rahmat").id, due)
    world.take("add_task", receipt, by="rahmat", task=task)

    case = exclude(world, receipt, "rahmat")

    assert (opens(world, receipt, "wulan"), opens(world, receipt, "rahmat")) == (True, False)
    desk = world.desk("rahmat")
    assert not access.cases_of(desk).exists()
    assert not any(inbox.counts(desk).values())
    assert inbox.page(desk, wanted=Wanted(agenda=case.agenda_number)).total == 0
    assert tasks.open_at(desk) == ([], False)
    assert not grants.held(case.report_id, keyring=desk.keyring, vouched=case.report.commitments)
    assert case.handler is None
    lines, _more = tasks.open_at(world.desk("wulan"))
    assert [line.officer.login for line in lines] == ["wulan"]
    for name in ("note", "verify", "exclude"):
        with pytest.raises(NotThere):
            world.take(name, receipt, by="rahmat", note="x")
    assert proof.verify() == []
    assert book.verify() == []


def test_p30_no_row_and_no_entry_of_the_log_names_who_is_excluded(world: World, receipt: Receipt) -> None:
    case = case_of(receipt)
    world.take("verify", receipt, by="wulan")
    exclude(world, receipt, "rahmat")

    rahmat = world.officer("rahmat")
    held = Grant.objects.filter(report_id=case.report_id)
    rows = [Case.objects.get(id=case.id), *Step.objects.filter(case=case), *held]
    clear = serializers.serialize("json", rows) + json.dumps([entry.facts for entry in Entry.objects.all()])
    assert "rahmat" not in clear
    assert rahmat.name not in clear
    assert str(rahmat.id) not in clear
    assert str(rahmat.holder.id) not in clear


def test_what_is_written_afterwards_is_sealed_under_a_key_that_they_never_had(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    before = world.desk("rahmat")
    case = case_of(receipt)
    had = access.keys_of(case, keyring=before.keyring)

    exclude(world, receipt, "rahmat")
    world.take("note", receipt, by="wulan", note="Catatan sesudahnya")

    steps = list(case.steps.filter(move__in=["exclude", "note"]).order_by("order"))
    assert [sealing.open_note(step, keys=had) for step in steps if _opens(step, had)] == []
    event = world.read(receipt, by="wulan").timeline[-1]
    assert event.text == "Catatan sesudahnya"


def _opens(step: Step, keys: Any) -> bool:
    try:
        return bool(sealing.open_note(step, keys=keys))
    except Unopenable:
        return False


def test_the_history_says_it_to_who_may_still_see_the_case(world: World, receipt: Receipt) -> None:
    exclude(world, receipt, "rahmat")
    event = world.read(receipt, by="wulan").timeline[-1]
    assert (event.move, event.text) == ("exclude", "Saudara kandung")
    assert [part.text for part in event.parts] == ["Rahmat Hidayat"]
    assert [(row.officer.login, row.excluded) for row in excluding.listed(case_of(receipt))] == [
        ("rahmat", True),
        ("wulan", False),
    ]


def test_the_reporter_reads_nothing_of_it_and_still_reaches_who_is_left(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    before = len(sari.report(receipt).timeline)
    exclude(world, receipt, "rahmat")
    assert len(sari.report(receipt).timeline) == before
    sari.writes(receipt, "Ada kabar baru")
    assert "Ada kabar baru" in [event.text for event in world.read(receipt, by="wulan").timeline]


def test_it_can_be_lifted_and_the_unit_has_its_key_again(world: World, receipt: Receipt) -> None:
    exclude(world, receipt, "rahmat")
    case = exclude(world, receipt, note="Bukan saudara")

    assert not case.is_restricted
    assert opens(world, receipt, "rahmat")
    held = Grant.objects.filter(report_id=case.report_id, holder__officer__isnull=False)
    assert not held.exists()
    assert excluding.excluded(case, keys=access.keys_of(case, keyring=world.desk("wulan").keyring)) == frozenset()


def test_one_may_step_back_oneself(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    exclude(world, receipt, "wulan", by="wulan")
    assert (opens(world, receipt, "wulan"), opens(world, receipt, "rahmat")) == (False, True)


def test_somebody_must_be_left_and_only_members_can_be_chosen(world: World, receipt: Receipt) -> None:
    assert refused(lambda: exclude(world, receipt, "wulan", "rahmat")) == "nobody-left"
    assert refused(lambda: exclude(world, receipt, "hadi")) == "excluded-missing"
    assert refused(lambda: exclude(world, receipt)) == "excluded-missing"
    assert refused(lambda: exclude(world, receipt, "rahmat", note=" ")) == "note-missing"
    assert opens(world, receipt, "rahmat")


def test_nobody_else_excludes_anybody(world: World, receipt: Receipt) -> None:
    for login in ("hadi", "ina", "dewi", "tono", "kartika", "agus", "yanti"):
        with pytest.raises(NotThere):
            exclude(world, receipt, "rahmat", by=login)
    deciding.proposed(world, receipt)
    assert refused(lambda: exclude(world, receipt, "rahmat", by="hadi")) == "move-not-open"


def test_the_head_decides_about_it_as_before(world: World, receipt: Receipt) -> None:
    deciding.proposed(world, receipt)
    exclude(world, receipt, "rahmat")
    world.take("note", receipt, by="wulan", note="Untuk Bapak")

    opened = world.read(receipt, by="hadi")
    assert opened.proposal is not None
    assert "Untuk Bapak" in [event.text for event in opened.timeline]
    deciding.approved(world, receipt)
    deciding.answered(world, receipt)
    assert not opens(world, receipt, "rahmat")


def test_the_case_is_given_to_nobody_who_may_not_see_it(world: World, receipt: Receipt) -> None:
    case = exclude(world, receipt, "rahmat")
    assert assigning.colleagues(case, desk=world.desk("wulan")) == []
    task = Assignment("Periksa", world.officer("rahmat").id, NOW.date())
    assert refused(lambda: world.take("add_task", receipt, by="wulan", task=task)) == "colleague-missing"


def test_referred_up_and_back_it_is_still_kept_from_them(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    exclude(world, receipt, "rahmat")
    case = world.take("refer", receipt, by="wulan", note="Lebih tepat", unit=world.unit(office=KANWIL))
    assert not case.is_restricted
    assert opens(world, receipt, "yanti")
    assert not opens(world, receipt, "wulan")

    case = world.take("refer", receipt, by="yanti", note="Kembali", unit=world.unit())
    assert case.is_restricted
    assert (opens(world, receipt, "wulan"), opens(world, receipt, "rahmat")) == (True, False)
    assert proof.verify() == []


def test_a_part_that_stays_in_the_unit_is_kept_from_them_too(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    exclude(world, receipt, "rahmat")
    world.take("split", receipt, by="wulan", note="Hal kedua", stream="service")

    part = Case.objects.get(report_id=receipt.report_id, part=2)
    assert (part.unit, part.is_restricted) == (world.unit(), True)
    reading.read(part.id, desk=world.desk("wulan"), at=NOW)
    with pytest.raises(NotThere):
        reading.read(part.id, desk=world.desk("rahmat"), at=NOW)


def test_a_part_that_was_there_before_is_kept_from_them_along_with_the_first(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("split", receipt, by="wulan", note="Hal kedua", stream="service")
    part = Case.objects.get(report_id=receipt.report_id, part=2)
    exclude(world, receipt, "rahmat")

    part.refresh_from_db()
    assert part.is_restricted
    assert part.last_order == case_of(receipt).last_order
    assert not grants.work_of_officers(part.report_id).get(world.officer("rahmat").id)
    for each in (case_of(receipt), part):
        reading.read(each.id, desk=world.desk("wulan"), at=NOW)
        with pytest.raises(NotThere):
            reading.read(each.id, desk=world.desk("rahmat"), at=NOW)
        assert each not in access.cases_of(world.desk("rahmat"))

    exclude(world, receipt)
    part.refresh_from_db()
    assert not part.is_restricted
    for each in (case_of(receipt), part):
        reading.read(each.id, desk=world.desk("rahmat"), at=NOW)
    assert proof.verify() == []


def test_a_part_that_comes_to_the_unit_later_is_kept_from_them_as_well(world: World, receipt: Receipt) -> None:
    """Said about the first part while the second was elsewhere: whoever hands that one over cannot read it."""
    world.take("verify", receipt, by="wulan")
    world.take("split", receipt, by="wulan", note="Hal kedua", stream="service")
    part = Case.objects.get(report_id=receipt.report_id, part=2)
    there = world.unit(office=KANWIL)
    _refer(world, part, to=there, by="wulan")
    exclude(world, receipt, "rahmat")
    part = _refer(world, part, to=world.unit(), by="yanti")

    assert part.is_restricted
    reading.read(part.id, desk=world.desk("wulan"), at=NOW)
    with pytest.raises(NotThere):
        reading.read(part.id, desk=world.desk("rahmat"), at=NOW)


def _refer(world: World, case: Case, *, to: Unit, by: str) -> Case:
    return actions.take("refer", case_id=case.id, desk=world.desk(by), given=Given(note="x", unit=to), at=NOW)


def test_seen_from_two_pages_the_second_looks_again(world: World, receipt: Receipt) -> None:
    seen = case_of(receipt).last_order
    exclude(world, receipt, "rahmat")
    given = Given(note="x", excluded=frozenset(), seen=seen)
    desk = world.desk("wulan")
    with pytest.raises(Refused) as found:
        actions.take("exclude", case_id=case_of(receipt).id, desk=desk, given=given, at=NOW)
    assert found.value.code == "case-changed"


def test_p36_a_grant_planted_for_who_is_excluded_opens_nothing(world: World, receipt: Receipt) -> None:
    case = exclude(world, receipt, "rahmat")
    wulan = Grant.objects.get(report_id=case.report_id, holder__officer=world.officer("wulan"))
    wulan.id, wulan.holder = uuid.uuid4(), world.officer("rahmat").holder
    wulan.save(force_insert=True)
    with pytest.raises(Unopenable):
        world.read(receipt, by="rahmat")
