"""Withdrawing one's own report: asked once more, with what it does and what it does not do."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wise.casework import correspondence, reading
from wise.portal import second_look, visits
from wise.portal.forms import WithdrawalForm
from wise.portal.visits import Visit, signed_in
from wise.refusals import Refused
from wise.ui import trouble


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponse:
    """Ask, then record the wish. Where nothing is left to withdraw, the report's page says how it stands."""
    reporter = visit.reporter.reporter
    own = reading.own_report(report_id, reporter=reporter, keyring=visit.keyring, at=visit.at)
    if not any(correspondence.can_withdraw(row.case) for row in own.parts):
        return redirect("portal:report", report_id=report_id)
    if request.method != "POST":
        return visits.show(request, visit, "withdraw", {"own": own, "form": WithdrawalForm()})
    form = WithdrawalForm(request.POST)
    try:
        with trouble.as_refusal():
            trouble.insist(form)
            if (look := second_look.before_sending(form, request.POST)) is not None:
                context = {"own": own, "form": form, "look": look}
                return visits.show(request, visit, "withdraw", context, status=look.status)
            text = form.cleaned_data["text"]
            correspondence.withdraw(report_id, text=text, by=reporter, keyring=visit.keyring, at=visit.at)
    except Refused as refused:
        status = trouble.blame(form, refused, fields={refused.code: "text"})
        return visits.show(request, visit, "withdraw", {"own": own, "form": form}, status=status)
    return redirect("portal:report", report_id=report_id)
