"""One move for several cases: for a main case and its duplicates, or for cases that were chosen from a list.

Each case takes it in a transaction of its own: nothing is half done inside one, and a refusal keeps no other one back.
"""

import datetime
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import dateformat, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework import access, actions, clock, deciding, duplicates, proposals, reading
from wise.casework.access import Desk
from wise.casework.clock import Standing
from wise.casework.delivering import MEDIA
from wise.casework.given import Given, Wording
from wise.casework.models import Case
from wise.casework.proposals import Proposal
from wise.casework.vocabulary import Needs
from wise.casework.workflow import MOVES, Move
from wise.keys.grants import Keys
from wise.refusals import NotThere, Refused

MOST = 25  # as many as a page of the inbox has


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case that an officer ticked, and how far it had come on the page where they did."""

    case_id: uuid.UUID
    seen: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """A case for which a move could be taken too. `why_not`: why it cannot; None where it can."""

    case: Case
    standing: Standing
    why_not: Promise | str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What became of one of the cases. `why_not` None: the move was taken."""

    case: Case
    why_not: Promise | str | None = None


def offers(main: Case, move: Move, *, desk: Desk, at: datetime.datetime) -> list[Offer]:
    """The duplicates for which the same move is open now, for the form of a main case.

    Where letters or findings must be compared, each case is read for it, and the reading is logged.
    """
    if not move.for_followers:
        return []
    followers = duplicates.links_of(main, desk=desk).followers
    found = [row for row in followers if actions.can_take(move.name, row, desk=desk)]
    return [Offer(row, _standing(row, desk), _why_not(move, main, row, desk=desk, at=at)) for row in found]


def selected(name: str, case_ids: Sequence[uuid.UUID], *, desk: Desk) -> list[Offer]:
    """The cases that were chosen from a list, in its order; what is not this desk's is not there."""
    rows = access.cases_of(desk).filter(id__in=case_ids[:MOST])
    cases = rows.select_related("report__topic", "office", "unit__office", "lead", "handler").order_by("due_on", "id")
    return [
        Offer(case, _standing(case, desk), None if actions.can_take(name, case, desk=desk) else _NOT_OPEN)
        for case in cases
    ]


def moves_for_many(desk: Desk) -> list[Move]:
    """The moves that this desk can take on several cases of a list at once."""
    roles = {role for unit in desk.units for role in desk.roles_at(unit.id)}
    return [move for move in MOVES.values() if move.for_many and move.has_page and move.who & roles]


def take_on_followers(
    move: Move, main: Case, chosen: Sequence[Chosen], *, desk: Desk, given: Given, at: datetime.datetime
) -> list[Outcome]:
    """Take the move that the main case has just taken on each of the chosen duplicates, in its own words."""
    seen = {row.case_id: row.seen for row in chosen}
    outcomes = []
    for follower in duplicates.links_of(main, desk=desk).followers:
        if move.for_followers and follower.id in seen:
            why_not = _taken_too(move, main, follower, desk=desk, given=replace(given, seen=seen[follower.id]), at=at)
            outcomes.append(Outcome(follower, why_not))
    return outcomes


def take_on_each(
    name: str, chosen: Sequence[Chosen], *, desk: Desk, given: Given, at: datetime.datetime
) -> list[Outcome]:
    """Take a move on each of the chosen cases, as it was typed once for all."""
    seen = {row.case_id: row.seen for row in chosen}
    outcomes = []
    for offer in selected(name, list(seen), desk=desk):
        case = offer.case
        # Chosen together with its duplicates, the main case is what they are linked to.
        itself = case.agenda_number.casefold() == given.main_case.strip().casefold()
        if not (itself and Needs.MAIN_CASE in MOVES[name].needs):
            own = replace(given, seen=seen[case.id])
            outcomes.append(Outcome(case, _taken(name, case, desk=desk, given=own, at=at)))
    return outcomes


_NOT_OPEN = _("This cannot be done now: the case is not at that point.")
_OTHER_FINDING = _("Its verification has another conclusion, so its letter says something else.")
_OTHER_LETTER = _("Its letter says something else.")
_ON_PAPER = _("A letter on paper goes to each reporter by itself: record its delivery on the page of the case.")


def _standing(case: Case, desk: Desk) -> Standing:
    return clock.standing(case, on=desk.today)


def _taken(name: str, case: Case, *, desk: Desk, given: Given, at: datetime.datetime) -> Promise | str | None:
    """Take the move; why not, where it was refused."""
    try:
        actions.take(name, case_id=case.id, desk=desk, given=given, at=at)
    except Refused as refused:
        return refused.sentence
    return None


