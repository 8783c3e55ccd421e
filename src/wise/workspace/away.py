"""Being away: from when to when, who stands in, and coming back; for oneself, or for the unit that one heads."""

import datetime
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from wise.casework import absences
from wise.casework.access import Desk
from wise.refusals import NotThere, Refused
from wise.ui import trouble
from wise.ui.forms import DayField, Form
from wise.ui.templatetags import wise_dates
from wise.workspace import desks

_FIELDS = {
    "away-backwards": "ends_on",
    "away-past": "starts_on",
    "away-already": "starts_on",
    "deputy-self": "deputy",
    "deputy-elsewhere": "deputy",
    "deputy-away": "deputy",
}


class AwayForm(Form):
    """Who is away, from when to when, and who stands in. Who heads no unit is asked about themselves alone."""

    private = False
    officer = forms.ChoiceField(label=_("Who will be away"))
    starts_on = DayField(label=pgettext_lazy("absence", "From"))
    ends_on = DayField(label=_("Until, this day included"))
    deputy = forms.ChoiceField(
        label=_("Who stands in"),
        help_text=_("A colleague who handles cases at the same unit. They get no further key: they have it already."),
    )

    def __init__(self, data: Any = None, *, desk: Desk) -> None:
        """Offer those whom the desk may enter, and everybody who may stand in for them."""
        super().__init__(data)
        people = absences.may_set(desk)
        self._offer("officer", [(str(row.id), row.name) for row in people])
        mine = len(people) == 1
        others = [row for row in absences.deputies(desk) if not (mine and row.id == desk.officer.id)]
        self._offer("deputy", [("", _("Choose a colleague")), *((str(row.id), row.name) for row in others)])
        self.own = str(desk.officer.id)
        if mine:
            del self.fields["officer"]
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget.attrs["min"] = desk.today.isoformat()

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def enter(self, *, desk: Desk, at: datetime.datetime) -> Any:
        """Write the absence down, or refuse."""
        trouble.insist(self)
        given = self.cleaned_data
        officer, deputy = uuid.UUID(given.get("officer") or self.own), uuid.UUID(given["deputy"])
        wanted = absences.Wanted(officer, deputy, given["starts_on"], given["ends_on"])
        return absences.enter(wanted, desk=desk, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def away(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Who is away at one's units, and the form for the next absence."""
    if not desk.holding:
        raise NotThere
    form, status = AwayForm(desk=desk), 200
    if request.method == "POST":
        form = AwayForm(request.POST, desk=desk)
        try:
            with trouble.as_refusal():
                row = form.enter(desk=desk, at=at)
        except Refused as refused:
            status = trouble.blame(form, refused, fields=_FIELDS)
        else:
            sentence = gettext("%(name)s is away from %(start)s to %(end)s. %(deputy)s stands in.")
            desks.notify(
                request,
                sentence
                % {
                    "name": row.officer.name,
                    "start": wise_dates.long_date(row.starts_on),
                    "end": wise_dates.long_date(row.ends_on),
                    "deputy": row.deputy.name,
                },
            )
            return redirect("workspace:away")
    listed = absences.listed(desk)
    return desks.show(request, "workspace/away.html", desk=desk, status=status, form=form, listed=listed)


@require_POST
@desks.at_desk
def back(request: HttpRequest, absence_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Somebody is back, or will not go after all."""
    row = absences.end(absence_id, desk=desk, at=at)
    desks.notify(request, gettext("%(name)s is no longer marked as away.") % {"name": row.officer.name})
    return redirect("workspace:inbox" if row.officer_id == desk.officer.id else "workspace:away")
