"""Referral: the next unit reads all that was done, the former one nothing that is done from then on."""

from typing import Any

import pytest

from tests import world as cast
from tests.world import HEAD_OFFICE, KANWIL, Teller, World
from wise.audit import proof
from wise.casework import access, actions, inbox, sealing
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.crypto.errors import Unopenable
from wise.keys import directory, grants
from wise.keys.models import Grant
from wise.people.models import Unit
from wise.refusals import NotThere, Refused
from wise.register.entry import Reply
from wise.vault.deposits import Identity


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(world: World, sari: Teller) -> Receipt:
    """Wulan has verified and noted something."""
    sent = sari.tells(cast.queues(files=(cast.file(),), reply=Reply("letter", "Sari", "Jalan Melati 1")))
    world.take("verify", sent, by="wulan")
    world.take("note", sent, by="wulan", note="Dua petugas ditanyai")
    return sent


def _notes(world: World, receipt: Receipt, *, by: str) -> list[str]:
    return [event.text for event in world.read(receipt, by=by).timeline if event.text]


def _held(world: World, receipt: Receipt, login: str) -> dict[str, bytes]:
    case = cast.case_of(receipt)
    return access.keys_of(case, keyring=world.desk(login).keyring)


def test_the_next_unit_reads_the_report_and_all_that_was_done(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="Mohon diperiksa", unit=world.ibi)

    opened = world.read(receipt, by="ina")

    assert opened.told.what == "Antre di loket tiga jam"
    assert opened.reply.address == "Jalan Melati 1"
    assert b"".join(opened.files[0].chunks()) == cast.PHOTO
    assert _notes(world, receipt, by="ina") == ["Dua petugas ditanyai", "Mohon diperiksa"]


def test_the_former_unit_has_nothing_of_it_any_more(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="Mohon diperiksa", unit=world.ibi)
    desk = world.desk("wulan")

    with pytest.raises(NotThere):
        world.read(receipt, by="wulan")
    assert inbox.counts(desk) == dict.fromkeys(inbox.counts(desk), 0)
    assert inbox.page(desk, wanted=Wanted(view="done")).total == 0
    report = cast.case_of(receipt).report
    assert grants.held(report.id, keyring=desk.keyring, vouched=report.commitments) == {}


def test_what_wulan_kept_of_her_keys_opens_no_later_note(world: World, receipt: Receipt) -> None:
    kept = _held(world, receipt, "wulan")
    world.take("refer", receipt, by="wulan", note="Mohon diperiksa", unit=world.ibi)

    world.take("note", receipt, by="ina", note="Rahasia IBI")

    later = cast.case_of(receipt).steps.get(move="note", unit=world.ibi)
    assert sealing.open_note(later, keys=kept) == {}
    assert sealing.open_note(later, keys=_held(world, receipt, "ina"))["note"] == "Rahasia IBI"


def test_a_case_that_comes_back_is_worked_on_under_a_key_that_nobody_in_between_had(
    world: World, receipt: Receipt
) -> None:
    world.take("refer", receipt, by="wulan", note="Mohon diperiksa", unit=world.ibi)
    kept = _held(world, receipt, "ina")

    world.take("refer", receipt, by="ina", note="Dikembalikan", unit=world.unit())
    world.take("note", receipt, by="wulan", note="Setelah kembali")

    assert _notes(world, receipt, by="wulan") == [
        "Dua petugas ditanyai",
        "Mohon diperiksa",
        "Dikembalikan",
        "Setelah kembali",
    ]
    later = cast.case_of(receipt).steps.filter(unit=world.unit()).order_by("order").last()
    assert later is not None
    with pytest.raises(Unopenable):
        # Ina's older keys name the unit's former key, and the new note is not sealed with it.
        sealing.open_note(later, keys=kept)
    with pytest.raises(NotThere):
        world.read(receipt, by="ina")


def test_four_referrals_on_a_line_open_with_what_the_log_vouches_for(world: World, receipt: Receipt) -> None:
    kanwil, uki = world.unit(office=KANWIL), world.unit(office=HEAD_OFFICE)
    for by, unit in [("wulan", kanwil), ("yanti", uki), ("maya", world.ibi), ("ina", kanwil)]:
        world.take("refer", receipt, by=by, note=f"ke {unit.short_name}", unit=unit)

    assert len(_notes(world, receipt, by="yanti")) == 5
    assert Grant.objects.filter(report_id=receipt.report_id, holder__unit__isnull=False, inner=None).count() == 1
    assert proof.verify() == []


def test_sari_reads_and_writes_on_as_before(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="Mohon diperiksa", unit=world.ibi)
    own = sari.report(receipt)

    assert own.told.what == "Antre di loket tiga jam"
    assert own.standing.due_on == cast.case_of(receipt).due_on
    assert [event.text for event in own.timeline if event.text] == []
    assert str(own.timeline[-1].title) == str(own.case.status.told)


def test_identity_and_originals_never_travel_with_the_case(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(identity=Identity("Sari"), files=(cast.file(),)))
    world.take("refer", receipt, by="wulan", note="x", unit=world.ibi)

    assert not {grants.IDENTITY, grants.ORIGINALS} & _held(world, receipt, "ina").keys()


def test_the_handler_of_the_old_unit_is_no_longer_the_handler(world: World, receipt: Receipt) -> None:
    assert cast.case_of(receipt).handler == world.officer("wulan")

    assert world.take("refer", receipt, by="wulan", note="x", unit=world.ibi).handler is None


@pytest.mark.parametrize("which", ["own", "leadership", "custodian"])
def test_a_case_goes_to_no_unit_that_does_not_receive(world: World, receipt: Receipt, which: str) -> None:
    unit: Unit = {
        "own": world.unit(),
        "leadership": world.unit("leadership"),
        "custodian": Unit.objects.get(kind="custodian_outer"),
    }[which]

    with pytest.raises(NotThere):
        world.take("refer", receipt, by="wulan", note="x", unit=unit)
    assert cast.case_of(receipt).unit == world.unit()
    assert world.read(receipt, by="wulan").told.what


def test_without_a_note_or_a_unit_nothing_is_referred(world: World, receipt: Receipt) -> None:
    incomplete: list[tuple[dict[str, Any], str]] = [
        ({"note": "x"}, "unit-missing"),
        ({"unit": world.ibi}, "note-missing"),
    ]
    for given, code in incomplete:
        with pytest.raises(Refused) as refused:
            world.take("refer", receipt, by="wulan", **given)
        assert refused.value.code == code


def test_the_units_to_refer_to_are_offered_nearest_first_and_never_those_that_do_not_receive(
    world: World, receipt: Receipt
) -> None:
    offered = actions.referral_targets(cast.case_of(receipt))

    assert offered[:3] == [world.unit(office=KANWIL), world.unit(office=HEAD_OFFICE), world.ibi]
    assert {unit.kind for unit in offered} == {"compliance", "investigation", "certain"}
    assert world.unit() not in offered
    assert [unit.name for unit in offered[3:]] == sorted(unit.name for unit in offered[3:])


def test_a_new_member_of_the_next_unit_reads_it_too(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="x", unit=world.ibi)

    holders = Grant.objects.filter(report_id=cast.case_of(receipt).report_id).values("holder").distinct()
    assert holders.count() == 3  # IBI, Sari, and the outer custodian unit
    assert directory.flaws() == []
