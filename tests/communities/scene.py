"""What the tests of communities set up and look at."""

from collections.abc import Callable

from django.test import Client

from parvis.communities.models import Community, Membership
from parvis.people.models import Person

As = Callable[[Person], Client]

FORM = {
    "name": "Soudage et inox",
    "purpose": "Que personne ne reste seul devant un cordon raté.",
    "kind": "trade",
    "access": "open",
    "rules": "On parle des pièces, jamais des personnes.",
    "icon": "flame",
    "hue": "60",
    "key": "une-cle-de-formulaire",
}


def is_member(person: Person, community: Community) -> bool:
    return Membership.objects.filter(person=person, community=community).exists()


def reads(person: Person, community: Community) -> bool:
    return Person.objects.get(pk=person.pk).scope().covers(community.audience_id)
