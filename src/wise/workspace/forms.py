"""What officers fill in, but for the forms of moves; and which field a refusal of the domain is about."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar, override

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wise.casework.inbox import SORTS, VIEWS, Wanted
from wise.casework.workflow import STATUSES
from wise.people.kinds import ACTING, Role, RoleRow
from wise.refusals import Refused
from wise.register.streams import STREAMS
from wise.ui.forms import DayField, Form, PasswordField, PickField
from wise.workspace import wording

NEW = "new"
KNOWN = "existing"
_LAST_PAGE = 1_000_000  # an address is easily mistyped

# Which field a refusal of the domain is about; one that is about none stands above the form.
_FIELD_OF = {
    "note-missing": "note",
    "text-missing": "text",
    "files-missing": "files",
    "too-many-files": "files",
    "too-much": "files",
    "case-full": "files",
    "scan-missing": "files",
    "files-unknown": "rests_on",
    "paper-missing": "paper_on",
    "paper-day-wrong": "paper_on",
    "unit-missing": "unit",
    "conclusion-missing": "conclusion",
    "until-missing": "until",
    "steps-missing": "steps",
    "facts-missing": "facts",
    "recommendation-missing": "recommendation",
    "letter-missing": "points",
    "letter-incomplete": "points",
    "actions-missing": "what_1",
    "actions-incomplete": "what_1",
    "actions-past": "due_1",
    "improvement-missing": "improvement",
    "delivery-missing": "medium",
    "medium-not-open": "medium",
    "no-address": "medium",
    "receipt-missing": "receipt",
    "handed-on-missing": "handed_on",
    "officer-missing": "officer",
    "addressees-missing": "first",
    "instructions-missing": "instructions",
    "urgency-missing": "urgency",
    "back-by-past": "back_by",
    "task-missing": "task",
    "task-past": "task_due",
    "colleague-missing": "colleague",
    "task_done-missing": "task_done",
    "not-urgent": "urgency",
    "tag-not-open": "tags",
    "tag-name": "tag_name",
    "tag-there": "tag_name",
    "number-missing": "number",
    "names-missing": "name",
    "authority-name": "name",
    "authority-there": "name",
    "authority-address": "address",
    "no-such-officer": "login",
    "login-odd": "login",
    "name-taken": "login",
    "has-role": "role",
    "is-proposed": "role",
    "not-yours-to-give": "role",
    "role-misplaced": "role",
    "acting-no-head": "acting",
    "acting-kind-missing": "acting",
    "acting-until-missing": "until",
    "acting-past": "until",
    "no-members": "unit",
    "both-custodians": "login",
    "kind-missing": "kind",
    "is-asked": "kind",
    "nothing-to-disclose": "kind",
    "reason-missing": "reason",
    "purpose-missing": "purpose",
    "answer-missing": "answer",
    "own-second-step": "login",
    "no-second-step": "login",
    "wrong-code": "code",
    "wrong-proof": "proof",
    "passkey-not-made": "name",
}
# Where a new passphrase is typed; only one of these fields is on a form.
_NEW_PASSPHRASE = ("passphrase", "new")


def refuse(form: Form, refused: Refused) -> None:
    """Put the domain's refusal where the officer can act on it."""
    field, sentence = _FIELD_OF.get(refused.code), refused.sentence
    if refused.code in wording.WEAK_PASSPHRASE:
        field = next((name for name in _NEW_PASSPHRASE if name in form.fields), None)
        sentence = wording.WEAK_PASSPHRASE[refused.code]
    if refused.code == "wrong-sign-in" and "old" in form.fields:
        field, sentence = "old", wording.WRONG_PASSPHRASE
    form.add_error(field if field in form.fields else None, str(sentence))


class _Repeated(Form):
    """A form on which a new passphrase is typed twice: `first` and `second` name its fields."""

    first: ClassVar[str]
    second: ClassVar[str]

    @override
    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        given = self.cleaned_data
        if given.get(self.first) and given.get(self.second) and given[self.first] != given[self.second]:
            self.add_error(self.second, _("The two passphrases differ. Type the same one twice."))
        return given


class NewPassphrase(_Repeated):
    """A new passphrase for oneself."""

    first, second = "new", "again"
    old = PasswordField(label=_("Present passphrase"), max_length=200)
    new = PasswordField(
        new=True,
        label=_("New passphrase"),
        help_text=_("At least 10 characters. Several words that do not belong together are best."),
        max_length=200,
    )
    again = PasswordField(new=True, label=_("New passphrase once more"), max_length=200)


class ForgottenPassphrase(_Repeated):
    """A new passphrase of a colleague who sits at this screen and lost the old one."""

    first, second = "new", "again"
    new = NewPassphrase.base_fields["new"]
    again = NewPassphrase.base_fields["again"]


