"""THE TABLE of media by which an answer goes out, and which of them a report leaves (mission A8)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework.effects import Taking
from wise.casework.given import Delivery, Given
from wise.refusals import Refused
from wise.register.entry import Reply
from wise.register.models import Report

LONGEST_RECEIPT = 60


@dataclass(frozen=True, slots=True)
class Medium:
    """A way for an answer. `wished`: the reporter asked for it, and gave what it needs; `why` says so on the page.

    `on_paper`: the letter itself is handed over, on a day; `receipted`: who carries it gives a number.
    """

    code: str
    label: Promise
    why: Promise
    wished: str = ""
    needs_name: bool = False
    on_paper: bool = False
    receipted: bool = False


MEDIA: dict[str, Medium] = {
    row.code: row
    for row in (
        Medium(
            "post",
            _("By post"),
            _("The reporter asked for a letter and gave name and address."),
            wished="letter",
            needs_name=True,
            on_paper=True,
            receipted=True,
        ),
        Medium(
            "email",
            _("By e-mail, sent by you"),
            _("The reporter asked for an e-mail and gave the address."),
            wished="email",
        ),
        Medium(
            "whatsapp",
            _("By WhatsApp, sent by you"),
            _("The reporter asked for WhatsApp and gave the number."),
            wished="whatsapp",
        ),
        Medium(
            "page",
            _("On the page of the report"),
            _("The reporter reads answer and letter there, without saying who they are."),
        ),
        Medium(
            "hand",
            _("Handed over"),
            _("The reporter came to the office for the letter."),
            on_paper=True,
        ),
        Medium(
            "none",
            _("Nobody can be reached"),
            _("The reporter left neither a name nor an address, and has no page: the letter stays in the file."),
        ),
    )
}


def offered(report: Report, reply: Reply) -> list[Medium]:
    """The media that this report leaves, the one that was asked for first."""
    return [row for row in MEDIA.values() if _fits(row, report, reply)]


def check(
    delivery: Delivery | None, *, report: Report, reply: Reply, letter_on: datetime.date, today: datetime.date
) -> None:
    """Refuse a medium that the report does not leave, or one without what shows that the answer went out."""
    medium = MEDIA.get(delivery.medium) if delivery is not None else None
    if delivery is None or medium is None:
        raise Refused("delivery-missing", _("Choose how the answer is delivered."))
    if medium.needs_name and not (reply.medium == medium.wished and reply.name.strip() and reply.address.strip()):
        raise Refused(
            "no-address",
            _("A letter goes by post only where the reporter gave name and address. Choose another way."),
        )
    if not _fits(medium, report, reply):
        raise Refused("medium-not-open", _("The answer cannot go that way: look at what the reporter gave for it."))
    if medium.receipted and not delivery.receipt.strip():
        raise Refused("receipt-missing", _("Write the number of the post's receipt."))
    if medium.on_paper and (delivery.handed_on is None or not letter_on <= delivery.handed_on <= today):
        raise Refused(
            "handed-on-missing",
            _("Write the day on which the letter went out: not before the letter's date, and not in the future."),
        )


def _fits(medium: Medium, report: Report, reply: Reply) -> bool:
    if medium.wished:
        given = bool(reply.address.strip()) and (bool(reply.name.strip()) or not medium.needs_name)
        return reply.medium == medium.wished and given
    has_page = report.reporter_id is not None
    if medium.code == "page":
        return has_page
    # Somebody came: with a slip, or as who wrote the letter.
    if medium.on_paper:
        return has_page or bool(reply.name.strip())
    return not has_page and not reply.address.strip()


def note_of(taking: Taking, given: Given) -> Mapping[str, str]:
    """What the step of a delivery keeps sealed: the medium, and what shows that it went out."""
    del taking
    assert given.delivery is not None
    medium = MEDIA[given.delivery.medium]
    day = given.delivery.handed_on.isoformat() if medium.on_paper and given.delivery.handed_on else ""
    receipt = given.delivery.receipt.strip() if medium.receipted else ""
    return {"medium": medium.code, "handed_on": day, "receipt": receipt}
