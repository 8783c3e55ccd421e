"""The forms about the vault: asking for a disclosure, deciding about one, and the terms."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework.disclosing import LONGEST_WORDS
from wise.ui.forms import DayField, Form, LongTextField, PickField
from wise.vault import terms as rules
from wise.vault.kinds import KINDS, Kind

ALLOW, REFUSE = "allow", "refuse"


class Asking(Form):
    """What is asked for, why, and what for."""

    kind = PickField(label=_("What do you ask for?"), error_messages={"required": _("Choose what you ask for.")})
    reason = LongTextField(
        rows=4,
        label=_("Why do you need it?"),
        help_text=_(
            "Why the case cannot go on without it. The custodians do not see the case: say what they must know."
        ),
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Write why you need it.")},
    )
    purpose = LongTextField(
        rows=3,
        label=_("What will you do with it?"),
        help_text=_("Step by step: whom you will call or invite, or which letter is to be sent."),
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Write what you will do with it.")},
    )

    def __init__(self, *args: Any, kinds: Iterable[Kind], **kwargs: Any) -> None:
        """Take Django's arguments, and what can be asked for."""
        super().__init__(*args, **kwargs)
        offered = list(kinds)
        field = self.fields["kind"]
        assert isinstance(field, PickField)
        field.choices = [(kind.code, kind.label) for kind in offered]
        field.widget.hints = {kind.code: kind.hint for kind in offered}
        if len(offered) == 1:
            self.initial.setdefault("kind", offered[0].code)


class Decision(Form):
    """A custodian's decision. The first unit also sets the last day."""

    decision = PickField(
        label=_("Your decision"),
        choices=[(ALLOW, _("Agree")), (REFUSE, _("Refuse"))],
        error_messages={"required": _("Choose: agree or refuse.")},
    )
    until = DayField(label=_("The last day on which it can be opened"), required=False)
    answer = LongTextField(
        rows=3,
        label=_("Your reason"),
        help_text=_(
            "Needed where you refuse. Whoever asked reads it, and the custodians who decide; the reporter does not."
        ),
        max_length=LONGEST_WORDS,
        required=False,
    )

    def __init__(
        self, *args: Any, least: datetime.date, until: datetime.date, sets_day: bool, envelope: bool, **kwargs: Any
    ) -> None:
        """`least` and `until`: the first day offered and the one proposed; asked only where this unit sets the day."""
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, PickField)
        field.widget.hints = {ALLOW: _what_follows(sets_day=sets_day, envelope=envelope)}
        if sets_day:
            self.initial["until"] = until
            self.fields["until"].widget.attrs["min"] = least.isoformat()
        else:
            del self.fields["until"]


def _what_follows(*, sets_day: bool, envelope: bool) -> Any:
    if sets_day:
        return _("You take the outer box off. Nobody can read anything yet: the second custodian unit decides then.")
    if envelope:
        return _("You get the key and print the envelope. Whoever asked learns neither name nor address.")
    return _("Whoever asked gets the key, alone and until the last day. This cannot be taken back from their memory.")


_NUMBERS = {
    "days": _("Days that are proposed"),
    "most": _("Days at most"),
    "wait": _("Days that a request waits for a decision"),
}


class Terms(Form):
    """Three numbers of days for each kind of disclosure."""

    def __init__(self, *args: Any, rows: Mapping[str, Any], **kwargs: Any) -> None:
        """Take Django's arguments, and the terms as they are."""
        super().__init__(*args, **kwargs)
        for code in KINDS:
            for name, label in _NUMBERS.items():
                self.fields[f"{code}_{name}"] = forms.IntegerField(
                    label=label,
                    min_value=1,
                    max_value=rules.LONGEST,
                    initial=getattr(rows[code], name),
                    widget=forms.NumberInput(attrs={"class": "short"}),
                )

    def groups(self) -> list[tuple[Promise, list[forms.BoundField]]]:
        """The fields by what they are about."""
        return [(kind.label, [self[f"{code}_{name}"] for name in _NUMBERS]) for code, kind in KINDS.items()]

    def given(self) -> dict[str, tuple[int, int, int]]:
        """What was typed, by kind: proposed, at most, wait."""
        typed = self.cleaned_data
        return {code: (typed[f"{code}_days"], typed[f"{code}_most"], typed[f"{code}_wait"]) for code in KINDS}
