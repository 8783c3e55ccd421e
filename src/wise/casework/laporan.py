"""The intake report (laporan): how a report came to the desk, for the units that hold the case and nobody else."""

import datetime
import json
import uuid
from dataclasses import dataclass

from django.db import transaction

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import access, sealing
from wise.casework.access import Desk
from wise.casework.models import Case, Step
from wise.keys.grants import Keys
from wise.refusals import NotThere
from wise.register import attachments, entry
from wise.register.attachments import OpenedFile
from wise.register.entry import Reply, Told
from wise.register.models import Attachment, BoxFind, BoxOpening


@dataclass(frozen=True, slots=True, repr=False)
class Laporan:
    """Everything that was recorded. `reported`: the names of the people it is about, as far as they were told."""

    case: Case
    told: Told
    reply: Reply
    files: tuple[OpenedFile, ...]
    received_at: datetime.datetime
    recorded_at: datetime.datetime
    recorded_by: str
    desk: str
    observations: str
    late_reason: str
    reported: tuple[str, ...]
    opening: BoxOpening | None


def read(case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> Laporan:
    """The laporan of a case that this desk holds; `NotThere` for any other case, and for what came online.

    Reading it is logged as reading the case.
    """
    with transaction.atomic():
        case = access.case_for(desk, case_id)
        keys = access.keys_of(case, keyring=desk.keyring)
        log.record("read", chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id)
    step = _step_of(case)
    if step is None or step.at is None or case.report.received_at is None:
        raise NotThere
    note = sealing.open_note(step, keys=keys)
    find = BoxFind.objects.filter(report=case.report_id).select_related("opening__opened_by").first()
    rows = Attachment.objects.filter(report=case.report_id, order=1).order_by("position")
    return Laporan(
        case=case,
        told=entry.told(case.report, keys=keys),
        reply=entry.reply(case.report, keys=keys),
        files=tuple(attachments.opened(rows, keys=keys)),
        received_at=case.report.received_at,
        recorded_at=step.at,
        recorded_by=note.get("recorded_by", ""),
        desk=note.get("desk", ""),
        observations=note.get("note", ""),
        late_reason=note.get("late_reason", ""),
        reported=tuple(json.loads(note.get("reported", "[]"))),
        opening=find.opening if find is not None else None,
    )


def reported_in(case: Case, *, keys: Keys) -> tuple[str, ...]:
    """The people whom the desk recorded as those it is about; nobody where it came online or the keys are missing."""
    step = _step_of(case)
    note = sealing.open_note(step, keys=keys) if step is not None else {}
    return tuple(json.loads(note.get("reported", "[]")))


def _step_of(case: Case) -> Step | None:
    return Step.objects.filter(case=case, move="record").order_by("order").first()
