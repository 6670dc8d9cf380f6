"""What is typed about a community. Lengths and names are judged by the actions, so that a sentence has one home."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from parvis.communities.looks import HUES, ICONS
from parvis.communities.models import Community, Policy, ProjectState
from parvis.people.models import Person

_LINE = forms.TextInput(attrs={"autocomplete": "off"})


class CommunityForm(forms.Form):
    """For founding and for the settings."""

    name = forms.CharField(label=_("Son nom"), widget=_LINE)
    purpose = forms.CharField(label=_("À quoi elle sert"), widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("Son genre"), choices=Community.Kind.choices, widget=forms.RadioSelect)
    access = forms.ChoiceField(
        label=_("Qui lit, et comment on entre"), choices=Community.Access.choices, widget=forms.RadioSelect
    )
    way_in = forms.ChoiceField(
        label=_("Comment on y entre pour écrire"),
        choices=[("", _("Comme il est dit ci-dessus")), *Community.WayIn.choices],
        widget=forms.RadioSelect,
        required=False,
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


class SettingsForm(CommunityForm):
    """Besides, how it looks and speaks once it exists."""

    talk = forms.ChoiceField(
        label=_("Comment on s’y parle"), choices=Community.Talk.choices, widget=forms.RadioSelect, required=False
    )
    shows_rules = forms.BooleanField(label=_("Montrer la règle au-dessus de ce qu’on écrit"), required=False)
    welcome = forms.CharField(
        label=_("Un mot pour qui vient d’entrer"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    landing = forms.CharField(
        label=_("Un mot pour qui n’y est pas encore"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    colour = forms.CharField(label=_("Une couleur à elle"), required=False, widget=_LINE)


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Une image"), widget=forms.FileInput(attrs={"accept": "image/*"}), allow_empty_file=True
    )


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


MILESTONES = (1, 2, 3)
_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "2000-01-01", "max": "2100-12-31"})


class ProjectForm(forms.Form):
    """« Où en est-on ? », all of it."""

    lead = forms.CharField(label=_("Qui mène"), required=False, widget=_LINE)
    next_step = forms.CharField(label=_("La prochaine étape"), required=False, widget=_LINE)
    next_step_on = forms.DateField(label=_("Sa date"), required=False, widget=_DAY)
    weather = forms.ChoiceField(
        label=_("Comment ça va"),
        choices=[("", _("On ne dit rien")), *ProjectState.Weather.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    weather_word = forms.CharField(label=_("En un mot"), required=False, widget=_LINE)
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in MILESTONES:
            self.fields[f"milestone_{n}"] = forms.CharField(label=_("Jalon"), required=False, widget=_LINE)
            self.fields[f"due_on_{n}"] = forms.DateField(label=_("Prévu le"), required=False, widget=_DAY)
            self.fields[f"reached_{n}"] = forms.BooleanField(label=_("Atteint"), required=False)


class DecisionForm(forms.Form):
    text = forms.CharField(label=_("Ce qui est décidé"), widget=forms.Textarea(attrs={"rows": 2}))
    decided_on = forms.DateField(label=_("Le"), widget=_DAY)


class StayForm(forms.Form):
    """How long a guest stays, and who answers for them."""

    ends_on = forms.DateField(label=_("Jusqu’au"), widget=_DAY)
    sponsor = forms.ChoiceField(label=_("Qui répond de cette personne"))

    def __init__(
        self, *args: Any, sponsors: Sequence[Person], first: date, last: date, usual: date, **kwargs: Any
    ) -> None:
        """`first`, `last`: between which days the end may lie, where the guest is; `usual`: what is proposed."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["sponsor"]).choices = [(one.pk, one.name) for one in sponsors]
        self.fields["ends_on"].initial = usual
        self.fields["ends_on"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}


class GuestForm(StayForm):
    """A guest who is in the directory is invited."""

    word = forms.CharField(label=_("Un mot"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class NewGuestForm(GuestForm):
    """Somebody from outside who is not."""

    name = forms.CharField(label=_("Son nom"), max_length=120, widget=_LINE)
    mail = forms.EmailField(
        label=_("Son adresse mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Sa langue"), choices=[("fr", "Français"), ("en", "English")])
    field_order = ("name", "mail", "language", "ends_on", "sponsor", "word")


class FoundForm(CommunityForm):
    """Besides, the birth contract: who animates too, and when one looks back."""

    second = forms.CharField(label=_("Qui l’animera avec vous"), required=False, widget=_LINE)
    review_on = forms.DateField(label=_("Quand refaire le point"), required=False, widget=_DAY)


class PolicyForm(forms.Form):
    founders = forms.ChoiceField(
        label=_("Qui peut fonder une communauté"), choices=Policy.Founders.choices, widget=forms.RadioSelect
    )
    may_be_secret = forms.BooleanField(label=_("Permettre des communautés secrètes"), required=False)


class PulseForm(forms.Form):
    word = forms.CharField(label=_("Un mot, pour qui l’anime avec vous"), required=False, widget=_LINE)
    review_on = forms.DateField(label=_("Quand refaire le point"), required=False, widget=_DAY)
