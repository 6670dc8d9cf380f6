"""Forms about contributions: they check shape; the actions check sense."""

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.contributions.writing import MAX_TITLE


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Votre commentaire"), strip=False, widget=forms.Textarea)


class EditForm(forms.Form):
    title = forms.CharField(label=_("Titre"), max_length=MAX_TITLE, required=False, widget=forms.Textarea)
    text = forms.CharField(label=_("Texte"), strip=False, widget=forms.Textarea)
    based_on = forms.IntegerField(widget=forms.HiddenInput)
