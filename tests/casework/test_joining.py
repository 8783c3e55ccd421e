"""Before a unit's key is handed over, the unit's cases are looked through for who is to get it (P30, P31)."""

import datetime
import json

import pytest
from django.core import serializers

from tests import deciding
from tests import world as cast
from tests.world import KANWIL, NOW, Teller, World, case_of
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import access, excluding, joining
from wise.casework import leaving as work
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.casework.joining import Candidate, Check, Why
from wise.casework.models import Case, Step
from wise.keys import membership, renewing, staff
from wise.keys.models import Grant, Proposal
from wise.people.kinds import Role
from wise.people.models import Unit
from wise.refusals import NotThere, Refused
from wise.register.entry import Told

DEWI = "Dewi Lestari"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


@pytest.fixture
def dewi(world: World) -> Proposal:
    """Dewi of the front desk is to become a verifier."""
    return proposed(world, "dewi")


def proposed(world: World, login: str, *, unit: Unit | None = None, role: Role = Role.VERIFIER) -> Proposal:
    tono = world.officer("tono")
    return membership.propose(world.officer(login), unit=unit or world.unit(), role=role, by=tono, at=NOW)


def about(sari: Teller, who: str) -> Receipt:
    return sari.tells(cast.queues(told=Told(what="Antre di loket tiga jam", where="Loket", when="Selasa", who=who)))


def looked(world: World, row: Proposal, *, by: str = "wulan", most: int = joining.BATCH) -> tuple[Candidate, Check]:
    desk = world.desk(by)
    candidate = joining.candidate_of(row, desk=desk)
    check = joining.begin(candidate, desk=desk)
    while not check.is_whole:
        check = joining.go_on(check, candidate, desk=desk, at=NOW, most=most)
    return candidate, check


def found(world: World, row: Proposal, *, by: str = "wulan", most: int = joining.BATCH) -> dict[str, tuple[Why, bool]]:
    """Why each case was found and whether it stays closed, by agenda number."""
    candidate, check = looked(world, row, by=by, most=most)
    lines = joining.findings(check, candidate, desk=world.desk(by))
    return {line.case.agenda_number: (line.why, line.stays_out) for line in lines}


def confirms(world: World, row: Proposal, *, by: str = "wulan", at: datetime.datetime = NOW) -> None:
    _candidate, check = looked(world, row, by=by)
    joining.confirm(row, check, desk=world.desk(by), at=at)


def keeps_out(world: World, row: Proposal, *, by: str = "wulan") -> list[object]:
    candidate, check = looked(world, row, by=by)
    return [outcome.why_not for outcome in joining.keep_out(check, candidate, desk=world.desk(by), at=NOW)]


def refused(world: World, row: Proposal, *, by: str = "wulan") -> str:
    with pytest.raises(Refused) as refusal:
        confirms(world, row, by=by)
    return refusal.value.code


def opens(world: World, receipt: Receipt, login: str) -> bool:
    try:
        world.read(receipt, by=login)
    except NotThere:
        return False
    return True


def test_who_has_to_do_with_no_case_is_confirmed_and_opens_all(world: World, sari: Teller, dewi: Proposal) -> None:
    receipt = sari.tells()

    assert found(world, dewi) == {}
    confirms(world, dewi)

    assert opens(world, receipt, "dewi")


def test_a_case_that_names_him_is_kept_from_him_before_he_gets_the_key(world: World, sari: Teller) -> None:
    row, his, other = proposed(world, "agus"), sari.tells(), sari.tells()
    world.take("verify", his, by="wulan")
    case = world.take("name_persons", his, by="wulan", reported=("agus  wibowo",))
    assert case.unit == world.unit(), "he works elsewhere, so that the case stayed"
    assert found(world, row) == {case.agenda_number: (Why.NAMED, False)}
    assert refused(world, row) == "about-candidate"
    assert not staff.has_key(row.officer, row.unit)

    assert keeps_out(world, row) == [None]
    assert found(world, row) == {case.agenda_number: (Why.NAMED, True)}
    confirms(world, row)

    assert (opens(world, his, "agus"), opens(world, his, "rahmat"), opens(world, other, "agus")) == (False, True, True)
    assert not access.cases_of(world.desk("agus")).filter(id=case.id).exists()
    assert proof.verify() == []
    assert book.verify() == []


