"""Several at the desk at once, with committed transactions: one report a draft, one slip a holder, no find too many."""

import functools
from typing import Any

from tests import desk as front
from tests import world as cast
from tests.crowd import together
from tests.world import NOW, World
from wise.audit import proof
from wise.casework import desk
from wise.casework import proof as book
from wise.casework.desk import SlipReceipt
from wise.people import slips
from wise.people.models import Reporter, Slip
from wise.refusals import Refused
from wise.register import numbers
from wise.register.models import BoxFind, Report


def test_one_draft_recorded_from_several_windows_is_one_report_with_one_slip(committed_world: World) -> None:
    draft, dewi, unit = cast.draft(what="Antre lama"), committed_world.officer("dewi"), committed_world.unit()

    def send() -> SlipReceipt:
        return desk.record_draft(draft.token, recording=lambda _: front.recording(), by=dewi, unit=unit, at=NOW)

    shown: list[Any] = together([send] * 4)

    assert {slip.passphrase for slip in shown} == {shown[0].passphrase}
    assert (Report.objects.count(), Reporter.objects.count(), Slip.objects.count()) == (1, 1, 1)
    assert (proof.verify(), book.verify()) == ([], [])


def test_of_several_who_record_the_last_find_one_does(committed_world: World) -> None:
    opening = front.opening(committed_world, found=1)
    record = functools.partial(front.records, committed_world, "box", opening=opening)

    done = together([record] * 4)

    refused = [result for result in done if isinstance(result, Refused)]
    assert [result.code for result in refused] == ["box-all-recorded"] * 3
    assert (BoxFind.objects.count(), Report.objects.count()) == (1, 1)
    assert book.verify() == []


def test_of_several_who_use_a_slip_one_takes_it(committed_world: World) -> None:
    slip = front.records(committed_world)
    lookup, reporter = numbers.reporter_of(slip.register_number)
    unlocked = slips.unlock(reporter, lookup=lookup, passphrase=slip.passphrase, at=NOW)
    visits = [slips.begin(unlocked, at=NOW) for _ in range(4)]
    shown = [slips.waiting(token, at=NOW) for token in visits]

    done = together([functools.partial(slips.take, token, on=NOW.date(), at=NOW) for token in visits])

    taken = [number for number, result in enumerate(done) if not isinstance(result, Refused)]
    assert len(taken) == 1
    assert {result.code for result in done if isinstance(result, Refused)} == {"slip-used"}
    kept = shown[taken[0]]
    assert kept is not None
    lookup, reporter = numbers.reporter_of(slip.register_number)
    assert slips.unlock(reporter, lookup=lookup, passphrase=kept.passphrase, at=NOW).seed == unlocked.seed
