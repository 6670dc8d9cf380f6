"""Who keeps whom away: asked before an act that reaches somebody, and by what one reads."""

from dataclasses import dataclass

from django.db.models import Q, Value

from parvis.people.models import Block, Mute, Person, PersonFollow


def keeps_away(*, person: Person, by: Person) -> bool:
    """Whether `person` blocked `by`: then `by` does not call, invite, follow, recommend to or confirm them. The
    refusal never says so: it is worded as if the person could not be reached. One query."""
    return Block.objects.filter(person=person, blocked=by).exists()


def unread_by(person: Person) -> set[int]:
    """Those whose words this person chose not to read in the feed: muted or blocked. One query."""
    muted = Mute.objects.filter(person=person).values_list("muted_id", flat=True)
    return set(muted.union(Block.objects.filter(person=person).values_list("blocked_id", flat=True)))


def out_of_reach_of(person: Person) -> Q:
    """For lists of people one might reach (to invite, to recommend to): `.exclude(out_of_reach_of(person))`."""
    return Q(pk__in=Block.objects.filter(blocked=person).values("person_id"))


@dataclass(frozen=True)
class Stands:
    """How one person stands towards another: known to the first alone."""

    follows: bool = False
    mutes: bool = False
    blocks: bool = False


NO_TIES = Stands()


def stands(person: Person, other: Person) -> Stands:
    """One query. Whoever looks through another's eyes learns nothing of it."""
    if person.is_seen_by_another:
        return NO_TIES
    follows = PersonFollow.objects.filter(person=person, followed=other).values_list(Value("follows"))
    mutes = Mute.objects.filter(person=person, muted=other).values_list(Value("mutes"))
    blocks = Block.objects.filter(person=person, blocked=other).values_list(Value("blocks"))
    return Stands(**{which: True for (which,) in follows.union(mutes, blocks)})
