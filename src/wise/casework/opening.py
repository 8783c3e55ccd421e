"""Opening a case on a report that was just sealed: its first keys and who gets them, its number, clock and steps."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from wise.casework import calendar, clock, sealing
from wise.casework.models import Case, RuleSet, Step
from wise.casework.workflow import INITIAL
from wise.keys import directory, grants
from wise.keys.grants import CONTENT, IDENTITY, ORIGINALS, REPLY, Keys, To
from wise.keys.models import Grant, Holder
from wise.people.models import Officer, Unit
from wise.register import numbers
from wise.register.models import BoxOpening, Report
from wise.register.streams import REPLY_MEDIA, STREAMS, Stream
from wise.vault import deposits


@dataclass(frozen=True, slots=True, repr=False)
class Recorded:
    """How an officer took down what came on paper or by voice: when it came, who wrote it down, and the laporan.

    `laporan` is sealed for the unit that receives the case; whoever wrote it down cannot read it again.
    """

    by: Officer
    received_at: datetime.datetime
    laporan: Mapping[str, str]
    opening: BoxOpening | None = None


def first_keys(unit: Unit, *, medium: str, with_identity: bool) -> Keys:
    """A random key for each compartment that this report needs."""
    names = [CONTENT, ORIGINALS, grants.work_of(unit.id, since=1)]
    if REPLY_MEDIA[medium].needs_address:
        names.append(REPLY)
    if with_identity:
        names.append(IDENTITY)
    return grants.new_keys(*names)


def first_grants(
    report_id: uuid.UUID, *, keys: Keys, unit: Unit, reporter: Holder | None, on: datetime.date
) -> list[Grant]:
    """One box a holder: the unit, the reporter, and the two custodian units (one box inside the other)."""
    unit_gets = {name: key for name, key in keys.items() if name in {CONTENT, REPLY} or grants.is_work(name)}
    found = [grants.prepare(unit_gets, report_id=report_id, to=To(directory.holder_of(unit)), on=on)]
    if reporter is not None:
        own = {name: key for name, key in keys.items() if not grants.is_work(name)}
        found.append(grants.prepare(own, report_id=report_id, to=To(reporter), on=on))
    custodians = deposits.custodians()
    if custodians is not None:
        # Apart from each other: an original is disclosed without the identity, and the identity without originals.
        found += [
            grants.prepare({name: keys[name]}, report_id=report_id, to=custodians, on=on)
            for name in (IDENTITY, ORIGINALS)
            if name in keys
        ]
    return found


def open_case(
    report: Report,
    *,
    unit: Unit,
    rule_set: RuleSet,
    keys: Keys,
    on: datetime.date,
    at: datetime.datetime,
    recorded: Recorded | None,
) -> tuple[Case, list[Step]]:
    """The case with its first step; where an officer recorded the report, the hand-over follows with its laporan.

    The clock starts on the day of receipt. Of what a reporter sent by themselves no time is kept, and nobody's name.
    """
    stream = STREAMS[report.stream]
    case = Case.objects.create(
        report=report,
        agenda_number=next_agenda(unit, stream=stream, year=report.received_on.year),
        stream_code=stream.code,
        office=unit.office,
        unit=unit,
        status_code=INITIAL.code,
        rule_set=rule_set,
        received_on=report.received_on,
        due_on=due_on(rule_set, received_on=report.received_on, stream=stream),
        changed_on=on,
        is_urgent=recorded is not None and bool(recorded.laporan.get("urgent")),
        last_order=1 if recorded is None else 2,
    )
    # The first response (mission A5): the step's own sentence thanks the reporter in the timeline.
    step = Step(case=case, order=1, move="receive", after=INITIAL.code, on=report.received_on, unit=unit)
    steps = [step]
    if recorded is not None:
        step.at, step.by = recorded.received_at, recorded.by
        steps.append(_handed_over(case, recorded=recorded, keys=keys, on=on, at=at))
    for each in steps:
        each.save(force_insert=True)
    return case, steps


def due_on(rule_set: RuleSet, *, received_on: datetime.date, stream: Stream) -> datetime.date:
    """By when a report received on this day must be answered."""
    return clock.due_on(rule_set, received_on=received_on, stream=stream.code, calendar=calendar.known())


def next_agenda(unit: Unit, *, stream: Stream, year: int) -> str:
    """The agenda number of a case that this unit holds; call it inside the transaction that uses it."""
    number = numbers.next_agenda(unit.office, stream=stream, year=year)
    # Random numbers meet now and then; running ones never do.
    while not stream.running_number and Case.objects.filter(agenda_number=number).exists():
        number = numbers.next_agenda(unit.office, stream=stream, year=year)
    return number


def _handed_over(case: Case, *, recorded: Recorded, keys: Keys, on: datetime.date, at: datetime.datetime) -> Step:
    step = Step(case=case, order=2, move="record", before=INITIAL.code, after=INITIAL.code, on=on, at=at)
    step.by, step.unit = recorded.by, case.unit
    step.sealed = sealing.seal_note(step, recorded.laporan, keys=keys)
    return step
