"""Dates as people write them, and how much time is left. Languages: the active one."""

from datetime import date, datetime

from django import template
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

register = template.Library()

# So many days before the end of a period its mark turns to a warning: the first of the reminders that
# `workflow.md` sends to whoever holds the case is at 7, the second at 3.
WARNING_DAYS = 3


def _local(value: date | datetime) -> date | datetime:
    """Bring an aware datetime to the active time zone; a date has none."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def long_date(value: date | datetime | None) -> str:
    """Write "24 Desember 2026"; nothing for None."""
    return dateformat.format(_local(value), "j F Y") if value else ""


@register.filter
def weekday_date(value: date | datetime | None) -> str:
    """Write "Kamis, 24 Desember 2026"; nothing for None."""
    return dateformat.format(_local(value), "l, j F Y") if value else ""


@register.filter
def date_time(value: datetime | None) -> str:
    """Write "24 Desember 2026, 09.14"; English separates with a colon."""
    if not value:
        return ""
    # Translators: the time of day in Django's date letters; Indonesian puts a dot between hours and minutes.
    return dateformat.format(_local(value), gettext("j F Y, H:i"))


@register.filter
def iso(value: date | datetime | None) -> str:
    """Write the value for a ``datetime`` attribute."""
    return _local(value).isoformat() if value else ""


@register.filter
def days_left(due: date | None, today: date) -> str:
    """Say how far off a due date is: "3 hari lagi", "hari ini", "lewat 2 hari". The view says what today is."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return pgettext("due", "today")
    if days > 0:
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}


@register.simple_tag
def days_chip(due: date | None, today: date, *, met: bool = False) -> SafeString | str:
    """Show the days left as a mark: red when late, amber in the last days, green when the duty is met."""
    if met:
        return format_html('<span class="chip ok">{}</span>', pgettext("due", "answered in time"))
    if due is None:
        return ""
    days = (due - today).days
    tone = " bad" if days < 0 else " warn" if days <= WARNING_DAYS else ""
    return format_html('<span class="chip{}">{}</span>', tone, days_left(due, today))
