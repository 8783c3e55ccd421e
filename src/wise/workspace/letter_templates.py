"""How the institution's letters look and how their numbers are written: what an editor sees and changes."""

import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wise.casework.access import Desk
from wise.letters import editing
from wise.letters.broken import BrokenTemplate
from wise.letters.editing import Place
from wise.letters.kinds import Kind
from wise.refusals import NotThere, Refused
from wise.ui.forms import Form
from wise.workspace import desks
from wise.workspace.letter_forms import PatternForm, TemplateForm


def places_of(desk: Desk) -> tuple[Place, ...]:
    """The places whose letters this officer may change."""
    return editing.places(desk.places, roles_at=desk.roles_at)


@require_safe
@desks.at_desk
def overview(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Each place with its templates and its numbers."""
    del at
    return _overview(request, desk)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def template(request: HttpRequest, slug: str, code: str, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The source of one template; the buttons show a sample, save, or go back to what everybody has."""
    place, kind = _place(desk, slug), _kind(code)
    look = editing.look(kind, place=place)
    form, status, faulty = TemplateForm(initial={"source": look.source, "since": look.version}), 200, ""
    if request.method == "POST" and "back" in request.POST:
        editing.go_back(kind, place=place, by=desk.officer, at=at)
        desks.notify(request, _("The letters look as everybody's again, from the next one on."))
        return redirect("workspace:letter_templates")
    if request.method == "POST":
        form, status = TemplateForm(request.POST), 422
        if form.is_valid():
            try:
                return _sent(request, form, kind, place=place, desk=desk, at=at)
            except Refused as refused:
                form.add_error("source", str(refused.sentence))
                status, faulty = refused.status, _faulty_line(form, refused)
    shown = {"form": form, "kind": kind, "place": place, "look": look, "faulty": faulty}
    return desks.show(request, "workspace/letter_template.html", desk=desk, status=status, **shown)


@require_POST
@desks.at_desk
def pattern(request: HttpRequest, slug: str, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """Write numbers another way from the next letter on."""
    place, form = _place(desk, slug), PatternForm(request.POST)
    if form.is_valid():
        try:
            editing.write_numbers(form.cleaned_data["pattern"], place=place, by=desk.officer, at=at)
        except Refused as refused:
            form.add_error("pattern", str(refused.sentence))
        else:
            desks.notify(request, _("From the next letter on, numbers are written this way."))
            return redirect("workspace:letter_templates")
    return _overview(request, desk, sent=(place, form))


def _overview(request: HttpRequest, desk: Desk, *, sent: tuple[Place, Form] | None = None) -> HttpResponse:
    listed = places_of(desk)
    if not listed:
        raise NotThere
    rows = []
    for place in listed:
        form: Form = PatternForm(initial={"pattern": editing.pattern_in(place)}, auto_id=f"%s-{place.slug}")
        if sent is not None and sent[0] == place:
            form = sent[1]
        rows.append((place, [editing.look(kind, place=place) for kind in editing.EDITABLE], form))
    context = {"rows": rows, "form": sent[1] if sent else None}
    return desks.show(request, "workspace/letter_templates.html", desk=desk, status=422 if sent else 200, **context)


def _sent(
    request: HttpRequest, form: TemplateForm, kind: Kind, *, place: Place, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    source = form.cleaned_data["source"]
    if "preview" in request.POST:
        return _download(editing.preview(kind, place=place, source=source))
    made = editing.save(kind, place=place, source=source, since=form.cleaned_data["since"], by=desk.officer, at=at)
    sentence = _("Saved: the next letter looks this way.") if made else _("Nothing was changed.")
    desks.notify(request, sentence)
    return redirect("workspace:letter_templates")


def _download(pdf: bytes) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="contoh.pdf"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response


def _faulty_line(form: TemplateForm, refused: Refused) -> str:
    """The line that typst stumbles over, as it was typed: nobody counts lines in a box."""
    line = refused.line if isinstance(refused, BrokenTemplate) else None
    lines = str(form.data["source"]).strip().splitlines()
    return lines[line - 1] if line is not None and line <= len(lines) else ""


def _place(desk: Desk, slug: str) -> Place:
    found = next((place for place in places_of(desk) if place.slug == slug), None)
    if found is None:
        raise NotThere
    return found


def _kind(code: str) -> Kind:
    found = next((kind for kind in editing.EDITABLE if kind.code == code), None)
    if found is None:
        raise NotThere
    return found
