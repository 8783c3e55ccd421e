"""A unit's key is renewed and its grants move to the new one: nothing is lost, and nobody gets it who left."""

import datetime
import uuid

import pytest

from tests import world as cast
from tests.world import ITJEN, NOW, Teller, World, case_of
from wise.audit.models import Entry
from wise.casework import access, reading
from wise.casework.intake import Receipt
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.keys import directory, grants, keyring, membership, old_keys, pairs, rotation, staff
from wise.keys.directory import Altered
from wise.keys.keyring import Keyring
from wise.keys.models import Grant, Holder, KeyDue, Membership, OldKey
from wise.people.kinds import Role
from wise.people.models import OfficerRole, Unit
from wise.refusals import NotThere, Refused
from wise.vault.deposits import Identity

LATER = NOW + datetime.timedelta(days=2)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _holder(world: World, unit: Unit | None = None) -> Holder:
    return Holder.objects.select_related("unit").get(unit=unit or world.unit())


def _renew(world: World, *, by: str = "wulan", unit: Unit | None = None) -> bytes:
    """Renew a unit's key; returns the seed that it had before."""
    desk, holder = world.desk(by), _holder(world, unit)
    before = desk.keyring.seeds[holder.id]
    rotation.renew(holder.id, seed=before, by=desk.officer, at=NOW)
    return before


def _versions(receipt: Receipt, holder: Holder) -> list[int]:
    rows = Grant.objects.filter(report_id=receipt.report_id, holder=holder)
    return list(rows.values_list("holder_version", flat=True))


def _end(world: World, login: str, *, unit: Unit | None = None) -> None:
    """End every role of an officer at a unit, as a term that ran out leaves it: the box is still there."""
    for row in OfficerRole.objects.filter(officer__login=login, unit=unit or world.unit()):
        row.ends_on = NOW.date() - datetime.timedelta(days=1)
        directory.enter(row)


def test_members_and_board_have_the_new_key_and_what_was_granted_before_still_opens(world: World, sari: Teller) -> None:
    receipt, before = sari.tells(), bytes(_holder(world).public_key)

    _renew(world)

    holder = _holder(world)
    assert (holder.version, bytes(holder.public_key) != before) == (2, True)
    assert set(holder.members.values_list("holder__officer__login", flat=True)) == {"wulan", "rahmat", None}
    assert _versions(receipt, holder) == [1]
    for login in ("wulan", "rahmat"):
        keys = access.keys_of(case_of(receipt), keyring=world.desk(login).keyring)
        assert grants.CONTENT in keys
    assert directory.flaws() == pairs.flaws() == []


def test_what_is_sent_afterwards_is_wrapped_for_the_new_key(world: World, sari: Teller) -> None:
    old = _renew(world)
    receipt, holder = sari.tells(), _holder(world)

    assert _versions(receipt, holder) == [2]
    assert world.read(receipt, by="rahmat").told.what == "Antre di loket tiga jam"
    with pytest.raises(Unopenable):
        access.keys_of(case_of(receipt), keyring=Keyring({holder.id: old}))


def test_a_grant_moves_when_a_member_opens_the_case_and_the_others_wait(world: World, sari: Teller) -> None:
    receipt, other = sari.tells(), sari.tells()
    old, holder = _renew(world), _holder(world)

    world.read(receipt, by="rahmat")

    assert (_versions(receipt, holder), _versions(other, holder)) == ([2], [1])
    assert world.read(receipt, by="wulan").told.what == "Antre di loket tiga jam"
    with pytest.raises(Unopenable):
        access.keys_of(case_of(receipt), keyring=Keyring({holder.id: old}))


