"""The field in which single colleagues are kept from a case; and who was chosen in it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.casework.vocabulary import Needs
from wise.ui.forms import PickMany
from wise.workspace.asking import Ask, Fields, Part


def _excluded(ask: Ask) -> Fields:
    field = forms.MultipleChoiceField(
        label=_("From whom the case is kept"),
        choices=[(str(row.officer.id), row.officer.name) for row in ask.members],
        initial=[str(row.officer.id) for row in ask.members if row.excluded],
        required=False,
        widget=PickMany(),
    )
    return {"excluded": field}


def _chosen(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    return {"excluded": frozenset(uuid.UUID(each) for each in typed.get("excluded", ()))}


PARTS: Mapping[Needs, Part] = {Needs.EXCLUDED: Part(_excluded, _chosen)}
