"""Changing how letters look and how their numbers are written: an editor for their office, an administrator for all.

A template is saved only if every sample letter comes out of it. Earlier versions stay: letters were issued with them.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.letters import letterheads, numbers, samples, sources, templates, typesetting, wording
from wise.letters.kinds import KINDS, Kind
from wise.letters.models import Pattern, Template
from wise.people.kinds import Role
from wise.people.models import Office, Officer, Unit
from wise.refusals import NotThere, Refused

LONGEST_SOURCE = 65536

# What an office may give looks of its own: what it issues.
EDITABLE: tuple[Kind, ...] = tuple(kind for kind in KINDS.values() if kind.numbered and not kind.like)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose letters somebody may change: an office's, or (None) those of every office without its own."""

    office: Office | None

    @property
    def slug(self) -> str:
        """How addresses name it."""
        return self.office.code if self.office else "semua"


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of letter looks in a place just now.

    `own` is the version made for this place, if one is in use; `version` counts what was saved there so far.
    """

    kind: Kind
    source: str
    own: Template | None
    version: int


def places(units: Iterable[Unit], *, roles_at: Callable[[uuid.UUID], frozenset[Role]]) -> tuple[Place, ...]:
    """The places whose letters an officer may change, by their roles."""
    listed = list(units)
    offices = {unit.office_id: unit.office for unit in listed if Role.EDITOR in roles_at(unit.id)}
    everywhere = any(Role.ADMIN in roles_at(unit.id) for unit in listed)
    return (*((Place(None),) if everywhere else ()), *map(Place, offices.values()))


def look(kind: Kind, *, place: Place) -> Look:
    """How a kind of letter looks there, and what an editor goes on from."""
    newest = templates.versions(kind, office=place.office).select_related("made_by").first()
    own = newest if newest is not None and newest.source else None
    found = own or templates.edited(kind, office=place.office)
    source = found.source if found else sources.shipped(kind.template)
    return Look(kind, source, own, version=newest.version if newest else 0)


def preview(kind: Kind, *, place: Place, source: str) -> bytes:
    """A sample letter set by this source; a fault in it is `BrokenTemplate`."""
    return _sample(samples.letters(kind)[0], source=_tidy(source), office=_example(place))


def save(kind: Kind, *, place: Place, source: str, since: int, by: Officer, at: datetime.datetime) -> Template | None:
    """Put a source in use, once every sample came out of it. None where nothing is changed by it.

    `since` is the version that the editor went on from: what a colleague saved meanwhile is not overwritten unseen.
    """
    source, present = _tidy(source), look(kind, place=place)
    if source == _tidy(present.source):
        return None
    if since != present.version:
        raise _overtaken()
    for sample in samples.letters(kind):
        _sample(sample, source=source, office=_example(place))
    return _insert(kind, place=place, source=source, version=since + 1, by=by, at=at)


def go_back(kind: Kind, *, place: Place, by: Officer, at: datetime.datetime) -> None:
    """From here on as everybody; refused as not there where there is nothing to go back from."""
    present = look(kind, place=place)
    if present.own is None:
        raise NotThere
    _insert(kind, place=place, source="", version=present.version + 1, by=by, at=at)


def write_numbers(pattern: str, *, place: Place, by: Officer, at: datetime.datetime) -> str:
    """Write numbers in this pattern from the next letter on; numbers that were given stay as they are."""
    pattern = numbers.check_pattern(pattern)
    with transaction.atomic():
        rows = Pattern.objects.select_for_update().filter(office=place.office)
        before = rows.values_list("pattern", flat=True).first() or ""
        if not rows.update(pattern=pattern):
            Pattern.objects.create(office=place.office, pattern=pattern)
        facts = {"place": place.slug, "before": before, "after": pattern}
        log.record("letter_numbers", chain=Chain.OFFICERS, at=at, subject=_subject(place), by=by.id, facts=facts)
    return pattern


def pattern_in(place: Place) -> str:
    """The pattern in force there."""
    if place.office is not None:
        return numbers.pattern_of(place.office)
    return Pattern.objects.filter(office=None).values_list("pattern", flat=True).first() or numbers.DEFAULT


def _insert(kind: Kind, *, place: Place, source: str, version: int, by: Officer, at: datetime.datetime) -> Template:
    made = Template(
        id=uuid.uuid4(),
        kind=kind.code,
        office=place.office,
        version=version,
        source=source,
        digest=templates.digest_of(source),
        made_by=by,
        made_on=timezone.localdate(at),
    )
    facts: dict[str, log.Fact] = {
        "place": place.slug,
        "kind": kind.code,
        "version": made.version,
        "digest": made.digest,
    }
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            log.record("letter_template", chain=Chain.OFFICERS, at=at, subject=made.id, by=by.id, facts=facts)
    except IntegrityError:  # two saved at once: the second did not see what the first made
        raise _overtaken() from None
    return made


def _overtaken() -> Refused:
    return Refused(
        "template-overtaken",
        _("Somebody else has saved this template in the meantime. Open it anew, and put your changes into it again."),
    )


def _tidy(source: str) -> str:
    source = source.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
    if len(source.encode()) > LONGEST_SOURCE:
        raise Refused("template-too-long", _("A template has at most 64 KiB."))
    if not source.strip():
        raise Refused("template-empty", _("The template is empty."))
    return source


def _sample(sample: wording.Sheet, *, source: str, office: Office) -> bytes:
    sheet = samples.of_office(sample, head=letterheads.of(office))
    return typesetting.pdf_apart(source, wording.data_of(sheet), on=sheet.dated_on)


def _example(place: Place) -> Office:
    if place.office is not None:
        return place.office
    found = Office.objects.select_related("parent").order_by("-kind", "code").first()
    assert found is not None
    return found


def _subject(place: Place) -> uuid.UUID | None:
    return place.office.id if place.office else None
