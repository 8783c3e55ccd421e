"""The privacy check on the reporter's pages: each finding where it stands, and what becomes of those that are ticked.

Nothing of it is stored or logged: it is looked for anew for every page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.portal.questions import Questions
from wise.privacy import checking, masking
from wise.privacy.checking import FILE, Finding
from wise.privacy.kinds import KINDS
from wise.register.drafts import DraftedFile

TICKED, ALL = "ticked", "all"
_TICK, _MASK = "finding", "mask"
_WORDS_AROUND = 40
_FILE_NAME = _("Name of a file")


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A finding with where it was found and some words around it, for a page."""

    finding: Finding
    where: str | Promise
    before: str
    after: str


def look(text: str, field: str) -> list[Finding]:
    """What could tell who the reporter is, in what a field holds."""
    return checking.look(text, field=field, employers=settings.WISE_EMPLOYERS)


def in_words(text: str, field: str, *, where: str | Promise) -> list[Shown]:
    """The findings in a text."""
    return [_around(finding, text, where) for finding in look(text, field)]


def in_elements(elements: dict[str, str]) -> list[Shown]:
    """The findings in the answers to the five questions."""
    return [
        shown
        for field, text in elements.items()
        for shown in in_words(text, field, where=Questions.base_fields[field].label or field)
    ]


def in_names(names: Iterable[str]) -> list[Shown]:
    """The findings in files' names."""
    return [shown for name in names for shown in in_words(name, FILE, where=_FILE_NAME)]


def is_at_work(address: str) -> bool:
    """Whether an answer would go to an address that an employer gave."""
    return any(finding.kind is KINDS["work_mail"] for finding in look(address, ""))


def pieces(text: str, shown: Sequence[Shown], field: str) -> Iterator[tuple[str, bool]]:
    """The text cut where a finding begins and ends; true is a finding."""
    reached = 0
    for finding in (one.finding for one in shown if one.finding.field == field):
        yield text[reached : finding.start], False
        yield finding.text, True
        reached = finding.end
    yield text[reached:], False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Which findings a form wants masked: those that are ticked, or all."""

    ids: frozenset[str]
    everything: bool

    def __contains__(self, finding: Finding) -> bool:
        return self.everything or finding.id in self.ids

    def masked(self, text: str, field: str, *, longest: int) -> tuple[str, int]:
        """The text with what is ticked masked, and how many places that were."""
        chosen = [finding for finding in look(text, field) if finding in self]
        return masking.masked(text, chosen, longest=longest), len(chosen)

    def renamed(self, files: Iterable[DraftedFile], *, longest: int) -> Iterator[tuple[DraftedFile, str, int]]:
        """The files whose names have something ticked, with the name masked, and in how many places."""
        for file in files:
            name, count = self.masked(file.name, FILE, longest=longest)
            if count:
                yield file, name, count


def ticks(post: QueryDict) -> Ticks | None:
    """What a form wants masked; None where another of its buttons was pressed."""
    if _MASK not in post:
        return None
    return Ticks(frozenset(post.getlist(_TICK)), post[_MASK] == ALL)


def _around(finding: Finding, text: str, where: str | Promise) -> Shown:
    before = text[max(0, finding.start - _WORDS_AROUND) : finding.start]
    after = text[finding.end : finding.end + _WORDS_AROUND]
    return Shown(
        finding,
        where,
        before if finding.start <= _WORDS_AROUND else "…" + before.partition(" ")[2],
        after if finding.end + _WORDS_AROUND >= len(text) else after.rpartition(" ")[0] + "…",
    )
