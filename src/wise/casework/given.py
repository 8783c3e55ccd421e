"""What an officer typed for a move; the move's row says which of it is needed."""

import datetime
import uuid
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework.instructions import INSTRUCTIONS
from wise.casework.urgency import CHOICES
from wise.casework.vocabulary import Needs
from wise.casework.workflow import Move
from wise.letters.content import URGENCIES
from wise.people.models import Unit
from wise.refusals import Refused
from wise.register.drafts import DraftedFile
from wise.register.streams import STREAMS

MOST_ACTIONS = 3
MOST_REPORTED = 20
LONGEST_NAME = 120
# Whom a case can be given to so that nobody handles it.
NOBODY = "nobody"


@dataclass(frozen=True, slots=True, repr=False)
class Wording:
    """What an officer may change of a drafted letter. `points` are numbered in the letter.

    `courtesy`: the points of an English copy, where one is wanted.
    """

    subject: str
    points: tuple[str, ...]
    closing: str
    courtesy: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it has all that a letter needs."""
        return bool(self.subject.strip() and any(point.strip() for point in self.points))


@dataclass(frozen=True, slots=True, repr=False)
class Transfer:
    """A letter that hands the matter to an outside authority. `authority` None: to nobody."""

    authority: uuid.UUID | None
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Action:
    """What a head of office orders so that the service gets better: what, who sees to it, by when."""

    what: str
    owner: str
    due_on: datetime.date | None

    @property
    def whole(self) -> bool:
        """Whether all three are there."""
        return bool(self.what.strip() and self.owner.strip() and self.due_on)


@dataclass(frozen=True, slots=True, repr=False)
class Delivery:
    """By which medium an answer goes out, and what shows that it did."""

    medium: str
    handed_on: datetime.date | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Disposition:
    """Who shall do what with a case. `to`: officers by their ids, of whom the first handles it from then on."""

    to: tuple[str, ...]
    instructions: tuple[str, ...]
    urgency: str = ""
    note: str = ""
    back_by: datetime.date | None = None

    def check(self, *, today: datetime.date) -> None:
        """Refuse what is not whole, or would have to be back in the past."""
        if not self.to:
            raise Refused("addressees-missing", _("Choose at least one colleague to whom it goes."))
        if not self.instructions or not set(self.instructions) <= set(INSTRUCTIONS):
            raise Refused("instructions-missing", _("Tick at least one instruction."))
        if self.urgency not in {"", *URGENCIES}:
            raise Refused("urgency-missing", _("Choose how urgent it is."))
        if self.back_by is not None and self.back_by < today:
            raise Refused("back-by-past", _("The day by which it shall be back is today or later."))


@dataclass(frozen=True, slots=True, repr=False)
class Assignment:
    """A task: what is to be done, which officer of the unit does it, by when."""

    what: str
    officer: uuid.UUID | None
    due_on: datetime.date | None


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What an officer typed for a move.

    `seen` is how far the case had come on the page they decided from: what happened since must be read first, and a
    button pressed twice does not act twice. `rests_on`: labels of files of the case. `paper_on`: the day that stands on
    a signed paper. `agenda` is no officer's: the number that a part split off will have.
    """

    note: str = ""
    text: str = ""
    conclusion: str = ""
    unit: Unit | None = None
    until: datetime.date | None = None
    steps: str = ""
    facts: str = ""
    recommendation: str = ""
    letter: Wording | None = None
    transfer: Transfer | None = None
    actions: tuple[Action, ...] = ()
    improvement: uuid.UUID | None = None
    delivery: Delivery | None = None
    reported: tuple[str, ...] = ()
    officer: str = ""
    disposition: Disposition | None = None
    stream: str = ""
    files: tuple[DraftedFile, ...] = ()
    rests_on: tuple[str, ...] = ()
    paper_on: datetime.date | None = None
    tags: tuple[uuid.UUID, ...] = ()
    task: Assignment | None = None
    task_done: uuid.UUID | None = None
    urgency: str = ""
    agenda: str = ""
    main_case: str = ""
    excluded: frozenset[uuid.UUID] = frozenset()
    seen: int | None = None


