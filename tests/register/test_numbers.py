"""Numbers: a secret one for the reporter, an agenda number for the office that betrays no hidden case."""

import re
from collections.abc import Callable

import pytest
from django.db import transaction

from tests import world as cast
from tests.world import KANWIL, World
from wise.crypto import numbers as codes
from wise.register import numbers
from wise.register.models import AgendaCounter, Report
from wise.register.streams import STREAMS

SERVICE, VIOLATION, SUGGESTION = STREAMS["service"], STREAMS["violation"], STREAMS["suggestion"]


def test_service_numbers_run_without_a_gap_per_office_and_year(world: World) -> None:
    pekanbaru, kanwil = world.office(), world.office(KANWIL)
    code = pekanbaru.letter_code

    given = [numbers.next_agenda(pekanbaru, stream=SERVICE, year=2026) for _ in range(3)]

    assert given == [f"PGD-{number}/{code}/2026" for number in (1, 2, 3)]
    assert numbers.next_agenda(pekanbaru, stream=SERVICE, year=2027) == f"PGD-1/{code}/2027"
    assert numbers.next_agenda(kanwil, stream=SERVICE, year=2026).startswith("PGD-1/")
    assert numbers.next_agenda(pekanbaru, stream=SUGGESTION, year=2026) == f"SRN-1/{code}/2026"


def test_an_office_without_a_letter_code_is_named_by_its_own(world: World) -> None:
    office = world.office()
    office.letter_code = ""

    assert numbers.next_agenda(office, stream=SERVICE, year=2026) == f"PGD-1/{office.code}/2026"


def test_a_case_that_came_to_nothing_leaves_no_gap(world: World) -> None:
    def fail() -> None:
        numbers.next_agenda(world.office(), stream=SERVICE, year=2026)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fail()

    assert numbers.next_agenda(world.office(), stream=SERVICE, year=2026).startswith("PGD-1/")


def test_p30_violation_numbers_are_random_and_name_no_office_so_that_no_gap_betrays_a_case(world: World) -> None:
    given = {numbers.next_agenda(world.office(), stream=VIOLATION, year=2026) for _ in range(50)}

    assert len(given) == 50
    assert all(re.fullmatch(r"PLG-[0-9A-HJKMNP-TV-Z]{6}/2026", number) for number in given)
    assert not AgendaCounter.objects.exists()


def test_what_is_no_number_of_ours_finds_nothing(world: World) -> None:
    receipt = cast.join().tells()
    other = codes.new_register_number()

    for typed in ("", "x", "PGD-1/KNL.0303/2026", receipt.register_number[:-1], other, receipt.report_id):
        assert numbers.find(typed) is None


def test_the_number_itself_stands_nowhere_in_the_row(world: World) -> None:
    receipt = cast.join().tells()
    row = Report.objects.get()
    plain = receipt.register_number.encode()

    assert plain not in bytes(row.register_lookup)
    assert plain not in bytes(row.register_number or b"")


@pytest.mark.parametrize("write", [str, str.lower, lambda n: n.replace("-", " "), lambda n: n.replace("-", "")])
def test_a_number_is_known_by_its_looks_whether_it_is_in_use_or_not(write: Callable[[str], str]) -> None:
    number = write("7K3M-P0QX-12AC")

    assert codes.normalise_register_number(number)
    assert numbers.shown_in(f"Nomor saya {number}, terima kasih")
    assert not numbers.shown_in(f"Nomor saya {number[:-1]}H, terima kasih")


def test_what_only_looks_a_little_like_one_is_none() -> None:
    for text in (
        "Antre tiga jam",
        "Hubungi 0812-3456-7890 atau 081234567890",
        "Pada jam 0900 pada hari kamis 2026 saya lihat",
        "UX-7K3M-P0QX-12AC-9",
        "",
    ):
        assert not numbers.shown_in(text)


def test_every_number_is_known_as_receipts_write_it_and_nearly_every_one_with_spaces() -> None:
    written = [codes.new_register_number() for _ in range(1_000)]

    assert all(map(numbers.shown_in, written))
    assert sum(numbers.shown_in(number.lower().replace("-", " ")) for number in written) > 950


def test_her_own_number_is_known_however_it_is_written_and_nobody_elses(world: World) -> None:
    sari, budi = cast.join(), cast.join("kuda laut")
    number = sari.tells().register_number
    text = f"Nomor saya {'_'.join(number.lower().replace('0', 'o'))}"

    assert numbers.own_in(text, reporter=sari.reporter)
    assert not numbers.own_in(text, reporter=budi.reporter)
    assert not numbers.own_in("Antre tiga jam", reporter=sari.reporter)
