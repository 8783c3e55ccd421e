"""Rule sets: dated data. A clock's length, unit and what meets it are read from the row, never from code."""

import datetime
from typing import Any

from django.db.models import Q

from wise.casework.models import RuleSet

# KMK 149/KMK.09/2011 as the FAQ tells it: an answer within 30 days from receipt; the thanks come at once.
SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "code": "kemenkeu-2011",
        "name": "Kementerian Keuangan 2011",
        "legal_basis": "KMK 149/KMK.09/2011",
        "starts_on": datetime.date(2011, 5, 10),
        "clocks": [
            {"name": "first_response", "from": "receipt", "days": 0, "unit": "calendar", "met_by": ["receive"]},
            {"name": "answer", "from": "receipt", "days": 30, "unit": "calendar", "met_by": ["answer"]},
        ],
    },
)


def load_shipped() -> None:
    """Put the rule sets that WiSe comes with into the database, where they are missing."""
    for row in SHIPPED:
        RuleSet.objects.get_or_create(code=row["code"], defaults=row)


def in_force(on: datetime.date) -> RuleSet:
    """The rule set that a case received on this day is opened under: the newest in force."""
    rows = RuleSet.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
    return rows.order_by("-starts_on")[0]
