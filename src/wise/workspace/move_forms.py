"""The form of a move, made from what its row needs; and what was typed in it, for the domain."""

import datetime
import functools
import types
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wise.casework import actions, correspondence, delivering, workflow
from wise.casework.given import MOST_ACTIONS, Action, Delivery, Given, Wording
from wise.casework.improving import Ordered
from wise.casework.papers import ForMove
from wise.casework.vocabulary import Needs
from wise.casework.workflow import Move
from wise.keys.staff import Post
from wise.ui.forms import DayField, Form, LongTextField, Pick, PickField
from wise.ui.templatetags import wise_dates
from wise.workspace import move_wording, reported_form

_LONGEST_LINE = 400
_LAST_ORDER = 1_000_000

type Fields = Mapping[str, forms.Field]


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """What a form is made for. `opened` is the case as far as the form shows or suggests something of it."""

    move: Move
    today: datetime.date
    units: Sequence[Any] = ()
    improvements: Sequence[Ordered] = ()
    opened: ForMove | None = None
    people: Sequence[Post] = ()

    @property
    def is_for_every_case(self) -> bool:
        """Whether nothing in it depends on the case."""
        return self.opened is None and not self.units and not self.improvements


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
        if need in ask.move.needs and need in _MAKE:
            fields |= _MAKE[need](ask)
    return types.new_class("MoveForm", (Form,), exec_body=lambda body: body.update(fields))


def given(form: Form, *, move: Move, units: Sequence[Any], seen: str) -> Given:
    """What was typed, for the domain. `seen`: how far the case had come on the page with the form."""
    typed = form.cleaned_data
    return Given(
        note=typed.get("note", ""),
        text=typed.get("text", ""),
        conclusion=typed.get("conclusion", ""),
        unit=next((unit for unit in units if str(unit.id) == typed.get("unit")), None),
        until=typed.get("until"),
        steps=typed.get("steps", ""),
        facts=typed.get("facts", ""),
        recommendation=typed.get("recommendation", ""),
        letter=wording_of(typed) if Needs.LETTER in move.needs else None,
        actions=_actions_of(typed) if Needs.ACTIONS in move.needs else (),
        improvement=uuid.UUID(typed["improvement"]) if typed.get("improvement") else None,
        reported=reported_form.names(typed),
        delivery=_delivery_of(typed) if Needs.DELIVERY in move.needs else None,
        seen=int(seen) if seen.isdecimal() and len(seen) < len(str(_LAST_ORDER)) else None,
    )


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


def _note(ask: Ask) -> Fields:
    label, hint = move_wording.NOTE_LABELS.get(ask.move.name, move_wording.NOTE_LABEL)
    return {
        "note": LongTextField(label=label, help_text=hint, max_length=correspondence.LONGEST_TEXT, rows=4),
    }


def _steps(ask: Ask) -> Fields:
    del ask
    hint = _("Whom you asked, what you looked at, and when. Only for units that hold this case and the head of office.")
    return {"steps": LongTextField(label=_("Steps taken"), help_text=hint, max_length=correspondence.LONGEST_TEXT)}


def _facts(ask: Ask) -> Fields:
    del ask
    hint = _("What you found, and what shows it; name the files (lampiran-01) that it rests on.")
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


def _actions(ask: Ask) -> Fields:
    if ask.opened is None or ask.opened.proposal is None or not ask.opened.proposal.indicated:
        return {}
    fields: dict[str, forms.Field] = {}
    for number in range(1, MOST_ACTIONS + 1):
        label = {"number": number}
        fields[f"what_{number}"] = forms.CharField(
            label=gettext("Improvement %(number)s: what is to be done") % label,
            help_text=gettext("At least one improvement is needed.")
            if number == 1
            else gettext("Leave empty if not needed."),
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


_MAKE: dict[Needs, Callable[[Ask], Fields]] = {
    Needs.STEPS: _steps,
    Needs.FACTS: _facts,
    Needs.IMPROVEMENT: _improvement,
    Needs.DELIVERY: _delivery,
    Needs.NOTE: _note,
    Needs.TEXT: _text,
    Needs.UNTIL: _until,
    Needs.REPORTED: lambda ask: reported_form.fields(ask.people, known=ask.opened.reported if ask.opened else ()),
    Needs.UNIT: _unit,
    Needs.CONCLUSION: _conclusion,
    Needs.RECOMMENDATION: _recommendation,
    Needs.LETTER: _letter,
    Needs.ACTIONS: _actions,
}
