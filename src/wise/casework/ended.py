"""Ending disclosures, whatever ends them: what they opened is deleted, and the log says so."""

import datetime
import uuid

from wise.audit import log
from wise.audit.models import Chain
from wise.casework.models import Case
from wise.vault import disclosures
from wise.vault.models import Disclosure


def end(row: Disclosure, *, by: uuid.UUID | None, at: datetime.datetime) -> None:
    """End one, decided or not. `by` None: its time is over."""
    disclosures.end(row)
    facts: dict[str, log.Fact] = {"disclosure": str(row.id), "state": row.state_code}
    log.record("end-disclosure", chain=Chain.OFFICERS, at=at, subject=row.case_id, by=by, facts=facts)


def leaves(case: Case, *, by: uuid.UUID, at: datetime.datetime) -> None:
    """End every disclosure of a case that goes to another unit, or that somebody of its unit may not see any more.

    All of them, whoever asked: otherwise those that end would tell who is excluded.
    """
    for row in disclosures.live(case_id=case.id):
        end(row, by=by, at=at)
