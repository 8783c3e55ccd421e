"""Random walks through the moves: whatever officers and reporters do in whatever order, the promises hold."""

import contextlib
import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world as cast
from tests.deciding import LETTER
from tests.world import HEAD_OFFICE, KANWIL, NOW, Teller, World
from wise.audit import proof
from wise.casework import access, actions, clock, correspondence, objecting, parts, reading
from wise.casework import proof as book
from wise.casework.given import NOBODY, Action, Assignment, Delivery, Disposition, Given, Transfer
from wise.casework.intake import Receipt
from wise.casework.models import Authority, Case, Improvement, Tag, Task
from wise.casework.urgency import CHOICES as URGENCY
from wise.casework.vocabulary import Actor, Needs
from wise.casework.workflow import MOVES, STATUSES, Move
from wise.people.models import Unit
from wise.refusals import NotThere, Refused
from wise.register.streams import STREAMS

OFFICERS = ("wulan", "rahmat", "hadi", "hadi", "yanti", "surya", "maya", "ina", "fajar", "hadi", "dewi", "tono", "sri")
# What chance chooses and the rules forbid.
CHOICES = (
    "stream-same",
    "unit-not-open",
    "officer-missing",
    "addressees-missing",
    "colleague-missing",
    "not-urgent",
    "tag-not-open",
    "main-unknown",
    "main-itself",
    "excluded-missing",
    "nobody-left",
)
PAGES = sorted(name for name, move in MOVES.items() if move.actor is Actor.OFFICER)
SARI = ("add words", "add a file", "write", "object", "object")

steps = st.lists(
    st.tuples(
        st.sampled_from((*OFFICERS, *SARI)),
        st.integers(0, 10_000),  # which of the open moves, which unit, which conclusion
        st.integers(0, 12),  # days that pass
    ),
    min_size=1,
    max_size=14,
)


