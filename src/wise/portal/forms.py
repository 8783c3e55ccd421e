"""The short forms: the account, signing in, recovering, a status, words and files for a report that was sent."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wise.portal.questions import LONGEST_TEXT, Questions
from wise.ui.forms import Form, LongTextField, MultipleFileField, PasswordField, PickField

NEW = "new"
EXISTING = "existing"
_LONGEST_NAME = 100
_LONGEST_PASSWORD = 500
_LONGEST_CODE = 200

_PSEUDONYM_HELP = _(
    "3 to 40 characters, no real name, and none that you use elsewhere. For example two words: “quiet river”."
)
_PASSWORD_HELP = _("At least 10 characters. Four words that do not belong together are strong and easy to keep.")


def _pseudonym(*, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Pseudonym"), help_text=help_text, max_length=_LONGEST_NAME, widget=forms.TextInput({"class": "short"})
    )


class AccountForm(Form):
    """With which pseudonym a report is sent. `warned_of` is the pseudonym that a warning was shown about already."""

    account = PickField(
        label=_("Have you been here before?"),
        choices=[(NEW, _("No, I choose a new pseudonym")), (EXISTING, _("Yes, I have a pseudonym"))],
        initial=NEW,
    )
    pseudonym = _pseudonym(help_text=_PSEUDONYM_HELP)
    password = PasswordField(
        label=pgettext_lazy("reporter", "Password"), help_text=_PASSWORD_HELP, max_length=_LONGEST_PASSWORD, new=True
    )
    warned_of = forms.CharField(required=False, widget=forms.HiddenInput())

    def warn(self, pseudonym: str, trace: str | Promise) -> None:
        """Warn once of a pseudonym that tells something: who sends it again has read the sentence (mission A2)."""
        if self.cleaned_data["warned_of"] == pseudonym:
            return
        self.data = {name: self.data.get(name, "") for name in self.fields} | {"warned_of": pseudonym}
        advice = _(
            "By it somebody could find out who you are. Better choose another one; if you want to keep it, type your"
            " password again and send."
        )
        self.add_error("pseudonym", f"{trace} {advice}")

    def for_member(self) -> None:
        """Ask nothing: who is signed in just sends."""
        self.fields.clear()


class SignInForm(Form):
    """Pseudonym and password."""

    pseudonym = _pseudonym()
    password = PasswordField(label=pgettext_lazy("reporter", "Password"), max_length=_LONGEST_PASSWORD)


class RecoverForm(Form):
    """A new password, against the recovery code."""

    pseudonym = _pseudonym()
    recovery_code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("The seven words from your receipt. Capitals and hyphens do not matter."),
        max_length=_LONGEST_CODE,
    )
    password = PasswordField(
        label=pgettext_lazy("reporter", "New password"),
        help_text=_PASSWORD_HELP,
        max_length=_LONGEST_PASSWORD,
        new=True,
    )


class NewCodeForm(Form):
    """A new recovery code, against the password."""

    password = PasswordField(label=_("Your password"), max_length=_LONGEST_PASSWORD)


class PasswordForm(Form):
    """A new password, against the old one."""

    password = PasswordField(label=_("Your password until now"), max_length=_LONGEST_PASSWORD)
    new_password = PasswordField(
        label=pgettext_lazy("reporter", "New password"),
        help_text=_PASSWORD_HELP,
        max_length=_LONGEST_PASSWORD,
        new=True,
    )


class StatusForm(Form):
    """A register number, and the words of a slip for who has one."""

    register_number = forms.CharField(
        label=_("Register number"),
        help_text=_("Twelve letters and digits from your receipt. Capitals, spaces and hyphens do not matter."),
        max_length=_LONGEST_CODE,
        widget=forms.TextInput({"class": "code"}),
    )
    passphrase = forms.CharField(
        label=_("Words on your slip, if you have one"),
        help_text=_("Seven words, or those you were shown when you first used the slip. They open the report itself."),
        max_length=_LONGEST_CODE,
        required=False,
    )


class MessageForm(Form):
    """Words to the unit. Its ids say which form of the page they are in."""

    text = LongTextField(
        rows=4,
        label=_("Your message"),
        help_text=_("Do not write who you are."),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write your message.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments."""
        super().__init__(*args, auto_id="message_%s", **kwargs)


class WithdrawalForm(Form):
    """That a report is withdrawn, in the reporter's own words."""

    text = LongTextField(
        rows=4,
        label=_("Your words to the unit"),
        help_text=_("One sentence is enough. You need not say why. Do not write who you are."),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Tell the unit that you withdraw the report.")},
    )


class ObjectionForm(Form):
    """That a reporter does not agree with the answer, and why."""

    text = LongTextField(
        rows=6,
        label=_("What is wrong with the answer?"),
        help_text=_("Say what it leaves out or has wrong. Do not write who you are."),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write what you object to.")},
    )


class ConfidingForm(Form):
    """Who the reporter is, for the vault; asked as before the report was sent."""

    identity_name = Questions.base_fields["identity_name"]
    identity_address = Questions.base_fields["identity_address"]
    identity_note = Questions.base_fields["identity_note"]


class AdditionForm(Form):
    """Words and files for a report that was sent. Its ids say which form of the page they are in."""

    text = LongTextField(rows=4, label=_("What would you like to add?"), max_length=LONGEST_TEXT, required=False)
    files = MultipleFileField(  # type: ignore[assignment]
        label=_("Photos, documents, videos, recordings"),
        help_text=_("Each at most 10 MB, at most 20 files with 100 MB together."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments."""
        super().__init__(*args, auto_id="addition_%s", **kwargs)


class HeldForm(Form):
    """The words of an addition that waits to be looked through; the questions about its files are added."""

    text = LongTextField(rows=6, label=_("What you add"), max_length=LONGEST_TEXT, required=False)


class FilesForm(Form):
    """Files for a draft."""

    files = MultipleFileField(  # type: ignore[assignment]
        label=_("Photos, documents, videos, recordings"),
        help_text=_("Each at most 10 MB, at most 20 files with 100 MB together."),
    )
