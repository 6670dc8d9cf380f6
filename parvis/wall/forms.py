"""The composer's form."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.contributions.writing import MAX_TITLE
from parvis.wall.queries import Destination


class _ForSomebody(forms.Form):
    """« Pour qui ? », among the places where this person may publish."""

    audience = forms.TypedChoiceField(label=_("Pour qui ?"), coerce=int)

    def __init__(self, *args: Any, destinations: list[Destination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(d.audience_id), d.name) for d in destinations]
        if len(choices) > 1:
            choices.insert(0, ("", gettext("Choisir…")))
        self.fields["audience"].error_messages["required"] = _(
            "Choisissez pour qui vous écrivez. Votre texte est gardé."
        )
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        self.fields["audience"].error_messages["invalid_choice"] = _(
            "Vous ne pouvez pas publier ici. Choisissez un autre endroit : votre texte est gardé."
        )


class PublishForm(_ForSomebody):
    title = forms.CharField(label=_("Titre"), max_length=MAX_TITLE, required=False, widget=forms.Textarea)
    text = forms.CharField(label=_("Texte"), strip=False, widget=forms.Textarea)


class RecommendForm(_ForSomebody):
    text = forms.CharField(
        label=_("Votre mot"),
        strip=False,
        widget=forms.Textarea,
        error_messages={"required": _("Dites en un mot pourquoi : c’est ce qui donne envie de lire.")},
    )
