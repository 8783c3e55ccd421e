"""What officers fill in at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wise.ui.forms import Form, PasswordField


class SignIn(Form):
    """The way in. `next` is where the officer was going."""

    login = forms.CharField(label=_("Login"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = PasswordField(
        label=pgettext_lazy("officer", "Password"),
        help_text=_("The passphrase that you chose when you were entered, unless you have a password apart from it."),
        max_length=200,
    )
    unlock = PasswordField(
        label=_("Unlock passphrase, if it is another than the password"),
        help_text=_("It opens your keys. If you sign in with your passphrase, leave this empty."),
        max_length=200,
        required=False,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class Unlock(Form):
    """The passphrase of somebody whom the institution has named."""

    unlock = PasswordField(label=_("Your passphrase"), max_length=200)
