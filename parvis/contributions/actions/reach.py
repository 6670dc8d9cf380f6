"""How far a publication goes: who had it on their screen, written once and read by nobody, and the count of a day."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from parvis.communities.models import Community
from parvis.contributions.models import Contribution, Reach, Seen
from parvis.kernel.jobs.pace import in_short_writes, sweep
from parvis.people.models import Person

# More than anybody scrolls through in the seconds between two messages of a page; what comes beyond is not read.
MOST_AT_ONCE = 100
SEEN_KEPT = timedelta(days=90)
# A unit counts from as many of its readers on: an author who told one person of it does not learn whether they read.
LEAST_OF_A_UNIT = 3
_SWEPT_AT_ONCE = 100_000


def _is_counted() -> Q:
    """What people wrote themselves, anywhere but in a secret community: that one is in no figure."""
    secret = Community.objects.filter(access=Community.Access.SECRET).values("audience_id")
    written = ~Q(origin__in=[Contribution.Origin.BOT, Contribution.Origin.IMPORT])
    return written & Q(family=Contribution.Family.PUBLICATION) & ~Q(audience__in=secret)


def note_seen(*, person: Person, ids: Collection[int]) -> None:
    """These stood on this person's screen. What they may not read, wrote or had seen before changes nothing.

    One query, and a second when there is something new."""
    asked = sorted(set(ids))[:MOST_AT_ONCE]
    seen = Seen.objects.filter(contribution=OuterRef("pk"), person=person)
    found = Contribution.objects.visible_to(person.scope()).filter(_is_counted(), ~Exists(seen), pk__in=asked)
    _keep([(pk, person.pk) for pk in found.exclude(author=person).values_list("pk", flat=True)])


def note_opened(*, opened: Collection[tuple[int, int]]) -> None:
    """Pages that were opened, as (publication, person), when they were shown with that person's rights."""
    ids = {pk for pk, _person in opened}
    authors = dict(Contribution.objects.filter(_is_counted(), pk__in=ids).values_list("pk", "author_id"))
    here = set(Person.objects.filter(pk__in={person for _pk, person in opened}).values_list("pk", flat=True))
    _keep([(pk, person) for pk, person in opened if person in here and authors.get(pk, person) != person])


def _keep(pairs: Sequence[tuple[int, int]]) -> None:
    if not pairs:
        return
    today = timezone.localdate()
    rows = [Seen(contribution_id=pk, person_id=person, seen_on=today) for pk, person in sorted(pairs)]
    with transaction.atomic():
        Seen.objects.bulk_create(rows, ignore_conflicts=True)


def count_reach() -> None:
    """Counts again what was seen since its last count, then forgets who had seen what 90 days ago.

    A count never goes down: it says how many different people read it within some 90 days, at its best, and so never
    more than there were. Killed at any moment, it does again what it had not done; a clock that jumped only makes it
    count something twice, to the same number.
    """
    leave_no_trace = Q(contribution__audience__in=Community.objects.filter(access="secret").values("audience_id"))
    sweep(Seen.objects.filter(leave_no_trace))
    sweep(Reach.objects.filter(leave_no_trace))
    in_short_writes(_to_count(), _count, first=4)
    old = Seen.objects.filter(seen_on__lt=timezone.localdate() - SEEN_KEPT)
    while sweep(old, at_most=_SWEPT_AT_ONCE) == _SWEPT_AT_ONCE:
        pass


def _to_count() -> list[int]:
    """Seen since a day before the last count: days begin at other hours in other zones. Looked for along what was
    seen, which is little beside all that was ever written."""
    last = "contribution__reach__counted_at"
    never = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gt": timezone.now()})
    since = Q(seen_on__gte=F(f"{last}__date") - timedelta(days=1))
    return sorted(Seen.objects.filter(never | since).order_by().values_list("contribution", flat=True).distinct())


def _count(ids: Sequence[int]) -> None:
    now = timezone.now()
    counts: dict[int, dict[str, int]] = {pk: {"readers": 0, "units": 0} for pk in ids}
    seen = Seen.objects.filter(contribution__in=ids).values("contribution", "person__unit").order_by()
    for pk, unit, here in seen.annotate(here=Count("pk")).values_list("contribution", "person__unit", "here"):
        counts[pk]["readers"] += here
        counts[pk]["units"] += bool(unit) and here >= LEAST_OF_A_UNIT
    before = Reach.objects.in_bulk(list(ids))
    Reach.objects.bulk_create(
        [
            Reach(
                contribution_id=pk,
                readers=max(row["readers"], before[pk].readers if pk in before else 0),
                units=max(row["units"], before[pk].units if pk in before else 0),
                counted_at=now,
            )
            for pk, row in counts.items()
        ],
        update_conflicts=True,
        unique_fields=["contribution"],
        update_fields=["readers", "units", "counted_at"],
    )
