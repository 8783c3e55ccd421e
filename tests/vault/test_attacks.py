"""The vault attacked: by who has half the keys, by who changes rows, by who comes too late, and by who is concerned."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.db import transaction

from tests import custody as story
from tests import tables
from tests import world as cast
from tests.custody import UNTIL, WHO
from tests.world import ITJEN, NOW, Teller, World, case_of
from wise.casework import access, allowing, custody, disclosing
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.keys import directory, grants, membership
from wise.keys.grants import To
from wise.keys.models import Grant, Membership
from wise.people.kinds import Role
from wise.people.models import Officer, OfficerRole
from wise.refusals import NotThere, Refused
from wise.vault import disclosures
from wise.vault.deposits import Identity
from wise.vault.models import Deposit, Disclosure, Turn

HEAD_OFFICE = cast.HEAD_OFFICE
NOBODYS = ["tono", "agus", "hadi", "wulan", "maya", "dewi", "edi", "nur"]


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


def opens_with(world: World, login: str) -> list[bytes]:
    """Every plaintext that somebody's keys get out of any box in the database, one layer deep."""
    found = []
    for seed in world.desk(login).keyring.seeds.values():
        for grant in Grant.objects.all():
            try:
                found.append(boxes.unwrap(bytes(grant.wrapped), seed=seed, context=grants._context(grant, "outer")))
            except Unopenable:
                continue
    return found


def names_in(found: list[bytes]) -> set[str]:
    """The compartments whose keys are among these plaintexts in the clear."""
    names: set[str] = set()
    for text in found:
        try:
            names |= set(json.loads(text))
        except ValueError:
            continue
    return names


def test_ina_opens_nothing_before_both_have_decided(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)
    story.decided(world, row, by="kartika")
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)
    assert "identity" not in names_in(opens_with(world, "ina"))
    for login in ("ina", "fajar"):
        with pytest.raises(NotThere):
            allowing.decide(row.id, allowed=True, until=UNTIL, desk=world.desk(login), at=NOW)


