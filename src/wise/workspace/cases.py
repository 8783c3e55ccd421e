"""The page of a case, its files, and the moves that an officer takes on it."""

import datetime
import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from wise.casework import (
    absences,
    access,
    actions,
    assigning,
    authorities,
    conflict,
    deciding,
    disclosing,
    duplicates,
    evidence,
    excluding,
    help_lines,
    papers,
    reading,
    tags,
    timeline,
    ways,
    workflow,
)
from wise.casework.access import Desk
from wise.casework.given import Given
from wise.casework.timeline import Event
from wise.casework.vocabulary import Actor, Group, Needs
from wise.casework.ways import Way
from wise.casework.workflow import Move
from wise.refusals import NotThere, Refused
from wise.ui import forms as ui_forms
from wise.workspace import (
    desks,
    duplicates_too,
    forms,
    move_forms,
    move_wording,
    next_wording,
    proving,
    ticked,
    wording,
)
from wise.workspace.asking import Ask
from wise.workspace.bringing import Brought, bringing
from wise.workspace.duplicates_too import Too

# What a form shows or suggests something of the case for, so that the case is opened first.
_OPENS = frozenset(
    {
        Needs.LETTER,
        Needs.OUTSIDE,
        Needs.ACTIONS,
        Needs.DELIVERY,
        Needs.IMPROVEMENT,
        Needs.REPORTED,
        Needs.TASK_DONE,
    }
)
# What asks for the passphrase once more (`proving`).
_PROVES = frozenset({Needs.EXCLUDED})
# What gives the case to a colleague.
_GIVES = frozenset({Needs.OFFICER, Needs.DISPOSITION})


@dataclass(frozen=True, slots=True)
class Option:
    """A move that can be taken now, with its form. `leads`: the one that most probably comes next.

    A form with a hundred units to choose from has a page of its own.
    """

    move: Move
    form: ui_forms.Form | None
    hint: str
    leads: bool
    too: Too | None


