"""Numbers: a secret one for the reporter, an agenda number for the office that betrays no hidden case."""

import re

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


def test_a_live_number_is_spotted_in_a_text_and_any_other_is_not(world: World) -> None:
    receipt = cast.join().tells()

    assert numbers.live_numbers_in(f"Nomor saya {receipt.register_number.lower()}, terima kasih")
    assert not numbers.live_numbers_in(f"Nomor saya {codes.new_register_number()}, terima kasih")
    assert not numbers.live_numbers_in("Antre tiga jam")
