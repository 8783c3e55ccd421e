"""The receipt: shown only once the report is safe, the same after every reload, gone when the reporter has kept it."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from wise.casework import help_lines
from wise.casework.intake import Receipt
from wise.portal import cookies, visits, wording
from wise.portal.visits import Visit, visited
from wise.register import drafts


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def receipt(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the receipt; the button “I have kept it” takes it away for good (P04)."""
    if visit.draft is None:
        return _without_cookie(visits.show(request, visit, "receipt_gone", status=410))
    if visit.draft.receipt is None:
        return redirect("portal:check")
    if request.method != "POST":
        return visits.show(request, visit, "receipt", _context(visit))
    visits.insist_on_draft(request, visit)
    drafts.discard(visit.draft.token)
    return _without_cookie(redirect("portal:reports"))


@require_POST
@visited
def save(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The receipt as a text file: no address leads to it, and nothing is left in a history."""
    if visit.draft is None or visit.draft.receipt is None:
        return _without_cookie(visits.show(request, visit, "receipt_gone", status=410))
    visits.insist_on_draft(request, visit)
    text = render_to_string("portal/receipt.txt", _context(visit), request=request)
    response = HttpResponse(text.strip() + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catatan.txt"'
    return response


def _context(visit: Visit) -> dict[str, Any]:
    assert visit.draft is not None
    assert visit.draft.receipt is not None
    kept = Receipt.of(visit.draft.receipt)
    received, due = (datetime.date.fromisoformat(day) for day in (kept.received_on, kept.due_on))
    return {
        "receipt": kept,
        "received_on": received,
        "due_on": due,
        "numbers": help_lines.to_call(get_language() or ""),
        "days": (due - received).days,
        "place": wording.place(unit=kept.unit, office=kept.office),
    }


def _without_cookie(response: HttpResponse) -> HttpResponse:
    cookies.drop(response, cookies.DRAFT)
    return response
