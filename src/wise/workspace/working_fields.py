"""The fields of tags, tasks and the urgent mark; and what was typed in them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wise.casework import correspondence
from wise.casework.given import Assignment
from wise.casework.urgency import CHOICES, URGENCIES
from wise.casework.vocabulary import Needs
from wise.ui.forms import DayField, LongTextField, PickField, PickMany
from wise.ui.templatetags import wise_dates
from wise.workspace.asking import Ask, Fields, Part

_LONGEST_TASK = 1_000


def _tags(ask: Ask) -> Fields:
    field = forms.MultipleChoiceField(
        label=_("Tags of this case"),
        help_text=_(
            "Tags are not secret: they stand in the clear, where whoever runs the server sees them. None may name"
            " anybody."
        ),
        choices=[(str(tag.id), tag.name) for tag in ask.tags],
        initial=[str(tag_id) for tag_id in ask.tagged],
        required=False,
        widget=PickMany(),
    )
    return {"tags": field}


def _task(ask: Ask) -> Fields:
    return {
        "task": LongTextField(
            label=_("What is to be done"),
            help_text=_("Only units that hold this case, and the head of office, can read it."),
            max_length=_LONGEST_TASK,
            rows=3,
        ),
        "colleague": forms.ChoiceField(
            label=_("Who does it"),
            choices=[("", _("Choose somebody")), *((str(officer.id), officer.name) for officer in ask.free)],
        ),
        "task_due": DayField(label=_("By when"), least=ask.today),
    }


def _task_done(ask: Ask) -> Fields:
    choices = [
        (
            str(task.row.id),
            gettext("%(what)s – %(owner)s, by %(day)s")
            % {"what": task.what, "owner": task.row.officer.name, "day": wise_dates.long_date(task.row.due_on)},
        )
        for task in ask.tasks
    ]
    initial = choices[0][0] if len(choices) == 1 else None
    return {
        "task_done": PickField(label=_("Which task is done"), choices=choices, initial=initial),
        "note": LongTextField(
            label=_("What came of it (may stay empty)"),
            help_text=_("Only for units that hold this case. The reporter never sees it."),
            max_length=correspondence.LONGEST_TEXT,
            rows=3,
            required=False,
        ),
    }


def _urgency(ask: Ask) -> Fields:
    del ask
    hints = {code: row.hint for code, row in URGENCIES.items()}
    return {"urgency": PickField(label=_("Is it urgent?"), choices=list(CHOICES.items()), hints=hints)}


def _given_tags(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    return {"tags": tuple(uuid.UUID(tag) for tag in typed.get("tags", ()))}


def _given_task(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    officer = uuid.UUID(typed["colleague"]) if typed.get("colleague") else None
    return {"task": Assignment(typed.get("task", ""), officer, typed.get("task_due"))}


def _given_task_done(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    done = uuid.UUID(typed["task_done"]) if typed.get("task_done") else None
    return {"task_done": done, "note": typed.get("note", "")}


def _given_urgency(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    # As a conclusion too: what the officer is told afterwards depends on it.
    urgency = typed.get("urgency", "")
    return {"urgency": urgency, "conclusion": urgency}


PARTS: Mapping[Needs, Part] = {
    Needs.TAGS: Part(_tags, _given_tags),
    Needs.TASK: Part(_task, _given_task),
    Needs.TASK_DONE: Part(_task_done, _given_task_done),
    Needs.URGENCY: Part(_urgency, _given_urgency),
}
