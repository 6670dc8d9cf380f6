"""What somebody does on their home."""

from django.db import transaction
from django.utils import timezone

from parvis.people.models import Person


@transaction.atomic
def know_the_place(*, person: Person) -> None:
    """« Je connais »: the newcomer's page gives way to the feed, for good."""
    Person.objects.filter(pk=person.pk, knows_the_place_at__isnull=True).update(knows_the_place_at=timezone.now())
