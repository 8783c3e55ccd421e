"""One move on several cases that were ticked in the inbox: looked at first, then taken on each by itself."""

import datetime
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from wise.casework import together
from wise.casework.access import Desk
from wise.casework.together import Outcome
from wise.casework.workflow import Move
from wise.refusals import NotThere
from wise.workspace import desks, move_forms, move_wording, ticked
from wise.workspace.asking import Ask


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def several(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The chosen cases with what is open for each; sent, the move is taken on those, and every refusal is told."""
    asked = request.POST if request.method == "POST" else request.GET
    move = _move(asked.get("move", ""), desk)
    chosen = ticked.chosen(asked)
    if not chosen:
        desks.notify(request, gettext("Tick at least one case, then choose what to do with it."))
        return redirect("workspace:inbox")
    ask = Ask(move, desk.today)
    form, status, outcomes = move_forms.move_form(ask), 200, list[Outcome]()
    if request.method == "POST":
        form, status = move_forms.move_form(ask, data=request.POST), 422
        if form.is_valid():
            given = move_forms.given(form, ask=ask, seen="")
            outcomes = together.take_on_each(move.name, chosen, desk=desk, given=given, at=at)
            if all(outcome.why_not is None for outcome in outcomes):
                desks.notify(request, _done(move, outcomes))
                return redirect("workspace:inbox")
    offers = together.selected(move.name, [row.case_id for row in chosen], desk=desk)
    if not offers:
        raise NotThere
    taken = {outcome.case.id for outcome in outcomes if outcome.why_not is None}
    return desks.show(
        request,
        "workspace/several.html",
        desk=desk,
        status=status,
        move=move,
        hint=move_wording.hint_of(move),
        form=form,
        done=ticked.done(outcomes),
        not_done=ticked.not_done(outcomes),
        offered=[offer for offer in offers if offer.why_not is None and offer.case.id not in taken],
        left_out=[offer for offer in offers if offer.why_not is not None and offer.case.id not in taken],
    )


def _move(name: str, desk: Desk) -> Move:
    found = next((move for move in together.moves_for_many(desk) if move.name == name), None)
    if found is None:
        raise NotThere
    return found


def _done(move: Move, outcomes: Sequence[Outcome]) -> str:
    said = ngettext("%(move)s: done on %(n)s case.", "%(move)s: done on %(n)s cases.", len(outcomes))
    return said % {"move": move.title, "n": len(outcomes)}
