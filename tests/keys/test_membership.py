"""Joining a unit: proposed by one, confirmed by a member who hands the key over; the board where there is none."""

import datetime

import pytest

from tests import world as cast
from tests.world import ITJEN, KPKNL, NOW, PASSPHRASE, World
from wise.audit.models import Entry
from wise.crypto import boxes, shares
from wise.keys import board, directory, membership, staff
from wise.keys.directory import Altered
from wise.keys.models import Holder, Membership, Proposal
from wise.people import joining
from wise.people.kinds import Role
from wise.people.models import Officer, OfficerRole, Unit
from wise.refusals import NotThere, Refused
from wise.vault.deposits import Identity

UT = "Kantor Pusat Direktorat Jenderal Perimbangan Keuangan"


def _newcomer(world: World, login: str = "rini") -> Officer:
    """An officer with a key of her own and no role yet."""
    newcomer = joining.prepare_officer(login, name=login.title(), passphrase=PASSPHRASE)
    joining.store(newcomer)
    directory.enter_holder(newcomer.row, seed=newcomer.seed)
    return newcomer.row


def _proposed(
    world: World, *, role: Role = Role.VERIFIER, by: str | None = "tono", unit: Unit | None = None
) -> Proposal:
    officer = Officer.objects.filter(login="rini").first() or _newcomer(world)
    proposer = world.officer(by) if by else None
    return membership.propose(officer, unit=unit or world.unit(), role=role, by=proposer, at=NOW)


def _decide(world: World, proposal: Proposal, *, by: str, confirmed: bool = True) -> None:
    desk = world.desk(by)
    membership.decide(proposal, confirmed=confirmed, by=desk.officer, keyring=desk.keyring, at=NOW)


def _refused_as(code: str, deed: object) -> None:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    assert refused.value.code == code


def test_rini_proposed_by_tono_and_confirmed_by_wulan_gets_the_units_key(world: World) -> None:
    receipt = cast.join().tells()
    proposal = _proposed(world)
    assert world.desk("rini").units == ()

    _decide(world, proposal, by="wulan")

    assert world.desk("rini").units == (world.unit(),)
    assert world.read(receipt, by="rini").told.what == "Antre di loket tiga jam"
    assert list(Entry.objects.filter(subject=proposal.id).order_by("sequence").values_list("deed", flat=True)) == [
        "propose-member",
        "confirm-member",
    ]


def test_declined_she_gets_nothing(world: World) -> None:
    proposal = _proposed(world)

    _decide(world, proposal, by="wulan", confirmed=False)

    assert not OfficerRole.objects.filter(officer__login="rini").exists()
    assert not Membership.objects.filter(holder__officer__login="rini").exists()
    assert Entry.objects.filter(subject=proposal.id, deed="decline-member").exists()


def test_a_role_without_a_key_gets_none(world: World) -> None:
    _decide(world, _proposed(world, role=Role.AUDITOR), by="wulan")

    assert directory.has_role(world.officer("rini"), Role.AUDITOR, on=NOW.date())
    assert not Membership.objects.filter(holder__officer__login="rini").exists()


def test_a_second_role_at_the_unit_needs_no_second_box(world: World) -> None:
    _decide(world, _proposed(world), by="wulan")
    _decide(world, _proposed(world, role=Role.UNIT_HEAD), by="wulan")

    assert Membership.objects.filter(holder__officer__login="rini").count() == 1
    assert world.desk("rini").roles_at(world.unit().id) == {Role.VERIFIER, Role.UNIT_HEAD}


@pytest.mark.parametrize("login", ["tono", "agus", "hadi", "ina", "yanti", "dewi"])
def test_who_has_not_the_units_key_confirms_nothing(world: World, login: str) -> None:
    proposal = _proposed(world, by=None)

    with pytest.raises(NotThere):
        _decide(world, proposal, by=login)
    assert not OfficerRole.objects.filter(officer__login="rini").exists()


def test_nobody_confirms_what_they_proposed(world: World) -> None:
    proposal = _proposed(world, by="wulan")

    _refused_as("own-proposal", lambda: _decide(world, proposal, by="wulan"))
    _decide(world, proposal, by="rahmat")


def test_nobody_confirms_themselves(world: World) -> None:
    proposal = membership.propose(world.officer("wulan"), unit=world.unit(), role=Role.UNIT_HEAD, by=None, at=NOW)

    _refused_as("own-proposal", lambda: _decide(world, proposal, by="wulan"))


@pytest.mark.parametrize("login", ["ina", "agus", "dewi", "yanti"])
def test_who_has_no_key_at_a_unit_proposes_nobody_for_it(world: World, login: str) -> None:
    with pytest.raises(NotThere):
        _proposed(world, by=login)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_two_colleagues_of_one_unit_make_nobody_administrator_or_auditor_of_all(world: World, role: Role) -> None:
    _refused_as("not-yours-to-give", lambda: _proposed(world, role=role, by="wulan"))

    assert _proposed(world, role=role, by="tono").role == role.value


