"""P36: ciphertext is bound to its row and purpose; what somebody replaced in the database is refused and not used."""

import datetime
import logging
import uuid
from collections.abc import Callable

import pytest
from django.db import models

from tests import tables
from tests import world as cast
from tests.world import HEAD_OFFICE, ITJEN, KANWIL, NOW, Teller, World
from wise.audit import log
from wise.audit.models import Chain, Entry
from wise.casework.intake import Receipt
from wise.casework.models import Case
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.keys import directory, grants, keyring, membership, staff
from wise.keys.directory import Altered
from wise.keys.grants import To
from wise.keys.models import Grant, Holder, Membership, Proposal
from wise.people.kinds import Role
from wise.people.models import OfficerRole, Unit
from wise.register.models import Report
from wise.vault.deposits import Identity


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _grant(receipt: Receipt, holder: Holder) -> Grant:
    return Grant.objects.get(report_id=receipt.report_id, holder=holder)


def _does_not_open(world: World, receipt: Receipt, *, by: str = "wulan") -> None:
    with pytest.raises(Unopenable):
        world.read(receipt, by=by)


def test_two_reports_grants_that_changed_places_do_not_open(world: World, sari: Teller, receipt: Receipt) -> None:
    other = sari.tells()
    holder = directory.holder_of(world.unit())
    mine, others = _grant(receipt, holder), _grant(other, holder)

    Grant.objects.filter(id=mine.id).update(wrapped=others.wrapped)
    Grant.objects.filter(id=others.id).update(wrapped=mine.wrapped)

    _does_not_open(world, receipt)
    _does_not_open(world, other)


def test_a_grant_moved_to_another_report_does_not_open(world: World, sari: Teller, receipt: Receipt) -> None:
    other = sari.tells()
    holder = directory.holder_of(world.unit())
    _grant(receipt, holder).delete()

    Grant.objects.filter(id=_grant(other, holder).id).update(report_id=receipt.report_id)

    _does_not_open(world, receipt)


@pytest.mark.parametrize(
    "changed", [{"compartments": ["content"]}, {"holder_version": 2}], ids=["compartments", "key version"]
)
def test_a_grant_opens_only_as_it_was_made(world: World, receipt: Receipt, changed: dict[str, object]) -> None:
    holder = directory.holder_of(world.unit())

    Grant.objects.filter(id=_grant(receipt, holder).id).update(**changed)

    _does_not_open(world, receipt)


def test_an_insiders_grant_for_another_unit_opens_nothing_there(world: World, receipt: Receipt) -> None:
    Grant.objects.filter(report_id=receipt.report_id).update(holder=directory.holder_of(world.ibi))
    Case.objects.update(unit=world.ibi)

    _does_not_open(world, receipt, by="ina")


def test_a_planted_key_is_not_used_though_its_box_opens(world: World, receipt: Receipt) -> None:
    holder = directory.holder_of(world.unit())
    report_id = uuid.UUID(receipt.report_id)
    planted = grants.prepare(grants.new_keys("content"), report_id=report_id, to=To(holder), on=NOW.date())
    grants.store([planted])

    _does_not_open(world, receipt)


def test_a_planted_work_key_is_vouched_for_by_no_log_line_that_somebody_slipped_in(
    world: World, receipt: Receipt
) -> None:
    holder, case = directory.holder_of(world.unit()), cast.case_of(receipt)
    report_id = uuid.UUID(receipt.report_id)
    keys = grants.new_keys(grants.work_of(world.unit().id, since=1))
    grants.store([grants.prepare(keys, report_id=report_id, to=To(holder), on=NOW.date())])
    facts: dict[str, log.Fact] = {"commitments": grants.commitments(keys, report_id=report_id), "tag": "00" * 32}

    log.record("refer", chain=Chain.OFFICERS, at=NOW, subject=case.id, facts=facts)

    _does_not_open(world, receipt)


def test_commitments_replaced_in_the_reports_own_row_open_nothing(world: World, sari: Teller, receipt: Receipt) -> None:
    other = Report.objects.get(id=sari.tells().report_id)

    with tables.unguarded():
        Report.objects.filter(id=receipt.report_id).update(commitments=other.commitments)

    _does_not_open(world, receipt)
    with pytest.raises(Unopenable):
        sari.report(receipt)