def _taken_too(
    move: Move, main: Case, follower: Case, *, desk: Desk, given: Given, at: datetime.datetime
) -> Promise | str | None:
    if given.delivery is not None and given.delivery.medium in MEDIA and MEDIA[given.delivery.medium].on_paper:
        return _ON_PAPER
    try:
        why_not = _apart(move, main, follower, desk=desk, at=at)
        own = given if why_not else _in_its_words(move, main, follower, desk=desk, given=given)
    except NotThere as refused:
        return refused.sentence
    return why_not or _taken(move.name, follower, desk=desk, given=own, at=at)


def _why_not(move: Move, main: Case, follower: Case, *, desk: Desk, at: datetime.datetime) -> Promise | None:
    barred = deciding.barred(follower, officer=desk.officer) if Needs.ACTIONS in move.needs else None
    return barred or _apart(move, main, follower, desk=desk, at=at)


def _apart(move: Move, main: Case, follower: Case, *, desk: Desk, at: datetime.datetime) -> Promise | None:
    """Why a duplicate cannot go the way of its main case here: nobody decides about a letter that they did not read."""
    if not {Needs.LETTER, Needs.ACTIONS} & move.needs:
        return None
    _own, keys = reading.opened_for(follower.id, desk=desk, at=at)
    of_main = access.keys_of(main, keyring=desk.keyring)
    found, found_too = proposals.verified(main, keys=of_main), proposals.verified(follower, keys=keys)
    if Needs.LETTER in move.needs:
        return None if found.finding == found_too.finding else _OTHER_FINDING
    letter, letter_too = proposals.proposal(main, keys=of_main), proposals.proposal(follower, keys=keys)
    if letter is None or letter_too is None or letter.finding != letter_too.finding:
        return _OTHER_LETTER
    named = {main.agenda_number: follower.agenda_number}
    same = tuple(
        _renamed(part, named) if isinstance(part, str) else _all_renamed(part, named) for part in _words_of(letter)
    )
    return None if same == _words_of(letter_too) else _OTHER_LETTER


def _words_of(letter: Proposal) -> tuple[str | tuple[str, ...], ...]:
    """All that an officer wrote of a proposal's letters, and to whom the matter goes."""
    content, courtesy, transfer = letter.content, letter.courtesy, letter.transfer
    elsewhere = (transfer.recipient, transfer.points) if transfer else ((), ())
    return (content.subject, content.points, content.closing, courtesy.points if courtesy else (), *elsewhere)


def _in_its_words(move: Move, main: Case, follower: Case, *, desk: Desk, given: Given) -> Given:
    """What was typed for the main case, with the number of the duplicate's own case, and of its own letter."""
    named = {main.agenda_number: follower.agenda_number}
    if Needs.DELIVERY in move.needs:
        named |= _letter_of(main, follower, desk=desk)
    words = given.letter
    if words is not None:
        words = Wording(
            _renamed(words.subject, named),
            _all_renamed(words.points, named),
            _renamed(words.closing, named),
            _all_renamed(words.courtesy, named),
        )
    handed = given.transfer
    if handed is not None:
        handed = replace(handed, points=_all_renamed(handed.points, named))
    words_too = replace(given, text=_renamed(given.text, named), letter=words, transfer=handed)
    # What is ordered is ordered once, and the labels of files are those of the main case: its duplicate has others.
    return replace(words_too, actions=(), rests_on=())


def _letter_of(main: Case, follower: Case, *, desk: Desk) -> dict[str, str]:
    """What the words to a reporter say of a letter, its number and day: each reporter reads those of the own one."""
    ours, own = (_last_letter(case, keys=access.keys_of(case, keyring=desk.keyring)) for case in (main, follower))
    return {before: own[part] for part, before in ours.items() if part in own}


def _last_letter(case: Case, *, keys: Keys) -> Mapping[str, str]:
    found = proposals.pairs(case, keys=keys)
    if not found:
        return {}
    letter = found[-1][1]
    with translation.override(letter.content.language):
        return {"number": letter.number, "day": dateformat.format(letter.dated_on, "j F Y")}


def _renamed(text: str, named: Mapping[str, str]) -> str:
    """All at once, so that what was put in is not taken for a number again; whole numbers only."""
    either = "|".join(re.escape(number) for number in sorted(named, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", lambda found: named[found.group()], text)


def _all_renamed(texts: Sequence[str], named: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_renamed(text, named) for text in texts)
