"""Who receives: every row of the table, for every way a report can concern those who would."""

import pytest

from tests import world as cast
from tests.world import HEAD_OFFICE, ITJEN, KANWIL, KPKNL, World
from wise.casework import receivers
from wise.people.models import Office, Unit
from wise.refusals import Refused

DJPK = "Kantor Pusat Direktorat Jenderal Perimbangan Keuangan"
SEKSI, BIDANG, UKI = (KPKNL, "compliance"), (KANWIL, "compliance"), (HEAD_OFFICE, "compliance")
IBI, UT = (ITJEN, "investigation"), (DJPK, "certain")
UNIT, HEAD, NOBODY = receivers.SOMEBODY_IN_THE_UNIT, receivers.HEAD_OF_THE_OFFICE, receivers.NOBODY

ROWS = [
    # stream, office, chosen receiver, whom it concerns → who receives
    ("service", KPKNL, "uki", NOBODY, SEKSI),
    ("service", KPKNL, "uki", UNIT, BIDANG),
    ("service", KPKNL, "uki", HEAD, BIDANG),
    ("service", KPKNL, "ibi", NOBODY, SEKSI),
    ("suggestion", KPKNL, "uki", NOBODY, SEKSI),
    ("suggestion", KPKNL, "uki", HEAD, BIDANG),
    ("service", KANWIL, "uki", NOBODY, BIDANG),
    ("service", KANWIL, "uki", UNIT, UKI),
    ("service", KANWIL, "uki", HEAD, UKI),
    ("service", HEAD_OFFICE, "uki", NOBODY, UKI),
    ("service", HEAD_OFFICE, "uki", UNIT, IBI),
    ("service", HEAD_OFFICE, "uki", HEAD, IBI),
    ("service", DJPK, "uki", NOBODY, UT),
    ("service", DJPK, "uki", UNIT, IBI),
    ("service", ITJEN, "uki", NOBODY, IBI),
    ("service", None, "uki", NOBODY, UKI),
    ("service", None, "uki", UNIT, IBI),
    ("service", None, "uki", HEAD, IBI),
    ("violation", KPKNL, "uki", NOBODY, UKI),
    ("violation", KPKNL, "uki", UNIT, IBI),
    ("violation", KPKNL, "uki", HEAD, UKI),
    ("violation", KPKNL, "ibi", NOBODY, IBI),
    ("violation", KPKNL, "ibi", HEAD, IBI),
    ("violation", KANWIL, "uki", NOBODY, UKI),
    ("violation", KANWIL, "uki", HEAD, UKI),
    ("violation", HEAD_OFFICE, "uki", HEAD, IBI),
    ("violation", DJPK, "uki", NOBODY, UT),
    ("violation", DJPK, "uki", UNIT, IBI),
    ("violation", DJPK, "uki", HEAD, IBI),
    ("violation", DJPK, "ibi", NOBODY, IBI),
    ("violation", ITJEN, "uki", NOBODY, IBI),
    ("violation", None, "uki", NOBODY, UKI),
    ("violation", None, "ibi", NOBODY, IBI),
]


def _receiver(stream: str, office: str | None, receiver: str, concerns: str) -> Unit:
    where = Office.objects.get(name=office) if office else None
    return receivers.receiving_unit(stream=stream, office=where, receiver=receiver, concerns=concerns)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(map(str, row[:4])))
def test_a_report_goes_to(world: World, row: tuple[str, str | None, str, str, tuple[str, str]]) -> None:
    stream, office, receiver, concerns, expected = row

    unit = _receiver(stream, office, receiver, concerns)

    assert (unit.office.name, unit.kind) == expected


@pytest.mark.parametrize(
    ("office", "receiver", "concerns"),
    [(KPKNL, "ibi", UNIT), (ITJEN, "uki", UNIT), (ITJEN, "uki", HEAD), (None, "ibi", UNIT), (None, "ibi", HEAD)],
)
def test_above_ibi_there_is_nobody_and_sari_is_told_where_to_turn(
    world: World, office: str | None, receiver: str, concerns: str
) -> None:
    with pytest.raises(Refused) as refused:
        _receiver("violation", office, receiver, concerns)

    assert refused.value.code == "nobody-above"
    assert all(name in str(refused.value.sentence) for name in ("Ombudsman", "KPK", "LAPOR"))


def test_d3_whom_a_report_concerns_never_gets_a_key_and_the_case_is_numbered_one_level_up(world: World) -> None:
    receipt = cast.join().tells(cast.queues(concerns=UNIT))
    case = cast.case_of(receipt)

    assert case.unit == case.unit.office.units.get(kind="compliance") == world.unit(office=KANWIL)
    assert case.office.name == KANWIL
    assert world.office(KANWIL).letter_code in case.agenda_number
    assert world.read(receipt, by="yanti").told.what
    with pytest.raises(Refused):
        world.read(receipt, by="wulan")


def test_what_a_unit_without_members_would_receive_goes_to_the_next_one_up_that_can_open_it(world: World) -> None:
    assert receivers.receiving_unit(stream="service", office=world.office("KPKNL Dumai")) == world.unit(office=KANWIL)
    assert receivers.receiving_unit(stream="service", office=world.office("KPKNL Medan")) == world.unit(
        office=HEAD_OFFICE
    )
    receipt = cast.join().tells(cast.queues(office=world.office("KPKNL Dumai")))
    assert world.read(receipt, by="yanti").told.what


def test_an_office_without_a_unit_that_receives_leads_to_the_head_offices_uki(world: World) -> None:
    office = Office.objects.create(code="x", name="Pos Dumai", kind="service", time_zone="Asia/Jakarta")

    for stream in ("service", "violation"):
        assert receivers.receiving_unit(stream=stream, office=office) == world.unit(office=HEAD_OFFICE)
