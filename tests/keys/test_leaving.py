"""Leaving a unit and being suspended: one may take a right away at once, the key is renewed, and two give it back."""

import pytest
from django.db import transaction

from tests import world as cast
from tests.world import ITJEN, NOW, World
from wise.audit.models import Entry
from wise.keys import directory, leaving, membership, rotation, staff
from wise.keys.leaving import Ended
from wise.keys.models import Holder, KeyDue, Membership
from wise.people import officer_sessions, signing_in
from wise.people.kinds import Role
from wise.people.models import OfficerRole, OfficerSession, Unit
from wise.refusals import NotThere, Refused
from wise.vault.deposits import Identity


def _role(login: str, role: Role | None = None) -> OfficerRole:
    rows = OfficerRole.objects.filter(officer__login=login)
    return rows.get(role=role.value) if role else rows.get()


def _end(world: World, login: str, *, by: str, role: Role | None = None) -> Ended:
    desk = world.desk(by)
    return leaving.end_role(_role(login, role).id, by=desk.officer, keyring=desk.keyring, at=NOW)


def _suspend(world: World, login: str, *, by: str) -> None:
    desk = world.desk(by)
    leaving.suspend(world.officer(login).id, by=desk.officer, keyring=desk.keyring, at=NOW)


def _version(unit: Unit) -> int:
    return Holder.objects.get(unit=unit).version


def _code(deed: object) -> str:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    return refused.value.code


def test_rahmat_leaves_and_the_units_key_is_renewed_at_once(world: World) -> None:
    receipt = cast.join().tells()
    world.desk("rahmat")

    ended = _end(world, "rahmat", by="wulan")

    assert (ended.lost_key, ended.renewed, _version(world.unit())) == (True, True, 2)
    assert world.desk("rahmat").units == ()
    assert len(world.desk("rahmat").keyring.holders) == 1
    with pytest.raises(NotThere):
        world.read(receipt, by="rahmat")
    assert world.read(receipt, by="wulan").told.what == "Antre di loket tiga jam"
    assert not Membership.objects.filter(holder__officer__login="rahmat").exists()
    assert Entry.objects.filter(deed="end-role", subject=_role("rahmat").id, by=world.officer("wulan").id).exists()
    assert directory.flaws() == []


def test_the_administrator_ends_a_role_without_the_key_and_it_is_renewed_when_a_member_comes(world: World) -> None:
    ended = _end(world, "rahmat", by="tono")

    assert (ended.lost_key, ended.renewed, _version(world.unit())) == (True, False, 1)
    assert not Membership.objects.filter(holder__officer__login="rahmat").exists()
    assert KeyDue.objects.filter(unit__unit=world.unit()).exists()
    desk = world.desk("wulan")
    assert [row.unit for row in rotation.renew_due(by=desk.officer, keyring=desk.keyring, at=NOW)] == [world.unit()]
    assert (_version(world.unit()), KeyDue.objects.exists()) == (2, False)


def test_somebody_who_leaves_by_themselves_has_no_box_of_the_new_key(world: World) -> None:
    _end(world, "rahmat", by="rahmat")

    assert world.desk("rahmat").units == ()
    assert staff.members(world.unit()) == [world.officer("wulan")]
    assert _version(world.unit()) == 2


def test_a_role_without_a_key_ends_and_nothing_is_renewed(world: World) -> None:
    ended = _end(world, "dewi", by="wulan")

    assert (ended.lost_key, ended.renewed, _version(world.unit())) == (False, False, 1)
    assert not directory.roles_of(world.officer("dewi"), on=NOW.date())


def test_who_keeps_another_role_with_the_key_keeps_the_key(world: World) -> None:
    proposal = membership.propose(world.officer("wulan"), unit=world.unit(), role=Role.UNIT_HEAD, by=None, at=NOW)
    desk = world.desk("rahmat")
    membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)

    ended = _end(world, "wulan", by="rahmat", role=Role.VERIFIER)

    assert (ended.lost_key, _version(world.unit())) == (False, 1)
    assert world.desk("wulan").units == (world.unit(),)


@pytest.mark.parametrize("login", ["ina", "hadi", "dewi", "agus", "kartika"])
def test_nobody_elsewhere_and_nobody_without_the_key_ends_a_role(world: World, login: str) -> None:
    with pytest.raises(NotThere):
        _end(world, "rahmat", by=login)
    with pytest.raises(NotThere):
        _suspend(world, "rahmat", by=login)
    assert world.desk("rahmat").units == (world.unit(),)


def test_a_role_that_has_ended_is_not_there_to_be_ended_again(world: World) -> None:
    _end(world, "rahmat", by="wulan")

    with pytest.raises(NotThere):
        _end(world, "rahmat", by="wulan")


