"""What timelines say about the vault: to the unit who asked and what was decided, to the reporter that alone."""

from collections.abc import Iterable, Iterator

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wise.casework.models import Case
from wise.casework.timeline import Event
from wise.vault.deposits import CONFIDED, WITHDRAWN
from wise.vault.models import Turn

_OF_THE_REPORTER = {
    CONFIDED: _("Identity confided to the vault"),
    WITHDRAWN: _("Identity withdrawn from the vault"),
}
_TO_THE_REPORTER = {
    CONFIDED: _("You confided an identity to the vault."),
    WITHDRAWN: _("You took your identity out of the vault. Nobody can open it any more."),
}
_TO_OFFICERS = {
    "asked": _("Asked for: {kind}"),
    "passed": _("The first custodian unit agreed: {kind}"),
    "allowed": _("Both custodian units agreed: {kind}"),
    "refused": _("The custodians refused: {kind}"),
}


def with_officers_events(case: Case, events: Iterable[Event]) -> tuple[Event, ...]:
    """The unit's timeline with what happened to the vault: who of it asked, and which unit of custodians decided."""
    turns = Turn.objects.filter(report_id=case.report_id).select_related("disclosure", "by", "unit")
    return _sorted(events, _for_officers(case, turns))


def with_reporters_events(case: Case, events: Iterable[Event]) -> tuple[Event, ...]:
    """The reporter's timeline with it: nobody's name, no time of day, and nothing of the way to a decision."""
    turns = Turn.objects.filter(report_id=case.report_id).select_related("disclosure")
    return _sorted(events, _for_reporter(turns))


def _for_officers(case: Case, turns: Iterable[Turn]) -> Iterator[Event]:
    for turn in turns:
        row = turn.disclosure
        if row is None:
            yield Event(turn.order, "note", turn.on, _OF_THE_REPORTER[turn.deed])
        elif (row.case_id, row.unit_id) == (case.id, case.unit_id):
            title = format_lazy(_TO_OFFICERS[turn.deed], kind=row.kind.label)
            # A custodian is not named to who was refused.
            asker = turn.by.name if turn.by and turn.deed == "asked" else ""
            who = asker or (turn.unit.name if turn.unit else "")
            yield Event(turn.order, "note", turn.on, title, at=turn.at, who=who)


def _for_reporter(turns: Iterable[Turn]) -> Iterator[Event]:
    for turn in turns:
        title = _TO_THE_REPORTER[turn.deed] if turn.disclosure is None else _told(turn)
        if title is not None:
            yield Event(turn.order, "status", turn.on, title)


def _told(turn: Turn) -> Promise | str | None:
    row = turn.disclosure
    assert row is not None
    if turn.deed == "asked":
        came_to_nothing = row.state_code == "nothing"
        return f"{row.kind.asked} {row.kind.nothing}" if came_to_nothing else row.kind.asked
    if turn.deed == "refused":
        return row.kind.refused
    if turn.deed == "allowed" and row.until is not None:
        return str(row.kind.allowed).format(day=dateformat.format(row.until, "j F Y"))
    return None


def _sorted(*groups: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted((event for group in groups for event in group), key=lambda event: event.order))
