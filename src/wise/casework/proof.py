"""The rows against the log: every row that was logged is there unchanged, and none is there that was not logged."""

from collections.abc import Iterator

from django.db import models

from wise.audit.models import Entry
from wise.audit.proof import Flaw
from wise.audit.rows import fingerprint
from wise.casework.models import Exhibit, Message, Step
from wise.letters.models import Letter
from wise.register.models import Addition, Attachment, BoxFind, BoxOpening, Original, Report
from wise.vault.models import Deposit, Turn

# The tables that only grow, apart from the log's own.
TABLES: tuple[type[models.Model], ...] = (
    Report,
    Attachment,
    Original,
    Addition,
    BoxOpening,
    BoxFind,
    Deposit,
    Turn,
    Step,
    Message,
    Exhibit,
    Letter,
)


def verify() -> list[Flaw]:
    """An empty list means: the book, the vault and the casework are what the log says they are."""
    logged: dict[str, str] = {}
    for entry in Entry.objects.filter(facts__has_key="rows").iterator(chunk_size=2000):
        for digest in entry.facts["rows"]:
            logged[digest] = f"{entry.chain}:{entry.sequence}"
    flaws = [
        Flaw(f"{row._meta.model_name} {row.pk}", "is not what the log says was entered")
        for row in _rows()
        if logged.pop(fingerprint(row), None) is None
    ]
    flaws += [Flaw(where, "speaks of a row that is no longer there") for where in logged.values()]
    return flaws


def _rows() -> Iterator[models.Model]:
    for table in TABLES:
        yield from table._default_manager.iterator(chunk_size=500)
