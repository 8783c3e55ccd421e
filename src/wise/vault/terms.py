"""How long disclosures last: rows that the institution changes, and what WiSe comes with."""

from collections.abc import Mapping

from wise.vault.models import Term

# Nobody's decree: short, since every day more is a day on which a passphrase can be lost.
_SHIPPED: Mapping[str, tuple[int, int, int]] = {
    "identity": (3, 14, 14),
    "originals": (7, 30, 14),
    "envelope": (3, 14, 14),
}
LONGEST = 90


def load_shipped() -> None:
    """Put the terms that WiSe comes with into the database, where they are missing."""
    for kind, (days, most, wait) in _SHIPPED.items():
        Term.objects.get_or_create(kind=kind, defaults={"days": days, "most": most, "wait": wait})


def of(kind: str) -> Term:
    """The term of a kind of disclosure."""
    return Term.objects.get(kind=kind)


def every() -> dict[str, Term]:
    """All of them, by kind."""
    return {row.kind: row for row in Term.objects.all()}


def put(kind: str, days: int, most: int, wait: int) -> None:
    """Change the term of a kind; what was decided before keeps its last day."""
    Term.objects.filter(kind=kind).update(days=days, most=most, wait=wait)
