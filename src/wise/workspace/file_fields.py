"""The fields for files of the unit, for what a finding rests on and for a signed paper; and what was typed in them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.casework import correspondence
from wise.casework.vocabulary import Needs
from wise.ui import uploads
from wise.ui.forms import DayField, LongTextField, MultipleFileField, PickMany
from wise.workspace.asking import Ask, Fields, Part

_LIMITS = _("Each at most 10 MB, at most 20 files and 100 MB at once.")


def _files(ask: Ask) -> Fields:
    del ask
    return {
        uploads.FIELD: MultipleFileField(label=_("Files"), help_text=_LIMITS),
        "note": LongTextField(
            label=_("Note"),
            help_text=_("What the files are, and where they come from. It may be left out."),
            max_length=correspondence.LONGEST_TEXT,
            rows=2,
            required=False,
        ),
    }


def _evidence(ask: Ask) -> Fields:
    if not ask.files:
        return {}
    field = forms.MultipleChoiceField(
        label=_("Files it rests on"),
        help_text=_("They are linked in the history. None has to be chosen."),
        choices=ask.files,
        required=False,
        widget=PickMany(),
    )
    return {"rests_on": field}


def _paper(ask: Ask) -> Fields:
    made: dict[str, forms.Field] = {
        "paper_on": DayField(
            label=_("Day that stands on the paper"),
            help_text=_("Not before the day of receipt of the report, and not in the future."),
        )
    }
    if ask.files:
        made["scan"] = forms.ChoiceField(
            label=_("Scan that is among the files of the unit"),
            choices=[("", _("None: it is added here")), *ask.files],
            required=False,
        )
    made[uploads.FIELD] = MultipleFileField(label=_("Scan of the paper"), help_text=_LIMITS)
    return made


def _given_paper(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    scan = typed.get("scan", "")
    return {"paper_on": typed.get("paper_on"), "rests_on": (scan,) if scan else ()}


PARTS: Mapping[Needs, Part] = {
    # What arrives with a form is sealed on its way in and never in the form: see `workspace.bringing`.
    Needs.FILES: Part(_files, lambda typed, _ask: {"note": typed.get("note", "")}),
    Needs.EVIDENCE: Part(_evidence, lambda typed, _ask: {"rests_on": tuple(typed.get("rests_on", ()))}),
    Needs.PAPER: Part(_paper, _given_paper),
}
