"""Complaint boxes: opened by two people, counted, written down, so that nothing in them disappears (mission B1)."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.people.models import Office, Officer
from wise.refusals import NotThere, Refused
from wise.register.models import BoxFind, BoxOpening, Report

PAGE = 25
MOST_FOUND = 500
LONGEST_NAME = 120
# Openings whose finds may still be waiting to be recorded are offered this long.
_OFFERED = datetime.timedelta(days=90)
_MOST_OFFERED = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """A line of the list: an opening, and how many of its finds are recorded."""

    row: BoxOpening
    recorded: int

    @property
    def waiting(self) -> int:
        """How many finds are not recorded yet."""
        return max(self.row.found - self.recorded, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, the newest opening first."""

    lines: tuple[Opened, ...]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1


def open_box(
    office: Office,
    *,
    by: Officer,
    witness: str,
    opened_at: datetime.datetime,
    found: int,
    at: datetime.datetime,
) -> BoxOpening:
    """Write down that a box was opened, by whom, with whom, and how many letters were in it (none counts too)."""
    second = " ".join(witness.split())
    if not second:
        raise Refused("witness-missing", _("Name the second person: a box is opened by two."))
    if len(second) > LONGEST_NAME:
        raise Refused("witness-long", _("This name is too long."))
    if second.casefold() == by.name.casefold():
        raise Refused("witness-same", _("The second person must be somebody else than you."))
    if opened_at > at:
        raise Refused("opened-in-future", _("A box cannot have been opened in the future. Check date and time."))
    if not 0 <= found <= MOST_FOUND:
        raise Refused("found-odd", _("Write how many letters were in the box, from 0 to 500."))
    row = BoxOpening(office=office, opened_at=opened_at, opened_by=by, witness=second, found=found, recorded_at=at)
    with transaction.atomic():
        row.save(force_insert=True)
        facts: dict[str, log.Fact] = {"rows": [fingerprint(row)]}
        log.record("open-box", chain=Chain.OFFICERS, at=at, subject=row.id, by=by.id, facts=facts)
    return row


def page(offices: Collection[Office], *, number: int) -> Page:
    """A page of the openings at these offices."""
    rows = BoxOpening.objects.filter(office__in=offices).select_related("office", "opened_by")
    counted = rows.annotate(recorded=Count("finds")).order_by("-opened_at", "id")
    first = (number - 1) * PAGE
    found = [Opened(row, row.recorded) for row in counted[first : first + PAGE + 1]]
    return Page(tuple(found[:PAGE]), number, has_next=len(found) > PAGE)


def waiting(offices: Collection[Office], *, at: datetime.datetime) -> list[BoxOpening]:
    """The openings of the last months at these offices with finds that are not recorded yet, newest first."""
    rows = BoxOpening.objects.filter(office__in=offices, opened_at__gte=at - _OFFERED, found__gt=0)
    counted = rows.annotate(recorded=Count("finds")).select_related("office", "opened_by").order_by("-opened_at")
    return [row for row in counted[:_MOST_OFFERED] if row.recorded < row.found]


def find(opening_id: str, *, offices: Collection[Office]) -> BoxOpening:
    """An opening at one of these offices; `NotThere` for any other."""
    try:
        wanted = uuid.UUID(opening_id)
    except ValueError:
        raise NotThere from None
    row = BoxOpening.objects.filter(id=wanted, office__in=offices).first()
    if row is None:
        raise NotThere
    return row


def enter_find(report: Report, *, opening: BoxOpening) -> BoxFind:
    """Enter that a report was found in a box; not more of them than were counted. Call it inside a transaction."""
    locked = BoxOpening.objects.select_for_update().get(id=opening.id)
    if BoxFind.objects.filter(opening=locked).count() >= locked.found:
        raise Refused(
            "box-all-recorded",
            _("All letters that were counted at this opening are recorded already. Choose another opening."),
        )
    return BoxFind.objects.create(report=report, opening=locked)
