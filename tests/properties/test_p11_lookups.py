"""P11: no officer is shown a register number, and the public looks nothing up by an agenda number."""

import pytest

from tests import world as cast
from tests.world import NOW, World
from wise.casework import reading
from wise.casework.intake import Receipt
from wise.crypto import numbers as codes


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join().tells()


def test_p11_an_agenda_number_an_id_or_a_wrong_number_tell_the_public_nothing(world: World, receipt: Receipt) -> None:
    case = cast.case_of(receipt)

    for typed in (case.agenda_number, str(case.id), receipt.report_id, codes.new_register_number(), "", "x" * 500):
        assert reading.public_status(typed, at=NOW) == []
