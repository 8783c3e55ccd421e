"""What a reporter is asked, field by field. Only one sentence about what happened must be there (mission A1, A9)."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework import receivers
from wise.register.streams import REPLY_MEDIA, REPORTER_KINDS, STREAMS
from wise.ui.answers import Answers
from wise.ui.forms import LongTextField, MultipleFileField, PickField

LONGEST_TEXT = 20_000
_SHORT = 300
_RECEIVERS = (
    (receivers.TO_UKI, _("The internal compliance unit (UKI) of the directorate general")),
    (receivers.TO_IBI, _("The Inspectorate General’s investigators (IBI), outside the directorate general")),
)


def _streams() -> list[tuple[str, Promise]]:
    return [(row.code, row.label) for row in STREAMS.values()]


def _media() -> list[tuple[str, Promise]]:
    return [(row.code, row.label) for row in REPLY_MEDIA.values() if row.offered]


class Questions(Answers):
    """Everything that can be told."""

    stream = PickField(
        label=_("What is it about?"),
        choices=_streams,
        hints={row.code: row.hint for row in STREAMS.values()},
        error_messages={"required": _("Choose what your report is about.")},
    )
    receiver = PickField(
        label=_("Who should receive it?"),
        help_text=_("Only for a suspected violation. Everything else goes to the compliance unit of the office."),
        choices=_RECEIVERS,
        initial=receivers.TO_UKI,
        required=False,
    )
    office_search = forms.CharField(
        label=_("Find an office"),
        help_text=_("A part of its name is enough, for example the town."),
        max_length=_SHORT,
        required=False,
    )
    office = forms.CharField(label=_("Which office?"), widget=forms.Select(), required=False, max_length=_SHORT)
    concerns = PickField(
        label=_("Is it about somebody who would receive this report?"),
        help_text=_(
            "If so, it goes one level higher, and the people it concerns never get a key to it. Nobody learns what"
            " you answered here."
        ),
        # Nothing is chosen beforehand: who overlooks the question would send the report to whom it is about.
        choices=list(receivers.CONCERNS.items()),
        error_messages={"required": _("Say whether it is about somebody who would receive this report.")},
    )
    topic = forms.CharField(label=_("Topic"), widget=forms.Select(), required=False, max_length=_SHORT)
    what = LongTextField(
        label=_("What happened?"),
        help_text=_("The act that you saw, heard or experienced. One sentence is enough to begin with."),
        max_length=LONGEST_TEXT,
        required=False,
    )
    where = forms.CharField(
        label=_("Where?"), help_text=_("Office, room, or another place."), max_length=LONGEST_TEXT, required=False
    )
    when = forms.CharField(
        label=_("When?"),
        help_text=_("Day and time as well as you remember; “every Monday morning” is fine too."),
        max_length=LONGEST_TEXT,
        required=False,
    )
    who = LongTextField(
        rows=2,
        label=_("Who was involved?"),
        help_text=_(
            "Name, position, or what the person looked like. Do not write who you are, nor how you know that person."
        ),
        max_length=LONGEST_TEXT,
        required=False,
    )
    how = LongTextField(
        rows=4,
        label=_("How did it happen?"),
        help_text=_("Step by step, as far as you know. What evidence is there, and where?"),
        max_length=LONGEST_TEXT,
        required=False,
    )
    files = MultipleFileField(  # type: ignore[assignment]
        label=_("Photos, documents, videos, recordings"),
        help_text=_("Each at most 10 MB, at most 20 files with 100 MB together."),
    )
    reply = PickField(
        label=_("How should we answer?"),
        help_text=_(
            "Whatever you choose, the answer stands on the page of your report. This version of WiSe sends no letter,"
            " e-mail or WhatsApp message: the unit that answers sends it by hand."
        ),
        choices=_media,
        hints={
            "page": _("You sign in with your pseudonym and read it. Nobody needs to know who you are."),
            "letter": _("Sent by the unit, by post. We need a name and an address."),
            "email": _("Sent by the unit. We need your e-mail address."),
            "whatsapp": _("Sent by the unit. We need your number."),
        },
        initial="page",
        required=False,
    )
    reply_name = forms.CharField(
        label=_("Name on the letter"),
        help_text=_("Only for a letter: for any other answer no name is kept."),
        max_length=_SHORT,
        required=False,
    )
    reply_address = LongTextField(
        rows=2,
        label=_("Postal address, e-mail address or WhatsApp number"),
        max_length=_SHORT,
        required=False,
    )
    reporter_kind = PickField(
        label=_("Who are you to us?"), choices=list(REPORTER_KINDS.items()), initial="unsaid", required=False
    )
    identity_name = forms.CharField(label=_("Your name"), max_length=_SHORT, required=False)
    identity_address = LongTextField(
        rows=3,
        label=_("Your postal address"),
        help_text=_("Only if a letter should reach you whose writer does not learn who you are."),
        max_length=_SHORT,
        required=False,
    )
    identity_note = LongTextField(
        rows=3,
        label=_("Anything else that only the identity vault may hold"),
        help_text=_("For example how you can be reached if you must be protected."),
        max_length=LONGEST_TEXT,
        required=False,
    )
