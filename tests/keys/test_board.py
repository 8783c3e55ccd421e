"""The recovery board: rehearsed without changing anything, and renewed with two of its shares."""

import pytest

from tests import world as cast
from tests.world import ITJEN, NOW, World
from wise.audit.models import Entry
from wise.keys import board, directory, leaving, membership, pairs, rotation
from wise.keys.models import Holder, Membership
from wise.people.kinds import Role
from wise.people.models import OfficerRole, Unit
from wise.refusals import Refused


def _code(deed: object) -> str:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    return refused.value.code


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (0, 2)])
def test_a_rehearsal_with_any_two_shares_opens_every_unit_but_the_inner_custodians(
    world: World, pair: tuple[int, int]
) -> None:
    before = list(Membership.objects.order_by("id").values_list("id", "wrapped"))

    found = board.rehearse([world.board[place] for place in pair], by=world.officer("tono"), at=NOW)

    assert (found.opened, found.closed) == (Unit.objects.count() - 1, ())
    assert list(Membership.objects.order_by("id").values_list("id", "wrapped")) == before
    assert Entry.objects.get(deed="rehearse-board").facts == {"opened": found.opened, "closed": 0}


def test_a_rehearsal_names_the_units_whose_box_does_not_open(world: World) -> None:
    unit = world.unit(office="KPKNL Dumai")
    Membership.objects.filter(unit__unit=unit, holder__kind="board").update(wrapped=b"planted")

    assert board.rehearse(world.board[:2], by=None, at=NOW).closed == (unit.name,)


def test_after_a_key_was_renewed_the_board_opens_the_new_one(world: World) -> None:
    desk, holder = world.desk("wulan"), Holder.objects.get(unit=world.unit())
    rotation.renew(holder.id, seed=desk.keyring.seeds[holder.id], by=desk.officer, at=NOW)

    assert board.rehearse(world.board[:2], by=None, at=NOW).closed == ()


def test_the_renewed_board_opens_with_its_new_shares_alone(world: World) -> None:
    units = board.rehearse(world.board[:2], by=None, at=NOW).opened

    fresh = board.renew(world.board[:2], by=world.officer("tono"), at=NOW)

    assert len(fresh) == len(set(fresh)) == 3
    assert board.rehearse(fresh[1:], by=None, at=NOW) == board.Rehearsal(units, ())
    assert _code(lambda: board.rehearse(world.board[:2], by=None, at=NOW)) == "shares-of-another"
    assert _code(lambda: board.rehearse([world.board[0], fresh[0]], by=None, at=NOW)) == "wrong-shares"
    assert directory.flaws() == pairs.flaws() == []
    inner = world.unit("custodian_inner", office=ITJEN)
    assert not Membership.objects.filter(unit__unit=inner, holder__kind="board").exists()


def test_the_renewed_board_lets_somebody_into_a_unit_whose_last_member_is_gone(world: World) -> None:
    receipt = cast.join().tells()
    fresh = board.renew(world.board[1:], by=None, at=NOW)
    for login in ("rahmat", "wulan"):
        desk, role = world.desk("wulan"), OfficerRole.objects.get(officer__login=login)
        leaving.end_role(role.id, by=desk.officer, keyring=desk.keyring, at=NOW)

    membership.appoint_by_board(
        world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, shares=fresh[:2], at=NOW, by=world.officer("tono")
    )

    assert world.read(receipt, by="dewi").told.what == "Antre di loket tiga jam"
    assert Entry.objects.get(deed="appoint-by-board").by == world.officer("tono").id


def test_a_planted_box_stops_the_renewal_and_nothing_half_done_stays(world: World) -> None:
    before = Holder.objects.get(kind="board")
    Membership.objects.filter(unit__unit=world.unit(), holder=before).update(wrapped=b"planted")

    with pytest.raises(directory.Altered):
        board.renew(world.board[:2], by=None, at=NOW)

    assert Holder.objects.get(kind="board").version == 1
    assert Membership.objects.filter(holder=before).count() == Unit.objects.count() - 1


def test_p36_for_a_planted_board_nothing_is_wrapped(world: World) -> None:
    other = Holder.objects.get(officer__login="tono")
    Holder.objects.filter(kind="board").update(public_key=other.public_key)
    desk, holder = world.desk("wulan"), Holder.objects.get(unit=world.unit())

    with pytest.raises(directory.Altered):
        rotation.renew(holder.id, seed=desk.keyring.seeds[holder.id], by=desk.officer, at=NOW)
    assert Holder.objects.get(unit=world.unit()).version == 1
