"""What is typed about a skill of the shared list. Judged by the actions, so that a sentence has one home."""

from django import forms
from django.utils.translation import gettext_lazy as _

_LINE = {"autocomplete": "off", "dir": "auto"}


class SkillNamesForm(forms.Form):
    name_fr = forms.CharField(label=_("En français"), widget=forms.TextInput(attrs=_LINE), max_length=200)
    name_en = forms.CharField(
        label=_("En anglais"), widget=forms.TextInput(attrs=_LINE), max_length=200, required=False
    )