def test_the_old_seed_opens_what_it_opened_in_an_old_copy_alone(world: World, sari: Teller) -> None:
    """Documented as not promised: who has an old copy of the database, the secret and the old key opens that copy."""
    receipt, holder = sari.tells(), _holder(world)
    copy = Grant.objects.get(report_id=receipt.report_id, holder=holder)
    old = _renew(world)
    world.read(receipt, by="wulan")

    opened = boxes.unwrap(bytes(copy.wrapped), seed=old, context=grants._context(copy, "outer"))
    assert grants.CONTENT in opened.decode()
    now = Grant.objects.get(id=copy.id)
    with pytest.raises(Unopenable):
        boxes.unwrap(bytes(now.wrapped), seed=old, context=grants._context(now, "outer"))


def test_grants_move_in_batches_that_say_how_far_they_are(world: World, sari: Teller) -> None:
    receipts = [sari.tells() for _ in range(5)]
    _renew(world)
    desk, holder = world.desk("wulan"), _holder(world)
    assert rotation.progress(holder) == rotation.Progress(moved=0, left=5, inner=0)

    steps = [rotation.move_batch(holder.id, keyring=desk.keyring, at=NOW, most=2) for _ in range(3)]

    assert [(step.moved, step.left, step.total, step.stuck) for step in steps] == [
        (2, 3, 5, 0),
        (4, 1, 5, 0),
        (5, 0, 5, 0),
    ]
    for receipt in receipts:
        assert world.read(receipt, by="rahmat").told.what == "Antre di loket tiga jam"


def test_a_key_renewed_three_times_still_opens_the_oldest_grant(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    for _ in range(3):
        _renew(world)

    assert _versions(receipt, _holder(world)) == [1]
    assert world.read(receipt, by="wulan").told.what == "Antre di loket tiga jam"
    assert _versions(receipt, _holder(world)) == [4]


def test_an_old_key_goes_once_nothing_names_it_but_never_while_something_may_be_on_its_way(
    world: World, sari: Teller
) -> None:
    sari.tells()
    _renew(world)
    holder = _holder(world)

    rotation.move_batch(holder.id, keyring=world.desk("wulan").keyring, at=NOW)
    assert OldKey.objects.filter(unit=holder).exists()
    rotation.move_batch(holder.id, keyring=world.desk("wulan").keyring, at=LATER)
    assert not OldKey.objects.filter(unit=holder).exists()


def test_an_old_key_stays_while_one_grant_names_an_earlier_one(world: World, sari: Teller) -> None:
    first = sari.tells()
    _renew(world)
    second = sari.tells()
    _renew(world)
    holder = _holder(world)
    world.read(second, by="wulan")

    old_keys.forget(holder, at=LATER)

    assert list(OldKey.objects.filter(unit=holder).order_by("version").values_list("version", flat=True)) == [1, 2]
    assert world.read(first, by="wulan").told.what == "Antre di loket tiga jam"


def test_the_outer_custodians_move_their_box_without_opening_the_inner_one(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(identity=Identity("Sari Ningsih")))
    outer, inner = (world.unit(kind, office=ITJEN) for kind in ("custodian_outer", "custodian_inner"))
    _renew(world, by="kartika", unit=outer)
    _renew(world, by="kusuma", unit=inner)
    a, b = _holder(world, outer), _holder(world, inner)

    moved = rotation.move_batch(a.id, keyring=world.desk("kartika").keyring, at=LATER)
    waits = rotation.move_batch(b.id, keyring=world.desk("kusuma").keyring, at=LATER)

    assert (moved.left, waits.left, waits.inner > 0) == (0, 0, True)
    assert OldKey.objects.filter(unit=b).exists()
    grant = Grant.objects.filter(report_id=receipt.report_id, holder=a).latest("id")
    seed = world.desk("kartika").keyring.seeds[a.id]
    once = boxes.unwrap(bytes(grant.wrapped), seed=seed, context=grants._context(grant, "outer"))
    assert grant.inner_version == 1
    was = old_keys.seed_at(b, version=1, seed=world.desk("kusuma").keyring.seeds[b.id])
    assert boxes.unwrap(once, seed=was, context=grants._context(grant, "inner"))


def test_whose_term_ran_out_gets_no_box_of_the_new_key(world: World) -> None:
    _end(world, "rahmat")
    assert rotation.due([_holder(world).id], on=NOW.date()) == {_holder(world).id}

    desk = world.desk("wulan")
    renewed = rotation.renew_due(by=desk.officer, keyring=desk.keyring, at=NOW)

    assert [holder.unit for holder in renewed] == [world.unit()]
    assert staff.members(world.unit()) == [world.officer("wulan")]
    assert rotation.due([_holder(world).id], on=NOW.date()) == set()
    assert rotation.renew_due(by=desk.officer, keyring=world.desk("wulan").keyring, at=NOW) == []


def test_who_has_not_the_units_key_moves_nothing(world: World, sari: Teller) -> None:
    sari.tells()
    _renew(world)
    for login in ("ina", "tono", "hadi", "kartika"):
        with pytest.raises(NotThere):
            rotation.move_batch(_holder(world).id, keyring=world.desk(login).keyring, at=NOW)
    ring = world.desk("wulan").keyring
    with pytest.raises(NotThere):  # a person's own key is no unit's
        rotation.move_batch(ring.own[0], keyring=ring, at=NOW)


def test_two_who_renew_at_once_renew_once(world: World) -> None:
    before = _renew(world)

    with pytest.raises(Refused) as refused:
        rotation.renew(_holder(world).id, seed=before, by=world.officer("rahmat"), at=NOW)
    assert (refused.value.code, _holder(world).version) == ("key-renewed", 2)


def test_a_key_that_was_renewed_meanwhile_is_handed_to_nobody(world: World) -> None:
    proposal = membership.propose(world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=None, at=NOW)
    desk = world.desk("wulan")
    _renew(world, by="rahmat")

    with pytest.raises(Refused) as refused:
        membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)
    assert refused.value.code == "key-renewed"
    assert not Membership.objects.filter(holder__officer__login="dewi").exists()


