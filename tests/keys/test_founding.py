"""Founding: offices and units from a file, each with its key; the demonstration that WiSe comes with."""

import pytest

from tests.world import HEAD_OFFICE, ITJEN, KANWIL, KPKNL, NOW, PASSPHRASE, World
from wise.audit import proof
from wise.keys import board, demo, directory, founding, membership
from wise.keys.models import Holder, Membership
from wise.people.kinds import ROLES, Role
from wise.people.models import Office, Officer, OfficerRole, Unit
from wise.refusals import Refused


def test_the_institution_has_its_89_offices_itjen_and_one_with_a_ut(world: World) -> None:
    assert Office.objects.count() == 91
    assert Office.objects.filter(kind="service").count() == 71
    assert Office.objects.filter(kind="regional").count() == 17
    assert Unit.objects.filter(kind="certain").count() == 1


def test_every_unit_has_a_key_and_every_office_a_head(world: World) -> None:
    assert not Unit.objects.filter(holder=None).exists()
    assert Unit.objects.filter(kind="leadership").count() == Office.objects.count()
    assert directory.flaws() == []


def test_what_concerns_a_unit_goes_up_from_seksi_to_kanwil_to_uki_to_ibi(world: World) -> None:
    seksi = world.unit()
    assert seksi.above == world.unit(office=KANWIL)
    assert seksi.above.above == world.unit(office=HEAD_OFFICE)
    assert seksi.above.above.above == world.ibi
    assert world.ibi.above is None
    assert Unit.objects.get(kind="certain").above == world.ibi


def test_a_unit_is_named_with_its_office_and_ibi_by_itself(world: World) -> None:
    assert str(world.unit()) == "Seksi Kepatuhan Internal KPKNL Pekanbaru"
    assert str(world.ibi) == "Inspektorat Bidang Investigasi"
    assert str(world.office()) == KPKNL


def test_there_is_one_person_for_every_role(world: World) -> None:
    assert set(OfficerRole.objects.values_list("role", flat=True)) == {role.value for role in Role}
    for row in OfficerRole.objects.select_related("officer", "unit"):
        member = Membership.objects.filter(holder__officer=row.officer, unit__unit=row.unit).exists()
        assert member is ROLES[Role(row.role)].holds_key


def test_tono_has_no_unit_and_no_key_but_his_own(world: World) -> None:
    desk = world.desk("tono")

    assert (desk.units, len(desk.keyring.seeds), desk.has(Role.ADMIN), desk.has(Role.VERIFIER)) == ((), 1, True, False)


def test_an_officer_without_any_role_sits_at_an_empty_desk(world: World) -> None:
    OfficerRole.objects.filter(officer__login="edi").delete()

    desk = world.desk("edi")

    assert (desk.units, dict(desk.roles), desk.today) == ((), {}, NOW.date())


def test_loading_the_same_file_again_adds_nothing(world: World) -> None:
    before = Holder.objects.count()

    founded = founding.load_offices(demo.offices(), at=NOW, progress=lambda *_: None)

    assert (founded.offices, founded.seeds, Holder.objects.count()) == (0, {}, before)


def test_an_office_more_gets_its_units_and_its_place(world: World) -> None:
    row = {"satker": "999999", "name": "KPKNL Contoh", "kind": "kpknl", "tz": "Asia/Jayapura", "parent": KANWIL}
    steps: list[tuple[int, int]] = []

    founded = founding.load_offices([row], at=NOW, progress=lambda done, of: steps.append((done, of)))

    unit = world.unit(office="KPKNL Contoh")
    assert (founded.offices, len(founded.seeds), steps) == (1, 2, [(1, 1)])
    assert unit.above == world.unit(office=KANWIL)
    assert unit.office.letter_code == ""
    assert proof.verify() == []


@pytest.mark.parametrize("row", [{"name": "x"}, {"satker": "1", "name": "x", "kind": "bank", "tz": "Asia/Jakarta"}])
def test_a_row_that_lacks_something_stops_the_whole_file(world: World, row: dict[str, str]) -> None:
    good = {"satker": "999999", "name": "KPKNL Contoh", "kind": "kpknl", "tz": "Asia/Jakarta", "parent": KANWIL}

    with pytest.raises(Refused) as refused:
        founding.load_offices([good, row], at=NOW, progress=lambda *_: None)

    assert refused.value.code == "offices-unreadable"
    assert "2" in str(refused.value.sentence)
    assert not Office.objects.filter(name="KPKNL Contoh").exists()


def test_there_is_one_board(world: World) -> None:
    assert len(world.board) == 3
    assert board.holder() is not None

    with pytest.raises(Refused) as refused:
        founding.make_board()
    assert refused.value.code == "board-there"


def test_an_institution_may_be_founded_without_a_board(world: World) -> None:
    unit = Unit(office=world.office(), kind="certain", name="Unit Tertentu", short_name="UT")

    membership.found_unit(unit, board_holder=None)

    assert not Membership.objects.filter(unit__unit=unit).exists()


def test_a_passphrase_of_the_demonstration_is_random_and_different_for_each(world: World) -> None:
    Officer.objects.all()  # the institution is there; a second one is founded on an emptied directory
    for model in (OfficerRole, Membership, Holder):
        model.objects.all().delete()
    Unit.objects.update(above=None)
    Unit.objects.all().delete()
    Office.objects.update(parent=None)
    Office.objects.all().delete()
    Officer.objects.all().delete()

    said: list[str] = []
    accounts, board = demo.found(at=NOW, progress=said.append)

    phrases = {account["password"] for account in accounts}
    assert len(phrases) == len(accounts) == 20
    assert PASSPHRASE not in phrases
    assert all(len(phrase.split()) == 4 for phrase in phrases)
    assert all(account["unlock"] == account["password"] for account in accounts)
    assert len(board) == 3
    assert len(said) == 22


def test_the_offices_of_the_file_have_inspectorate_first(world: World) -> None:
    assert Office.objects.get(kind="inspectorate").name == ITJEN