_MISSING: dict[Needs, Promise] = {
    Needs.NOTE: _("Write a note."),
    Needs.TEXT: _("Write what the reporter shall read."),
    Needs.UNIT: _("Choose a unit."),
    Needs.CONCLUSION: _("Choose a conclusion."),
    Needs.REPORTED: _("Choose or name at least one person."),
    Needs.STREAM: _("Choose what kind of case it is."),
    Needs.PART: _("Choose what kind of case the part is."),
    Needs.UNTIL: _("Choose a day, today or later."),
    Needs.STEPS: _("Write what you did to verify the complaint."),
    Needs.FACTS: _("Write what you found."),
    Needs.RECOMMENDATION: _("Write what you recommend."),
    Needs.LETTER: _("The letter needs a subject and at least one point."),
    Needs.OUTSIDE: _("Choose the authority, and write what the letter to it says."),
    Needs.IMPROVEMENT: _("Choose the improvement that was done."),
    Needs.TASK: _("Write what is to be done."),
    Needs.TASK_DONE: _("Choose a task that is not done yet."),
    Needs.URGENCY: _("Choose why it is urgent, or that it no longer is."),
    Needs.DELIVERY: _("Choose how the answer is delivered."),
    Needs.FILES: _("Choose at least one file."),
    Needs.PAPER: _("Write the day that stands on the paper."),
    Needs.OFFICER: _("Choose who shall handle the case."),
    Needs.MAIN_CASE: _("Choose the main case, or write its agenda number."),
}


# What may be left out, or what only the need's own effect can judge by the case: whether a letter of transfer or an
# improvement belongs to what was found, on which files it rests, which tags stay, whether there is a link to undo.
_MAY_BE_EMPTY = frozenset({Needs.TRANSFER, Needs.ACTIONS, Needs.EVIDENCE, Needs.TAGS, Needs.LINK, Needs.EXCLUDED})


def check(move: Move, given: Given, *, today: datetime.date) -> None:
    """Refuse with the first thing that the move needs and that was not given."""
    there = {
        Needs.NOTE: bool(given.note.strip()),
        Needs.TEXT: bool(given.text.strip()),
        Needs.UNIT: given.unit is not None,
        Needs.CONCLUSION: given.conclusion in move.conclusions,
        Needs.UNTIL: given.until is not None and given.until >= today,
        Needs.STEPS: bool(given.steps.strip()),
        Needs.FACTS: bool(given.facts.strip()),
        Needs.RECOMMENDATION: bool(given.recommendation.strip()),
        Needs.LETTER: given.letter is not None and given.letter.whole,
        Needs.OUTSIDE: given.transfer is not None and given.transfer.authority is not None,
        Needs.FILES: bool(given.files),
        Needs.PAPER: given.paper_on is not None,
        Needs.IMPROVEMENT: given.improvement is not None,
        Needs.DELIVERY: given.delivery is not None,
        Needs.TASK: given.task is not None and bool(given.task.what.strip()),
        Needs.TASK_DONE: given.task_done is not None,
        Needs.URGENCY: given.urgency in CHOICES,
        Needs.STREAM: given.stream in STREAMS,
        Needs.OFFICER: bool(given.officer),
        Needs.DISPOSITION: given.disposition is not None,
        Needs.PART: given.stream in STREAMS,
        Needs.MAIN_CASE: bool(given.main_case.strip()),
        Needs.REPORTED: any(name.strip() for name in given.reported),
    }
    for need in Needs:
        if need in move.needs - _MAY_BE_EMPTY and not there.get(need, False):
            raise Refused(f"{need}-missing", _MISSING.get(need, _("Something is missing.")))
