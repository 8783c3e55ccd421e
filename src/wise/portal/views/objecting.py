"""Objecting to the answer: asked once more, with what it leads to and until when it can be done."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wise.casework import objecting, reading
from wise.casework.reading import OwnReport
from wise.portal import second_look, visits
from wise.portal.forms import ObjectionForm
from wise.portal.views import reports
from wise.portal.visits import Visit, signed_in
from wise.refusals import Refused
from wise.ui import trouble


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def object_to_answer(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponse:
    """Ask, then record the objection. Where there is none to make, the report's page says how it stands."""
    reporter, part = visit.reporter.reporter, reports.part_named(request)
    own = reading.own_report(report_id, reporter=reporter, keyring=visit.keyring, at=visit.at, part=part)
    term = objecting.term(own.case, on=own.standing.today)
    if term is None or term.is_over:
        return _to_report(own)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    context = {"own": own, "form": form, "term": term, "part": reports.address_of_part(own)}
    if request.method != "POST":
        return visits.show(request, visit, "object", context)
    try:
        with trouble.as_refusal():
            trouble.insist(form)
            if (look := second_look.before_sending(form, request.POST)) is not None:
                return visits.show(request, visit, "object", {**context, "look": look}, status=look.status)
            text = form.cleaned_data["text"]
            objecting.reopen(report_id, text=text, by=reporter, keyring=visit.keyring, at=visit.at, part=own.case.part)
    except Refused as refused:
        status = trouble.blame(form, refused, fields={refused.code: "text"})
        return visits.show(request, visit, "object", context, status=status)
    return _to_report(own)


def _to_report(own: OwnReport) -> HttpResponse:
    response = redirect("portal:report", report_id=own.report.id)
    response["Location"] += reports.address_of_part(own)
    return response
