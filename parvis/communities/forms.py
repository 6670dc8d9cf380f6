"""What is typed about a community. Lengths and names are judged by the actions, so that a sentence has one home."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from parvis.communities.looks import HUES, ICONS
from parvis.communities.models import Community

_LINE = forms.TextInput(attrs={"autocomplete": "off"})


class CommunityForm(forms.Form):
    """For founding and for the settings."""

    name = forms.CharField(label=_("Son nom"), widget=_LINE)
    purpose = forms.CharField(label=_("À quoi elle sert"), widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("Son genre"), choices=Community.Kind.choices, widget=forms.RadioSelect)
    access = forms.ChoiceField(
        label=_("Qui lit, et comment on entre"), choices=Community.Access.choices, widget=forms.RadioSelect
    )
    rules = forms.CharField(label=_("La règle de la maison"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    icon = forms.ChoiceField(
        label=_("Son signe"), choices=list(ICONS.items()), widget=forms.RadioSelect, required=False
    )
    hue = forms.TypedChoiceField(
        label=_("Sa couleur"),
        choices=list(HUES.items()),
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, community: Community | None = None, **kwargs: Any) -> None:
        """With a community, its icon and hue can be kept even if the form no longer offers them."""
        super().__init__(*args, **kwargs)
        if community is not None:
            _offer(self.fields["icon"], community.icon)
            _offer(self.fields["hue"], community.hue)


class WordForm(forms.Form):
    """One sentence: with a request, an answer to it, or why somebody is taken out."""

    word = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """What an action refused, beside the field it names."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        for one in errors:
            form.add_error(name if name in form.fields else None, one)


def sentences(error: ValidationError) -> str:
    return " ".join(error.messages)


def _offer(field: forms.Field, value: str | int) -> None:
    assert isinstance(field, forms.ChoiceField)
    offered: list[Any] = [*cast(Any, field.choices)]
    if value not in dict(offered):
        field.choices = [(value, _("Comme maintenant")), *offered]
