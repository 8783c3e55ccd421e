"""The fields of a letter that hands the matter to an outside authority; and what was typed in them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.casework import correspondence, transferring
from wise.casework.given import Transfer
from wise.casework.vocabulary import Needs
from wise.ui.forms import LongTextField
from wise.workspace.asking import Ask, Fields, Part


def transfer_of(typed: Mapping[str, Any]) -> Transfer:
    """To whom it goes, and its words: one point a paragraph."""
    points = tuple(line for line in typed.get("transfer_points", "").splitlines() if line.strip())
    try:
        authority = uuid.UUID(typed.get("authority", ""))
    except ValueError:
        authority = None
    return Transfer(authority, points)


def _authority(ask: Ask, *, nobody: Any, required: bool) -> forms.ChoiceField:
    before = ask.opened.proposal.transfer if ask.opened and ask.opened.proposal else None
    return forms.ChoiceField(
        label=_("Authority that the matter goes to"),
        help_text=_("It gets a letter of its own, which never says who reported."),
        choices=[("", nobody), *((str(row.id), row.name) for row in ask.authorities)],
        initial=transferring.initial(before, ask.authorities),
        required=required,
    )


def _points(ask: Ask, *, required: bool) -> forms.CharField:
    return LongTextField(
        label=_("Points of the letter to the authority"),
        help_text=_(
            "One point a line. Say what the matter is, and nothing that shows who reported: neither name and address"
            " nor words by which the reporter would be known."
        ),
        max_length=correspondence.LONGEST_TEXT,
        rows=8,
        required=required,
        initial="\n".join(ask.opened.transfer.points) if ask.opened else "",
    )


def _proposed(ask: Ask) -> Fields:
    """Only where the verification found that the matter is another authority's."""
    if ask.opened is None or not ask.opened.verified.is_elsewhere:
        return {}
    nobody = _("Nobody: the answer tells the reporter where to turn")
    return {
        "authority": _authority(ask, nobody=nobody, required=False),
        "transfer_points": _points(ask, required=False),
    }


def _outside(ask: Ask) -> Fields:
    return {
        "authority": _authority(ask, nobody=_("Choose an authority"), required=True),
        "transfer_points": _points(ask, required=True),
    }


def _given(typed: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    del ask
    return {"transfer": transfer_of(typed)}


PARTS: Mapping[Needs, Part] = {Needs.TRANSFER: Part(_proposed, _given), Needs.OUTSIDE: Part(_outside, _given)}
