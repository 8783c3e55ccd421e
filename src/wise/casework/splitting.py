"""Splitting a report that tells of two things: its second case has a unit, a number, an answer and keys of its own.

No clock restarts: it was received when the report was. Its unit gets the report, and none of the first unit's notes.
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import conflict, excluding, opening, parts, receivers, sealing, ways
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.workflow import INITIAL
from wise.keys import grants, staff
from wise.keys.grants import CONTENT, REPLY
from wise.people.models import Unit
from wise.refusals import Refused
from wise.register.streams import STREAMS


def _complete(taking: Taking, given: Given) -> Given:
    """What was typed, with the unit that gets the part and the number that it gets."""
    case, on = taking.case, taking.desk.today
    if parts.of_report(case.report_id).count() >= parts.MOST:
        raise Refused("parts-most", _("This report is handled in as many parts as it can have."))
    stream = STREAMS[given.stream]
    with receivers.for_officers():
        found = ways.way(case, stream, reported=conflict.named(case, keys=taking.keys), on=on)
    unit = given.unit or found.unit
    if unit not in found.units:
        raise Refused("unit-not-open", _("This unit does not receive cases of this kind. Choose another one."))
    if not staff.is_read(unit):
        raise Refused("nobody-there", _("That unit has no member who could open the case. Choose another one."))
    return replace(given, unit=unit, agenda=opening.next_agenda(unit, stream=stream, year=case.received_on.year))


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    return {"agenda_other": given.agenda, "part": given.stream}


def _open(case: Case, given: Given, *, unit: Unit, order: int, on: datetime.date) -> Case:
    """The case for the part, under the rules and with the day of receipt of the first."""
    return Case.objects.create(
        report=case.report,
        part=parts.of_report(case.report_id).count() + 1,
        agenda_number=given.agenda,
        stream_code=given.stream,
        office=unit.office,
        unit=unit,
        status_code=INITIAL.code,
        rule_set_id=case.rule_set_id,
        received_on=case.received_on,
        due_on=ways.due_on(case, STREAMS[given.stream], on=on),
        extended_on=case.extended_on,
        objected_on=case.objected_on,
        changed_on=on,
        last_order=order,
    )


def _follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    """Open the case, seal for its unit what it is about, and wrap the report's keys with a `work` key of its own."""
    case, keys, desk, unit, order = taking.case, taking.keys, taking.desk, given.unit, step.order + 1
    assert unit is not None
    made = grants.new_keys(grants.work_of(unit.id, since=order))
    part = _open(case, given, unit=unit, order=order, on=desk.today)
    first = Step(case=part, order=order, move=step.move, after=INITIAL.code, on=step.on, at=step.at, by=step.by)
    first.unit = unit
    # Whom the report is about goes along: nobody concerned shall get the part later.
    about = "\n".join(sorted(conflict.named(case, keys=keys)))
    note = {"note": given.note.strip(), "agenda_other": case.agenda_number, "about": about}
    barred = excluding.excluded(case, keys=keys)
    note[excluding.IDS] = excluding.in_words(barred)
    first.sealed = sealing.seal_note(first, {name: text for name, text in note.items() if text}, keys=made)
    first.save(force_insert=True)
    handed = {name: key for name, key in keys.items() if name in {CONTENT, REPLY}} | made
    excluding.give(part, handed, unit=unit, without=barred | excluding.kept_out(part, unit=unit), desk=desk)
    part.save(update_fields=["is_restricted"])
    case.last_order = order
    facts: dict[str, log.Fact] = {"unit": str(unit.id), "split_from": str(case.id), "rows": [fingerprint(first)]}
    facts |= grants.later_commitments(made, report_id=case.report_id)
    assert step.at is not None
    log.record(step.move, chain=Chain.OFFICERS, at=step.at, subject=part.id, by=desk.officer.id, facts=facts)
    return []


EFFECT = Effect(complete=_complete, note=_note, follow=_follow)