def test_and_is_admitted_afterwards_where_it_was_somebody_else_of_that_name(
    world: World, sari: Teller, dewi: Proposal
) -> None:
    receipt = about(sari, DEWI)
    keeps_out(world, dewi)
    confirms(world, dewi)
    rows = {row.officer.login: row.excluded for row in excluding.listed(case_of(receipt))}
    assert rows == {"dewi": True, "rahmat": False, "wulan": False}

    case = world.take("exclude", receipt, by="wulan", note="Dewi lain")

    assert not case.is_restricted
    assert opens(world, receipt, "dewi")


@pytest.mark.parametrize(
    ("who", "hit"),
    [
        ("Dewi Lestari", True),
        ("Yang meminta uang adalah DEWI   LESTARI, di loket 2.", True),
        ("Dewi", False),
        ("Dewi Lestarini", False),
        ("Lestari, Dewi", False),
        ("Petugas loket", False),
    ],
)
def test_the_reporters_own_words_are_asked_for_the_whole_name(
    world: World, sari: Teller, dewi: Proposal, who: str, *, hit: bool
) -> None:
    receipt = about(sari, who)

    assert found(world, dewi) == ({case_of(receipt).agenda_number: (Why.TOLD, False)} if hit else {})


def test_a_name_of_one_word_must_be_all_of_it(world: World, sari: Teller) -> None:
    about(sari, "Sri dari seksi lelang")
    exact = about(sari, "Sri.")
    world.officer("dewi").__class__.objects.filter(login="dewi").update(name="Sri")

    assert list(found(world, proposed(world, "dewi"))) == [case_of(exact).agenda_number]


def test_closed_cases_are_looked_through_too(world: World, sari: Teller, dewi: Proposal) -> None:
    receipt = about(sari, DEWI)
    deciding.proposed(world, receipt)
    deciding.approved(world, receipt)
    deciding.answered(world, receipt)
    world.take("close", receipt, by="wulan")
    assert not case_of(receipt).is_open

    assert found(world, dewi) == {case_of(receipt).agenda_number: (Why.TOLD, False)}
    assert keeps_out(world, dewi) == [None]
    confirms(world, dewi)
    assert not opens(world, receipt, "dewi")


