"""THE TABLE of what a disposition can ask of its addressees: the ministry's form has these seventeen, and no others.

Codes stand sealed in steps; labels are translated. The form's order is the table's.
"""

import datetime
from collections.abc import Mapping

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.letters.content import URGENCIES

INSTRUCTIONS: Mapping[str, Promise] = {
    "agree": _("Agreed"),
    "reject": _("Rejected"),
    "finish": _("Finish it"),
    "answer": _("Answer it"),
    "correct": _("Correct it"),
    "examine": _("Examine it and give an opinion"),
    "as_noted": _("As in the note"),
    "attention": _("For your attention"),
    "information": _("For your information"),
    "circulate": _("Circulate it"),
    "discuss": _("Discuss it with me"),
    "discuss_and_report": _("Discuss it together and report the result"),
    "schedule": _("Put it on the schedule"),
    "keep": _("Keep it"),
    "prepare": _("Prepare it"),
    "remind": _("Remind me"),
    "attend": _("Please attend or be represented"),
}


def shown(note: Mapping[str, str]) -> dict[str, str]:
    """The parts of a disposition's note as people read them: labels for codes, a day in words."""
    words = {}
    if codes := codes_in(note):
        words["instructions"] = "; ".join(str(label) for code, label in INSTRUCTIONS.items() if code in codes)
    if urgency := URGENCIES.get(note.get("urgency", "")):
        words["urgency"] = str(urgency)
    if day := note.get("back_by"):
        words["back_by"] = dateformat.format(datetime.date.fromisoformat(day), "j F Y")
    return words


def codes_in(note: Mapping[str, str]) -> tuple[str, ...]:
    """The instructions in a step's note."""
    return tuple(note.get("instructions", "").split())
