"""What a case, or a part split off from it, can be: of which kind, who holds it then, and by when it is answered."""

import datetime
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from wise.casework import calendar, clock, conflict, reading, receivers
from wise.casework.access import Desk
from wise.casework.models import Case
from wise.people.models import Unit
from wise.refusals import Refused
from wise.register.streams import STREAMS, Stream


@dataclass(frozen=True, slots=True)
class Way:
    """A kind that it can be of. `unit`: who holds it then, unless one of the other `units` is chosen."""

    stream: Stream
    unit: Unit
    units: tuple[Unit, ...]
    due_on: datetime.date


def offered(case_id: uuid.UUID, *, same: bool, desk: Desk, at: datetime.datetime) -> list[Way]:
    """The ways for a form, `same`: that of the case's own kind too. This is a reading of the case, and is logged."""
    case, keys = reading.opened_for(case_id, desk=desk, at=at)
    return list(_open(case, same=same, reported=conflict.named(case, keys=keys), on=desk.today))


def _open(case: Case, *, same: bool, reported: Collection[str], on: datetime.date) -> Iterator[Way]:
    for stream in STREAMS.values():
        if same or stream.code != case.stream_code:
            try:
                yield way(case, stream, reported=reported, on=on)
            except Refused:
                continue


def way(case: Case, stream: Stream, *, reported: Collection[str], on: datetime.date) -> Way:
    """Who would hold it: the unit that reception would choose, past those whom it concerns, or one above it."""
    office = case.report.office
    first = receivers.usual(stream=stream.code, office=office)
    units = receivers.upwards(first, reported=reported, on=on)
    same = first == receivers.usual(stream=case.stream_code, office=office)
    takes = same or receivers.receives(case.unit, stream=stream.code, office=office)
    stays = takes and receivers.past(case.unit, reported=reported, on=on) == case.unit
    unit = case.unit if stays else units[0]
    return Way(stream, unit, tuple(dict.fromkeys([unit, *units])), due_on(case, stream, on=on))


def due_on(case: Case, stream: Stream, *, on: datetime.date) -> datetime.date:
    """The time that the case's rule set gives this kind, from the day of receipt or of the last objection.

    A date that has passed stays: nobody gets time back by calling a late case something else. Nor is a case late at
    once because the time of its new kind is shorter: then the answer is due today.
    """
    if case.due_on < on:
        return case.due_on
    counted = clock.due_on(
        case.rule_set,
        received_on=case.runs_from,
        stream=stream.code,
        calendar=calendar.known(),
        extended=case.extended_on is not None,
    )
    return max(counted, on)
