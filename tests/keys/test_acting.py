"""Acting heads of KPKNL Pekanbaru: Plh. while Hadi is away, Plt. where nobody is head, and when it ends."""

import datetime

import pytest

from tests.world import NOW, World
from wise.audit.models import Entry
from wise.keys import acting, directory, membership, staff
from wise.keys.acting import Term
from wise.keys.directory import Altered
from wise.keys.models import Proposal
from wise.people.kinds import ActingKind, Role
from wise.people.models import Acting, OfficerRole
from wise.refusals import Refused

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)
PLH = Term(ActingKind.PLH, TODAY + 3 * DAY)
PLT = Term(ActingKind.PLT, TODAY + 90 * DAY)


def _proposed(world: World, term: Term | None, *, login: str = "rahmat", at: datetime.datetime = NOW) -> Proposal:
    unit, tono = world.unit("leadership"), world.officer("tono")
    return membership.propose(world.officer(login), unit=unit, role=Role.HEAD, by=tono, at=at, term=term)


def _appointed(world: World, term: Term | None, *, at: datetime.datetime = NOW) -> OfficerRole:
    hadi = world.desk("hadi")
    membership.decide(_proposed(world, term, at=at), confirmed=True, by=hadi.officer, keyring=hadi.keyring, at=at)
    return OfficerRole.objects.get(officer__login="rahmat", role="head")


def _refusal(world: World, term: Term | None, *, login: str = "rahmat") -> str:
    with pytest.raises(Refused) as refused:
        _proposed(world, term, login=login)
    return refused.value.code


@pytest.mark.parametrize("term", [PLH, PLT])
def test_rahmat_acts_as_what_was_confirmed_until_its_last_day(world: World, term: Term) -> None:
    row = _appointed(world, term)

    assert (row.starts_on, row.ends_on) == (TODAY, term.until)
    assert acting.term_of(row) == term
    unit = world.unit("leadership")
    assert world.desk("rahmat", at=NOW + (term.until - TODAY)).roles_at(unit.id) == {Role.HEAD}
    assert not world.desk("rahmat", at=NOW + (term.until - TODAY) + DAY).roles_at(unit.id)
    posts = {post.officer.login: post.acting for post in staff.posts([unit], on=TODAY)[unit.id]}
    assert posts == {"hadi": None, "rahmat": term.row}


def test_the_log_says_as_what_and_until_when_somebody_was_proposed(world: World) -> None:
    proposal = _proposed(world, PLT)

    facts = Entry.objects.get(deed="propose-member", subject=proposal.id).facts
    assert (facts["acting"], facts["until"]) == ("plt", PLT.until.isoformat())


def test_hadi_himself_is_head_for_good(world: World) -> None:
    assert acting.term_of(OfficerRole.objects.get(officer__login="hadi")) is None


def test_who_was_appointed_for_some_days_before_wise_asked_why_stands_in_for_them(world: World) -> None:
    row = _appointed(world, None)
    row.ends_on = TODAY
    directory.enter(row)

    assert acting.term_of(row) == Term(ActingKind.PLH, TODAY)


def test_a_term_as_it_is_typed(world: World) -> None:
    assert acting.term("", until=None) is None
    assert acting.term("plh", until=TODAY) == Term(ActingKind.PLH, TODAY)
    for kind, until, code in (("plt", None, "acting-until-missing"), ("", TODAY, "acting-kind-missing")):
        with pytest.raises(Refused) as refused:
            acting.term(kind, until=until)
        assert refused.value.code == code


def test_nobody_acts_until_a_day_that_has_passed(world: World) -> None:
    assert _refusal(world, Term(ActingKind.PLH, TODAY - DAY)) == "acting-past"
    assert not Proposal.objects.exists()


def test_nobody_is_an_acting_verifier(world: World) -> None:
    with pytest.raises(Refused) as refused:
        membership.propose(
            world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=world.officer("wulan"), at=NOW, term=PLH
        )
    assert refused.value.code == "acting-no-head"


def test_a_proposal_that_was_confirmed_too_late_appoints_nobody(world: World) -> None:
    proposal, hadi = _proposed(world, PLH), world.desk("hadi", at=NOW + 4 * DAY)

    with pytest.raises(Refused) as refused:
        membership.decide(proposal, confirmed=True, by=hadi.officer, keyring=hadi.keyring, at=NOW + 4 * DAY)
    assert refused.value.code == "acting-past"
    assert not OfficerRole.objects.filter(officer__login="rahmat", role="head").exists()


def test_an_acting_head_gets_more_days_but_not_fewer_and_may_become_the_head(world: World) -> None:
    _appointed(world, PLH)
    assert _refusal(world, PLH) == "has-role"

    longer = _appointed(world, PLT)
    assert (longer.starts_on, longer.ends_on, acting.term_of(longer)) == (TODAY, PLT.until, PLT)

    good = _appointed(world, None)
    assert (good.ends_on, acting.term_of(good)) == (None, None)
    assert _refusal(world, PLT) == "has-role"


def test_who_acted_in_march_may_act_again_in_may(world: World) -> None:
    _appointed(world, PLH)
    later = NOW + 60 * DAY

    row = _appointed(world, Term(ActingKind.PLT, later.date()), at=later)

    assert (row.starts_on, row.ends_on) == (later.date(), later.date())
    assert directory.flaws() == []


def test_p36_a_planted_term_appoints_nobody(world: World) -> None:
    proposal, hadi = _proposed(world, None), world.desk("hadi")
    Acting.objects.create(proposal=proposal.id, kind="plt", until=TODAY + 9000 * DAY)

    with pytest.raises(Altered):
        membership.decide(proposal, confirmed=True, by=hadi.officer, keyring=hadi.keyring, at=NOW)
    assert len(directory.flaws()) == 1
