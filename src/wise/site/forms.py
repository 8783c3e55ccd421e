"""What the public pages ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.ui.forms import Form

_LONGEST = 100


class LetterForm(Form):
    """A letter's number and code. Both stand on the letter and are no secrets: they may stand in an address."""

    private = False

    nomor = forms.CharField(
        label=_("Number of the letter"),
        help_text=_("As it stands at the top of the letter, for example S-17/KNL.0303/2026."),
        max_length=_LONGEST,
        widget=forms.TextInput({"class": "code"}),
    )
    kode = forms.CharField(
        label=_("Code"),
        help_text=_(
            "Sixteen letters and digits from the foot of the letter. Capitals, spaces and hyphens do not matter."
        ),
        max_length=_LONGEST,
        widget=forms.TextInput({"class": "code"}),
    )
