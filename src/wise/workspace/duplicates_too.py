"""The boxes by which an officer takes a move on the duplicates of a case too, and what became of it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wise.casework import together
from wise.casework.access import Desk
from wise.casework.given import Given
from wise.casework.together import Chosen, Offer
from wise.casework.vocabulary import Needs
from wise.casework.workflow import Move
from wise.workspace import ticked

_SAME_WORDS = _(
    "Their reporters read the same words; only the numbers of case and letter are their own. Write nothing that only"
    " one of them may read."
)
# What has to be known before ticking, by what the move asks for.
_HINTS: Mapping[Needs, Promise] = {
    Needs.TEXT: _SAME_WORDS,
    Needs.LETTER: _SAME_WORDS,
    Needs.DELIVERY: _("A letter on paper goes to each reporter by itself."),
    Needs.CONCLUSION: _("What you write is recorded for each of them."),
    Needs.EVIDENCE: _("The files that you choose are those of this case; for the others none is named."),
    Needs.ACTIONS: _("Their letters say the same as this one. What you order is ordered once, in this case."),
}


@dataclass(frozen=True, slots=True, repr=False)
class Box:
    """A duplicate that can be ticked. `seen`: how far it had come when the officer first looked at it here."""

    offer: Offer
    seen: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, repr=False)
class Too:
    """The duplicates of a case beside the form of one move; `left_out` says for which it cannot be taken here."""

    hint: str
    boxes: Sequence[Box]
    left_out: Sequence[Offer]


def offered(case: Any, move: Move, *, desk: Desk, at: datetime.datetime, asked: QueryDict | None = None) -> Too | None:
    """The boxes for a move; None where it is open for no duplicate. `asked`: a form that comes back keeps its ticks."""
    offers = together.offers(case, move, desk=desk, at=at)
    if not offers:
        return None
    boxes = [_box(offer, asked) for offer in offers if offer.why_not is None]
    hints = [str(sentence) for need, sentence in _HINTS.items() if need in move.needs]
    return Too(" ".join(hints) if boxes else "", boxes, [offer for offer in offers if offer.why_not is not None])


def take(
    move: Move, main: Any, chosen: Sequence[Chosen], *, desk: Desk, given: Given, at: datetime.datetime
) -> tuple[list[str], list[dict[str, str]]]:
    """Take the move on the ticked duplicates; what was done in sentences, and what was not with the reasons."""
    if not move.for_followers or not chosen:
        return [], []
    outcomes = together.take_on_followers(move, main, chosen, desk=desk, given=given, at=at)
    not_done, gone = ticked.not_done(outcomes), len(chosen) - len(outcomes)
    if gone:
        # Unlinked meanwhile, or no case of this desk: the same words for all of them.
        said = ngettext(
            "%(n)s ticked case is not linked to this case.", "%(n)s ticked cases are not linked to this case.", gone
        )
        not_done.append({"why_not": said % {"n": gone}})
    numbers = ", ".join(case.agenda_number for case in ticked.done(outcomes))
    done = [gettext("Done for its duplicates too: %(numbers)s.") % {"numbers": numbers}] if numbers else []
    return done, not_done


def _box(offer: Offer, asked: QueryDict | None) -> Box:
    case_id, seen = str(offer.case.id), str(offer.case.last_order)
    if asked is None:
        return Box(offer, seen, is_ticked=False)
    # A form that comes back shows nothing new of a duplicate: it counts as seen as far as on the first page.
    return Box(offer, asked.get(f"seen-{case_id}", seen), is_ticked=case_id in asked.getlist("case"))
