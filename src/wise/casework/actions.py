"""Taking a move: lock the case, check, write the step, change the status, meet the clock, log – in one transaction.

Nothing else assigns a status.
"""

import datetime
import uuid
from dataclasses import replace

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.log import Fact
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import (
    access,
    calendar,
    clock,
    doing,
    duplicates,
    ended,
    excluding,
    parts,
    sealing,
    tags,
    tasks,
    timeline,
    workflow,
)
from wise.casework import given as givens
from wise.casework.access import Desk
from wise.casework.effects import Taking
from wise.casework.given import Given
from wise.casework.models import Case, Message, Step
from wise.casework.vocabulary import Needs, Path, Tells
from wise.casework.workflow import STATUSES, Move
from wise.keys import directory, grants, staff
from wise.keys.grants import Keys
from wise.people.kinds import RECEIVING, UnitKind
from wise.people.models import Officer, Unit
from wise.refusals import NotThere, Refused

ASK_FOR = datetime.timedelta(days=7)
# All of a case that a move can change.
_CHANGING = (
    "status_code",
    "is_open",
    "changed_on",
    "asked_until",
    "due_on",
    "extended_on",
    "outcome",
    "stream_code",
    "agenda_number",
    "answered_on",
    "answer_medium",
    "handler",
    "unit",
    "lead",
    "last_order",
    "is_urgent",
    "follows",
    "is_restricted",
)


def moves_for(case: Case, *, desk: Desk) -> list[Move]:
    """What this officer can do with the case now and has a page for: the buttons."""
    return [move for move in _listed(case, desk=desk) if _fits(move, case, today=desk.today)]


def can_take(name: str, case: Case, *, desk: Desk) -> bool:
    """Whether this one move is among them."""
    move = next((row for row in _listed(case, desk=desk) if row.name == name), None)
    return move is not None and _fits(move, case, today=desk.today)


def _listed(case: Case, *, desk: Desk) -> list[Move]:
    """What the table opens to these roles at this status, and has a page."""
    path, roles = path_of(case), desk.roles_on(case)
    listed = workflow.moves_open_to(status=case.status_code, stream=case.stream_code, path=path, roles=roles)
    return [move for move in listed if move.has_page]


def _fits(move: Move, case: Case, *, today: datetime.date) -> bool:
    """Whether there is something on the case for the move to act on."""
    if move.speaks and case.report.reporter_id is None:
        return False  # nobody would ever read it
    return doing.fits(move, case, today=today) and (not move.extends or clock.can_extend(case, on=today))


def path_of(case: Case) -> Path:
    """How this case comes to its answer, as long as its present unit holds it."""
    return workflow.path_of(stream=case.stream_code, unit_kind=case.unit.kind)


def take(name: str, *, case_id: uuid.UUID, desk: Desk, given: Given, at: datetime.datetime) -> Case:
    """Take a move on a case that this desk holds or leads; `Refused` with the reason where the rules forbid it.

    What keeps a case from colleagues keeps the report's other parts at the unit from them too: they share its keys.
    """
    with transaction.atomic():
        duplicates.lock(name, case_id, given, desk=desk)
        case = _take(name, case_id, desk=desk, given=given, at=at)
        if name == excluding.MOVE:
            for part_id in excluding.parts_unlike(case, given.excluded):
                _take(name, part_id, desk=desk, given=replace(given, seen=None), at=at)
            case.refresh_from_db(fields=["last_order"])
    return case


