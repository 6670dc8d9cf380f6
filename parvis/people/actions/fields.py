"""The fields that the company adds to every profile: made, changed while in use, ordered, retired, taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.kernel.text import slugged
from parvis.people.models import FieldOption, FieldReaders, FieldValue, Person, ProfileField, Readers

MOST_FIELDS = 40
MOST_OPTIONS = 60
# What may change while people already answered. `kind` never does, nor `key`.
_CHANGEABLE = (
    "name_fr", "name_en", "help_fr", "help_en", "has_several", "owner", "is_required", "widest", "narrowest",
    "readers",
)  # fmt: skip


@dataclass(frozen=True)
class WantedOption:
    """`option_id` of one that is there, None for a new one."""

    name_fr: str
    name_en: str
    option_id: int | None = None
    is_retired: bool = False


@transaction.atomic
def add_field(*, by: Person, kind: str, options: Sequence[WantedOption] = (), **said: Any) -> ProfileField:
    """`said`: what _CHANGEABLE names. It stands last. Raises PermissionDenied, ValidationError naming each field."""
    _may_define(by)
    fields = list(ProfileField.objects.select_for_update().values_list("key", "retired_at", "position"))
    if sum(retired is None for _key, retired, _position in fields) >= MOST_FIELDS:
        raise ValidationError(_("Un profil tient au plus %(most)d champs : retirez-en un.") % {"most": MOST_FIELDS})
    field = ProfileField(
        kind=kind,
        key=_free_key(said.get("name_fr", ""), {key for key, *_rest in fields}),
        position=min(32_000, max((position for *_rest, position in fields), default=-1) + 1),
        **_known(said),
    )
    _check(field, options)
    field.save()
    _write_options(field, options)
    return field


@transaction.atomic
def change_field(*, by: Person, field: ProfileField, options: Sequence[WantedOption] = (), **said: Any) -> None:
    """Renaming changes no value. Options that are not named stay. Where more people would read from now on, whoever
    already answered keeps the readers they had. Raises PermissionDenied, ValidationError."""
    _may_define(by)
    field = ProfileField.objects.select_for_update().get(pk=field.pk)
    before = Readers.narrower(field.readers, field.widest)
    several = field.has_several
    for name, value in _known(said).items():
        setattr(field, name, value)
    _check(field, options)
    if several and not field.has_several and FieldValue.objects.filter(field=field, position__gt=0).exists():
        raise ValidationError({"has_several": _("Des personnes ont déjà donné plusieurs réponses.")})
    now = Readers.narrower(field.readers, field.widest)
    if now.narrowness < before.narrowness and not field.is_the_directorys:
        _keep_readers(field, before)
    field.save()
    _write_options(field, options)


@transaction.atomic
def move_field(*, by: Person, field: ProfileField, position: int) -> None:
    """Puts it at this place among those in use, from 0."""
    _may_define(by)
    fields = list(ProfileField.objects.select_for_update().filter(retired_at__isnull=True).order_by("position", "pk"))
    moved = next((one for one in fields if one.pk == field.pk), None)
    if moved is None:
        raise ValidationError(_("Ce champ est retiré."))
    fields.remove(moved)
    fields.insert(max(0, min(position, len(fields))), moved)
    for place, one in enumerate(fields):
        if one.position != place:
            ProfileField.objects.filter(pk=one.pk).update(position=place)


@transaction.atomic
def set_field_retired(*, by: Person, field: ProfileField, is_retired: bool) -> None:
    """Retired, it is neither shown nor asked; what was said in it comes back with it."""
    _may_define(by)
    field = ProfileField.objects.select_for_update().get(pk=field.pk)
    if is_retired == (field.retired_at is not None):
        return
    if not is_retired and ProfileField.objects.filter(retired_at__isnull=True).count() >= MOST_FIELDS:
        raise ValidationError(_("Un profil tient au plus %(most)d champs : retirez-en un.") % {"most": MOST_FIELDS})
    field.retired_at = timezone.now() if is_retired else None
    if not is_retired:
        last = ProfileField.objects.filter(retired_at__isnull=True).aggregate(last=Max("position"))["last"]
        field.position = min(32_000, (last or 0) + 1)
    field.save(update_fields=["retired_at", "position"])


def _may_define(by: Person) -> None:
    if not by.is_administrator or not by.is_active:
        raise PermissionDenied


def _known(said: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(said) - set(_CHANGEABLE)
    if unknown:
        raise TypeError(f"not to be said of a field: {sorted(unknown)}")
    return dict(said)


def _free_key(name: str, taken: set[str]) -> str:
    wanted = slugged(name, limit=34) or "champ"
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


def _check(field: ProfileField, options: Sequence[WantedOption]) -> None:
    """Raises ValidationError naming each field."""
    if field.kind not in (ProfileField.Kind.TEXT, ProfileField.Kind.LINK):
        field.has_several = False
    refused: dict[str, str] = {}
    allowed = Readers.between(field.widest, field.narrowest)
    if not allowed:
        refused["narrowest"] = _("Le choix le plus étroit ne peut pas être plus large que le plus large.")
    elif Readers(field.readers) not in allowed:
        refused["readers"] = _("Ce qui vaut au départ tient entre le plus large et le plus étroit.")
    others = ProfileField.objects.filter(retired_at__isnull=True).exclude(pk=field.pk)
    for name in ("name_fr", "name_en"):
        if others.filter(**{name: getattr(field, name)}).exists():
            refused[name] = _("Un autre champ a déjà ce nom.")
    if field.is_of_choices:
        known = {option.pk: option for option in field.options.all()} if field.pk else {}
        named = {one.option_id for one in options if one.option_id}
        if named - set(known):
            raise PermissionDenied
        living = [one for one in options if not one.is_retired]
        stay = [option for option in known.values() if option.pk not in named and option.retired_at is None]
        names = [one.name_fr.casefold() for one in living] + [option.name_fr.casefold() for option in stay]
        if not names:
            refused["options"] = _("Donnez au moins une réponse à choisir.")
        elif len(names) > MOST_OPTIONS:
            refused["options"] = _("Au plus %(most)d réponses à choisir.") % {"most": MOST_OPTIONS}
        elif len(set(names)) < len(names):
            refused["options"] = _("Deux réponses portent le même nom.")
    if refused:
        raise ValidationError(refused)
    field.full_clean(exclude=["retired_at", *(["key"] if field.pk else [])], validate_constraints=False)


def _write_options(field: ProfileField, options: Sequence[WantedOption]) -> None:
    if not field.is_of_choices:
        return
    known = {option.pk: option for option in FieldOption.objects.filter(field=field)}
    for position, one in enumerate(options):
        option = known.get(one.option_id or 0) or FieldOption(field=field)
        option.name_fr, option.name_en, option.position = one.name_fr, one.name_en, position
        option.retired_at = (option.retired_at or timezone.now()) if one.is_retired else None
        option.full_clean(exclude=["retired_at"], validate_constraints=False)
        option.save()


def _keep_readers(field: ProfileField, before: Readers) -> None:
    """Those who answered under the former rule and chose nothing themselves: their answer stays with its readers."""
    said = FieldValue.objects.filter(field=field, position=0)
    silent = said.exclude(person__in=FieldReaders.objects.filter(field=field).values("person_id"))
    FieldReaders.objects.bulk_create(
        (FieldReaders(person_id=pk, field=field, readers=before) for pk in silent.values_list("person_id", flat=True)),
        batch_size=500,
        ignore_conflicts=True,
    )
