"""Many cases at once, for the inbox: one real report, repeated with ids, numbers and dates of its own.

The copies are not in the log: `wise log verify` names each of them, rightly.
"""

import datetime
import secrets
import uuid
from collections.abc import Iterator
from itertools import batched

from django.db import connection, transaction

from wise.casework.models import Case, Step
from wise.register.models import Report

BATCH = 2000
# As a busy unit's book looks: one case in ten is still open, spread over the last two months.
_OPEN = ("received", "verifying", "waiting_reporter", "analysing")
_DAYS = 60


def fill(pattern: Case, *, count: int, all_open: bool = True) -> None:
    """Repeat a case until its unit has `count` more; every one open, the hardest case for an inbox."""
    for numbers in batched(range(count), BATCH):
        with transaction.atomic():
            rows = list(_rows(pattern, numbers, all_open=all_open))
            Report.objects.bulk_create(report for report, _, _ in rows)
            Case.objects.bulk_create(case for _, case, _ in rows)
            Step.objects.bulk_create(step for _, _, step in rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(pattern: Case, numbers: tuple[int, ...], *, all_open: bool) -> Iterator[tuple[Report, Case, Step]]:
    told = pattern.report
    for number in numbers:
        received = pattern.received_on - datetime.timedelta(days=number % _DAYS)
        report = Report(
            register_lookup=secrets.token_bytes(32),
            register_number=told.register_number,
            reporter_id=told.reporter_id,
            channel=told.channel,
            stream=told.stream,
            topic_id=told.topic_id,
            office_id=told.office_id,
            received_on=received,
            sealed=told.sealed,
            commitments=told.commitments,
        )
        still_open = all_open or number % 10 == 0
        case = Case(
            report=report,
            agenda_number=f"BULK-{uuid.uuid4().hex}/{received.year}",
            stream_code=pattern.stream_code,
            office_id=pattern.office_id,
            unit_id=pattern.unit_id,
            status_code=_OPEN[number % len(_OPEN)] if still_open else "not_followed_up",
            is_open=still_open,
            rule_set_id=pattern.rule_set_id,
            received_on=received,
            due_on=received + (pattern.due_on - pattern.received_on),
            changed_on=received,
            last_order=1,
        )
        step = Step(case=case, order=1, move="receive", after="received", on=received, unit_id=pattern.unit_id)
        yield report, case, step
