"""What the pages of the tables have in common that the institution keeps: the two marks of a row, and saving it."""

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wise.casework import kept
from wise.casework.access import Desk
from wise.refusals import Refused
from wise.ui.forms import Form, PickField
from wise.workspace import desks, forms

_YES, _NO = "yes", "no"
_MARKS = frozenset({"checked", "public"})


class Rows(Protocol):
    """The module of the domain that has the table."""

    def every(self) -> Sequence[Any]:
        """All rows."""

    def row_of(self, row_id: uuid.UUID, /, *, desk: Desk) -> Any:
        """One row, for who keeps the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, as its pages show it.

    `rows` reads the table. `overview` names the address of the list, `title` is its heading and `new` that of an empty
    form. `name` is the field that a row is called by. `put` saves what the form holds: it takes that, and `desk=`,
    `at=` and `row_id=`.
    """

    rows: Rows
    form: type[Form]
    template: str
    overview: str
    title: Promise
    new: Promise
    name: str
    put: Callable[..., Any]


def checked_field(*, label: Promise, hint: Promise) -> PickField:
    """Whether somebody checked the row; `hint` says what that means."""
    choices = [(_YES, gettext_lazy("Checked by the institution")), (_NO, gettext_lazy("Not checked yet"))]
    return PickField(label=label, choices=choices, hints={_YES: hint})


def public_field(*, label: Promise, shown: Promise) -> PickField:
    """Whether the row is in use; `shown` says for what."""
    return PickField(label=label, choices=[(_YES, shown), (_NO, gettext_lazy("Hidden"))])


def marks(given: Mapping[str, Any]) -> dict[str, bool]:
    """What the two fields `checked` and `public` say."""
    return {"is_verified": given["checked"] == _YES, "is_shown": given["public"] == _YES}


def overview(request: HttpRequest, table: Table, *, desk: Desk) -> HttpResponseBase:
    """The page with all of them."""
    kept.must_edit(desk)
    return desks.show(request, table.template, desk=desk, rows=table.rows.every())


def change(
    request: HttpRequest, table: Table, *, desk: Desk, at: datetime.datetime, row_id: uuid.UUID | None
) -> HttpResponseBase:
    """The page on which one is changed, or added."""
    kept.must_edit(desk)
    row = table.rows.row_of(row_id, desk=desk) if row_id is not None else None
    form, status = table.form(initial=_filled(row, table)), 200
    if request.method == "POST":
        form, status = table.form(request.POST), 422
        if form.is_valid():
            try:
                put = table.put(form.cleaned_data, desk=desk, at=at, row_id=row_id)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                desks.notify(request, _("“%(name)s” is saved.") % {"name": getattr(put, table.name)})
                return redirect(table.overview)
    heading = getattr(row, table.name) if row is not None else table.new
    shown = {"form": form, "heading": heading, "table": table}
    return desks.show(request, "workspace/kept_row.html", desk=desk, status=status, **shown)


def _filled(row: Any, table: Table) -> dict[str, str]:
    if row is None:
        return {"checked": _NO, "public": _YES}
    own = {name: getattr(row, name) for name in table.form.base_fields if name not in _MARKS}
    return own | {"checked": _YES if row.is_verified else _NO, "public": _YES if row.is_shown else _NO}
