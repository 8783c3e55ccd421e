"""P02: entry is forgiving: one pseudonym, one code, one register number, however it is typed."""

import pytest

from tests import world as cast
from tests.world import World
from wise.people import pseudonyms, signing_in
from wise.register import numbers


@pytest.mark.parametrize(
    "typed", ["Burung Malam", "burung-malam", " BURUNG  MALAM ", "burung_malam", "burung.malam", "ｂurung malam"]
)
def test_p02_sari_may_type_her_pseudonym_in_many_ways(typed: str) -> None:
    assert pseudonyms.lookup(typed) == pseudonyms.lookup("burung malam")


def test_p02_the_code_may_be_typed_in_capitals_with_hyphens_and_cut_short(world: World) -> None:
    sari = cast.join("burung malam")
    typed = "-".join(word[:4].upper() for word in sari.recovery_code.split())

    signing_in.recover_reporter("burung malam", recovery_code=typed, new_password="payung merah di atas meja")


def test_p02_a_register_number_is_found_however_it_is_typed(world: World) -> None:
    receipt = cast.join().tells()
    shown = receipt.register_number
    plain = shown.replace("-", "")

    for typed in (
        shown,
        plain,
        shown.lower(),
        f"  {shown} ",
        " ".join(plain),
        plain.replace("0", "O"),
        plain.replace("1", "I"),
        plain.replace("1", "l"),
        shown.replace("-", "–"),
    ):
        found = numbers.find(typed)
        assert found is not None, typed
        assert str(found.id) == receipt.report_id
