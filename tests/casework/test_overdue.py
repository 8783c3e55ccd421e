"""No role and no move makes an overdue case look on time; and the one way to more time, before it is over (A7, B8)."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests import world as cast
from tests.deciding import LETTER
from tests.world import NOW, World
from wise.casework import actions, clock, rules
from wise.casework.given import Action, Delivery, Given
from wise.casework.intake import Receipt
from wise.casework.models import Case
from wise.casework.vocabulary import Actor
from wise.casework.workflow import ROWS, STATUSES, Move
from wise.refusals import Refused

DAY = datetime.timedelta(days=1)
LATE = NOW + 40 * DAY
# Where an overdue case can stand: only who reported can withdraw.
BEGUN = [code for code, row in STATUSES.items() if row.clock_runs or row.answered]


def _given(move: Move, world: World) -> Given:
    """Everything that any move may ask for, its dates as early as somebody would like them."""
    return Given(
        note="catatan",
        text="kata-kata",
        conclusion=next(iter(move.conclusions), ""),
        unit=world.ibi,
        until=LATE.date() + 90 * DAY,
        steps="langkah",
        facts="fakta",
        recommendation="saran",
        letter=LETTER,
        actions=(Action("Perbaiki", "Subbagian Umum", LATE.date() + 90 * DAY),),
        delivery=Delivery("page", handed_on=NOW.date()),
    )


def _tries(world: World, receipt: Receipt, *logins: str) -> Iterator[tuple[str, str, Case]]:
    """Each officer tries each move in each status; what worked is handed out, then undone."""
    case = cast.case_of(receipt)
    for login in logins:
        desk = world.desk(login, at=LATE)
        for move in ROWS:
            for status in BEGUN if move.actor is Actor.OFFICER else ():
                with transaction.atomic():
                    row = STATUSES[status]
                    answered = LATE.date() if row.answered else None
                    Case.objects.filter(id=case.id).update(
                        status_code=status, is_open=row.open, answered_on=answered, lead=world.unit("leadership")
                    )
                    try:
                        taken = actions.take(move.name, case_id=case.id, desk=desk, given=_given(move, world), at=LATE)
                    except Refused:
                        pass
                    else:
                        yield login, move.name, taken
                    transaction.set_rollback(True)


@pytest.mark.parametrize("rule_set", ["kemenkeu-2011", "eu-2019-1937"])
@pytest.mark.parametrize(
    ("stream", "logins"), [("service", ("wulan", "hadi", "dewi", "tono", "edi")), ("violation", ("maya", "ina", "nur"))]
)
def test_a7_an_overdue_case_stays_overdue_or_is_answered_late_whatever_anybody_does(
    world: World, rule_set: str, stream: str, logins: tuple[str, ...]
) -> None:
    rules.choose(rule_set, desk=world.desk("tono"), at=NOW)
    receipt = cast.join().tells(cast.queues(stream=stream))
    Case.objects.update(due_on="2026-11-19")

    taken = set()
    for login, move, case in _tries(world, receipt, *logins):
        found = clock.standing(Case.objects.get(id=case.id), on=LATE.date())
        assert found.due_on.isoformat() == "2026-11-19", (login, move)
        assert found.overdue or found.met_in_time is False, (login, move)
        taken.add(move)

    assert "extend" not in taken
    assert len(taken) >= 6


def _eu(world: World) -> Receipt:
    """Sari's complaint under rules whose time can be extended: due on 20 January 2027, or on 20 April."""
    rules.choose("eu-2019-1937", desk=world.desk("tono"), at=NOW)
    return cast.join().tells()


def _extend(world: World, receipt: Receipt, **given: Any) -> Case:
    return world.take("extend", receipt, by="wulan", **({"text": "Saksi sedang cuti."} | given))


def test_wulan_extends_the_time_once_and_sari_reads_why(world: World) -> None:
    sari = cast.join()
    rules.choose("eu-2019-1937", desk=world.desk("tono"), at=NOW)
    receipt = sari.tells()

    case = _extend(world, receipt)

    assert (case.due_on.isoformat(), case.extended_on) == ("2027-04-20", NOW.date())
    own = sari.report(receipt)
    assert [event.text for event in own.timeline if event.text] == ["Saksi sedang cuti."]
    assert (own.standing.due_on, own.standing.extended_on) == (case.due_on, NOW.date())
    with pytest.raises(Refused) as refused:
        _extend(world, receipt)
    assert refused.value.code == "move-not-open"


def test_no_time_is_extended_without_a_reason(world: World) -> None:
    receipt = _eu(world)

    with pytest.raises(Refused) as refused:
        _extend(world, receipt, text=" ")

    assert refused.value.code == "text-missing"
    assert cast.case_of(receipt).due_on.isoformat() == "2027-01-20"


@pytest.mark.parametrize(("days", "listed"), [(0, True), (92, True), (93, False)])
def test_the_time_can_be_extended_until_the_due_date_and_not_after_it(world: World, days: int, listed: bool) -> None:  # noqa: FBT001
    receipt = _eu(world)
    desk = world.desk("wulan", at=NOW + days * DAY)

    moves = [move.name for move in actions.moves_for(cast.case_of(receipt), desk=desk)]

    assert ("extend" in moves) is listed


def test_the_ministrys_own_thirty_days_cannot_be_extended(world: World) -> None:
    receipt = cast.join().tells()

    with pytest.raises(Refused) as refused:
        _extend(world, receipt)

    assert refused.value.code == "move-not-open"
    assert cast.case_of(receipt).extended_on is None
