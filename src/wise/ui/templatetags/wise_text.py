"""Small pieces that many pages show: sizes, marks, the completeness meter, whose turn a link is."""

from django import template
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

KIB = 1024
TONES = frozenset({"", "ok", "warn", "bad"})


@register.filter
def file_size(size: int) -> str:
    """Write a number of bytes as people read it: "340 kB", "1,2 MB". One MB is 1,048,576 bytes, as in the rules."""
    if size < KIB:
        return f"{size} B"
    if size < KIB * KIB:
        return f"{round(size / KIB)} kB"
    return f"{formats.number_format(round(size / KIB / KIB, 1), decimal_pos=1)} MB"


@register.simple_tag
def chip(text: object, tone: str = "") -> SafeString:
    """Show a short mark; the tone is ``ok``, ``warn``, ``bad`` or nothing. The row that is shown knows its tone."""
    if tone not in TONES:
        message = f"a chip has no tone {tone!r}"
        raise ValueError(message)
    return format_html('<span class="{}">{}</span>', f"chip {tone}".strip(), text)


@register.simple_tag
def meter(filled: int, of: int = 5) -> SafeString:
    """Draw how many elements are there. For the eye only: write the sentence beside it."""
    bars = format_html_join("", '<i class="{}"></i>', (("on" if n < filled else "off",) for n in range(of)))
    return format_html('<div class="meter" aria-hidden="true">{}</div>', bars)


@register.simple_tag(takes_context=True)
def here(context: template.Context, address: str) -> SafeString | str:
    """Mark a link to the page that is being shown: ``<a href="{{ url }}"{% here url %}>``."""
    request = context.get("request")
    return SafeString(' aria-current="page"') if request is not None and request.path == address else ""
