"""The table of holidays and the rule sets: everybody at work may look, few may change."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wise.casework import calendar, clock, kept, rules
from wise.casework import holidays as table
from wise.casework.access import Desk
from wise.casework.holidays import Change
from wise.refusals import NotThere, Refused
from wise.ui.templatetags import wise_dates
from wise.workspace import calendar_forms, desks
from wise.workspace.calendar_forms import HolidayForm, RemovalForm


@require_safe
@desks.at_desk
def holidays(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The days of one year; the present one unless the address asks for another."""
    del at
    years = table.years()
    year = {str(each): each for each in years}.get(request.GET.get("year", ""), desk.today.year)
    missing = [each for each in _loadable(desk) if each not in years]
    return desks.show(
        request,
        "workspace/holidays.html",
        desk=desk,
        years=years,
        year=year,
        rows=[(row, calendar.of_row(row)) for row in table.of_year(year)],
        may_edit=kept.may_edit(desk),
        missing=missing,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def new_holiday(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Add a day."""
    if not kept.may_edit(desk):
        raise NotThere
    form, status = HolidayForm(), 200
    if request.method == "POST":
        form, status = HolidayForm(request.POST), 422
        if form.is_valid():
            try:
                change = table.put(calendar_forms.typed(form), desk=desk, at=at)
            except Refused as refused:
                calendar_forms.refuse(form, refused)
                status = refused.status
            else:
                return _changed(request, change)
    return desks.show(request, "workspace/holiday.html", desk=desk, status=status, form=form, row=None)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def holiday(request: HttpRequest, on: str, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Change a day, or make it a working day again."""
    row = _row(on, desk=desk)
    form, removal, status = HolidayForm(initial=calendar_forms.filled(row)), RemovalForm(), 200
    sent: HolidayForm | RemovalForm
    if request.method == "POST":
        status = 422
        if request.POST.get("do") == "remove":
            removal = sent = RemovalForm(request.POST)
        else:
            form = sent = HolidayForm(request.POST)
        if sent.is_valid():
            try:
                change = _take(row.on, sent, desk=desk, at=at)
            except Refused as refused:
                calendar_forms.refuse(sent, refused)
                status = refused.status
            else:
                return _changed(request, change)
    shown = {"form": form, "removal": removal, "row": row}
    return desks.show(request, "workspace/holiday.html", desk=desk, status=status, **shown)


@require_POST
@desks.at_desk
def load_year(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Put in the holidays of a year as WiSe knows them."""
    year = {str(each): each for each in _loadable(desk)}.get(request.POST.get("year", ""))
    if year is None:
        raise NotThere
    count = table.load_year(year, desk=desk, at=at)
    desks.notify(request, _("%(n)d holidays of %(year)s are in the table.") % {"n": count, "year": year})
    return redirect(f"{reverse('workspace:holidays')}?year={year}")


@require_safe
@desks.at_desk
def rule_sets(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Every rule set with its clocks."""
    del at
    rows = [
        (row, calendar_forms.lines_of(clock.clocks_of(row)), calendar_forms.REMARKS.get(row.code, ""))
        for row in rules.every()
    ]
    return desks.show(request, "workspace/rules.html", desk=desk, rows=rows, may_choose=rules.may_choose(desk))


@require_POST
@desks.at_desk
def choose_rules(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Open new cases under another rule set."""
    row = rules.choose(request.POST.get("code", ""), desk=desk, at=at)
    sentence = _("New cases are opened under “%(name)s” from now on. The cases that are there keep their rules.")
    desks.notify(request, sentence % {"name": row.name})
    return redirect("workspace:rules")


def _loadable(desk: Desk) -> range:
    return range(desk.today.year, desk.today.year + table.LATEST + 1)


def _row(on: str, *, desk: Desk) -> Any:
    day = calendar_forms.date_of(on)
    rows = table.of_year(day.year) if day is not None and kept.may_edit(desk) else []
    found = next((row for row in rows if row.on == day and row.is_free), None)
    if found is None:
        raise NotThere
    return found


def _take(on: datetime.date, form: HolidayForm | RemovalForm, *, desk: Desk, at: datetime.datetime) -> Change:
    if isinstance(form, RemovalForm):
        return table.remove(on, reason=form.cleaned_data["reason"], desk=desk, at=at)
    return table.put(calendar_forms.typed(form), desk=desk, at=at, instead_of=on)


def _changed(request: HttpRequest, change: Change) -> HttpResponseBase:
    """Back to the year, with what the change did to cases."""
    day = wise_dates.long_date(change.holiday.on)
    free = _("%(day)s is now a day without work.") if change.holiday.is_free else _("%(day)s is now a working day.")
    moved = _("No due date has moved.")
    if change.moved:
        sentence = ngettext(
            "The due date of %(n)d open case has moved.", "The due dates of %(n)d open cases have moved.", change.moved
        )
        moved = sentence % {"n": change.moved}
    desks.notify(request, f"{free % {'day': day}} {moved}")
    return redirect(f"{reverse('workspace:holidays')}?year={change.holiday.on.year}")
