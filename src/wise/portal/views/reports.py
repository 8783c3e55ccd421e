"""One's own reports: the history, one report with its timeline, what is added to it, files and the answer to keep."""

import itertools
import uuid
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from wise.casework import confiding, correspondence, objecting, papers, parts, reading
from wise.casework.reading import OwnReport
from wise.letters import typesetting
from wise.people import slips
from wise.portal import adding, second_look, telling, visits, wording
from wise.portal.forms import AdditionForm, MessageForm
from wise.portal.second_look import SecondLook
from wise.portal.visits import Visit, signed_in
from wise.refusals import NotThere, Refused
from wise.register.drafts import DraftedFile
from wise.register.streams import REPLY_MEDIA, REPORTER_KINDS, STREAMS
from wise.ui import errors, trouble, uploads
from wise.ui.forms import Form
from wise.ui.uploads import Sealing

# Whose words a line of the history has; the reporter's own first.
_MINE = {"addition": _("you added"), "message": _("you wrote")}
_THEIRS = {"answer": _("our answer"), "message": _("the unit wrote")}

# What was just sent, as the address that one is led back to says it: a reporter has no store for such news, and no
# cookie more is set for it. It says that something was sent, and nothing of what.
_SENT = "terkirim"
# Which part of a report the page is about, where it is handled in parts.
_PART = "bagian"
_PARTS = frozenset(map(str, range(1, parts.MOST + 1)))
_MESSAGE, ADDITION = "pesan", "tambahan"
CONFIDED, TAKEN_OUT = "identitas", "identitas-dicabut"
_CONFIRMED = {
    _MESSAGE: _("Your message was sent. It stands at the end of the history."),
    ADDITION: _("What you added was sent. It stands at the end of the history."),
    CONFIDED: _("Your identity lies in the vault now."),
    TAKEN_OUT: _("Your identity is out of the vault. Nobody can open it any more."),
}

# A file of whatever kind is data to keep, never a page of ours (P25).
_SANDBOX = "sandbox; default-src 'none'"