def test_who_was_excluded_left_and_comes_back_is_still_excluded(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    world.take("verify", receipt, by="wulan")
    world.take("exclude", receipt, by="wulan", note="Kakak", excluded=frozenset({world.officer("rahmat").id}))
    role = world.officer("rahmat").roles.get(unit=world.unit())
    work.end(role.id, desk=world.desk("wulan"), at=NOW)
    # While nobody of the unit is excluded any more, the case goes up and comes back.
    world.take("refer", receipt, by="wulan", note="Lebih tepat", unit=world.unit(office=KANWIL))
    case = world.take("refer", receipt, by="yanti", note="Kembali", unit=world.unit())
    assert not case.is_restricted

    row = proposed(world, "rahmat", role=Role.UNIT_HEAD)
    assert found(world, row) == {case.agenda_number: (Why.KEPT, False)}
    keeps_out(world, row)
    confirms(world, row)

    assert (opens(world, receipt, "rahmat"), opens(world, receipt, "wulan")) == (False, True)


def test_another_exclusion_does_not_forget_who_left(world: World, sari: Teller, dewi: Proposal) -> None:
    receipt = sari.tells()
    confirms(world, dewi)
    rahmat, hers = world.officer("rahmat"), world.officer("dewi")
    world.take("exclude", receipt, by="wulan", note="Kakak", excluded=frozenset({rahmat.id}))
    work.end(rahmat.roles.get(unit=world.unit()).id, desk=world.desk("wulan"), at=NOW)

    case = world.take("exclude", receipt, by="wulan", note="Teman", excluded=frozenset({hers.id}))
    keys = access.keys_of(case, keyring=world.desk("wulan").keyring)
    assert excluding.excluded(case, keys=keys) == {rahmat.id, hers.id}

    world.take("exclude", receipt, by="wulan", note="Bukan teman")
    assert found(world, proposed(world, "rahmat")) == {case.agenda_number: (Why.KEPT, False)}


def test_a_case_kept_from_a_candidate_who_never_came_goes_back_to_the_unit(
    world: World, sari: Teller, dewi: Proposal
) -> None:
    receipt = about(sari, DEWI)
    keeps_out(world, dewi)
    desk = world.desk("wulan")
    membership.decide(dewi, confirmed=False, by=desk.officer, keyring=desk.keyring, at=NOW)

    case = world.take("exclude", receipt, by="wulan", note="Tidak jadi")

    assert not case.is_restricted
    assert opens(world, receipt, "rahmat")


def test_the_only_member_keeps_a_case_from_who_comes(world: World, sari: Teller, dewi: Proposal) -> None:
    work.end(world.officer("rahmat").roles.get(unit=world.unit()).id, desk=world.desk("wulan"), at=NOW)
    receipt = about(sari, DEWI)

    assert keeps_out(world, dewi) == [None]
    confirms(world, dewi)

    assert (opens(world, receipt, "wulan"), opens(world, receipt, "dewi")) == (True, False)


def test_a_case_from_which_the_one_who_looks_is_excluded_is_not_shown_and_stays_closed(
    world: World, sari: Teller, dewi: Proposal
) -> None:
    receipt = about(sari, DEWI)
    world.take("exclude", receipt, by="rahmat", note="Saudara", excluded=frozenset({world.officer("wulan").id}))

    assert found(world, dewi) == {}
    confirms(world, dewi)

    assert not opens(world, receipt, "dewi")


def test_what_is_before_the_head_is_decided_before_the_one_it_names_becomes_head(world: World, sari: Teller) -> None:
    receipt = about(sari, DEWI)
    deciding.proposed(world, receipt)
    leadership = world.unit("leadership")
    row = proposed(world, "dewi", unit=leadership, role=Role.HEAD)
    candidate, check = looked(world, row, by="hadi")
    lines = joining.findings(check, candidate, desk=world.desk("hadi"))
    assert [(line.why, line.led, line.stays_out) for line in lines] == [(Why.TOLD, True, False)]
    assert joining.keep_out(check, candidate, desk=world.desk("hadi"), at=NOW) == []
    assert refused(world, row, by="hadi") == "about-candidate"

    world.take("return", receipt, by="hadi", note="Tentang calon kepala")
    world.take("refer", receipt, by="wulan", note="Tentang calon kepala", unit=world.unit(office=KANWIL))
    confirms(world, row, by="hadi")

    assert not opens(world, receipt, "dewi")


def test_many_cases_are_looked_through_in_batches(world: World, sari: Teller, dewi: Proposal) -> None:
    receipts = [about(sari, DEWI) if number % 3 == 0 else sari.tells() for number in range(7)]
    desk = world.desk("wulan")
    candidate = joining.candidate_of(dewi, desk=desk)
    check = joining.begin(candidate, desk=desk)
    assert (check.total, check.checked, check.is_whole) == (7, 0, False)

    steps = []
    while not check.is_whole:
        check = joining.go_on(check, candidate, desk=desk, at=NOW, most=3)
        steps.append(check.checked)

    assert steps == [3, 6, 7]
    assert set(found(world, dewi, most=2)) == {case_of(receipt).agenda_number for receipt in receipts[::3]}


def test_without_a_whole_look_nobody_gets_the_key(world: World, sari: Teller, dewi: Proposal) -> None:
    sari.tells()
    desk = world.desk("wulan")
    begun = joining.begin(joining.candidate_of(dewi, desk=desk), desk=desk)
    for check in (None, begun):
        with pytest.raises(Refused) as refusal:
            joining.confirm(dewi, check, desk=desk, at=NOW)
        assert refusal.value.code == "not-checked"
    assert not staff.has_key(dewi.officer, dewi.unit)


def test_what_comes_while_somebody_looks_is_looked_at_before_the_key_goes(
    world: World, sari: Teller, dewi: Proposal
) -> None:
    sari.tells()
    _candidate, check = looked(world, dewi)
    about(sari, DEWI)

    with pytest.raises(Refused) as refusal:
        joining.confirm(dewi, check, desk=world.desk("wulan"), at=NOW)
    assert refusal.value.code == "about-candidate"


def test_and_what_comes_in_the_same_moment(
    world: World, sari: Teller, dewi: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    _candidate, check = looked(world, dewi)
    insist = joining._insist

    def and_then_one_comes(*given: object, **named: object) -> None:
        insist(*given, **named)  # type: ignore[arg-type]
        if not Case.objects.exists():
            about(sari, DEWI)

    monkeypatch.setattr(joining, "_insist", and_then_one_comes)
    with pytest.raises(Refused) as refusal:
        joining.confirm(dewi, check, desk=world.desk("wulan"), at=NOW)
    assert refusal.value.code == "about-candidate"


def test_a_case_that_does_not_open_is_counted_and_keeps_nobody_out(world: World, sari: Teller, dewi: Proposal) -> None:
    receipt = sari.tells()
    Grant.objects.filter(report_id=receipt.report_id, holder__unit=world.unit()).update(wrapped=b"swapped")

    _candidate, check = looked(world, dewi)

    assert (check.unopened, check.found) == (1, ())
    joining.confirm(dewi, check, desk=world.desk("wulan"), at=NOW)


def test_who_gets_no_key_is_not_looked_for(world: World, sari: Teller) -> None:
    about(sari, "Oki Setiawan")
    row = proposed(world, "oki", role=Role.EDITOR)

    assert joining.candidate_of(row, desk=world.desk("wulan")).units == ()
    joining.confirm(row, None, desk=world.desk("wulan"), at=NOW)

    assert world.officer("oki").roles.filter(role="editor").exists()


def test_new_keys_of_a_member_are_looked_for_like_a_new_member(world: World, sari: Teller) -> None:
    receipt = about(sari, "Rahmat Hidayat")
    officer, made = renewing.prepare(
        world.officer("rahmat").id, passphrase=cast.PASSPHRASE + " baru", by=world.officer("tono"), on=NOW.date()
    )
    row = renewing.propose(officer, made, by=world.officer("tono"), at=NOW)
    desk = world.desk("wulan")
    candidate = joining.candidate_of(row, desk=desk)
    check = joining.go_on(joining.begin(candidate, desk=desk), candidate, desk=desk, at=NOW)
    assert candidate.units == (world.unit(),)
    with pytest.raises(Refused):
        joining.confirm(row, check, desk=desk, at=NOW)

    assert [row.why_not for row in joining.keep_out(check, candidate, desk=desk, at=NOW)] == [None]
    joining.confirm(row, check, desk=desk, at=NOW)

    assert excluding.admitted(case_of(receipt)) == {world.officer("wulan").id}


def test_p30_no_row_and_no_entry_of_the_log_says_who_is_named(world: World, sari: Teller, dewi: Proposal) -> None:
    receipt, desk = about(sari, DEWI), world.desk("wulan")
    rows_before = Entry.objects.count()
    keeps_out(world, dewi)

    case, hers = case_of(receipt), world.officer("dewi")
    rows = [case, *Step.objects.filter(case=case), *Grant.objects.filter(report_id=case.report_id)]
    since = Entry.objects.order_by("sequence")[rows_before:]
    about_the_case = [entry.facts for entry in since if entry.subject == case.id]
    clear = serializers.serialize("json", rows) + json.dumps(about_the_case)
    for telling in ("dewi", hers.name, str(hers.id), str(hers.holder.id)):
        assert telling not in clear
    # That somebody was looked for is logged, whatever was found: the same for who has to do with nothing.
    looks = [entry for entry in since if entry.deed == "check-candidate"]
    assert [(entry.subject, entry.by, entry.facts) for entry in looks] == [(hers.id, desk.officer.id, {})]


def test_p31_the_administrator_and_who_proposed_look_for_nobody(world: World, sari: Teller, dewi: Proposal) -> None:
    about(sari, DEWI)
    for login in ("tono", "dewi", "ina", "hadi"):
        desk = world.desk(login)
        candidate = joining.candidate_of(dewi, desk=desk)
        check = joining.begin(candidate, desk=desk)
        assert check.total == 0
        with pytest.raises((NotThere, Refused)):
            joining.confirm(dewi, check, desk=desk, at=NOW)
    assert not staff.has_key(dewi.officer, dewi.unit)
