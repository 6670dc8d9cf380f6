"""What the animators' queue and the people concerned read."""

from collections import defaultdict
from dataclasses import dataclass

from parvis.contributions.lines import Line
from parvis.contributions.models import Contribution
from parvis.contributions.queries import lines_of
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.richtext import excerpt
from parvis.moderation.models import Removal, Report
from parvis.people.models import Person

QUEUE = 30


@dataclass(frozen=True)
class Waiting:
    """One contribution that was reported, with its open reports."""

    line: Line
    reports: list[Report]


def queue(audience_id: int, scope: Scope) -> list[Waiting]:
    """The oldest first. A fixed number of queries. Who reported is not shown: only why."""
    open_reports = Report.objects.filter(audience_id=audience_id, decided_at__isnull=True).order_by(
        "reported_at", "pk"
    )
    reports: dict[int, list[Report]] = defaultdict(list)
    for report in open_reports[: QUEUE * 5]:
        reports[report.contribution_id].append(report)
    lines = {line.pk: line for line in lines_of(list(reports)[:QUEUE], scope)}
    return [Waiting(lines[pk], found) for pk, found in reports.items() if pk in lines]


def waiting_count(audience_id: int) -> int:
    return Report.objects.filter(audience_id=audience_id, decided_at__isnull=True).count()


@dataclass(frozen=True)
class Removed:
    removal: Removal
    # The title, or the first words as they were read.
    words: str


def removals_of(person: Person) -> list[Removed]:
    """What was taken out of sight of what this person wrote, newest first."""
    found = Removal.objects.filter(contribution__author=person).select_related("contribution")
    return [
        Removed(removal, removal.contribution.title or excerpt(removal.contribution.html, 120))
        for removal in found.order_by("-removed_at", "-pk")[:50]
    ]


@dataclass(frozen=True)
class Told:
    """A report as its author reads it; `words` and `url` as long as they may read what it is about."""

    report: Report
    words: str
    url: str


def reports_by(person: Person) -> list[Told]:
    """What this person reported, with what became of it, newest first. Two queries."""
    reports = Report.objects.filter(reporter=person).order_by("-reported_at", "-pk")[:50]
    visible = Contribution.objects.visible_to(person.scope())
    visible = visible.filter(root__deleted_at__isnull=True)  # a comment goes out of sight with its publication
    readable = {c.pk: c for c in visible.filter(pk__in=Report.objects.filter(reporter=person).values("contribution"))}
    found = []
    for report in reports:
        about = readable.get(report.contribution_id)
        words = (about.title or excerpt(about.html, 120)) if about else ""
        found.append(Told(report, words, about.get_absolute_url() if about else ""))
    return found
