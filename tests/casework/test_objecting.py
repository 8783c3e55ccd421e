"""Sari objects to the answer: the case is worked on again, with a new time, and nothing late is forgotten."""

import datetime
import importlib
import uuid
from typing import Any

import pytest
from django.apps import apps

from tests import deciding
from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit import proof
from wise.audit.models import Chain, Entry
from wise.casework import calendar, clock, holidays, inbox, objecting, overview, papers, rules
from wise.casework import proof as book
from wise.casework.calendar import Kind
from wise.casework.intake import Receipt
from wise.casework.models import Case, RuleSet, Step
from wise.people.models import OfficerRole
from wise.refusals import NotThere, Refused

DAY = datetime.timedelta(days=1)
TODAY = NOW.date()
WORDS = "Loket kedua tetap tutup"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(stream="suggestion"))


def _answered(world: World, receipt: Receipt, *, days: int = 0, again: bool = False) -> Case:
    """Wulan's own answer."""
    at = NOW + days * DAY
    if not again:
        world.take("verify", receipt, by="wulan", at=at)
    return world.take("answer", receipt, by="wulan", at=at, text="Sudah kami perbaiki.")


def _objects(who: Teller, receipt: Receipt, text: str = WORDS, *, days: int = 0, part: int | None = None) -> Case:
    own: dict[str, Any] = {"by": who.reporter, "keyring": who.keyring, "at": NOW + days * DAY, "part": part}
    objecting.reopen(uuid.UUID(receipt.report_id), text=text, **own)
    return cast.case_of(receipt)


def _refusal(who: Teller, receipt: Receipt, text: str = WORDS, *, days: int = 0, part: int | None = None) -> str:
    before = Step.objects.count()
    with pytest.raises(Refused) as refused:
        _objects(who, receipt, text, days=days, part=part)
    assert Step.objects.count() == before
    return refused.value.code