def test_p36_a_planted_old_key_stops_everything(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    _renew(world)
    row = OldKey.objects.get()
    planted = boxes.wrap(boxes.new_seed(), public_key=bytes(_holder(world).public_key), context=old_keys._context(row))
    OldKey.objects.filter(id=row.id).update(wrapped=planted)

    with pytest.raises(Altered):
        world.read(receipt, by="wulan")
    assert directory.flaws() == [f"keys.OldKey {row.id}"]
    assert _versions(receipt, _holder(world)) == [1]


def test_p36_an_old_key_that_was_taken_away_opens_nothing_else_instead(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    _renew(world)
    OldKey.objects.all().delete()

    with pytest.raises(Unopenable):
        world.read(receipt, by="wulan")


def test_p36_an_earlier_membership_put_back_opens_nothing_and_is_named(world: World) -> None:
    mine = Membership.objects.get(holder__officer__login="rahmat", unit=_holder(world))
    role = OfficerRole.objects.get(officer__login="rahmat", unit=world.unit())
    world.desk("rahmat")
    _end(world, "rahmat")
    _renew(world)

    role.save()  # both rows as an old backup has them, their tags still right
    mine.save(force_insert=True)

    with pytest.raises(Altered):
        world.desk("rahmat")
    assert directory.flaws() == []
    assert pairs.flaws() == [f"keys.Membership {mine.id}"]


def test_p36_the_earlier_key_put_back_is_noticed_by_the_first_member_and_by_the_log(world: World) -> None:
    was = _holder(world)
    world.desk("wulan")
    _renew(world)

    was.save()  # whatever is sent now would be wrapped for the key that the one who left knows

    with pytest.raises(Altered):
        world.desk("wulan")
    assert directory.flaws() == []
    assert f"keys.Holder {was.id}" in pairs.flaws()


def test_p36_a_planted_box_gets_no_new_key_and_nothing_half_done_stays(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    tono, holder = Holder.objects.get(officer__login="tono"), _holder(world)
    row = Membership(unit=holder, holder=tono, unit_version=1, holder_version=1, wrapped=b"planted", tag=bytes(32))
    row.save()

    with pytest.raises(Altered):
        _renew(world)
    row.delete()

    assert _holder(world).version == 1
    assert not OldKey.objects.exists()
    assert not Entry.objects.filter(deed=pairs.DEED).exists()
    assert world.read(receipt, by="wulan").told.what == "Antre di loket tiga jam"


def test_a_renewal_that_breaks_off_half_way_leaves_everything_as_it_was(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    before = _holder(world)
    Holder.objects.filter(officer__login="rahmat").update(public_key=bytes(1216))  # the last one to get a box

    with pytest.raises(Altered):
        _renew(world)

    assert (_holder(world).version, bytes(_holder(world).public_key)) == (1, bytes(before.public_key))
    assert not OldKey.objects.exists()
    assert world.read(receipt, by="wulan").told.what == "Antre di loket tiga jam"


def test_a_grant_that_opens_for_nobody_keeps_no_other_from_moving(world: World, sari: Teller) -> None:
    receipts = [sari.tells() for _ in range(4)]
    _renew(world)
    holder = _holder(world)
    first = Grant.objects.filter(holder=holder).order_by("id")[0]
    Grant.objects.filter(id=first.id).update(wrapped=b"swapped")

    found = rotation.move_batch(holder.id, keyring=world.desk("wulan").keyring, at=NOW, most=2)
    found = rotation.move_batch(holder.id, keyring=world.desk("wulan").keyring, at=NOW, most=2)

    assert (found.moved, found.left, found.stuck) == (3, 1, 1)
    assert len(receipts) == found.total


def test_a_unit_whose_last_leaver_left_no_key_behind_waits_for_a_member(world: World) -> None:
    holder = _holder(world)
    KeyDue.objects.create(unit=holder, since=NOW)

    assert rotation.due([holder.id, uuid.uuid4()], on=NOW.date()) == {holder.id}
    _renew(world)
    assert rotation.due([holder.id], on=NOW.date()) == set()


def test_reading_again_moves_nothing_twice(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    _renew(world)
    reading.read(case_of(receipt).id, desk=world.desk("wulan"), at=NOW)
    before = Grant.objects.get(report_id=receipt.report_id, holder=_holder(world)).wrapped

    reading.read(case_of(receipt).id, desk=world.desk("wulan"), at=NOW)

    assert Grant.objects.get(report_id=receipt.report_id, holder=_holder(world)).wrapped == before
    assert keyring.of_reporter(sari.reporter, seed=sari.seed).holders


def test_p36_a_grant_that_names_a_key_which_is_still_to_come_opens_nothing(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    Grant.objects.filter(report_id=receipt.report_id, holder=_holder(world)).update(holder_version=2)

    with pytest.raises(Unopenable):
        world.read(receipt, by="wulan")


def test_p36_the_outer_box_of_an_identity_opens_for_nobody_else(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(identity=Identity("Sari Ningsih")))
    grant = grants.nested(case_of(receipt).report_id, compartment=grants.IDENTITY)
    assert grant is not None

    with pytest.raises(Unopenable):
        grants.take_off(grant, keyring=world.desk("wulan").keyring)


def test_a_compartment_that_lies_in_no_nested_box_is_taken_out_of_a_persons_own(world: World, sari: Teller) -> None:
    report, mine = case_of(sari.tells()).report, sari.keyring
    had = grants.held(report.id, keyring=mine, vouched=report.commitments)
    holder = Holder.objects.get(reporter=sari.reporter)

    grants.forget(report.id, compartment=grants.CONTENT, holder=holder, keyring=mine, on=NOW.date())

    left = grants.held(report.id, keyring=mine, vouched=report.commitments)
    assert left == {name: key for name, key in had.items() if name != grants.CONTENT}
    assert left
