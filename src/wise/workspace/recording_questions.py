"""What the desk asks, field by field: how it came, the kind, whom it concerns and one sentence are enough."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework import desk, receivers
from wise.casework.urgency import URGENCIES
from wise.register.streams import REPLY_MEDIA, STREAMS
from wise.ui.answers import Answers
from wise.ui.forms import DayField, LongTextField, MultipleFileField, PickField, TimeOfDayField
from wise.workspace import wording

LONGEST_TEXT = 20_000
_SHORT = 300
USUAL = "usual"
_RECEIVERS = (
    (receivers.TO_UKI, _("The internal compliance unit (UKI) of the directorate general")),
    (receivers.TO_IBI, _("The Inspectorate General’s investigators (IBI), outside the directorate general")),
)


def _streams() -> list[tuple[str, Promise]]:
    return [(row.code, row.label) for row in STREAMS.values()]


def _channels() -> list[tuple[str, Promise]]:
    return [(row.code, row.label) for row in desk.TYPED.values()]


def _media() -> list[tuple[str, Promise]]:
    return [(USUAL, _("As is usual for the way it came")), *((row.code, row.label) for row in REPLY_MEDIA.values())]


class Questions(Answers):
    """Everything that can be taken down."""

    unit = forms.CharField(label=_("At which desk?"), widget=forms.Select(), required=False, max_length=_SHORT)
    channel = PickField(
        label=_("How did it come?"),
        choices=_channels,
        hints={"box": _("Nobody is there: no slip. It can name the opening at which it was found.")},
        error_messages={"required": _("Choose how it came.")},
    )
    opening = forms.CharField(
        label=_("Found at which opening of the box?"),
        help_text=_("Date and time of receipt are then those of the opening. Leave it open for everything else."),
        widget=forms.Select(),
        required=False,
        max_length=_SHORT,
    )
    received_on = DayField(
        label=_("Received on"),
        required=False,
        help_text=_("The day it reached the office: the time limit runs from here."),
        error_messages={"invalid": _("Write the day as day-month-year, for example 20-10-2026.")},
    )
    received_time = TimeOfDayField(
        label=_("At what time?"),
        required=False,
        error_messages={"invalid": _("Write the time as hours and minutes, for example 09.30.")},
    )
    late_reason = LongTextField(
        rows=2,
        label=_("Why is it recorded only now?"),
        help_text=_("Only where its time limit is over already. The unit reads it."),
        max_length=desk.LONGEST_NOTE,
        required=False,
    )
    urgency = PickField(
        label=_("Is somebody in danger, or is a child concerned?"),
        help_text=_("If so, the unit sees that it is urgent. First help who is here, and call for help if needed."),
        choices=[("none", _("No, or nothing was said of it")), *((row.code, row.label) for row in URGENCIES.values())],
        hints={row.code: row.hint for row in URGENCIES.values()},
        initial="none",
        required=False,
    )
    stream = PickField(
        label=_("What is the complaint about?"),
        choices=_streams,
        hints={row.code: row.hint for row in STREAMS.values()},
        error_messages={"required": _("Choose what it is about.")},
    )
    receiver = PickField(
        label=_("Who should receive it?"),
        help_text=_("Only for a suspected violation. Everything else goes to the compliance unit of the office."),
        choices=_RECEIVERS,
        initial=receivers.TO_UKI,
        required=False,
    )
    office = forms.CharField(label=_("Which office?"), widget=forms.Select(), required=False, max_length=_SHORT)
    topic = forms.CharField(label=_("Topic"), widget=forms.Select(), required=False, max_length=_SHORT)
    concerns = PickField(
        label=_("Is it about somebody who would receive it?"),
        help_text=_("Ask the bringer, or see what the letter says. If so, it goes one level higher."),
        choices=list(receivers.CONCERNS.items()),
        error_messages={"required": _("Say whether it is about somebody who would receive it.")},
    )
    reported = LongTextField(
        rows=2,
        label=_("Reported persons"),
        help_text=_(
            "Names, one a line, as far as they were told. Who works in the receiving unit never gets it: it then goes"
            " up by itself."
        ),
        max_length=LONGEST_TEXT,
        required=False,
    )
    what = LongTextField(
        label=_("What happened?"),
        help_text=_("In the words of the bringer or of the letter. The rest can be told apart below."),
        max_length=LONGEST_TEXT,
        required=False,
    )
    where = forms.CharField(label=_("Where?"), max_length=LONGEST_TEXT, required=False)
    when = forms.CharField(label=_("When?"), max_length=LONGEST_TEXT, required=False)
    who = LongTextField(rows=2, label=_("Who was involved?"), max_length=LONGEST_TEXT, required=False)
    how = LongTextField(rows=3, label=_("How did it happen?"), max_length=LONGEST_TEXT, required=False)
    observations = LongTextField(
        rows=2,
        label=_("Your own observations"),
        help_text=_("For the unit alone: the state of the paper, what you were told besides. The reporter reads none."),
        max_length=desk.LONGEST_NOTE,
        required=False,
    )
    files = MultipleFileField(  # type: ignore[assignment]
        label=_("Scans and photos"), help_text=_("Each at most 10 MB, at most 20 files with 100 MB together.")
    )
    reply = PickField(
        label=_("How should the answer reach them?"),
        choices=_media,
        hints={
            USUAL: _("Counter and telephone: read with the slip. A letter: by letter. A box find: nobody is told."),
            "page": _("They read it with the slip. No name is needed."),
            "letter": _("Needs a name and an address."),
            "email": _("Needs their e-mail address."),
            "whatsapp": _("Needs their number."),
            "none": _("Only for a box find that says nothing about who wrote it."),
        },
        initial=USUAL,
        required=False,
    )
    reply_name = forms.CharField(label=_("Name on the letter"), max_length=_SHORT, required=False)
    reply_address = LongTextField(
        rows=2, label=_("Postal address, e-mail address or WhatsApp number"), max_length=_SHORT, required=False
    )
    reporter_kind = PickField(
        label=_("What do they say of themselves?"),
        choices=list(wording.REPORTER_KINDS.items()),
        initial="unsaid",
        required=False,
    )
    identity_name = forms.CharField(label=_("Name, in confidence"), max_length=_SHORT, required=False)
    identity_address = LongTextField(
        rows=2, label=_("Postal address, in confidence"), max_length=_SHORT, required=False
    )
    identity_note = LongTextField(
        rows=2,
        label=_("Anything else that only the identity vault may hold"),
        max_length=LONGEST_TEXT,
        required=False,
    )
