"""Openings of complaint boxes: written down by whoever records, with a second person's name."""

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wise.casework import desk as rules
from wise.casework.access import Desk
from wise.refusals import NotThere, Refused
from wise.register import box
from wise.ui import trouble
from wise.ui.forms import DayField, Form, TimeOfDayField
from wise.workspace import desks

_MOST_PAGES = 10_000
_FIELDS = {
    "witness-missing": "witness",
    "witness-long": "witness",
    "witness-same": "witness",
    "opened-in-future": "opened_on",
    "found-odd": "found",
}


class OpeningForm(Form):
    """One opening of a box."""

    private = False
    unit = forms.CharField(label=_("At which desk?"), widget=forms.Select(), required=False, max_length=60)
    opened_on = DayField(
        label=_("Opened on"),
        error_messages={"invalid": _("Write the day as day-month-year, for example 20-10-2026.")},
    )
    opened_time = TimeOfDayField(
        label=_("At what time?"),
        error_messages={"invalid": _("Write the time as hours and minutes, for example 09.30.")},
    )
    witness = forms.CharField(
        label=_("Second person"),
        help_text=_("Who opened it with you. They need not work with WiSe."),
        max_length=box.LONGEST_NAME,
    )
    found = forms.IntegerField(
        label=_("How many letters were in it?"),
        help_text=_("0 if it was empty: that is worth writing down too."),
        min_value=0,
        max_value=box.MOST_FOUND,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, *, desk: Desk, at: datetime.datetime) -> None:
        """Begin with now; ask for the desk only where there are several."""
        local = timezone.localtime(at)
        super().__init__(data, initial={"opened_on": local.date(), "opened_time": f"{local:%H:%M}"})
        self.desks = {str(unit.id): unit for unit in rules.units_of(desk)}
        if len(self.desks) == 1:
            del self.fields["unit"]
        else:
            self.fields["unit"].widget.choices = [(key, unit.name) for key, unit in self.desks.items()]

    def record(self, *, desk: Desk, at: datetime.datetime) -> None:
        """Write the opening down, or refuse."""
        trouble.insist(self)
        given = self.cleaned_data
        unit = self.desks.get(given.get("unit") or next(iter(self.desks)))
        if unit is None:
            raise NotThere
        opened_at = timezone.make_aware(datetime.datetime.combine(given["opened_on"], given["opened_time"]))
        box.open_box(
            unit.office, by=desk.officer, witness=given["witness"], opened_at=opened_at, found=given["found"], at=at
        )


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def boxes(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The openings at the officer's offices, newest first, and the form for the next one."""
    units = rules.units_of(desk)
    if not units:
        raise NotThere
    form, status = OpeningForm(desk=desk, at=at), 200
    if request.method == "POST":
        form = OpeningForm(request.POST, desk=desk, at=at)
        try:
            with trouble.as_refusal():
                form.record(desk=desk, at=at)
        except Refused as refused:
            status = trouble.blame(form, refused, fields=_FIELDS)
        else:
            desks.notify(request, str(_("The opening of the box is recorded.")))
            return redirect("workspace:boxes")
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and 0 < int(asked[:6]) <= _MOST_PAGES else 1
    page = box.page([unit.office for unit in units], number=number)
    return desks.show(request, "workspace/boxes.html", desk=desk, status=status, form=form, page=page)
