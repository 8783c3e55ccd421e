"""How documents look: the templates that come with the program, and the versions that an office made of them."""

import datetime
import hashlib

from django.db.models import QuerySet

from wise.letters import sources
from wise.letters.kinds import Kind
from wise.letters.models import Template
from wise.people.models import Office


def edited(kind: Kind, *, office: Office | None) -> Template | None:
    """The version that somebody made for this office and that is in use: its own, else the one for all."""
    for place in {office: None, None: None}:
        newest = versions(kind, office=place).first()
        if newest is not None and newest.source:
            return newest
    return None


def kept(kind: Kind, *, office: Office, on: datetime.date) -> Template:
    """The template in use, as a row that a letter can name. A shipped one becomes a row with its first letter."""
    found = edited(kind, office=office)
    if found is not None:
        return found
    source = sources.shipped(kind.template)
    digest = digest_of(source)
    rows = Template.objects.filter(kind=kind.series, digest=digest, made_by=None)
    if not rows.exists():  # of two that issue the first letter at once, one makes the row
        Template.objects.bulk_create(
            [Template(kind=kind.series, source=source, digest=digest, made_on=on)], ignore_conflicts=True
        )
    return rows.get()


def digest_of(source: str) -> str:
    """SHA-256 of a source, in hexadecimal."""
    return hashlib.sha256(source.encode()).hexdigest()


def versions(kind: Kind, *, office: Office | None) -> QuerySet[Template]:
    """What somebody made for a place, newest first."""
    return Template.objects.filter(kind=kind.series, office=office, made_by__isnull=False).order_by("-version")
