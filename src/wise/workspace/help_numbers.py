"""The numbers to call when somebody is in danger: whoever keeps the institution's data checks and changes them."""

import datetime
import uuid
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from wise.casework import help_lines, kept
from wise.casework.access import Desk
from wise.casework.help_lines import Typed
from wise.refusals import NotThere, Refused
from wise.ui.forms import Form, PickField
from wise.workspace import desks, forms

_YES, _NO = "yes", "no"


class NumberForm(Form):
    """A number, whose it is, whether somebody checked it, whether it is shown."""

    number = django_forms.CharField(label=gettext_lazy("Number"), max_length=40)
    name = django_forms.CharField(label=gettext_lazy("Whose number it is, in Indonesian"), max_length=120)
    name_en = django_forms.CharField(label=gettext_lazy("The same in English"), max_length=120)
    checked = PickField(
        label=gettext_lazy("Is it right?"),
        choices=[(_YES, gettext_lazy("Checked by the institution")), (_NO, gettext_lazy("Not checked yet"))],
        hints={_YES: gettext_lazy("Somebody has called it, or has it from the authority itself.")},
    )
    public = PickField(
        label=gettext_lazy("Is it shown?"),
        choices=[(_YES, gettext_lazy("Shown to reporters and officers")), (_NO, gettext_lazy("Hidden"))],
    )


@require_safe
@desks.at_desk
def overview(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """All of them."""
    del at
    if not kept.may_edit(desk):
        raise NotThere
    return desks.show(request, "workspace/help_numbers.html", desk=desk, rows=help_lines.every())


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def number(
    request: HttpRequest, *, desk: Desk, at: datetime.datetime, line_id: uuid.UUID | None = None
) -> HttpResponseBase:
    """Change one, or add one."""
    if not kept.may_edit(desk):
        raise NotThere
    row = help_lines.row_of(line_id, desk=desk) if line_id is not None else None
    form, status = NumberForm(initial=_filled(row)), 200
    if request.method == "POST":
        form, status = NumberForm(request.POST), 422
        if form.is_valid():
            try:
                put = help_lines.put(_typed(form), desk=desk, at=at, line_id=line_id)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                desks.notify(request, _("%(number)s is saved.") % {"number": put.number})
                return redirect("workspace:help_numbers")
    return desks.show(request, "workspace/help_number.html", desk=desk, status=status, form=form, row=row)


def _filled(row: Any) -> dict[str, str]:
    if row is None:
        return {"checked": _NO, "public": _YES}
    marks = {"checked": _YES if row.is_verified else _NO, "public": _YES if row.is_shown else _NO}
    return {"number": row.number, "name": row.name, "name_en": row.name_en} | marks


def _typed(form: Form) -> Typed:
    given = form.cleaned_data
    return Typed(
        given["number"],
        given["name"],
        given["name_en"],
        is_verified=given["checked"] == _YES,
        is_shown=given["public"] == _YES,
    )
