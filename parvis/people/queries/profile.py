"""What one reader may read of somebody's profile, and what that somebody may say in it. Every value that leaves this
file went through its readers: pages take mail, phone, about and hours from here, never from the person."""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.kernel.audiences.scope import InScope
from parvis.people.languages import languages_in_words
from parvis.people.models import (
    BUILTINS,
    FieldOption,
    FieldReaders,
    FieldValue,
    Onlooker,
    Person,
    ProfileField,
    Readers,
    SpokenLanguage,
)


@dataclass(frozen=True)
class Said:
    """What a profile says in one field of the company."""

    field: ProfileField
    values: Sequence[FieldValue]
    readers: Readers


@dataclass(frozen=True)
class Profile:
    """What one onlooker reads; empty where there is nothing, or nothing for them."""

    mail: str
    phone: str
    phone_note: str
    about: str
    working_pattern: str
    # « Français, arabe, anglais », in the reader's language.
    languages: str
    fields: Sequence[Said]


@dataclass(frozen=True)
class FieldLine:
    """One field as its person fills it."""

    field: ProfileField
    # Those offered, and those retired that were chosen before.
    options: Sequence[FieldOption]
    values: Sequence[FieldValue]
    readers: Readers


@dataclass(frozen=True)
class OwnProfile:
    """All that somebody may say, as they edit it."""

    languages: Sequence[str]
    readers: dict[str, Readers]
    lines: Sequence[FieldLine]


def onlooker(person: Person, reader: Person) -> Onlooker:
    """How `reader` stands towards `person`. One query: do they share a community, whatever its access?"""
    theirs = AudienceMember.objects.current().filter(person=person).values("audience_id")
    shared = AudienceMember.objects.current().filter(
        InScope("audience_id", reader.scope()),
        person=reader,
        audience__kind=Audience.Kind.COMMUNITY,
        audience_id__in=theirs,
    )
    return Onlooker(is_self=person.pk == reader.pk, is_guest=reader.is_guest, shares_a_community=shared.exists())


def profile_of(person: Person, seen_by: Onlooker) -> Profile:
    """Three queries, whatever it holds."""
    chosen = _readers_of(person)

    def builtin(name: str) -> bool:
        return (chosen.get(name) or BUILTINS[name]).let(seen_by)

    rows = (
        FieldValue.objects.filter(person=person, field__retired_at__isnull=True)
        .select_related("field", "option")
        .order_by("field__position", "field_id", "position")
    )
    values: dict[int, list[FieldValue]] = {}
    for row in rows:
        values.setdefault(row.field_id, []).append(row)
    fields = [Said(said[0].field, said, _readers(said[0].field, chosen)) for said in values.values()]
    calls = builtin("phone")
    return Profile(
        mail=(person.mail or "") if builtin("mail") else "",
        phone=person.phone if calls else "",
        phone_note=person.phone_note if calls else "",
        about=person.about if builtin("about") else "",
        working_pattern=person.working_pattern if builtin("working_pattern") else "",
        languages=languages_in_words(_codes(person)),
        fields=[said for said in fields if said.readers.let(seen_by)],
    )


def own_profile(person: Person) -> OwnProfile:
    """Five queries."""
    chosen = _readers_of(person)
    readers = {name: chosen.get(name) or usual for name, usual in BUILTINS.items()}
    return OwnProfile(_codes(person), readers, _lines(person, chosen))


def field_lines(person: Person) -> Sequence[FieldLine]:
    """The company's fields with what this person says in each. Four queries."""
    return _lines(person, _readers_of(person))


def company_fields(*, is_retired: bool = False) -> list[ProfileField]:
    """In the order of the profile. One query."""
    return list(ProfileField.objects.filter(retired_at__isnull=not is_retired).order_by("position", "pk"))


def options_by_field() -> dict[int, list[FieldOption]]:
    """What each field in use offers or offered, in order. One query."""
    options: dict[int, list[FieldOption]] = {}
    for option in FieldOption.objects.filter(field__retired_at__isnull=True).order_by("position", "pk"):
        options.setdefault(option.field_id, []).append(option)
    return options


def _lines(person: Person, chosen: dict[str | int, Readers]) -> list[FieldLine]:
    values: dict[int, list[FieldValue]] = {}
    for row in FieldValue.objects.filter(person=person).select_related("option").order_by("position"):
        values.setdefault(row.field_id, []).append(row)
    lines, options_of = [], options_by_field()
    for field in company_fields():
        said = values.get(field.pk, [])
        kept = {row.option_id for row in said}
        options = [option for option in options_of.get(field.pk, []) if option.retired_at is None or option.pk in kept]
        lines.append(FieldLine(field, options, said, _readers(field, chosen)))
    return lines


def _readers_of(person: Person) -> dict[str | int, Readers]:
    """What the person chose: by the name of what every profile has, and by the id of a field."""
    rows = FieldReaders.objects.filter(person=person).values_list("builtin", "field_id", "readers")
    return {builtin or field_id: Readers(readers) for builtin, field_id, readers in rows}


def _readers(field: ProfileField, chosen: dict[str | int, Readers]) -> Readers:
    return field.readers_said(chosen.get(field.pk))


def _codes(person: Person) -> list[str]:
    rows = SpokenLanguage.objects.filter(person=person).order_by("position", "pk")
    return list(rows.values_list("code", flat=True))
