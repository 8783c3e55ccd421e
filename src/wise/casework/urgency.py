"""Why a case is urgent. In the clear stands only that it is; why is sealed in the step that says so.

It changes no time limit: it says whose safety comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Urgency:
    """A reason why a case is urgent, with a sentence that helps to choose it."""

    code: str
    label: Promise
    hint: Promise


URGENCIES: dict[str, Urgency] = {
    row.code: row
    for row in (
        Urgency(
            "danger",
            _("Somebody is in danger"),
            _("Of being hurt, threatened or put under pressure, now or soon: the reporter or anybody else."),
        ),
        Urgency("minor", _("A child is concerned"), _("Somebody under 18 is harmed, or has seen what happened.")),
        Urgency("both", _("A child is in danger"), _("Both: a child is concerned, and somebody is in danger.")),
    )
}
NO_LONGER = "calm"
# What an officer can say of a case: a reason, or that there is none any more.
CHOICES: Mapping[str, Promise] = {code: row.label for code, row in URGENCIES.items()} | {
    NO_LONGER: _("It is no longer urgent")
}
