"""The page of an addition that waits: what could betray its reporter, and what is to become of its files."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wise.casework import correspondence, parts
from wise.portal import adding as waiting
from wise.portal import findings, second_look, visits
from wise.portal.findings import Ticks
from wise.portal.forms import HeldForm
from wise.portal.second_look import SecondLook
from wise.portal.views import reports
from wise.portal.visits import Visit, signed_in
from wise.refusals import Refused
from wise.register import drafts
from wise.register.drafts import OpenDraft
from wise.ui import traces, trouble, uploads


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def adding(request: HttpRequest, visit: Visit, report_id: uuid.UUID, held_id: uuid.UUID) -> HttpResponse:
    """Show it; change, mask or remove something of it, throw it away, or send it, exactly once."""
    parts.own(report_id, reporter=visit.reporter.reporter)
    draft = waiting.held(visit, report_id, held_id)
    if draft is None:
        return _to_report(request, report_id)
    if draft.receipt is not None:
        return reports.back(request, report_id, sent=reports.ADDITION)
    if request.method != "POST":
        return _page(request, visit, report_id, draft, _form(draft, initial=draft.told))
    if "discard" in request.POST:
        drafts.discard(draft.token)
        return _to_report(request, report_id)
    return _answer(request, visit, report_id, draft)


def _form(draft: OpenDraft, **given: object) -> HeldForm:
    """The words and the questions about the files; `given` is `data` to check, or `initial` to show."""
    form = HeldForm(**given)
    traces.ask(form, draft)
    return form


def _answer(request: HttpRequest, visit: Visit, report_id: uuid.UUID, draft: OpenDraft) -> HttpResponse:
    form = _form(draft, data=request.POST)
    try:
        with trouble.as_refusal():
            valid = form.is_valid()
            if "text" in form.errors:
                trouble.insist(form)
            draft = drafts.save(draft, told={"text": form.cleaned_data["text"]}, at=visit.at)
            if "remove" in request.POST:
                return _removed(request, visit, report_id, draft)
            if (ticked := findings.ticks(request.POST)) is not None:
                return _masked(request, visit, report_id, draft, ticked)
            found = waiting.found_in(draft.told["text"], draft.files)
            if valid and second_look.has_news(found, request.POST):
                return _page(request, visit, report_id, draft, form)
            trouble.insist(form)
            correspondence.add_held(
                report_id,
                draft.token,
                text=form.cleaned_data["text"],
                as_is=traces.as_is(form),
                by=visit.reporter.reporter,
                keyring=visit.keyring,
                at=visit.at,
            )
    except Refused as refused:
        status = trouble.blame(form, refused, fields={refused.code: "text"})
        return _page(request, visit, report_id, draft, form, status=status)
    return reports.back(request, report_id, sent=reports.ADDITION)


def _removed(request: HttpRequest, visit: Visit, report_id: uuid.UUID, draft: OpenDraft) -> HttpResponse:
    """Let a file go, and show the rest; where that is nothing, there is nothing to add."""
    # Pressed twice, the second press finds nothing to remove, and that is what was wanted.
    known = {str(file.id): file.id for file in draft.files}
    if request.POST["remove"] in known:
        draft = drafts.remove_file(draft, file_id=known[request.POST["remove"]])
    if not draft.files and not draft.told["text"]:
        drafts.discard(draft.token)
        return _to_report(request, report_id)
    return _page(request, visit, report_id, draft, _form(draft, initial=request.POST.dict()))


def _masked(request: HttpRequest, visit: Visit, report_id: uuid.UUID, draft: OpenDraft, ticked: Ticks) -> HttpResponse:
    """Mask what is ticked, in the words and in the files' names, and show it again with what was chosen."""
    text, masked = second_look.masked_in(draft.told["text"], ticked)
    draft = drafts.save(draft, told={"text": text}, at=visit.at)
    for file, name, count in ticked.renamed(draft.files, longest=uploads.LONGEST_NAME):
        draft = drafts.rename_file(draft, file_id=file.id, name=name)
        masked += count
    again = _form(draft, initial={**request.POST.dict(), **draft.told})
    return _page(request, visit, report_id, draft, again, masked=masked, status=200 if masked else 422)


def _page(
    request: HttpRequest,
    visit: Visit,
    report_id: uuid.UUID,
    draft: OpenDraft,
    form: HeldForm,
    *,
    masked: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "report_id": report_id,
        "part": reports.part_in_address(request),
        "form": form,
        "draft": draft,
        "files": traces.of(form, draft),
        "look": SecondLook(waiting.found_in(draft.told["text"], draft.files), masked),
        "here": request.get_full_path(),
    }
    return visits.show(request, visit, "adding", context, status=status)


def _to_report(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    response = redirect("portal:report", report_id=report_id)
    response["Location"] += reports.part_in_address(request)
    return response
