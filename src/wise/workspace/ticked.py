"""Cases that were ticked on a page: which, how far each had come there, and which of them a move was not taken on."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from wise.casework import together
from wise.casework.together import Chosen, Outcome
from wise.refusals import NotThere
from wise.workspace import move_forms


def chosen(asked: QueryDict) -> tuple[Chosen, ...]:
    """The ticked cases, each once; `seen-<id>`: how far it had come on the page where it was looked at."""
    found: dict[uuid.UUID, Chosen] = {}
    for typed in asked.getlist("case")[: together.MOST]:
        try:
            case_id = uuid.UUID(typed)
        except ValueError as bad:
            raise NotThere from bad
        found[case_id] = Chosen(case_id, move_forms.place(asked.get(f"seen-{case_id}", "")))
    return tuple(found.values())


def done(outcomes: Sequence[Outcome]) -> list[Any]:
    """The cases on which the move was taken."""
    return [outcome.case for outcome in outcomes if outcome.why_not is None]


def not_done(outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """The others, as `workspace/not_done.html` names them: in words alone, so that they can wait for the next page."""
    return [
        {"id": str(outcome.case.id), "agenda": outcome.case.agenda_number, "why_not": str(outcome.why_not)}
        for outcome in outcomes
        if outcome.why_not is not None
    ]
