"""Grants: one box a holder, keys that somebody vouched for, and two custodians who are both needed."""

import uuid

import pytest

from tests import world as cast
from tests.world import ITJEN, NOW, Teller, World
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.keys import directory, grants
from wise.keys.grants import CONTENT, IDENTITY, ORIGINALS, REPLY, Keys, To
from wise.keys.keyring import Keyring
from wise.keys.models import Grant, Holder

REPORT = uuid.UUID("6f1e2a3b-0000-4000-8000-000000000001")
TODAY = NOW.date()


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _granted(keys: Keys, to: To) -> dict[str, str]:
    grants.store([grants.prepare(keys, report_id=REPORT, to=to, on=TODAY)])
    return grants.commitments(keys, report_id=REPORT)


def test_who_was_granted_keys_opens_all_of_them_with_one_box(sari: Teller) -> None:
    keys = grants.new_keys(CONTENT, REPLY, IDENTITY)
    vouched = _granted(keys, To(directory.holder_of(sari.reporter)))

    assert Grant.objects.get().compartments == sorted(keys)
    assert grants.held(REPORT, keyring=sari.keyring, vouched=vouched) == keys


def test_who_was_granted_nothing_opens_nothing(world: World, sari: Teller) -> None:
    vouched = _granted(grants.new_keys(CONTENT), To(directory.holder_of(world.unit())))

    assert grants.held(REPORT, keyring=sari.keyring, vouched=vouched) == {}
    assert grants.held(REPORT, keyring=Keyring({}), vouched=vouched) == {}


def test_several_boxes_add_up(sari: Teller) -> None:
    holder = To(directory.holder_of(sari.reporter))
    first, second = grants.new_keys(CONTENT), grants.new_keys(REPLY)
    vouched = _granted(first, holder) | _granted(second, holder)

    assert grants.held(REPORT, keyring=sari.keyring, vouched=vouched) == first | second


def test_a_key_that_nobody_vouched_for_is_refused(sari: Teller) -> None:
    _granted(grants.new_keys(CONTENT), To(directory.holder_of(sari.reporter)))

    with pytest.raises(Unopenable):
        grants.held(REPORT, keyring=sari.keyring, vouched={})


def test_whoever_holds_a_key_for_work_of_their_own_is_named_and_nobody_else(world: World) -> None:
    work = grants.work_of(world.unit().id, since=1)
    _granted(grants.new_keys(CONTENT, work), To(directory.holder_of(world.officer("wulan"))))
    _granted(grants.new_keys(CONTENT), To(directory.holder_of(world.officer("rahmat"))))
    _granted(grants.new_keys(CONTENT, work), To(directory.holder_of(world.unit())))

    assert grants.work_of_officers(REPORT) == {world.officer("wulan").id: {work}}


def test_later_keys_are_vouched_for_by_a_tagged_fact_alone() -> None:
    keys = grants.new_keys(grants.work_of(uuid.uuid4(), since=3))
    fact = grants.later_commitments(keys, report_id=REPORT)
    made = grants.commitments(keys, report_id=REPORT)

    assert grants.vouched_later([{"unit": "x"}, fact], report_id=REPORT) == made
    assert grants.vouched_later([fact | {"tag": "00"}], report_id=REPORT) == {}
    assert grants.vouched_later([fact], report_id=uuid.uuid4()) == {}


def test_two_custodian_units_are_both_needed_and_in_their_order(world: World) -> None:
    outer = directory.holder_of(world.unit("custodian_outer", office=ITJEN))
    inner = directory.holder_of(world.unit("custodian_inner", office=ITJEN))
    keys = grants.new_keys(IDENTITY)
    vouched = _granted(keys, To(outer, inner=inner))
    a, b = world.desk("kartika").keyring, world.desk("kusuma").keyring

    for ring in (a, b):
        assert grants.held(REPORT, keyring=ring, vouched=vouched) == {}
    grant = Grant.objects.get()
    with pytest.raises(Unopenable):
        boxes.unwrap(bytes(grant.wrapped), seed=b.seeds[inner.id], context=grants._context(grant, "outer"))
    once = boxes.unwrap(bytes(grant.wrapped), seed=a.seeds[outer.id], context=grants._context(grant, "outer"))
    with pytest.raises(Unopenable):
        boxes.unwrap(once, seed=a.seeds[outer.id], context=grants._context(grant, "inner"))
    assert (
        keys[IDENTITY].hex()
        in boxes.unwrap(once, seed=b.seeds[inner.id], context=grants._context(grant, "inner")).decode()
    )


def test_a_grant_that_was_taken_away_opens_nothing_and_others_stay(world: World, sari: Teller) -> None:
    work = grants.work_of(world.unit().id, since=1)
    keys, unit = grants.new_keys(CONTENT, work), directory.holder_of(world.unit())
    vouched = _granted(keys, To(directory.holder_of(sari.reporter)))
    _granted(keys, To(unit))
    assert Grant.objects.filter(report_id=REPORT).count() == 2

    grants.withdraw(REPORT, holder=unit, work=[grants.work_of(world.unit().id, since=4)])
    assert Grant.objects.filter(report_id=REPORT).count() == 2
    grants.withdraw(REPORT, holder=unit, work=[work])

    assert Grant.objects.filter(report_id=REPORT).count() == 1
    assert grants.held(REPORT, keyring=world.desk("wulan").keyring, vouched=vouched) == {}
    assert grants.held(REPORT, keyring=sari.keyring, vouched=vouched) == keys


def test_a_unit_that_gets_a_case_back_writes_under_its_newer_key() -> None:
    unit, other = uuid.uuid4(), uuid.uuid4()
    first, second = grants.work_of(unit, since=1), grants.work_of(unit, since=7)
    keys = {first: b"a", second: b"b", CONTENT: b"c", grants.work_of(other, since=4): b"d"}

    assert [grants.work_key(keys, unit_id=unit, order=order) for order in (0, 1, 6, 7, 99)] == [
        None,
        b"a",
        b"a",
        b"b",
        b"b",
    ]
    assert grants.work_key({CONTENT: b"c"}, unit_id=unit, order=5) is None
    assert grants.is_work(first)
    assert not any(map(grants.is_work, (CONTENT, REPLY, IDENTITY, ORIGINALS)))


def test_the_reports_of_a_holder_are_found_without_opening_any(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    found = grants.reports_held_by([Holder.objects.get(unit=world.unit()).id])

    assert [str(row["report_id"]) for row in found] == [receipt.report_id]
    assert not grants.reports_held_by([Holder.objects.get(unit=world.ibi).id])


def test_no_keyring_shows_keys_when_printed(sari: Teller) -> None:
    assert sari.seed.hex() not in repr(sari.keyring)
    assert repr(sari.seed) not in repr(sari.keyring)
