"""The envelope of a letter to a reporter who confided an address: printed by a custodian, who alone learns it.

It shows the name, the address and, small, where it comes back to: the ministry, which writes to everybody. No number,
no unit and no word of a complaint stand on it: whoever carries it, or opens the letter box, learns nothing.
"""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.letters import letterheads, typesetting, wording
from wise.people.models import Office
from wise.vault.deposits import Identity


@dataclass(frozen=True, slots=True)
class Size:
    """A size of envelope (ISO 269), in millimetres."""

    code: str
    label: Promise
    width: int
    height: int


SIZES = {
    row.code: row
    for row in (
        Size("dl", _("DL, 220 × 110 mm, for a sheet folded in three"), 220, 110),
        Size("c5", _("C5, 229 × 162 mm, for a sheet folded in two"), 229, 162),
    )
}


def pdf(identity: Identity, *, size: str, sender: Office, on: datetime.date) -> bytes:
    """The envelope as PDF. `sender`: the office of the custodians, where what cannot be delivered comes back to."""
    measure, ministry = SIZES[size], letterheads.of(sender).lines[0]
    data = {
        "language": "id",
        # What a PDF is called stands in its metadata, and in the list of a printer's jobs: no name.
        "title": "Amplop",
        "author": ministry,
        "dated_on": on.isoformat(),
        "to": "\n".join(part for part in (identity.name.strip(), identity.address.strip()) if part),
        "back": "\n".join(part for part in (ministry, sender.contacts.get("address", "")) if part),
        # What the papers have in common, and an envelope has nothing of.
        "letterhead": [],
        "recipient": [],
        "words": wording.words(),
        "width": measure.width,
        "height": measure.height,
    }
    return typesetting.pdf("envelope", data, on=on)
