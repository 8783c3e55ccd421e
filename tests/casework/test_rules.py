"""Rule sets: what WiSe comes with, which one the institution chose, and the one that a case keeps."""

import datetime

import pytest

from tests import world as cast
from tests.world import NOW, World
from wise.audit.models import Entry
from wise.casework import calendar, clock, rules
from wise.casework.clock import Unit
from wise.casework.models import RuleSet
from wise.refusals import NotThere, Refused


def _due(code: str, stream: str, received: str, *, extended: bool = False) -> str:
    found = clock.due_on(
        RuleSet.objects.get(code=code),
        received_on=datetime.date.fromisoformat(received),
        stream=stream,
        calendar=calendar.known(),
        extended=extended,
    )
    return found.isoformat()


@pytest.mark.parametrize(
    ("code", "stream", "received", "due"),
    [
        ("kemenkeu-2011", "service", "2026-01-31", "2026-03-02"),
        ("kemenkeu-2011", "violation", "2026-12-01", "2026-12-31"),
        ("sp4n-2018", "suggestion", "2026-03-13", "2026-03-27"),
        ("sp4n-2018", "service", "2026-10-20", "2026-11-09"),
        ("sp4n-2018", "violation", "2026-10-20", "2027-01-18"),
        ("eu-2019-1937", "service", "2026-11-30", "2027-02-28"),
        ("eu-2019-1937", "violation", "2026-10-20", "2027-01-20"),
    ],
)
def test_by_when_an_answer_is_due(world: World, code: str, stream: str, received: str, due: str) -> None:
    assert _due(code, stream, received) == due


def test_only_a_rule_set_that_says_so_can_be_extended(world: World) -> None:
    assert _due("eu-2019-1937", "violation", "2026-10-20", extended=True) == "2027-04-20"
    assert _due("kemenkeu-2011", "violation", "2026-10-20", extended=True) == "2026-11-19"


def test_the_thirty_days_of_2011_are_what_an_institution_begins_with(world: World) -> None:
    rules.load_shipped()

    assert rules.chosen().code == "kemenkeu-2011"
    assert [row.code for row in rules.every()] == ["kemenkeu-2011", "eu-2019-1937", "sp4n-2018"]
    assert all(rules.answers_every_stream(row) for row in rules.every())


def test_what_no_code_keeps_and_what_nobody_verified_is_known_to_be_so(world: World) -> None:
    found = {row.name: row for row in clock.clocks_of(RuleSet.objects.get(code="sp4n-2018"))}

    assert [name for name, row in found.items() if not row.enforced] == ["forward", "auto_close"]
    assert [name for name, row in found.items() if row.verified] == ["first_response"]
    assert (found["auto_close"].starts, found["auto_close"].unit) == ("question", Unit.WORKING)


def test_b8_tono_chooses_other_rules_for_new_cases_and_the_others_keep_theirs(world: World) -> None:
    sari = cast.join()
    old = sari.tells()

    rules.choose("eu-2019-1937", desk=world.desk("tono"), at=NOW)

    new = sari.tells()
    assert (cast.case_of(old).rule_set_id, old.due_on) == ("kemenkeu-2011", "2026-11-19")
    assert (cast.case_of(new).rule_set_id, new.due_on) == ("eu-2019-1937", "2027-01-20")
    assert Entry.objects.get(deed="choose-rules").facts == {"from": "kemenkeu-2011", "to": "eu-2019-1937"}
    rules.load_shipped()
    assert rules.chosen().code == "eu-2019-1937"


def test_choosing_what_is_chosen_changes_nothing(world: World) -> None:
    rules.choose("kemenkeu-2011", desk=world.desk("tono"), at=NOW)

    assert not Entry.objects.filter(deed="choose-rules").exists()


def test_rules_that_are_not_there_or_leave_a_stream_without_an_answer_cannot_be_chosen(world: World) -> None:
    clocks = [{"name": "answer", "length": 5, "streams": ["service"]}]
    RuleSet.objects.create(code="half", name="–", legal_basis="–", starts_on="2026-01-01", clocks=clocks)

    with pytest.raises(NotThere):
        rules.choose("none", desk=world.desk("tono"), at=NOW)
    with pytest.raises(Refused) as refused:
        rules.choose("half", desk=world.desk("tono"), at=NOW)

    assert refused.value.code == "no-answer-clock"
    assert rules.chosen().code == "kemenkeu-2011"
