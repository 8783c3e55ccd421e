"""Forms that look and answer alike: label, hint, error, control, in that order.

A door subclasses ``Form`` and writes ``{{ form.what.as_field_group }}``; the
markup is in ``ui/widgets.py``. The id of a field is its name, so that the error
summary, the tests and a bookmark all say ``#what``.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, override

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wise.ui import widgets

type Text = str | Promise

_DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
_TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]


class Renderer(DjangoTemplates):
    """Django's form renderer with the markup of this room."""

    form_template_name = "ui/form.html"
    field_template_name = "field"  # written by `ui.widgets.group`

    @override
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Write what occurs often ourselves; fill a template with the rest."""
        if template_name == self.field_template_name:
            return widgets.group(context["field"])
        written = widgets.WRITTEN.get(template_name)
        return written(context["widget"]) if written else super().render(template_name, context, request)


class Form(forms.Form):
    """The base of every form.

    ``private`` (the default) asks the browser neither to remember what is typed
    nor to send it to a spelling service: several browsers check spelling on
    their maker's servers, which would carry a report there before us.
    """

    private: ClassVar[bool] = True
    # One for all forms: each has its own loader, and would read every template anew.
    default_renderer = Renderer()
    # The server answers with our own messages and keeps what was typed; the
    # browser's bubbles speak another language and vanish.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments; ids are the plain names, labels carry no colon."""
        kwargs.setdefault("auto_id", "%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _name_what_is_missing(field, name=name)
            if self.private:
                _keep_private(field.widget)


def _name_what_is_missing(field: forms.Field, *, name: str) -> None:
    """Replace Django's "This field is required": in the summary above the form nobody sees which field that is."""
    if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = format_lazy(_("Fill in “{label}”."), label=field.label or name)


def _keep_private(widget: forms.Widget) -> None:
    if isinstance(widget, forms.TextInput | forms.Textarea | forms.PasswordInput):
        widget.attrs.setdefault("autocomplete", "off")
        widget.attrs.setdefault("spellcheck", "false")


class Pick(forms.RadioSelect):
    """Radio buttons as cards, each with an optional sentence under its label.

    ``hints`` maps a choice's value to that sentence. The first button's id is
    the field's name, so that an error link lands on it.
    """

    template_name = widgets.PICK

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[str, Text] | None = None,
    ) -> None:
        """Take Django's arguments and the hints."""
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})

    @override
    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return ``stream`` for the first button, ``stream_1`` for the second."""
        return id_ if index == "0" else super().id_for_label(id_, index)

    @override
    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the hint to Django's option."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["hint"] = self.hints.get(str(option["value"]), "")
        return option


class PickMany(Pick):
    """Tick boxes with the look of ``Pick``."""

    allow_multiple_selected = True
    input_type = "checkbox"

    @override
    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say no: unticked boxes are not sent, so absence is an answer."""
        del data, files, name
        return False


class PickField(forms.ChoiceField):
    """One of a few: ``PickField(choices=…, hints={"violation": _("…")})``."""

    def __init__(self, *, hints: Mapping[str, Text] | None = None, **kwargs: Any) -> None:
        """Take Django's arguments and the hints of the choices."""
        kwargs.setdefault("widget", Pick(hints=hints))
        super().__init__(**kwargs)


class LongTextField(forms.CharField):
    """Some sentences; ``rows`` is the height of the box in lines."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        """Take Django's arguments and the height."""
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class DayField(forms.DateField):
    """A day, with the browser's own calendar where it has one; typed, it may be written as people here do."""

    def __init__(self, *, least: datetime.date | None = None, **given: Any) -> None:
        """`least`: the earliest day that the calendar offers; whether an earlier one is refused, the rules say."""
        attrs = {"type": "date", "class": "short"} | ({"min": least.isoformat()} if least else {})
        widget = forms.DateInput(format=_DAYS[0], attrs=attrs)
        super().__init__(input_formats=_DAYS, widget=widget, **given)


class TimeOfDayField(forms.TimeField):
    """A time of day, with a colon or a dot."""

    def __init__(self, **given: Any) -> None:
        """Take what every field takes."""
        widget = forms.TimeInput(format=_TIMES[0], attrs={"type": "time", "class": "short"})
        super().__init__(input_formats=_TIMES, widget=widget, **given)


class PasswordField(forms.CharField):
    """A password: never stripped, never shown again.

    ``new`` tells password managers whether to offer one or to fill one in.
    """

    def __init__(self, *, new: bool = False, **kwargs: Any) -> None:
        """Take Django's arguments and whether the password is being chosen."""
        autocomplete = "new-password" if new else "current-password"
        kwargs.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": autocomplete}))
        super().__init__(strip=False, **kwargs)


class MultipleFileInput(forms.FileInput):
    """The browser's own chooser, which takes several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Any number of files; ``cleaned_data`` holds a list, empty where none came."""

    widget = MultipleFileInput

    def __init__(self, *, accept: str = "", **kwargs: Any) -> None:
        """Take Django's arguments and what the chooser should suggest."""
        kwargs.setdefault("widget", MultipleFileInput(attrs={"accept": accept} if accept else None))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    default_error_messages = {
        "empty": _("This file is empty. Choose it again, or leave it out."),
        "required": _("Choose at least one file."),
    }

    @override
    def clean(
        self,
        data: Any,
        initial: Any = None,
    ) -> Any:
        """Return the checked files as a list."""
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        present = [file for file in files if file]
        if not present:
            super().clean(None, initial)
            return []
        return [super(MultipleFileField, self).clean(file, initial) for file in present]
