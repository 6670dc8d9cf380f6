"""What a profile says one can do, as its reader may see it; one's own; and the shared list, for those who tend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from parvis.communities.words import names_in_words
from parvis.contributions.models import Contribution
from parvis.directory.models import UNMERGE_FOR, SkillEvidence
from parvis.directory.queries.reasons import Shown, confirmed_in_words, evidence_of, said
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.text import folded
from parvis.people.models import HasSkill, Person, Skill
from parvis.people.rules import may_confirm
from parvis.people.skill_list import Listed, the_skills
from parvis.people.skills import Held, held_by, name_confirmers

# Contributions that one may choose from, of each sort; and skills of the list, on a page.
_CHOICES = 30
PAGE = 100


@dataclass(frozen=True)
class SkillLine:
    """One skill on somebody's page."""

    id: int
    person_id: int
    name: str
    word: str
    confirmed: str
    shown: Sequence[Shown]
    is_confirmed_by_reader: bool
    may_confirm: bool
    is_own: bool


def skills_of(person: Person, *, reader: Person | None, scope: Scope) -> list[SkillLine]:
    """In the person's own order. Four queries, one more where a guest is concerned. `reader` is None when one looks at
    one's own page with others' eyes."""
    held = held_by([person.pk]).get(person.pk, [])
    may = reader is not None and person.is_active and may_confirm(reader, person)
    return _lines(held, reader=reader, scope=scope, may=may)


def skill_line(*, held: HasSkill, reader: Person) -> SkillLine | None:
    """One of them, after an act on it. None when it is gone meanwhile."""
    family = the_skills().root_of(held.skill_id).family
    found = held_by([held.person_id], skill_ids=family).get(held.person_id, [])
    person = Person.objects.get(pk=held.person_id)
    lines = _lines(found, reader=reader, scope=reader.scope(), may=may_confirm(reader, person))
    return lines[0] if lines else None


def _lines(held: Sequence[Held], *, reader: Person | None, scope: Scope, may: bool) -> list[SkillLine]:
    name_confirmers(held, reader=reader, scope=scope)
    shown = evidence_of(held, scope)
    return [
        SkillLine(
            id=one.id,
            person_id=one.person_id,
            name=one.name,
            word=one.word,
            confirmed=confirmed_in_words(one.confirmers, reader),
            shown=shown.get(one.id, []),
            is_confirmed_by_reader=one.is_confirmed_by_reader,
            may_confirm=may,
            is_own=reader is not None and one.person_id == reader.pk,
        )
        for one in held
    ]


@dataclass(frozen=True)
class Choice:
    """A contribution that could show a skill."""

    pk: int
    words: str
    at: datetime
    is_own: bool
    is_linked: bool


def evidence_choices(*, person: Person, held: HasSkill, words: str = "") -> list[Choice]:
    """What one published and where one wrote, as far as one reads it now: what is linked first, then the newest.
    Three queries."""
    readable = Contribution.objects.visible_to(person.scope())
    own = readable.publications().filter(author=person)
    answered = readable.filter(author=person, family=Contribution.Family.COMMENT).order_by("-pk")
    roots = list(answered.values_list("root_id", flat=True)[:300])
    joined = readable.publications().filter(pk__in=roots).exclude(author=person)
    linked = readable.publications().filter(pk__in=_linked_to(held))
    asked = folded(words)
    found: dict[int, Choice] = {}
    for some, is_linked in ((linked, True), (own, False), (joined, False)):
        most = 300 if asked else _CHOICES
        for one in some.newest_first()[:most]:
            if is_linked or not asked or asked in folded(f"{one.title} {one.text}"):
                choice = Choice(one.pk, said(one), one.published_at, one.author_id == person.pk, is_linked)
                found.setdefault(one.pk, choice)
    chosen = [one for one in found.values() if one.is_linked]
    others = sorted((one for one in found.values() if not one.is_linked), key=lambda one: one.at, reverse=True)
    return chosen + others[:_CHOICES]


def _linked_to(held: HasSkill) -> list[int]:
    return list(SkillEvidence.objects.filter(held=held).order_by("pk").values_list("contribution_id", flat=True))


@dataclass(frozen=True)
class Entry:
    """A skill of the list, with what one may do to it."""

    skill: Listed
    # Of what was merged into it: (id, name) as long as it can be undone.
    undoable: Sequence[tuple[int, str]]

    @property
    def others(self) -> str:
        """The other names by which it is found."""
        names = [self.skill.name_en if self.skill.name == self.skill.name_fr else self.skill.name_fr]
        return ", ".join(dict.fromkeys(name for name in (*names, *self.skill.others) if name != self.skill.name))


@dataclass(frozen=True)
class SkillPage:
    entries: Sequence[Entry]
    # The folded name after which the next page begins; "" at the end.
    next_after: str


def list_of_skills(*, words: str = "", after: str = "") -> SkillPage:
    """By name in the reader's language; those that answer to the words. Two queries."""
    listed = the_skills()
    if words.strip():
        found, more = listed.proposed(words, most=PAGE), ""
    else:
        ordered = sorted((folded(one.name), one.id) for one in listed.listed.values())
        following = [(key, pk) for key, pk in ordered if key > after]
        found = [listed.listed[pk] for _key, pk in following[:PAGE]]
        more = following[PAGE - 1][0] if len(following) > PAGE else ""
    recent = Skill.objects.filter(merged_at__gte=timezone.now() - UNMERGE_FOR, merged_into__isnull=False)
    undoable: dict[int, list[tuple[int, str]]] = {}
    for skill in recent.order_by("merged_at", "pk"):
        undoable.setdefault(listed.root_of(skill.pk).id, []).append((skill.pk, skill.name))
    return SkillPage([Entry(one, undoable.get(one.id, ())) for one in found], more)


@dataclass(frozen=True)
class MergePreview:
    """What a merge changes, in words: whom it concerns, as far as the reader sees them."""

    source: Listed
    into: Listed
    # Those who say the first alone, and those who say both.
    movers: str
    both: str
    is_said: bool


# Named in a preview; then « et d’autres ».
_NAMED = 4


def merge_preview(*, source: Listed, into: Listed, reader: Person) -> MergePreview:
    """Two queries."""
    seen = Person.objects.visible_to(reader.scope()).active()
    first = HasSkill.objects.filter(skill_id__in=source.family).values("person_id")
    second = HasSkill.objects.filter(skill_id__in=into.family).values("person_id")
    movers = seen.filter(pk__in=first).exclude(pk__in=second).order_by("sort_key", "pk")[: _NAMED + 1]
    both = seen.filter(pk__in=first).filter(pk__in=second).order_by("sort_key", "pk")[: _NAMED + 1]
    named = [_some(list(movers)), _some(list(both))]
    return MergePreview(source, into, named[0], named[1], is_said=any(named))


def _some(people: Sequence[Person]) -> str:
    return names_in_words(people[:_NAMED], and_others=len(people) > _NAMED, whole=True)
