"""What a reporter typed, checked and made into what the institution is told; every refusal stands at its field."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast, override

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wise.casework import intake, receivers
from wise.casework.intake import Telling
from wise.people import offices
from wise.portal.questions import Questions
from wise.refusals import Refused
from wise.register import telltale
from wise.register.drafts import DraftedFile
from wise.register.entry import Reply, Told
from wise.register.streams import ELEMENTS, REPLY_MEDIA
from wise.ui import trouble
from wise.ui.answers import Choices, choices_of_topics
from wise.vault.deposits import Identity

# Where a rule's refusal is shown.
_FIELDS = {
    "what-missing": "what",
    "reply-name-missing": "reply_name",
    "reply-address-missing": "reply_address",
    "nobody-above": "concerns",
}
_NONE_FOUND = _("No office found by that name; these are all.")
_WITH_DEFAULT = ("receiver", "reply", "reporter_kind")
TEXTS = (
    *ELEMENTS,
    "office_search",
    "reply_name",
    "reply_address",
    "identity_name",
    "identity_address",
    "identity_note",
)
TYPED = tuple(name for name in Questions.base_fields if name != "files")


class TellForm(Questions):
    """The questions with what was answered: `data` to check it, `initial` to show it."""

    refused_at = _FIELDS

    def __init__(self, data: Mapping[str, str] | None = None, *, initial: Mapping[str, str] | None = None) -> None:
        """Take what was typed."""
        super().__init__(data=data, initial=dict(initial or {}))

    def offer(self) -> None:
        """Offer the offices and topics that there are, before the form is shown: to check it, no list is needed."""
        known = self.data if self.is_bound else self.initial
        self._offer_offices(known.get("office_search", "").strip(), chosen=known.get("office", ""))
        self.offer_choices("topic", choices_of_topics(_("I cannot say")))

    @override
    def clean(self) -> dict[str, Any]:
        """Resolve office, topic and receiver; ask the institution's rules, each answer at its field."""
        given = cast("dict[str, Any]", super().clean())
        given |= {name: given.get(name) or self.fields[name].initial for name in _WITH_DEFAULT}
        given["office"] = self._office(given)
        given["topic"] = self.topic_of(given)
        for name in TEXTS:
            with self.blaming(field=name):
                telltale.refuse_secrets([given.get(name) or ""])
        told, reply = self._told(given), self._reply(given)
        for refused in intake.lacking(told, reply):
            # A field that was refused already counts as told: it came, and was too long.
            if not self.has_error(_FIELDS[refused.code]):
                trouble.blame(self, refused, fields=_FIELDS)
        if not self.errors:
            given["telling"] = self._telling(given, told, reply)
            with self.blaming():
                asked = {"stream": given["stream"], "office": given["office"], "receiver": given["receiver"]}
                given["unit"] = receivers.receiving_unit(**asked, concerns=given["concerns"])
                # What concerns the head of an office may go to a unit outside it anyway: then it did not go up.
                given["went_up"] = given["concerns"] == receivers.SOMEBODY_IN_THE_UNIT or (
                    given["concerns"] == receivers.HEAD_OF_THE_OFFICE
                    and given["unit"] != receivers.receiving_unit(**asked)
                )
        return given

    def telling(self, *, files: Sequence[DraftedFile]) -> Telling:
        """What the institution is told; refused where something was not yet put right."""
        if not self.is_valid():
            raise Refused("incomplete", _("Something in your report must be put right first. Please go back to it."))
        telling: Telling = self.cleaned_data["telling"]
        telltale.refuse_secrets([file.name for file in files])
        return replace(telling, files=files)

    def _office(self, given: Mapping[str, Any]) -> Any:
        if given.get("office"):
            found = offices.find(given["office"])
            if found is None:
                self.add_error("office", _("Choose an office from the list, or leave it open."))
            return found
        words = given.get("office_search") or ""
        if not words:
            return None
        matching = [office for region in offices.by_region(matching=words) for office in region.offices]
        if not matching:
            self.add_error("office_search", _("No office has this name. Try a part of it, or empty this field."))
        if len(matching) > 1:
            self.add_error("office", _("Several offices match. Choose one, or empty the field above."))
        return offices.find(str(matching[0].id)) if len(matching) == 1 else None

    def _told(self, given: Mapping[str, Any]) -> Told:
        elements = {element: given.get(element, "").strip() for element in ELEMENTS}
        return Told(**elements, reporter_kind=given["reporter_kind"], reply_medium=given["reply"])

    def _reply(self, given: Mapping[str, Any]) -> Reply:
        medium = REPLY_MEDIA[given["reply"]]
        return Reply(
            medium.code,
            given.get("reply_name", "").strip() if medium.needs_name else "",
            given.get("reply_address", "").strip() if medium.needs_address else "",
        )

    def _telling(self, given: Mapping[str, Any], told: Told, reply: Reply) -> Telling:
        confided = Identity(*(given[f"identity_{part}"].strip() for part in ("name", "note", "address")))
        return Telling(
            stream=given["stream"],
            told=told,
            office=given["office"],
            topic=given["topic"],
            receiver=given["receiver"],
            concerns=given["concerns"],
            reply=reply,
            identity=confided if confided.is_something else None,
        )

    def _offer_offices(self, words: str, *, chosen: str) -> None:
        """All offices by region, or those found; what was chosen is always among them."""
        regions = offices.by_region(matching=words)
        listed = [str(office.id) for region in regions for office in region.offices]
        if words:
            said = ngettext("%(n)d office found.", "%(n)d offices found: choose one.", len(listed))
            self.fields["office"].help_text = said % {"n": len(listed)} if listed else _NONE_FOUND
        if words and len(listed) == 1 and not chosen:
            self.initial["office"] = listed[0]
        groups: Choices = [("", _("I do not know, or it is not in the list"))]
        if chosen and chosen not in listed and (office := offices.find(chosen)) is not None:
            groups.append((str(office.id), office.name))
        groups += [
            (region.name or _("Central offices"), [(str(office.id), office.name) for office in region.offices])
            for region in regions or offices.by_region()
        ]
        self.offer_choices("office", groups)


def typed(post: QueryDict, *, before: Mapping[str, Any]) -> dict[str, str]:
    """What was typed by now: what a page did not ask for stays as it was."""
    return {name: str(post.get(name, before.get(name, ""))) for name in TYPED}


def completeness(told: Mapping[str, Any]) -> int:
    """How many of the five elements were typed."""
    return sum(bool(str(told.get(element, "")).strip()) for element in ELEMENTS)


def elements_of(told: Told) -> list[tuple[str | Promise, str]]:
    """The five questions with what was answered."""
    return [(Questions.base_fields[name].label or name, text) for name, text in told.elements.items()]
