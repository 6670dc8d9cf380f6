"""Who leads a project: a member of the company who was named, for as long as they are there."""

from parvis.communities.models import Community, ProjectState
from parvis.communities.standing import Standing, colleagues
from parvis.people.models import Person


def lead_of(community: Community, state: ProjectState | None) -> Person | None:
    """A lead who left leads no more, without anybody's act. One query at most."""
    if state is None or state.lead_id is None:
        return None
    member = colleagues().filter(community=community, person=state.lead_id).select_related("person").first()
    return member.person if member else None


def may_say(community: Community, standing: Standing, lead: Person | None, reader: Person) -> bool:
    """Where the project stands: those who animate, and who leads it. Not of what was archived."""
    is_lead = lead is not None and lead.pk == reader.pk and standing.is_member and standing.is_active
    return (standing.may_animate or is_lead) and not community.is_archived