def test_words_of_one_report_do_not_open_in_anothers_row(world: World, sari: Teller, receipt: Receipt) -> None:
    other = Report.objects.get(id=sari.tells().report_id)

    with tables.unguarded():
        Report.objects.filter(id=receipt.report_id).update(sealed=other.sealed)

    _does_not_open(world, receipt)


def test_a_register_number_of_one_report_does_not_open_in_anothers_row(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    other = Report.objects.get(id=sari.tells().report_id)

    with tables.unguarded():
        Report.objects.filter(id=receipt.report_id).update(register_number=other.register_number)

    assert sari.report(receipt).register_number is None


def _intruders_key(holder: Holder) -> None:
    Holder.objects.filter(id=holder.id).update(public_key=boxes.public_key(boxes.new_seed()))


def _of_unit(world: World) -> Holder:
    return Holder.objects.get(unit=world.unit())


def _of_custodian(kind: str) -> Callable[[World], Holder]:
    return lambda world: Holder.objects.get(unit=world.unit(kind, office=ITJEN))


@pytest.mark.parametrize(
    "holder", [_of_unit, _of_custodian("custodian_outer"), _of_custodian("custodian_inner")], ids=["unit", "A", "B"]
)
def test_nothing_is_sealed_to_a_public_key_that_somebody_replaced(
    world: World, sari: Teller, holder: Callable[[World], Holder], caplog: pytest.LogCaptureFixture
) -> None:
    _intruders_key(holder(world))

    with pytest.raises(Altered) as refused, caplog.at_level(logging.CRITICAL):
        sari.tells(cast.queues(identity=Identity("Sari")))

    assert refused.value.status == 503
    assert "altered row keys.Holder" in caplog.text
    assert not Report.objects.exists()


def test_nothing_is_sealed_to_a_reporters_replaced_key(world: World, sari: Teller) -> None:
    _intruders_key(Holder.objects.get(reporter=sari.reporter))

    with pytest.raises(Altered):
        sari.tells()


def test_wulan_does_not_work_where_her_units_or_her_own_key_was_replaced(world: World) -> None:
    world.desk("wulan")
    _intruders_key(Holder.objects.get(unit=world.unit()))
    with pytest.raises(Altered):
        world.desk("wulan")

    _intruders_key(Holder.objects.get(officer=world.officer("ina")))
    with pytest.raises(Altered):
        world.desk("ina")


def test_a_public_key_tagged_rightly_but_not_of_this_seed_is_noticed(world: World, sari: Teller) -> None:
    holder = Holder.objects.get(reporter=sari.reporter)
    holder.public_key = boxes.public_key(boxes.new_seed())
    directory.enter(holder)

    with pytest.raises(Altered):
        keyring.of_reporter(sari.reporter, seed=sari.seed)


def test_a_membership_that_was_moved_to_tono_gives_him_nothing(world: World) -> None:
    world.desk("tono")
    mine = Membership.objects.get(unit__unit=world.unit(), holder__officer=world.officer("wulan"))

    Membership.objects.filter(id=mine.id).update(holder=Holder.objects.get(officer=world.officer("tono")))

    with pytest.raises(Altered):
        world.desk("tono")


def test_a_membership_that_tono_makes_by_himself_gives_him_nothing(world: World) -> None:
    tono = Holder.objects.get(officer=world.officer("tono"))
    unit = Holder.objects.get(unit=world.unit())
    row = Membership(unit=unit, holder=tono, unit_version=1, holder_version=1, tag=bytes(32))
    row.wrapped = boxes.wrap(
        boxes.new_seed(), public_key=bytes(tono.public_key), context=keyring.membership_context(row)
    )
    row.save()

    with pytest.raises(Altered):
        world.desk("tono")


@pytest.mark.parametrize(
    "changed", [{"role": "verifier"}, {"starts_on": "2020-01-01"}, {"unit": None}], ids=["role", "days", "unit"]
)
def test_a_changed_role_stops_everything(world: World, changed: dict[str, object]) -> None:
    world.desk("tono")
    if "unit" in changed:
        changed = {"unit": world.unit()}

    OfficerRole.objects.filter(officer=world.officer("tono")).update(**changed)

    with pytest.raises(Altered):
        world.desk("tono")


def test_a_planted_role_stops_everything(world: World) -> None:
    world.desk("tono")
    OfficerRole.objects.create(
        officer=world.officer("tono"), unit=world.unit(), role=Role.VERIFIER.value, starts_on=NOW.date()
    )

    with pytest.raises(Altered):
        world.desk("tono")


def _changed_units(world: World) -> dict[str, dict[str, object]]:
    """Ways to lead a report to a unit of one's choice."""
    elsewhere = world.unit(office=HEAD_OFFICE)
    return {
        "above": {"above": elsewhere},
        "kind": {"kind": "leadership2"},
        "name": {"name": "Seksi Kepatuhan Internal KPKNL Dumai"},
    }


@pytest.mark.parametrize("way", ["above", "name"])
@pytest.mark.parametrize("concerns", ["none", "unit"])
def test_a_report_goes_to_no_unit_whose_row_was_changed(world: World, sari: Teller, way: str, concerns: str) -> None:
    Unit.objects.filter(id=world.unit().id).update(**_changed_units(world)[way])

    with pytest.raises(Altered):
        sari.tells(cast.queues(concerns=concerns))


def test_no_identity_goes_to_a_unit_that_somebody_called_a_custodian(world: World, sari: Teller) -> None:
    Unit.objects.filter(id=world.unit().id).update(kind="custodian_outer")

    with pytest.raises(Altered):
        sari.tells(cast.queues(office=world.office(KANWIL), identity=Identity("Sari")))


def test_nobody_is_appointed_at_a_unit_whose_row_was_changed(world: World) -> None:
    inner = world.unit("custodian_inner", office=ITJEN)
    proposal = membership.propose(world.officer("wulan"), unit=inner, role=Role.CUSTODIAN, by=None, at=NOW)
    Unit.objects.filter(id=inner.id).update(kind="certain")

    desk = world.desk("kusuma")
    with pytest.raises(Altered):
        membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)


