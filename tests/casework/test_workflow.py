"""The tables of casework hold together, whatever rows are added; and they can be drawn."""

import re

from django.utils import translation

from wise.casework import drawing
from wise.casework.vocabulary import Actor, Needs, Path, Tells
from wise.casework.workflow import INITIAL, MOVES, OUTCOMES, ROWS, STATUSES, moves_open_to, path_of, row_of
from wise.people.kinds import ROLES, Role, UnitKind
from wise.register.streams import STREAMS


def test_every_name_in_a_row_exists() -> None:
    for move in ROWS:
        after = {*move.after_by.values(), *([move.after] if move.after else [])}
        assert move.before | after <= set(STATUSES), move.name
        assert move.streams <= set(STREAMS), move.name
        assert set(move.outcome_by.values()) <= {*OUTCOMES, ""}, move.name
        assert set(move.outcome_by) <= {*move.conclusions, *move.after_by}, move.name
        assert move.who <= set(ROLES), move.name


def test_a_move_that_leaves_a_choice_asks_for_it_and_one_that_writes_to_the_reporter_asks_for_words() -> None:
    for move in ROWS:
        assert bool(move.conclusions) is (Needs.CONCLUSION in move.needs), move.name
        if move.tells is Tells.TEXT and move.actor is Actor.OFFICER:
            assert Needs.TEXT in move.needs, move.name


def test_only_who_holds_a_units_key_takes_moves_on_the_page() -> None:
    for move in ROWS:
        if move.has_page and move.actor is Actor.OFFICER:
            assert all(ROLES[role].holds_key and ROLES[role].handles_cases for role in move.who), move.name


def test_every_status_can_be_reached_and_every_open_one_can_be_left() -> None:
    reached = {INITIAL.code}
    while True:
        further = {
            after
            for move in ROWS
            if move.before & reached
            for after in [*move.after_by.values(), *([move.after] if move.after else [])]
        }
        if further <= reached:
            break
        reached |= further

    assert set(STATUSES) - reached == {"withdrawn"}  # comes with the desk, by the reporter's wish
    for status in STATUSES.values():
        ways = [move.after for move in ROWS if status.code in move.before]
        assert set(ways) - {None, status.code} or not status.open, status.code


def test_a7_only_what_was_answered_can_be_closed_and_only_answers_meet_the_clock() -> None:
    assert [code for code in STATUSES if code in MOVES["close"].before] == ["answered"]
    answers = [move for move in ROWS if move.meets]
    assert {(move.name, move.after) for move in answers} == {("answer", "answered")}
    for status in STATUSES.values():
        assert status.answered is (status.code in {"answered", "closed"})


def test_of_the_rows_of_one_move_each_case_has_exactly_one() -> None:
    for name in MOVES:
        rows = [row for row in ROWS if row.name == name]
        for path in Path:
            assert len([row for row in rows if path in row.paths]) <= 1, name
        assert len({(str(row.label), str(row.title), row.actor, row.who) for row in rows}) == 1, name
    assert row_of("propose", path=Path.PLAIN) is None


def test_b6_at_an_office_a_complaint_about_a_service_is_answered_by_an_approved_letter_alone() -> None:
    paths = {
        (stream, kind)
        for stream in STREAMS
        for kind in UnitKind
        if path_of(stream=stream, unit_kind=kind) is Path.OFFICE
    }
    assert paths == {("service", UnitKind.COMPLIANCE), ("service", UnitKind.CERTAIN)}
    answer = row_of("answer", path=Path.OFFICE)
    assert answer is not None
    leading_there = {
        row.name
        for row in ROWS
        if Path.OFFICE in row.paths
        and {row.after, *row.after_by.values()} & answer.before
        and not row.before & answer.before
    }
    assert leading_there == {"approve"}


def test_buttons_follow_role_stream_and_status() -> None:
    def names(status: str, stream: str, *roles: Role) -> set[str]:
        path = path_of(stream=stream, unit_kind=UnitKind.COMPLIANCE)
        listed = moves_open_to(status=status, stream=stream, path=path, roles=frozenset(roles))
        return {move.name for move in listed}

    assert "examine" in names("analysing", "violation", Role.INVESTIGATOR)
    assert "examine" not in names("analysing", "service", Role.VERIFIER)
    assert "approve" in names("proposed", "service", Role.HEAD)
    assert "approve" not in names("proposed", "service", Role.VERIFIER)
    assert names("received", "service") == names("received", "service", Role.ADMIN, Role.AUDITOR) == set()
    assert names("received", "service", Role.FRONT_DESK) == {"record"}
    assert not {"receive", "add", "reply"} & names("received", "service", *Role)


def test_only_one_move_does_nothing_but_take_a_case_on() -> None:
    assert [move.name for move in ROWS if move.only_takes_on] == ["take_on"]


def test_the_reporter_is_told_no_detail_of_an_investigation() -> None:
    with translation.override("en"):
        told = {str(STATUSES[code].told) for code in ("examining", "proposed", "returned", "approved")}

    assert told == {"Your report is being worked on."}


def test_the_diagram_draws_every_change_of_status() -> None:
    lines = drawing.mermaid().splitlines()

    assert lines[0] == "stateDiagram-v2"
    arrows = [match.groups() for line in lines if (match := re.fullmatch(r"    (\S+) --> (\w+): .+", line))]
    assert ("[*]", "received") in arrows
    assert ("answered", "closed") in arrows
    assert ("waiting_reporter", "verifying") in arrows
    assert {"analysing", "not_followed_up"} <= {after for before, after in arrows if before == "verifying"}
    assert all(before != after for before, after in arrows)


def test_the_document_names_every_status_and_every_move() -> None:
    text = drawing.document()

    for code in (*STATUSES, *MOVES):
        assert f"| `{code}` |" in text
    assert "Diterima" in text
    assert "with the complaint desk" in text