class Recovery(_Repeated):
    """A new passphrase, against the recovery code."""

    first, second = "new", "again"
    login = forms.CharField(label=_("Login"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    recovery_code = forms.CharField(
        label=pgettext_lazy("officer", "Recovery code"),
        help_text=_("Seven words, on the paper that you locked away. Capitals and hyphens do not matter."),
        max_length=200,
    )
    new = NewPassphrase.base_fields["new"]
    again = NewPassphrase.base_fields["again"]


class UnitChoice(Form):
    """For which unit somebody is proposed, where there are several; sent as part of the address."""

    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, *args: Any, units: Sequence[Any], **kwargs: Any) -> None:
        """Offer these units."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a unit")), *((str(unit.id), unit.name) for unit in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined] # a ChoiceField has them


class ServiceNumber(Form):
    """The number of somebody who is there already."""

    service_number = forms.CharField(
        label=_("Service number (NIP)"),
        help_text=_("It stands below the name from the next letter on; letters that were issued do not change."),
        max_length=30,
        required=False,
    )


class Proposal(_Repeated):
    """Putting an officer forward: one who is there already, or a new one who sits at this screen."""

    first, second = "passphrase", "again"
    role = PickField(label=_("Role"), hints={role.value: hint for role, hint in wording.ROLE_HINTS.items()})
    acting = PickField(
        label=_("For how long"),
        choices=[("", _("For good")), *((row.kind.value, row.label) for row in ACTING.values())],
        hints={row.kind.value: row.hint for row in ACTING.values()},
        initial="",
        required=False,
    )
    until = DayField(
        label=_("Last day of an acting head"),
        help_text=_("The appointment ends by itself with this day. For good: leave it empty."),
        required=False,
    )
    who = PickField(
        label=_("Who is proposed"),
        choices=[(KNOWN, _("Somebody who already signs in to WiSe")), (NEW, _("A new officer, who is here with you"))],
        hints={NEW: _("They type their passphrase themselves, unseen. Nobody can read or reset it.")},
        initial=KNOWN,
    )
    login = forms.CharField(label=_("Login"), max_length=60, help_text=_("The name they sign in with."))
    name = forms.CharField(label=_("Full name"), max_length=120, required=False)
    service_number = forms.CharField(
        label=_("Service number (NIP)"),
        help_text=_("It stands below the name on letters that this officer signs. It may be left out."),
        max_length=30,
        required=False,
    )
    passphrase = PasswordField(
        new=True,
        label=_("Passphrase"),
        help_text=_("At least 10 characters. Several words that do not belong together are best."),
        max_length=200,
        required=False,
    )
    again = PasswordField(new=True, label=_("Passphrase once more"), max_length=200, required=False)

    def __init__(self, *args: Any, roles: Sequence[RoleRow], **kwargs: Any) -> None:
        """Offer these roles; a single one is chosen already. Only a head of office can be an acting one."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(row.role.value, row.label) for row in roles]  # type: ignore[attr-defined] # a ChoiceField has them
        self.fields["role"].initial = roles[0].role.value if len(roles) == 1 else None
        if Role.HEAD not in {row.role for row in roles}:
            del self.fields["acting"], self.fields["until"]

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for what a new officer needs."""
        given = super().clean()
        if given.get("who") == NEW:
            for name, sentence in wording.NEW_OFFICER_NEEDS.items():
                if not given.get(name):
                    self.add_error(name, str(sentence))
        return given


class Filter(Form):
    """What an inbox is narrowed down by; sent as part of the address, hence no secrets here."""

    view = forms.ChoiceField(choices=[(code, code) for code in VIEWS], required=False, widget=forms.HiddenInput)
    agenda = forms.CharField(label=_("Agenda number"), max_length=60, required=False)
    stream = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All")), *((row.code, row.label) for row in STREAMS.values())],
        required=False,
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("All")), *((row.code, row.label) for row in STATUSES.values())],
        required=False,
    )
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=[(code, wording.SORTS[code]) for code in SORTS], required=False)
    page = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=_LAST_PAGE)

    def __init__(self, *args: Any, tags: Sequence[Any] = (), **kwargs: Any) -> None:
        """Offer these tags; without any, nothing is asked about them."""
        super().__init__(*args, **kwargs)
        if not tags:
            del self.fields["tag"]
            return
        names = [
            (str(tag.id), _("%(name)s (out of use)") % {"name": tag.name} if tag.is_retired else tag.name)
            for tag in tags
        ]
        self.fields["tag"].choices = [("", _("All")), *names]  # type: ignore[attr-defined] # a ChoiceField has them


def wanted(form: Filter) -> Wanted:
    """What the address asks for; whatever makes no sense is left out, an address is easily mistyped."""
    form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value}
    tag = uuid.UUID(given.pop("tag")) if "tag" in given else None
    return Wanted(**given, tag=tag)