def _take(name: str, case_id: uuid.UUID, *, desk: Desk, given: Given, at: datetime.datetime) -> Case:
    case = access.case_for(desk, case_id, lock=True)
    move = workflow.row_of(name, path=path_of(case))
    if move is None or not can_take(name, case, desk=desk):
        raise Refused("move-not-open", _("This can no longer be done: the case has moved on. Look at it again."))
    if _is_stale(case, seen=given.seen):
        raise Refused("case-changed", _("Something has happened on this case meanwhile. Look at it, then decide."))
    _check(move, case, given, today=desk.today)
    keys = access.keys_of(case, keyring=desk.keyring)
    taking = Taking(move, case, desk, keys)
    given = doing.complete(taking, given)
    facts: dict[str, Fact] = {"from": case.status_code}
    stream, due_on, handler = case.stream_code, case.due_on, case.handler_id
    step, written = _write(taking, given, at=at)
    _change(move, case, given, by=desk.officer, on=desk.today)
    written += doing.follow(taking, given, step)
    if case.stream_code != stream:
        facts |= {"stream": case.stream_code, "stream_before": stream}
        facts |= {"due_on": case.due_on.isoformat(), "due_on_before": due_on.isoformat()}
    # Whoever is excluded is named nowhere, by what they no longer do neither.
    if case.handler_id != handler and Needs.EXCLUDED not in move.needs:
        facts["handler"] = str(case.handler_id) if case.handler_id else None
    handed_over = given.unit is not None and bool({Needs.UNIT, Needs.REPORTED, Needs.STREAM} & move.needs)
    if taking.made:
        facts |= grants.later_commitments(taking.made, report_id=case.report_id)
    if given.unit is not None and handed_over:
        facts |= _hand_over(case, unit=given.unit, keys=keys, step=step, desk=desk, at=at)
    if handed_over or case.stream_code != stream:
        tags.drop_misplaced(case)
    case.save(update_fields=_CHANGING)
    parts.advance(case)
    facts |= {"to": case.status_code, "rows": [fingerprint(row) for row in written]}
    # Whatever handed it over, the log calls it a referral: that is what vouches for the next unit's key.
    deed = "refer" if handed_over else name
    log.record(deed, chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    return case


def referral_targets(case: Case) -> list[Unit]:
    """The units a case can be referred to, nearest first: the chain above, then all others by name."""
    units = {unit.id: unit for unit in Unit.objects.filter(kind__in=RECEIVING)}
    chain, above = dict[uuid.UUID, int](), case.unit.above_id
    while above in units:
        chain[above] = len(chain)
        above = units[above].above_id
    others = (unit for unit in units.values() if unit.id != case.unit_id)
    return sorted(others, key=lambda unit: (chain.get(unit.id, len(chain)), unit.name))


def _is_stale(case: Case, *, seen: int | None) -> bool:
    """Whether something happened on the case since the page was shown; what happened on another part does not count."""
    if seen is None or seen == case.last_order:
        return False
    return seen > case.last_order or bool(timeline.since(case, order=seen))


def _check(move: Move, case: Case, typed: Given, *, today: datetime.date) -> None:
    givens.check(move, typed, today=today)
    waits = case.status.waits_for_reporter and case.asked_until is not None and case.asked_until >= today
    if waits and move.conclusions and not case.has_news:
        raise Refused("still-waiting", _("The reporter still has time to answer. Continue without waiting first."))


def _write(taking: Taking, given: Given, *, at: datetime.datetime) -> tuple[Step, list[models.Model]]:
    """The step and, where the reporter is written to, the message: both sealed, both in the report's own order."""
    move, case, keys, by, on = taking.move, taking.case, taking.keys, taking.desk.officer, taking.desk.today
    after = _status_after(move, case, given)
    order = case.last_order + 1
    step = Step(
        case=case,
        order=order,
        move=move.name,
        before=case.status_code,
        after=after,
        on=on,
        at=at,
        by=by,
        unit=case.unit,
    )
    note = doing.note_of(taking, given)
    if any(note.values()):
        step.sealed = sealing.seal_note(step, note, keys=keys)
    step.save(force_insert=True)
    written: list[models.Model] = [step]
    if move.tells is Tells.TEXT:
        order += 1
        message = Message(case=case, order=order, move=move.name, on=on, at=at, by=by)
        message.sealed = sealing.seal_words(message, given.text.strip(), keys=keys)
        message.save(force_insert=True)
        written.append(message)
    case.last_order = order
    return step, written


def _change(move: Move, case: Case, given: Given, *, by: Officer, on: datetime.date) -> None:
    after = STATUSES[_status_after(move, case, given)]
    case.status_code, case.is_open, case.changed_on = after.code, after.open, on
    if not after.waits_for_reporter:
        case.asked_until = None
    elif Needs.UNTIL in move.needs:
        case.asked_until = given.until
    if given.conclusion in move.outcome_by:
        case.outcome = move.outcome_by[given.conclusion]
    if move.meets == "answer" and case.answered_on is None:
        case.answered_on = on
        case.answer_medium = given.delivery.medium if given.delivery is not None else ""
    if move.takes_on:
        case.handler = by
    if move.extends:
        case.due_on, case.extended_on = clock.extended_due(case, calendar=calendar.known()), on


def _status_after(move: Move, case: Case, given: Given) -> str:
    if given.conclusion and given.conclusion in move.after_by:
        return move.after_by[given.conclusion]
    return move.after or case.status_code


def _hand_over(case: Case, *, unit: Unit, keys: Keys, step: Step, desk: Desk, at: datetime.datetime) -> dict[str, Fact]:
    """Wrap the keys for the next unit and take the old unit's grant away.

    The next unit gets the work so far and a `work` key of its own that the old unit never has. It begins to hold the
    case at the place of this step.
    """
    if UnitKind(unit.kind) not in RECEIVING or unit.id == case.unit_id:
        raise NotThere
    directory.check(unit)
    if not staff.is_read(unit):
        raise Refused("nobody-there", _("That unit has no member who could open the case. Choose another one."))
    report_id = case.report_id
    made = grants.new_keys(grants.work_of(unit.id, since=step.order))
    work = [name for name in keys if grants.is_work(name)]
    passed_on = {name: key for name, key in (keys | made).items() if not grants.is_confided(name)}
    left = case.unit_id
    excluding.take_away(case, work=work)
    if case.lead is not None:
        grants.withdraw(report_id, holder=directory.holder_of(case.lead), work=work)
    barred = excluding.excluded(case, keys=keys) | excluding.kept_out(case, unit=unit)
    excluding.give(case, passed_on, unit=unit, without=barred, desk=desk)
    tasks.close_out(case)
    ended.leaves(case, by=desk.officer.id, at=at)
    case.unit, case.lead, case.handler = unit, None, None
    facts: dict[str, Fact] = {"unit": str(unit.id), "from_unit": str(left)}
    return facts | grants.later_commitments(made, report_id=report_id)
