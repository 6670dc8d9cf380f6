"""What moving words from one community to another would change: who could read them then."""

from dataclasses import dataclass

from parvis.communities.models import Community
from parvis.contributions.models import Contribution
from parvis.kernel.audiences.models import Audience, AudienceMember


def widens(*, source_id: int, target_id: int) -> bool:
    """Whether somebody reads the audience `target_id` who does not read `source_id`, now or by coming in later.

    What the whole company read, everybody does but guests: those of the other place are compared. What only members
    read was written for them: any other place has, or may have, others. Two queries at most.
    """
    if not Audience.objects.filter(pk=source_id, is_open=True).exists():
        return True
    guests = AudienceMember.objects.current().filter(audience_id=target_id, person__is_guest=True)
    here = AudienceMember.objects.current().filter(audience_id=source_id).values("person_id")
    return guests.exclude(person_id__in=here).exists()


@dataclass(frozen=True)
class Preview:
    """What a merge would do, in figures of threads: for those who animate what merges, never for others."""

    source: Community
    target: Community
    threads: int
    # Nothing moves before those who wrote say so.
    waits: bool
    # The company read it, and will not.
    narrows: bool


def preview(*, source: Community, target: Community) -> Preview:
    """Three queries."""
    threads = Contribution.objects.publications().filter(audience_id=source.audience_id, deleted_at__isnull=True)
    return Preview(
        source=source,
        target=target,
        threads=threads.count(),
        waits=widens(source_id=source.audience_id, target_id=target.audience_id),
        narrows=source.access == Community.Access.OPEN != target.access,
    )