def test_a_newcomer_is_stored_with_the_proposal_or_not_at_all(world: World) -> None:
    def propose(login: str, by: str) -> Proposal:
        newcomer = joining.prepare_officer(login, name="Rini", passphrase=PASSPHRASE)
        officer = world.officer(by)
        return membership.propose_newcomer(newcomer, unit=world.unit(), role=Role.VERIFIER, by=officer, at=NOW)

    with pytest.raises(NotThere):
        propose("rini", "ina")
    assert not Officer.objects.filter(login="rini").exists()

    _decide(world, propose("rini", "wulan"), by="rahmat")
    assert world.desk("rini").units == (world.unit(),)


def test_a_proposal_is_decided_once(world: World) -> None:
    proposal = _proposed(world)
    _decide(world, proposal, by="wulan", confirmed=False)

    with pytest.raises(NotThere):
        _decide(world, proposal, by="rahmat")


def test_who_is_proposed_or_has_the_role_is_not_proposed_again(world: World) -> None:
    _proposed(world)

    _refused_as("is-proposed", lambda: _proposed(world))
    _refused_as(
        "has-role",
        lambda: membership.propose(world.officer("wulan"), unit=world.unit(), role=Role.VERIFIER, by=None, at=NOW),
    )


def test_an_open_proposal_waits_for_the_members_alone(world: World) -> None:
    proposal = _proposed(world)

    assert staff.open_proposals(world.desk("wulan").keyring) == [proposal]
    for other in ("tono", "hadi", "ina"):
        assert staff.open_proposals(world.desk(other).keyring) == []
    _decide(world, proposal, by="wulan")
    assert staff.open_proposals(world.desk("wulan").keyring) == []


def test_nobody_is_a_member_of_both_custodian_units(world: World) -> None:
    inner = world.unit("custodian_inner", office=ITJEN)
    outer = world.unit("custodian_outer", office=ITJEN)

    def propose(login: str, unit: Unit) -> object:
        return membership.propose(world.officer(login), unit=unit, role=Role.CUSTODIAN, by=None, at=NOW)

    _refused_as("both-custodians", lambda: propose("kartika", inner))
    _refused_as("both-custodians", lambda: propose("kusuma", outer))


def test_nobody_becomes_a_member_of_both_by_two_proposals_at_a_time(world: World) -> None:
    first = _proposed(world, role=Role.CUSTODIAN, unit=world.unit("custodian_inner", office=ITJEN))
    second = _proposed(world, role=Role.CUSTODIAN, unit=world.unit("custodian_outer", office=ITJEN))
    _decide(world, first, by="kusuma")

    _refused_as("both-custodians", lambda: _decide(world, second, by="kartika"))


def test_who_was_confirmed_before_dawn_works_at_once(world: World) -> None:
    before_dawn = datetime.datetime(2026, 10, 20, 23, 30, tzinfo=datetime.UTC)  # 06:30 in Pekanbaru, on the 21st
    proposal, desk = _proposed(world), world.desk("wulan")
    membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=before_dawn)

    assert world.desk("rini", at=before_dawn).units == (world.unit(),)


def _appoint(
    world: World,
    *,
    office: str = "KPKNL Dumai",
    kind: str = "compliance",
    role: Role = Role.VERIFIER,
    shares: list[str],
) -> None:
    officer = Officer.objects.filter(login="rini").first() or _newcomer(world)
    membership.appoint_by_board(officer, unit=world.unit(kind, office=office), role=role, shares=shares, at=NOW)


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (1, 2)])
def test_two_of_the_boards_three_shares_give_a_unit_its_first_member(world: World, pair: tuple[int, int]) -> None:
    _appoint(world, shares=[world.board[each] for each in pair])

    receipt = cast.join().tells(cast.queues(office=world.office("KPKNL Dumai")))
    assert world.read(receipt, by="rini").told.what == "Antre di loket tiga jam"
    assert Entry.objects.filter(deed="appoint-by-board", subject=world.officer("rini").id).exists()


def test_one_share_or_strangers_shares_give_nothing(world: World) -> None:
    strange = shares.split(boxes.new_seed())
    for given, code in (
        ([world.board[0]], "wrong-shares"),
        (["no share"], "wrong-shares"),
        ([world.board[0], strange[0]], "wrong-shares"),
        ([world.board[0], world.board[0].upper()], "share-twice"),
        (strange[:2], "shares-of-another"),
    ):
        _refused_as(code, lambda g=given: _appoint(world, shares=g))
    assert not OfficerRole.objects.filter(officer__login="rini").exists()


def test_where_nobody_could_confirm_nobody_is_proposed(world: World) -> None:
    for by in ("tono", None):
        _refused_as("no-members", lambda by=by: _proposed(world, by=by, unit=world.unit(office="KPKNL Dumai")))
    assert not Proposal.objects.exists()


