"""The book against the log: every row that was logged is there unchanged, and no row is there that was not logged."""

from collections.abc import Iterator
from itertools import chain

from wise.audit.models import Entry
from wise.audit.proof import Flaw
from wise.register import attachments, entry
from wise.register.models import Addition, Attachment, Report


def verify() -> list[Flaw]:
    """An empty list means: the book is what the log says it is."""
    logged: dict[str, str] = {}
    for row in Entry.objects.filter(deed__in=("receive", "add")).iterator(chunk_size=2000):
        for digest in row.facts.get("rows", ()):
            logged[digest] = f"{row.chain}:{row.sequence}"
    flaws = [
        Flaw(name, "is not what the log says was entered")
        for name, digest in _rows()
        if logged.pop(digest, None) is None
    ]
    flaws += [Flaw(where, "speaks of a row that is no longer in the book") for where in logged.values()]
    return flaws


def _rows() -> Iterator[tuple[str, str]]:
    return chain(
        ((f"report {row.id}", entry.fingerprint(row)) for row in Report.objects.iterator(chunk_size=500)),
        ((f"attachment {row.id}", attachments.fingerprint(row)) for row in Attachment.objects.iterator(chunk_size=500)),
        ((f"addition {row.id}", entry.addition_fingerprint(row)) for row in Addition.objects.iterator(chunk_size=500)),
    )