@pytest.mark.parametrize("closed", [False, True])
def test_an_objection_opens_the_case_again_with_a_time_of_its_own(
    world: World,
    sari: Teller,
    receipt: Receipt,
    closed: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    before = _answered(world, receipt, days=10)
    if closed:
        world.take("close", receipt, by="wulan", at=NOW + 10 * DAY)

    case = _objects(sari, receipt, days=20)

    assert (case.status_code, case.is_open, case.has_news, case.outcome) == ("verifying", True, True, "")
    assert (case.answered_on, case.answer_medium, case.due_on) == (None, "", TODAY + 50 * DAY)
    assert (case.objected_on, case.changed_on) == (TODAY + 20 * DAY, TODAY + 20 * DAY)
    assert (case.first_answered_on, case.first_due_on, case.was_late) == (TODAY + 10 * DAY, before.due_on, False)
    assert case.handler == world.officer("wulan")
    assert inbox.counts(world.desk("wulan"))["news"] == 1
    opened = world.read(receipt, by="wulan", at=NOW + 20 * DAY)
    assert (opened.standing.runs, opened.standing.days_left) == (True, 30)
    told = [event for event in opened.timeline if event.move == "reopen"]
    assert [(event.text, event.who, event.at) for event in told] == [(WORDS, "", None)]
    assert [event.text for event in sari.report(receipt).timeline if event.mine] == [WORDS]
    assert proof.verify() == book.verify() == []


def test_p18_the_log_has_the_dates_and_neither_words_nor_a_time(world: World, sari: Teller, receipt: Receipt) -> None:
    before = _answered(world, receipt)
    case = _objects(sari, receipt, days=1)

    [logged] = Entry.objects.filter(deed="reopen")
    assert (logged.chain, logged.by) == (Chain.REPORTERS, None)
    assert set(logged.facts) == {"due_on_before", "due_on", "rows"}
    dates = (logged.facts["due_on_before"], logged.facts["due_on"])
    assert dates == (before.due_on.isoformat(), case.due_on.isoformat())
    step = Step.objects.get(move="reopen")
    assert (step.at, step.by, step.sealed) == (None, None, None)


def test_nothing_that_came_late_looks_punctual_after_any_number_of_objections(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    first = _answered(world, receipt, days=31)
    assert _objects(sari, receipt, days=32).was_late
    assert clock.standing(cast.case_of(receipt), on=TODAY + 32 * DAY).was_late

    _answered(world, receipt, days=33, again=True)
    assert clock.standing(cast.case_of(receipt), on=TODAY + 33 * DAY).met_in_time is False
    again = _objects(sari, receipt, "Masih keliru", days=34)

    assert (again.was_late, again.objected_on, again.due_on) == (True, TODAY + 34 * DAY, TODAY + 64 * DAY)
    assert (again.first_answered_on, again.first_due_on) == (TODAY + 31 * DAY, first.due_on)


def test_a_second_answer_that_is_late_counts_like_a_first(world: World, sari: Teller, receipt: Receipt) -> None:
    _answered(world, receipt)
    _objects(sari, receipt, days=1)
    assert clock.standing(cast.case_of(receipt), on=TODAY + 32 * DAY).overdue

    _answered(world, receipt, days=32, again=True)
    assert clock.standing(cast.case_of(receipt), on=TODAY + 32 * DAY).met_in_time is False
    assert _objects(sari, receipt, days=33).was_late


def test_the_kanwils_share_in_time_gets_no_better_by_an_objection(world: World, sari: Teller) -> None:
    punctual, late = sari.tells(cast.queues(stream="suggestion")), sari.tells(cast.queues(stream="suggestion"))
    _answered(world, punctual)
    _answered(world, late, days=31)

    def shares(days: int) -> tuple[int, int, int]:
        [row] = [
            row
            for row in overview.offices(world.desk("lina", at=NOW + days * DAY))
            if row.unit.office.name == cast.KPKNL
        ]
        return row.tally.open, row.tally.answered, row.tally.in_time

    assert shares(31) == (2, 2, 1)
    _objects(sari, late, days=32)
    assert shares(32) == (2, 2, 1)
    _answered(world, late, days=33, again=True)
    assert shares(33) == (2, 2, 1)


@pytest.mark.parametrize(("days", "code"), [(30, ""), (31, "not-objectable")])
def test_the_time_for_an_objection_runs_from_the_answer_and_ends(
    world: World, sari: Teller, receipt: Receipt, days: int, code: str
) -> None:
    case = _answered(world, receipt)
    term = objecting.term(case, on=TODAY + days * DAY)
    assert term == objecting.Term(TODAY + 30 * DAY, is_over=bool(code))
    if code:
        assert _refusal(sari, receipt, days=days) == code
    else:
        assert _objects(sari, receipt, days=days).is_open


def test_working_days_are_counted_where_the_rule_set_says_so(world: World, sari: Teller) -> None:
    rules.choose("sp4n-2018", desk=world.desk("tono"), at=NOW)
    receipt = sari.tells(cast.queues(stream="suggestion"))

    term = objecting.term(_answered(world, receipt), on=TODAY)

    assert term is not None
    assert term.until == calendar.known().add(TODAY, working_days=10)


def test_what_has_no_answer_and_what_was_objected_to_already_is_refused(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    assert _refusal(sari, receipt) == "not-objectable"
    assert objecting.term(cast.case_of(receipt), on=TODAY) is None
    _answered(world, receipt)
    assert _refusal(sari, receipt, "  ") == "text-missing"
    _objects(sari, receipt)
    assert _refusal(sari, receipt) == "not-objectable"


def test_where_the_rule_set_knows_no_objection_there_is_none(world: World, sari: Teller, receipt: Receipt) -> None:
    row = RuleSet.objects.get(code="kemenkeu-2011")
    row.clocks = [each for each in row.clocks if each["name"] != "objection"]
    row.save()
    _answered(world, receipt)
    assert objecting.term(cast.case_of(receipt), on=TODAY) is None
    assert _refusal(sari, receipt) == "not-objectable"


def test_nobody_objects_for_somebody_else(world: World, receipt: Receipt) -> None:
    _answered(world, receipt)
    with pytest.raises(NotThere):
        _objects(cast.join("sungai tenang"), receipt)
    assert cast.case_of(receipt).status_code == "answered"


@pytest.mark.parametrize("login", ["wulan", "hadi"])
def test_no_officer_reopens_a_case(world: World, sari: Teller, login: str) -> None:
    receipt = sari.tells()
    deciding.answered(world, receipt)
    with pytest.raises(Refused) as refused:
        world.take("reopen", receipt, by=login, text="Dibuka lagi")
    assert refused.value.code == "move-not-open"


def test_nobody_writes_a_password_into_an_objection(world: World, sari: Teller, receipt: Receipt) -> None:
    _answered(world, receipt)
    assert _refusal(sari, receipt, f"Kode saya {sari.recovery_code}") != ""


def test_an_objection_is_to_one_part_alone(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(stream="suggestion"))
    world.take("split", receipt, by="wulan", stream="service", note="Loket")
    _answered(world, receipt)
    other = Case.objects.get(report_id=receipt.report_id, part=2)

    assert _refusal(sari, receipt, part=2) == "not-objectable"
    _objects(sari, receipt, days=3, part=1)

    after = Case.objects.get(id=other.id)
    assert (after.status_code, after.due_on, after.objected_on) == (other.status_code, other.due_on, None)
    assert after.last_order == cast.case_of(receipt).last_order
    assert proof.verify() == book.verify() == []


def test_a_part_split_off_afterwards_has_the_new_time_and_no_answer_before(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    _answered(world, receipt)
    case = _objects(sari, receipt, days=20)
    world.take("split", receipt, by="wulan", stream="service", note="Loket", at=NOW + 20 * DAY)

    part = Case.objects.get(report_id=receipt.report_id, part=2)
    assert (part.due_on, part.objected_on, part.first_answered_on) == (case.due_on, case.objected_on, None)


def test_another_kind_of_case_is_counted_from_the_objection_too(world: World, sari: Teller, receipt: Receipt) -> None:
    _answered(world, receipt)
    _objects(sari, receipt, days=20)
    case = world.take("reclassify", receipt, by="wulan", stream="service", note="Keluhan", at=NOW + 21 * DAY)
    assert case.due_on == TODAY + 50 * DAY


def test_the_new_time_can_be_extended_once_where_the_rule_set_allows_it(world: World, sari: Teller) -> None:
    rules.choose("eu-2019-1937", desk=world.desk("tono"), at=NOW)
    receipt = sari.tells(cast.queues(stream="suggestion"))
    world.take("extend", receipt, by="wulan", text="Saksi cuti.")
    _answered(world, receipt)

    case = _objects(sari, receipt, days=10)
    assert (case.extended_on, case.due_on.isoformat()) == (None, "2027-01-30")
    again = world.take("extend", receipt, by="wulan", text="Saksi cuti.", at=NOW + 11 * DAY)
    assert again.due_on.isoformat() == "2027-04-30"


def test_a_new_holiday_moves_a_time_that_runs_from_an_objection(world: World, sari: Teller) -> None:
    rules.choose("sp4n-2018", desk=world.desk("tono"), at=NOW)
    receipt = sari.tells(cast.queues(stream="suggestion"))
    _answered(world, receipt)
    before = _objects(sari, receipt, days=3).due_on
    typed = holidays.Typed(
        on=TODAY + 6 * DAY, name="Libur", name_en="Holiday", kind=Kind.PUBLIC, source="SKB", reason="Baru"
    )
    holidays.put(typed, desk=world.desk("edi"), at=NOW)
    due = cast.case_of(receipt).due_on
    assert due == calendar.known().add(TODAY + 3 * DAY, working_days=5)
    assert due > before


def test_whoever_handles_no_cases_there_any_more_does_not_get_it_back(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    _answered(world, receipt)
    OfficerRole.objects.filter(officer=world.officer("wulan")).delete()
    assert _objects(sari, receipt).handler is None


def test_at_an_office_a_second_letter_is_drafted_afresh_and_sari_has_both(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    deciding.answered(world, receipt)
    _objects(sari, receipt, days=3)
    at = NOW + 3 * DAY
    deciding.verified(world, receipt, at=at)
    assert world.read(receipt, by="wulan", at=at).letter is None
    begun = papers.for_move(cast.case_of(receipt).id, desk=world.desk("wulan", at=at), at=at)
    assert (begun.proposal, begun.letter) == (None, None)
    assert begun.draft.points != deciding.LETTER.points
    deciding.proposed(world, receipt, at=at)
    deciding.approved(world, receipt, at=at)
    assert len(sari.report(receipt, at=at).letters) == 1
    case = deciding.answered(world, receipt, "Loket kedua dibuka tiap hari.", at=at)

    own = sari.report(receipt, at=at)
    assert len({issued.letter.id for issued in own.letters}) == 2
    assert own.answer is not None
    assert own.answer.text == "Loket kedua dibuka tiap hari."
    assert (case.answered_on, case.first_answered_on, case.outcome) == (TODAY + 3 * DAY, TODAY, "proven")
    assert proof.verify() == book.verify() == []


def test_the_migration_gives_rule_sets_that_are_there_the_time_for_an_objection_once(world: World) -> None:
    shipped = {row.code: row.clocks for row in RuleSet.objects.all()}
    for row in RuleSet.objects.all():
        row.clocks = [each for each in row.clocks if each["name"] != "objection"]
        row.save()
    migration = importlib.import_module("wise.casework.migrations.0008_objections")

    for _ in range(2):
        migration.objections(apps, None)

    assert {row.code: row.clocks for row in RuleSet.objects.all()} == shipped
