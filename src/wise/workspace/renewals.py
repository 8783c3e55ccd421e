"""Passphrase and recovery code are lost: new keys are made at a colleague's screen, and another colleague confirms."""

import datetime
import uuid

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from wise.casework.access import Desk
from wise.keys import renewing, staff
from wise.refusals import Refused
from wise.workspace import desks, forms

_PAGE = "workspace/propose_renewal.html"


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def propose(request: HttpRequest, officer_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The officer types a new passphrase here; the recovery code is shown once."""
    officer = staff.colleague(officer_id, by=desk.officer, on=desk.today)
    form, status = forms.ForgottenPassphrase(), 200
    if request.method == "POST":
        form, status = forms.ForgottenPassphrase(request.POST), 422
        if form.is_valid():
            try:
                typed = form.cleaned_data["new"]
                officer, made = renewing.prepare(officer_id, passphrase=typed, by=desk.officer, on=desk.today)
                renewing.propose(officer, made, by=desk.officer, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                code = made.recovery_code
                return desks.show(request, _PAGE, desk=desk, officer=officer, recovery_code=code)
    return desks.show(request, _PAGE, desk=desk, status=status, officer=officer, form=form)
