"""THE TABLE of channels: a new way in is a row here. Codes are stored; labels are translated."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which reports come. `typed_by_officer`: somebody at the institution records it.

    `has_slip`: whoever brings it can be given a slip. `media`: how it can be answered, the usual way first.
    """

    code: str
    label: Promise
    typed_by_officer: bool
    reply_default: str
    has_slip: bool = False
    media: tuple[str, ...] = ("page", "letter", "email", "whatsapp")


CHANNELS: dict[str, Channel] = {
    row.code: row
    for row in (
        Channel("online", _("Online"), typed_by_officer=False, reply_default="page"),
        # Whoever put it in is not there: no slip can be given, hence there is no page on which to read an answer.
        Channel(
            "box",
            _("Complaint box"),
            typed_by_officer=True,
            reply_default="none",
            media=("none", "letter", "email", "whatsapp"),
        ),
        Channel("counter", _("Counter"), typed_by_officer=True, reply_default="page", has_slip=True),
        Channel("letter", _("Letter"), typed_by_officer=True, reply_default="letter", has_slip=True),
        Channel("whatsapp", _("WhatsApp"), typed_by_officer=True, reply_default="whatsapp", has_slip=True),
        Channel("email", _("E-mail"), typed_by_officer=True, reply_default="email", has_slip=True),
        Channel("telephone", _("Call centre"), typed_by_officer=True, reply_default="page", has_slip=True),
    )
}

ONLINE = CHANNELS["online"]


def choices() -> list[tuple[str, Promise]]:
    """For the model's field: callable, so that a new row needs no migration."""
    return [(row.code, row.label) for row in CHANNELS.values()]
