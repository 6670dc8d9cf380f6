"""What some of the demo company recommended to other communities, with a word."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from parvis.communities.models import Community
from parvis.contributions.lines import RECOMMENDATION
from parvis.contributions.models import Contribution
from parvis.demo.network import Plan
from parvis.demo.rows import insert
from parvis.kernel import richtext
from parvis.people.models import Person

# Who, the beginning of a title, where to, and why.
_PASSED_ON = (
    (
        "chloe.marchetti",
        "La lecture d’un film",
        "qualite",
        "Samira explique ce que nous discutons à chaque contrôle. À lire avant le prochain.",
    ),
    (
        "mireille.fontaine",
        "Ce qu’on a gagné en affûtant",
        "essais",
        "Yann donne ses durées de tungstène. Refaisons l’essai avec les nôtres ?",
    ),
    (
        "yann.kerbrat",
        "Qui peut relire un plan de contrôle",
        "quebec",
        "Amina cherche des yeux frais, et vous avez la nuit d’avance.",
    ),
    (
        "mireille.fontaine",
        "Relevé dimensionnel",
        "soudage",
        "Le relevé nous concerne autant que la qualité : les cotes après soudage sont dedans.",
    ),
)


def write_recommendations(
    plan: Plan, people: Mapping[str, Person], audiences: Mapping[str, int], said: list[Contribution]
) -> int:
    """Gives how many."""
    made = list(_recommendations(plan, people, audiences, said))
    insert(made)
    for one in made:
        before = Community.objects.filter(audience=one.audience_id, last_exchange_at__lt=one.published_at)
        before.update(last_exchange_at=one.published_at)
    return len(made)


def _recommendations(
    plan: Plan, people: Mapping[str, Person], audiences: Mapping[str, int], said: list[Contribution]
) -> Iterator[Contribution]:
    for who, title, place, text in _PASSED_ON:
        told = [row for row in said if row.family == 1 and row.title.startswith(title) and row.deleted_at is None]
        original = max(told, key=lambda row: row.published_at, default=None)
        if original is None or original.audience_id == audiences[place]:
            continue
        at = min(original.published_at + timedelta(hours=26), plan.now - (plan.now - original.published_at) / 3)
        yield Contribution(
            audience_id=audiences[place],
            author=people[who],
            kind=RECOMMENDATION,
            family=Contribution.Family.PUBLICATION,
            about=original,
            text=text,
            html=richtext.render(text).html,
            origin=Contribution.Origin.DEMO,
            published_at=at,
            last_exchange_at=at,
        )
