"""A template that cannot be used, and in which line it fails."""

import re
from collections.abc import Iterable
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.refusals import Refused

_PLACE = re.compile(r"┌─ \S*:(\d+):(\d+)")


class BrokenTemplate(Refused):
    """What is wrong is said in typst's own words (English), with the line where it says so."""

    def __init__(self, code: str, sentence: str | Promise, *, line: int | None = None) -> None:
        super().__init__(code, sentence)
        self.line = line

    @classmethod
    def told(cls, message: str, *, diagnostic: str, hints: Iterable[str]) -> Self:
        """From typst's error."""
        reason = "; ".join((message, *hints))
        place = _PLACE.search(diagnostic)
        if place is None:
            return cls("template-broken", _("The template does not work: %(reason)s") % {"reason": reason})
        line = int(place[1])
        sentence = _("The template does not work. Line %(line)s: %(reason)s") % {"line": line, "reason": reason}
        return cls("template-broken", sentence, line=line)

    @classmethod
    def too_much(cls) -> Self:
        """It took more time or memory than a document may."""
        return cls(
            "template-too-much",
            _("The template takes more time or memory than a letter may. Look for what repeats itself."),
        )
