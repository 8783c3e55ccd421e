"""The vault: an identity that nobody reads but its reporter, and two custodian units together."""

import uuid

import pytest

from tests import tables
from tests import world as cast
from tests.world import ITJEN, NOW, World
from wise.crypto.errors import Unopenable
from wise.keys import grants
from wise.keys.models import Grant, Holder, Membership
from wise.vault import deposits
from wise.vault.deposits import Identity
from wise.vault.models import Deposit

WHO = Identity("Sari Handayani", note="Rumah saya di sebelah kantor")


def test_sari_reads_what_she_confided(world: World) -> None:
    sari = cast.join()
    receipt = sari.tells(cast.queues(identity=WHO))

    assert sari.report(receipt).identity == WHO


def test_who_confided_nothing_has_nothing_in_the_vault(world: World) -> None:
    sari = cast.join()

    assert sari.report(sari.tells()).identity is None
    assert not Deposit.objects.exists()
    assert deposits.own(uuid.uuid4(), keys={}) is None


def test_the_unit_that_answers_gets_no_key_to_it(world: World) -> None:
    sari = cast.join()
    receipt = sari.tells(cast.queues(identity=WHO))
    report_id = uuid.UUID(receipt.report_id)

    keys = grants.held(report_id, keyring=world.desk("wulan").keyring, vouched=cast.case_of(receipt).report.commitments)

    assert grants.IDENTITY not in keys
    assert grants.ORIGINALS not in keys
    with pytest.raises(Unopenable):
        deposits.own(report_id, keys={grants.IDENTITY: keys[grants.CONTENT]})
    assert deposits.own(report_id, keys=keys) is None


def test_identity_and_originals_lie_in_boxes_of_their_own_for_both_custodian_units(world: World) -> None:
    receipt = cast.join().tells(cast.queues(identity=WHO))
    nested = Grant.objects.filter(report_id=receipt.report_id).exclude(inner=None)

    assert sorted(tuple(row.compartments) for row in nested) == [("identity",), ("originals",)]
    for row in nested:
        assert row.holder.unit == world.unit("custodian_outer", office=ITJEN)
        assert row.inner is not None
        assert row.inner.unit == world.unit("custodian_inner", office=ITJEN)


def test_no_name_is_seen_in_the_row_and_all_short_ones_are_as_long(world: World) -> None:
    sari = cast.join()
    for who in (WHO, Identity("A"), Identity("x" * 700)):
        sari.tells(cast.queues(identity=who))

    rows = [bytes(row.sealed) for row in Deposit.objects.all()]
    assert len({len(row) for row in rows}) == 1
    assert not any(b"Sari" in row for row in rows)


def test_p36_two_deposits_that_changed_places_do_not_open(world: World) -> None:
    sari = cast.join()
    receipt, other = (sari.tells(cast.queues(identity=Identity(name))) for name in ("Sari", "Budi"))
    theirs = Deposit.objects.get(report_id=other.report_id)

    with tables.unguarded():
        Deposit.objects.filter(report_id=receipt.report_id).update(sealed=theirs.sealed)

    with pytest.raises(Unopenable):
        sari.report(receipt)


def test_while_a_custodian_unit_has_no_members_only_sari_gets_the_key(world: World) -> None:
    Membership.objects.filter(unit__unit=world.unit("custodian_inner", office=ITJEN)).delete()
    sari = cast.join()

    receipt = sari.tells(cast.queues(identity=WHO))

    assert deposits.custodians() is None
    assert sari.report(receipt).identity == WHO
    assert not Grant.objects.exclude(inner=None).exists()


def test_an_institution_without_custodian_units_has_none(world: World) -> None:
    inner = world.unit("custodian_inner", office=ITJEN)
    Membership.objects.filter(unit__unit=inner).delete()
    Holder.objects.filter(unit=inner).delete()

    assert deposits.custodians() is None
    assert cast.join().tells(at=NOW).register_number
