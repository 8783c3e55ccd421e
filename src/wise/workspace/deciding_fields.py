"""The fields of verifying, proposing, approving, improving and delivering; and what was typed in them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wise.casework import correspondence, deciding, delivering
from wise.casework.given import MOST_ACTIONS, Action, Delivery, Wording
from wise.casework.vocabulary import Needs
from wise.ui.forms import DayField, LongTextField, PickField
from wise.ui.templatetags import wise_dates
from wise.workspace.asking import Ask, Fields, Part, typed_in

_LONGEST_LINE = 400


def wording_of(typed: Mapping[str, Any]) -> Wording:
    """The letter's words: one point a paragraph."""
    points = tuple(line for line in typed.get("points", "").splitlines() if line.strip())
    courtesy = tuple(line for line in typed.get("points_en", "").splitlines() if line.strip())
    return Wording(typed.get("subject", ""), points, typed.get("closing", ""), courtesy)


def _actions_of(typed: Mapping[str, Any]) -> tuple[Action, ...]:
    rows = (
        Action(typed.get(f"what_{number}") or "", typed.get(f"owner_{number}") or "", typed.get(f"due_{number}"))
        for number in range(1, MOST_ACTIONS + 1)
    )
    return tuple(row for row in rows if row.what.strip() or row.owner.strip() or row.due_on)


def _delivery_of(typed: Mapping[str, Any]) -> Delivery:
    return Delivery(typed.get("medium", ""), typed.get("handed_on"), typed.get("receipt", ""))


def _steps(ask: Ask) -> Fields:
    del ask
    hint = _("Whom you asked, what you looked at, and when. Only for units that hold this case and the head of office.")
    return {"steps": LongTextField(label=_("Steps taken"), help_text=hint, max_length=correspondence.LONGEST_TEXT)}


def _facts(ask: Ask) -> Fields:
    del ask
    hint = _("What you found, and what shows it. The files that it rests on are chosen below.")
    return {
        "facts": LongTextField(label=_("Facts and evidence"), help_text=hint, max_length=correspondence.LONGEST_TEXT)
    }


def _recommendation(ask: Ask) -> Fields:
    before = ask.opened.proposal.recommendation if ask.opened and ask.opened.proposal else ""
    hint = _("What the head of office should decide or order. It stands in the official note, not in the letter.")
    field = LongTextField(
        label=_("Recommendation"), help_text=hint, max_length=correspondence.LONGEST_TEXT, initial=before
    )
    return {"recommendation": field}


def _letter(ask: Ask) -> Fields:
    draft = ask.opened.draft if ask.opened else None
    courtesy = ask.opened.proposal.courtesy if ask.opened and ask.opened.proposal else None
    return {
        "subject": forms.CharField(
            label=_("Subject of the letter"), max_length=_LONGEST_LINE, initial=draft.subject if draft else ""
        ),
        "points": LongTextField(
            label=_("Points of the letter"),
            help_text=_("One point a line; they are numbered by themselves. The reporter will read this."),
            max_length=correspondence.LONGEST_TEXT,
            rows=10,
            initial="\n".join(draft.points) if draft else "",
        ),
        "closing": LongTextField(
            label=_("Closing words"),
            max_length=_LONGEST_LINE,
            rows=2,
            required=False,
            initial=draft.closing if draft else "",
        ),
        "points_en": LongTextField(
            label=_("English courtesy copy: its points, if one is wanted"),
            help_text=_("For a reporter who does not read Indonesian; subject and closing words follow by themselves."),
            max_length=correspondence.LONGEST_TEXT,
            rows=4,
            required=False,
            initial="\n".join(courtesy.points) if courtesy else "",
        ),
    }


def _first_hint(main: Any) -> str:
    """Whether an improvement must be ordered: not again where the main case has one."""
    if main is None:
        return gettext("At least one improvement is needed.")
    ordered = gettext("Leave it empty if the improvement that is ordered in the main case %(agenda)s is enough.")
    return ordered % {"agenda": main.agenda_number}


def _actions(ask: Ask) -> Fields:
    if ask.opened is None or ask.opened.proposal is None or not ask.opened.proposal.indicated:
        return {}
    fields: dict[str, forms.Field] = {}
    main = deciding.improved_with(ask.opened.case)
    for number in range(1, MOST_ACTIONS + 1):
        label = {"number": number}
        fields[f"what_{number}"] = forms.CharField(
            label=gettext("Improvement %(number)s: what is to be done") % label,
            help_text=_first_hint(main) if number == 1 else gettext("Leave empty if not needed."),
            max_length=_LONGEST_LINE,
            required=False,
        )
        fields[f"owner_{number}"] = forms.CharField(
            label=gettext("Improvement %(number)s: who sees to it") % label, max_length=120, required=False
        )
        fields[f"due_{number}"] = DayField(
            label=gettext("Improvement %(number)s: by when") % label, required=False, least=ask.today
        )
    return fields


def _improvement(ask: Ask) -> Fields:
    choices = [
        (
            str(row.row.id),
            gettext("%(what)s – %(owner)s, by %(day)s")
            % {"what": row.what, "owner": row.owner, "day": wise_dates.long_date(row.row.due_on)},
        )
        for row in ask.improvements
    ]
    initial = choices[0][0] if len(choices) == 1 else None
    return {"improvement": PickField(label=_("Which improvement is done"), choices=choices, initial=initial)}


def _delivery(ask: Ask) -> Fields:
    media = delivering.offered(ask.opened.case.report, ask.opened.reply) if ask.opened else []
    fields: dict[str, forms.Field] = {
        "medium": PickField(
            label=_("How the answer is delivered"),
            choices=[(row.code, row.label) for row in media],
            hints={row.code: row.why for row in media},
            initial=media[0].code if media else None,
        )
    }
    if any(row.on_paper for row in media):
        fields["handed_on"] = DayField(
            label=_("Day on which the letter went out"),
            help_text=_("For post and for a letter that is handed over."),
            required=False,
            initial=ask.today,
        )
    if any(row.receipted for row in media):
        fields["receipt"] = forms.CharField(
            label=_("Number of the post's receipt"), max_length=delivering.LONGEST_RECEIPT, required=False
        )
    return fields


def _chosen_improvement(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    return {"improvement": uuid.UUID(typed["improvement"]) if typed.get("improvement") else None}


PARTS: Mapping[Needs, Part] = {
    Needs.STEPS: Part(_steps, typed_in("steps")),
    Needs.FACTS: Part(_facts, typed_in("facts")),
    Needs.IMPROVEMENT: Part(_improvement, _chosen_improvement),
    Needs.DELIVERY: Part(_delivery, lambda typed, _ask: {"delivery": _delivery_of(typed)}),
    Needs.RECOMMENDATION: Part(_recommendation, typed_in("recommendation")),
    Needs.LETTER: Part(_letter, lambda typed, _ask: {"letter": wording_of(typed)}),
    Needs.ACTIONS: Part(_actions, lambda typed, _ask: {"actions": _actions_of(typed)}),
}
