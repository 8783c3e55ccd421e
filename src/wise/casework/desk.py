"""The complaint desk: what comes on paper or by voice is recorded, handed over, and its bringer gets a slip (B1, B7).

`intake.receive` stays the one way in. Whoever records holds no key afterwards: the case is not there for them.
"""

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.casework import clock, intake, opening, receivers, rules
from wise.casework.access import Desk
from wise.casework.given import LONGEST_NAME, MOST_REPORTED
from wise.casework.intake import Receipt, Telling
from wise.casework.models import Case
from wise.casework.opening import Recorded
from wise.casework.urgency import URGENCIES
from wise.casework.workflow import MOVES
from wise.keys import staff
from wise.people import slips
from wise.people.kinds import ROLES, Role, UnitKind
from wise.people.models import Officer, Unit
from wise.refusals import NotThere, Refused
from wise.register import drafts, looking
from wise.register.channels import CHANNELS, Channel
from wise.register.drafts import OpenDraft
from wise.register.models import BoxOpening
from wise.register.streams import STREAMS

LONGEST_NOTE = 5_000
TYPED = {code: row for code, row in CHANNELS.items() if row.typed_by_officer}
# Small offices have no front desk: there those record who handle the cases.
_RECORDERS = MOVES["record"].who | {Role.VERIFIER, Role.UNIT_HEAD}
_DESKS = ROLES[Role.FRONT_DESK].units
# Nothing older is a complaint that still waits for its answer; it is a mistyped year.
_OLDEST = datetime.timedelta(days=10 * 365)


@dataclass(frozen=True, slots=True, repr=False)
class Recording:
    """What an officer takes down: what was told, and for the unit alone how it came and whom it is about."""

    channel: Channel
    received_at: datetime.datetime
    telling: Telling
    reported: Sequence[str] = ()
    observations: str = ""
    late_reason: str = ""
    opening: BoxOpening | None = None
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What will become of a recording: who gets it, and by when it is to be answered. `went_up`: one level higher."""

    unit: Unit
    readers: int
    received_on: datetime.date
    due_on: datetime.date
    went_up: bool


@dataclass(frozen=True, slots=True, repr=False)
class SlipReceipt:
    """What the officer is shown once: the slip for the bringer (a box find gets none), the number for the paper."""

    agenda_number: str
    unit: str
    office: str
    channel: str
    received_on: str
    due_on: str
    recorded_on: str
    officer: str
    desk_office: str
    register_number: str = ""
    passphrase: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "SlipReceipt":
        """The receipt that a sent draft holds."""
        return cls(**kept)

    @property
    def has_slip(self) -> bool:
        """Whether there is a slip to hand out."""
        return bool(self.passphrase)

    @property
    def place(self) -> str:
        """Where it is handled: the unit, and its office where the unit's name does not say it already."""
        return self.unit if self.office in self.unit else f"{self.unit}, {self.office}"


def units_of(desk: Desk) -> list[Unit]:
    """The units for which this officer records."""
    return [unit for unit in desk.places if UnitKind(unit.kind) in _DESKS and desk.roles_at(unit.id) & _RECORDERS]


def record(recording: Recording, *, by: Officer, unit: Unit, at: datetime.datetime) -> SlipReceipt:
    """Record one report at a desk of this unit and hand it over; everything or nothing."""
    prepared = _prepare(recording, by=by, unit=unit, at=at)
    with transaction.atomic():
        return _receipt(intake.enter(prepared, at=at), recording, by=by, unit=unit, at=at)


def record_draft(
    token: str,
    *,
    recording: Callable[[OpenDraft], Recording],
    by: Officer,
    unit: Unit,
    at: datetime.datetime,
) -> SlipReceipt:
    """The same from a draft: exactly once, however often it is asked. A failure leaves the draft as it was."""
    seen = drafts.resume(token, at=at)
    if seen is None:
        raise NotThere
    if seen.receipt is not None:
        return SlipReceipt.of(seen.receipt)
    seen = looking.look_at_files(seen, at=at).draft
    told = recording(seen)
    prepared = _prepare(told, by=by, unit=unit, at=at)

    def enter() -> Mapping[str, Any]:
        return asdict(_receipt(intake.enter(prepared, at=at), told, by=by, unit=unit, at=at))

    return SlipReceipt.of(intake.enter_once(token, seen=seen, enter=enter, at=at))


