"""The vault against the register: whole as the app leaves it, and every damage behind its back is named."""

import datetime
import uuid
from collections.abc import Callable

import pytest

from tests import custody as story
from tests import tables
from tests import world as cast
from tests.custody import WHO
from tests.world import ITJEN, NOW, Teller, World, case_of
from wise.casework import allowing, confiding, disclosing, vault_proof
from wise.casework.intake import Receipt
from wise.keys import directory, grants
from wise.keys.grants import To
from wise.keys.models import Grant, Membership
from wise.people.models import Officer
from wise.vault.models import Deposit, Disclosure, Turn

LATER = NOW + datetime.timedelta(days=5)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return story.tells(sari)


def found(*, at: datetime.datetime = NOW) -> list[str]:
    """What is wrong, without the ids."""
    return [flaw.what for flaw in vault_proof.verify(at=at)]


def test_after_everything_that_the_app_does_vault_and_register_agree(world: World, sari: Teller) -> None:
    whole, bare, withdrawn = story.tells(sari), story.tells(sari, identity=None, files=0), story.tells(sari)
    story.allowed(world, whole)
    story.asked(world, whole, "envelope")
    passed = story.asked(world, whole, "originals")
    story.decided(world, passed, by="kartika")
    confiding.confide(uuid.UUID(bare.report_id), identity=WHO, by=sari.reporter, at=NOW)
    story.allowed(world, bare)
    story.decided(world, story.asked(world, withdrawn), by="kartika", allowed=False, answer="x")
    confiding.withdraw(uuid.UUID(withdrawn.report_id), by=sari.reporter, keyring=sari.keyring, at=NOW)
    assert found() == []

    disclosing.cancel(case_of(whole).id, passed.id, desk=world.desk("ina"), at=NOW)
    assert found() == []
    assert allowing.end_what_is_over(at=LATER) == 2
    assert found(at=LATER) == []


def test_what_was_confided_before_there_were_custodians_is_no_flaw(world: World, receipt: Receipt) -> None:
    Grant.objects.filter(inner__isnull=False).delete()
    assert len(found()) == 2
    tables.run("UPDATE people_officerrole SET starts_on = %s WHERE role = 'custodian'", LATER.date().isoformat())
    assert found() == []


def _no_box(receipt: Receipt) -> None:
    row = Grant.objects.filter(report_id=receipt.report_id, inner__isnull=False)
    next(grant for grant in row if grant.compartments == ["identity"]).delete()


def _no_box_for_originals(receipt: Receipt) -> None:
    row = Grant.objects.filter(report_id=receipt.report_id, inner__isnull=False)
    next(grant for grant in row if grant.compartments == ["originals"]).delete()


def _no_own_box(receipt: Receipt) -> None:
    Grant.objects.filter(report_id=receipt.report_id, holder__reporter__isnull=False).delete()


def _no_deposit(receipt: Receipt) -> None:
    tables.run("DELETE FROM vault_deposit")


def _another_deposit(receipt: Receipt) -> None:
    (row,) = Deposit.objects.all()
    Deposit.objects.create(report_id=row.report_id, sealed=row.sealed, on=row.on)


def _deposit_of_nothing(receipt: Receipt) -> None:
    (row,) = Deposit.objects.all()
    Deposit.objects.create(report_id=uuid.uuid4(), sealed=row.sealed, on=row.on)


def _box_twice(receipt: Receipt) -> None:
    grant = Grant.objects.filter(inner__isnull=False).first()
    assert grant is not None
    grant.pk = uuid.uuid4()
    grant.save(force_insert=True)


def _box_of_nothing(receipt: Receipt) -> None:
    grant = Grant.objects.filter(inner__isnull=False).first()
    assert grant is not None
    grant.pk, grant.compartments = uuid.uuid4(), [grants.identity_of(uuid.uuid4())]
    grant.save(force_insert=True)


def _box_for_one_unit(receipt: Receipt) -> None:
    for grant in Grant.objects.filter(inner__isnull=False):
        grant.inner = grant.holder
        grant.save(update_fields=["inner"])


