"""The timeline of a report: steps, messages and additions in one order, one entry for one deed. Needs keys."""

import datetime
import itertools
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils import dateformat
from django.utils.functional import Promise

from wise.casework import evidence, instructions, sealing
from wise.casework.delivering import MEDIA
from wise.casework.evidence import CaseFile
from wise.casework.exhibits import OpenedExhibit
from wise.casework.models import Case, Message, Step
from wise.casework.urgency import CHOICES
from wise.casework.vocabulary import Actor
from wise.casework.workflow import MOVES, NOTE_PARTS, STATUSES
from wise.keys.grants import Keys
from wise.register import entry
from wise.register.attachments import OpenedFile
from wise.register.streams import STREAMS

# Parts of a note that are days.
_DAYS = frozenset({"handed_on", "paper_on", "task_due"})


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """A labelled piece of a step's note: words, or `files` that it names and that can be opened."""

    label: Promise
    text: str
    files: tuple[CaseFile, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """One line of a timeline. `kind`: status, message, answer, addition, note. `at` and `who` never for reporters.

    `move` names the deed in the table; `status` is the label of the status it led to, `unit` where a case went, both
    for officers alone. `sheet`: the step whose disposition can be printed.
    """

    order: int
    kind: str
    on: datetime.date
    title: str | Promise
    text: str = ""
    mine: bool = False
    at: datetime.datetime | None = None
    who: str = ""
    conclusion: str | Promise = ""
    files: tuple[CaseFile, ...] = ()
    move: str = ""
    status: str | Promise = ""
    unit: str = ""
    parts: tuple[Part, ...] = ()
    sheet: uuid.UUID | None = None
    urgency: str = ""

    @property
    def said(self) -> bool:
        """Whether these are words between reporter and unit, not a step of the work."""
        return self.kind in {"message", "answer", "addition"}


def for_officers(
    case: Case, *, keys: Keys, files: list[OpenedFile], exhibits: list[OpenedExhibit]
) -> tuple[Event, ...]:
    """What happened, with who, when and why. A step that carried words is one entry with them."""
    said = {event.order: event for event in _messages(case, keys=keys, for_officers=True)}
    events = list(_additions(case, keys=keys, files=files))
    known = evidence.labelled([*files, *exhibits])
    steps = list(case.steps.select_related("by", "unit").order_by("order"))
    for step, later in itertools.zip_longest(steps, steps[1:]):
        status = STATUSES[step.after].label if step.before != step.after else ""
        words = _words_of(step, said)
        note = sealing.open_note(step, keys=keys)
        if words is not None:
            events.append(replace(said.pop(words.order), status=status, parts=_parts(note, known)))
            continue
        move = MOVES[step.move]
        now_at = later.unit if later is not None else case.unit
        events.append(
            Event(
                order=step.order,
                kind="status" if status else "note",
                on=step.on,
                at=step.at,
                who=step.by.name if step.by else "",
                title=move.title,
                text=note.get("note", ""),
                conclusion=move.conclusions.get(note.get("conclusion", ""), ""),
                move=step.move,
                status=status,
                unit=now_at.name if now_at.id != step.unit_id else "",
                parts=_parts(note, known),
                files=tuple(file for file in exhibits if file.row.order == step.order),
                sheet=step.id if instructions.codes_in(note) else None,
                urgency=note.get("urgent", ""),
            )
        )
    return tuple(sorted([*events, *said.values()], key=lambda event: event.order))


def for_reporter(case: Case, *, keys: Keys, files: list[OpenedFile]) -> tuple[Event, ...]:
    """The coarse texts only: no names, no times of day, no notes, and a status once, however often it is taken.

    Where words came with a step they say it themselves.
    """
    said = {event.order: event for event in _messages(case, keys=keys, for_officers=False)}
    events = [*said.values(), *_additions(case, keys=keys, files=files, mine=True)]
    last: Promise | None = None
    for step in case.steps.order_by("order"):
        status = STATUSES[step.after]
        if step.before != step.after and status.told != last:
            if _words_of(step, said) is None:
                events.append(Event(order=step.order, kind="status", on=step.on, title=status.told))
            last = status.told
    return tuple(sorted(events, key=lambda event: event.order))


def since(case: Case, *, order: int) -> tuple[Event, ...]:
    """What came after a place in the case's order, without a word of it: for whoever decides from an older page."""
    messages = {row.order: row for row in case.messages.filter(order__gt=order).select_related("by")}
    steps = case.steps.filter(order__gt=order).select_related("by")
    rows: list[Step | Message] = [*messages.values(), *(step for step in steps if _words_of(step, messages) is None)]
    events = [
        Event(
            order=row.order,
            kind="message" if isinstance(row, Message) else "status",
            on=row.on,
            at=row.at,
            who=row.by.name if row.by else "",
            title=MOVES[row.move].title,
            move=row.move,
        )
        for row in rows
    ]
    added = case.report.additions.filter(order__gt=order).values_list("order", "on")
    files = case.report.attachments.filter(order__gt=order).values_list("order", "on")
    for place, on in {*added, *files}:
        events.append(Event(order=place, kind="addition", on=on, title=MOVES["add"].title, move="add"))
    return tuple(sorted(events, key=lambda event: event.order))


def _parts(note: Mapping[str, str], known: Mapping[str, CaseFile]) -> tuple[Part, ...]:
    """The labelled pieces of a note: media and kinds by their names, days as people write them, files to open."""
    shown = dict(note) | instructions.shown(note)
    if medium := MEDIA.get(note.get("medium", "")):
        shown["medium"] = str(medium.label)
    shown |= {name: str(STREAMS[note[name]].label) for name in ("stream_before", "stream", "part") if note.get(name)}
    if urgency := CHOICES.get(note.get("urgent", "")):
        shown["urgent"] = str(urgency)
    for name in _DAYS & note.keys():
        shown[name] = dateformat.format(datetime.date.fromisoformat(note[name]), "j F Y")
    labels = evidence.parted(shown.pop(evidence.PART, ""))
    parts = [Part(label, shown[name]) for name, label in NOTE_PARTS.items() if shown.get(name)]
    if labels:
        there = tuple(known[label] for label in labels if label in known)
        # Of a file that these keys do not open the label stands there.
        closed = evidence.joined(label for label in labels if label not in known)
        parts.append(Part(NOTE_PARTS[evidence.PART], closed, there))
    return tuple(parts)


def _words_of[Words: (Event, Message)](step: Step, said: Mapping[int, Words]) -> Words | None:
    """The message that was written in one deed with a step: it comes next, by the same move."""
    following = said.get(step.order + 1)
    return following if following is not None and following.move == step.move else None


def _messages(case: Case, *, keys: Keys, for_officers: bool) -> Iterator[Event]:
    for message in case.messages.select_related("by"):
        move = MOVES[message.move]
        from_reporter = move.actor is Actor.REPORTER
        yield Event(
            order=message.order,
            kind="answer" if move.meets else "message",
            on=message.on,
            at=message.at if for_officers else None,
            who=message.by.name if for_officers and message.by else "",
            title=move.title,
            text=sealing.open_words(message, keys=keys),
            mine=from_reporter is not for_officers,
            move=message.move,
        )


def _additions(case: Case, *, keys: Keys, files: list[OpenedFile], mine: bool = False) -> Iterator[Event]:
    words = {row.order: (row.on, entry.added_words(row, keys=keys)) for row in case.report.additions.order_by("order")}
    later: dict[int, list[OpenedFile]] = {}
    for file in files:
        if file.row.order > 1:
            later.setdefault(file.row.order, []).append(file)
    for order in sorted(words.keys() | later.keys()):
        on, text = words.get(order) or (later[order][0].row.on, "")
        yield Event(
            order=order,
            kind="addition",
            on=on,
            title=MOVES["add"].title,
            text=text,
            mine=mine,
            move="add",
            files=tuple(later.get(order, ())),
        )
