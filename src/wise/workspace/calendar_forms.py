"""What an editor fills in about a holiday, and what pages say about the clocks of a rule set."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wise.casework.calendar import KINDS, Kind
from wise.casework.clock import Clock, Unit
from wise.casework.holidays import Typed
from wise.refusals import Refused
from wise.register.streams import STREAMS
from wise.ui.forms import DayField, Form, LongTextField, PickField

_YES, _NO = "yes", "no"

_FIELD_OF = {
    "names-missing": "name",
    "source-missing": "source",
    "reason-missing": "reason",
    "holiday-far": "on",
    "holiday-there": "on",
}

CLOCKS: Mapping[str, Promise] = {
    "first_response": _("First response: thanks to the reporter"),
    "acknowledge": _("Acknowledgement of receipt"),
    "forward": _("Forwarding to the unit with authority"),
    "answer": _("Answer to the reporter"),
    "objection": _("Objection of the reporter to the answer"),
    "auto_close": _("Closing after a question that was not answered"),
}
STARTS: Mapping[str, Promise] = {
    "receipt": pgettext_lazy("clock", "receipt"),
    "acknowledgement": _("acknowledgement, which WiSe gives at receipt"),
    "answer": pgettext_lazy("clock", "the answer to the reporter"),
    "question": _("a question to the reporter"),
}

# What whoever chooses one of the shipped rule sets should know, besides what stands in its row.
REMARKS: Mapping[str, Promise] = {
    "sp4n-2018": _("Replaced by PermenPANRB 5/2025, whose time limits were not at hand."),
    "eu-2019-1937": _("The longer period is the directive's for authorities outside the institution (Article 11)."),
}


class HolidayForm(Form):
    """A day without work: when, what it is called, who decided it, why the table is changed."""

    on = DayField(
        label=_("Date"),
    )
    name = forms.CharField(
        label=_("Name in Indonesian"),
        help_text=_("Reporters read it where a due date falls on this day."),
        max_length=120,
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    kind = PickField(
        label=_("Kind"),
        choices=[(kind.value, label) for kind, label in KINDS.items()],
        hints={Kind.JOINT_LEAVE.value: _("Cuti bersama, decided each year")},
    )
    estimated = PickField(
        label=_("How certain is the date?"),
        choices=[(_NO, _("Decided")), (_YES, _("Estimated"))],
        hints={_YES: _("For feasts that depend on the moon, until the government has decided")},
        initial=_NO,
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Which decision says so, for example SKB 3 Menteri with its number."),
        max_length=200,
    )
    reason = LongTextField(
        label=_("Reason"),
        help_text=_("Why the table is changed now. It stands in the log together with your name."),
        max_length=300,
        rows=2,
    )


class RemovalForm(Form):
    """Why a holiday is a working day again."""

    reason = LongTextField(
        label=_("Reason"),
        help_text=_("Why this is a working day. It stands in the log together with your name."),
        max_length=300,
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep its ids apart from those of the other form on the page."""
        super().__init__(*args, auto_id="removal-%s", **kwargs)


def filled(row: Any) -> dict[str, Any]:
    """What the form of a holiday that is there begins with; the reason of the last change is not that of this one."""
    return {
        "on": row.on,
        "name": row.name,
        "name_en": row.name_en,
        "kind": row.kind,
        "estimated": _YES if row.is_estimated else _NO,
        "source": row.source,
    }


def typed(form: Form) -> Typed:
    """What was typed, for the domain."""
    given = form.cleaned_data
    return Typed(
        on=given["on"],
        name=given["name"],
        name_en=given["name_en"],
        kind=Kind(given["kind"]),
        source=given["source"],
        reason=given["reason"],
        is_estimated=given["estimated"] == _YES,
    )


def refuse(form: Form, refused: Refused) -> None:
    """Put the domain's refusal where the editor can act on it."""
    field = _FIELD_OF.get(refused.code)
    form.add_error(field if field in form.fields else None, str(refused.sentence))


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock as the page of rule sets shows it."""

    clock: Clock
    name: str
    streams: str
    starts: str
    length: str
    extended: str


def lines_of(clocks: Sequence[Clock]) -> list[ClockLine]:
    """The clocks of a rule set in words."""
    return [
        ClockLine(
            clock=row,
            name=str(CLOCKS.get(row.name, row.name)),
            streams=", ".join(str(STREAMS[code].label) for code in row.streams),
            starts=str(STARTS.get(row.starts, row.starts)),
            length=_length(row.length, row.unit),
            extended=_length(row.extendable_to, row.unit) if row.extendable_to is not None else "",
        )
        for row in clocks
    ]


def _length(count: int, unit: Unit) -> str:
    if count == 0:
        return gettext("at once")
    match unit:
        case Unit.WORKING:
            return ngettext("%(n)d working day", "%(n)d working days", count) % {"n": count}
        case Unit.MONTHS:
            return ngettext("%(n)d month", "%(n)d months", count) % {"n": count}
        case Unit.CALENDAR:
            return ngettext("%(n)d calendar day", "%(n)d calendar days", count) % {"n": count}


def date_of(text: str) -> datetime.date | None:
    """The date that an address names; None where it names none, or one in another way."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
