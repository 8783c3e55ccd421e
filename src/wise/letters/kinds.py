"""THE TABLE of kinds of document. Codes are stored; labels are translated; prefixes stand in numbers."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. `numbered`: it is issued, with a number of its own; `template`: the file it is set by.

    What is not numbered is made whenever it is asked for, and carries the number of what it speaks of. `like`: the kind
    in whose series it is numbered and whose looks it has, where it has neither of its own.
    """

    code: str
    prefix: str
    label: Promise
    template: str
    numbered: bool
    like: str = ""

    @property
    def series(self) -> str:
        """The code under which its numbers are counted and its templates are kept."""
        return self.like or self.code


KINDS: dict[str, Kind] = {
    row.code: row
    for row in (
        Kind("response", "S", _("Response letter"), "letter", numbered=True),
        Kind("transfer", "S", _("Letter of transfer"), "letter", numbered=True, like="response"),
        Kind("note", "ND", _("Official note"), "note", numbered=True),
        Kind("intake", "LAP", _("Intake report"), "intake", numbered=False),
        Kind("disposition", "", _("Disposition sheet"), "disposition", numbered=False),
        Kind("slip", "", _("Slip"), "slip", numbered=False),
    )
}


def choices() -> list[tuple[str, Promise]]:
    """For the model's field: callable, so that a new row needs no migration."""
    return [(row.code, row.label) for row in KINDS.values()]
