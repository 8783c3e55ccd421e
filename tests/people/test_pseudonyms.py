"""Pseudonyms: forgiving to type, kept only as a keyed hash, and a warning where they look like a real identity."""

import pytest
from django.utils import translation

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


@pytest.mark.parametrize(
    ("pseudonym", "looks_like"),
    [
        ("sari@example.org", "an e-mail address"),
        ("Sari.Dewi@kemenkeu.go.id", "an e-mail address"),
        ("0812 3456 7890", "a telephone number"),
        ("+62 812-3456-7890", "a telephone number"),
        ("1471 0101 0190 0001", "a NIK"),
        ("197001011990031001", "a NIP"),
        ("060012345", "an old NIP"),
        ("01.234.567.8-901.000", "an NPWP"),
        ("burung malam", None),
        ("sari at home", None),
        ("1234", None),
        ("12345678901", None),
    ],
)
def test_sari_is_warned_where_a_pseudonym_looks_like_a_real_identity(pseudonym: str, looks_like: str | None) -> None:
    with translation.override("en"):
        found = pseudonyms.identity_in(pseudonym)

        assert (found and str(found)) == looks_like


def test_the_pseudonym_itself_is_nowhere_in_the_row(world: World) -> None:
    cast.join("burung malam")
    row = Reporter.objects.values().get()

    assert not any(b"burung" in bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
    assert not any("burung" in value for value in row.values() if isinstance(value, str))
