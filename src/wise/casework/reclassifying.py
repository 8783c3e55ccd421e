"""Changing the kind of a case: who handles it, how it is answered and by when follow from what it turns out to be.

The report stays what it was told as (`Report.stream`); the case is what the institution makes of it.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from wise.casework import conflict, opening, receivers, ways
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.workflow import MOVES
from wise.keys import directory, grants
from wise.refusals import Refused
from wise.register.streams import STREAMS, Stream

GOES_ON, ANEW, STAYS = "goes_on", "anew", "stays"


def _complete(taking: Taking, given: Given) -> Given:
    """What was typed, with the unit that the case goes to; None where it stays."""
    case, on = taking.case, taking.desk.today
    if given.stream == case.stream_code:
        raise Refused("stream-same", _("The case is of this kind already."))
    with receivers.for_officers():
        found = ways.way(case, STREAMS[given.stream], reported=conflict.named(case, keys=taking.keys), on=on)
    unit = given.unit or found.unit
    if unit not in found.units:
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
    case.due_on = ways.due_on(case, stream, on=on)
    case.stream_code = stream.code
    # It lay before the head as another kind; where it goes to another unit, the head's key goes with the unit's.
    if given.unit is None and case.lead is not None:
        work = filter(grants.is_work, taking.keys)
        grants.withdraw(case.report_id, holder=directory.holder_of(case.lead), work=work)
        case.lead = None
    return []


EFFECT = Effect(complete=_complete, note=_note, follow=_follow)
