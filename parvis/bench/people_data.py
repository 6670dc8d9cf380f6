"""A large company to look people up in: 50,000 people, 3,000 communities, 400,000 memberships, skills, languages.

Made from a seed, straight into the tables of the product, in less than a minute. Teams, sites and communities follow a
Zipf law; one person in fifty has not come in, one in two hundred is suspended. Of conversations it holds nothing: the
bench of the feed has those.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from parvis.bench.loading import START, Row, finish, load
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.text import folded
from parvis.people.models import Skill
from parvis.people.names import words_of

SEED = 20_261_122
MADE_BY = "people-bench"
_GIVEN = (
    "Amina Bruno Chloé Driss Élodie Fatou Gaël Hélène Inès Jean-Luc Karim Léa Maï Nadia Olivier Paul Quentin Rachid "
    "Sofia Thị Ugo Valérie Wassim Xavier Yasmine Zoé Émile Jérôme Françoise Ngọc Björn Siobhán Ludovic Marguerite "
    "Mohammed Aïcha Baptiste Camille Dominique Eugénie 阮文雄 محمد Anne-Sophie Marie-Thérèse Noël Ophélie"
).split()
_SYLLABLES = (
    "ba be bi bo bou cha che cla cor da de del do du fa fer fo ga ger gi gou ha he hu ja je jo ka la le lec ler li lo "
    "ma mar men mo mou na ne ni no nou pa per pi po ra re ri ro rou sa sau ser so ta te tel ti to tou va ve vi vo za"
).split()
_PARTICLES = ("", "", "", "", "", "", "Le ", "El ", "de ", "N’", "Ben ")
_TRADES = (
    "Soudure Chaudronnerie Qualité Méthodes Achats Paie Logistique Essais Contrôle Maintenance Projets Bureau".split()
)
_ROLES = (
    "Technicien Technicienne Ingénieur Ingénieure Responsable Chef Cheffe Assistant Assistante Opérateur Opératrice "
    "Acheteur Acheteuse Soudeur Soudeuse Chargé Chargée Conducteur Conductrice Inspecteur Inspectrice"
).split()
_LANGUAGES = "fr en ar vi es de it pt pl nl ro tr zh ber wo ht br uk ru ja".split()


@dataclass(frozen=True)
class Size:
    people: int = 50_000
    communities: int = 3_000
    memberships: int = 400_000
    skills: int = 120_000
    units: int = 3_000
    titles: int = 600
    sites: int = 45

    def times(self, share: float) -> "Size":
        def least(count: int, floor: int) -> int:
            return max(floor, int(count * share))

        return Size(
            least(self.people, 60),
            least(self.communities, 12),
            least(self.memberships, 300),
            least(self.skills, 90),
            least(self.units, 10),
            least(self.titles, 10),
            least(self.sites, 5),
        )


@dataclass(frozen=True)
class Readers:
    """Whom the bench reads as. The newcomer belongs to nothing."""

    typical: int = 1
    member_of_300: int = 2
    guest: int = 3
    newcomer: int = 4


def build(size: Size) -> None:
    """Into an empty database whose migrations are done."""
    company = company_audience_id()
    chance = random.Random(SEED)  # noqa: S311
    names = [_name(chance, n) for n in range(1, size.people + 1)]
    load("people_person", _PERSON, _people(size, chance, names))
    load(
        "people_nameword",
        "person_id, word",
        ((n, w) for n, name in enumerate(names, 1) for w in sorted(words_of(name))),
    )
    first = company + 1
    load("audiences_audience", "id, kind, is_open", _audiences(size, first))
    load("communities_community", _COMMUNITY, _communities(size, first))
    memberships = list(_memberships(size, chance))
    load("communities_membership", "community_id, person_id, role, joined_at, is_pinned", (
        (community, person, "animator" if n == 0 else "member", START, n < 5) for n, community, person in memberships
    ))  # fmt: skip
    load("audiences_audiencemember", "audience_id, person_id", ((first + c - 1, p) for _n, c, p in memberships))
    skills = _skills(size)
    load("people_hasskill", "person_id, skill_id, position, stated_at", _held(size, chance, skills))
    load("people_spokenlanguage", "person_id, code, position", _spoken(size, chance))
    finish()


_PERSON = (
    "id, password, identifier, mail, name, sort_key, given_name, title, unit, site, phone, about, employee_number, "
    "language, time_zone, theme, is_administrator, is_guest, is_demo, created_at, activated_at, suspended_at"
)
_COMMUNITY = "id, audience_id, slug, name, sort_key, purpose, rules, kind, access, icon, hue, founded_at, opened_at"


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / n**0.7 for n in range(1, count + 1)))


def _name(chance: random.Random, n: int) -> str:
    given = chance.choice(_GIVEN)
    family = "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3, 3, 4))))
    return f"{given} {chance.choice(_PARTICLES)}{family.capitalize()}"


def _people(size: Size, chance: random.Random, names: list[str]) -> Iterator[Row]:
    units = [f"{_TRADES[n % len(_TRADES)]} {n + 1}" for n in range(size.units)]
    titles = [
        f"{_ROLES[n % len(_ROLES)]} {_TRADES[n % len(_TRADES)].lower()} {n // len(_ROLES)}" for n in range(size.titles)
    ]
    sites = [f"Site {n + 1}" for n in range(size.sites)]
    by_unit, by_title, by_site = _zipf(size.units), _zipf(size.titles), _zipf(size.sites)
    for n, name in enumerate(names, 1):
        is_reader = n <= 4
        came_in = START if is_reader or n % 50 else None
        left = None if is_reader or n % 200 != 7 else START
        unit = chance.choices(units, cum_weights=by_unit)[0]
        title = chance.choices(titles, cum_weights=by_title)[0]
        site = chance.choices(sites, cum_weights=by_site)[0]
        yield (
            n, "!", f"p{n:05d}", f"p{n:05d}@vauban.example", name, folded(name)[:120], name.split()[0], title, unit,
            site, "", "", MADE_BY if n == 1 else "", "fr", "", "", False, n == Readers.guest, False, START,
            came_in, left,
        )  # fmt: skip


def _audiences(size: Size, first: int) -> Iterator[Row]:
    for n in range(size.communities):
        yield (first + n, "community", n % 3 != 2)


def _communities(size: Size, first: int) -> Iterator[Row]:
    for n in range(1, size.communities + 1):
        access = "open" if (n - 1) % 3 != 2 else "on_request" if n % 2 else "private"
        name = f"{_TRADES[n % len(_TRADES)]} {n}"
        yield (
            n, first + n - 1, f"communaute-{n}", name, folded(name), "Un but.", "", "trade", access, "users", n % 360,
            START, START,
        )  # fmt: skip


def _memberships(size: Size, chance: random.Random) -> Iterator[tuple[int, int, int]]:
    """(how manieth of that person, community, person)"""
    weights = _zipf(size.communities)
    everywhere = range(1, size.communities + 1)
    each = size.memberships / size.people
    chosen = {
        Readers.typical: sorted(chance.sample(everywhere, min(8, size.communities // 2))),
        Readers.member_of_300: sorted(chance.sample(everywhere, min(300, size.communities - 2))),
        Readers.guest: sorted({min(n, size.communities) for n in (40, 400, 900)}),
        Readers.newcomer: [],
    }
    for person in range(1, size.people + 1):
        count = chance.choice((0.25, 0.5, 1, 1, 1.25, 2)) * each
        drawn = chance.choices(everywhere, cum_weights=weights, k=max(1, round(count)))
        for n, community in enumerate(chosen[person] if person in chosen else sorted(set(drawn))):
            yield n, community, person


def _skills(size: Size) -> list[int]:
    """The list that every installation begins with; longer when it is not there."""
    found = list(Skill.objects.order_by("pk").values_list("pk", flat=True)[:300])
    if len(found) < 300:
        more = [Skill(name_fr=f"Savoir {n}", name_en=f"Skill {n}") for n in range(300 - len(found))]
        found += [skill.pk for skill in Skill.objects.bulk_create(more)]
    return found


def _held(size: Size, chance: random.Random, skills: list[int]) -> Iterator[Row]:
    weights = _zipf(len(skills))
    each = size.skills / size.people
    for person in range(1, size.people + 1):
        count = round(chance.choice((0, 0.5, 1, 1, 1.5, 2.2)) * each)
        for position, skill in enumerate(sorted(set(chance.choices(skills, cum_weights=weights, k=count)))):
            yield person, skill, position, START


def _spoken(size: Size, chance: random.Random) -> Iterator[Row]:
    weights = [60, 40, 12, 4, 10, 8, 6, 6, 3, 2, 2, 2, 1, 3, 1, 1, 1, 1, 1, 1]
    for person in range(1, size.people + 1):
        codes = dict.fromkeys(chance.choices(_LANGUAGES, weights=weights, k=chance.choice((0, 1, 1, 2, 3))))
        for position, code in enumerate(codes):
            yield person, code, position
