"""THE TABLE of what each need of a move brings with it, and how a move's needs are gone through."""

import datetime
from collections.abc import Iterator, Mapping

from django.db import models

from wise.casework import (
    assigning,
    conflict,
    deciding,
    duplicates,
    evidence,
    excluding,
    exhibits,
    flagging,
    improving,
    reclassifying,
    signed_paper,
    splitting,
    tags,
    tasks,
    transferring,
)
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.vocabulary import Needs
from wise.casework.workflow import Move

EFFECTS: Mapping[Needs, Effect] = {
    Needs.IMPROVEMENT: improving.EFFECT,
    Needs.DELIVERY: deciding.DELIVERY,
    Needs.FILES: exhibits.EFFECT,
    Needs.PAPER: signed_paper.EFFECT,
    Needs.EVIDENCE: evidence.EFFECT,
    Needs.REPORTED: conflict.EFFECT,
    Needs.STREAM: reclassifying.EFFECT,
    Needs.OFFICER: assigning.ASSIGNMENT,
    Needs.DISPOSITION: assigning.DISPOSITION,
    Needs.TAGS: tags.EFFECT,
    Needs.TASK: tasks.ADDED,
    Needs.TASK_DONE: tasks.FINISHED,
    Needs.URGENCY: flagging.EFFECT,
    Needs.PART: splitting.EFFECT,
    Needs.LETTER: deciding.PROPOSAL,
    Needs.TRANSFER: transferring.PROPOSED,
    Needs.OUTSIDE: transferring.ISSUED,
    Needs.ACTIONS: deciding.APPROVAL,
    Needs.MAIN_CASE: duplicates.LINKING,
    Needs.LINK: duplicates.UNLINKING,
    Needs.EXCLUDED: excluding.EFFECT,
}


def fits(move: Move, case: Case, *, today: datetime.date) -> bool:
    """Whether there is something on the case for the move to act on."""
    return all(effect.fits(case, today) for effect in _effects(move))


def complete(taking: Taking, given: Given) -> Given:
    """What was typed, with what follows from the case; refused where the rules forbid the move."""
    for effect in _effects(taking.move):
        given = effect.complete(taking, given)
    return given


def note_of(taking: Taking, given: Given) -> Mapping[str, str]:
    """What the step keeps sealed."""
    parts = {"steps": given.steps.strip(), "facts": given.facts.strip()}
    for effect in _effects(taking.move):
        parts |= effect.note(taking, given)
    found = {name: text for name, text in parts.items() if text}
    return {"note": given.note.strip(), "conclusion": given.conclusion} | found


def follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    """Do what a move does besides its step; returns the rows that only ever grow, for the log."""
    rows = [row for effect in _effects(taking.move) for row in effect.follow(taking, given, step)]
    duplicates.part(taking, given, step)
    return rows


def _effects(move: Move) -> Iterator[Effect]:
    return (EFFECTS[need] for need in Needs if need in move.needs and need in EFFECTS)