def test_a_role_of_the_whole_institution_is_ended_by_the_administrator_alone(world: World) -> None:
    assert _code(lambda: _end(world, "agus", by="fajar")) == "not-yours-to-end"

    _end(world, "agus", by="tono")

    assert not directory.has_role(world.officer("agus"), Role.AUDITOR, on=NOW.date())


def test_who_left_comes_back_by_two_people_and_gets_the_present_key(world: World) -> None:
    receipt = cast.join().tells()
    world.desk("rahmat")
    _end(world, "rahmat", by="wulan")
    proposal = membership.propose(
        world.officer("rahmat"), unit=world.unit(), role=Role.VERIFIER, by=world.officer("tono"), at=NOW
    )
    desk = world.desk("wulan")

    membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)

    assert world.read(receipt, by="rahmat").told.what == "Antre di loket tiga jam"


def test_the_last_member_leaves_the_key_with_the_board(world: World) -> None:
    receipt = cast.join().tells()
    _end(world, "rahmat", by="wulan")
    assert leaving.is_last_member(world.officer("wulan"), world.unit())

    _end(world, "wulan", by="wulan")

    assert staff.members(world.unit()) == []
    with transaction.atomic():
        membership.appoint_by_board(
            world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, shares=world.board[:2], at=NOW
        )
    assert world.read(receipt, by="dewi").told.what == "Antre di loket tiga jam"


def test_the_last_inner_custodian_cannot_leave_what_nobody_could_open_any_more(world: World) -> None:
    cast.join().tells(cast.queues(identity=Identity("Sari Ningsih")))
    inner = world.unit("custodian_inner", office=ITJEN)
    last = [row.login for row in staff.members(inner)]
    for login in last[1:]:
        _end(world, login, by=last[0])

    for by in (last[0], "tono"):
        deed = lambda by=by: _end(world, last[0], by=by)  # noqa: E731 - one line for each who tries
        assert _code(deed) == "nobody-after"
    assert staff.members(inner) == [world.officer(last[0])]


def test_rahmat_suspended_is_out_at_once_and_the_key_is_renewed(world: World) -> None:
    store = officer_sessions.SessionStore()
    store["_auth_user_id"] = str(world.officer("rahmat").id)
    store.create()
    OfficerSession.objects.update(officer=world.officer("rahmat"))
    world.desk("rahmat")

    _suspend(world, "rahmat", by="wulan")

    assert not OfficerSession.objects.exists()
    assert _code(lambda: signing_in.officer("rahmat", passphrase=cast.PASSPHRASE, at=NOW)) == "wrong-sign-in"
    assert staff.members(world.unit()) == [world.officer("wulan")]
    assert _version(world.unit()) == 2
    assert Entry.objects.filter(deed="suspend", subject=world.officer("rahmat").id).exists()


def test_suspended_by_tono_the_key_waits_for_wulan(world: World) -> None:
    _suspend(world, "rahmat", by="tono")
    assert _version(world.unit()) == 1

    desk = world.desk("wulan")
    rotation.renew_due(by=desk.officer, keyring=desk.keyring, at=NOW)

    assert _version(world.unit()) == 2
    assert not Membership.objects.filter(holder__officer__login="rahmat").exists()


def test_readmitted_rahmat_signs_in_but_the_renewed_key_takes_two_people(world: World) -> None:
    receipt = cast.join().tells()
    _suspend(world, "rahmat", by="wulan")
    assert leaving.suspended(by=world.officer("wulan"), on=NOW.date()) == [world.officer("rahmat")]
    with pytest.raises(NotThere):
        leaving.readmit(world.officer("rahmat").id, by=world.officer("ina"), at=NOW)

    leaving.readmit(world.officer("rahmat").id, by=world.officer("tono"), at=NOW)

    assert signing_in.officer("rahmat", passphrase=cast.PASSPHRASE, at=NOW).row == world.officer("rahmat")
    with pytest.raises(NotThere):
        world.read(receipt, by="rahmat")
    proposal = membership.propose(
        world.officer("rahmat"), unit=world.unit(), role=Role.VERIFIER, by=world.officer("tono"), at=NOW
    )
    desk = world.desk("wulan")
    membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)
    assert world.read(receipt, by="rahmat").told.what == "Antre di loket tiga jam"


def test_nobody_suspends_themselves(world: World) -> None:
    assert _code(lambda: _suspend(world, "wulan", by="wulan")) == "not-oneself"


def test_where_the_only_member_is_suspended_reports_go_up_and_the_board_can_let_somebody_in(world: World) -> None:
    _suspend(world, "hadi", by="tono")
    unit = world.unit("leadership")
    assert not staff.is_read(unit)

    membership.appoint_by_board(world.officer("dewi"), unit=unit, role=Role.HEAD, shares=world.board[:2], at=NOW)

    assert world.desk("dewi").units == (unit,)
