"""Many cases at once: for the inbox one real report, repeated; for keys, reports with a grant each.

They are not in the log: `wise log verify` names each of them, rightly.
"""

import datetime
import secrets
import uuid
from collections.abc import Iterable, Iterator
from itertools import batched

from django.db import connection, transaction

from wise.casework.models import Case, Step
from wise.keys import directory, grants
from wise.keys.grants import To
from wise.register import entry
from wise.register.channels import ONLINE
from wise.register.entry import Line, Told
from wise.register.models import Report
from wise.register.streams import STREAMS

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


def seal(pattern: Case, *, told: Iterable[str], on: datetime.date) -> None:
    """Add a case to a unit for each name that is told, sealed under keys of its own that the unit opens."""
    unit = pattern.unit
    holder, name = directory.holder_of(unit), grants.work_of(unit.id, since=1)
    rows = []
    for who in told:
        report_id, keys = uuid.uuid4(), grants.new_keys(grants.CONTENT, name)
        words = Told(what="Antre di loket", where="Loket", when="Selasa", who=who)
        line = Line(ONLINE, STREAMS[pattern.stream_code], words, keys, on, office=unit.office)
        report = entry.seal_line(line, reporter_holder=None, report_id=report_id).report
        case = _case(pattern, report, received=on, status="received", is_open=True)
        step = Step(case=case, order=1, move="receive", after="received", on=on, unit=unit)
        rows.append((report, grants.prepare(keys, report_id=report_id, to=To(holder), on=on), case, step))
    with transaction.atomic():
        Report.objects.bulk_create(report for report, _, _, _ in rows)
        grants.store(grant for _, grant, _, _ in rows)
        Case.objects.bulk_create(case for _, _, case, _ in rows)
        Step.objects.bulk_create(step for _, _, _, step in rows)


def _case(pattern: Case, report: Report, *, received: datetime.date, status: str, is_open: bool) -> Case:
    return Case(
        report=report,
        agenda_number=f"BULK-{uuid.uuid4().hex}/{received.year}",
        stream_code=pattern.stream_code,
        office_id=pattern.office_id,
        unit_id=pattern.unit_id,
        status_code=status,
        is_open=is_open,
        rule_set_id=pattern.rule_set_id,
        received_on=received,
        due_on=received + (pattern.due_on - pattern.received_on),
        changed_on=received,
        last_order=1,
    )


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
        status = _OPEN[number % len(_OPEN)] if still_open else "not_followed_up"
        case = _case(pattern, report, received=received, status=status, is_open=still_open)
        step = Step(case=case, order=1, move="receive", after="received", on=received, unit_id=pattern.unit_id)
        yield report, case, step
