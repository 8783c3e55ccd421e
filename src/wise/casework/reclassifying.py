"""Changing the kind of a case: who handles it, how it is answered and by when follow from what it turns out to be.

The report stays what it was told as (`Report.stream`); the case is what the institution makes of it.
"""

import datetime
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from wise.casework import calendar, clock, conflict, opening, reading, receivers
from wise.casework.access import Desk
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.workflow import MOVES
from wise.keys import directory, grants
from wise.people.models import Unit
from wise.refusals import Refused
from wise.register.streams import STREAMS, Stream

GOES_ON, ANEW, STAYS = "goes_on", "anew", "stays"


@dataclass(frozen=True, slots=True)
class Way:
    """What a case can become. `unit`: who holds it then, unless one of the other `units` is chosen."""

    stream: Stream
    unit: Unit
    units: tuple[Unit, ...]
    due_on: datetime.date


def ways(case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> list[Way]:
    """What a case can become, for the form; this is a reading of it, and is logged."""
    case, keys = reading.opened_for(case_id, desk=desk, at=at)
    return list(_ways(case, reported=conflict.named(case, keys=keys), on=desk.today))


def _ways(case: Case, *, reported: Collection[str], on: datetime.date) -> Iterator[Way]:
    for stream in STREAMS.values():
        if stream.code != case.stream_code:
            try:
                yield _way(case, stream, reported=reported, on=on)
            except Refused:
                continue


def _way(case: Case, stream: Stream, *, reported: Collection[str], on: datetime.date) -> Way:
    """Who would hold the case: the unit that reception would choose, past those whom it concerns, or one above it."""
    office = case.report.office
    first = receivers.usual(stream=stream.code, office=office)
    units = receivers.upwards(first, reported=reported, on=on)
    same = first == receivers.usual(stream=case.stream_code, office=office)
    takes = same or receivers.receives(case.unit, stream=stream.code, office=office)
    stays = takes and receivers.past(case.unit, reported=reported, on=on) == case.unit
    unit = case.unit if stays else units[0]
    return Way(stream, unit, tuple(dict.fromkeys([unit, *units])), _due_on(case, stream, on=on))


def _due_on(case: Case, stream: Stream, *, on: datetime.date) -> datetime.date:
    """The time that the case's rule set gives this kind, from the day of receipt.

    A date that has passed stays: nobody gets time back by calling a late case something else. Nor is a case late at
    once because the time of its new kind is shorter: then the answer is due today.
    """
    if case.due_on < on:
        return case.due_on
    counted = clock.due_on(
        case.rule_set,
        received_on=case.received_on,
        stream=stream.code,
        calendar=calendar.known(),
        extended=case.extended_on is not None,
    )
    return max(counted, on)


def _complete(taking: Taking, given: Given) -> Given:
    """What was typed, with the unit that the case goes to; None where it stays."""
    case, on = taking.case, taking.desk.today
    if given.stream == case.stream_code:
        raise Refused("stream-same", _("The case is of this kind already."))
    with receivers.for_officers():
        way = _way(case, STREAMS[given.stream], reported=conflict.named(case, keys=taking.keys), on=on)
    unit = given.unit or way.unit
    if unit not in way.units:
        raise Refused("unit-not-open", _("This unit does not receive cases of this kind. Choose another one."))
    if unit.id != case.unit_id:
        return replace(given, unit=unit, conclusion=GOES_ON)
    # What was found under the rules for another kind is looked at again.
    begun = case.status_code not in MOVES["verify"].before and not case.status.waits_for_reporter
    return replace(given, unit=None, conclusion=ANEW if begun else STAYS)


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    case, stream = taking.case, STREAMS[given.stream]
    kinds = {"stream_before": case.stream_code, "stream": stream.code}
    return kinds | ({"agenda_before": case.agenda_number} if _is_renumbered(case, stream) else {})


def _is_renumbered(case: Case, stream: Stream) -> bool:
    """Whether the case gets a number of its new kind.

    Whoever knows a complaint's running number must not recognise by it the case about a violation that it became; and
    among running numbers a random one would say what the case was before.
    """
    return case.stream.running_number is not stream.running_number


def _follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    del step
    case, stream, on = taking.case, STREAMS[given.stream], taking.desk.today
    if _is_renumbered(case, stream):
        unit = given.unit or case.unit
        case.agenda_number = opening.next_agenda(unit, stream=stream, year=case.received_on.year)
    case.due_on = _due_on(case, stream, on=on)
    case.stream_code = stream.code
    # It lay before the head as another kind; where it goes to another unit, the head's key goes with the unit's.
    if given.unit is None and case.lead is not None:
        grants.withdraw(case.report_id, holder=directory.holder_of(case.lead))
        case.lead = None
    return []


EFFECT = Effect(complete=_complete, note=_note, follow=_follow)
