"""Is this letter ours?"""

from dataclasses import replace

import pytest

from tests.letters import papers
from tests.world import World
from wise.letters import verifying


def test_sari_learns_that_the_letter_in_her_hand_was_issued_by_the_office(world: World) -> None:
    issued = papers.issue(world)

    found = verifying.check(issued.number, issued.code)

    assert found is not None
    assert (found.office, str(found.kind), found.dated_on) == ("KPKNL Pekanbaru", "Surat tanggapan", papers.ON)


@pytest.mark.parametrize("typed", [str.lower, lambda text: text.replace("-", " "), lambda text: text.replace("0", "o")])
def test_number_and_code_may_be_typed_loosely(world: World, typed: object) -> None:
    issued = papers.issue(world)
    assert callable(typed)

    assert verifying.check(f" {issued.number.lower()} ", typed(issued.code))


def test_a_wrong_code_and_a_wrong_number_are_answered_alike(world: World) -> None:
    one, other = papers.issue(world), papers.issue(world)

    assert verifying.check(one.number, other.code) is None
    assert verifying.check("S-99/KNL.0303/2026", one.code) is None
    assert verifying.check("", "") is None
    assert verifying.check("S-1\x00" * 100, "é" * 100) is None


def test_a_code_has_eighty_bits_and_changes_with_every_word(world: World) -> None:
    letter = papers.issue(world).letter
    content = papers.response(world)

    assert len(verifying.code_of(letter).replace("-", "")) * 5 == 80
    assert verifying.digest(letter, content) != verifying.digest(letter, replace(content, closing="Lain."))
