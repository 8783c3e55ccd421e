"""What pages say is missing on a case, and who has to act. No status is left out."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework.vocabulary import Path
from wise.ui.templatetags import wise_dates
from wise.workspace import move_wording

# By status, and by path where that makes a difference.
NEXT: Mapping[str, Promise] = {
    "received": _("The unit that holds the case is next: it starts the verification."),
    "verifying": _("The unit that holds the case is next: it verifies, and records what it did, found and concludes."),
    "waiting_reporter": _("The reporter is next and was asked to answer by %(day)s."),
    "analysing": _("The unit that holds the case is next with the analysis."),
    "analysing.office": _(
        "The unit that holds the case is next: a recommendation and the draft of the letter to the head of office are"
        " missing."
    ),
    "examining": _("The unit that holds the case is next: it examines, and records the outcome."),
    "proposed": _("Waiting for the decision of the head of office (%(lead)s)."),
    "returned": _(
        "The head of office has returned the case; the reason stands in the history. The unit that holds the case is"
        " next: it proposes again, or verifies anew."
    ),
    "approved": _("The letter is approved. The unit that holds the case is next: it delivers the letter."),
    "acting": _("The unit that holds the case is next: the outcome and the answer to the reporter are missing."),
    "acting.office": _(
        "The letter is approved and an improvement is ordered. The unit that holds the case is next: it delivers the"
        " letter, and records the improvement once it is made."
    ),
    "referred": _("The unit that holds the case now is next: it starts the verification."),
    "answered": _("The reporter has the answer. The unit that holds the case is next: it closes the case."),
    "closed": _("The case is closed. Nobody has to act."),
    "not_followed_up": _(
        "The unit that holds the case is next: the answer to the reporter, with the reason, is missing."
    ),
    "not_followed_up.office": _(
        "The unit that holds the case is next: a recommendation and the draft of the letter to the head of office are"
        " missing."
    ),
    "withdrawn": _("The reporter has withdrawn the report. Nobody has to act."),
}


def next_of(case: Any, *, path: Path) -> str:
    """What is missing on a case and who has to act."""
    sentence = move_wording.of_path(NEXT, case.status_code, paths=frozenset({path}))
    lead = case.lead.name if case.lead else ""
    return str(sentence) % {"day": wise_dates.long_date(case.asked_until), "lead": lead}
