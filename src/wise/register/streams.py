"""THE TABLE of streams, of who reports and of how an answer may go: vocabularies of what a report says of itself."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Stream:
    """What kind of report it is. `running_number`: a gap in the numbers would betray a hidden violation case.

    `topics_of`: the stream whose topics it shares. `receiver_chosen`: the reporter may choose who receives it.
    """

    code: str
    label: Promise
    hint: Promise
    running_number: bool
    number_prefix: str
    topics_of: str
    receiver_chosen: bool = False


STREAMS: dict[str, Stream] = {
    row.code: row
    for row in (
        Stream(
            "violation",
            _("Suspected violation"),
            _("Illegal fees, bribery, abuse of authority, breach of discipline"),
            running_number=False,
            number_prefix="PLG",
            topics_of="violation",
            receiver_chosen=True,
        ),
        Stream(
            "service",
            _("A service that let you down"),
            _("Procedure, time, cost, state of the office, attitude of staff"),
            running_number=True,
            number_prefix="PGD",
            topics_of="service",
        ),
        Stream(
            "suggestion",
            _("Suggestion or praise"),
            _("What should be better, or what was done well"),
            running_number=True,
            number_prefix="SRN",
            topics_of="service",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ReplyMedium:
    """How the reporter wants the answer (mission A8). `needs`: what must be given for it.

    `offered`: a reporter may ask for it; the other one an officer notes where nobody left a trace.
    """

    code: str
    label: Promise
    needs_name: bool
    needs_address: bool
    offered: bool = True


REPLY_MEDIA: dict[str, ReplyMedium] = {
    row.code: row
    for row in (
        ReplyMedium("page", _("On the page of this report"), needs_name=False, needs_address=False),
        ReplyMedium("letter", _("By letter"), needs_name=True, needs_address=True),
        ReplyMedium("email", _("By e-mail"), needs_name=False, needs_address=True),
        ReplyMedium("whatsapp", _("By WhatsApp"), needs_name=False, needs_address=True),
        ReplyMedium("none", _("Nobody can be reached"), needs_name=False, needs_address=False, offered=False),
    )
}

REPORTER_KINDS: dict[str, Promise] = {
    "unsaid": _("I would rather not say"),
    "internal": _("I work at the ministry"),
    "external": _("I am a member of the public"),
}

ELEMENTS = ("what", "where", "when", "who", "how")


def choices() -> list[tuple[str, Promise]]:
    """For the model's field."""
    return [(row.code, row.label) for row in STREAMS.values()]
