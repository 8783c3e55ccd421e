"""Before somebody leaves it is said what only they can open; afterwards their cases wait for others."""

import datetime

import pytest

from tests import custody
from tests import world as cast
from tests.world import KANWIL, KPKNL, NOW, Teller, World, case_of
from wise.audit.models import Entry
from wise.casework import excluding, leaving
from wise.casework.intake import Receipt
from wise.casework.leaving import Next, Warnings
from wise.keys import leaving as keys
from wise.keys import membership
from wise.keys.models import Grant, Proposal
from wise.people.kinds import Role
from wise.people.models import OfficerRole
from wise.refusals import NotThere, Refused
from wise.vault import disclosures
from wise.vault.models import Disclosure


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


def _role(login: str) -> OfficerRole:
    return OfficerRole.objects.select_related("officer", "unit").get(officer__login=login)


def _warnings(world: World, login: str, *, by: str) -> Warnings:
    return leaving.warnings(_role(login), desk=world.desk(by))


def _end(world: World, login: str, *, by: str, following: Next | None = None) -> keys.Ended:
    return leaving.end(_role(login).id, desk=world.desk(by), at=NOW, following=following)


def test_wulan_reads_what_rahmat_leaves_behind(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    world.take("verify", receipt, by="rahmat")

    assert _warnings(world, "rahmat", by="wulan") == Warnings(
        last_member=False, last_of_role=True, handles=1, tasks=0, disclosures=0, theirs_alone=(), oneself=False
    )
    assert _warnings(world, "wulan", by="wulan").last_of_role is False


@pytest.mark.parametrize(("login", "by"), [("hadi", "hadi"), ("kartika", "kartika"), ("sri", "sri")])
def test_the_only_one_with_a_units_key_is_told_so(world: World, login: str, by: str) -> None:
    assert _warnings(world, login, by=by).last_member is True


def test_the_only_administrator_is_told_so(world: World) -> None:
    found = _warnings(world, "tono", by="tono")

    assert (found.last_of_role, found.last_member) == (True, False)


def test_the_administrator_reads_no_number_of_cases(world: World, sari: Teller) -> None:
    before = _warnings(world, "rahmat", by="tono")
    receipt = sari.tells()
    world.take("verify", receipt, by="rahmat")

    assert _warnings(world, "rahmat", by="tono") == before


def test_rahmats_cases_have_no_handler_any_more_and_others_keep_theirs(world: World, sari: Teller) -> None:
    his, hers = sari.tells(), sari.tells()
    world.take("verify", his, by="rahmat")
    world.take("verify", hers, by="wulan")

    _end(world, "rahmat", by="wulan")

    assert case_of(his).handler is None
    assert case_of(hers).handler == world.officer("wulan")


def _kept_from(world: World, receipt: Receipt, login: str, *, by: str) -> None:
    world.take("exclude", receipt, by=by, note="Saudara", excluded=frozenset({world.officer(login).id}))


def test_p30_a_case_that_is_open_to_rahmat_alone_is_told_to_him_alone(world: World, sari: Teller) -> None:
    before = _warnings(world, "rahmat", by="wulan")
    receipt = sari.tells()
    _kept_from(world, receipt, "wulan", by="rahmat")

    assert _warnings(world, "rahmat", by="rahmat").theirs_alone == (case_of(receipt),)
    assert _warnings(world, "rahmat", by="wulan") == before
    assert _warnings(world, "rahmat", by="tono").theirs_alone == ()


def test_and_is_not_lost_when_he_leaves_all_the_same(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    _kept_from(world, receipt, "wulan", by="rahmat")
    world.desk("rahmat")

    _end(world, "rahmat", by="wulan")

    assert excluding.admitted(case_of(receipt)) == {world.officer("rahmat").id}
    for login in ("rahmat", "wulan"):
        with pytest.raises(NotThere):
            world.read(receipt, by=login)


def test_what_he_held_of_his_own_goes_where_others_can_open_the_case(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    desk = world.desk("wulan")
    proposal = membership.propose(
        world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=world.officer("tono"), at=NOW
    )
    membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)
    _kept_from(world, receipt, "dewi", by="wulan")
    assert Grant.objects.filter(holder__officer__login="rahmat").exists()

    _end(world, "rahmat", by="wulan")

    assert not Grant.objects.filter(holder__officer__login="rahmat").exists()
    assert world.read(receipt, by="wulan").told.what == "Antre di loket tiga jam"


def test_rahmat_moves_to_the_kanwil_in_one_deed(world: World, sari: Teller) -> None:
    kanwil = world.unit(office=KANWIL)

    _end(world, "rahmat", by="tono", following=Next(kanwil, Role.VERIFIER))

    proposal = Proposal.objects.get(officer=world.officer("rahmat"), unit=kanwil)
    desk = world.desk("yanti")
    membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)
    assert world.desk("rahmat").units == (kanwil,)


def test_a_move_that_is_refused_ends_nothing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        _end(world, "rahmat", by="tono", following=Next(world.unit(office=KANWIL), Role.HEAD))
    assert refused.value.code == "role-misplaced"
    assert world.desk("rahmat").units == (world.unit(office=KPKNL),)


def test_a_member_moves_nobody_to_a_unit_that_is_not_theirs(world: World) -> None:
    with pytest.raises(NotThere):
        _end(world, "rahmat", by="wulan", following=Next(world.unit(office=KANWIL), Role.VERIFIER))
    assert world.desk("rahmat").units == (world.unit(office=KPKNL),)


def test_what_was_disclosed_to_ina_is_told_before_and_ends_with_her_role(world: World, sari: Teller) -> None:
    receipt = custody.tells(sari)
    allowed, waits = custody.allowed(world, receipt), custody.asked(world, receipt, "originals")
    assert _warnings(world, "ina", by="ina").disclosures == 2
    assert _warnings(world, "ina", by="tono").disclosures == 0
    assert Grant.objects.filter(report_id=allowed.id, holder__officer__login="ina").count() == 2

    _end(world, "ina", by="ina")

    rows = Disclosure.objects.order_by("asked_on", "id")
    assert {row.id: row.state_code for row in rows} == {allowed.id: "ended", waits.id: "nothing"}
    kept = Grant.objects.filter(report_id__in=[allowed.id, waits.id], holder__officer__login="ina")
    assert {tuple(grant.compartments) for grant in kept} == {("words",)}
    assert [entry.deed for entry in Entry.objects.order_by("sequence")].count("end-disclosure") == 2


def test_a_disclosure_that_somebody_forged_is_not_vouched_for_by_ending_it(world: World, sari: Teller) -> None:
    row = custody.allowed(world, custody.tells(sari))
    Disclosure.objects.filter(id=row.id).update(until=NOW.date() + datetime.timedelta(days=999))

    _end(world, "ina", by="ina")

    assert not disclosures.is_genuine(Disclosure.objects.get(id=row.id))


def test_what_a_colleague_was_disclosed_stays(world: World, sari: Teller) -> None:
    row = custody.allowed(world, custody.tells(sari))
    desk = world.desk("ina")
    role = Role.INVESTIGATOR
    proposal = membership.propose(world.officer("dewi"), unit=world.ibi, role=role, by=world.officer("tono"), at=NOW)
    membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)
    dewi = OfficerRole.objects.get(officer__login="dewi", unit=world.ibi)

    leaving.end(dewi.id, desk=world.desk("ina"), at=NOW)

    assert Disclosure.objects.get(id=row.id).state_code == "allowed"
