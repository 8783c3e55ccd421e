"""What pages say about rows of the domain's tables: hints, labels, duties. A test sees that no row is left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework.access import Desk
from wise.casework.reading import OpenedCase
from wise.people.kinds import ROLES, Role, RoleRow
from wise.register.entry import Told
from wise.register.streams import REPLY_MEDIA, ReplyMedium

ELEMENTS: Mapping[str, Promise] = {
    "what": _("What"),
    "where": _("Where"),
    "when": _("When"),
    "who": _("Who"),
    "how": _("How"),
}

REPORTER_KINDS: Mapping[str, Promise] = {
    "unsaid": _("does not say who they are"),
    "internal": _("says that they work at the ministry"),
    "external": _("says that they are a member of the public"),
}

SORTS: Mapping[str, Promise] = {
    "due": _("Due date, nearest first"),
    "newest": _("Received, newest first"),
    "oldest": _("Received, oldest first"),
    "changed": _("Last change, newest first"),
}

ROLE_HINTS: Mapping[Role, Promise] = {
    Role.FRONT_DESK: _("Receives reports at the counter. Gets no key and sees no case."),
    Role.OPERATOR: _("Receives reports by telephone. Gets no key and sees no case."),
    Role.VERIFIER: _(
        "Opens, verifies and answers the cases of the unit, and proposes and confirms colleagues. Gets the unit's key."
    ),
    Role.UNIT_HEAD: _("May do all that the officers who handle the unit's cases may. Gets the unit's key."),
    Role.HEAD: _("Opens the cases that are put before the head of office. Gets the key of the leadership."),
    Role.INVESTIGATOR: _(
        "Opens, examines and answers the cases of the unit, and proposes and confirms colleagues. Gets the unit's key."
    ),
    Role.OVERSIGHT: _("Watches over due dates and figures. Gets no key and sees no case."),
    Role.CUSTODIAN: _("Guards the identities of reporters. Gets the unit's key, and sees no case."),
    Role.AUDITOR: _("Checks the log of the whole institution. Gets no key and sees no case."),
    Role.EDITOR: _(
        "Keeps the table of holidays and writes the public articles of the office. Gets no key and sees no case."
    ),
    Role.ADMIN: _("Runs WiSe and proposes officers for every unit. Gets no key and sees no case."),
}

# The rules of a reporter's password hold for an officer's passphrase; here they are told in its own word.
WEAK_PASSPHRASE: Mapping[str, Promise] = {
    "password-short": _("Choose a passphrase of at least 10 characters, for example four words."),
    "password-long": _("Choose a passphrase of at most 200 characters."),
    "password-guessable": _(
        "This passphrase is easy to guess. Use several words that do not belong together, or a longer phrase."
    ),
}
WRONG_PASSPHRASE = _("This is not your present passphrase. Please check it.")

NEW_OFFICER_NEEDS: Mapping[str, Promise] = {
    "name": _("Write the new officer's full name."),
    "passphrase": _("The new officer must type a passphrase."),
    "again": _("The new officer must type the passphrase once more."),
}

DUTIES: Mapping[Role, Promise] = {
    Role.FRONT_DESK: _(
        "You record reports from the counter and from the box, and hand over the slip. Once recorded, they are with"
        " the unit and no longer with you."
    ),
    Role.OPERATOR: _(
        "You record reports that come by telephone, and tell the caller what stands on the slip. Once recorded, they"
        " are with the unit and no longer with you."
    ),
    Role.OVERSIGHT: _(
        "You watch over how reports are handled, without seeing what they say. The pages with figures and due dates"
        " are not there yet."
    ),
    Role.CUSTODIAN: _(
        "You guard the identities of reporters, and decide under Identities about requests to open one. You can confirm"
        " new members of your unit under People."
    ),
    Role.AUDITOR: _(
        "You check the log. The page for reading it is not there yet; the command “wise log verify” on the server"
        " proves that no line was changed, added or removed."
    ),
    Role.EDITOR: _(
        "You keep the table of holidays. You write the public articles of your office too; the page for that is not"
        " there yet."
    ),
    Role.ADMIN: _(
        "You run WiSe and propose officers under People; a member of their unit confirms them. Under Holidays you keep"
        " the table of days without work, and choose the time limits of new cases. You hold no key, so you can open no"
        " report and see none listed."
    ),
}
_NO_DUTY = _("Your role needs the key of your unit, which a member of the unit must still hand over to you.")


@dataclass(frozen=True, slots=True)
class Duty:
    """What an officer without cases does, and what WiSe has for it at present."""

    role: RoleRow
    place: str
    sentence: Promise


@dataclass(frozen=True, slots=True)
class Element:
    """One of the five elements as it was told; empty where nothing was said."""

    label: Promise
    text: str


def duties_of(desk: Desk) -> list[Duty]:
    """The officer's roles with a sentence each."""
    return [
        Duty(ROLES[role], place.name, DUTIES.get(role, _NO_DUTY))
        for place in desk.places
        for role in sorted(desk.roles_at(place.id))
    ]


def elements_of(told: Told) -> list[Element]:
    """The five elements, labelled."""
    return [Element(ELEMENTS[name], text.strip()) for name, text in told.elements.items()]


def reply_medium_of(told: Told) -> ReplyMedium:
    """How the reporter wants the answer."""
    return REPLY_MEDIA[told.reply_medium]


def reporter_kind_of(told: Told) -> Promise:
    """What the reporter said to be."""
    return REPORTER_KINDS[told.reporter_kind]


def files_to_choose(opened: OpenedCase) -> list[tuple[str, str]]:
    """The files of a case by their labels, as a list to choose from shows them: the unit's own by their names too."""
    given = [(file.row.label, file.neutral_name) for file in opened.files]
    return given + [(file.row.label, f"{file.neutral_name} ({file.name})") for file in opened.exhibits]
