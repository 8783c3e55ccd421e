"""The authorities outside the institution: whoever keeps the institution's data checks, completes and hides them."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from wise.casework import authorities
from wise.casework.access import Desk
from wise.casework.authorities import Typed
from wise.ui.forms import Form, LongTextField
from wise.workspace import desks, keeping


class AuthorityForm(Form):
    """An authority as letters address it, whether somebody checked it, whether it is offered."""

    name = forms.CharField(
        label=_("Name of the authority"),
        help_text=_("In full and in Indonesian, as it stands at the head of a letter."),
        max_length=authorities.LONGEST_NAME,
    )
    # How long it may be is counted in its lines as they are kept (`authorities.put`), not as a browser sends them.
    address = LongTextField(
        label=_("Address"),
        help_text=_("In Indonesian, one to four lines: street, then city with postcode. Letters show these lines."),
        rows=4,
    )
    checked = keeping.checked_field(
        label=_("Are name and address right?"),
        hint=_("Somebody has compared both with what the authority itself says."),
    )
    public = keeping.public_field(
        label=_("Is it offered?"), shown=_("Offered when a report is referred to an outside authority")
    )


def _put(given: Mapping[str, Any], *, desk: Desk, at: datetime.datetime, row_id: uuid.UUID | None) -> Any:
    typed = Typed(given["name"], given["address"], **keeping.marks(given))
    return authorities.put(typed, desk=desk, at=at, authority_id=row_id)


_TABLE = keeping.Table(
    rows=authorities,
    form=AuthorityForm,
    template="workspace/authorities.html",
    overview="workspace:authorities",
    title=_("Outside authorities"),
    new=_("Add an authority"),
    name="name",
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
def authority(
    request: HttpRequest, *, desk: Desk, at: datetime.datetime, authority_id: uuid.UUID | None = None
) -> HttpResponseBase:
    """Change one, or add one."""
    return keeping.change(request, _TABLE, desk=desk, at=at, row_id=authority_id)
