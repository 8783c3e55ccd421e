"""Duplicates: cases on the same matter, each with its own reporter, number and time, linked to one main case.

A link is within one unit and one kind of case, and ends where either case leaves them. No reporter learns of it: that
others complained of the same would say something about them.
"""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import access, clock, parts, sealing
from wise.casework.access import Desk
from wise.casework.clock import Standing
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.vocabulary import Needs
from wise.casework.workflow import MOVES
from wise.refusals import Refused

MOST = 25
SUGGESTED = 20
# Moves with one of these can end links; those of the second line make and undo one.
_PARTING = frozenset({Needs.UNIT, Needs.REPORTED, Needs.STREAM})
_TOUCHING = _PARTING | {Needs.MAIN_CASE, Needs.LINK}
_LINKED, _UNLINKED = MOVES["link_duplicate"], MOVES["unlink_duplicate"]


@dataclass(frozen=True, slots=True, repr=False)
class Links:
    """What a case is linked with, as far as a desk may see it: the main case, or the duplicates."""

    main: Case | None
    followers: tuple[Case, ...]
    today: datetime.date

    @property
    def standings(self) -> list[tuple[Case, Standing]]:
        """The duplicates, each with how its time stands: every one keeps its own."""
        return [(row, clock.standing(row, on=self.today)) for row in self.followers]


def links_of(case: Case, *, desk: Desk) -> Links:
    """What the page of a case shows: a head of office sees of it what was put before them."""
    main = _seen(desk).filter(id=case.follows_id).first() if case.follows_id else None
    followers = sorted(_seen(desk).filter(follows=case)[:MOST], key=_place)
    return Links(main, tuple(followers), desk.today)


def suggested(case: Case, *, desk: Desk) -> list[Case]:
    """The newest open cases of the unit that this one could be a duplicate of: same kind, topic and office."""
    rows = _possible(case, desk=desk).filter(report__topic=case.report.topic_id, office=case.office_id)
    return list(rows.filter(follows=None).exclude(report=case.report_id).order_by("-received_on", "-id")[:SUGGESTED])


def lock(name: str, case_id: uuid.UUID, given: Given, *, desk: Desk) -> None:
    """Lock the reports of all cases that a move will write on at once: two officers never wait for each other."""
    if name in MOVES and MOVES[name].needs & _TOUCHING:
        linked = Q(id=case_id) | Q(follows=case_id) | Q(followers=case_id)
        if Needs.MAIN_CASE in MOVES[name].needs:
            linked |= Q(agenda_number__iexact=given.main_case.strip())
        parts.lock(list(access.cases_of(desk).filter(linked).values_list("report_id", flat=True)))


def part(taking: Taking, given: Given, step: Step) -> None:
    """End the links of a case that goes to another unit or becomes another kind; the others' histories say so."""
    case, needs = taking.case, taking.move.needs
    if not (Needs.STREAM in needs or (given.unit is not None and _PARTING & needs)):
        return
    if case.follows is not None:
        _write(case.follows, by=step, desk=taking.desk, move=_UNLINKED.name, note={"followed_by": case.agenda_number})
        case.follows = None
    for follower in _seen(taking.desk).filter(follows=case).order_by("id"):
        follower.follows = None
        _write(follower, by=step, desk=taking.desk, move=_UNLINKED.name, note={"follows": case.agenda_number})


def _place(case: Case) -> tuple[datetime.date, int, str]:
    """The oldest first; of one day as they are numbered, 9 before 10."""
    return case.received_on, len(case.agenda_number), case.agenda_number


def _seen(desk: Desk) -> models.QuerySet[Case]:
    return access.cases_of(desk).select_related("report__topic", "office", "unit__office", "lead", "handler")


def _possible(case: Case, *, desk: Desk) -> models.QuerySet[Case]:
    return _seen(desk).filter(unit=case.unit_id, stream_code=case.stream_code, is_open=True)


def _main(case: Case, typed: str, *, desk: Desk) -> Case:
    """The main case that was named. What belongs to another unit is refused as what does not exist."""
    main = _possible(case, desk=desk).filter(agenda_number__iexact=typed.strip()).first()
    if main is None:
        raise Refused(
            "main-unknown", _("Your unit has no open case of the same kind with this agenda number. Look at it again.")
        )
    if main.report_id == case.report_id:
        raise Refused("main-itself", _("A case is no duplicate of itself, nor of a part of its own report."))
    if main.follows_id is not None:
        raise Refused("main-follows", _("That case is a duplicate itself. Choose its main case."))
    if main.followers.count() >= MOST:
        raise Refused("main-full", _("That case has 25 duplicates already. Choose another main case."))
    return main


def _complete_linking(taking: Taking, given: Given) -> Given:
    return replace(given, main_case=_main(taking.case, given.main_case, desk=taking.desk).agenda_number)


def _note_of_linking(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    return {"follows": given.main_case}


def _link(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    case, main = taking.case, _main(taking.case, given.main_case, desk=taking.desk)
    case.follows = main
    _write(main, by=step, desk=taking.desk, move=_LINKED.name, note={"followed_by": case.agenda_number})
    return []


def _note_of_unlinking(taking: Taking, given: Given) -> Mapping[str, str]:
    del given
    assert taking.case.follows is not None
    return {"follows": taking.case.follows.agenda_number}


def _unlink(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    del given
    case = taking.case
    assert case.follows is not None
    _write(case.follows, by=step, desk=taking.desk, move=_UNLINKED.name, note={"followed_by": case.agenda_number})
    case.follows = None
    return []


def _write(other: Case, *, by: Step, desk: Desk, move: str, note: Mapping[str, str]) -> None:
    """The step on the other one of the two cases, and its entry. What its reporter sees does not change."""
    other.refresh_from_db(fields=["last_order"])  # another part of its report may have come further meanwhile
    step = Step(case=other, order=other.last_order + 1, move=move, on=by.on, at=by.at, by=by.by, unit=other.unit)
    step.before = step.after = other.status_code
    step.sealed = sealing.seal_note(step, note, keys=access.keys_of(other, keyring=desk.keyring))
    step.save(force_insert=True)
    other.last_order = step.order
    other.save(update_fields=["last_order", "follows"])
    parts.advance(other)
    facts: dict[str, log.Fact] = {"case": str(by.case_id), "rows": [fingerprint(step)]}
    assert by.at is not None
    log.record(move, chain=Chain.OFFICERS, at=by.at, subject=other.id, by=desk.officer.id, facts=facts)


LINKING = Effect(
    complete=_complete_linking,
    note=_note_of_linking,
    follow=_link,
    fits=lambda case, _today: case.follows_id is None and not case.followers.exists(),
)
UNLINKING = Effect(note=_note_of_unlinking, follow=_unlink, fits=lambda case, _today: case.follows_id is not None)
