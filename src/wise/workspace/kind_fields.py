"""The fields in which an officer says what kind of case it is and who handles it then; and what was chosen in them."""

import functools
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wise.casework.vocabulary import Needs
from wise.casework.ways import Way
from wise.ui.forms import PickField
from wise.ui.templatetags import wise_dates
from wise.workspace.asking import Ask, Fields, Part


def _hint(way: Way) -> str:
    """Who gets the case then, and by when it is to be answered."""
    said = {"unit": way.unit.name, "day": wise_dates.long_date(way.due_on)}
    return gettext("Handled by %(unit)s, to be answered by %(day)s.") % said


def _fields(ask: Ask, *, label: Promise) -> Fields:
    units = {unit.id: unit for way in ask.ways for unit in way.units}
    return {
        "stream": PickField(
            label=label,
            choices=[(way.stream.code, way.stream.label) for way in ask.ways],
            hints={way.stream.code: _hint(way) for way in ask.ways},
        ),
        "unit": forms.ChoiceField(
            label=_("Unit that handles it"),
            help_text=_(
                "Leave this as it is, unless the case concerns somebody in that unit or the head of its"
                " office: then choose a unit further up."
            ),
            choices=[("", _("The unit named with the kind")), *((str(unit.id), unit.name) for unit in units.values())],
            required=False,
        ),
    }


def _chosen(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    units = {str(unit.id): unit for way in ask.ways for unit in way.units}
    return {"stream": typed.get("stream", ""), "unit": units.get(typed.get("unit", ""))}


PARTS: Mapping[Needs, Part] = {
    Needs.STREAM: Part(functools.partial(_fields, label=_("The case is")), _chosen),
    Needs.PART: Part(functools.partial(_fields, label=_("The part is")), _chosen),
}
