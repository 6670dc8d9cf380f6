"""What a house holds before a journey begins. Each function runs in a process of its own, on that house's database."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from parvis.communities import actions as communities
from parvis.communities.actions.entering import tidy_at
from parvis.communities.models import Community, Membership
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution, Reaction
from parvis.kernel.audiences.actions import let_in
from parvis.people.actions import add_person, state_skill
from parvis.people.models import Person
from parvis.people.skill_list import the_skills
from parvis.wall import actions as wall
from tests.conftest import PASSWORD, make_person

SHAPES = """## Un titre, puis **du gras**, de l’*italique* et `du code`

- une puce
- et une autre, avec [un lien](https://example.org/)

1. d’abord
2. ensuite

> Une citation qui vient de loin.

```
tig 140 A, argon 8 l/min
```

@chloe, regarde #soudure : https://example.org/une/adresse/longue/qui-ne-se-coupe-pas-facilement-du-tout-0123456789
"""
CAST = {
    "amina": "Amina Benali",
    "bruno": "Bruno Le Goff",
    "chloe": "Chloé Marchetti",
    "driss": "Driss El Amrani",
    "ines": "Inès Rousseau",
    "karim": "Karim Haddad",
}
FIELDS: dict[str, dict[str, Any]] = {
    "driss": {"is_guest": True},
    "ines": {"has_agreed": False},
    "karim": {"is_administrator": True},
}


def cast() -> dict[str, Any]:
    """The cast, an open community and a private one. Gives the ids by name, and where the private one is."""
    made = {name: make_person(name, full, **FIELDS.get(name, {})) for name, full in CAST.items()}
    Person.objects.update(password=make_password(PASSWORD))
    lyon = communities.found_open(
        person=made["chloe"], name="Qualité Lyon", purpose="Livrer sans retour.", kind="trade", access="open"
    )
    cordon = communities.found_open(
        person=made["chloe"], name="Cordon bleu", purpose="Les essais qui ratent.", kind="project", access="private"
    )
    for community in (lyon, cordon):
        _bring_in("amina", community)
    return {
        **{name: person.pk for name, person in made.items()},
        "lyon": lyon.audience_id,
        "cordon": cordon.audience_id,
        "cordon_slug": cordon.slug,
    }


def people(*, names: dict[str, str], members_of: list[str]) -> dict[str, int]:
    """More people who have come in, members of these communities (by address). Gives the ids by name."""
    made = {name: make_person(name, full) for name, full in names.items()}
    Person.objects.filter(identifier__in=names).update(password=make_password(PASSWORD))
    for community in Community.objects.filter(slug__in=members_of).order_by("pk"):
        for name in names:
            _bring_in(name, community)
    return {name: person.pk for name, person in made.items()}


def talk(*, author: str, community: str) -> dict[str, int]:
    """A publication of every shape of text, with an answer, a reply and a word; and one that was changed."""
    by, chloe = _fresh(author), _fresh("chloe")
    first = publish(author=author, community=community, title="Une soudure qui tient", text=SHAPES)
    on = Contribution.objects.get(pk=first)
    answer = contributions.comment(author=chloe, on=on, text="Merci ! Et **la photo** ?")
    contributions.comment(author=by, on=answer, text="Demain matin, promis.")
    contributions.react(person=chloe, contribution=on, kind=Reaction.Kind.BRAVO)
    second = publish(author=author, community=community, text="Une faute de frape, #soudure")
    changed = Contribution.objects.get(pk=second)
    contributions.edit(by=by, contribution=changed, title="", text="Une faute de frappe, #soudure", based_on=0)
    return {"talk": first, "changed": second}


def people_like(*, language: str, identifier: str, name: str, is_administrator: bool = False) -> int:
    """Somebody who reads in that language, a member of the open community, who founded one more place."""
    made = people(names={identifier: name}, members_of=["qualite-lyon"])
    Person.objects.filter(identifier=identifier).update(language=language, is_administrator=is_administrator)
    communities.found_open(
        person=_fresh(identifier), name=f"Atelier de {name}", purpose="On casse.", kind="trade", access="on_request"
    )
    return made[identifier]


def hostile(*, file: str) -> dict[str, Any]:
    """Types every word of a JSON list in every field, through HTTP; gives the answers that no form should give."""
    words: dict[str, list[Any]] = json.loads(Path(file).read_text())
    make_person("victor", "Victor Hugo", is_administrator=True)
    Person.objects.update(password=make_password(PASSWORD))
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(_fresh("victor"))
    odd: list[str] = []

    def post(address: str, **typed: Any) -> str:
        cache.clear()  # the limits of acts a minute are tried elsewhere
        answer = browser.post(address, typed)
        if answer.status_code not in (302, 422):
            odd.append(f"{answer.status_code} at {address} for {typed}")
        return str(answer.headers.get("Location", ""))

    post("/communautes/fonder/", name="Mots", purpose="De tous", kind="trade", access="open", icon="", hue="")
    audience = Community.objects.get(slug="mots").audience_id
    for title, text in words["publications"]:
        made = post("/publier/", audience=audience, title=title, text=text)
        if made and title in words["few"]:
            post(f"{made}commentaires/", text=text)
    for number, word in enumerate(words["few"]):
        post("/communautes/fonder/", name=word, purpose=word, rules=word, kind="trade", access="open")
        post("/moi/reglages/", about=word, phone=word[:40], language="fr", theme="", time_zone="")
        add_person(identifier=f"mechant{number}", name=word.replace("\0", "")[:110] or "?", title=word[:100])
    # Those who came from a directory with such names have come in, so that others find them.
    Person.objects.filter(identifier__startswith="mechant").update(activated_at=timezone.now())
    return {"odd": odd, "communities": list(Community.objects.order_by("pk").values_list("slug", flat=True))}


def place(*, by: str, name: str, access: str, members: list[str]) -> str:
    """A community that lives already, these among its members. Gives its address."""
    made = communities.found_open(
        person=_fresh(by), name=name, purpose=f"{name}, en une phrase.", kind="project", access=access
    )
    for member in members:
        _bring_in(member, made, by=by)
    return made.slug


def project(*, by: str, name: str, next_step: str) -> str:
    """An open project that says where it is. Gives its address."""
    slug = place(by=by, name=name, access="open", members=[])
    communities.say_where_we_are(
        by=_fresh(by),
        community=Community.objects.get(slug=slug),
        lead=_fresh(by),
        next_step=next_step,
        next_step_on=None,
        weather="clear",
        weather_word="",
        milestones=[communities.Step(name="Cuve livrée")],
    )
    return slug


def skilled(*, names: dict[str, str], skill: str) -> dict[str, int]:
    """People who say this skill of the shared list. Gives the ids by name."""
    made = people(names=names, members_of=[])
    listed = the_skills().named(skill)
    assert listed is not None, skill
    for name in names:
        state_skill(person=_fresh(name), skill_id=listed.id)
    return made


@transaction.atomic
def end_stay_in(*, guest: str, community: str, seconds: float) -> None:
    """The last moment of a guest comes in a few seconds: the page of a stay knows days only."""
    member = Membership.objects.get(person__identifier=guest, community__slug=community)
    member.ends_at = timezone.now() + timedelta(seconds=seconds)
    member.save(update_fields=["ends_at"])
    let_in(person_id=member.person_id, audience_id=member.community.audience_id, until=member.ends_at)
    tidy_at(member, member.ends_at)


def publish(*, author: str, community: str, text: str, title: str = "") -> int:
    """Gives its number."""
    place = Community.objects.get(slug=community)
    return wall.publish(author=_fresh(author), audience_id=place.audience_id, title=title, text=text).pk


def _bring_in(identifier: str, community: Community, *, by: str = "chloe") -> None:
    if community.access != Community.Access.OPEN or _fresh(identifier).is_guest:
        communities.invite(by=_fresh(by), person=_fresh(identifier), community=community)
    communities.join(person=_fresh(identifier), community=community)


def _fresh(identifier: str) -> Person:
    """Read again: a scope is remembered on its person."""
    return Person.objects.get(identifier=identifier)
