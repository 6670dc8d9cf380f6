"""What people type at the door and about themselves."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.people import paper
from parvis.people.models import Person
from parvis.people.passwords import LONGEST
from parvis.people.zones import zone_names

_PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def _password(label: Any, *, is_new: bool) -> forms.CharField:
    autocomplete = "new-password" if is_new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "field"}),
    )


class SignInForm(LoginForm):
    """allauth's, with our words: it looks people up by identifier or mail and slows down each name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"] = forms.CharField(
            label=_("Adresse mail ou identifiant"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "class": "field", **_PLAIN}),
        )
        self.fields["password"] = _password(_("Mot de passe"), is_new=False)


class ForgottenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Adresse mail ou identifiant"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", **_PLAIN}),
    )


class PaperCodeForm(forms.Form):
    """Case, spaces and look-alikes are forgiven; what is left must have the right length."""

    code = forms.CharField(
        label=gettext_lazy("Code sur papier"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = paper.as_meant(self.cleaned_data["code"])
        if len(code) != paper.LENGTH:
            raise ValidationError(
                _("Un code a %(wanted)d lettres et chiffres\u202f; celui-ci en a %(found)d. Vérifiez la feuille.")
                % {"wanted": paper.LENGTH, "found": len(code)}
            )
        return code


class NewPasswordForm(forms.Form):
    """Typed once, with a button to see it: twice taught nobody anything, and is refused by WCAG 3.3.7."""

    password = _password(gettext_lazy("Nouveau mot de passe"), is_new=True)


class ChangePasswordForm(forms.Form):
    present = _password(gettext_lazy("Mot de passe actuel"), is_new=False)
    password = _password(gettext_lazy("Nouveau mot de passe"), is_new=True)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self._person.check_password(present):
            raise ValidationError(_("Ce n’est pas votre mot de passe actuel."))
        return present


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(label=gettext_lazy("Fuseau horaire"), required=False)

    class Meta:
        model = Person
        fields = ["about", "phone", "language", "time_zone", "theme"]
        labels = {"language": gettext_lazy("Langue"), "theme": gettext_lazy("Apparence")}
        help_texts = {
            "about": gettext_lazy("Ce que vous faites, ce qu’on peut vous demander. Vos collègues le liront."),
        }
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "language": forms.RadioSelect,
            "theme": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in zone_names()]
        self.fields["time_zone"].choices = [("", _("Celui de l’entreprise")), *zones]  # type: ignore[attr-defined]


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Photo"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    )
