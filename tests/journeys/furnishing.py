"""What a house holds before a journey begins. Each function runs in a process of its own, on that house's database."""

from django.contrib.auth.hashers import make_password

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.conftest import PASSWORD, make_person

CAST = {
    "amina": "Amina Benali",
    "bruno": "Bruno Le Goff",
    "chloe": "Chloé Marchetti",
    "driss": "Driss El Amrani",
    "ines": "Inès Rousseau",
    "karim": "Karim Haddad",
}


def cast() -> dict[str, int]:
    """The cast, an open community and a private one. Gives the ids by name."""
    fields = {"driss": {"is_guest": True}, "ines": {"has_agreed": False}, "karim": {"is_administrator": True}}
    people = {name: make_person(name, full, **fields.get(name, {})) for name, full in CAST.items()}
    Person.objects.update(password=make_password(PASSWORD))
    # Everybody knows the place: home is the feed and not the letter to newcomers.
    for person in people.values():
        person.refresh_from_db()
    lyon = communities.found(
        person=people["chloe"], name="Qualité Lyon", purpose="Livrer sans retour.", kind="trade", access="open"
    )
    cordon = communities.found(
        person=people["chloe"], name="Cordon bleu", purpose="Les essais qui ratent.", kind="project", access="private"
    )
    communities.join(person=_fresh("amina"), community=lyon)
    communities.invite(by=_fresh("chloe"), person=_fresh("amina"), community=cordon)
    communities.join(person=_fresh("amina"), community=cordon)
    return {name: person.pk for name, person in people.items()} | {
        "lyon": lyon.audience_id,
        "cordon": cordon.audience_id,
    }


def publish(*, author: str, community: str, text: str, title: str = "") -> int:
    place = Community.objects.get(slug=community)
    return wall.publish(author=_fresh(author), audience_id=place.audience_id, title=title, text=text).pk


def _fresh(identifier: str) -> Person:
    """Read again: a scope is remembered on its person."""
    return Person.objects.get(identifier=identifier)
