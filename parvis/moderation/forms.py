"""Forms of reports and decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.moderation.models import Report


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Pour quelle raison ?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    word = forms.CharField(
        label=_("Précisez si vous le souhaitez"), max_length=500, required=False, widget=forms.Textarea
    )


class DecisionForm(forms.Form):
    reason = forms.CharField(label=_("La raison, lue par les deux personnes"), max_length=500, widget=forms.Textarea)
