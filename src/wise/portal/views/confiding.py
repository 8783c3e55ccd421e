"""Confiding who one is after the report was sent, and taking it back: asked once more, with what it does and not."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wise.casework import confiding, reading
from wise.casework.reading import OwnReport
from wise.portal import visits
from wise.portal.forms import ConfidingForm
from wise.portal.views import reports
from wise.portal.visits import Visit, signed_in
from wise.refusals import Refused
from wise.ui import trouble
from wise.vault.deposits import Identity


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def confide(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponse:
    """Ask who it is, then put it into the vault. Where it holds an identity, the report's page shows it."""
    own = _own(visit, report_id)
    if own.identity is not None:
        return redirect("portal:report", report_id=report_id)
    if request.method != "POST":
        return visits.show(request, visit, "confide", {"own": own, "form": ConfidingForm()})
    form = ConfidingForm(request.POST)
    try:
        with trouble.as_refusal():
            trouble.insist(form)
            identity = Identity(*(form.cleaned_data[f"identity_{part}"] for part in ("name", "note", "address")))
            confiding.confide(report_id, identity=identity, by=visit.reporter.reporter, at=visit.at)
    except Refused as refused:
        status = trouble.blame(form, refused, fields={refused.code: "identity_name"})
        return visits.show(request, visit, "confide", {"own": own, "form": form}, status=status)
    return reports.back(request, report_id, sent=reports.CONFIDED)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, visit: Visit, report_id: uuid.UUID) -> HttpResponse:
    """Say what it does, then take the identity out of the vault."""
    own = _own(visit, report_id)
    if own.identity is None:
        return redirect("portal:report", report_id=report_id)
    if request.method != "POST":
        given = confiding.disclosed(report_id, on=own.standing.today)
        return visits.show(request, visit, "withdraw_identity", {"own": own, "given": given})
    confiding.withdraw(report_id, by=visit.reporter.reporter, keyring=visit.keyring, at=visit.at)
    return reports.back(request, report_id, sent=reports.TAKEN_OUT)


def _own(visit: Visit, report_id: uuid.UUID) -> OwnReport:
    return reading.own_report(report_id, reporter=visit.reporter.reporter, keyring=visit.keyring, at=visit.at)