# One role at each kind of unit that has it, and one that it never has.
@pytest.mark.parametrize(
    ("kind", "office", "has", "has_not"),
    [
        ("compliance", KPKNL, Role.FRONT_DESK, Role.CUSTODIAN),
        ("certain", UT, Role.OVERSIGHT, Role.INVESTIGATOR),
        ("investigation", ITJEN, Role.INVESTIGATOR, Role.FRONT_DESK),
        ("leadership", KPKNL, Role.HEAD, Role.UNIT_HEAD),
        ("custodian_outer", ITJEN, Role.CUSTODIAN, Role.AUDITOR),
        ("custodian_inner", ITJEN, Role.CUSTODIAN, Role.VERIFIER),
    ],
)
def test_a_unit_of_a_kind_has_the_roles_of_its_kind_alone(
    world: World, kind: str, office: str, has: Role, has_not: Role
) -> None:
    unit = world.unit(kind, office=office)

    _refused_as("role-misplaced", lambda: _proposed(world, role=has_not, unit=unit))
    assert _proposed(world, role=has, unit=unit).role == has.value


def test_neither_a_member_nor_the_board_gives_a_role_that_the_unit_does_not_have(world: World) -> None:
    proposal = _proposed(world)
    proposal.role = Role.CUSTODIAN.value  # as a version before this rule let it be proposed
    directory.enter(proposal)

    _refused_as("role-misplaced", lambda: _decide(world, proposal, by="wulan"))
    _decide(world, proposal, by="wulan", confirmed=False)
    _refused_as("role-misplaced", lambda: _appoint(world, role=Role.HEAD, shares=world.board[:2]))
    assert not OfficerRole.objects.filter(officer__login="rini").exists()


def test_a_slip_in_a_share_is_told_to_who_typed_it(world: World) -> None:
    board.check_share(world.board[0])

    _refused_as("share-mistyped", lambda: board.check_share(world.board[0].rpartition(" ")[0]))


def test_where_somebody_could_confirm_the_board_is_not_asked(world: World) -> None:
    _refused_as("has-members", lambda: _appoint(world, office=KPKNL, shares=world.board[:2]))


def test_without_a_board_there_is_no_such_way(world: World) -> None:
    Membership.objects.filter(holder__kind="board").delete()
    Holder.objects.filter(kind="board").delete()

    _refused_as("no-board", lambda: _appoint(world, shares=world.board[:2]))


def test_the_board_holds_no_box_of_the_inner_custodians(world: World) -> None:
    board_holder = board.holder()
    assert board_holder is not None
    held = {
        row.unit.unit.kind
        for row in Membership.objects.filter(holder=board_holder).select_related("unit__unit")
        if row.unit.unit
    }

    assert "custodian_outer" in held
    assert "custodian_inner" not in held


def test_an_inner_custodian_unit_without_members_gets_a_new_key_while_it_holds_nothing(world: World) -> None:
    unit = world.unit("custodian_inner", office=ITJEN)
    Membership.objects.filter(unit__unit=unit).delete()
    before = bytes(Holder.objects.get(unit=unit).public_key)

    _appoint(world, office=ITJEN, kind="custodian_inner", role=Role.CUSTODIAN, shares=world.board[:2])

    assert bytes(directory.holder_of(unit).public_key) != before
    assert world.desk("rini").keyring.seeds.keys() >= {Holder.objects.get(unit=unit).id}


def test_and_none_once_it_holds_identities_that_would_be_lost(world: World) -> None:
    cast.join().tells(cast.queues(identity=Identity("Sari")))
    Membership.objects.filter(unit__unit=world.unit("custodian_inner", office=ITJEN)).delete()

    _refused_as(
        "holds-something",
        lambda: _appoint(world, office=ITJEN, kind="custodian_inner", role=Role.CUSTODIAN, shares=world.board[:2]),
    )


def test_a_key_is_handed_over_to_no_officer_whose_own_was_replaced(world: World) -> None:
    proposal = _proposed(world)
    Holder.objects.filter(officer__login="rini").update(public_key=bytes(1216))

    with pytest.raises(Altered):
        _decide(world, proposal, by="wulan")
    proposal.refresh_from_db()
    assert proposal.decided_at is None


def test_an_appointment_ends_by_itself_with_its_last_day(world: World) -> None:
    role = OfficerRole.objects.get(officer__login="hadi")
    role.ends_on = NOW.date()
    directory.enter(role)

    assert world.desk("hadi").units == (world.unit("leadership"),)
    assert world.desk("hadi", at=NOW + datetime.timedelta(days=1)).units == ()


def test_and_with_it_the_power_to_let_others_in(world: World) -> None:
    role = OfficerRole.objects.get(officer__login="wulan")
    role.ends_on = NOW.date()
    directory.enter(role)
    proposal = _proposed(world)

    tomorrow = world.desk("wulan", at=NOW + datetime.timedelta(days=1))
    assert staff.open_proposals(tomorrow.keyring) == []
    with pytest.raises(NotThere):
        membership.decide(proposal, confirmed=True, by=tomorrow.officer, keyring=tomorrow.keyring, at=NOW)
    assert not OfficerRole.objects.filter(officer__login="rini").exists()


def test_a_member_who_has_only_a_role_without_a_key_left_opens_nothing(world: World) -> None:
    role = OfficerRole.objects.get(officer__login="wulan")
    role.role = Role.EDITOR.value
    directory.enter(role)

    assert len(world.desk("wulan").keyring.holders) == 1
