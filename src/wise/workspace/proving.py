"""Step-up: before what cannot be undone, whoever sits at an open session proves with the passphrase who they are.

A form asks where the last proof, a sign-in or a step-up, is older than five minutes. What counts is the session, not
the form: a request that leaves the field out is refused like one with a wrong passphrase.
"""

import datetime
import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wise.casework.access import Desk
from wise.people import admission, officer_sessions
from wise.refusals import Refused
from wise.ui.forms import Form, PasswordField
from wise.workspace import wording

FRESH = datetime.timedelta(minutes=5)
FIELD = "proof"


def is_due(request: HttpRequest, *, at: datetime.datetime) -> bool:
    """Whether the officer must type the passphrase again."""
    proved = officer_sessions.proved_at(request.session)
    return proved is None or not at - FRESH <= proved <= at


def ask[Asking: Form](form: Asking, request: HttpRequest, *, at: datetime.datetime) -> Asking:
    """Put the field on a form where it is due; returns the form."""
    if is_due(request, at=at):
        form.fields[FIELD] = PasswordField(
            label=_("Your passphrase"),
            help_text=_("You last typed it more than five minutes ago. This shows that it is still you who sits here."),
            max_length=200,
            error_messages={"required": _("Type your passphrase.")},
        )
    return form


def first(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that opens what was disclosed: where the proof is due it is asked for on a page before."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, desk: Desk, at: datetime.datetime, **kwargs: Any) -> HttpResponseBase:
        if is_due(request, at=at):
            return redirect(f"{reverse('workspace:prove')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, desk=desk, at=at, **kwargs)

    return answer


def settle(form: Form, request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> None:
    """Check what was typed, and note the proof in the session; refused, `forms.refuse` puts it at the field.

    Call it once the form is valid, before the deed.
    """
    if not is_due(request, at=at):
        return
    seed = officer_sessions.seed_in(request.session)
    assert seed is not None  # there is a desk
    try:
        admission.prove(desk.officer, seed=seed, passphrase=form.cleaned_data[FIELD], at=at)
    except Refused as refused:
        if refused.code != "wrong-sign-in":
            raise
        raise Refused("wrong-proof", wording.WRONG_PASSPHRASE) from None
    officer_sessions.note_proof(request.session, at=at)
