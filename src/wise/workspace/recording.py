"""Recording what comes on paper or by voice: form, check, slip. The draft's token lives in the officer's session."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wise.casework import desk as rules
from wise.casework import laporan as reports
from wise.casework import printing, workflow
from wise.casework.access import Desk
from wise.casework.desk import SlipReceipt
from wise.casework.urgency import URGENCIES
from wise.casework.vocabulary import Path
from wise.refusals import NotThere, Refused
from wise.register import drafts, looking
from wise.register.channels import CHANNELS
from wise.register.drafts import OpenDraft
from wise.register.streams import REPLY_MEDIA, STREAMS
from wise.ui import drafting, traces, trouble
from wise.ui.drafting import Taken
from wise.ui.forms import Form
from wise.workspace import desks, recording_form, wording
from wise.workspace.recording_form import RecordForm
from wise.workspace.recording_questions import Questions

_DRAFT = "recording"
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def _record(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The form; whatever is sent is kept first. It leads on to the check page, or comes back with what is wrong."""
    _insist_on_desk(desk)
    draft = _draft(request, at=at)
    if draft is not None and draft.receipt is not None:
        return redirect("workspace:slip")
    if request.method != "POST":
        told = draft.told if draft is not None else None
        return _page(request, RecordForm(told=told, desk=desk, at=at), draft, desk=desk)
    taken = _take(request, draft, at=at)
    if taken.draft is not None:
        request.session[_DRAFT] = taken.draft.token
    if taken.complete and "discard" in request.POST:
        return _thrown_away(request, taken.draft)
    if taken.complete and {"attach", "remove"} & request.POST.keys():
        response = redirect("workspace:record")
        response["Location"] += "#attach"
        return response
    form = RecordForm(taken.told, desk=desk, at=at)
    valid = form.is_valid()
    drafting.complain(form, taken)
    if valid and form.is_valid():
        return redirect("workspace:record_check")
    return _page(request, form, taken.draft, desk=desk, status=taken.status)


_record.takes_files = True  # type: ignore[attr-defined] # see `desks.at_desk`
record = require_http_methods(["GET", "HEAD", "POST"])(desks.at_desk(_record))


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def check(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """What will be recorded, who gets it, by when it is due; the button records it, exactly once."""
    _insist_on_desk(desk)
    draft = _draft(request, at=at)
    if draft is None:
        return redirect("workspace:record")
    if draft.receipt is not None:
        return redirect("workspace:slip")
    told = RecordForm(draft.told, desk=desk, at=at)
    if not told.is_valid():
        return redirect("workspace:record")
    draft = looking.look_at_files(draft, at=at).draft
    form, status = Form(request.POST if request.method == "POST" else None), 200
    traces.ask(form, draft)
    if request.method == "POST":
        try:
            with trouble.as_refusal():
                trouble.insist(form)
                _send(draft, told, desk=desk, at=at, as_is=traces.as_is(form))
        except Refused as refused:
            status = trouble.blame(form, refused)
        else:
            return redirect("workspace:slip")
    recording, shown = told.cleaned_data["recording"], told.cleaned_data["shown"]
    telling = recording.telling
    context = {
        "form": form,
        "draft": draft,
        "files": traces.of(form, draft),
        "recording": recording,
        "shown": shown,
        "goes_to_head": workflow.path_of(stream=telling.stream, unit_kind=shown.unit.kind) is Path.OFFICE,
        "stream": STREAMS[telling.stream],
        "urgency": URGENCIES.get(recording.urgency),
        "medium": REPLY_MEDIA[telling.reply.medium],
        "kind": wording.reporter_kind_of(telling.told),
        "elements": [(Questions.base_fields[name].label, text) for name, text in telling.told.elements.items()],
    }
    return desks.show(request, "workspace/record_check.html", desk=desk, status=status, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def slip(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The slip, shown until the officer says that it was handed over, 15 minutes at most."""
    _insist_on_desk(desk)
    draft = _draft(request, at=at)
    if draft is None or draft.receipt is None:
        return redirect("workspace:record")
    receipt = SlipReceipt.of(draft.receipt)
    if request.method == "POST":
        drafts.discard(draft.token)
        request.session.pop(_DRAFT, None)
        sentence = _("Recorded as %(agenda)s and handed to %(unit)s. You can no longer open it.")
        desks.notify(request, sentence % {"agenda": receipt.agenda_number, "unit": receipt.place})
        return redirect("workspace:record")
    context: dict[str, Any] = {
        "slip": receipt,
        "channel": CHANNELS[receipt.channel],
        "received_on": datetime.date.fromisoformat(receipt.received_on),
        "due_on": datetime.date.fromisoformat(receipt.due_on),
    }
    return desks.show(request, "workspace/record_slip.html", desk=desk, **context)


@require_POST
@desks.at_desk
def slip_pdf(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The slip as A5, in the language that was asked for; no address leads to it."""
    _insist_on_desk(desk)
    draft = _draft(request, at=at)
    if draft is None or draft.receipt is None:
        return redirect("workspace:record")
    receipt = SlipReceipt.of(draft.receipt)
    if not receipt.has_slip:
        raise NotThere
    language = "en" if request.POST.get("language") == "en" else "id"
    return _pdf(printing.slip_pdf(receipt, language=language), name="tanda-terima.pdf")


@require_safe
@desks.at_desk
def laporan(request: HttpRequest, case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The intake report of a case that came by the desk, for who holds it."""
    del request
    found = reports.read(case_id, desk=desk, at=at)
    return _pdf(printing.laporan_pdf(found, language=get_language() or "id"), name="laporan-penerimaan.pdf")


def _insist_on_desk(desk: Desk) -> None:
    if not rules.units_of(desk):
        raise NotThere


def _draft(request: HttpRequest, *, at: datetime.datetime) -> OpenDraft | None:
    token = request.session.get(_DRAFT, "")
    return drafts.resume(token, at=at) if token else None


def _take(request: HttpRequest, draft: OpenDraft | None, *, at: datetime.datetime) -> Taken:
    def insist() -> None:
        if not desks.token_is_right(request):
            raise PermissionDenied

    before = draft.told if draft is not None else {}
    return drafting.take(
        request, draft, typed=lambda: recording_form.typed(request.POST, before=before), insist=insist, at=at
    )


def _send(
    draft: OpenDraft, told: RecordForm, *, desk: Desk, at: datetime.datetime, as_is: Collection[str]
) -> SlipReceipt:
    """Record the draft as it is when it is sent: checked anew where another window changed it meanwhile."""

    def recording(now: OpenDraft) -> rules.Recording:
        form = told if now.told == draft.told else RecordForm(now.told, desk=desk, at=at)
        return form.recording(files=looking.decided(now.files, as_is=as_is))

    unit = told.cleaned_data["desk_unit"]
    return rules.record_draft(draft.token, recording=recording, by=desk.officer, unit=unit, at=at)


def _thrown_away(request: HttpRequest, draft: OpenDraft | None) -> HttpResponse:
    if draft is not None:
        drafts.discard(draft.token)
    request.session.pop(_DRAFT, None)
    desks.notify(request, _("What was not recorded was thrown away."))
    return redirect("workspace:record")


def _page(
    request: HttpRequest, form: RecordForm, draft: OpenDraft | None, *, desk: Desk, status: int = 200
) -> HttpResponse:
    form.offer()
    context: dict[str, Any] = {"form": form, "draft": draft}
    return desks.show(request, "workspace/record.html", desk=desk, status=status, **context)


def _pdf(document: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response
