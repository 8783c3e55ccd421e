"""P31: the administrator opens nothing, sees nothing of a case, and cannot make a key for themselves."""

import pytest

from tests import world as cast
from tests.world import NOW, World
from wise.casework import inbox
from wise.casework.inbox import Wanted
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.keys import grants, keyring, membership
from wise.keys.models import Grant, Membership
from wise.people.kinds import Role
from wise.people.models import OfficerRole
from wise.refusals import NotThere
from wise.vault.deposits import Identity


def _view(world: World) -> str:
    """All that Tono's pages could be made of."""
    desk = world.desk("tono")
    pages = [inbox.page(desk, wanted=Wanted(view=view)) for view in inbox.VIEWS]
    return repr([inbox.counts(desk), pages, desk.units, sorted(desk.keyring.holders)])


def test_p31_tonos_whole_view_is_the_same_with_and_without_a_case(world: World) -> None:
    before = _view(world)
    sari = cast.join()
    sari.tells(cast.queues(identity=Identity("Sari"), files=(cast.file(),)))
    sari.tells(cast.queues(stream="violation", receiver="ibi"))

    assert _view(world) == before


def test_p31_tonos_keys_open_no_box_with_the_whole_database_in_hand(world: World) -> None:
    receipt = cast.join().tells(cast.queues(identity=Identity("Sari")))
    ring, report = world.desk("tono").keyring, cast.case_of(receipt).report

    assert grants.held(report.id, keyring=ring, vouched=report.commitments) == {}
    for seed in ring.seeds.values():
        for grant in Grant.objects.all():
            with pytest.raises(Unopenable):
                boxes.unwrap(bytes(grant.wrapped), seed=seed, context=grants._context(grant, "outer"))
        for row in Membership.objects.all():
            with pytest.raises(Unopenable):
                boxes.unwrap(bytes(row.wrapped), seed=seed, context=keyring.membership_context(row))


def test_p31_tono_can_propose_but_somebody_with_the_key_must_hand_it_over(world: World) -> None:
    receipt = cast.join().tells()
    desk = world.desk("tono")
    proposal = membership.propose(desk.officer, unit=world.unit(), role=Role.VERIFIER, by=desk.officer, at=NOW)

    with pytest.raises(NotThere):
        membership.decide(proposal, confirmed=True, by=desk.officer, keyring=desk.keyring, at=NOW)

    with pytest.raises(NotThere):
        world.read(receipt, by="tono")
    assert list(OfficerRole.objects.filter(officer=desk.officer).values_list("role", flat=True)) == ["admin"]