def test_a_case_is_not_referred_to_a_unit_whose_row_was_changed(world: World, receipt: Receipt) -> None:
    kanwil = world.unit(office=KANWIL)
    Unit.objects.filter(id=kanwil.id).update(name="Bidang lain")
    kanwil.refresh_from_db()

    with pytest.raises(Altered):
        world.take("refer", receipt, by="wulan", note="Mohon diteruskan", unit=kanwil)
    assert cast.case_of(receipt).unit == world.unit()


@pytest.mark.parametrize("changed", ["officer", "unit", "role", "proposed_by", "proposed_at"])
def test_a_proposal_is_decided_only_as_it_was_made(world: World, changed: str) -> None:
    proposal = membership.propose(
        world.officer("dewi"), unit=world.unit(), role=Role.EDITOR, by=world.officer("tono"), at=NOW
    )
    other = {
        "officer": world.officer("tono"),
        "unit": world.unit("leadership"),
        "role": Role.VERIFIER.value,
        "proposed_by": None,
        "proposed_at": NOW + datetime.timedelta(days=1),
    }
    Proposal.objects.filter(id=proposal.id).update(**{changed: other[changed]})

    desk = world.desk("hadi" if changed == "unit" else "wulan")
    with pytest.raises(Altered):
        staff.open_proposals(desk.keyring)
    with pytest.raises(Altered):
        membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)
    proposal.refresh_from_db()
    assert proposal.decided_at is None


@pytest.mark.parametrize("model", [Holder, Membership, OfficerRole, Proposal, Unit], ids=lambda model: model.__name__)
def test_the_proof_of_the_directory_names_every_altered_row(world: World, model: type[models.Model]) -> None:
    membership.propose(world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=None, at=NOW)
    assert directory.flaws() == []
    row = model._default_manager.first()
    assert row is not None

    model._default_manager.filter(pk=row.pk).update(tag=bytes(32))

    assert directory.flaws() == [f"{model._meta.label} {row.pk}"]


def test_the_boards_box_that_was_replaced_hands_nothing_over(world: World) -> None:
    unit = world.unit(office="KPKNL Dumai")
    Membership.objects.filter(unit__unit=unit).update(wrapped=b"planted")

    with pytest.raises(Altered):
        membership.appoint_by_board(world.officer("ina"), unit=unit, role=Role.VERIFIER, shares=world.board[:2], at=NOW)
    assert not Entry.objects.filter(deed="appoint-by-board").exists()
