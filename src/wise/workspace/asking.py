"""What a move's form is made for, and what makes the fields of one need and reads them."""

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from wise.casework.assigning import Colleague
from wise.casework.excluding import Member
from wise.casework.improving import Ordered
from wise.casework.papers import ForMove
from wise.casework.tasks import OpenedTask
from wise.casework.ways import Way
from wise.casework.workflow import Move
from wise.keys.staff import Post

type Fields = Mapping[str, forms.Field]


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """What a form is made for. `opened` is the case as far as the form shows or suggests something of it.

    `files`: the labels of the case's files to choose from, each with what is shown of it.
    """

    move: Move
    today: datetime.date
    units: Sequence[Any] = ()
    improvements: Sequence[Ordered] = ()
    opened: ForMove | None = None
    people: Sequence[Post] = ()
    ways: Sequence[Way] = ()
    files: Sequence[tuple[str, str]] = ()
    colleagues: Sequence[Colleague] = ()
    tags: Sequence[Any] = ()
    tagged: Sequence[uuid.UUID] = ()
    free: Sequence[Any] = ()
    tasks: Sequence[OpenedTask] = ()
    mains: Sequence[Any] = ()
    authorities: Sequence[Any] = ()
    members: Sequence[Member] = ()

    @property
    def is_for_every_case(self) -> bool:
        """Whether nothing in it depends on the case."""
        of_the_case = (self.opened, self.units, self.improvements, self.people, self.ways, self.files, self.colleagues)
        of_the_work = (self.tags, self.tagged, self.free, self.tasks, self.mains, self.authorities, self.members)
        return not any((*of_the_case, *of_the_work))


@dataclass(frozen=True, slots=True)
class Part:
    """What one need asks: its fields, and what was typed in them as fields of `casework.given.Given`."""

    fields: Callable[[Ask], Fields]
    given: Callable[[Mapping[str, Any], Ask], Mapping[str, Any]]


def typed_in(name: str) -> Callable[[Mapping[str, Any], Ask], Mapping[str, Any]]:
    """What was typed in one field, under the same name."""
    return lambda typed, _ask: {name: typed.get(name, "")}