def _key_beside_the_vault(receipt: Receipt) -> None:
    keys, ina = grants.new_keys("identity"), Officer.objects.get(login="ina")
    to = To(directory.holder_of(ina))
    grants.store([grants.prepare(keys, report_id=uuid.UUID(receipt.report_id), to=to, on=NOW.date())])


def _grant_of_nothing(receipt: Receipt) -> None:
    Grant.objects.filter(report_id=receipt.report_id, inner=None, holder__unit__isnull=False).update(
        report_id=uuid.uuid4()
    )


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_no_box, "cannot be disclosed: the custodians’ box is missing"),
        (_no_box_for_originals, "has originals that cannot be disclosed: the custodians’ box is missing"),
        (_no_own_box, "cannot be opened by its reporter: the box is missing"),
        (_no_deposit, "came with an identity that is not in the vault"),
        (_another_deposit, "stands beside another one of the same report"),
        (_deposit_of_nothing, "is of a report that is not in the register"),
        (_box_twice, "is a second box of the custodians for the same"),
        (_box_of_nothing, "is a custodians’ box for something that is not in the vault"),
        (_box_for_one_unit, "is a box in a box, and not for the two custodian units"),
        (_key_beside_the_vault, "gives somebody without a disclosure what only the vault may open"),
        (_grant_of_nothing, "names neither a report nor a disclosure"),
    ],
)
def test_damage_to_what_was_confided_is_named(
    world: World, receipt: Receipt, damage: Callable[[Receipt], None], says: str
) -> None:
    assert found() == []
    damage(receipt)
    assert says in found()


def test_a_key_that_nobody_vouched_for_and_one_that_outlived_a_withdrawal_are_named(world: World, sari: Teller) -> None:
    receipt = story.tells(sari, identity=None)
    report_id = uuid.UUID(receipt.report_id)
    confiding.confide(report_id, identity=WHO, by=sari.reporter, at=NOW)
    box = next(grant for grant in Grant.objects.filter(inner__isnull=False) if grant.compartments != ["originals"])
    assert found() == []
    tables.run("UPDATE audit_entry SET facts = '{}' WHERE deed = 'confide'")
    assert "has a key that neither the register nor the log vouches for" in found()

    confiding.withdraw(report_id, by=sari.reporter, keyring=sari.keyring, at=NOW)
    assert found() == []
    box.save(force_insert=True)
    assert found() == ["was withdrawn, and a key to it is still there"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"until": LATER.date()}, "was changed behind the program’s back"),
        ({"case_id": uuid.uuid4()}, "is of a case or a report that is not there"),
        ({"state_code": "ended"}, "cannot be opened any more, and a key of it is still there"),
    ],
)
def test_a_changed_disclosure_is_named(world: World, receipt: Receipt, changed: dict[str, object], says: str) -> None:
    row = story.allowed(world, receipt)
    assert found() == []
    Disclosure.objects.filter(id=row.id).update(**changed)
    assert {says, "was changed behind the program’s back"} <= set(found())


def test_a_disclosure_that_nobody_decided_that_nobody_ended_or_with_another_key_is_named(
    world: World, receipt: Receipt
) -> None:
    row = story.allowed(world, receipt)
    assert found(at=LATER) == ["is past its end, and nobody has ended it"]
    key = next(grant for grant in Grant.objects.filter(report_id=row.id) if grant.compartments != ["words"])
    Grant.objects.filter(id=key.id).update(holder=directory.holder_of(world.officer("fajar")))
    assert found() == ["has another key than the one that was allowed"]
    key.delete()
    assert found() == ["has another key than the one that was allowed"]
    key.save(force_insert=True)
    assert found() == []
    assert Turn.objects.filter(deed="allowed").count() == 1
    tables.run("DELETE FROM vault_turn WHERE deed = 'allowed'")
    assert found() == ["is in a state that nobody decided"]


def test_a_custodian_unit_without_a_member_is_named(world: World, receipt: Receipt) -> None:
    assert found() == []
    inner = directory.holder_of(world.unit("custodian_inner", office=ITJEN))
    Membership.objects.filter(unit=inner, holder__officer__isnull=False).delete()
    assert found() == ["has no member: what is confided now is sealed for the reporter alone"]
