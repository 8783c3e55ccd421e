"""The fields in which an officer says of which main case a case is a duplicate; and what was chosen in them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wise.casework.vocabulary import Needs
from wise.ui.forms import PickField
from wise.ui.templatetags import wise_dates
from wise.workspace.asking import Ask, Fields, Part

_LONGEST_NUMBER = 60


def _hint(case: Any) -> str:
    said = {"day": wise_dates.long_date(case.received_on), "status": case.status.label}
    return gettext("Received %(day)s · %(status)s") % said


def _main_case(ask: Ask) -> Fields:
    typed = forms.CharField(
        label=_("Agenda number of the main case"),
        help_text=_("Its unit must be yours, its kind the same, and it must be open."),
        max_length=_LONGEST_NUMBER,
        required=False,
    )
    if not ask.mains:
        return {"main_case": typed}
    picked = PickField(
        label=_("Open cases on the same topic and office, newest first"),
        choices=[(case.agenda_number, case.agenda_number) for case in ask.mains],
        hints={case.agenda_number: _hint(case) for case in ask.mains},
        required=False,
    )
    typed.label = _("Or another one, by its agenda number")
    return {"main_picked": picked, "main_case": typed}


def _chosen(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    return {"main_case": typed.get("main_case", "").strip() or typed.get("main_picked", "")}


PARTS: Mapping[Needs, Part] = {
    Needs.MAIN_CASE: Part(_main_case, _chosen),
    # To undo a link nothing is asked.
    Needs.LINK: Part(lambda _ask: {}, lambda _typed, _ask: {}),
}
