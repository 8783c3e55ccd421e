"""Letters of a case: as PDF or DOCX, and the draft as it would look."""

import datetime
import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from wise.casework import dispositions, papers
from wise.casework.access import Desk
from wise.letters import docx, typesetting
from wise.refusals import NotThere
from wise.workspace import deciding_fields, desks, transfer_fields

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "pdf": ("application/pdf", typesetting.letter_pdf),
    "docx": (_DOCX, docx.letter_docx),
    "pdf-en": ("application/pdf", functools.partial(typesetting.letter_pdf, courtesy=True)),
}
_SHEETS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", dispositions.sheet_pdf),
    "docx": (_DOCX, dispositions.sheet_docx),
}


@require_GET
@desks.at_desk
def letter(
    request: HttpRequest, case_id: uuid.UUID, letter_id: uuid.UUID, form: str, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """A letter of a case, made anew from its words: the same letter gives the same bytes."""
    del request
    if form not in _FORMS:
        raise NotThere
    issued = papers.letter_of(case_id, letter_id, desk=desk, at=at)
    media_type, make = _FORMS[form]
    ending = "-en.pdf" if form == "pdf-en" else f".{form}"
    return _download(make(issued), media_type, name=f"{issued.number}{ending}")


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def draft(request: HttpRequest, case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The draft that lies before the head of office; or, with words just typed, what they would look like."""
    typed = deciding_fields.wording_of(request.POST.dict()) if request.method == "POST" else None
    found = papers.draft_of(case_id, wording=typed, desk=desk, at=at)
    return _download(typesetting.letter_pdf(found), "application/pdf", name="konsep-surat.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def transfer_draft(request: HttpRequest, case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The letter to an outside authority in the same two ways."""
    typed = transfer_fields.transfer_of(request.POST.dict()) if request.method == "POST" else None
    found = papers.transfer_draft_of(case_id, transfer=typed, desk=desk, at=at)
    return _download(typesetting.letter_pdf(found), "application/pdf", name="konsep-surat-pelimpahan.pdf")


@require_GET
@desks.at_desk
def disposition(
    request: HttpRequest, case_id: uuid.UUID, step_id: uuid.UUID, form: str, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """The sheet of a disposition, for who holds or leads the case."""
    del request
    if form not in _SHEETS:
        raise NotThere
    found = dispositions.read(case_id, step_id, desk=desk, at=at)
    media_type, make = _SHEETS[form]
    name = f"disposisi-{found.case.agenda_number}.{form}"
    return _download(make(found, language=get_language() or "id"), media_type, name=name)


def _download(content: bytes, media_type: str, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name.replace("/", "-")}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response
