"""The numbers to call when somebody is in danger: whoever keeps the institution's data checks and changes them."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from wise.casework import help_lines
from wise.casework.access import Desk
from wise.casework.help_lines import Typed
from wise.ui.forms import Form
from wise.workspace import desks, keeping


class NumberForm(Form):
    """A number, whose it is, whether somebody checked it, whether it is shown."""

    number = forms.CharField(label=_("Number"), max_length=40)
    name = forms.CharField(label=_("Whose number it is, in Indonesian"), max_length=120)
    name_en = forms.CharField(label=_("The same in English"), max_length=120)
    checked = keeping.checked_field(
        label=_("Is it right?"), hint=_("Somebody has called it, or has it from the authority itself.")
    )
    public = keeping.public_field(label=_("Is it shown?"), shown=_("Shown to reporters and officers"))


def _put(given: Mapping[str, Any], *, desk: Desk, at: datetime.datetime, row_id: uuid.UUID | None) -> Any:
    typed = Typed(given["number"], given["name"], given["name_en"], **keeping.marks(given))
    return help_lines.put(typed, desk=desk, at=at, line_id=row_id)


_TABLE = keeping.Table(
    rows=help_lines,
    form=NumberForm,
    template="workspace/help_numbers.html",
    overview="workspace:help_numbers",
    title=_("Emergency numbers"),
    new=_("Add a number"),
    name="number",
    put=_put,
)


@require_safe
@desks.at_desk
def overview(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """All of them."""
    del at
    return keeping.overview(request, _TABLE, desk=desk)


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def number(
    request: HttpRequest, *, desk: Desk, at: datetime.datetime, line_id: uuid.UUID | None = None
) -> HttpResponseBase:
    """Change one, or add one."""
    return keeping.change(request, _TABLE, desk=desk, at=at, row_id=line_id)
