"""The list of an office's tags, for those who handle its cases: add, rename, take out of use."""

import datetime
import uuid
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wise.casework import tags as lists
from wise.casework.access import Desk
from wise.refusals import NotThere, Refused
from wise.ui.forms import Form
from wise.workspace import desks, forms


class TagForm(Form):
    """A tag's name, and of which office it is where there are several."""

    office = django_forms.ChoiceField(label=gettext_lazy("Office"))
    tag_name = django_forms.CharField(
        label=gettext_lazy("Name of the tag"),
        help_text=gettext_lazy("What cases are about, in a word or two, for example: Queue. Never who they are about."),
        max_length=lists.LONGEST_NAME,
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        """Offer the offices whose lists this officer keeps; a single one goes without saying."""
        super().__init__(*args, **kwargs)
        offices = lists.offices_of(desk)
        self.fields["office"].choices = [(str(office.id), office.name) for office in offices]  # type: ignore[attr-defined] # a ChoiceField has them
        self.only = offices[0].id if len(offices) == 1 else None
        if self.only is not None:
            del self.fields["office"]

    @property
    def office_id(self) -> uuid.UUID:
        """The office that was chosen, or the only one."""
        return self.only or uuid.UUID(self.cleaned_data["office"])


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def overview(request: HttpRequest, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """The lists; sent, a tag is added."""
    if not lists.may_edit(desk):
        raise NotThere
    form, status = TagForm(desk=desk), 200
    if request.method == "POST":
        form, status = TagForm(request.POST, desk=desk), 422
        if form.is_valid():
            try:
                tag = lists.add(form.cleaned_data["tag_name"], office_id=form.office_id, desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                desks.notify(request, _("“%(name)s” can be chosen for cases now.") % {"name": tag.name})
                return redirect("workspace:tags")
    rows = lists.every(lists.offices_of(desk))
    several = len({row.office_id for row in rows}) > 1
    return desks.show(
        request, "workspace/tags.html", desk=desk, status=status, form=form, rows=rows, several_offices=several
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desks.at_desk
def tag(request: HttpRequest, tag_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> HttpResponseBase:
    """One tag: another name, out of use, in use again."""
    row = lists.tag_of(tag_id, desk=desk)
    form, status = _renaming(row.name), 200
    did = request.POST.get("do", "") if request.method == "POST" else ""
    if did in {"retire", "use"}:
        lists.retire(tag_id, desk=desk, at=at, again=did == "use")
        said = _("“%(name)s” can be chosen for cases again.") if did == "use" else _("“%(name)s” is out of use.")
        desks.notify(request, said % {"name": row.name})
        return redirect("workspace:tags")
    if request.method == "POST":
        form, status = _renaming(row.name, data=request.POST), 422
        if form.is_valid():
            try:
                lists.rename(tag_id, form.cleaned_data["tag_name"], desk=desk, at=at)
            except Refused as refused:
                forms.refuse(form, refused)
                status = refused.status
            else:
                desks.notify(request, _("The tag has its new name, on every case that has it."))
                return redirect("workspace:tags")
    return desks.show(request, "workspace/tag.html", desk=desk, status=status, form=form, tag=row)


class _Renaming(Form):
    """A tag's new name."""

    tag_name = TagForm.base_fields["tag_name"]


def _renaming(name: str, *, data: Any = None) -> Form:
    return _Renaming(data, initial={"tag_name": name})
