"""The sheet of a disposition (lembar disposisi), as the ministry's form has it: what was asked of whom, by whom.

It names the case by its number and its topic, never whoever reported it, and says nothing of what was told.
"""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import dateformat, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import access, instructions, sealing
from wise.casework.access import Desk
from wise.casework.instructions import INSTRUCTIONS
from wise.casework.models import Case, Step
from wise.letters import docx, letterheads, typesetting, wording
from wise.letters.content import URGENCIES
from wise.letters.kinds import KINDS
from wise.people.kinds import ACTING, ROLES
from wise.refusals import NotThere

_DAY = "j F Y"
_KIND = KINDS["disposition"]
_LABELS: Mapping[str, Promise] = {
    **{role.value: row.label for role, row in ROLES.items()},
    **{kind.value: row.label for kind, row in ACTING.items()},
}


@dataclass(frozen=True, slots=True, repr=False)
class Disposed:
    """A disposition, opened. `entered_on`: when the case got its agenda number."""

    case: Case
    step: Step
    entered_on: datetime.date
    note: dict[str, str]


def read(case_id: uuid.UUID, step_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> Disposed:
    """A disposition of a case that this desk holds or leads, for its sheet; taking it is logged."""
    with transaction.atomic():
        case = access.case_for(desk, case_id)
        keys = access.keys_of(case, keyring=desk.keyring)
        step = case.steps.select_related("by", "unit__office").filter(id=step_id).first()
        note = sealing.open_note(step, keys=keys) if step is not None else {}
        if step is None or not instructions.codes_in(note):
            raise NotThere
        facts: dict[str, log.Fact] = {"step": str(step.id)}
        log.record("download", chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    return Disposed(case, step, case.steps.order_by("order")[0].on, note)


def sheet_pdf(disposed: Disposed, *, language: str) -> bytes:
    """The sheet on A4, under the letterhead of the office whose unit held the case; the same sheet, the same bytes."""
    with translation.override(language):
        data = sheet_data(disposed, language=language)
    return typesetting.pdf(_KIND.template, data, on=disposed.step.on)


def sheet_docx(disposed: Disposed, *, language: str) -> bytes:
    """The same sheet to go on writing in."""
    with translation.override(language):
        return docx.sheet_docx(sheet_data(disposed, language=language))


def sheet_data(disposed: Disposed, *, language: str) -> dict[str, Any]:
    """What stands on the sheet, in the active language."""
    case, step, note = disposed.case, disposed.step, disposed.note
    head, ticked = letterheads.of(step.unit.office), instructions.codes_in(note)
    shown, day = instructions.shown(note), dateformat.format(step.on, _DAY)
    topic = case.report.topic.name if case.report.topic is not None else ""
    subject = " · ".join(part for part in (str(case.stream.label), topic) if part)
    signer = _LABELS[note["disposed_as"]]
    agenda = f"{case.agenda_number}, {dateformat.format(disposed.entered_on, _DAY)}"
    return {
        "language": language,
        "title": f"{_KIND.label} – {case.agenda_number}",
        "heading": str(_KIND.label),
        "author": step.unit.office.name,
        "dated_on": step.on.isoformat(),
        "letterhead": list(head.lines),
        "address": head.address,
        "number": case.agenda_number,
        "recipient": [],
        "words": wording.words(),
        "rows": [
            {"label": _("Agenda number and date"), "value": agenda},
            {"label": _("Urgency"), "value": str(URGENCIES[note["urgency"]])},
            {"label": pgettext("disposition", "Received on"), "value": dateformat.format(case.received_on, _DAY)},
            {"label": _("From"), "value": _("A reporter, by %(way)s") % {"way": case.report.way_in.label}},
            {"label": pgettext("disposition", "Subject"), "value": subject},
        ],
        "to_heading": _("Disposition to"),
        "to": note["addressees"].splitlines(),
        "instructions_heading": _("Instructions"),
        "instructions": [{"label": str(label), "ticked": code in ticked} for code, label in INSTRUCTIONS.items()],
        "note_heading": _("Note"),
        "note": note.get("note", ""),
        "back_heading": _("Back by"),
        "back_by": shown.get("back_by", ""),
        "signed_at": f"{day}\n{signer}",
        "signer_name": step.by.name if step.by else "",
        "signer_number": step.by.service_number if step.by else "",
    }
