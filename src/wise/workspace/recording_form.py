"""What the desk took down, checked and made into a recording; every refusal stands at its field."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast, override

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.casework import desk as rules
from wise.casework import intake
from wise.casework.access import Desk
from wise.casework.desk import Recording
from wise.casework.intake import Telling
from wise.people import offices
from wise.refusals import NotThere, Refused
from wise.register import box, telltale
from wise.register.drafts import DraftedFile
from wise.register.entry import Reply, Told
from wise.register.streams import ELEMENTS, REPLY_MEDIA
from wise.ui import trouble
from wise.ui.answers import Choices, choices_of_topics
from wise.ui.templatetags import wise_dates
from wise.vault.deposits import Identity
from wise.workspace.recording_questions import USUAL, Questions

# Where a rule's refusal is shown.
FIELDS = {
    "what-missing": "what",
    "reply-name-missing": "reply_name",
    "reply-address-missing": "reply_address",
    "reply-not-possible": "reply",
    "nobody-above": "concerns",
    "received-in-future": "received_on",
    "received-long-ago": "received_on",
    "late-reason-missing": "late_reason",
    "opening-misplaced": "opening",
    "reported-long": "reported",
}
TEXTS = (
    *ELEMENTS,
    "late_reason",
    "reported",
    "observations",
    "reply_name",
    "reply_address",
    "identity_name",
    "identity_address",
    "identity_note",
)
TYPED = tuple(name for name in Questions.base_fields if name != "files")


class RecordForm(Questions):
    """The questions with what was answered. Valid, it holds `recording`, and `shown`: what will become of it."""

    refused_at = FIELDS

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        told: Mapping[str, str] | None = None,
        desk: Desk,
        at: datetime.datetime,
    ) -> None:
        """Take what was typed: `data` to check it, `told` to show it."""
        self._desks = {str(unit.id): unit for unit in rules.units_of(desk)}
        self._at = at
        super().__init__(data, initial=_beginning(next(iter(self._desks.values())).office_id, at=at) | dict(told or {}))
        if len(self._desks) == 1:
            del self.fields["unit"]

    def offer(self) -> None:
        """Offer desks, openings, offices and topics before the form is shown: to check it, no list is needed."""
        if "unit" in self.fields:
            self.offer_choices("unit", [(key, unit.name) for key, unit in self._desks.items()])
        openings = box.waiting([unit.office for unit in self._desks.values()], at=self._at)
        found = [(str(row.id), f"{wise_dates.date_time(row.opened_at)} ({row.witness})") for row in openings]
        self.offer_choices("opening", [("", _("None, or it is not from a box")), *found])
        regions: Choices = [
            (region.name or _("Central offices"), [(str(office.id), office.name) for office in region.offices])
            for region in offices.by_region()
        ]
        self.offer_choices("office", [("", _("Not known")), *regions])
        self.offer_choices("topic", choices_of_topics(_("Cannot be said")))

    @override
    def clean(self) -> dict[str, Any]:
        """Resolve what was chosen; ask the institution's rules, each answer at its field."""
        given = cast("dict[str, Any]", super().clean())
        for name in TEXTS:
            with self.blaming(field=name):
                telltale.refuse_secrets([given.get(name) or ""])
        given["desk_unit"] = self._desks.get(given.get("unit") or next(iter(self._desks)))
        if given["desk_unit"] is None:
            self.add_error("unit", _("Choose one of your desks."))
        opening = self._opening(given)
        received_at = opening.opened_at if opening is not None else self._received_at(given)
        telling = self._telling(given)
        for refused in intake.lacking(telling.told, telling.reply):
            # A field that was refused already counts as told: it came, and was too long.
            if not self.has_error(FIELDS[refused.code]):
                trouble.blame(self, refused, fields=FIELDS)
        if not self.errors and received_at is not None:
            recording = Recording(
                channel=rules.TYPED[given["channel"]],
                received_at=received_at,
                telling=telling,
                reported=[line.strip() for line in given["reported"].splitlines() if line.strip()],
                observations=given["observations"],
                late_reason=given["late_reason"],
                opening=opening,
                urgency=given.get("urgency") or "",
            )
            with self.blaming():
                given |= {"recording": recording, "shown": rules.preview(recording, at=self._at)}
                for refused in rules.lacking(recording, at=self._at):
                    trouble.blame(self, refused, fields=FIELDS)
        return given

    def recording(self, *, files: Sequence[DraftedFile]) -> Recording:
        """What is recorded, with its files; refused where something was not yet put right."""
        if not self.is_valid():
            raise Refused("incomplete", _("Something must be put right first. Please go back to the form."))
        telltale.refuse_secrets([file.name for file in files])
        found: Recording = self.cleaned_data["recording"]
        return replace(found, telling=replace(found.telling, files=files))

    def _opening(self, given: Mapping[str, Any]) -> Any:
        if not given.get("opening"):
            return None
        try:
            return box.find(given["opening"], offices=[unit.office for unit in self._desks.values()])
        except NotThere:
            self.add_error("opening", _("Choose an opening from the list."))
            return None

    def _received_at(self, given: Mapping[str, Any]) -> datetime.datetime | None:
        """When it came, in the time zone of the desk; None where that was not told, which is said at its field."""
        for name, sentence in (
            ("received_on", _("Write the day on which it was received.")),
            ("received_time", _("Write the time at which it was received.")),
        ):
            if given.get(name) is None and not self.has_error(name):
                self.add_error(name, sentence)
        if given.get("received_on") is None or given.get("received_time") is None:
            return None
        moment = datetime.datetime.combine(given["received_on"], given["received_time"])
        return timezone.make_aware(moment)

    def _telling(self, given: Mapping[str, Any]) -> Telling:
        medium = given.get("reply") or USUAL
        if medium == USUAL:
            channel = rules.TYPED.get(given.get("channel") or "")
            medium = channel.reply_default if channel is not None else "page"
        needs = REPLY_MEDIA[medium]
        name, address = ((given.get(field) or "").strip() for field in ("reply_name", "reply_address"))
        reply = Reply(medium, name if needs.needs_name else "", address if needs.needs_address else "")
        elements = {element: (given.get(element) or "").strip() for element in ELEMENTS}
        told = Told(**elements, reporter_kind=given.get("reporter_kind") or "unsaid", reply_medium=medium)
        confided = Identity(*((given.get(f"identity_{part}") or "").strip() for part in ("name", "note", "address")))
        return Telling(
            stream=given.get("stream") or "",
            told=told,
            office=self._office(given),
            topic=self.topic_of(given),
            receiver=given.get("receiver") or self.fields["receiver"].initial,
            concerns=given.get("concerns") or "",
            reply=reply,
            identity=confided if confided.is_something else None,
        )

    def _office(self, given: Mapping[str, Any]) -> Any:
        found = offices.find(given["office"]) if given.get("office") else None
        if given.get("office") and found is None:
            self.add_error("office", _("Choose an office from the list, or leave it open."))
        return found


def typed(post: QueryDict, *, before: Mapping[str, Any]) -> dict[str, str]:
    """What was typed by now: what a page did not ask for stays as it was."""
    return {name: str(post.get(name, before.get(name, ""))) for name in TYPED}


def _beginning(office_id: Any, *, at: datetime.datetime) -> dict[str, str]:
    """What an empty form shows: now, and the desk's own office."""
    local = timezone.localtime(at)
    return {
        "received_on": local.date().isoformat(),
        "received_time": f"{local:%H:%M}",
        "office": str(office_id),
    }
