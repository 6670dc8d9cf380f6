"""What people say of themselves and who reads it, what the directory says in the company's fields, and the fields."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.kernel import events
from parvis.people.answers import MOST_VALUES, Answer, answer_of
from parvis.people.events import PersonChanged
from parvis.people.languages import MOST as MOST_LANGUAGES
from parvis.people.languages import is_known
from parvis.people.models import (
    BUILTINS,
    FieldOption,
    FieldReaders,
    FieldValue,
    Person,
    ProfileField,
    Readers,
    SpokenLanguage,
    SuggestionPutAway,
)

# The words of a profile that are their person's own.
PROFILE_WORDS = ("about", "pronounced", "working_pattern", "phone", "phone_note")


@transaction.atomic
def change_profile(
    *,
    person: Person,
    words: Mapping[str, str],
    languages: Sequence[str] | None = None,
    answers: Mapping[int, Sequence[Answer]] | None = None,
    readers: Mapping[str | int, str] | None = None,
) -> None:
    """One's own profile, all at once. `words`: some of PROFILE_WORDS; `languages`: codes, in order; `answers`: by the
    id of a field of one's own; `readers`: by the name of what every profile has, or the id of a field. What is left
    out stays as it is. Raises ValidationError, and then nothing is written."""
    unknown = set(words) - set(PROFILE_WORDS)
    if unknown:
        raise TypeError(f"not one's own to change: {sorted(unknown)}")
    Person.objects.select_for_update().get(pk=person.pk)  # two tabs write one after the other
    for name, word in words.items():
        setattr(person, name, word)
    person.full_clean(
        exclude=[f.name for f in Person._meta.fields if f.name not in words],
        validate_unique=False,
        validate_constraints=False,
    )
    if words:
        person.save(update_fields=list(words))
    if languages is not None:
        _speak(person, languages)
    ids = [*(answers or {}), *(key for key in readers or {} if isinstance(key, int))]
    fields = ProfileField.objects.filter(retired_at__isnull=True).in_bulk(ids)
    for field_id, said in (answers or {}).items():
        field = fields.get(field_id)
        if field is None or field.is_the_directorys:
            raise PermissionDenied
        _write(person, field, said)
    for key, level in (readers or {}).items():
        _let_read(person, key, level, fields)
    events.publish(PersonChanged(person_id=person.pk))


@transaction.atomic
def answer_for(*, person: Person, field: ProfileField, said: Sequence[Answer]) -> bool:
    """What the directory says of somebody in one of its fields. Gives False, and writes nothing, when it was known."""
    if not field.is_the_directorys:
        raise PermissionDenied
    Person.objects.select_for_update().get(pk=person.pk)
    if not _write(person, field, said):
        return False
    events.publish(PersonChanged(person_id=person.pk))
    return True


@transaction.atomic
def put_suggestion_away(*, person: Person, what: str) -> None:
    SuggestionPutAway.objects.get_or_create(person=person, what=what[:46])


def _speak(person: Person, codes: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(codes))
    if len(wanted) > MOST_LANGUAGES or not all(map(is_known, wanted)):
        raise ValidationError(_("Choisissez au plus %(most)d langues de la liste.") % {"most": MOST_LANGUAGES})
    rows = SpokenLanguage.objects.filter(person=person)
    if list(rows.order_by("position", "pk").values_list("code", flat=True)) == wanted:
        return
    rows.delete()
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(person=person, code=code, position=position) for position, code in enumerate(wanted)
    )


def _write(person: Person, field: ProfileField, said: Sequence[Answer]) -> bool:
    """Under the person's lock. Gives whether anything changed."""
    rows = FieldValue.objects.filter(person=person, field=field)
    before = [answer_of(row) for row in rows.order_by("position")]
    if before == list(said):
        return False
    _check(field, said, before)
    rows.delete()
    FieldValue.objects.bulk_create(
        FieldValue(person=person, field=field, position=position, text=one.text, date=one.day, option_id=one.option_id)
        for position, one in enumerate(said)
    )
    return True


def _check(field: ProfileField, said: Sequence[Answer], before: Sequence[Answer]) -> None:
    """Whatever sent it: the right number, of the right kind, among the options offered (or chosen before)."""
    kinds = ProfileField.Kind
    if len(said) > 1 and not (field.has_several or field.kind == kinds.CHOICES):
        raise ValidationError(_("Une seule réponse est attendue ici."))
    if len(said) > MOST_VALUES and not field.is_of_choices:
        raise ValidationError(_("Au plus %(most)d réponses.") % {"most": MOST_VALUES})
    wanted = {one.option_id for one in said}
    if field.is_of_choices:
        kept = {one.option_id for one in before}
        options = FieldOption.objects.filter(field=field, pk__in=[pk for pk in wanted if pk])
        offered = {o.pk for o in options if o.retired_at is None or o.pk in kept or field.is_the_directorys}
        is_right = wanted <= offered and len(wanted) == len(said)
    elif field.kind == kinds.DATE:
        is_right = all(one.day and not one.text for one in said) and wanted <= {None}
    else:
        is_right = all(one.text and not one.day for one in said) and wanted <= {None}
    if not is_right:
        raise ValidationError(_("Ce n’est pas une réponse de ce champ."))


def _let_read(person: Person, key: str | int, level: str, fields: Mapping[int, ProfileField]) -> None:
    """Raises ValidationError for readers that the company does not allow; what was chosen before may stay."""
    rows = FieldReaders.objects.filter(person=person)
    if isinstance(key, int):
        field = fields.get(key)
        if field is None:
            raise PermissionDenied
        row = rows.filter(field=field).first()
        now = field.readers_said(row.readers if row else None)
        allowed = Readers.between(field.widest, field.narrowest)
    elif key in BUILTINS:
        field, row = None, rows.filter(builtin=key).first()
        now, allowed = Readers(row.readers) if row else BUILTINS[key], list(Readers)
    else:
        raise PermissionDenied
    if level == now:
        return
    if level not in allowed:
        raise ValidationError(_("L’entreprise ne permet pas ce choix pour ce champ."))
    if row:
        row.readers = level
        row.save(update_fields=["readers"])
    else:
        FieldReaders.objects.create(person=person, field=field, builtin="" if field else str(key), readers=level)
