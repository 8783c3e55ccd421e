"""The head of a letter."""

import pytest

from tests.world import KANWIL, World
from wise.letters import letterheads
from wise.people.models import Office


@pytest.mark.parametrize(
    ("office", "below"),
    [
        (
            "KPKNL Pekanbaru",
            (
                "DIREKTORAT JENDERAL KEKAYAAN NEGARA",
                "KANTOR WILAYAH DJKN RIAU, SUMATERA BARAT, DAN KEPULAUAN RIAU",
                "KANTOR PELAYANAN KEKAYAAN NEGARA DAN LELANG PEKANBARU",
            ),
        ),
        (
            KANWIL,
            (
                "DIREKTORAT JENDERAL KEKAYAAN NEGARA",
                "KANTOR WILAYAH DJKN RIAU, SUMATERA BARAT, DAN KEPULAUAN RIAU",
            ),
        ),
        ("Kantor Pusat DJKN", ("DIREKTORAT JENDERAL KEKAYAAN NEGARA",)),
        ("Kantor Pusat Direktorat Jenderal Perimbangan Keuangan", ("DIREKTORAT JENDERAL PERIMBANGAN KEUANGAN",)),
        ("Inspektorat Jenderal", ("INSPEKTORAT JENDERAL",)),
    ],
)
def test_an_office_stands_below_those_above_it(world: World, office: str, below: tuple[str, ...]) -> None:
    head = letterheads.of(world.office(office))

    assert head.lines == ("KEMENTERIAN KEUANGAN REPUBLIK INDONESIA", *below)


def test_an_office_may_have_lines_of_its_own_and_leave_its_address_out() -> None:
    head = letterheads.of(Office(name="Balai Lelang", contacts={"letterhead": ["KEMENTERIAN LAIN", "BALAI LELANG"]}))

    assert head == letterheads.Letterhead(("KEMENTERIAN LAIN", "BALAI LELANG"), "")


def test_the_small_print_says_where_the_office_is_reached(world: World) -> None:
    assert letterheads.of(world.office()).address == (
        "Jl. Jend. Sudirman No. 24, Pekanbaru; WhatsApp 0822-8666-6106; Telepon 1500991 (IDCC DJKN);"
        " Surel\u00a0kpknlpekanbaru@kemenkeu.go.id"
    )
