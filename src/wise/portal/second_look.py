"""Words for a report that was sent: what could betray their writer is shown once before they go, and stops nobody.

What was shown is named in the form that comes back, so that a second press sends; nothing of it is stored or logged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise

from wise.portal import findings
from wise.portal.findings import Shown, Ticks
from wise.portal.questions import LONGEST_TEXT
from wise.ui.forms import Form

_SEEN = "seen"
_TEXT = "text"


@dataclass(frozen=True, slots=True, repr=False)
class SecondLook:
    """What a page shows before words go. `masked`: in how many places something was masked just now; None: not asked.

    `seen` is what the form carries, so that these findings are not shown a second time.
    """

    findings: Sequence[Shown]
    masked: int | None = None

    @property
    def seen(self) -> str:
        """The ids of the findings."""
        return " ".join(dict.fromkeys(shown.finding.id for shown in self.findings))

    @property
    def unticked(self) -> bool:
        """Whether something was to be masked, and nothing was ticked."""
        return self.masked == 0

    @property
    def status(self) -> int:
        """The status to answer with."""
        return 422 if self.unticked else 200


def before_sending(form: Form, post: QueryDict) -> SecondLook | None:
    """What must be shown before the words of a checked form go; None where they can go now.

    Where something is to be masked it is masked in the form.
    """
    text, masked = form.cleaned_data[_TEXT], None
    if (ticked := findings.ticks(post)) is not None:
        text, masked = masked_in(text, ticked)
        form.data = {**{name: form.data.get(name, "") for name in form.fields}, _TEXT: text}
    found = in_words(text, where=form.fields[_TEXT].label or "")
    return SecondLook(found, masked) if masked is not None or has_news(found, post) else None


def masked_in(text: str, ticked: Ticks) -> tuple[str, int]:
    """The words with what is ticked masked, and in how many places."""
    return ticked.masked(text, _TEXT, longest=LONGEST_TEXT)


def in_words(text: str, *, where: str | Promise) -> list[Shown]:
    """What could tell who is writing, in words that have no field of the five questions."""
    return findings.in_words(text, _TEXT, where=where)


def has_news(found: Iterable[Shown], post: QueryDict) -> bool:
    """Whether there is a finding that this form has not shown yet."""
    seen = frozenset(post.get(_SEEN, "").split())
    return any(shown.finding.id not in seen for shown in found)
