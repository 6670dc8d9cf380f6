"""The six words."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db import transaction

from parvis.contributions import rules
from parvis.contributions.actions.versions import raise_version
from parvis.contributions.events import Reacted, ReactionWithdrawn
from parvis.contributions.models import Contribution, Reaction
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed


@transaction.atomic
def react(*, person: Person, contribution: Contribution, kind: Reaction.Kind) -> None:
    """One word a person: another one replaces it, the same again changes nothing."""
    must_have_agreed(person)
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not rules.may_answer(person, contribution):
        raise PermissionDenied(rules.why_not(person, contribution))
    reaction, is_new = Reaction.objects.get_or_create(
        contribution=contribution, person=person, defaults={"kind": kind}
    )
    if not is_new and reaction.kind == kind:
        return
    if not is_new:
        reaction.kind = kind
        reaction.save(update_fields=["kind"])
    _count_reactions(contribution)
    events.publish(Reacted(contribution.pk, contribution.root_id, contribution.audience_id, person.pk, kind))


@transaction.atomic
def withdraw_reaction(*, person: Person, contribution: Contribution) -> None:
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    deleted, _rows = Reaction.objects.filter(contribution=contribution, person=person).delete()
    if deleted:
        _count_reactions(contribution)
        events.publish(ReactionWithdrawn(contribution.pk, contribution.root_id, contribution.audience_id, person.pk))


def _count_reactions(contribution: Contribution) -> None:
    rows = list(
        Reaction.objects.filter(contribution=contribution).order_by("-reacted_at", "-id").values_list("kind", "person")
    )
    tally = Counter(kind for kind, _person in rows)
    Contribution.objects.filter(pk=contribution.pk).update(
        reaction_tally=" ".join(f"{kind}:{count}" for kind, count in tally.most_common()),
        recent_reactors=" ".join(str(person) for _kind, person in rows[:2]),
    )
    raise_version(contribution)
