"""What a need of a move brings with it: what it checks and completes, what it seals in the step, what it does."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import models

from wise.casework.access import Desk
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.workflow import Move
from wise.keys.grants import Keys


@dataclass(frozen=True, slots=True, repr=False)
class Taking:
    """A move that is being taken: by whom, on which locked case, with its keys in hand.

    `made`: keys that the move makes besides; the log's entry vouches for them.
    """

    move: Move
    case: Case
    desk: Desk
    keys: Keys
    made: Keys = field(default_factory=dict)


def _kept(taking: Taking, given: Given) -> Given:
    del taking
    return given


def _nothing(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking, given
    return {}


def _done(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    del taking, given, step
    return []


def _always(case: Case, today: datetime.date) -> bool:
    del case, today
    return True


@dataclass(frozen=True, slots=True)
class Effect:
    """The hands of one need, all inside the move's transaction.

    `complete`: what was typed, with what follows from the case; refused where the rules forbid it. `note`: what the
    step keeps sealed besides. `follow`: what is done once the step is written, also to the case, which is saved after
    it; returns the rows that only ever grow, for the log. `fits`: whether there is something on the case to act on.
    """

    complete: Callable[[Taking, Given], Given] = _kept
    note: Callable[[Taking, Given], Mapping[str, str]] = _nothing
    follow: Callable[[Taking, Given, Step], list[models.Model]] = _done
    fits: Callable[[Case, datetime.date], bool] = _always
