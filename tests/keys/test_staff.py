"""Who works where with which key, and what waits for whom."""

import datetime
import uuid

import pytest

from tests.world import HEAD_OFFICE, KANWIL, KPKNL, NOW, PASSPHRASE, World
from wise.audit.models import Entry
from wise.keys import directory, membership, staff
from wise.keys.directory import Altered
from wise.keys.models import Membership
from wise.people import joining
from wise.people.kinds import Role
from wise.people.models import Officer, OfficerRole
from wise.refusals import NotThere, Refused

TODAY = NOW.date()


def test_a_unit_shows_its_people_their_roles_and_who_of_them_has_the_key(world: World) -> None:
    unit = world.unit()

    posts = staff.posts([unit, world.ibi], on=TODAY)

    assert {(post.officer.login, post.role.role, post.has_key) for post in posts[unit.id]} == {
        ("dewi", Role.FRONT_DESK, False),
        ("oki", Role.OPERATOR, False),
        ("wulan", Role.VERIFIER, True),
        ("rahmat", Role.UNIT_HEAD, True),
        ("edi", Role.EDITOR, False),
    }
    assert [post.officer.login for post in posts[world.ibi.id]] == ["agus", "fajar", "ina"]


def test_whose_appointment_is_over_or_who_has_left_is_not_shown(world: World) -> None:
    unit = world.unit()
    role = OfficerRole.objects.get(officer__login="wulan")
    role.ends_on = TODAY
    directory.enter(role)
    Officer.objects.filter(login="dewi").update(is_active=False)

    tomorrow = staff.posts([unit], on=TODAY + datetime.timedelta(days=1))[unit.id]

    assert {post.officer.login for post in tomorrow} == {"oki", "rahmat", "edi"}


def test_p36_a_planted_role_is_not_shown_as_if_it_were_one(world: World) -> None:
    OfficerRole.objects.create(officer=world.officer("tono"), unit=world.unit(), role="verifier", starts_on=TODAY)

    with pytest.raises(Altered):
        staff.posts([world.unit()], on=TODAY)


def test_sari_is_told_how_many_people_can_read(world: World) -> None:
    assert staff.readers(world.unit()) == 2
    Officer.objects.filter(login="wulan").update(is_active=False)
    assert staff.readers(world.unit()) == 1
    assert staff.readers(world.unit(office="KPKNL Dumai")) == 0


def test_a_unit_without_members_is_named_with_the_one_that_gets_its_reports(world: World) -> None:
    unread = {unit.name: instead for unit, instead in staff.unread_units()}

    assert unread["Seksi Kepatuhan Internal KPKNL Dumai"] == world.unit(office=KANWIL)
    assert world.unit().name not in unread
    assert not any(name.startswith(("Pimpinan", "Kustodian")) for name in unread)


def test_and_with_none_where_nobody_above_it_could_open_them(world: World) -> None:
    Membership.objects.filter(holder__kind="officer").delete()
    Officer.objects.filter(login="wulan").update(is_active=False)

    unread = dict(staff.unread_units())

    assert unread[world.unit()] is None
    assert unread[world.ibi] is None


def test_wulan_may_propose_for_her_own_unit_and_tono_for_every_one(world: World) -> None:
    assert staff.units_open_to(world.officer("wulan"), on=TODAY) == [world.unit()]
    assert world.unit(office=HEAD_OFFICE) in staff.units_open_to(world.officer("tono"), on=TODAY)
    assert staff.units_open_to(world.officer("agus"), on=TODAY) == []


def test_an_officer_is_found_by_the_name_they_sign_in_with(world: World) -> None:
    assert staff.officer_called(" WULAN ") == world.officer("wulan")
    Officer.objects.filter(login="dewi").update(is_active=False)
    for login in ("nobody", "dewi"):
        with pytest.raises(Refused) as refused:
            staff.officer_called(login)
        assert refused.value.code == "no-such-officer"


def test_a_unit_is_found_by_its_office_and_kind(world: World) -> None:
    assert staff.unit_at(KPKNL, kind="leadership") == world.unit("leadership")
    for office, kind in [(KPKNL, "certain"), ("KPKNL Bulan", "compliance")]:
        with pytest.raises(Refused) as refused:
            staff.unit_at(office, kind=kind)
        assert refused.value.code == "no-such-unit"


def test_a_new_officer_is_entered_with_her_key_and_without_any_role(world: World) -> None:
    def enter(login: str) -> Officer:
        return staff.enter(joining.prepare_officer(login, name="Rini", passphrase=PASSPHRASE))

    assert enter("rini") == world.officer("rini")
    assert world.desk("rini").units == ()
    with pytest.raises(Refused) as refused:
        enter("Rini")
    assert refused.value.code == "name-taken"


def test_a_proposal_is_seen_by_who_made_it_and_by_who_decides(world: World) -> None:
    wulan = world.officer("wulan")
    proposal = membership.propose(world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=wulan, at=NOW)

    assert staff.proposed_by(wulan) == [proposal]
    assert staff.proposed_by(world.officer("rahmat")) == []
    assert staff.open_proposal(proposal.id, keyring=world.desk("rahmat").keyring) == proposal
    for login, wanted in [("ina", proposal.id), ("rahmat", uuid.uuid4())]:
        with pytest.raises(NotThere):
            staff.open_proposal(wanted, keyring=world.desk(login).keyring)


@pytest.mark.parametrize("by", ["wulan", "tono"])
def test_who_may_propose_corrects_a_service_number_and_the_log_says_so(world: World, by: str) -> None:
    rahmat = world.officer("rahmat")
    before = rahmat.service_number

    staff.renumber(rahmat.id, service_number=" 0000 9 ", by=world.officer(by), at=NOW)

    assert world.officer("rahmat").service_number == "0000 9"
    entry = Entry.objects.get(deed="renumber-officer", subject=rahmat.id)
    assert entry.facts == {"before": before, "after": "0000 9"}
    assert directory.flaws() == []


@pytest.mark.parametrize(("by", "whose"), [("dewi", "rahmat"), ("edi", "rahmat"), ("wulan", "ina"), ("hadi", "wulan")])
def test_nobody_else_does(world: World, by: str, whose: str) -> None:
    with pytest.raises(NotThere):
        staff.renumber(world.officer(whose).id, service_number="1", by=world.officer(by), at=NOW)