def preview(recording: Recording, *, at: datetime.datetime) -> Preview:
    """Who will get it and by when it must be answered, before anything is stored."""
    told = recording.telling
    usual = receivers.receiving_unit(stream=told.stream, office=told.office, receiver=told.receiver)
    with receivers.for_officers():
        unit = intake.unit_for(replace(told, reported=recording.reported), at=at)
    received_on = clock.today_at(unit.office, at=recording.received_at)
    due_on = opening.due_on(rules.chosen(), received_on=received_on, stream=STREAMS[told.stream])
    return Preview(unit, staff.readers(unit), received_on, due_on, went_up=unit.id != usual.id)


def lacking(recording: Recording, *, at: datetime.datetime) -> Iterator[Refused]:
    """Everything that must still be put right, apart from what every telling needs (`intake.lacking`)."""
    if recording.received_at > at:
        yield Refused("received-in-future", _("This is in the future. The time limit runs from the day of receipt."))
    elif recording.received_at < at - _OLDEST:
        yield Refused("received-long-ago", _("This is more than ten years ago. Check the year."))
    elif not recording.late_reason.strip() and _is_late(recording, at=at):
        yield Refused(
            "late-reason-missing",
            _("The time limit for this report is over already. Say why it is recorded only now."),
        )
    if recording.telling.reply.medium not in recording.channel.media:
        yield Refused("reply-not-possible", _("A report that came this way cannot be answered like that."))
    if recording.opening is not None and recording.channel.has_slip:
        yield Refused("opening-misplaced", _("Only what was found in a complaint box belongs to an opening of it."))
    if len(recording.reported) > MOST_REPORTED or any(len(name) > LONGEST_NAME for name in recording.reported):
        yield Refused("reported-long", _("Name at most 20 people, each with at most 120 characters."))


def _is_late(recording: Recording, *, at: datetime.datetime) -> bool:
    shown = preview(recording, at=at)
    return clock.today_at(shown.unit.office, at=at) > shown.due_on


def _prepare(recording: Recording, *, by: Officer, unit: Unit, at: datetime.datetime) -> intake.Prepared:
    for refused in lacking(recording, at=at):
        raise refused
    told = replace(recording.telling.told, reply_medium=recording.telling.reply.medium)
    telling = replace(recording.telling, told=told, reported=recording.reported)
    on = clock.today_at(unit.office, at=at)
    sender = intake.by_slip(slips.prepare(on=on)) if recording.channel.has_slip else None
    recorded = Recorded(by, recording.received_at, _laporan(recording, by=by, unit=unit), recording.opening)
    return intake.prepare(telling, channel=recording.channel, by=sender, at=at, recorded=recorded)


def _laporan(recording: Recording, *, by: Officer, unit: Unit) -> dict[str, str]:
    """What only the units that hold the case read (`casework.laporan`)."""
    return {
        "note": recording.observations.strip(),
        "urgent": recording.urgency if recording.urgency in URGENCIES else "",
        "late_reason": recording.late_reason.strip(),
        "reported": json.dumps([name.strip() for name in recording.reported if name.strip()], ensure_ascii=False),
        "recorded_by": by.name,
        "desk": unit.name,
    }


def _receipt(receipt: Receipt, recording: Recording, *, by: Officer, unit: Unit, at: datetime.datetime) -> SlipReceipt:
    case = Case.objects.get(report_id=receipt.report_id)
    slip = recording.channel.has_slip
    return SlipReceipt(
        agenda_number=case.agenda_number,
        unit=receipt.unit,
        office=receipt.office,
        channel=recording.channel.code,
        received_on=receipt.received_on,
        due_on=receipt.due_on,
        recorded_on=clock.today_at(unit.office, at=at).isoformat(),
        officer=by.name,
        desk_office=unit.office.code,
        register_number=receipt.register_number if slip else "",
        passphrase=receipt.recovery_code if slip else "",
    )
