"""The markup of a question and of the controls that occur often, without templates: 89 offices would fill 300 of them.

The controls' markup is Django's own; what is not listed here is rendered by its template.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

type Widget = Mapping[str, Any]

PICK = "pick"  # no template has this name
_MANY = 9  # more cards than these stand in two columns where there is room


def group(field: BoundField) -> SafeString:
    """A question: label, hint, error, control, in that order."""
    errors, control = field.errors, field.as_widget()
    wrong = " wrong" if errors else ""
    notes = _notes(field, errors)
    if field.use_fieldset:
        told = format_html(' aria-describedby="{}"', field.aria_describedby) if field.aria_describedby else ""
        question = format_html("<legend>{}</legend>", field.label)
        return format_html('<fieldset class="field{}"{}>{}{}{}</fieldset>', wrong, told, question, notes, control)
    question = format_html('<label for="{}">{}</label>', field.id_for_label, field.label)
    return format_html('<div class="field{}">{}{}{}</div>', wrong, question, notes, control)


def entry(widget: Widget) -> SafeString:
    """An ``<input>``."""
    given = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], given, flatatt(widget["attrs"])
    )


def textarea(widget: Widget) -> SafeString:
    """A ``<textarea>``; a browser drops the first line break."""
    attrs, value = flatatt(widget["attrs"]), widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attrs, value)


def select(widget: Widget) -> SafeString:
    """A ``<select>`` with its groups."""
    groups = _joined(_group(name, options) for name, options, _place in widget["optgroups"])
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def pick(widget: Widget) -> SafeString:
    """Radio buttons or tick boxes as cards (``ui.forms.Pick``)."""
    cards = [_card(option) for _name, options, _place in widget["optgroups"] for option in options]
    many = " many" if len(cards) > _MANY else ""
    return format_html('<div class="pick{}">{}</div>', many, _joined(cards))


WRITTEN: dict[str, Callable[[Widget], SafeString]] = {
    **{f"django/forms/widgets/{kind}.html": entry for kind in ("text", "hidden", "number", "password", "file", "date")},
    "django/forms/widgets/textarea.html": textarea,
    "django/forms/widgets/select.html": select,
    PICK: pick,
}


def _notes(field: BoundField, errors: Iterable[Any]) -> SafeString:
    hint, lines = SafeString(""), SafeString("")
    if field.help_text:
        hint = format_html('<p class="hint" id="{}_helptext">{}</p>', field.auto_id, field.help_text)
    if errors:
        said = format_html_join(mark_safe("<br>"), "{}", ((error,) for error in errors))
        head = format_html('<span class="unseen">{}</span> ', _("Error:"))
        lines = format_html('<p class="error" id="{}_error">{}{}</p>', field.auto_id, head, said)
    return hint + lines


def _group(name: str | None, options: list[Widget]) -> SafeString:
    inside = _joined(_option(option) for option in options)
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


def _option(option: Widget) -> SafeString:
    attrs = flatatt(option["attrs"]) if option["attrs"] else ""
    # Put together by hand: there may be hundreds, and `format_html` would cost more than all the rest of them.
    value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
    return SafeString(f'<option value="{value}"{attrs}>{label}</option>')


def _card(option: Widget) -> SafeString:
    hint = format_html("<small>{}</small>", option["hint"]) if option["hint"] else ""
    attrs = option["attrs"]
    named = format_html(' for="{}"', attrs["id"]) if attrs.get("id") else ""
    return format_html("<label{}>{}<span>{}{}</span></label>", named, entry(option), option["label"], hint)


def _joined(parts: Any) -> SafeString:
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 - each part is escaped
