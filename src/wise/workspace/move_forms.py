"""The form of a move, made from what its row needs; and what was typed in it, for the domain."""

import datetime
import functools
import types
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wise.casework import actions, correspondence, workflow
from wise.casework.given import Given
from wise.casework.vocabulary import Needs
from wise.ui.forms import DayField, Form, LongTextField, Pick, PickField
from wise.ui.templatetags import wise_dates
from wise.workspace import (
    deciding_fields,
    excluding_fields,
    file_fields,
    giving_fields,
    kind_fields,
    linking_fields,
    move_wording,
    reported_form,
    transfer_fields,
    working_fields,
)
from wise.workspace.asking import Ask, Fields, Part, typed_in

_LAST_ORDER = 1_000_000


def move_form(ask: Ask, *, data: Any = None, prefix: str = "") -> Form:
    """The form of a move. `prefix` keeps the ids of several forms on one page apart; the names stay the same."""
    made = _of_every_case(ask.move.name, min(ask.move.paths), ask.today) if ask.is_for_every_case else _made(ask)
    return made(data, auto_id=f"{prefix}%s")


@functools.lru_cache(maxsize=64)
def _of_every_case(name: str, path: Any, today: datetime.date) -> type[Form]:
    """The same for every case on a day: made once."""
    move = workflow.row_of(name, path=path)
    assert move is not None
    return _made(Ask(move, today))


def _made(ask: Ask) -> type[Form]:
    fields: dict[str, forms.Field] = {}
    for need in Needs:
        if need in ask.move.needs:
            fields |= PARTS[need].fields(ask)
    return types.new_class("MoveForm", (Form,), exec_body=lambda body: body.update(fields))


def given(form: Form, *, ask: Ask, seen: str) -> Given:
    """What was typed, for the domain. `seen`: how far the case had come on the page with the form."""
    typed, found = form.cleaned_data, dict[str, Any]()
    for need in Needs:
        if need in ask.move.needs:
            found |= PARTS[need].given(typed, ask)
    return Given(**found, seen=place(seen))


def place(seen: str) -> int | None:
    """How far a case had come, as a hidden field of a page says it; None for what no page of ours says."""
    return int(seen) if seen.isdecimal() and len(seen) < len(str(_LAST_ORDER)) else None


def _note(ask: Ask) -> Fields:
    label, hint = move_wording.NOTE_LABELS.get(ask.move.name, move_wording.NOTE_LABEL)
    return {
        "note": LongTextField(label=label, help_text=hint, max_length=correspondence.LONGEST_TEXT, rows=4),
    }


def _text(ask: Ask) -> Fields:
    letter = ask.opened.letter if ask.opened else None
    suggested = ""
    if letter is not None and Needs.DELIVERY in ask.move.needs:
        # It goes out with an Indonesian letter, in whatever language its author works.
        with translation.override(letter.content.language):
            suggested = gettext(
                "Our answer to your complaint is letter %(number)s of %(day)s, which is attached here."
            ) % {
                "number": letter.number,
                "day": wise_dates.long_date(letter.dated_on),
            }
    field = LongTextField(
        label=_("What the reporter will read"),
        help_text=_("Your name is not shown to the reporter."),
        max_length=correspondence.LONGEST_TEXT,
        rows=6,
        initial=suggested,
    )
    return {"text": field}


def _until(ask: Ask) -> Fields:
    field = DayField(
        label=_("Answer requested by"),
        help_text=_("The due date of the case does not move."),
        initial=ask.today + actions.ASK_FOR,
        least=ask.today,
    )
    return {"until": field}


def _unit(ask: Ask) -> Fields:
    field = forms.ChoiceField(
        label=_("Unit that receives the case"),
        help_text=_("The units above yours come first."),
        choices=[("", _("Choose a unit")), *((str(unit.id), unit.name) for unit in ask.units)],
    )
    return {"unit": field}


def _conclusion(ask: Ask) -> Fields:
    return {"conclusion": PickField(label=_("Conclusion"), choices=list(ask.move.conclusions.items()), widget=Pick())}


def _chosen_unit(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    return {"unit": next((unit for unit in ask.units if str(unit.id) == typed.get("unit")), None)}


PARTS: Mapping[Needs, Part] = {
    Needs.NOTE: Part(_note, typed_in("note")),
    Needs.TEXT: Part(_text, typed_in("text")),
    Needs.UNTIL: Part(_until, lambda typed, _ask: {"until": typed.get("until")}),
    Needs.REPORTED: Part(
        lambda ask: reported_form.fields(ask.people, known=ask.opened.reported if ask.opened else ()),
        lambda typed, _ask: {"reported": reported_form.names(typed)},
    ),
    Needs.UNIT: Part(_unit, _chosen_unit),
    Needs.CONCLUSION: Part(_conclusion, typed_in("conclusion")),
    **deciding_fields.PARTS,
    **excluding_fields.PARTS,
    **file_fields.PARTS,
    **giving_fields.PARTS,
    **kind_fields.PARTS,
    **linking_fields.PARTS,
    **transfer_fields.PARTS,
    **working_fields.PARTS,
}
