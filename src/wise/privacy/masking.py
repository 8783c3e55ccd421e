"""Masking: what was found is replaced by its kind in brackets, so that the sentence stays one."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from wise.privacy.checking import Finding
from wise.privacy.kinds import Kind

# Where there is no room for more words: no longer than anything that is found.
_SHORTEST = "[…]"


def mark_of(kind: Kind) -> str:
    """What stands where something of a kind was masked, in the language of the page."""
    return _("[masked: %(kind)s]") % {"kind": kind.label}


def masked(text: str, findings: Iterable[Finding], *, longest: int) -> str:
    """The text with these places masked; at most `longest` signs long, if it was no longer before."""
    chosen = sorted(findings, key=lambda one: one.start)
    told = _replaced(text, chosen, [mark_of(finding.kind) for finding in chosen])
    return told if len(told) <= longest else _replaced(text, chosen, [_SHORTEST] * len(chosen))


def _replaced(text: str, findings: Sequence[Finding], marks: Sequence[str]) -> str:
    pieces, reached = [], 0
    for finding, mark in zip(findings, marks, strict=True):
        pieces += [text[reached : finding.start], mark]
        reached = finding.end
    return "".join([*pieces, text[reached:]])
