"""Skills with what shows them: taken off a profile, put back, shown by contributions, tended by those who animate."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.contributions.models import Contribution
from parvis.directory import rules
from parvis.directory.models import MOST_EVIDENCE, PUT_BACK_FOR, UNMERGE_FOR, RemovedSkill, SkillEvidence
from parvis.kernel import events
from parvis.kernel.text import folded
from parvis.people import actions as people
from parvis.people.events import PersonChanged
from parvis.people.models import Confirmation, HasSkill, Person, Skill, SkillName
from parvis.people.rules import must_have_agreed
from parvis.people.skill_list import Listed, the_skills


@transaction.atomic
def remove_skill(*, person: Person, held: HasSkill) -> int | None:
    """Off one's own page, with all its rows where skills were merged. Gives the id of the skill, by which it is put
    back within a day with its confirmations; None when it was not there any more."""
    family = the_skills().root_of(held.skill_id).family
    # Locked: a colleague who confirms at this moment has done it, or finds nothing to confirm.
    rows = HasSkill.objects.select_for_update().filter(person=person, skill_id__in=family)
    lines = list(rows.order_by("position", "pk"))
    if not lines:
        return None
    RemovedSkill.objects.filter(person=person, removed_at__lt=timezone.now() - PUT_BACK_FOR).delete()
    for line in lines:
        _keep(line)
    HasSkill.objects.filter(pk__in=[line.pk for line in lines]).delete()
    events.publish(PersonChanged(person.pk))
    return lines[0].skill_id


def _keep(line: HasSkill) -> None:
    confirmed = Confirmation.objects.filter(held=line).order_by("pk").values_list("person_id", "confirmed_at")
    shown = SkillEvidence.objects.filter(held=line).order_by("pk").values_list("contribution_id", flat=True)
    RemovedSkill.objects.update_or_create(
        person_id=line.person_id,
        skill_id=line.skill_id,
        defaults={
            "word": line.word,
            "position": line.position,
            "stated_at": line.stated_at,
            "confirmations": [[who, at.isoformat()] for who, at in confirmed],
            "evidence": list(shown),
            "removed_at": timezone.now(),
        },
    )


@transaction.atomic
def put_back_skill(*, person: Person, skill_id: int) -> bool:
    """As it was, with those who had confirmed it and are still here. False when there is nothing to put back."""
    try:
        family = the_skills().root_of(skill_id).family
    except KeyError:
        return False
    Person.objects.select_for_update().get(pk=person.pk)
    kept = RemovedSkill.objects.filter(
        person=person, skill_id__in=family, removed_at__gte=timezone.now() - PUT_BACK_FOR
    )
    put = False
    for was in kept.order_by("pk"):
        line, is_new = HasSkill.objects.get_or_create(
            person=person,
            skill_id=was.skill_id,
            defaults={"word": was.word, "position": was.position, "stated_at": was.stated_at},
        )
        if is_new:
            people.keep_stems(line)
            _confirm_again(line, was)
            put = True
    kept.delete()
    if put:
        events.publish(PersonChanged(person.pk))
    return put


def _confirm_again(line: HasSkill, was: RemovedSkill) -> None:
    here = set(Person.objects.filter(pk__in=[who for who, _at in was.confirmations]).values_list("pk", flat=True))
    Confirmation.objects.bulk_create(
        [
            Confirmation(held=line, person_id=who, confirmed_at=datetime.fromisoformat(at))
            for who, at in was.confirmations
            if who in here
        ]
    )
    shown = Contribution.objects.filter(pk__in=was.evidence, deleted_at__isnull=True).values_list("pk", flat=True)
    SkillEvidence.objects.bulk_create([SkillEvidence(held=line, contribution_id=pk) for pk in sorted(shown)])


@transaction.atomic
def show_with(*, person: Person, held: HasSkill, contribution: Contribution) -> None:
    """« L’a montré »: a publication of one's own, or one under which one wrote. Raises PermissionDenied for another,
    ValidationError beyond three."""
    must_have_agreed(person)
    here = HasSkill.objects.select_for_update().filter(pk=held.pk, person=person).first()
    if here is None or not _took_part(person, contribution):
        raise PermissionDenied
    shown = SkillEvidence.objects.filter(held=here)
    if shown.filter(contribution=contribution).exists():
        return
    if shown.count() >= MOST_EVIDENCE:
        raise ValidationError(
            _("Au plus %(most)d publications par savoir-faire : retirez-en une d’abord.") % {"most": MOST_EVIDENCE}
        )
    SkillEvidence.objects.create(held=here, contribution=contribution)


@transaction.atomic
def show_no_longer_with(*, person: Person, held: HasSkill, contribution: Contribution) -> None:
    SkillEvidence.objects.filter(held=held, held__person=person, contribution=contribution).delete()


def _took_part(person: Person, contribution: Contribution) -> bool:
    """In what this person may read now."""
    mine = Contribution.objects.visible_to(person.scope())
    if not mine.publications().filter(pk=contribution.pk).exists():
        return False
    return contribution.author_id == person.pk or mine.filter(root=contribution, author=person).exists()


@transaction.atomic
def merge_skills(*, by: Person, source_id: int, into_id: int) -> Listed:
    """`source` becomes another name of `into`, or of what that was merged into meanwhile. Those who stated it keep
    their row; who stated both is read as one line. Gives the skill that remains. Raises PermissionDenied,
    ValidationError."""
    must_have_agreed(by)
    if not rules.may_tend_skills(by):
        raise PermissionDenied
    people.lock_the_list()
    listed = the_skills()
    try:
        source, into = listed.root_of(source_id), listed.root_of(into_id)
    except KeyError:
        raise ValidationError(_("Ce savoir-faire n’est plus dans la liste.")) from None
    if source.id != source_id:
        raise ValidationError(
            _("« %(name)s » vient d’être réuni à « %(into)s » par quelqu’un d’autre. Rien n’a été changé.")
            % {"name": Skill.objects.get(pk=source_id).name, "into": source.name}
        )
    if source.id == into.id:
        raise ValidationError(_("C’est déjà le même savoir-faire."))
    Skill.objects.filter(pk=source.id).update(merged_into=into.id, merged_by=by, merged_at=timezone.now())
    people.lock_the_list()
    return the_skills().root_of(into.id)


@transaction.atomic
def unmerge_skill(*, by: Person, skill_id: int) -> Listed:
    """Within thirty days: everything is as it was. Raises PermissionDenied, ValidationError."""
    must_have_agreed(by)
    if not rules.may_tend_skills(by):
        raise PermissionDenied
    people.lock_the_list()
    undone = Skill.objects.filter(
        pk=skill_id, merged_into__isnull=False, merged_at__gte=timezone.now() - UNMERGE_FOR
    ).update(merged_into=None, merged_by=None, merged_at=None)
    if not undone and not Skill.objects.filter(pk=skill_id, merged_into__isnull=True).exists():
        raise ValidationError(_("Cette réunion ne peut plus être défaite : trente jours sont passés."))
    people.lock_the_list()
    return the_skills().root_of(skill_id)


@transaction.atomic
def name_skill(*, by: Person, skill_id: int, name_fr: str, name_en: str) -> Listed:
    """Its names in both languages; those it had still find it. Raises PermissionDenied, ValidationError naming the
    field."""
    must_have_agreed(by)
    if not rules.may_tend_skills(by):
        raise PermissionDenied
    names = {
        "name_fr": people.skill_name(name_fr, field="name_fr"),
        "name_en": people.skill_name(name_en or name_fr, field="name_en"),
    }
    people.lock_the_list()
    listed = the_skills()
    try:
        skill = listed.root_of(skill_id)
    except KeyError:
        raise ValidationError(_("Ce savoir-faire n’est plus dans la liste.")) from None
    for field, name in names.items():
        known = listed.named(name)
        if known is not None and known.id != skill.id:
            raise ValidationError({field: _("Un autre savoir-faire porte ce nom : réunissez-les plutôt.")})
        if known is None:
            SkillName.objects.get_or_create(key=folded(name)[:160], defaults={"skill_id": skill.id})
    Skill.objects.filter(pk=skill.id).update(**names)
    people.lock_the_list()
    return the_skills().root_of(skill.id)
