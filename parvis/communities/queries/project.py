"""« Où en est-on ? », as the front page of a project shows it."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from parvis.communities.leading import lead_of, may_say
from parvis.communities.models import Community, Decision, Milestone, ProjectState
from parvis.communities.standing import Standing, colleagues
from parvis.kernel.text import folded
from parvis.people.models import Person

LAST_DECISIONS = 3
DECISIONS = 20


@dataclass(frozen=True)
class WhereWeAre:
    """`state` is None until somebody said something."""

    community: Community
    state: ProjectState | None
    lead: Person | None
    milestones: list[Milestone] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    has_more_decisions: bool = False
    may_say: bool = False

    @property
    def is_empty(self) -> bool:
        state = self.state
        if state is None:
            return True
        return not (state.next_step or state.weather or self.lead or self.milestones or self.decisions)

    @property
    def is_late(self) -> bool:
        """The day of the next step is over, and nobody said what came of it."""
        on = self.state.next_step_on if self.state else None
        return on is not None and on < timezone.localdate()

    def is_behind(self, milestone: Milestone) -> bool:
        due = milestone.due_on
        return due is not None and milestone.reached_on is None and due < timezone.localdate()


def where_we_are(community: Community, reader: Person, standing: Standing) -> WhereWeAre:
    """Four queries, one fewer without a lead; one where nobody said anything."""
    state = ProjectState.objects.select_related("said_by").filter(pk=community.pk).first()
    if state is None:
        return WhereWeAre(community, None, None, may_say=may_say(community, standing, None, reader))
    lead = lead_of(community, state)
    decisions = decisions_page(community, size=LAST_DECISIONS)
    return WhereWeAre(
        community=community,
        state=state,
        lead=lead,
        milestones=list(state.milestones.order_by("position")),
        decisions=decisions[:LAST_DECISIONS],
        has_more_decisions=len(decisions) > LAST_DECISIONS,
        may_say=may_say(community, standing, lead, reader),
    )


def decisions_page(
    community: Community, *, after: tuple[date, int] | None = None, size: int = DECISIONS
) -> list[Decision]:
    """The last ones first; one more than a page when others follow. One query."""
    rows = Decision.objects.filter(project=community.pk).select_related("noted_by")
    if after is not None:
        day, pk = after
        rows = rows.filter(decided_on__lte=day).exclude(decided_on=day, pk__gte=pk)
    return list(rows.order_by("-decided_on", "-pk")[: size + 1])


def members_named(community: Community, words: str, *, most: int = 8) -> list[Person]:
    """Colleagues of a community by name: those of exactly this name, else those it may begin. One query."""
    words = " ".join(words.replace("\0", "").split())[:120]
    named = Person.objects.get_queryset().named(words)
    rows = colleagues().filter(community=community, person__in=named).select_related("person")
    found = [member.person for member in rows.order_by("person__sort_key", "person_id")[: 4 * most]]
    exact = [person for person in found if person.sort_key == folded(words)]
    return (exact or found)[:most]
