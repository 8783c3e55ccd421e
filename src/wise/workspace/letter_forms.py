"""What an editor fills in about letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wise.letters.editing import LONGEST_SOURCE
from wise.letters.numbers import LONGEST
from wise.ui.forms import Form, LongTextField


class TemplateForm(Form):
    """The source of a template, and the version that the editor went on from."""

    source = LongTextField(
        label=_("Source of the template (typst)"),
        help_text=_("The words of a letter come in as “data”. A fault is told with its line."),
        max_length=LONGEST_SOURCE,
        widget=forms.Textarea({"rows": 32, "class": "code", "wrap": "off"}),
    )
    since = forms.IntegerField(min_value=0, widget=forms.HiddenInput())


class PatternForm(Form):
    """How numbers are written."""

    pattern = forms.CharField(
        label=_("How numbers are written"),
        help_text=_(
            "{kind} is S for letters and ND for notes, {number} counts, {office} is the office's letter code, {year}"
            " the year. For example {kind}-{number}/MK/{office}/{year}."
        ),
        max_length=LONGEST,
        widget=forms.TextInput({"class": "code"}),
    )
