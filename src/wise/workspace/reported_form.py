"""The fields in which officers name whom a case is about: people at hand to choose from, others by their names."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.casework import correspondence
from wise.keys.staff import Post
from wise.ui.forms import LongTextField, PickMany


def fields(people: Sequence[Post], *, known: Sequence[str]) -> Mapping[str, forms.Field]:
    """Who works here, by name and role; below, `known`: whom the desk or a unit named already."""
    roles: dict[str, list[str]] = {}
    for post in people:
        roles.setdefault(post.officer.name, []).append(str(post.role.label))
    choices = [(name, f"{name} ({', '.join(dict.fromkeys(held))})") for name, held in roles.items()]
    made: dict[str, forms.Field] = {}
    if choices:
        made["known"] = forms.MultipleChoiceField(
            label=_("In this unit, and at the head of its office"),
            choices=choices,
            required=False,
            widget=PickMany(),
            initial=[name for name in known if name in roles],
        )
    made["reported"] = LongTextField(
        label=_("Other people, one name a line"),
        help_text=_("Who was named before stands here already. Only for units that hold this case."),
        max_length=correspondence.LONGEST_TEXT,
        required=False,
        initial="\n".join(name for name in known if name not in roles),
    )
    return made


def names(typed: Mapping[str, Any]) -> tuple[str, ...]:
    """Everybody who was chosen or typed."""
    return (*typed.get("known", ()), *typed.get("reported", "").splitlines())
