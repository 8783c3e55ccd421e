"""The parts of a report: cases of their own on one report, with one order of events and with `work` keys apart.

Additions and files are the report's, so everything that happens on it has a place in one order: whoever writes holds
the lock of its first case, and all parts come to the same place together. That order tells the keys apart: a `work` key
is named for the place at which a unit began to hold a case (`grants.work_of`), and each place is one case's alone.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from wise.casework.models import Case
from wise.keys import grants
from wise.keys.grants import Keys
from wise.people.models import Reporter
from wise.refusals import NotThere

FIRST = 1
MOST = 5


def of_report(report_id: uuid.UUID) -> QuerySet[Case]:
    """The cases on a report, in the order in which they were opened."""
    return Case.objects.filter(report_id=report_id).order_by("part")


def own(report_id: uuid.UUID, *, reporter: Reporter) -> list[Case]:
    """The cases on one's own report; `NotThere` for everybody else."""
    rows = of_report(report_id).select_related("report__topic", "report__office", "office", "unit__office")
    found = list(rows.filter(report__reporter=reporter))
    if not found:
        raise NotThere
    return found


def meant(cases: Sequence[Case], *, part: int | None) -> Case:
    """The part that a reporter means: the one they say, else the one that waits for them, else the first."""
    waiting = next((case for case in cases if case.status.waits_for_reporter), cases[0])
    return next((case for case in cases if case.part == part), waiting)


def lock(report_ids: QuerySet[Any, Any] | list[uuid.UUID]) -> None:
    """Wait until nobody else writes about these reports. Inside a transaction, before anything of them is read.

    One row is locked, the first case's: a part that is being split off meanwhile is in nobody's list yet.
    """
    rows = Case.objects.filter(part=FIRST, report_id__in=report_ids)
    list(rows.select_for_update().order_by("id").values_list("id", flat=True))


def advance(case: Case) -> None:
    """Bring the other parts to the place that this one has come to."""
    of_report(case.report_id).exclude(id=case.id).update(last_order=case.last_order)


def own_keys(case: Case, keys: Keys) -> Keys:
    """These keys without the `work` keys of other parts: who holds both works on each with its own alone."""
    places = {name: grants.work_since(name) for name in keys if grants.is_work(name)}
    if not places:
        return keys
    own = set(case.steps.filter(order__in=places.values()).values_list("order", flat=True))
    return {name: key for name, key in keys.items() if name not in places or places[name] in own}
