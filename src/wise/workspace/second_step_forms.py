"""What officers fill in about their second step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.ui.forms import Form

# No `inputmode`: a keypad of digits could not type a recovery code.
_ONE_TIME = {"autocomplete": "one-time-code", "autocapitalize": "characters", "class": "short"}


class Code(Form):
    """The second step of a sign-in."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your authenticator app shows now, or one of your recovery codes."),
        max_length=60,
        widget=forms.TextInput(attrs=_ONE_TIME),
    )


class App(Form):
    """A new authenticator app: what it is called, and that it works."""

    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("For example “office telephone”. Only you see it. It may be left out."),
        max_length=60,
        required=False,
    )
    code = forms.CharField(
        label=_("Code from the app"),
        help_text=_("Six digits. If they change while you type, type the new ones."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}),
    )


class Passkey(Form):
    """What the browser's script sends: a passkey's answer, as JSON."""

    passkey = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": _("No passkey answered. It needs scripts: without them use an authenticator app.")},
    )


class NewPasskey(Passkey):
    """A new passkey, and what it is called."""

    name = App.base_fields["name"]


class Sure(Form):
    """Nothing but the passphrase, where it is due (`proving.ask`)."""


class Login(Form):
    """Whose second step is taken off."""

    login = forms.CharField(label=_("Login"), max_length=60, help_text=_("The name they sign in with."))
