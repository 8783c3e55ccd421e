"""How an office writes its numbers."""

import pytest

from tests.letters import papers
from tests.world import World
from wise.letters import numbers
from wise.letters.kinds import KINDS
from wise.letters.models import Pattern
from wise.people.models import Office
from wise.refusals import Refused


def test_an_office_writes_its_numbers_its_own_way(world: World) -> None:
    Pattern.objects.create(office=None, pattern="{kind}-{number}/MK/{office}/{year}")
    assert papers.issue(world).number == "S-1/MK/KNL.0303/2026"

    Pattern.objects.create(office=world.office(), pattern="{kind}.{number}/{office}/{year}")
    assert papers.issue(world).number == "S.2/KNL.0303/2026"


def test_an_office_without_a_letter_code_is_named_by_its_code() -> None:
    office = Office(code="537852", letter_code="")

    assert (
        numbers.written(numbers.DEFAULT, kind=KINDS["note"], number=7, office=office, year=2026) == "ND-7/537852/2026"
    )


def test_a_draft_shows_where_its_number_will_stand(world: World) -> None:
    assert numbers.not_yet(world.office(), kind=KINDS["response"], year=2026) == "S-…/KNL.0303/2026"


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{kind}-{number}/{office}", "pattern-incomplete"),
        ("{kind}-{number}/{number}/{office}/{year}", "pattern-incomplete"),
        ("{kind}{number}/{office}/{year}", "pattern-runs-together"),
        ("{kind}-{number}/{office}/{year}/{0}", "pattern-odd"),
        ("{kind}-{number}/{office}/{year}/ü", "pattern-odd"),
        ("{kind.label}-{number}/{office}/{year}", "pattern-incomplete"),
        ("{kind}-{number}/{office}/{year}" + "/X" * 30, "pattern-odd"),
    ],
)
def test_a_pattern_that_could_give_a_number_twice_or_show_something_else_is_refused(pattern: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        numbers.check_pattern(pattern)


def test_a_good_pattern_is_taken_without_the_blanks_around_it() -> None:
    assert numbers.check_pattern(" {kind}-{number}/MK/{office}/{year} ") == "{kind}-{number}/MK/{office}/{year}"
