"""Passphrase and recovery code lost: new keys made by one, confirmed by another, who hands the unit's key over anew."""

import pytest

from tests import seconds
from tests import world as cast
from tests.world import NOW, PASSPHRASE, World
from wise.audit.models import Entry
from wise.crypto import boxes
from wise.keys import directory, pairs, renewing
from wise.keys.directory import Altered
from wise.keys.keyring import Keyring
from wise.keys.models import Grant, Holder, Membership, Renewal
from wise.people import second_step, signing_in
from wise.people.models import Officer
from wise.refusals import NotThere, Refused

NEW = "kebun raya seluas samudra biru"
TODAY = NOW.date()


def _propose(world: World, login: str = "rahmat", *, by: str = "tono") -> Renewal:
    officer, made = renewing.prepare(world.officer(login).id, passphrase=NEW, by=world.officer(by), on=TODAY)
    return renewing.propose(officer, made, by=world.officer(by), at=NOW)


def _decide(world: World, row: Renewal, *, by: str, confirmed: bool = True) -> Officer:
    desk = world.desk(by)
    return renewing.decide(row.id, confirmed=confirmed, by=desk.officer, keyring=desk.keyring, at=NOW)


def _unlocked(world: World, login: str = "rahmat", passphrase: str = NEW) -> None:
    """Sign in with another passphrase than that of the stories, for the desk that follows."""
    world.seeds[world.officer(login).id] = signing_in.officer(login, passphrase=passphrase, at=NOW).seed


@pytest.fixture(autouse=True)
def _seeds_come_back(world: World) -> object:
    kept = dict(world.seeds)
    yield
    world.seeds.clear()
    world.seeds.update(kept)


def test_the_second_step_goes_with_the_keys_that_sealed_it(world: World) -> None:
    seconds.set_up(world, "rahmat")
    row = _propose(world)
    assert second_step.has(world.officer("rahmat"))
    _decide(world, row, by="wulan")

    assert not second_step.has(world.officer("rahmat"))


def test_rahmat_makes_new_keys_and_wulan_hands_the_units_key_over_anew(world: World) -> None:
    receipt = cast.join().tells()
    row = _propose(world)
    assert (
        signing_in.officer("rahmat", passphrase=PASSPHRASE, at=NOW).row.login == "rahmat"
    )  # until it is confirmed the old one works

    _decide(world, row, by="wulan")

    with pytest.raises(Refused):
        signing_in.officer("rahmat", passphrase=PASSPHRASE, at=NOW)
    _unlocked(world)
    assert world.read(receipt, by="rahmat").told.what == "Antre di loket tiga jam"
    assert (Holder.objects.get(officer__login="rahmat").version, Renewal.objects.exists()) == (2, False)
    deeds = Entry.objects.filter(subject=world.officer("rahmat").id).values_list("deed", flat=True)
    assert {"propose-renewal", "confirm-renewal"} <= set(deeds)
    assert directory.flaws() == pairs.flaws() == []


def test_the_code_that_was_shown_is_the_next_way_in(world: World) -> None:
    officer, made = renewing.prepare(world.officer("rahmat").id, passphrase=NEW, by=world.officer("tono"), on=TODAY)
    _decide(world, renewing.propose(officer, made, by=world.officer("tono"), at=NOW), by="wulan")

    found, _code = signing_in.recover_officer("rahmat", recovery_code=made.recovery_code, new_passphrase=PASSPHRASE)

    assert found.login == "rahmat"


def test_nobody_gives_an_officer_new_keys_alone(world: World) -> None:
    row = _propose(world, by="wulan")
    for login in ("wulan", "rahmat", "tono", "ina", "hadi", "dewi"):
        with pytest.raises(NotThere):
            _decide(world, row, by=login)

    assert signing_in.officer("rahmat", passphrase=PASSPHRASE, at=NOW).row.login == "rahmat"
    assert Holder.objects.get(officer__login="rahmat").version == 1


def test_nobody_is_made_administrator_by_making_new_keys_for_one(world: World) -> None:
    for login in ("wulan", "ina", "hadi"):
        with pytest.raises(NotThere):
            _propose(world, "tono", by=login)


@pytest.mark.parametrize("login", ["ina", "hadi", "dewi", "agus"])
def test_nobody_elsewhere_proposes_new_keys(world: World, login: str) -> None:
    with pytest.raises(NotThere):
        _propose(world, by=login)


def test_declined_the_old_keys_stay(world: World) -> None:
    row = _propose(world)

    _decide(world, row, by="wulan", confirmed=False)

    assert signing_in.officer("rahmat", passphrase=PASSPHRASE, at=NOW).row.login == "rahmat"
    with pytest.raises(Refused):
        signing_in.officer("rahmat", passphrase=NEW, at=NOW)
    with pytest.raises(NotThere):
        _decide(world, row, by="wulan")


def test_boxes_and_grants_for_the_old_key_are_gone(world: World) -> None:
    receipt = cast.join().tells()
    dewi = frozenset({world.officer("wulan").id})
    world.take("exclude", receipt, by="rahmat", note="Saudara", excluded=dewi)
    assert Grant.objects.filter(holder__officer__login="rahmat").exists()

    _decide(world, _propose(world), by="wulan")

    assert not Grant.objects.filter(holder__officer__login="rahmat").exists()
    boxes_of = Membership.objects.filter(holder__officer__login="rahmat")
    assert list(boxes_of.values_list("holder_version", flat=True)) == [2]
    _unlocked(world)
    with pytest.raises(NotThere):  # what was open to him alone is lost
        world.read(receipt, by="rahmat")


def test_an_officer_without_a_key_gets_none_by_it(world: World) -> None:
    _decide(world, _propose(world, "dewi"), by="wulan")

    assert not Membership.objects.filter(holder__officer__login="dewi").exists()
    assert signing_in.officer("dewi", passphrase=NEW, at=NOW).row.login == "dewi"


def test_p36_new_keys_that_somebody_slipped_in_between_are_not_put_in_force(world: World) -> None:
    row = _propose(world)
    Renewal.objects.filter(id=row.id).update(public_key=boxes.public_key(boxes.new_seed()))

    with pytest.raises(Altered):
        _decide(world, row, by="wulan")
    assert directory.flaws() == [f"keys.Renewal {row.id}"]
    assert Holder.objects.get(officer__login="rahmat").version == 1


def test_a_second_proposal_replaces_the_first(world: World) -> None:
    first = _propose(world)
    second = _propose(world)

    with pytest.raises(NotThere):
        _decide(world, first, by="wulan")
    _decide(world, second, by="wulan")


def test_who_has_no_key_in_hand_sees_none_that_waits(world: World) -> None:
    _propose(world)

    assert renewing.waiting(by=world.officer("wulan"), keyring=Keyring({}), on=TODAY) == []
    assert len(renewing.waiting(by=world.officer("wulan"), keyring=world.desk("wulan").keyring, on=TODAY)) == 1