@contextlib.contextmanager
def _undone() -> Iterator[None]:
    """Each walk begins in the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _given(move: Move, world: World, choice: int, *, today: datetime.date) -> Given:
    """What the move needs, chosen by chance."""
    units = [world.unit(), world.unit(office=KANWIL), world.unit(office=HEAD_OFFICE), world.ibi]
    handlers = [str(world.officer(login).id) for login in ("wulan", "rahmat", "yanti", "bambang", "ina", "fajar")]
    chosen = handlers[choice % len(handlers)]
    fields: dict[str, Any] = {
        "officer": chosen if choice % 4 else NOBODY,
        "disposition": Disposition((chosen,), ("answer",), note="catatan"),
        "note": "catatan" if Needs.NOTE in move.needs else "",
        "text": "kata-kata" if Needs.TEXT in move.needs else "",
        "unit": units[choice % len(units)] if Needs.UNIT in move.needs or choice % 7 == 0 else None,
        "until": today + datetime.timedelta(days=choice % 9) if Needs.UNTIL in move.needs else None,
        "conclusion": sorted(move.conclusions)[choice % len(move.conclusions)] if move.conclusions else "",
        "steps": "langkah",
        "facts": "fakta",
        "recommendation": "saran",
        "letter": LETTER,
        "transfer": Transfer(Authority.objects.values_list("id", flat=True)[choice % 3], ("butir",)),
        "actions": (Action("Perbaiki", "Subbagian Umum", today + datetime.timedelta(days=choice % 30)),),
        "improvement": Improvement.objects.filter(done_on=None).values_list("id", flat=True).first(),
        "delivery": Delivery("page"),
        "stream": sorted(STREAMS)[choice % len(STREAMS)],
        "files": (cast.file(),) if {Needs.FILES, Needs.PAPER} & move.needs else (),
        "paper_on": today,
        "tags": tuple(Tag.objects.values_list("id", flat=True)[: choice % 2]),
        "task": Assignment("Periksa rekaman", world.officer("wulan").id, today + datetime.timedelta(days=choice % 9)),
        "task_done": Task.objects.filter(is_open=True).values_list("id", flat=True).first(),
        "urgency": sorted(URGENCY)[choice % len(URGENCY)],
        "main_case": Case.objects.values_list("agenda_number", flat=True)[choice % Case.objects.count()],
        "excluded": frozenset({world.officer("rahmat").id} if choice % 3 else ()),
        "reported": ("Bagus", "Wulan Sari" if choice % 2 else "Hadi Santoso"),
    }
    return Given(**fields)


def _sari_does(sari: Teller, deed: str, receipt: Receipt, at: datetime.datetime) -> None:
    own: dict[str, Any] = {"by": sari.reporter, "keyring": sari.keyring, "at": at}
    report_id = uuid.UUID(receipt.report_id)
    if deed == "write":
        correspondence.write(report_id, text="kabar", **own)
    elif deed == "object":
        case = parts.own(report_id, reporter=sari.reporter)[0]
        if objecting.can_object(case, on=clock.today_at(case.office, at=at)):
            objecting.reopen(report_id, text="keberatan", part=case.part, **own)
    else:
        files = [cast.file()] if deed == "add a file" else []
        correspondence.add(report_id, text="" if files else "tambahan", files=files, **own)


def _officer_does(world: World, login: str, choice: int, receipt: Receipt, at: datetime.datetime) -> None:
    cases = list(parts.of_report(uuid.UUID(receipt.report_id)).select_related("unit"))
    desk, case = world.desk(login, at=at), cases[choice % len(cases)]
    listed = actions.moves_for(case, desk=desk)
    holds = access.cases_of(desk).filter(id=case.id).exists()
    assert holds <= bool({case.unit, case.lead} & set(desk.units))
    # What is listed can be taken; now and then somebody tries what is not listed, and is refused.
    name = listed[choice % len(listed)].name if listed and choice % 5 else PAGES[choice % len(PAGES)]
    given_ = _given(MOVES[name], world, choice, today=desk.today)
    try:
        actions.take(name, case_id=case.id, desk=desk, given=given_, at=at)
    except Refused as refused:
        code = refused.code
    else:
        code = ""
    assert holds or code == "not-there"
    assert (code == "move-not-open") is (holds and name not in {move.name for move in listed})
    assert code in {"", "not-there", "move-not-open", "still-waiting", "no-head", "nobody-above", *CHOICES}


def _promises_hold(world: World, sari: Teller, receipt: Receipt, before: Case, at: datetime.datetime) -> None:
    for case in parts.of_report(uuid.UUID(receipt.report_id)).select_related("unit", "lead"):
        _promises_hold_on(case, world, sari, before, at)


def _promises_hold_on(case: Case, world: World, sari: Teller, before: Case, at: datetime.datetime) -> None:
    own = reading.own_report(case.report_id, reporter=sari.reporter, keyring=sari.keyring, at=at, part=case.part)
    assert own.case == case
    assert own.told.what == "Antre di loket tiga jam"
    assert (case.received_on, case.rule_set_id) == (before.received_on, before.rule_set_id)
    assert case.due_on - case.runs_from == before.due_on - before.received_on
    assert case.first_due_on in {None, before.due_on}
    assert case.was_late >= (case.first_answered_on is not None and case.first_answered_on > before.due_on)
    assert case.status_code in STATUSES
    assert case.is_open is case.status.open
    assert (case.answered_on is not None) >= case.status.answered
    assert own.standing.runs is (case.status.clock_runs and case.answered_on is None)
    orders = [event.order for event in own.timeline]
    assert orders == sorted(set(orders))
    assert not any(event.who or event.at or event.text == "catatan" for event in own.timeline)
    for login in ("wulan", "yanti", "maya", "ina", "hadi", "surya"):
        desk = world.desk(login, at=at)
        try:
            opened = reading.read(case.id, desk=desk, at=at)
        except NotThere:
            assert not access.cases_of(desk).filter(id=case.id).exists()
            assert case.is_restricted or not {case.unit, case.lead} & set(desk.units)
        else:
            assert {case.unit, case.lead} & set(desk.units)
            assert [event.order for event in opened.timeline] == sorted({event.order for event in opened.timeline})
            # Who holds the case reads every note that was ever made on it; the head those of the unit that proposed.
            noted = case.steps.filter(sealed__isnull=False).exclude(move="approve")
            read = [event for event in opened.timeline if event.text == "catatan" or event.parts]
            theirs = noted if case.unit in desk.units else noted.filter(unit=case.unit)
            assert len(read) == theirs.count()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=steps, stream=st.sampled_from(["service", "violation", "suggestion"]))
def test_whatever_is_done_the_promises_hold(world: World, steps: list[tuple[str, int, int]], stream: str) -> None:
    with _undone():
        sari, at = cast.join(), NOW
        receipt = sari.tells(cast.queues(stream=stream, files=(cast.file(),)))
        before = cast.case_of(receipt)
        for who, choice, days in steps:
            at += datetime.timedelta(days=days)
            if who in SARI:
                _sari_does(sari, who, receipt, at)
            else:
                _officer_does(world, who, choice, receipt, at)
        _promises_hold(world, sari, receipt, before, at)
        assert proof.verify() == []
        assert book.verify() == []


def test_the_walk_knows_the_units_it_refers_to(world: World) -> None:
    assert Unit.objects.filter(kind__in=("compliance", "investigation", "certain")).count() == 91
