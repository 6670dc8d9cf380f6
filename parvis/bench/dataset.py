"""A large, skewed network to measure on: 10,000 people, 300 communities, a million publications.

With three million comments and four million reactions.

Made from a seed, in the order of time, straight into the tables of the product (their indexes are dropped first and
made again after). Communities follow a Zipf law; the last forty are dead: nothing for eighteen months.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from parvis.bench.loading import START, Row, execute, finish, load, set_aside
from parvis.kernel.audiences.actions import company_audience_id
from parvis.people.names import words_of

SEED = 20_261_121
DEAD = 40
YEARS = 3
_WORDS = (
    "la pièce arrive demain au contrôle avec son certificat et la gamme de montage reste à valider par l’atelier "
    "avant la livraison du client qui demande une mesure de plus sur le cordon extérieur de la cuve merci à tous "
    "ceux qui ont relu le plan hier soir pendant la pause de l’équipe de nuit on en reparle lundi matin au point"
).split()


@dataclass(frozen=True)
class Size:
    people: int = 10_000
    communities: int = 300
    publications: int = 1_000_000
    comments: int = 3_000_000
    reactions: int = 4_000_000

    def times(self, share: float) -> "Size":
        """This share of the people and of what they said, in the same communities."""
        counts = (max(100, int(n * share)) for n in (self.publications, self.comments, self.reactions))
        return Size(max(50, int(self.people * share)), self.communities, *counts)


@dataclass(frozen=True)
class Readers:
    """Whom the bench reads as."""

    typical: int = 1
    member_of_everything: int = 2
    dead_communities_only: int = 3
    guest: int = 4


_CONTRIBUTION = (
    "id, audience_id, author_id, kind, family, root_id, parent_id, title, text, html, html_version, language, origin, "
    "published_at, version, comment_count, reaction_tally, recent_reactors"
)


def build(size: Size) -> None:
    """Into an empty database whose migrations are done. Four to eight minutes on two cores."""
    company = company_audience_id()
    chance = random.Random(SEED)  # noqa: S311
    indexes = set_aside("contributions_contribution", "contributions_reaction")
    load("people_person", _PERSON, _people(size))
    words = ((row[0], word) for row in _people(size) for word in sorted(words_of(row[4])))
    load("people_nameword", "person_id, word", words)
    first = company + 1
    load("audiences_audience", "id, kind, is_open", _audiences(size, first))
    load("communities_community", _COMMUNITY, _communities(size, first))
    memberships = list(_memberships(size, chance))
    load("communities_membership", "community_id, person_id, role, joined_at, is_pinned", memberships)
    load(
        "audiences_audiencemember",
        "audience_id, person_id",
        ((first + community - 1, person) for community, person, *_rest in memberships),
    )
    tallies = _Tallies(size, chance)
    load("contributions_contribution", _CONTRIBUTION, _contributions(size, company, first, chance, tallies))
    load("contributions_reaction", "contribution_id, person_id, kind, reacted_at", tallies.reactions())
    for statement in indexes:
        execute(statement)
    finish()


_PERSON = (
    "id, password, identifier, mail, name, sort_key, given_name, title, unit, site, phone, about, employee_number, "
    "language, time_zone, theme, is_administrator, is_guest, is_demo, created_at, activated_at"
)
_COMMUNITY = "id, audience_id, slug, name, sort_key, purpose, rules, kind, access, icon, hue, founded_at, opened_at"
_SPAN = timedelta(days=365 * YEARS).total_seconds()


def _people(size: Size) -> Iterator[Row]:
    given = ("Amina", "Bruno", "Chloé", "Élodie", "Fatou", "Gaël", "Hélène", "Inès", "Jean-Luc", "Karim", "Maï", "Zoé")
    for n in range(1, size.people + 1):
        name = f"{given[n % len(given)]} Personne {n:05d}"
        yield (
            n, "!", f"p{n:05d}", f"p{n:05d}@vauban.example", name, name.lower(), "", "Technicien", "Unité", "Lyon", "",
            "", "", "fr", "", "", False, n == Readers.guest, False, START, START,
        )  # fmt: skip


def _audiences(size: Size, first: int) -> Iterator[Row]:
    for n in range(size.communities):
        yield (first + n, "community", n % 3 != 2)


def _communities(size: Size, first: int) -> Iterator[Row]:
    for n in range(1, size.communities + 1):
        access = "open" if (n - 1) % 3 != 2 else "on_request" if n % 2 else "private"
        yield (
            n, first + n - 1, f"communaute-{n}", f"Communauté {n}", f"communaute {n}", "Un but.", "", "trade", access,
            "users", n, START, START,
        )  # fmt: skip


def _memberships(size: Size, chance: random.Random) -> Iterator[Row]:
    dead = range(size.communities - DEAD + 1, size.communities + 1)
    chosen = {
        Readers.typical: chance.sample(range(1, size.communities - DEAD), min(15, size.communities // 4)),
        Readers.member_of_everything: range(1, size.communities + 1),
        Readers.dead_communities_only: dead,
        Readers.guest: (1, 2, 7),
    }
    alive = range(1, size.communities - DEAD + 1)
    weights = [1 / n**0.5 for n in alive]
    for person in range(1, size.people + 1):
        mine = chosen.get(person) or set(chance.choices(alive, weights, k=chance.choice((3, 6, 9, 15))))
        for community in sorted(mine):
            yield (community, person, "animator" if person == 10 else "member", START, True)


class _Tallies:
    """Who reacted to what, decided beforehand so that each contribution is written with its tally."""

    def __init__(self, size: Size, chance: random.Random) -> None:
        self._size, self._chance = size, chance
        self._given: list[tuple[int, list[int], list[str]]] = []
        self._left = size.reactions

    def of(self, contribution_id: int) -> tuple[str, str]:
        mean = self._size.reactions / (self._size.publications + self._size.comments / 2)
        count = min(int(self._chance.expovariate(1 / mean) + 0.5), self._left, 400)
        if count <= 0:
            return "", ""
        self._left -= count
        people = list({self._chance.randrange(1, self._size.people + 1) for _ in range(count)})
        kinds = self._chance.choices(_KINDS, _SHARES, k=len(people))
        self._given.append((contribution_id, people, kinds))
        tally = sorted(((kinds.count(k), k) for k in set(kinds)), reverse=True)
        return " ".join(f"{k}:{n}" for n, k in tally), " ".join(map(str, people[:2]))

    def reactions(self) -> Iterator[Row]:
        for contribution_id, people, kinds in self._given:
            for person, kind in zip(people, kinds, strict=True):
                yield (contribution_id, person, kind, START)


_KINDS = ("like", "thanks", "bravo", "useful", "idea", "support")
_SHARES = (50, 20, 10, 10, 5, 5)


def _contributions(size: Size, company: int, first: int, chance: random.Random, tallies: _Tallies) -> Iterator[Row]:
    """Publications and comments in the order of time. A comment goes to one of the last 3,000 publications, mostly a
    recent one; its count stands on the row, so publications are written when their comments are known."""
    alive = [company, *range(first, first + size.communities - DEAD)]
    dead = list(range(first + size.communities - DEAD, first + size.communities))
    weights = [0.004, *(1 / n**0.9 for n in range(1, len(alive)))]
    cumulated, total = [], 0.0
    for weight in weights:
        total += weight
        cumulated.append(total)
    per_publication = size.comments / size.publications
    step = timedelta(seconds=_SPAN / size.publications)
    comments_left = size.comments
    next_id = 1
    for n in range(size.publications):
        at = START + step * n
        if n < size.publications // 2 and chance.random() < 0.04:
            audience = chance.choice(dead)
        else:
            audience = chance.choices(alive, cum_weights=cumulated)[0]
        # 0.92 makes the mean what it should be: with more, the newest publications would be left without comments.
        count = min(int(chance.paretovariate(1.3) * 0.92 * per_publication / 3.0), comments_left, 300)
        comments_left -= count
        root_id = next_id
        next_id += 1 + count
        text, author = _text(chance, 22, 60), _author(chance, size)
        title = text[:60].rsplit(" ", 1)[0].capitalize() if chance.random() < 0.6 else ""
        html = f"<p>{text}</p>\n"
        yield (
            root_id, audience, author, "information", 1, None, None, title, text, html, 1, "fr", 1, at, 1 + count,
            count, *tallies.of(root_id),
        )  # fmt: skip
        for k in range(1, count + 1):
            said = _text(chance, 6, 30)
            tally = tallies.of(root_id + k) if chance.random() < 0.5 else ("", "")
            yield (
                root_id + k, audience, _author(chance, size), "comment", 2, root_id, root_id, "", said,
                f"<p>{said}</p>\n", 1, "fr", 1, at + timedelta(minutes=7 * k), 1, 0, *tally,
            )  # fmt: skip


def _text(chance: random.Random, least: int, most: int) -> str:
    start = chance.randrange(len(_WORDS))
    count = chance.randrange(least, most)
    return " ".join((_WORDS * 3)[start : start + count])


def _author(chance: random.Random, size: Size) -> int:
    """Few write much."""
    return int(size.people * chance.random() ** 3) + 1
