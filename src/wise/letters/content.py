"""What a letter says, apart from its number, its date and its looks."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wise.refusals import Refused

_LISTS = ("recipient", "points", "copies", "letterhead")
_NEEDED = ("subject", "recipient", "points", "signer_title", "signer_name")


class Urgency(StrEnum):
    """How quickly a letter is to be dealt with (*sifat*)."""

    ORDINARY = "ordinary"
    SOON = "soon"
    AT_ONCE = "at_once"


URGENCIES: dict[str, Promise] = {
    Urgency.ORDINARY.value: pgettext_lazy("urgency of a letter", "Ordinary"),
    Urgency.SOON.value: pgettext_lazy("urgency of a letter", "Urgent"),
    Urgency.AT_ONCE.value: pgettext_lazy("urgency of a letter", "Very urgent"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """The words of a letter: `Content(**asdict(content)) == content`, also by way of JSON.

    `recipient` is lines: whom, then where. `points` are numbered. `letterhead` is the lines of the office's chain from
    the ministry down, `address` the small print below them; `issuing.issue` fills both from the office where empty.
    """

    language: str
    subject: str
    urgency: str
    enclosures: str
    recipient: tuple[str, ...]
    opening: str
    points: tuple[str, ...]
    closing: str
    copies: tuple[str, ...]
    signer_title: str
    signer_name: str
    signer_number: str
    letterhead: tuple[str, ...] = ()
    address: str = ""

    def __post_init__(self) -> None:
        """Lists that come back from JSON become tuples again."""
        for name in _LISTS:
            object.__setattr__(self, name, tuple(getattr(self, name)))


def check(content: Content) -> None:
    """Refuse what could not be sent as a letter: without subject, recipient, text or signer."""
    if any(not "".join(getattr(content, name)).strip() for name in _NEEDED):
        raise Refused(
            "letter-incomplete",
            _("The letter needs a subject, a recipient, its text, and who signs it (title and name)."),
        )


def canonical(content: Content) -> bytes:
    """One form of a content as bytes: two contents have the same bytes only if they are the same."""
    return json.dumps(asdict(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
