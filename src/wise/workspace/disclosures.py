"""Disclosures on the page of a case: asking for one, how it stands, reading what was allowed."""

import datetime
import itertools
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wise.casework import allowing, disclosing
from wise.casework.access import Desk
from wise.refusals import Refused
from wise.vault.kinds import KINDS
from wise.workspace import desks, forms, proving, vault_forms

# How one's own request ended, by the state it came to.
_ENDED = {"nothing": gettext_lazy("The request is taken back."), "ended": gettext_lazy("The access is given back.")}
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def disclosures(request: HttpRequest, case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The requests on a case, and the form for another one."""
    allowing.end_what_is_over(at=at)
    found = disclosing.of_case(case_id, desk=desk)
    form, status = proving.ask(vault_forms.Asking(kinds=found.offered), request, at=at), 200
    if request.method == "POST":
        # Somebody else may have asked meanwhile: then the rules say so, and what was typed stays.
        form, status = proving.ask(vault_forms.Asking(request.POST, kinds=KINDS.values()), request, at=at), 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                proving.settle(form, request, desk=desk, at=at)
                disclosing.ask(
                    given["kind"],
                    case_id=case_id,
                    reason=given["reason"],
                    purpose=given["purpose"],
                    desk=desk,
                    at=at,
                )
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                desks.notify(request, _("The custodians are asked. Look here again for their decision."))
                return redirect("workspace:disclosures", case_id)
    shown = {"case": found.case, "lines": found.lines, "form": form, "offered": found.offered}
    return desks.show(request, "workspace/disclosures.html", desk=desk, status=status, **shown)


@require_GET
@desks.at_desk
@proving.first
def disclosure(
    request: HttpRequest, case_id: uuid.UUID, disclosure_id: uuid.UUID, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """What a disclosure opens, on a page that no cache keeps. This is an opening, and is logged."""
    opened = disclosing.open_one(case_id, disclosure_id, desk=desk, at=at)
    return desks.show(request, "workspace/disclosure.html", desk=desk, opened=opened, case=opened.case, row=opened.row)


@require_GET
@desks.at_desk
@proving.first
def original(
    request: HttpRequest,
    case_id: uuid.UUID,
    disclosure_id: uuid.UUID,
    file_id: uuid.UUID,
    *,
    desk: Desk,
    at: datetime.datetime,
) -> HttpResponseBase:
    """A file as it was sent, under the name it came with; logged like every opening."""
    del request
    found = disclosing.open_file(case_id, disclosure_id, file_id, desk=desk, at=at)
    chunks = found.chunks_as_it_came()
    # The first chunk is opened now: what cannot be opened gets an error page instead of half a download.
    first = list(itertools.islice(chunks, 1))
    response = StreamingHttpResponse(itertools.chain(first, chunks), content_type="application/octet-stream")
    response.headers["Content-Length"] = str(found.size_as_it_came)
    name = found.name or found.neutral_name
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


@require_POST
@desks.at_desk
def cancel(
    request: HttpRequest, case_id: uuid.UUID, disclosure_id: uuid.UUID, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """Take a request back, or give back what is not needed any more."""
    row: Any = disclosing.cancel(case_id, disclosure_id, desk=desk, at=at)
    desks.notify(request, str(_ENDED[row.state_code]))
    return redirect("workspace:disclosures", case_id)
