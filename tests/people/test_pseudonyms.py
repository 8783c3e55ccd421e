"""Pseudonyms: forgiving to type, and kept only as a keyed hash."""

import pytest

from tests import world as cast
from tests.world import World
from wise.people import pseudonyms
from wise.people.models import Reporter
from wise.refusals import Refused


@pytest.mark.parametrize("other", ["burungmalam", "burung malang", "burung malam 2"])
def test_another_pseudonym_is_another_person(other: str) -> None:
    assert pseudonyms.lookup(other) != pseudonyms.lookup("burung malam")


@pytest.mark.parametrize("pseudonym", ["ab", "", "  - ", "a" * 41])
def test_what_is_too_short_or_too_long_cannot_serve(pseudonym: str) -> None:
    with pytest.raises(Refused) as refused:
        pseudonyms.check(pseudonym)
    assert refused.value.code == "pseudonym-length"


@pytest.mark.parametrize("pseudonym", ["abc", "a" * 40, "- a b c -"])
def test_the_shortest_and_the_longest_serve(pseudonym: str) -> None:
    pseudonyms.check(pseudonym)


def test_the_pseudonym_itself_is_nowhere_in_the_row(world: World) -> None:
    cast.join("burung malam")
    row = Reporter.objects.values().get()

    assert not any(b"burung" in bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
    assert not any("burung" in value for value in row.values() if isinstance(value, str))