@require_safe
@signed_in
def reports(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The history."""
    lines = reading.own_reports(visit.reporter.reporter, keyring=visit.keyring, at=visit.at)
    if visit.by_slip and lines:
        return redirect("portal:report", report_id=lines[0].report.id)
    return visits.show(request, visit, "reports", {"lines": lines})


@require_safe
@signed_in
def report(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponse:
    """One report."""
    return _page(request, visit, report_id)


@require_POST
@signed_in
def message(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponse:
    """Write to the unit."""
    form = MessageForm(request.POST)
    try:
        with trouble.as_refusal():
            trouble.insist(form)
            if (look := second_look.before_sending(form, request.POST)) is not None:
                return _page(request, visit, report_id, message=form, look=look, status=look.status)
            correspondence.write(
                report_id,
                text=form.cleaned_data["text"],
                by=visit.reporter.reporter,
                keyring=visit.keyring,
                at=visit.at,
                part=part_named(request),
            )
    except Refused as refused:
        status = trouble.blame(form, refused, fields={refused.code: "text"})
        return _page(request, visit, report_id, message=form, status=status)
    return back(request, report_id, sent=_MESSAGE)


def _addition(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponse:
    """Add words, files, or both; where one file cannot be taken, nothing is added and the words stay on the page.

    What its reporter should look at first waits, and has a page of its own.
    """
    with uploads.sealing(request, at=visit.at) as arriving:
        form = AdditionForm(request.POST)
        if not visits.is_from_session(request, visit):
            return errors.error_page(request, 403)
        try:
            with trouble.as_refusal():
                files = arriving.looked_at()
                if arriving.turned_away:
                    return _page(request, visit, report_id, addition=form, status=_complain(form, arriving))
                trouble.insist(form)
                held = _added(visit, report_id, form.cleaned_data["text"], files)
                arriving.keep_all()
        except Refused as refused:
            # Where nothing came at all, it was one of the two buttons that asked for it.
            field = "files" if (refused.code, request.POST.get("adding")) == ("nothing-added", "files") else "text"
            status = trouble.blame(form, refused, fields={refused.code: field})
            return _page(request, visit, report_id, addition=form, status=status)
    if held is not None:
        response = redirect("portal:adding", report_id=report_id, held_id=held)
        response["Location"] += part_in_address(request)
        return response
    return back(request, report_id, sent=ADDITION)


_addition.takes_files = True  # type: ignore[attr-defined] # see `visits.signed_in`
addition = require_POST(signed_in(_addition))


@require_safe
@signed_in
def file(request: HttpRequest, visit: Visit, report_id: uuid.UUID, own_id: uuid.UUID) -> HttpResponseBase:
    """One of one's own files, opened while it goes out."""
    del request
    found = reading.own_file(report_id, own_id, reporter=visit.reporter.reporter, keyring=visit.keyring)
    chunks = found.chunks_as_it_came()
    # The first piece is opened before the answer begins: a damaged file is an error, not half a file.
    opened = itertools.chain([next(chunks, b"")], chunks)
    response = StreamingHttpResponse(opened, content_type="application/octet-stream")
    response["Content-Length"] = str(found.size_as_it_came)
    return _kept(response, name=found.name or found.neutral_name)


@require_safe
@signed_in
def letter(request: HttpRequest, visit: Visit, report_id: uuid.UUID, own_id: uuid.UUID) -> HttpResponseBase:
    """A letter to oneself, as PDF. Its name is another than on the officers' side (P19)."""
    del request
    return _kept(_pdf(visit, report_id, own_id, courtesy=False), name="surat-tanggapan.pdf")


@require_safe
@signed_in
def letter_in_english(request: HttpRequest, visit: Visit, report_id: uuid.UUID, own_id: uuid.UUID) -> HttpResponseBase:
    """The courtesy copy of a letter, where there is one."""
    del request
    return _kept(_pdf(visit, report_id, own_id, courtesy=True), name="response-letter.pdf")


@require_safe
@signed_in
def answer(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponseBase:
    """The answer as a text file."""
    own = _own(request, visit, report_id)
    if own.answer is None:
        raise NotThere
    text = render_to_string("portal/answer.txt", {"own": own, "place": _place(own)}, request=request)
    return _kept(HttpResponse(text.strip() + "\n", content_type="text/plain; charset=utf-8"), name="tanggapan.txt")


def _pdf(visit: Visit, report_id: uuid.UUID, own_id: uuid.UUID, *, courtesy: bool) -> HttpResponse:
    issued = papers.own_letter(report_id, own_id, reporter=visit.reporter.reporter, keyring=visit.keyring)
    return HttpResponse(typesetting.letter_pdf(issued, courtesy=courtesy), content_type="application/pdf")


def _own(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> OwnReport:
    return reading.own_report(
        report_id, reporter=visit.reporter.reporter, keyring=visit.keyring, at=visit.at, part=part_named(request)
    )


def part_named(request: HttpRequest) -> int | None:
    """The part that the address names."""
    named = request.GET.get(_PART, "")
    return int(named) if named in _PARTS else None


def part_in_address(request: HttpRequest) -> str:
    """What an address ends with that goes on with the part of this one."""
    named = part_named(request)
    return f"?{_PART}={named}" if named else ""


def address_of_part(own: OwnReport) -> str:
    """What an address ends with where it means one part of a report that is handled in several."""
    return f"?{_PART}={own.case.part}" if len(own.parts) > 1 else ""


def _place(own: OwnReport) -> str:
    return wording.place(unit=own.case.unit.name, office=own.case.unit.office.name)


def _page(
    request: HttpRequest,
    visit: Visit,
    report_id: uuid.UUID,
    *,
    message: Form | None = None,
    addition: Form | None = None,
    look: SecondLook | None = None,
    status: int = 200,
) -> HttpResponse:
    own = _own(request, visit, report_id)
    context = {
        "own": own,
        "part": address_of_part(own),
        "place": _place(own),
        "withdrawal": correspondence.withdrawal(own.case),
        "can_withdraw": any(correspondence.can_withdraw(row.case) for row in own.parts),
        "objection": objecting.term(own.case, on=own.standing.today),
        "history": [(event, (_MINE if event.mine else _THEIRS).get(event.kind, "")) for event in own.timeline],
        "elements": telling.elements_of(own.told),
        "form": message or addition,
        "message": message or MessageForm(),
        "addition": addition or AdditionForm(),
        "look": look,
        "stream": STREAMS[own.report.stream],
        "handled_as": own.case.stream if own.case.stream_code != own.report.stream else None,
        "medium": REPLY_MEDIA[own.told.reply_medium],
        "kind": REPORTER_KINDS[own.told.reporter_kind],
        "first_files": [file for file in own.files if file.row.order == 1],
        "slip": slips.of(visit.reporter.reporter),
        "given": confiding.disclosed(own.report.id, on=own.standing.today),
        "sent": _CONFIRMED.get(request.GET.get(_SENT, "")),
    }
    return visits.show(request, visit, "report", context, status=status)


def _complain(form: Form, arriving: Sealing) -> int:
    """Say which files were not taken, and why; returns the status to answer with."""
    form.add_error(None, str(_("Nothing has been added yet. Please choose the files again.")))
    for file in arriving.turned_away:
        form.add_error(uploads.FIELD, f"{file.name}: {file.why.sentence}")
    return uploads.worst(arriving.turned_away)


def _added(visit: Visit, report_id: uuid.UUID, text: str, files: Sequence[DraftedFile]) -> uuid.UUID | None:
    """Add it; or hold it, and return what its page is called."""
    if adding.waits(text, files):
        parts.own(report_id, reporter=visit.reporter.reporter)
        return adding.hold(text, files, visit=visit, report_id=report_id)
    reporter = visit.reporter.reporter
    correspondence.add(report_id, text=text, files=files, by=reporter, keyring=visit.keyring, at=visit.at)
    return None


def _kept[Response: HttpResponseBase](response: Response, *, name: str) -> Response:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = _SANDBOX
    return response


def back(request: HttpRequest, report_id: uuid.UUID, *, sent: str) -> HttpResponse:
    """Lead back to the report, where one sentence says what was just done."""
    response = redirect("portal:report", report_id=report_id)
    part = part_named(request)
    response["Location"] += f"?{_SENT}={sent}{f'&{_PART}={part}' if part else ''}#history"
    return response
