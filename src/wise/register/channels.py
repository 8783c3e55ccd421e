"""THE TABLE of channels: a new way in is a row here. Codes are stored; labels are translated."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which reports come. `typed_by_officer`: somebody at the institution records it."""

    code: str
    label: Promise
    typed_by_officer: bool
    reply_default: str


CHANNELS: dict[str, Channel] = {
    row.code: row
    for row in (
        Channel("online", _("Online"), typed_by_officer=False, reply_default="page"),
        Channel("box", _("Complaint box"), typed_by_officer=True, reply_default="none"),
        Channel("counter", _("Counter"), typed_by_officer=True, reply_default="page"),
        Channel("letter", _("Letter"), typed_by_officer=True, reply_default="letter"),
        Channel("whatsapp", _("WhatsApp"), typed_by_officer=True, reply_default="whatsapp"),
        Channel("email", _("E-mail"), typed_by_officer=True, reply_default="email"),
        Channel("telephone", _("Call centre"), typed_by_officer=True, reply_default="page"),
    )
}

ONLINE = CHANNELS["online"]


def choices() -> list[tuple[str, Promise]]:
    """For the model's field: callable, so that a new row needs no migration."""
    return [(row.code, row.label) for row in CHANNELS.values()]
