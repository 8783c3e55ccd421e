"""A withdrawal on signed paper: the unit records it with the paper's day and scan. Neither status nor clock changes."""

import datetime
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wise.casework import correspondence, evidence, exhibits
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case
from wise.refusals import Refused


def _complete(taking: Taking, given: Given) -> Given:
    assert given.paper_on is not None
    if given.paper_on > taking.desk.today:
        raise Refused("paper-day-wrong", _("The day of the paper is not in the future."))
    if given.paper_on < taking.case.received_on:
        raise Refused("paper-day-wrong", _("The paper is not older than the report: look at the day of receipt."))
    evidence.insist(given.rests_on, evidence.exhibit_labels(taking.case, keys=taking.keys))
    if not given.files and not given.rests_on:
        raise Refused("scan-missing", _("Add a scan of the paper, or choose the one that is among the unit's files."))
    exhibits.check_room(taking.case, given.files)
    return given


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    assert given.paper_on is not None
    return {"paper_on": given.paper_on.isoformat(), evidence.PART: evidence.joined(given.rests_on)}


def _fits(case: Case, today: datetime.date) -> bool:
    del today
    return correspondence.withdrawal(case) is None


EFFECT = Effect(complete=_complete, note=_note, follow=exhibits.EFFECT.follow, fits=_fits)
