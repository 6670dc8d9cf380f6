"""Makes the demo company: the rows that eighteen months of acts would have left, in one transaction."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from parvis.communities.models import Community, EntryRequest, Follow, Invitation, Membership
from parvis.contributions.models import Contribution
from parvis.demo import doors
from parvis.demo.cast import QUEBEC, ROAD, Somebody, everybody
from parvis.demo.dice import dice
from parvis.demo.lives import archived_at, life_of, role_in, stay_of, write_lives
from parvis.demo.models import DemoCompany
from parvis.demo.network import COMPANY, SPAN, SUSPENDED_AFTER, Plan
from parvis.demo.passed_on import write_recommendations
from parvis.demo.plan import SEED, draw
from parvis.demo.portraits import FACES, draw_face
from parvis.demo.profiles import said_by, write_profiles
from parvis.demo.rows import CHUNK, insert
from parvis.demo.writing import write_contributions, write_revisions
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.kernel.text import folded, slugged
from parvis.moderation.models import Report
from parvis.people.actions import change_photo
from parvis.people.charter import CHARTER_VERSION, charter_sha256
from parvis.people.models import CharterAcceptance, Person

_PINS = 7
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


class NotEmpty(Exception):
    """There are people in this data folder already: a demo company never mixes with them."""


@dataclass(frozen=True)
class Made:
    people: int
    communities: int
    publications: int
    comments: int
    reactions: int


def create_demo_company(*, now: datetime | None = None, seed: str = SEED) -> Made:
    """Raises NotEmpty. All or nothing."""
    if Person.objects.exists():
        raise NotEmpty
    return _write(draw(now=now or timezone.now(), seed=seed), seed)


def hang_portraits(identifiers: Iterable[str] = tuple(FACES)) -> None:
    """Faces of the people one meets first. Apart from the rows: drawing and decoding hold no lock."""
    for identifier in identifiers:
        person = Person.objects.get(identifier=identifier, is_demo=True)
        change_photo(person=person, content=draw_face(identifier), name=f"{identifier}.png")


@transaction.atomic
def _write(plan: Plan, seed: str) -> Made:
    # Asked again under the write lock: somebody may have imported a directory meanwhile.
    if Person.objects.exists():
        raise NotEmpty
    DemoCompany.objects.create(seed=seed, drawn_at=plan.now)
    people = _write_people(plan)
    communities = _write_communities(plan, people, seed)
    _write_entries(plan, people, communities)
    write_lives(plan, people, communities)
    audiences = {key: community.audience_id for key, community in communities.items()}
    audiences[COMPANY] = company_audience_id()
    readers = _readers(plan, people, communities)
    said = write_contributions(plan, people, audiences, readers)
    write_revisions(plan, said)
    passed_on = write_recommendations(plan, people, audiences, said)
    _write_reports(plan, said, people)
    write_profiles(plan, people, said, seed)
    return Made(
        people=len(people),
        communities=len(communities),
        publications=sum(one.root is None for one in plan.contributed) + passed_on,
        comments=sum(one.root is not None for one in plan.contributed),
        reactions=sum(len(one.reactions) for one in plan.contributed),
    )


def _write_people(plan: Plan) -> dict[str, Person]:
    launched = plan.now - SPAN - timedelta(days=21)
    people = {
        one.identifier: Person(
            identifier=one.identifier,
            mail=f"{one.identifier}@vauban.example" if one.has_mailbox else None,
            name=one.name,
            sort_key=folded(one.name)[:120],
            given_name=one.given_name,
            title=one.title,
            unit=one.unit,
            site=one.site,
            phone=_phone(one, number),
            about=one.about,
            employee_number="" if one.is_guest else f"AV{number:04d}",
            language=one.language,
            time_zone=one.time_zone,
            is_administrator=one.is_administrator,
            is_guest=one.is_guest,
            is_demo=True,
            password=make_password(None),
            created_at=_arrival(one, plan, launched),
            activated_at=plan.came_in.get(one.identifier),
            **said_by(one),
            suspended_at=plan.now - SUSPENDED_AFTER[one.identifier] if one.is_suspended else None,
        )
        for number, one in enumerate(everybody(), start=1)
    }
    insert(people.values())
    for one in everybody():
        if one.manager:
            people[one.identifier].manager = people[one.manager]
    Person.objects.bulk_update(people.values(), ["manager"], batch_size=CHUNK)
    insert(
        CharterAcceptance(
            person=people[one.identifier],
            version=CHARTER_VERSION,
            language=one.language,
            sha256=charter_sha256(one.language),
            accepted_at=plan.came_in[one.identifier] + timedelta(minutes=4),
        )
        for one in everybody()
        if one.writes
    )
    return people


def _phone(one: Somebody, number: int) -> str:
    """Numbers that the regulators keep for fiction: 06 39 98, 04 65 71 and 555-01."""
    if one.is_guest or not one.has_mailbox:
        return ""
    if one.rhythm == QUEBEC:
        return f"+1 418 555-01{number % 100:02d}"
    return f"{'06 39 98' if one.rhythm == ROAD else '04 65 71'} {number // 100:02d} {number % 100:02d}"


def _arrival(one: Somebody, plan: Plan, launched: datetime) -> datetime:
    """When somebody entered the directory: with everybody else, or some days before coming in."""
    if one.is_newcomer:
        return plan.came_in[one.identifier] - timedelta(days=3)
    return launched if one.days_here is None else plan.now - timedelta(days=one.days_here + 2)


def _write_communities(plan: Plan, people: dict[str, Person], seed: str) -> dict[str, Community]:
    last = {one.place: one.at for one in plan.contributed}
    audiences = {
        place.key: Audience(
            kind=Audience.Kind.COMMUNITY,
            is_open=place.access == Community.Access.OPEN,
            closed_at=archived_at(place, plan),
        )
        for place in plan.places
    }
    insert(audiences.values())
    communities = {
        place.key: Community(
            audience=audiences[place.key],
            slug=_slug(place.name, place.access, seed),
            name=place.name,
            sort_key=folded(place.name)[:180],
            purpose=place.purpose,
            rules=place.rules,
            kind=place.kind,
            access=place.access,
            icon=place.icon,
            hue=place.hue,
            founded_by=people[place.animators[0].identifier],
            founded_at=place.founded_at,
            last_exchange_at=last[place.key],
            **life_of(place, plan, people),
        )
        for place in plan.places
    }
    insert(communities.values())
    pinned = _pinned(plan)
    insert(
        Membership(
            community=communities[one.place],
            person=people[one.person.identifier],
            role=role_in(one.place, one.person.identifier, is_animator=one.is_animator),
            joined_at=one.at,
            is_pinned=(one.place, one.person) in pinned,
            **stay_of(one.person.identifier, plan, people),
        )
        for one in plan.joined
    )
    insert(
        AudienceMember(
            audience=audiences[one.place],
            person=people[one.person.identifier],
            until=stay_of(one.person.identifier, plan, people).get("ends_at"),
        )
        for one in plan.joined
    )
    insert(
        Follow(community=communities[place], person=people[person.identifier], followed_at=at)
        for place, person, at in plan.follows
    )
    return communities


def _slug(name: str, access: str, seed: str) -> str:
    """As founding gives it: a private community's address cannot be guessed from its name."""
    if access != Community.Access.PRIVATE:
        return slugged(name)
    rng = dice(seed, "slug", name)
    return f"{slugged(name)}-{''.join(rng.choice(_LETTERS) for _letter in range(7))}"


