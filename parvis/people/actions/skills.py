"""What people do with skills: state one, put them in order, confirm a colleague's, add one to the list."""

import unicodedata
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.kernel import events
from parvis.kernel.text import folded
from parvis.people import rules
from parvis.people.events import PersonChanged, SkillConfirmed
from parvis.people.models import Confirmation, HasSkill, HeldStem, Person, Skill, SkillListMark, SkillName
from parvis.people.rules import must_have_agreed
from parvis.people.skill_list import Listed, the_skills
from parvis.people.stems import stems_of, words_in
from parvis.people.ties import keeps_away

# Nobody is helped by a profile that says everything.
MOST_SKILLS = 40
LONGEST_NAME, LONGEST_WORD = 80, 140


def lock_the_list() -> None:
    """Two changes of the shared list take turns, and every process reads it again. Within the caller's transaction."""
    SkillListMark.objects.update_or_create(pk=1, defaults={"mark": uuid4().hex})


@transaction.atomic
def add_skill(*, by: Person, name: str) -> Listed:
    """A new skill of the shared list, in the language it was typed in; the one that has this name already, where there
    is one, also when somebody else adds it at the same moment. Raises PermissionDenied, ValidationError."""
    must_have_agreed(by)
    if not rules.may_add_skill(by):
        raise PermissionDenied
    name = skill_name(name, field="name")
    lock_the_list()
    known = the_skills().named(name)
    if known is not None:
        return known
    made = Skill.objects.create(name_fr=name, name_en=name, added_by=by)
    SkillName.objects.create(skill=made, key=folded(name)[:160])
    lock_the_list()
    return the_skills().root_of(made.pk)


@transaction.atomic
def state_skill(*, person: Person, skill_id: int, word: str = "") -> HasSkill:
    """« Je sais le faire »: at the end of one's own. Said again, it stays where it is. Raises ValidationError, also
    for a skill that does not exist."""
    must_have_agreed(person)
    word = _one_line(word, field="word", most=LONGEST_WORD)
    Person.objects.select_for_update().get(pk=person.pk)  # two tabs write one after the other
    try:
        skill = the_skills().root_of(skill_id)
    except KeyError:
        raise ValidationError({"name": _("Ce savoir-faire n’est plus dans la liste.")}) from None
    mine = HasSkill.objects.filter(person=person)
    said = mine.filter(skill_id__in=skill.family).order_by("position", "pk").first()
    if said is not None:
        return said
    last = mine.order_by("-position").values_list("position", flat=True).first()
    if mine.count() >= MOST_SKILLS:
        raise ValidationError(
            {"name": _("Au plus %(most)d savoir-faire : retirez-en un d’abord.") % {"most": MOST_SKILLS}}
        )
    made = HasSkill.objects.create(
        person=person, skill_id=skill.id, word=word, position=min(32_000, 0 if last is None else last + 1)
    )
    keep_stems(made)
    events.publish(PersonChanged(person.pk))
    return made


@transaction.atomic
def say_in_a_word(*, person: Person, held: HasSkill, word: str) -> None:
    """What exactly: « TIG orbital, inertage ». Raises PermissionDenied, ValidationError naming the field."""
    must_have_agreed(person)
    if held.person_id != person.pk:
        raise PermissionDenied
    held.word = _one_line(word, field="word", most=LONGEST_WORD)
    if HasSkill.objects.filter(pk=held.pk).update(word=held.word):
        keep_stems(held)
        events.publish(PersonChanged(person.pk))


@transaction.atomic
def put_in_order(*, person: Person, held_ids: list[int]) -> None:
    """These rows of one's own come first, in this order; the others follow as they were."""
    rows = HasSkill.objects.select_for_update().filter(person=person).order_by("position", "pk")
    wanted = {pk: at for at, pk in enumerate(held_ids)}
    ordered = sorted(rows, key=lambda row: wanted.get(row.pk, len(wanted)))
    for at, row in enumerate(ordered):
        row.position = at
    HasSkill.objects.bulk_update(ordered, ["position"])


@transaction.atomic
def confirm_skill(*, by: Person, held: HasSkill) -> None:
    """« Je l’ai vu faire ». Said again, it is what it was. Raises PermissionDenied; ValidationError where the skill is
    gone meanwhile, or for whoever cannot be reached, without saying why."""
    must_have_agreed(by)
    # Locked: who takes the skill off their page waits, or has done it.
    here = HasSkill.objects.select_for_update().filter(pk=held.pk).select_related("person").first()
    if here is None:
        raise ValidationError(_("Ce savoir-faire vient d’être retiré : il n’y a plus rien à confirmer."))
    if not rules.may_confirm(by, here.person):
        raise PermissionDenied
    if keeps_away(person=here.person, by=by):
        raise ValidationError(_("Votre confirmation ne peut pas être notée pour le moment."))
    _row, is_new = Confirmation.objects.get_or_create(held=here, person=by, defaults={"confirmed_at": timezone.now()})
    if is_new:
        events.publish(SkillConfirmed(person_id=here.person_id, skill_id=here.skill_id, by_id=by.pk))


@transaction.atomic
def withdraw_confirmation(*, by: Person, held: HasSkill) -> None:
    """Of the skill, also where it was confirmed under a name that was merged since."""
    family = the_skills().root_of(held.skill_id).family
    Confirmation.objects.filter(held__person_id=held.person_id, held__skill_id__in=family, person=by).delete()


@transaction.atomic
def be_sought(*, person: Person, on: bool) -> None:
    """Whether « Qui sait… ? » proposes this person."""
    person.is_sought = on
    Person.objects.filter(pk=person.pk).update(is_sought=on)


def keep_stems(held: HasSkill) -> None:
    """The stems of its word, so that it is found. Called by who writes the word, within the same transaction."""
    HeldStem.objects.filter(held=held).delete()
    HeldStem.objects.bulk_create([HeldStem(held=held, stem=stem) for stem in sorted(stems_of(held.word))[:20]])


def skill_name(text: str, *, field: str) -> str:
    """What a skill may be called: one line with a word in it. Raises ValidationError naming the field."""
    name = _one_line(text, field=field, most=LONGEST_NAME)
    if len(name) < 2 or not words_in(name):
        raise ValidationError({field: _("Nommez-le en quelques lettres : au moins deux, dont une à lire.")})
    # « iOS » keeps its own capitals.
    return name if name[1].isupper() else name[0].upper()[:1] + name[1:]


def _one_line(text: str, *, field: str, most: int) -> str:
    """Composed, single spaces, nothing that cannot be seen or that turns the direction of what follows."""
    said = unicodedata.normalize("NFC", text)
    seen = ("".join(c for c in word if not _is_unseen(c)) for word in said.split())
    line = " ".join(word for word in seen if word).replace("'", "’")
    if len(line) > most:
        raise ValidationError({field: _("C’est trop long : %(most)d caractères au plus.") % {"most": most}})
    return line


def _is_unseen(character: str) -> bool:
    """Joiners shape some scripts; what else cannot be seen hides something."""
    return unicodedata.category(character)[0] == "C" and character not in "\u200c\u200d"
