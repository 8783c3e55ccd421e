"""Rule sets: dated data. A clock's length, unit and what meets it are read from the row, never from code."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import clock
from wise.casework.access import Desk
from wise.casework.models import RuleSet
from wise.people.kinds import Role
from wise.refusals import NotThere, Refused
from wise.register.streams import STREAMS


def _hearsay(name: str, length: int, **more: Any) -> dict[str, Any]:
    """A clock in working days that no decree was at hand for."""
    return {"name": name, "length": length, "unit": "working", "verified": False} | more


# No rule was at hand that says until when a reporter may object: the institution checks it.
_OBJECTION = {"name": "objection", "from": "answer", "length": 30, "unit": "calendar", "verified": False}

SHIPPED: tuple[dict[str, Any], ...] = (
    # As the FAQ of KPKNL Pekanbaru tells it: an answer within 30 days from receipt; the thanks come at once.
    {
        "code": "kemenkeu-2011",
        "name": "Kementerian Keuangan 2011",
        "legal_basis": "KMK 149/KMK.09/2011",
        "starts_on": datetime.date(2011, 5, 10),
        "is_chosen": True,
        "clocks": [
            {"name": "first_response", "from": "receipt", "length": 0, "unit": "calendar", "met_by": ["receive"]},
            {"name": "answer", "from": "receipt", "length": 30, "unit": "calendar", "met_by": ["answer"]},
            _OBJECTION,
        ],
    },
    # From SP4N's public pages and agencies' own; the decree itself was not at hand, so everything is unverified.
    {
        "code": "sp4n-2018",
        "name": "SP4N-LAPOR! 2018",
        "legal_basis": "PermenPANRB 62/2018",
        "starts_on": datetime.date(2018, 12, 31),
        "clocks": [
            {"name": "first_response", "from": "receipt", "length": 0, "unit": "calendar", "met_by": ["receive"]},
            _hearsay("forward", 3, met_by=["refer"]),
            _hearsay("answer", 5, met_by=["answer"], streams=["suggestion"]),
            _hearsay("answer", 14, met_by=["answer"], streams=["service"]),
            _hearsay("answer", 60, met_by=["answer"], streams=["violation"]),
            _hearsay("auto_close", 10, **{"from": "question"}),
            _hearsay("objection", 10, **{"from": "answer"}),
        ],
    },
    # Articles 9(1)(b) and (f); the six months of duly justified cases are in Article 11, for external channels.
    {
        "code": "eu-2019-1937",
        "name": "Directive (EU) 2019/1937",
        "legal_basis": "Directive (EU) 2019/1937, Art. 9(1)(b), (f); Art. 11(2)(d)",
        "starts_on": datetime.date(2021, 12, 17),
        "clocks": [
            {"name": "acknowledge", "from": "receipt", "length": 7, "unit": "calendar", "met_by": ["receive"]},
            {
                "name": "answer",
                "from": "acknowledgement",
                "length": 3,
                "unit": "months",
                "met_by": ["answer"],
                "extendable_to": 6,
            },
            _OBJECTION,
        ],
    },
)


def load_shipped() -> None:
    """Put the rule sets that WiSe comes with into the database, where they are missing."""
    any_chosen = RuleSet.objects.filter(is_chosen=True).exists()
    for row in SHIPPED:
        defaults = row | {"is_chosen": row.get("is_chosen", False) and not any_chosen}
        RuleSet.objects.get_or_create(code=row["code"], defaults=defaults)


def chosen() -> RuleSet:
    """The rule set that new cases are opened under: the institution's choice, not the newest date."""
    return RuleSet.objects.get(is_chosen=True)


def every() -> list[RuleSet]:
    """All rule sets, the chosen one first."""
    return list(RuleSet.objects.order_by("-is_chosen", "-starts_on"))


def choose(code: str, *, desk: Desk, at: datetime.datetime) -> RuleSet:
    """Open new cases under another rule set from now on. Cases that are there keep theirs; logged."""
    if not may_choose(desk):
        raise NotThere
    with transaction.atomic():
        rows = {row.code: row for row in RuleSet.objects.select_for_update().order_by("code")}
        if code not in rows:
            raise NotThere
        row = rows[code]
        if not answers_every_stream(row):
            raise Refused("no-answer-clock", _("This rule set does not say by when every kind of report is answered."))
        before = next((other for other in rows.values() if other.is_chosen), None)
        if before == row:
            return row
        RuleSet.objects.filter(is_chosen=True).update(is_chosen=False)
        RuleSet.objects.filter(code=code).update(is_chosen=True)
        row.is_chosen = True
        facts: dict[str, log.Fact] = {"from": before.code if before else None, "to": code}
        log.record("choose-rules", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)
    return row


def may_choose(desk: Desk) -> bool:
    """Whether this officer decides which rules new cases are opened under."""
    return desk.has(Role.ADMIN)


def answers_every_stream(rule_set: RuleSet) -> bool:
    """Whether the rule set has an answer clock for every kind of report."""
    answers = [row for row in clock.clocks_of(rule_set) if row.name == clock.ANSWER]
    return all(any(not row.streams or stream in row.streams for row in answers) for stream in STREAMS)
