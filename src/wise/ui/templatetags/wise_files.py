"""What files say beside what they show, in words."""

from collections.abc import Iterable

from django import template
from django.utils.functional import Promise

from wise.files.findings import Found, Reason
from wise.ui import traces

register = template.Library()


@register.filter
def says(found: Iterable[Found]) -> str:
    """Write what a file says in one line."""
    return ", ".join(map(str, traces.says(found)))


@register.filter
def why_not(reason: Reason | None) -> Promise | str:
    """Write why a file could not be cleaned."""
    return traces.why_not(reason)
