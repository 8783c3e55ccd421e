"""A reporter objects to the answer, within the time that the rule set gives: the case is worked on again.

The time for the new answer runs from the objection. What the first answer was due by, and that one was late, stays.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import access, calendar, clock, correspondence, parts
from wise.casework.models import Case, Step
from wise.casework.workflow import MOVES, STATUSES
from wise.keys import staff
from wise.keys.keyring import Keyring
from wise.people.models import Reporter
from wise.refusals import Refused
from wise.register import telltale

_CHANGING = (
    "status_code",
    "is_open",
    "outcome",
    "due_on",
    "extended_on",
    "asked_until",
    "answered_on",
    "answer_medium",
    "objected_on",
    "first_due_on",
    "first_answered_on",
    "was_late",
    "handler",
    "last_order",
    "has_news",
    "changed_on",
)


@dataclass(frozen=True, slots=True)
class Term:
    """Until when a reporter may object to the answer that they have, and whether that is over."""

    until: datetime.date
    is_over: bool


def term(case: Case, *, on: datetime.date) -> Term | None:
    """The time for an objection; None where there is no answer to object to, or the rule set knows no objection."""
    if case.status_code not in MOVES["reopen"].before:
        return None
    until = clock.object_until(case, calendar=calendar.known())
    return Term(until, is_over=on > until) if until is not None else None


def can_object(case: Case, *, on: datetime.date) -> bool:
    """Whether the reporter may object to the answer on a day."""
    found = term(case, on=on)
    return found is not None and not found.is_over


def reopen(
    report_id: uuid.UUID,
    *,
    text: str,
    by: Reporter,
    keyring: Keyring,
    at: datetime.datetime,
    part: int | None = None,
) -> None:
    """Object to the answer on a part of one's own report: its unit verifies it again and owes another answer."""
    if not text.strip():
        raise Refused("text-missing", _("Write what you object to."))
    telltale.refuse_secrets([text], of=by)
    move = MOVES["reopen"]
    with transaction.atomic():
        case = parts.meant(correspondence.own_cases(report_id, by=by), part=part)
        on = clock.today_at(case.office, at=at)
        if not can_object(case, on=on):
            raise Refused("not-objectable", _("There is no answer to which you can object now."))
        correspondence.check_room_for_words(case)
        keys = access.keys_of(case, keyring=keyring)
        before = case.status_code
        facts: dict[str, log.Fact] = {"due_on_before": case.due_on.isoformat()}
        _run_again(case, on=on)
        step = Step.objects.create(
            case=case,
            order=case.last_order + 1,
            move=move.name,
            before=before,
            after=case.status_code,
            on=on,
            unit=case.unit,
        )
        case.last_order = step.order + 1
        message = correspondence.insert_message(case, text, move=move.name, keys=keys, on=on)
        case.save(update_fields=_CHANGING)
        parts.advance(case)
        facts |= {"due_on": case.due_on.isoformat(), "rows": [fingerprint(step), fingerprint(message)]}
        log.record(move.name, chain=Chain.REPORTERS, at=at, subject=report_id, facts=facts)


def _run_again(case: Case, *, on: datetime.date) -> None:
    """The case as it is worked on once more: nothing of its first round that was late is forgotten."""
    after = MOVES["reopen"].after
    assert after is not None
    case.was_late = clock.was_late(case)
    if case.first_answered_on is None:
        case.first_due_on, case.first_answered_on = case.due_on, case.answered_on
    case.status_code, case.is_open, case.outcome = after, STATUSES[after].open, ""
    case.answered_on, case.answer_medium, case.asked_until, case.extended_on = None, "", None, None
    case.objected_on = case.changed_on = on
    case.due_on = clock.due_on(
        case.rule_set, received_on=case.runs_from, stream=case.stream_code, calendar=calendar.known()
    )
    case.has_news = True
    if case.handler not in staff.handlers(case.unit, on=on):
        case.handler = None
