"""Tags: words from an office's own list that its units mark cases with, so as to find them again.

They stand in the clear. So they are chosen, never typed for a case, and a case about a violation has none.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.casework.access import Desk
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, CaseTag, Step, Tag
from wise.people.kinds import Role
from wise.people.models import Office
from wise.refusals import NotThere, Refused

LONGEST_NAME = 40
MOST = 60
_EDITORS = frozenset({Role.VERIFIER, Role.UNIT_HEAD, Role.INVESTIGATOR})


def may_edit(desk: Desk) -> bool:
    """Whether this officer keeps the list of some office."""
    return any(desk.roles_at(unit.id) & _EDITORS for unit in desk.holding)


def offices_of(desk: Desk) -> list[Office]:
    """The offices whose list this officer keeps: where they handle cases."""
    found = {unit.office_id: unit.office for unit in desk.holding if desk.roles_at(unit.id) & _EDITORS}
    return sorted(found.values(), key=lambda office: office.name)


def every(offices: Iterable[Office]) -> list[Tag]:
    """The lists of these offices, those in use first; each tag says on how many open cases it stands (`on_cases`)."""
    counted = Tag.objects.filter(office__in=list(offices)).select_related("office")
    counted = counted.annotate(on_cases=Count("cases", filter=Q(cases__is_open=True)))
    return list(counted.order_by("office__name", "is_retired", "name"))


def known_at(desk: Desk) -> list[Tag]:
    """What this desk can look for: the tags of all offices whose cases it holds or leads."""
    offices = {unit.office_id for unit in desk.units}
    return list(Tag.objects.filter(office__in=offices).order_by("is_retired", "name"))


def offered(case: Case) -> list[Tag]:
    """What can be chosen for a case: the office's list, and what it already has."""
    there = Q(office=case.unit.office_id)
    return list(Tag.objects.filter(there, Q(is_retired=False) | Q(cases=case)).distinct().order_by("name"))


def of_case(case: Case) -> list[Tag]:
    """The tags of a case."""
    return list(case.tags.order_by("name"))


def add(name: str, *, office_id: uuid.UUID, desk: Desk, at: datetime.datetime) -> Tag:
    """Put a tag on an office's list."""
    office = _office(office_id, desk=desk)
    with transaction.atomic():
        if Tag.objects.filter(office=office, is_retired=False).count() >= MOST:
            raise Refused("tags-many", _("The list has 60 tags. Take one out of use first."))
        row = Tag(office=office, name=_checked(name, office=office))
        row.save(force_insert=True)
        _note_down("add", row, desk=desk, at=at)
    return row


def rename(tag_id: uuid.UUID, name: str, *, desk: Desk, at: datetime.datetime) -> Tag:
    """Call a tag something else, on every case that has it."""
    with transaction.atomic():
        row = _row(tag_id, desk=desk)
        row.name = _checked(name, office=row.office, besides=row)
        row.save(update_fields=["name"])
        _note_down("rename", row, desk=desk, at=at)
    return row


def retire(tag_id: uuid.UUID, *, desk: Desk, at: datetime.datetime, again: bool = False) -> Tag:
    """Offer a tag no longer (`again`: once more); the cases that have it keep it."""
    with transaction.atomic():
        row = _row(tag_id, desk=desk)
        row.is_retired = not again
        row.save(update_fields=["is_retired"])
        _note_down("use-again" if again else "retire", row, desk=desk, at=at)
    return row


def tag_of(tag_id: uuid.UUID, *, desk: Desk) -> Tag:
    """A tag of a list that this officer keeps; `NotThere` otherwise."""
    row = Tag.objects.select_related("office").filter(id=tag_id, office__in=offices_of(desk)).first()
    if row is None:
        raise NotThere
    return row


def drop_misplaced(case: Case) -> None:
    """Take away what no longer fits: another office's tags once a case left it, all where it is now a violation."""
    rows = CaseTag.objects.filter(case=case)
    if case.stream.running_number:
        rows = rows.exclude(tag__office=case.unit.office_id)
    rows.delete()


def _office(office_id: uuid.UUID, *, desk: Desk) -> Office:
    found = next((office for office in offices_of(desk) if office.id == office_id), None)
    if found is None:
        raise NotThere
    return found


def _row(tag_id: uuid.UUID, *, desk: Desk) -> Tag:
    rows: QuerySet[Tag] = Tag.objects.select_for_update(of=("self",)).select_related("office")
    row = rows.filter(id=tag_id, office__in=offices_of(desk)).first()
    if row is None:
        raise NotThere
    return row


def _checked(name: str, *, office: Office, besides: Tag | None = None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused("tag-name", _("Write a name with at most 40 characters."))
    there = Tag.objects.filter(office=office, name__iexact=name)
    if (there.exclude(id=besides.id) if besides else there).exists():
        raise Refused("tag-there", _("The list has a tag with this name already, perhaps among those out of use."))
    return name


def _note_down(did: str, row: Tag, *, desk: Desk, at: datetime.datetime) -> None:
    """Without the name: what somebody wrongly wrote there must be removable, and the log keeps everything."""
    facts: dict[str, log.Fact] = {"did": did, "tag": str(row.id), "office": str(row.office_id)}
    log.record("tag-list", chain=Chain.OFFICERS, at=at, by=desk.officer.id, facts=facts)


def _chosen(taking: Taking, given: Given) -> list[Tag]:
    return [tag for tag in offered(taking.case) if tag.id in given.tags]


def _complete(taking: Taking, given: Given) -> Given:
    if len(_chosen(taking, given)) != len(set(given.tags)):
        raise Refused("tag-not-open", _("Choose tags from the list of your office."))
    return given


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    return {"tags": ", ".join(tag.name for tag in _chosen(taking, given))}


def _follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    CaseTag.objects.filter(case=step.case).exclude(tag__in=given.tags).delete()
    there = set(CaseTag.objects.filter(case=step.case).values_list("tag_id", flat=True))
    rows = [CaseTag(case=step.case, tag=tag) for tag in _chosen(taking, given) if tag.id not in there]
    CaseTag.objects.bulk_create(rows)
    return []


EFFECT = Effect(complete=_complete, note=_note, follow=_follow)