@require_safe
@desks.at_desk
def case(request: HttpRequest, case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The case as its unit sees it, opened for this request; reading it is logged."""
    opened = reading.read(case_id, desk=desk, at=at)
    mine = opened.case.handler_id == desk.officer.id
    moves = [move for move in actions.moves_for(opened.case, desk=desk) if not (mine and move.only_takes_on)]
    leading = next((move for move in moves if move.primary), None)
    links = duplicates.links_of(opened.case, desk=desk)
    options = [
        Option(
            move=move,
            form=None if move.apart else move_forms.move_form(_ask(move, opened, desk), prefix=f"{move.name}-"),
            hint=move_wording.hint_of(move),
            leads=move is leading,
            too=duplicates_too.offered(opened.case, move, desk=desk, at=at)
            if links.followers and not move.apart
            else None,
        )
        for move in sorted(moves, key=lambda move: not move.primary)
    ]
    return desks.show(
        request,
        "workspace/case.html",
        desk=desk,
        opened=opened,
        case=opened.case,
        options=[option for option in options if option.move.group is Group.WORK],
        folded=_folded(options),
        links=links,
        may_ask=disclosing.may_ask(opened.case, desk=desk),
        next=next_wording.next_of(opened.case, path=actions.path_of(opened.case)),
        elements=wording.elements_of(opened.told),
        reply_medium=wording.reply_medium_of(opened.told),
        reporter_kind=wording.reporter_kind_of(opened.told),
        numbers=help_lines.to_call(get_language() or "") if opened.case.is_urgent else (),
    )


def _folded(options: list[Option]) -> list[tuple[str, list[Option]]]:
    """The buttons that are not the work itself, under the words they are folded away under."""
    found = (
        (str(label), [option for option in options if option.move.group is group])
        for group, label in move_wording.GROUPS.items()
    )
    return [(label, here) for label, here in found if here]


@require_GET
@desks.at_desk
def file(
    request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """A file in the clear, streamed as a download; it never runs in our name, whatever it is (property P25)."""
    del request
    found = reading.file_of(case_id, file_id, desk=desk, at=at)
    chunks = found.chunks()
    # The first chunk is opened now: what cannot be opened gets an error page instead of half a download.
    first = list(itertools.islice(chunks, 1))
    response = StreamingHttpResponse(itertools.chain(first, chunks), content_type="application/octet-stream")
    response.headers["Content-Length"] = str(found.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.neutral_name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
@bringing
def move(
    request: HttpRequest, case_id: uuid.UUID, name: str, *, desk: Desk, at: datetime.datetime, brought: Brought
) -> HttpResponseBase:
    """The form of one move alone; sent, the move is taken. A refusal keeps what was typed."""
    found = access.case_for(desk, case_id)
    row = workflow.row_of(name, path=actions.path_of(found))
    if row is None or not row.has_page or row.actor is not Actor.OFFICER:
        raise NotThere
    if request.method != "POST" and row not in actions.moves_for(found, desk=desk):
        return redirect("workspace:case", case_id)
    ask = _ask_alone(row, found, desk=desk, at=at)
    form, status = _form(ask, request, at=at), 200
    news: tuple[Event, ...] = ()
    if request.method == "POST":
        form, chosen = _form(ask, request, at=at, data=request.POST), ticked.chosen(request.POST)
        status = brought.complain(form)
        if form.is_valid():
            given = brought.given(move_forms.given(form, ask=ask, seen=request.POST.get("seen", "")))
            try:
                taken = _take(row, case_id, request, form, desk=desk, given=given, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                brought.keep()
                too, missed = duplicates_too.take(row, taken, chosen, desk=desk, given=given, at=at)
                said = [_done(row, taken, before=found, given=given), *_stands_in(taken, before=found, desk=desk), *too]
                desks.notify(request, " ".join(said), missed=missed)
                still_here = access.still_sees(desk, taken)
                return redirect("workspace:case", case_id) if still_here else redirect("workspace:inbox")
        brought.remind(form)
        news = _news(case_id, desk=desk, seen=move_forms.place(request.POST.get("seen", "")))
    shown = {"case": found, "move": row, "form": form, "hint": move_wording.hint_of(row), "opened": ask.opened}
    barred = deciding.barred(found, officer=desk.officer) if Needs.ACTIONS in row.needs else None
    why_not = barred or assigning.why_not(row, ask.colleagues)
    if not why_not:
        asked = request.POST if request.method == "POST" else None
        shown["too"] = duplicates_too.offered(found, row, desk=desk, at=at, asked=asked)
    return desks.show(request, "workspace/move.html", desk=desk, status=status, why_not=why_not, news=news, **shown)


def _form(ask: Ask, request: HttpRequest, *, at: datetime.datetime, data: Any = None) -> ui_forms.Form:
    form = move_forms.move_form(ask, data=data)
    return proving.ask(form, request, at=at) if _PROVES & ask.move.needs else form


def _take(
    move: Move,
    case_id: uuid.UUID,
    request: HttpRequest,
    form: ui_forms.Form,
    *,
    desk: Desk,
    given: Given,
    at: datetime.datetime,
) -> Any:
    if _PROVES & move.needs:
        proving.settle(form, request, desk=desk, at=at)
    return actions.take(move.name, case_id=case_id, desk=desk, given=given, at=at)


def _done(move: Move, taken: Any, *, before: Any, given: Given) -> str:
    """What happened, for whoever took the move; where the case left the unit by itself, by what it did so."""
    left = taken.unit_id != before.unit_id
    by_itself = (name for name, status in move.after_by.items() if left and status == taken.status_code)
    return move_wording.done(move, taken, conclusion=given.conclusion or given.officer or next(by_itself, ""))


def _ask(move: Move, opened: reading.OpenedCase, desk: Desk) -> Ask:
    """What a move's form on the page of the case is made for."""
    improvements = opened.to_improve if Needs.IMPROVEMENT in move.needs else ()
    choices = wording.files_to_choose(opened) if Needs.EVIDENCE in move.needs else ()
    to_do = opened.to_do if Needs.TASK_DONE in move.needs else ()
    return Ask(move, desk.today, improvements=improvements, files=choices, tasks=to_do)


def _ask_alone(move: Move, case: Any, *, desk: Desk, at: datetime.datetime) -> Ask:
    """What a move's form on a page of its own is made for."""
    units = actions.referral_targets(case) if Needs.UNIT in move.needs else ()
    opened = papers.for_move(case.id, desk=desk, at=at) if _OPENS & move.needs else None
    improvements = opened.improvements if opened and Needs.IMPROVEMENT in move.needs else ()
    people = conflict.known_people(case, on=desk.today) if Needs.REPORTED in move.needs else ()
    kinds = _ways(move, case, desk=desk, at=at)
    files = _labels(move, case, desk=desk) if {Needs.EVIDENCE, Needs.PAPER} & move.needs else ()
    given_to = assigning.colleagues(case, desk=desk) if _GIVES & move.needs else ()
    asked = Ask(move, desk.today, units, improvements, opened, people, kinds, files, given_to)
    return replace(asked, **_of_work(move, case, opened, desk=desk))


def _of_work(move: Move, case: Any, opened: papers.ForMove | None, *, desk: Desk) -> dict[str, Any]:
    """What the forms of tags, tasks, duplicates and outside authorities offer."""
    if Needs.TAGS in move.needs:
        return {"tags": tags.offered(case), "tagged": [tag.id for tag in tags.of_case(case)]}
    if Needs.MAIN_CASE in move.needs:
        return {"mains": duplicates.suggested(case, desk=desk)}
    if {Needs.TRANSFER, Needs.OUTSIDE} & move.needs:
        return {"authorities": authorities.in_use()}
    if Needs.EXCLUDED in move.needs:
        return {"members": excluding.listed(case)}
    if Needs.TASK in move.needs:
        return {"free": excluding.handlers(case, on=desk.today)}
    return {"tasks": opened.tasks} if opened and Needs.TASK_DONE in move.needs else {}


def _labels(move: Move, case: Any, *, desk: Desk) -> Sequence[tuple[str, str]]:
    """The files to choose from, by their labels alone: nothing of the case is opened for it."""
    labels = evidence.to_choose(case, desk=desk, exhibits_only=Needs.PAPER in move.needs)
    return [(label, label) for label in labels]


def _stands_in(case: Any, *, before: Any, desk: Desk) -> list[str]:
    """Whom the case really comes to, where whoever got it is away."""
    if case.handler is None or case.handler_id == before.handler_id:
        return []
    absence = absences.own(case.handler, on=desk.today)
    return [f"{case.handler.name}: {move_wording.stands_in(absence)}."] if absence else []


def _ways(move: Move, case: Any, *, desk: Desk, at: datetime.datetime) -> Sequence[Way]:
    """The kinds that a case, or a part of it, can be of."""
    if not {Needs.STREAM, Needs.PART} & move.needs:
        return ()
    return ways.offered(case.id, same=Needs.PART in move.needs, desk=desk, at=at)


def _news(case_id: uuid.UUID, *, desk: Desk, seen: int | None) -> tuple[Event, ...]:
    """What happened since the page was shown from which the officer decided."""
    return () if seen is None else timeline.since(access.case_for(desk, case_id), order=seen)
