"""The fields in which a case is given to a colleague, or goes out by a disposition; and what was typed in them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.casework import correspondence
from wise.casework.given import NOBODY, Disposition
from wise.casework.instructions import INSTRUCTIONS
from wise.casework.vocabulary import Needs
from wise.letters.content import URGENCIES, Urgency
from wise.ui.forms import DayField, LongTextField, PickField, PickMany
from wise.workspace import move_wording
from wise.workspace.asking import Ask, Fields, Part


def _names(ask: Ask) -> list[tuple[str, str]]:
    return [(str(row.officer.id), row.officer.name) for row in ask.colleagues]


def _hints(ask: Ask) -> dict[str, str]:
    """Who is away, and who stands in: they can be given the case all the same."""
    return {str(row.officer.id): move_wording.stands_in(row.absence) for row in ask.colleagues if row.absence}


def _officer(ask: Ask) -> Fields:
    hints = _hints(ask) | {NOBODY: _("Whoever takes it on next handles it.")}
    return {
        "officer": PickField(
            label=_("Who handles it from now on"),
            choices=[*_names(ask), (NOBODY, _("Nobody for now"))],
            hints=hints,
        ),
        "note": LongTextField(
            label=_("Note to them, if one is needed"),
            help_text=_("Only for units that hold this case. The reporter never sees it."),
            max_length=correspondence.LONGEST_TEXT,
            rows=3,
            required=False,
        ),
    }


def _disposition(ask: Ask) -> Fields:
    only = str(ask.colleagues[0].officer.id) if len(ask.colleagues) == 1 else None
    fields: dict[str, forms.Field] = {
        "first": PickField(
            label=_("To whom, and who handles the case from then on"),
            choices=_names(ask),
            hints=_hints(ask),
            initial=only,
        )
    }
    if len(ask.colleagues) > 1:
        fields["further"] = forms.MultipleChoiceField(
            label=_("Also to"), choices=_names(ask), required=False, widget=PickMany(hints=_hints(ask))
        )
    return fields | {
        "instructions": forms.MultipleChoiceField(
            label=_("Instructions"), choices=list(INSTRUCTIONS.items()), widget=PickMany()
        ),
        "urgency": PickField(label=_("Urgency"), choices=list(URGENCIES.items()), initial=Urgency.ORDINARY.value),
        "note": LongTextField(
            label=_("Note"),
            help_text=_("It stands on the sheet. Only for units that hold this case. The reporter never sees it."),
            max_length=correspondence.LONGEST_TEXT,
            rows=4,
            required=False,
        ),
        "back_by": DayField(label=_("Back by, if there is a day"), required=False, least=ask.today),
    }


def _disposition_of(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    chosen = (typed.get("first", ""), *typed.get("further", ()))
    told = Disposition(
        to=tuple(dict.fromkeys(each for each in chosen if each)),
        instructions=tuple(typed.get("instructions", ())),
        urgency=typed.get("urgency", ""),
        note=typed.get("note", ""),
        back_by=typed.get("back_by"),
    )
    return {"disposition": told}


PARTS: Mapping[Needs, Part] = {
    Needs.OFFICER: Part(
        _officer, lambda typed, _ask: {"officer": typed.get("officer", ""), "note": typed.get("note", "")}
    ),
    Needs.DISPOSITION: Part(_disposition, _disposition_of),
}