def test_kartika_alone_takes_off_a_box_and_finds_another(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    assert names_in(opens_with(world, "kartika")) == {"words"}
    story.decided(world, row, by="kartika")
    # She decided for the first unit; the second one's decision is not hers, whatever she sends.
    assert refused(lambda: story.decided(world, row, by="kartika")) == "decided-already"
    passed = bytes(Disclosure.objects.get(id=row.id).passed or b"")
    nested = grants.nested(uuid.UUID(receipt.report_id), compartment="identity")
    assert nested is not None
    for seed in world.desk("kartika").keyring.seeds.values():
        with pytest.raises(Unopenable):
            boxes.unwrap(passed, seed=seed, context=grants._context(nested, "inner"))


def test_kusuma_alone_opens_no_box_and_sees_no_request(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    assert names_in(opens_with(world, "kusuma")) == {"words"}
    with pytest.raises(NotThere):
        story.decided(world, row, by="kusuma")
    assert custody.waiting(world.desk("kusuma")).lines == ()
    nested = grants.nested(uuid.UUID(receipt.report_id), compartment="identity")
    assert nested is not None
    with pytest.raises(Unopenable):
        grants.take_off(nested, keyring=world.desk("kusuma").keyring)
    # Somebody sets the state by hand: the row does not carry its tag any more, and there is no inner box.
    Disclosure.objects.filter(id=row.id).update(state_code="passed", until=UNTIL)
    with pytest.raises(Unopenable):
        story.decided(world, row, by="kusuma")


@pytest.mark.parametrize("compartment", ["identity", "originals"])
def test_p36_boxes_that_changed_places_between_reports_do_not_open(
    world: World, sari: Teller, receipt: Receipt, compartment: str
) -> None:
    budi = story.tells(cast.join("angin laut"), identity=Identity("Budi"))
    mine, his = (grants.nested(uuid.UUID(each.report_id), compartment=compartment) for each in (receipt, budi))
    assert mine is not None
    assert his is not None
    Grant.objects.filter(id=mine.id).update(wrapped=his.wrapped)
    Grant.objects.filter(id=his.id).update(wrapped=mine.wrapped)
    row = story.asked(world, receipt, compartment)
    with pytest.raises(Unopenable):
        story.decided(world, row, by="kartika")


def test_p36_the_passed_box_of_another_report_does_not_open(world: World, receipt: Receipt) -> None:
    budi = story.tells(cast.join("angin laut"), identity=Identity("Budi"))
    rows = [story.asked(world, each) for each in (receipt, budi)]
    for row in rows:
        story.decided(world, row, by="kartika")
    mine, his = (Disclosure.objects.get(id=row.id) for row in rows)
    mine.passed = his.passed
    mine.tag = disclosures._tag(mine)  # even with the server secret in hand
    mine.save()
    with pytest.raises(Unopenable):
        story.decided(world, mine, by="kusuma")


def test_p36_a_key_that_nobody_vouched_for_is_not_passed_on(world: World, receipt: Receipt) -> None:
    """Whoever plants a box for the custodians makes them vouch for nothing."""
    report_id = uuid.UUID(receipt.report_id)
    nested = grants.nested(report_id, compartment="identity")
    assert nested is not None
    to = To(nested.holder, inner=nested.inner)
    nested.delete()
    grants.store([grants.prepare(grants.new_keys("identity"), report_id=report_id, to=to, on=NOW.date())])
    row = story.asked(world, receipt)
    story.decided(world, row, by="kartika")
    with pytest.raises(Unopenable):
        story.decided(world, row, by="kusuma")
    assert not Grant.objects.filter(report_id=row.id, holder=world.officer("ina").holder).exclude(
        compartments=["words"]
    )


def test_p36_nobody_steps_into_the_askers_place_or_gives_themselves_more_time(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    story.decided(world, row, by="kartika")
    for changed in (
        {"asked_by": world.officer("fajar")},
        {"until": UNTIL.replace(year=2036)},
        {"kind_code": "envelope"},
    ):
        before = Disclosure.objects.get(id=row.id)
        Disclosure.objects.filter(id=row.id).update(**changed)
        with pytest.raises(Unopenable):
            story.decided(world, row, by="kusuma")
        before.save()
    story.decided(world, row, by="kusuma")
    Disclosure.objects.filter(id=row.id).update(reader=world.officer("fajar"))
    with pytest.raises(Unopenable):
        story.opened(world, receipt, row, by="fajar")


def test_a_wrapped_key_put_back_after_the_end_opens_nothing(world: World, receipt: Receipt) -> None:
    row = story.allowed(world, receipt)
    kept = list(Grant.objects.filter(report_id=row.id))
    as_it_was = Disclosure.objects.get(id=row.id)
    later = NOW + datetime.timedelta(days=4)
    allowing.end_what_is_over(at=later)

    Grant.objects.bulk_create([grant for grant in kept if grant.compartments != ["words"]])
    with pytest.raises(NotThere):
        story.opened(world, receipt, row, at=later)
    as_it_was.save()  # the row too, from an old copy
    with pytest.raises(NotThere):
        story.opened(world, receipt, row, at=later)


def test_who_left_the_unit_opens_nothing_although_the_time_runs(world: World, receipt: Receipt) -> None:
    row = story.allowed(world, receipt)
    role = OfficerRole.objects.get(officer=world.officer("ina"))
    role.ends_on = NOW.date() - datetime.timedelta(days=1)
    directory.enter(role)
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)


def test_a_former_custodian_decides_nothing_more(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    role = OfficerRole.objects.get(officer=world.officer("kartika"))
    role.ends_on = NOW.date() - datetime.timedelta(days=1)
    directory.enter(role)
    with pytest.raises(NotThere):
        story.decided(world, row, by="kartika")
    assert not custody.guards(world.desk("kartika"))


def test_when_the_case_leaves_the_unit_what_was_allowed_ends(world: World, sari: Teller, receipt: Receipt) -> None:
    row, other = story.allowed(world, receipt), story.asked(world, receipt, "originals")
    world.take("verify", receipt, by="ina")
    world.take("refer", receipt, by="ina", note="Bukan kami", unit=world.unit(office=HEAD_OFFICE))

    with pytest.raises(NotThere):
        story.opened(world, receipt, row)
    assert set(Disclosure.objects.values_list("state_code", flat=True)) == {"ended", "nothing"}
    assert not Grant.objects.filter(report_id__in=[row.id, other.id]).exclude(compartments=["words"]).exists()
    assert disclosing.of_case(case_of(receipt).id, desk=world.desk("maya")).lines == ()
    with pytest.raises(NotThere):
        story.decided(world, other, by="kartika")


def test_who_is_excluded_loses_what_was_disclosed_and_a_grant_of_their_own_lets_nobody_in(
    world: World, receipt: Receipt
) -> None:
    """A disclosed identity must not count as being admitted to a restricted case."""
    row = story.allowed(world, receipt)
    waiting = story.asked(world, receipt, "originals")
    world.take("exclude", receipt, by="fajar", note="x", excluded=frozenset({world.officer("ina").id}))

    assert not access.cases_of(world.desk("ina")).exists()
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)
    assert not Grant.objects.filter(report_id__in=[row.id, waiting.id]).exclude(compartments=["words"]).exists()


def test_a_request_of_who_may_not_see_the_case_any_more_comes_to_nothing(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    ina = world.officer("ina")
    Officer.objects.filter(id=ina.id).update(is_active=False)
    assert refused(lambda: story.decided(world, row, by="kartika")) == "asker-left"
    assert Disclosure.objects.get(id=row.id).state_code == "nothing"


@pytest.mark.parametrize("login", NOBODYS)
def test_p31_whoever_has_nothing_to_do_with_it_has_nothing(world: World, receipt: Receipt, login: str) -> None:
    row, waiting = story.allowed(world, receipt), story.asked(world, receipt, "originals")
    desk, case = world.desk(login), case_of(receipt)
    for deed in (
        lambda: story.asked(world, receipt, "envelope", by=login),
        lambda: story.opened(world, receipt, row, by=login),
        lambda: disclosing.of_case(case.id, desk=desk),
        lambda: disclosing.cancel(case.id, waiting.id, desk=desk, at=NOW),
        lambda: custody.read(waiting.id, desk=desk),
        lambda: custody.waiting(desk),
        lambda: custody.decided(desk),
        lambda: story.decided(world, waiting, by=login),
        lambda: allowing.envelope(waiting.id, desk=desk, at=NOW),
    ):
        assert refused(deed) == "not-there"
    assert not names_in(opens_with(world, login)) & {"words", "identity", "originals"}


def test_the_head_of_office_before_whom_a_case_lies_asks_for_nothing(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(identity=WHO))
    desk = world.desk("hadi")
    case_of(receipt).__class__.objects.filter(report_id=receipt.report_id).update(lead=world.unit("leadership"))
    with pytest.raises(NotThere):
        disclosing.of_case(case_of(receipt).id, desk=desk)
    with pytest.raises(NotThere):
        story.asked(world, receipt, by="hadi")


def test_nobody_decides_what_they_asked_for(world: World, receipt: Receipt) -> None:
    """Ina becomes a custodian of the first unit as well: her own request waits for somebody else."""
    _joins(world, "ina", "custodian_outer")
    row = story.asked(world, receipt)
    desk = world.desk("ina")
    assert custody.guards(desk)
    assert custody.waiting(desk).lines == ()
    with pytest.raises(NotThere):
        story.decided(world, row, by="ina")
    assert not Grant.objects.filter(report_id=row.id, holder__unit__kind="custodian_outer").exists()
    story.decided(world, row, by="kartika")
    story.decided(world, row, by="kusuma")
    assert story.opened(world, receipt, row).identity == WHO


def test_one_person_does_not_decide_twice_after_changing_from_one_unit_to_the_other(
    world: World, receipt: Receipt
) -> None:
    row = story.asked(world, receipt)
    story.decided(world, row, by="kartika")
    kartika = world.officer("kartika")
    Membership.objects.filter(holder=kartika.holder).delete()
    OfficerRole.objects.filter(officer=kartika).delete()
    _joins(world, "kartika", "custodian_inner")

    assert custody.waiting(world.desk("kartika")).lines == ()
    assert custody.read(row.id, desk=world.desk("kartika")).barred
    assert refused(lambda: story.decided(world, row, by="kartika")) == "not-yours-to-decide"
    story.decided(world, row, by="kusuma")


def test_nobody_is_let_into_both_custodian_units(world: World) -> None:
    tono, kartika = world.officer("tono"), world.officer("kartika")
    unit = world.unit("custodian_inner", office=ITJEN)
    with pytest.raises(Refused) as found:
        membership.propose(kartika, unit=unit, role=Role.CUSTODIAN, by=tono, at=NOW)
    assert found.value.code == "both-custodians"


@pytest.mark.parametrize("unit", ["custodian_outer", "custodian_inner"])
def test_p30_a_custodian_whom_the_case_concerns_never_learns_of_the_request(
    world: World, receipt: Receipt, unit: str
) -> None:
    _joins(world, "agus", unit)
    world.take("verify", receipt, by="ina")
    world.take("name_persons", receipt, by="ina", reported=("Agus  wibowo",))
    # He belongs to IBI too, so that the case would have left it; he is no auditor there any more in this story.
    row = story.asked(world, receipt)

    desk = world.desk("agus")
    assert custody.waiting(desk).lines == ()
    with pytest.raises(NotThere):
        custody.read(row.id, desk=desk)
    first = story.decided(world, row, by="kartika")
    assert custody.waiting(desk).lines == ()
    story.decided(world, first, by="kusuma")
    assert "words" not in names_in(opens_with(world, "agus"))


def test_where_all_of_a_custodian_unit_are_concerned_nobody_decides(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="ina")
    world.take("name_persons", receipt, by="ina", reported=("Kusuma Wardani",))
    assert refused(lambda: story.asked(world, receipt)) == "nobody-decides"
    assert not Disclosure.objects.exists()


def test_whoever_has_the_database_alone_finds_no_name_and_no_reason(world: World, receipt: Receipt) -> None:
    row = story.asked(world, receipt)
    story.decided(world, row, by="kartika", answer="Boleh, tiga hari")
    story.decided(world, row, by="kusuma")
    dump = repr(tables.Snapshot.take().rows).encode()
    words = (WHO.name, "Jalan Melati", story.REASON, story.PURPOSE, "Boleh, tiga hari", "IMG_Sari")
    assert not any(repr(word.encode())[2:-1].encode() in dump or word.encode() in dump for word in words)


def test_p38_what_happened_cannot_be_changed_and_a_planted_turn_is_found(world: World, receipt: Receipt) -> None:
    story.allowed(world, receipt)
    turn = Turn.objects.filter(deed="allowed").get()
    for change in (turn.delete, lambda: Turn.objects.filter(id=turn.id).update(deed="refused")):
        with pytest.raises(Exception, match="insert-only"), transaction.atomic():
            change()
    turn.id, turn.order, turn.deed = uuid.uuid4(), 900, "refused"
    turn.save(force_insert=True)
    assert [flaw.where for flaw in book.verify()] == [f"turn {turn.id}"]


def test_a_planted_deposit_opens_nothing(world: World, sari: Teller, receipt: Receipt) -> None:
    row = Deposit.objects.get(report_id=receipt.report_id)
    row.id, row.on = uuid.uuid4(), row.on - datetime.timedelta(days=1)
    row.save(force_insert=True)
    with pytest.raises(Unopenable):
        sari.report(receipt)
    assert len(book.verify()) == 1


def _joins(world: World, login: str, kind: str) -> None:
    """An officer becomes a custodian, and nothing else any more but what they were."""
    unit, officer = world.unit(kind, office=ITJEN), world.officer(login)
    member = {"custodian_outer": "kartika", "custodian_inner": "kusuma"}[kind]
    seed = world.desk(member).keyring.seeds[directory.holder_of(unit).id]
    if login == "agus":
        OfficerRole.objects.filter(officer=officer).delete()
    membership.appoint_first(officer, unit=unit, role=Role.CUSTODIAN, unit_seed=seed, on=NOW.date())
