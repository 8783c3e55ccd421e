"""The topics that reports can be about: what an editor or the administrator sees and changes."""

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wise.casework.access import Desk
from wise.refusals import NotThere, Refused
from wise.register import topics as table
from wise.register.streams import STREAMS
from wise.register.topics import Names
from wise.ui import trouble
from wise.ui.forms import Form
from wise.workspace import desks

_LONGEST = 120
_FIELD_OF = {"names-missing": "name_id", "topic-there": "name_id"}


class NamesForm(Form):
    """A topic in either language."""

    name_id = forms.CharField(
        label=gettext_lazy("Topic in Indonesian"),
        help_text=gettext_lazy("As a reporter would say it, in few words."),
        max_length=_LONGEST,
    )
    name_en = forms.CharField(label=gettext_lazy("Topic in English"), max_length=_LONGEST)


@require_safe
@desks.at_desk
def topics(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Every topic, by kind of report, in the order in which reporters find them."""
    del at
    _must_keep(desk)
    return desks.show(request, "workspace/topics.html", desk=desk, groups=table.every())


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def new_topic(request: HttpRequest, stream: str, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Add a topic for one kind of report."""
    _must_keep(desk)
    if stream not in {row.code for row, _rows in table.every()}:
        raise NotThere
    form, status = NamesForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                topic = table.add(stream, names=_names(form), by=desk.officer, at=at)
            except Refused as refused:
                status = trouble.blame(form, refused, fields=_FIELD_OF)
            else:
                return _back(request, _("Reporters can now choose “%(topic)s”."), topic)
    shown = {"form": form, "stream": STREAMS[stream], "topic": None}
    return desks.show(request, "workspace/topic.html", desk=desk, status=status, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def topic(request: HttpRequest, code: str, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Call a topic otherwise."""
    _must_keep(desk)
    row = table.known(code)
    form, status = NamesForm(initial={"name_id": row.name_id, "name_en": row.name_en}), 200
    if request.method == "POST":
        form, status = NamesForm(request.POST), 422
        if form.is_valid():
            try:
                renamed = table.rename(code, names=_names(form), by=desk.officer, at=at)
            except Refused as refused:
                status = trouble.blame(form, refused, fields=_FIELD_OF)
            else:
                return _back(request, _("The topic is now called “%(topic)s”."), renamed)
    shown = {"form": form, "stream": STREAMS[row.stream], "topic": row}
    return desks.show(request, "workspace/topic.html", desk=desk, status=status, **shown)


@require_POST
@desks.at_desk
def change_topic(request: HttpRequest, code: str, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Move a topic in the list, retire it, or offer it again."""
    _must_keep(desk)
    wanted = request.POST.get("do", "")
    if wanted in {table.UP, table.DOWN}:
        moved = table.move(code, to=wanted, by=desk.officer, at=at)
        return _back(request, _("“%(topic)s” stands in another place now."), moved)
    if wanted == "retire":
        retired = table.offer(code, offered=False, by=desk.officer, at=at)
        return _back(request, _("“%(topic)s” is not offered any more. Earlier reports keep it."), retired)
    if wanted == "offer":
        offered = table.offer(code, offered=True, by=desk.officer, at=at)
        return _back(request, _("Reporters can now choose “%(topic)s”."), offered)
    raise NotThere


def _must_keep(desk: Desk) -> None:
    if not desks.keeps_topics(desk):
        raise NotThere


def _names(form: Form) -> Names:
    return Names(form.cleaned_data["name_id"], form.cleaned_data["name_en"])


def _back(request: HttpRequest, sentence: str, row: Any) -> HttpResponseBase:
    desks.notify(request, sentence % {"topic": row.name})
    return redirect("workspace:topics")
