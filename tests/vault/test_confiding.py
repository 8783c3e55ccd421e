"""An identity confided later, and one taken back: by the reporter alone, and told plainly what was read before."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import translation

from tests import custody as story
from tests import tables
from tests import world as cast
from tests.custody import WHO
from tests.world import ITJEN, NOW, Teller, World, case_of
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import access, allowing, confiding, disclosing
from wise.casework import proof as book
from wise.casework.intake import Receipt
from wise.crypto.errors import Unopenable
from wise.keys import grants
from wise.keys.grants import To
from wise.keys.models import Grant, Membership
from wise.refusals import NotThere, Refused
from wise.vault import deposits
from wise.vault.deposits import Identity
from wise.vault.models import Deposit, Disclosure, Turn


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


def confides(teller: Teller, receipt: Receipt, identity: Identity = WHO) -> None:
    confiding.confide(uuid.UUID(receipt.report_id), identity=identity, by=teller.reporter, at=NOW)


def withdraws(teller: Teller, receipt: Receipt, *, at: datetime.datetime = NOW) -> None:
    report_id = uuid.UUID(receipt.report_id)
    confiding.withdraw(report_id, by=teller.reporter, keyring=teller.keyring, at=at)


def refused(deed: Any) -> str:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code


def told(sari: Teller, receipt: Receipt) -> list[str]:
    with translation.override("en"):
        return [str(event.title) for event in sari.report(receipt).timeline]


def test_what_sari_confides_later_is_read_by_her_and_disclosed_like_what_came_at_first(
    world: World, sari: Teller
) -> None:
    receipt = story.tells(sari, identity=None)
    confides(sari, receipt, Identity("  Sari Handayani ", note=WHO.note, address=WHO.address))

    assert sari.report(receipt).identity == WHO
    assert told(sari, receipt)[-1] == "You confided an identity to the vault."
    row = story.allowed(world, receipt)
    assert row.compartment == grants.identity_of(Deposit.objects.get().id)
    assert story.opened(world, receipt, row).identity == WHO
    with translation.override("en"):
        events = [str(event.title) for event in world.read(receipt, by="ina").timeline]
    assert "Identity confided to the vault" in events
    assert proof.verify() == []
    assert book.verify() == []


def test_the_unit_sees_that_something_is_new_and_no_time_of_day_is_kept(world: World, sari: Teller) -> None:
    receipt = story.tells(sari, identity=None)
    confides(sari, receipt)
    assert case_of(receipt).has_news
    turn = Turn.objects.get()
    assert (turn.by, turn.at, turn.unit, turn.sealed) == (None, None, None, None)
    assert Entry.objects.get(deed="confide").at is None
    withdraws(sari, receipt)
    assert Entry.objects.get(deed="withdraw-identity").at is None


def test_one_identity_stands_at_a_time_and_it_needs_words(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    assert refused(lambda: confides(sari, receipt)) == "identity-there"
    withdraws(sari, receipt)
    assert refused(lambda: confides(sari, receipt, Identity("  "))) == "identity-missing"
    assert refused(lambda: confides(sari, receipt, Identity(sari.recovery_code))) == "text-has-code"
    assert refused(lambda: confides(sari, receipt, Identity("x", address=receipt.register_number))) == (
        "text-has-register-number"
    )
    assert Deposit.objects.count() == 1


def test_withdrawn_it_is_opened_by_nobody_any_more_not_even_with_all_keys(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    report_id = uuid.UUID(receipt.report_id)
    withdraws(sari, receipt)

    assert sari.report(receipt).identity is None
    held: set[str] = set()
    for grant in Grant.objects.filter(report_id=report_id):
        held |= set(grant.compartments)
    assert "identity" not in held
    assert {"content", "originals"} <= held
    assert refused(lambda: story.asked(world, receipt)) == "nothing-to-disclose"
    assert told(sari, receipt)[-1] == "You took your identity out of the vault. Nobody can open it any more."
    assert refused(lambda: withdraws(sari, receipt)) == "no-identity"
    assert proof.verify() == []
    assert book.verify() == []


def test_the_reporter_keeps_everything_else(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    before = sari.report(receipt)
    withdraws(sari, receipt)
    after = sari.report(receipt)
    assert (after.told, after.register_number) == (before.told, before.register_number)
    assert [file.name for file in after.files] == ["IMG_Sari.jpg"]
    sari.adds(receipt, "Masih bisa")


def test_a_withdrawal_ends_what_was_allowed_and_what_waits(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    row, waiting = story.allowed(world, receipt), story.asked(world, receipt, "envelope")
    originals = story.allowed(world, receipt, "originals")
    withdraws(sari, receipt)

    with pytest.raises(NotThere):
        story.opened(world, receipt, row)
    with pytest.raises(NotThere):
        story.decided(world, waiting, by="kartika")
    assert Disclosure.objects.get(id=waiting.id).state_code == "nothing"
    # The files were not taken back: that is another matter.
    assert story.opened(world, receipt, originals).files


def test_put_back_from_an_old_copy_it_stays_withdrawn(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    row = story.allowed(world, receipt)
    kept, grants_then = Disclosure.objects.get(id=row.id), list(Grant.objects.filter(report_id=row.id))
    withdraws(sari, receipt)
    Grant.objects.filter(report_id=row.id).delete()
    Grant.objects.bulk_create(grants_then)
    kept.save()
    with pytest.raises(NotThere):
        story.opened(world, receipt, row)


def test_sari_is_told_what_was_read_before(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    first = story.allowed(world, receipt)
    story.opened(world, receipt, first)
    story.allowed(world, receipt, "envelope")
    withdraws(sari, receipt)

    rows = confiding.disclosed(uuid.UUID(receipt.report_id), on=NOW.date())
    assert [(row.kind.code, row.on, row.until, row.used, row.over) for row in rows] == [
        ("identity", NOW.date(), story.UNTIL, True, True),
        ("envelope", NOW.date(), story.UNTIL, False, True),
    ]


def test_after_a_withdrawal_another_identity_can_be_confided_under_a_key_of_its_own(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    old = story.allowed(world, receipt)
    withdraws(sari, receipt)
    confides(sari, receipt, Identity("Sari H."))

    assert sari.report(receipt).identity == Identity("Sari H.")
    with pytest.raises(NotThere):
        story.opened(world, receipt, old)
    row = story.allowed(world, receipt)
    assert story.opened(world, receipt, row).identity == Identity("Sari H.")
    withdraws(sari, receipt)
    confides(sari, receipt)
    assert sari.report(receipt).identity == WHO
    assert book.verify() == []


def test_nobody_withdraws_or_confides_for_somebody_else(world: World, sari: Teller) -> None:
    receipt, budi = story.tells(sari), cast.join("angin laut")
    with pytest.raises(NotThere):
        withdraws(budi, receipt)
    with pytest.raises(NotThere):
        confides(budi, story.tells(sari, identity=None))
    assert sari.report(receipt).identity == WHO


def test_an_identity_is_confided_at_most_ten_times(world: World, sari: Teller) -> None:
    receipt = story.tells(sari, identity=None, files=0)
    for _ in range(confiding.MOST):
        confides(sari, receipt)
        withdraws(sari, receipt)
    assert refused(lambda: confides(sari, receipt)) == "identity-often"


def test_while_no_custodian_could_open_it_sari_alone_has_it_and_nothing_can_be_asked(
    world: World, sari: Teller
) -> None:
    receipt = story.tells(sari, identity=None, files=0)
    Membership.objects.filter(unit__unit=world.unit("custodian_inner", office=ITJEN)).delete()
    confides(sari, receipt)
    assert sari.report(receipt).identity == WHO
    assert disclosing.of_case(case_of(receipt).id, desk=world.desk("ina")).offered == ()


def test_both_parts_of_a_report_share_the_vault_and_only_the_part_that_asked_reads(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    world.take("verify", receipt, by="ina")
    world.take("split", receipt, by="ina", note="Hal kedua", stream="violation")
    row = story.allowed(world, receipt)
    part = case_of(receipt).__class__.objects.get(report_id=receipt.report_id, part=2)
    assert disclosing.of_case(part.id, desk=world.desk("ina")).lines == ()
    with pytest.raises(NotThere):
        disclosing.open_one(part.id, row.id, desk=world.desk("ina"), at=NOW)
    confided = [event for event in sari.report(receipt).timeline if event.kind == "status"]
    assert any("until" in str(event.title) or "sampai" in str(event.title) for event in confided)
    world.take("note", receipt, by="ina", note="Masih jalan")
    assert access.keys_of(part, keyring=world.desk("ina").keyring)


def test_p36_a_later_identity_planted_with_a_key_of_its_own_is_vouched_for_by_nobody(
    world: World, sari: Teller
) -> None:
    """Whoever writes in the database makes a deposit, a turn and boxes for everybody; the log does not know the key."""
    receipt = story.tells(sari, identity=None, files=0)
    report_id, on = uuid.UUID(receipt.report_id), NOW.date()
    row = deposits.seal_deposit(report_id, identity=Identity("Budi"), key=bytes(32), on=on)
    made = {grants.identity_of(row.id): bytes(32)}
    row.save(force_insert=True)
    Turn.objects.create(report_id=report_id, order=90, deed=deposits.CONFIDED, deposit=row, on=on)
    custodians = deposits.custodians()
    assert custodians is not None
    holder = sari.reporter.holder
    grants.store([grants.prepare(made, report_id=report_id, to=to, on=on) for to in (To(holder), custodians)])

    with pytest.raises(Unopenable):
        sari.report(receipt)
    asked = story.asked(world, receipt)
    story.decided(world, asked, by="kartika")
    with pytest.raises(Unopenable):
        story.decided(world, asked, by="kusuma")


def test_p38_a_withdrawal_cannot_be_undone_behind_our_back(world: World, sari: Teller) -> None:
    receipt = story.tells(sari)
    withdraws(sari, receipt)
    tables.run("DELETE FROM vault_turn")
    assert [flaw.what for flaw in book.verify()] == ["speaks of a row that is no longer there"]
    assert deposits.own(uuid.UUID(receipt.report_id), keys={}) is None
    assert allowing.end_what_is_over(at=NOW) == 0