def _pinned(plan: Plan) -> set[tuple[str, Somebody]]:
    """In the rail of each person: where they animate, then where they speak most."""
    spoken: dict[tuple[str, Somebody], int] = defaultdict(int)
    for one in plan.contributed:
        spoken[one.place, one.author] += 1
    places: dict[Somebody, list[tuple[bool, int, str]]] = defaultdict(list)
    for joined in plan.joined:
        places[joined.person].append((joined.is_animator, spoken[joined.place, joined.person], joined.place))
    return {
        (place, person)
        for person, found in places.items()
        for _animates, _said, place in sorted(found, reverse=True)[:_PINS]
    }


def _write_entries(plan: Plan, people: dict[str, Person], communities: dict[str, Community]) -> None:
    inside = {(one.place, one.person.identifier) for one in plan.joined}
    insert(
        EntryRequest(
            community=communities[place],
            person=people[identifier],
            word=word,
            asked_at=plan.now - ago,
            decided_at=plan.now - ago + timedelta(hours=5) if answer else None,
            decided_by=people[answer.by] if answer else None,
            is_accepted=False if answer else None,
            answer=answer.word if answer else "",
        )
        for place, identifier, word, ago, answer in doors.ASKED
        if (place, identifier) not in inside
    )
    insert(
        Invitation(
            community=communities[place],
            person=people[identifier],
            invited_by=people[by],
            invited_at=plan.now - ago,
            declined_at=plan.now - ago + timedelta(hours=20) if is_declined else None,
        )
        for place, identifier, by, ago, is_declined in doors.INVITED
        if (place, identifier) not in inside
    )


def _write_reports(plan: Plan, said: list[Contribution], people: dict[str, Person]) -> None:
    insert(
        Report(
            contribution=row,
            audience_id=row.audience_id,
            reporter=people[report.by],
            reason=report.reason,
            word=report.word,
            reported_at=max(row.published_at, plan.now - report.ago),
        )
        for report in doors.REPORTED
        for row in said
        if row.title == report.title
    )


def _readers(plan: Plan, people: dict[str, Person], communities: dict[str, Community]) -> dict[str, frozenset[int]]:
    """Whom a mention may call in each place: its members, and everybody of the company where it is open."""
    company = frozenset(people[one.identifier].pk for one in everybody() if one.has_come_in and not one.is_guest)
    inside: dict[str, set[int]] = defaultdict(set)
    for joined in plan.joined:
        inside[joined.place].add(people[joined.person.identifier].pk)
    found = {
        key: frozenset(inside[key]) | (company if community.access == Community.Access.OPEN else frozenset())
        for key, community in communities.items()
    }
    return found | {COMPANY: company}
