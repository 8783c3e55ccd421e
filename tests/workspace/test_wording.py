"""No row of the domain's tables is without words on the officers' pages."""

from tests.world import NOW
from wise.casework.inbox import SORTS
from wise.casework.models import Case
from wise.casework.vocabulary import Actor, Path
from wise.casework.workflow import MOVES, ROWS, STATUSES
from wise.people.kinds import ROLES
from wise.people.models import Unit
from wise.register.streams import ELEMENTS, REPORTER_KINDS
from wise.workspace import move_wording, next_wording, wording


def test_every_move_with_a_page_says_what_it_does() -> None:
    pages = {name for name, move in MOVES.items() if move.has_page and move.actor is Actor.OFFICER}

    assert {name.partition(".")[0] for name in move_wording.MOVE_HINTS} == pages


def test_every_move_with_a_page_says_afterwards_what_happened_and_who_is_next() -> None:
    case = Case(agenda_number="PGD-1", unit=Unit(name="UKI"), asked_until=NOW.date())
    for move in ROWS:
        if move.has_page and move.actor is Actor.OFFICER:
            for conclusion in [*move.conclusions] or [""]:
                said = move_wording.done(move, case, conclusion=conclusion)
                assert "PGD-1" in said
                assert "%" not in said


def test_every_status_says_who_has_to_act() -> None:
    case = Case(agenda_number="PGD-1", unit=Unit(name="UKI"), lead=Unit(name="Pimpinan"), asked_until=NOW.date())
    for case.status_code in STATUSES:
        for path in Path:
            said = next_wording.next_of(case, path=path)
            assert said
            assert "%" not in said


def test_every_role_without_cases_says_what_there_is_for_it() -> None:
    assert set(wording.DUTIES) == {row.role for row in ROLES.values() if not row.handles_cases}


def test_every_role_says_what_it_may_do() -> None:
    assert set(wording.ROLE_HINTS) == set(ROLES)


def test_elements_orders_and_kinds_of_reporter_have_names() -> None:
    assert tuple(wording.ELEMENTS) == ELEMENTS
    assert set(wording.SORTS) == set(SORTS)
    assert set(wording.REPORTER_KINDS) == set(REPORTER_KINDS)
