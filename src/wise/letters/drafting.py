"""Drafting: a case's facts put into the words that the institution uses. People may change all of them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import dateformat, translation
from django.utils.translation import gettext as _

from wise.letters.content import Content, Urgency
from wise.people.models import Office
from wise.register.streams import Stream

# Stands in a draft where only a person can say what belongs there.
GAP = "…"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseFacts:
    """What is known of a case when a letter about it is written. Empty is left out.

    `channel` and `topic` are their labels. `recipient` is name and address where the reporter gave them for the answer.
    `steps`, `facts`, `conclusion` and `recommendation` are for the note to the head of office alone.
    """

    stream: Stream
    agenda_number: str
    received_on: datetime.date
    channel: str
    office: Office
    language: str = "id"
    topic: str = ""
    subject: str = ""
    result: str = ""
    follow_up: str = ""
    recipient: Sequence[str] = ()
    steps: str = ""
    facts: str = ""
    conclusion: str = ""
    recommendation: str = ""
    signer_title: str = ""
    signer_name: str = ""
    signer_number: str = ""


def response(facts: CaseFacts) -> Content:
    """The letter to the reporter. About a violation it goes to the reporter by agenda number, and nobody gets a copy.

    Nobody gets a copy either of what carries a reporter's name: it was given for this answer and for nothing else.
    """
    with translation.override(facts.language):
        recipient = _named(facts)
        above = facts.office.parent if facts.stream.running_number and not recipient else None
        return Content(
            language=facts.language,
            subject=_("Response to the complaint with agenda number %(number)s") % {"number": facts.agenda_number},
            urgency=Urgency.SOON.value,
            enclosures="-",
            recipient=recipient or (_("The reporter of agenda number %(number)s") % {"number": facts.agenda_number},),
            opening=_(
                "We refer to your complaint, which we received on %(date)s by %(channel)s under agenda number"
                " %(number)s, and write to tell you the following."
            )
            % _reference(facts),
            points=_response_points(facts),
            closing=_("We thank you for your attention and for helping us to serve better."),
            copies=(_("Head of %(office)s") % {"office": above.name},) if above else (),
            signer_title=facts.signer_title or _("Head of the Office"),
            signer_name=facts.signer_name,
            signer_number=facts.signer_number,
        )


def note(facts: CaseFacts) -> Content:
    """The note (nota dinas) by which a verification's result goes to the head of office. It names no reporter."""
    with translation.override(facts.language):
        return Content(
            language=facts.language,
            subject=_("Result of the verification of the complaint with agenda number %(number)s")
            % {"number": facts.agenda_number},
            urgency=Urgency.SOON.value,
            enclosures=_("One draft letter"),
            recipient=(_("Head of %(office)s") % {"office": facts.office.name},),
            opening=_(
                "We report the result of verifying the complaint with agenda number %(number)s, received on %(date)s by"
                " %(channel)s, as follows."
            )
            % _reference(facts),
            points=_labelled(
                (_("Subject of the complaint"), _joined(facts.topic, facts.subject)),
                (_("Steps of the verification"), facts.steps),
                (_("Facts and evidence"), facts.facts),
                (_("Conclusion"), facts.conclusion or facts.result),
                (_("Recommendation"), facts.recommendation),
                (_("Proposed follow-up"), facts.follow_up),
            ),
            closing=_("The draft of the response letter is enclosed for your decision."),
            copies=(),
            signer_title=facts.signer_title or _("Head of the Internal Compliance Section"),
            signer_name=facts.signer_name,
            signer_number=facts.signer_number,
        )


def transfer(facts: CaseFacts, *, recipient: Sequence[str]) -> Content:
    """The letter that hands a matter to an outside authority. It names no reporter, by no name and by no address.

    About a violation it does not say either when and how the report came: that could show from whom.
    """
    with translation.override(facts.language):
        above = facts.office.parent if facts.stream.running_number else None
        return Content(
            language=facts.language,
            subject=_("Transfer of the complaint with agenda number %(number)s") % {"number": facts.agenda_number},
            urgency=Urgency.SOON.value,
            enclosures="-",
            recipient=tuple(recipient),
            opening=_transfer_opening(facts),
            points=(
                *_labelled((_("Subject of the complaint"), _joined(facts.topic, facts.subject) or GAP)),
                _("The matter is within your authority; we ask you to deal with it under the rules that apply."),
                _(
                    "We protect who reported and do not pass it on. Questions to the reporter can be put through us,"
                    " under the agenda number above."
                ),
                _("We would be grateful to learn what becomes of it, so that we can tell the reporter."),
            ),
            closing=_("We thank you for your attention and your cooperation."),
            copies=(_("Head of %(office)s") % {"office": above.name},) if above else (),
            signer_title=facts.signer_title,
            signer_name=facts.signer_name,
            signer_number=facts.signer_number,
        )


def _transfer_opening(facts: CaseFacts) -> str:
    if facts.stream.running_number:
        return _(
            "We hand over to you the complaint with agenda number %(number)s, which we received on %(date)s by"
            " %(channel)s, as follows."
        ) % _reference(facts)
    return _("We hand over to you the matter that we keep under agenda number %(number)s, as follows.") % {
        "number": facts.agenda_number
    }


def _response_points(facts: CaseFacts) -> tuple[str, ...]:
    above = facts.office.parent
    told = _labelled(
        (_("Subject of the complaint"), _joined(facts.topic, facts.subject)),
        (_("Result of the verification"), facts.result),
        (_("Follow-up"), facts.follow_up),
    )
    elsewhere = _(
        "If this answer does not satisfy you, you may object to us, or turn to %(above)s, to the Ombudsman of the"
        " Republic of Indonesia, or to SP4N-LAPOR!."
    )
    elsewhere_only = _(
        "If this answer does not satisfy you, you may object to us, or turn to the Ombudsman of the Republic of"
        " Indonesia or to SP4N-LAPOR!."
    )
    return (*told, elsewhere % {"above": above.name} if above else elsewhere_only)


def _named(facts: CaseFacts) -> tuple[str, ...]:
    # A letter about a violation is never addressed to a name, whoever calls.
    return tuple(line for line in facts.recipient if line.strip()) if facts.stream.running_number else ()


def _reference(facts: CaseFacts) -> dict[str, str]:
    date = dateformat.format(facts.received_on, "j F Y")
    return {"number": facts.agenda_number, "date": date, "channel": _in_a_sentence(facts.channel)}


def _in_a_sentence(label: str) -> str:
    return label if any(letter.isupper() for letter in label[1:]) else label[:1].lower() + label[1:]


def _labelled(*parts: tuple[str, str]) -> tuple[str, ...]:
    return tuple(f"{label}: {_ended(text.strip())}" for label, text in parts if text.strip())


def _ended(text: str) -> str:
    return text if text[-1] in f".!?:;{GAP}" else f"{text}."


def _joined(*parts: str) -> str:
    return ". ".join(part.strip().removesuffix(".") for part in parts if part.strip())
