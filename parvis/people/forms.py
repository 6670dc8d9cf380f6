"""What people type at the door and about themselves."""

from datetime import date, datetime, time
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.kernel.web.dates import clock
from parvis.people import paper
from parvis.people.models import Person, Presence
from parvis.people.passwords import LONGEST
from parvis.people.presence import LAST_MINUTE, MORNING, ends_offered, state_in_words
from parvis.people.presence import LONGEST as LONGEST_PRESENCE
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
        fields = ["language", "time_zone", "theme"]
        labels = {"language": gettext_lazy("Langue"), "theme": gettext_lazy("Apparence")}
        widgets = {
            "language": forms.RadioSelect,
            "theme": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in zone_names()]
        self.fields["time_zone"].choices = [("", _("Celui de l’entreprise")), *zones]  # type: ignore[attr-defined]


class PhotoForm(forms.Form):
    """`x`, `y`, `side`: the square that was framed, in pixels of the picture as it stands upright."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        max_length=1000,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}),
    )

    def square(self) -> tuple[int, int, int] | None:
        """None where nothing was framed (no script, or a browser that cannot show the picture)."""
        typed = [self.data.get(name, "") for name in ("x", "y", "side")]
        if not all(word.isascii() and word.isdecimal() and len(word) < 7 for word in typed):
            return None
        x, y, side = map(int, typed)
        return (x, y, side) if side else None


class PresenceForm(forms.Form):
    """What one says of the moment, and until when: a moment that comes soon, a day, or no end."""

    DAY, OPEN = "day", "open"
    state = forms.ChoiceField(label=gettext_lazy("Pour les autres"), widget=forms.RadioSelect)
    end = forms.ChoiceField(label=gettext_lazy("Jusqu’à quand"), widget=forms.RadioSelect)
    day = forms.DateField(
        label=gettext_lazy("Le jour"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    hour = forms.TimeField(
        label=gettext_lazy("L’heure"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    word = forms.CharField(
        label=gettext_lazy("Un mot"), required=False, widget=forms.TextInput(attrs={"maxlength": 80})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "label_suffix": ""})
        self.ends = ends_offered(timezone.localtime())
        self.fields["state"].choices = [(state.value, state_in_words(state)) for state in Presence.State]  # type: ignore[attr-defined]
        offered = [(name, _end_in_words(name, at)) for name, at in self.ends.items()]
        self.fields["end"].choices = [  # type: ignore[attr-defined]
            *offered,
            (self.DAY, _("Un jour précis")),
            (self.OPEN, _("Sans fin : jusqu’à ce que je change")),
        ]

    def until(self) -> datetime | None:
        """Of a valid form. Raises ValidationError."""
        end = self.cleaned_data["end"]
        if end == self.OPEN:
            return None
        if end != self.DAY:
            return self.ends[end]
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if day is None:
            raise ValidationError({"day": _("Choisissez le jour.")})
        return _moment(day, hour, is_return=self.cleaned_data["state"] == Presence.State.AWAY)


def _moment(day: date, hour: time | None, *, is_return: bool) -> datetime:
    """In the zone of whoever declares. A day without an hour lasts until its end; a return begins in the morning. An
    hour that the change of clocks skips is the one after it."""
    if day > (timezone.now() + LONGEST_PRESENCE).date():  # before a year that no clock knows
        raise ValidationError({"day": _("C’est trop loin : choisissez une date dans les trois ans.")})
    naive = datetime.combine(day, hour or (MORNING if is_return else LAST_MINUTE))
    try:
        return timezone.make_aware(naive)
    except (OverflowError, ValueError) as impossible:
        raise ValidationError({"day": _("Ce moment est déjà passé : choisissez-en un à venir.")}) from impossible


def _end_in_words(name: str, at: datetime) -> str:
    words = {
        "hour": _("Une heure, jusqu’à %(clock)s"),
        "noon": _("Ce midi"),
        "evening": _("Ce soir, %(clock)s"),
        "morning": _("Demain matin, %(clock)s"),
    }
    return words[name] % {"clock": clock(timezone.localtime(at))} if name != "noon" else words[name]
