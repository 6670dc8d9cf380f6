"""What people type on their profile, one control for each field of the company; what administrators type of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.people.actions import PROFILE_WORDS, WantedOption
from parvis.people.answers import LONGEST_VALUE, MOST_VALUES, Answer, answer_of, read_words
from parvis.people.languages import MOST as MOST_LANGUAGES
from parvis.people.languages import language_choices
from parvis.people.models import BUILTINS, FieldOption, Person, ProfileField, Readers
from parvis.people.queries import FieldLine, OwnProfile

_KINDS = ProfileField.Kind
# Free choices of a language beside those already made.
_FREE_LANGUAGES = 2
_FREE_OPTIONS = 3


@dataclass(frozen=True)
class Row:
    """One field of the company on the form: `control` is None for what the directory keeps, `readers` where there is
    nothing to choose."""

    line: FieldLine
    control: BoundField | None
    readers: BoundField | None


class _Languages(forms.MultipleChoiceField):
    """Each a choice of its own on the page; those left open are none."""

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(code for code in super().to_python(value) if code))


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """On a copy of the person: a form that fails must not change the reader of its page."""

    langue = _Languages(required=False)

    class Meta:
        model = Person
        fields = list(PROFILE_WORDS)
        help_texts = {
            "about": gettext_lazy("Ce que vous faites, ce qu’on peut vous demander."),
            "pronounced": gettext_lazy("En lettres que tout le monde sait lire : « a-mi-na bé-na-li »."),
            "working_pattern": gettext_lazy("Vos jours et vos heures, vos équipes, en mots."),
            "phone_note": gettext_lazy("Un poste, un moment, une préférence."),
        }
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "pronounced": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "working_pattern": forms.TextInput(
                attrs={"placeholder": gettext_lazy("Du lundi au jeudi, en 2 × 8"), "dir": "auto"}
            ),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "phone_note": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: Any, own: OwnProfile, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._own = own
        self.fields["langue"].choices = language_choices()  # type: ignore[attr-defined]
        for name in BUILTINS:
            self._ask_readers(name, list(Readers), own.readers[name])
        for line in own.lines:
            field = line.field
            if not field.is_the_directorys:
                self.fields[f"champ_{field.pk}"] = _control(line)
            allowed = Readers.between(field.widest, field.narrowest)
            self._ask_readers(str(field.pk), allowed, line.readers)

    def _ask_readers(self, name: str, allowed: Sequence[Readers], now: Readers) -> None:
        choices = [each for each in Readers if each in allowed or each == now]
        if len(choices) > 1:
            self.fields[f"qui_{name}"] = forms.ChoiceField(
                label=_("Qui le lit"),
                choices=[(each.value, each.label) for each in choices],
                initial=now.value,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for line in self._own.lines:
            name = f"champ_{line.field.pk}"
            if name in self.fields and name in cleaned:
                try:
                    cleaned[name] = _answers(line, cleaned[name])
                except ValidationError as trouble:
                    self.add_error(name, trouble)
        if len(cleaned.get("langue", [])) > MOST_LANGUAGES:
            self.add_error("langue", _("Au plus %(most)d langues.") % {"most": MOST_LANGUAGES})
        return cleaned

    def said(self) -> dict[str, Any]:
        """As `actions.change_profile` takes it. What was not sent at all stays as it is."""
        cleaned = self.cleaned_data
        answers = {
            line.field.pk: cleaned[f"champ_{line.field.pk}"]
            for line in self._own.lines
            if f"champ_{line.field.pk}" in self.fields
        }
        readers: dict[str | int, str] = {}
        for name in self.fields:
            if name.startswith("qui_") and cleaned.get(name):
                key = name.removeprefix("qui_")
                readers[int(key) if key.isdecimal() else key] = cleaned[name]
        return {
            "words": {name: cleaned[name] for name in PROFILE_WORDS},
            "languages": cleaned["langue"],
            "answers": answers,
            "readers": readers,
        }

    def languages(self) -> list[str]:
        """What each choice of a language shows: those said, and a few free ones."""
        said = self.data.getlist("langue") if self.is_bound else list(self._own.languages)  # type: ignore[attr-defined]
        shown = [code for code in said if code][:MOST_LANGUAGES]
        return shown + [""] * min(_FREE_LANGUAGES, MOST_LANGUAGES - len(shown))

    def rows(self) -> Iterator[Row]:
        for line in self._own.lines:
            control, readers = f"champ_{line.field.pk}", f"qui_{line.field.pk}"
            yield Row(
                line,
                self[control] if control in self.fields else None,
                self[readers] if readers in self.fields else None,
            )


def _control(line: FieldLine) -> forms.Field:
    field, said = line.field, [answer_of(row) for row in line.values]
    given: dict[str, Any] = {"label": field.name, "help_text": field.help, "required": field.is_required}
    if field.kind == _KINDS.DATE:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return forms.DateField(widget=widget, initial=said[0].day if said else None, **given)
    if field.is_of_choices:
        options = [(str(option.pk), option.name) for option in line.options]
        chosen = [str(one.option_id) for one in said]
        if field.kind == _KINDS.CHOICES:
            given["required"] = field.is_required and bool(options)
            return forms.MultipleChoiceField(
                choices=options, widget=forms.CheckboxSelectMultiple, initial=chosen, **given
            )
        return forms.ChoiceField(choices=[("", "—"), *options], initial=chosen[0] if chosen else "", **given)
    initial = "\n".join(one.text for one in said)
    if field.has_several:
        given["help_text"] = " ".join(part for part in (field.help, _("Une réponse par ligne.")) if part)
        most = (LONGEST_VALUE + 2) * MOST_VALUES
        return forms.CharField(
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=most, initial=initial, **given
        )
    given |= {"max_length": LONGEST_VALUE, "initial": initial}
    mode = {"inputmode": "url", "autocapitalize": "none"} if field.kind == _KINDS.LINK else {"dir": "auto"}
    return forms.CharField(widget=forms.TextInput(attrs={**mode, "autocomplete": "off"}), **given)


def _answers(line: FieldLine, typed: Any) -> list[Answer]:
    kind = line.field.kind
    if kind == _KINDS.DATE:
        return [Answer(day=typed)] if typed else []
    if kind == _KINDS.CHOICE:
        return [Answer(option_id=int(typed))] if typed else []
    if kind == _KINDS.CHOICES:
        return [Answer(option_id=int(each)) for each in typed]
    return read_words(line.field, typed.splitlines(), line.options)


class FieldForm(forms.ModelForm):  # type: ignore[type-arg]
    """A field of every profile, with its answers when there are some to choose from."""

    class Meta:
        model = ProfileField
        fields = [
            "name_fr", "name_en", "help_fr", "help_en", "kind", "has_several", "owner", "is_required", "widest",
            "narrowest", "readers",
        ]  # fmt: skip
        labels = {
            "name_fr": gettext_lazy("Nom en français"),
            "name_en": gettext_lazy("Nom en anglais"),
            "help_fr": gettext_lazy("Aide en français"),
            "help_en": gettext_lazy("Aide en anglais"),
            "kind": gettext_lazy("Ce qu’on y met"),
            "has_several": gettext_lazy("Plusieurs réponses, une par ligne"),
            "owner": gettext_lazy("Qui le remplit"),
            "is_required": gettext_lazy("Demandé à tout le monde"),
            "widest": gettext_lazy("Au plus large"),
            "narrowest": gettext_lazy("Au plus étroit"),
            "readers": gettext_lazy("Au départ"),
        }
        help_texts = {
            "kind": gettext_lazy("Ne change plus ensuite."),
            "has_several": gettext_lazy("Pour un texte ou un lien."),
            "is_required": gettext_lazy("Sans réponse, la personne ne peut pas enregistrer son profil."),
        }
        widgets = {"kind": forms.RadioSelect, "owner": forms.RadioSelect}

    def __init__(self, data: Any = None, *, instance: ProfileField | None = None) -> None:
        super().__init__(data, instance=instance, label_suffix="")
        for name in ("widest", "narrowest", "readers"):
            self.fields[name].choices = [(each.value, each.of_each) for each in Readers]  # type: ignore[attr-defined]
        self._options: list[FieldOption] = list(instance.options.all()) if instance else []
        if instance:
            del self.fields["kind"]
            if instance.kind not in (_KINDS.TEXT, _KINDS.LINK):
                del self.fields["has_several"]
        else:
            self.fields["kind"].choices = _KINDS.choices  # type: ignore[attr-defined]
            self.initial.setdefault("kind", _KINDS.TEXT.value)

    def _post_clean(self) -> None:
        """The action judges, on the field as it is stored then."""

    def option_rows(self) -> list[dict[str, Any]]:
        """What the page shows for each option: those there are, as typed, then a few free ones."""
        rows = [
            {"id": o.pk, "fr": o.name_fr, "en": o.name_en, "is_retired": o.retired_at is not None}
            for o in sorted(self._options, key=lambda o: (o.retired_at is not None, o.position, o.pk))
        ]
        if self.is_bound:
            typed = _typed_options(self.data)
            known = {row["id"] for row in rows}
            return [row for row in typed if row["id"] is None or row["id"] in known] + _free(_FREE_OPTIONS)
        return rows + _free(_FREE_OPTIONS if rows else 2 * _FREE_OPTIONS)

    def options(self) -> list[WantedOption]:
        """A name in one language stands for both."""
        typed = _typed_options(self.data)
        return [
            WantedOption(row["fr"] or row["en"], row["en"] or row["fr"], row["id"], row["is_retired"]) for row in typed
        ]


def _free(count: int) -> list[dict[str, Any]]:
    return [{"id": None, "fr": "", "en": "", "is_retired": False} for _number in range(count)]


def _typed_options(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`option` names the rows in order (an id, or empty), `option_fr` and `option_en` say them; `option_gone`: ids."""
    ids, french, english = (data.getlist(name) for name in ("option", "option_fr", "option_en"))  # type: ignore[attr-defined]
    gone = set(data.getlist("option_gone"))  # type: ignore[attr-defined]
    rows = []
    for number, name_fr, name_en in zip(ids, french, english, strict=False):
        name_fr, name_en = (" ".join(name.replace("\0", "").split()) for name in (name_fr, name_en))
        pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
        if name_fr or name_en:
            rows.append({"id": pk, "fr": name_fr[:80], "en": name_en[:80], "is_retired": number in gone})
    return rows
