"""A disclosure: asked with a reason, decided by two, for one officer until a day; the reporter reads the outcome."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import translation

from tests import custody as story
from tests import world as cast
from tests.custody import UNTIL, WHO
from tests.world import ITJEN, NOW, Teller, World, case_of
from wise.audit import log, proof
from wise.audit.models import Entry
from wise.casework import allowing, custody, disclosing
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.keys import directory, grants, rotation
from wise.keys.models import Grant
from wise.refusals import NotThere, Refused
from wise.vault.models import Disclosure, Term, Turn

LATER = NOW + datetime.timedelta(days=4)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return story.tells(sari)


def refused(deed: Any) -> str:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code


def told(sari: Teller, receipt: Receipt, *, at: datetime.datetime = NOW) -> list[str]:
    with translation.override("en"):
        return [str(event.title) for event in sari.report(receipt, at=at).timeline]


def test_with_both_custodians_word_ina_reads_who_sari_is(world: World, receipt: Receipt) -> None:
    row = story.allowed(world, receipt)

    assert story.opened(world, receipt, row).identity == WHO
    assert log.count(case_of(receipt).id, deed="open-disclosure") == 1
    assert proof.verify() == []
    assert book.verify() == []


def test_the_originals_are_disclosed_in_the_same_way_and_apart(world: World, receipt: Receipt) -> None:
    row = story.allowed(world, receipt, "originals")

    opened = story.opened(world, receipt, row)
    assert opened.identity is None
    assert [file.name for file in opened.files] == ["IMG_Sari.jpg"]
    assert b"".join(opened.files[0].chunks_as_it_came()) == story.PHOTO
    assert b"".join(world.read(receipt, by="ina").files[0].chunks()) != story.PHOTO
    assert world.read(receipt, by="ina").files[0].original is None
    keys = grants.held(row.id, keyring=world.desk("ina").keyring, vouched=_vouched(row))
    assert grants.IDENTITY not in keys


def _vouched(row: Disclosure) -> Any:
    return Disclosure.objects.get(id=row.id).commitments


def test_each_opening_is_logged_with_who_and_when(world: World, receipt: Receipt) -> None:
    row = story.allowed(world, receipt)
    for _ in range(3):
        story.opened(world, receipt, row)

    entries = Entry.objects.filter(deed="open-disclosure", subject=case_of(receipt).id)
    assert {(entry.by, entry.at) for entry in entries} == {(world.officer("ina").id, NOW)}
    assert [entry.facts for entry in entries] == [{"disclosure": str(row.id), "kind": "identity"}] * 3


def test_the_case_itself_opens_no_identity_for_who_was_allowed_to_read_it(world: World, receipt: Receipt) -> None:
    """A page of the case needs no identity, so its request never has the key in hand."""
    story.allowed(world, receipt)
    case = case_of(receipt)
    keys = grants.held(case.report_id, keyring=world.desk("ina").keyring, vouched=case.report.commitments)
    assert not any(map(grants.is_confided, keys))


def test_reason_and_purpose_are_read_by_asker_and_custodians_alone(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)

    read = custody.read(row.id, desk=world.desk("kartika"))
    assert (read.reason, read.purpose) == (story.REASON, story.PURPOSE)
    assert read.case.agenda_number == case_of(receipt).agenda_number
    (line,) = disclosing.of_case(case_of(receipt).id, desk=world.desk("ina")).lines
    assert (line.mine, line.reason, line.purpose) == (True, story.REASON, story.PURPOSE)
    (line,) = disclosing.of_case(case_of(receipt).id, desk=world.desk("fajar")).lines
    assert (line.mine, line.can_open, line.reason, line.purpose) == (False, False, "", "")
    clear = [bytes(turn.sealed or b"") for turn in Turn.objects.all()]
    assert not any(word.encode() in sealed for sealed in clear for word in (story.REASON, story.PURPOSE))


def test_sari_reads_that_it_was_asked_and_allowed_and_by_whom_not(world: World, sari: Teller, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    assert "The unit asked for the identity that you confided. Two custodian units decide about it." in told(
        sari, receipt
    )
    story.decided(world, row, by="kartika")
    before = told(sari, receipt)
    story.decided(world, row, by="kusuma")

    after = told(sari, receipt)
    last = "until 23 October 2026 one officer of the unit may read the identity that you confided."
    assert after == [*before, f"The request was allowed: {last}"]
    events = sari.report(receipt).timeline
    assert {(event.at, event.who) for event in events} == {(None, "")}
    assert not any(name in str(events) for name in ("Ina", "Kartika", "Kusuma", "Kustodian"))


def test_a_refusal_keeps_its_reason_for_who_asked(world: World, sari: Teller, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    assert refused(lambda: story.decided(world, row, by="kartika", allowed=False)) == "answer-missing"
    story.decided(world, row, by="kartika", allowed=False, answer="Saksi lain cukup")

    (line,) = disclosing.of_case(case_of(receipt).id, desk=world.desk("ina")).lines
    assert (line.row.state_code, line.answer) == ("refused", "Saksi lain cukup")
    assert "The request was refused. By it nobody has read your identity." in told(sari, receipt)
    (done,) = custody.decided(world.desk("kartika")).lines
    assert done.row.id == row.id
    assert custody.read(row.id, desk=world.desk("kartika")).turns[0][1] == "Saksi lain cukup"
    with pytest.raises(NotThere):
        custody.read(row.id, desk=world.desk("kusuma"))
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)


def test_the_second_unit_may_refuse_too_and_the_box_is_gone(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    story.decided(world, row, by="kartika")
    story.decided(world, row, by="kusuma", allowed=False, answer="Tidak perlu")

    kept = Disclosure.objects.get(id=row.id)
    assert (kept.state_code, kept.passed, kept.until) == ("refused", None, None)
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)


def test_after_the_last_day_it_opens_nothing_and_the_grant_is_deleted(world: World, receipt: Receipt) -> None:
    row = story.allowed(world, receipt)
    last = NOW + datetime.timedelta(days=3)
    assert story.opened(world, receipt, row, at=last).identity == WHO

    with pytest.raises(NotThere):
        story.opened(world, receipt, row, at=LATER)
    assert allowing.end_what_is_over(at=last) == 0
    assert allowing.end_what_is_over(at=LATER) == 1
    assert allowing.end_what_is_over(at=LATER) == 0
    assert Disclosure.objects.get(id=row.id).state_code == "ended"
    assert {tuple(grant.compartments) for grant in Grant.objects.filter(report_id=row.id)} == {("words",)}
    entry = Entry.objects.get(deed="end-disclosure")
    assert (entry.by, entry.facts) == (None, {"disclosure": str(row.id), "state": "ended"})
    assert proof.verify() == []


def test_what_nobody_decides_comes_to_nothing_and_sari_reads_so(world: World, sari: Teller, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    story.decided(world, row, by="kartika")
    much_later = NOW + datetime.timedelta(days=15)

    assert allowing.end_what_is_over(at=much_later) == 1
    kept = Disclosure.objects.get(id=row.id)
    assert (kept.state_code, kept.passed) == ("nothing", None)
    assert refused(lambda: story.decided(world, row, by="kusuma", at=much_later)) == "not-there"
    assert any("came to nothing" in title for title in told(sari, receipt, at=much_later))


def test_what_has_waited_too_long_is_not_decided_even_where_nobody_has_ended_it(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    row = story.asked(world, receipt)
    late = NOW + datetime.timedelta(days=15)
    assert refused(lambda: story.decided(world, row, by="kartika", until=late.date(), at=late)) == "too-late"
    assert Disclosure.objects.get(id=row.id).state_code == "nothing"
    assert any("came to nothing" in title for title in told(sari, receipt, at=late))


def test_the_second_unit_opens_nothing_after_the_last_day_that_the_first_has_set(
    world: World, receipt: Receipt
) -> None:
    row = story.asked(world, receipt)
    story.decided(world, row, by="kartika")
    assert refused(lambda: story.decided(world, row, by="kusuma", at=LATER)) == "too-late"
    kept = Disclosure.objects.get(id=row.id)
    assert (kept.state_code, kept.passed) == ("nothing", None)
    assert {tuple(grant.compartments) for grant in Grant.objects.filter(report_id=row.id)} == {("words",)}


def test_no_envelope_is_printed_after_the_last_day_even_where_nobody_has_ended_it(
    world: World, receipt: Receipt
) -> None:
    row = story.allowed(world, receipt, "envelope")
    last = NOW + datetime.timedelta(days=3)
    assert allowing.envelope(row.id, desk=world.desk("kusuma", at=last), at=last) == WHO
    with pytest.raises(NotThere):
        allowing.envelope(row.id, desk=world.desk("kusuma", at=LATER), at=LATER)
    assert Disclosure.objects.get(id=row.id).state.is_open


@pytest.mark.parametrize("when", ["before", "between"])
def test_the_keys_of_both_custodian_units_are_renewed_meanwhile_and_nothing_is_lost(
    world: World, receipt: Receipt, when: str
) -> None:
    row = story.asked(world, receipt)
    if when == "before":
        _renew(world)
    story.decided(world, row, by="kartika")
    if when == "between":
        _renew(world)
    story.decided(world, row, by="kusuma")
    assert story.opened(world, receipt, row).identity == WHO
    assert custody.read(row.id, desk=world.desk("kartika")).reason == story.REASON


def _renew(world: World) -> None:
    """Both units get a new key pair, and move what they can."""
    for login, kind in (("kartika", "custodian_outer"), ("kusuma", "custodian_inner")):
        holder = directory.holder_of(world.unit(kind, office=ITJEN))
        desk = world.desk(login)
        rotation.renew(holder.id, seed=desk.keyring.seeds[holder.id], by=desk.officer, at=NOW)
        rotation.move_batch(holder.id, keyring=world.desk(login).keyring, at=NOW + datetime.timedelta(days=2))


def test_the_terms_are_data(world: World, receipt: Receipt) -> None:
    Term.objects.filter(kind="identity").update(most=1)
    row = story.asked(world, receipt)
    assert refused(lambda: story.decided(world, row, by="kartika")) == "until-missing"
    story.decided(world, row, by="kartika", until=NOW.date() + datetime.timedelta(days=1))
    for until in (None, NOW.date() - datetime.timedelta(days=1)):
        other = story.asked(world, receipt, "originals")
        assert refused(lambda row=other, until=until: story.decided(world, row, by="kartika", until=until)) == (
            "until-missing"
        )
        disclosing.cancel(case_of(receipt).id, other.id, desk=world.desk("ina"), at=NOW)


def test_who_asked_can_give_it_back_before_its_time(world: World, receipt: Receipt) -> None:
    row = story.allowed(world, receipt)
    with pytest.raises(NotThere):
        disclosing.cancel(case_of(receipt).id, row.id, desk=world.desk("fajar"), at=NOW)
    disclosing.cancel(case_of(receipt).id, row.id, desk=world.desk("ina"), at=NOW)

    with pytest.raises(NotThere):
        story.opened(world, receipt, row)
    assert {tuple(grant.compartments) for grant in Grant.objects.filter(report_id=row.id)} == {("words",)}


def test_one_request_of_a_kind_waits_at_a_time(world: World, receipt: Receipt) -> None:
    story.asked(world, receipt)
    assert refused(lambda: story.asked(world, receipt, by="fajar")) == "is-asked"
    story.asked(world, receipt, "originals")
    offered = disclosing.of_case(case_of(receipt).id, desk=world.desk("ina")).offered
    assert [kind.code for kind in offered] == ["envelope"]


def test_where_nothing_was_confided_nothing_can_be_asked_for(world: World, sari: Teller) -> None:
    receipt = story.tells(sari, identity=None, files=0)
    assert disclosing.of_case(case_of(receipt).id, desk=world.desk("ina")).offered == ()
    for kind in ("identity", "originals", "envelope"):
        assert refused(lambda kind=kind: story.asked(world, receipt, kind)) == "nothing-to-disclose"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": " "}, "reason-missing"),
        ({"purpose": ""}, "purpose-missing"),
        ({"reason": "x" * 2001}, "words-long"),
        ({"kind_code": "everything"}, "kind-missing"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    world: World, receipt: Receipt, changed: dict[str, str], code: str
) -> None:
    given = {"kind_code": "identity", "reason": "a", "purpose": "b"} | changed
    desk = world.desk("ina")
    assert refused(lambda: disclosing.ask(case_id=case_of(receipt).id, desk=desk, at=NOW, **given)) == code
    assert not Disclosure.objects.exists()


def test_the_unit_reads_in_its_history_who_asked_and_which_units_decided(world: World, receipt: Receipt) -> None:
    story.allowed(world, receipt)
    with translation.override("en"):
        events = [(str(event.title), event.who) for event in world.read(receipt, by="fajar").timeline[-3:]]
    assert events == [
        ("Asked for: The reporter's identity", "Ina Kusumawati"),
        ("The first custodian unit agreed: The reporter's identity", "Kustodian Identitas A"),
        ("Both custodian units agreed: The reporter's identity", "Kustodian Identitas B"),
    ]


def test_the_lists_of_the_custodians_are_paged(world: World, sari: Teller) -> None:
    rows = [story.asked(world, story.tells(sari, files=0)) for _ in range(custody.PAGE + 1)]
    kartika = world.desk("kartika")
    first, second = custody.waiting(kartika), custody.waiting(kartika, page=2)
    assert (len(first.lines), first.has_next, len(second.lines), second.has_next) == (custody.PAGE, True, 1, False)
    assert {line.row.id for page in (first, second) for line in page.lines} == {row.id for row in rows}
    assert custody.waiting(world.desk("kusuma")).lines == ()
    story.decided(world, rows[0], by="kartika")
    assert [line.row.id for line in custody.waiting(world.desk("kusuma")).lines] == [rows[0].id]
    assert [line.row.id for line in custody.decided(kartika).lines] == [rows[0].id]


def test_an_unknown_request_is_not_there(world: World, receipt: Receipt) -> None:
    for deed in (
        lambda: story.opened(world, receipt, uuid.uuid4()),
        lambda: custody.read(uuid.uuid4(), desk=world.desk("kartika")),
        lambda: allowing.decide(uuid.uuid4(), allowed=True, until=UNTIL, desk=world.desk("kartika"), at=NOW),
    ):
        assert refused(deed) == "not-there"
