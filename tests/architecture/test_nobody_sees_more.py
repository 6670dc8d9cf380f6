"""Random networks, random acts: nobody ever meets, on any page, what the plain rules would not show.

Each community, publication and person carries a word of its own; one person's browser then opens every page there is
and the words it meets are compared with those that `plain_rules` allows. The feeds and the live hub are asked for all.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from parvis.communities import actions as communities
from parvis.communities.models import Community, EntryRequest, Membership, Merge
from parvis.contributions import actions as contributions
from parvis.contributions import queries
from parvis.contributions.models import Contribution, MoveConsent
from parvis.home.queries import feed_scope
from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.live.rights import granted_to
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.architecture.plain_rules import Network, Place, Thread
from tests.conftest import make_person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

PEOPLE, GUESTS = 5, 2
ACCESSES = ("open", "on_request", "private", "secret")
NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept")
# Words that nothing of the product says. A name is folded and cut in pages; these stay whole.
PLACE, THREAD, PERSON = "lieu{}uiel", "fil{}lif", "gens{}sneg"
MET = re.compile(r"(lieu|fil|gens)(\d+)(?:uiel|lif|sneg)", re.IGNORECASE)

# Of all addresses, drawn at each turn: every one of them comes up in a few runs.
PAGES = 100


def routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each route, and what its address takes, in order."""

    def walk(patterns: list[Any], before: str, taken: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for one in patterns:
            parameters = (*taken, *one.pattern.converters)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, f"{before}{one.namespace}:" if one.namespace else before, parameters)
            elif one.name:
                yield before + one.name, parameters

    yield from walk(get_resolver().url_patterns, "", ())


ROUTES = sorted(set(routes()))

acts = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "join", "leave", "invite", "invite", "let_go", "publish", "publish", "comment", "delete", "suspend",
                "readmit", "narrow", "archive", "unarchive", "merge", "undo_merge", "consent", "refuse", "follow",
                "time_runs_out", "animate", "pass_on", "pass_on", "block", "ask",
            ]
        ),
        st.integers(0, PEOPLE + GUESTS - 1),
        st.integers(0, PEOPLE + GUESTS - 1),
        st.integers(0, 7),
    ),
    min_size=4,
    max_size=14,
)  # fmt: skip


@dataclass
class Played:
    """The product and the plain rules, side by side: the same act in both."""

    plain: Network
    persons: list[Person]
    communities: list[Community]
    publications: list[Contribution]

    # --- One act ------------------------------------------------------------------------------------------------

    def play(self, act: str, a: int, b: int, n: int) -> None:
        if a not in self.plain.suspended or act == "readmit":
            getattr(self, act)(a, b, n)
        for person in self.persons:
            person.forget_scope()

    def is_done(self, act: Callable[[], Any]) -> bool:
        try:
            with transaction.atomic():
                act()
        except (PermissionDenied, ValidationError):
            return False
        return True

    def place(self, n: int) -> tuple[int, Place, Community]:
        n %= len(self.communities)
        return n, self.plain.places[n], Community.objects.get(pk=self.communities[n].pk)

    def join(self, a: int, _b: int, n: int) -> None:
        n, here, community = self.place(n)
        if a in here.members:
            return
        may = self.plain.may_join(a, n)
        assert may == self.is_done(lambda: communities.join(person=self.persons[a], community=community))
        if may:
            here.members.add(a)
            here.invited.discard(a)
            here.removed.discard(a)

    def leave(self, a: int, _b: int, n: int) -> None:
        n, here, community = self.place(n)
        if a in here.members and self.is_done(lambda: communities.leave(person=self.persons[a], community=community)):
            here.members.discard(a)
            here.animators.discard(a)

    def invite(self, a: int, b: int, n: int) -> None:
        n, here, community = self.place(n)
        if b in self.plain.suspended or b in here.invited:
            return
        done = self.is_done(
            lambda: communities.invite(by=self.persons[a], person=self.persons[b], community=community)
        )
        assert not done or self.plain.may_invite(a, b, n)
        if done:
            here.invited.add(b)

    def let_go(self, a: int, b: int, n: int) -> None:
        n, here, community = self.place(n)
        if b in here.members and self.is_done(
            lambda: communities.let_go(by=self.persons[a], person=self.persons[b], community=community, reason="Non.")
        ):
            assert a in here.animators
            here.members.discard(b)
            here.removed.add(b)

    def publish(self, a: int, _b: int, n: int) -> None:
        n, _here, community = self.place(n)
        word = THREAD.format(len(self.publications))
        made: list[Contribution] = []
        done = self.is_done(
            lambda: made.append(
                wall.publish(author=self.persons[a], audience_id=community.audience_id, title=word, text=f"{word} !")
            )
        )
        assert done == self.plain.may_publish(a, n)
        if done:
            self.publications += made
            self.plain.threads.append(Thread(n, [a]))

    def comment(self, a: int, _b: int, n: int) -> None:
        if not self.publications:
            return
        n %= len(self.publications)
        on = Contribution.objects.get(pk=self.publications[n].pk)
        word = THREAD.format(n)
        done = self.is_done(lambda: contributions.comment(author=self.persons[a], on=on, text=f"{word} : oui"))
        assert done == self.plain.may_comment(a, n)
        if done:
            self.plain.threads[n].authors.append(a)

    def delete(self, a: int, _b: int, n: int) -> None:
        if not self.publications:
            return
        n %= len(self.publications)
        one = Contribution.objects.get(pk=self.publications[n].pk)
        if one.deleted_at is None and self.is_done(lambda: contributions.delete(by=self.persons[a], contribution=one)):
            self.plain.threads[n].is_deleted = True

    def suspend(self, _a: int, b: int, _n: int) -> None:
        people.suspend(person=self.persons[b], by=None)
        self.plain.suspended.add(b)

    def readmit(self, _a: int, b: int, _n: int) -> None:
        people.readmit(person=self.persons[b], by=None)
        self.plain.suspended.discard(b)

    def follow(self, a: int, _b: int, n: int) -> None:
        n, _here, community = self.place(n)
        done = self.is_done(lambda: communities.follow(person=self.persons[a], community=community))
        assert not done or self.plain.reads(a, n)

    def narrow(self, a: int, _b: int, n: int) -> None:
        n, here, community = self.place(n)
        wanted = ACCESSES[min(ACCESSES.index(here.access) + 1, 3)]
        if self.is_done(
            lambda: communities.change_settings(
                by=self.persons[a], community=community, name=community.name, purpose=community.purpose, rules="",
                kind=community.kind, icon=community.icon, hue=community.hue, access=wanted,
            )
        ):  # fmt: skip
            assert a in here.animators
            here.access = wanted

    def archive(self, a: int, _b: int, n: int) -> None:
        n, here, community = self.place(n)
        if not here.is_archived and self.is_done(lambda: communities.archive(by=self.persons[a], community=community)):
            assert a in here.animators
            here.is_archived = True

    def unarchive(self, a: int, _b: int, n: int) -> None:
        n, here, community = self.place(n)
        if here.is_archived and self.is_done(lambda: communities.unarchive(by=self.persons[a], community=community)):
            assert a in here.animators
            assert here.merged_into is None
            here.is_archived = False

    def animate(self, a: int, b: int, n: int) -> None:
        n, here, community = self.place(n)
        if self.is_done(
            lambda: communities.make_animator(by=self.persons[a], person=self.persons[b], community=community)
        ):
            assert a in here.animators
            assert b in here.members - self.plain.guests
            here.animators.add(b)

    def pass_on(self, a: int, b: int, n: int) -> None:
        """A publication is recommended elsewhere, under a word of its own: whoever reads that word does not read what
        it is about, unless they do where it stands."""
        if not self.publications:
            return
        n %= len(self.publications)
        m, _here, community = self.place(b)
        word = THREAD.format(len(self.publications))
        original = Contribution.objects.get(pk=self.publications[n].pk)
        made: list[Contribution] = []

        def recommend() -> None:
            one, is_new = wall.recommend(
                author=self.persons[a], original=original, audience_id=community.audience_id, text=f"{word} !"
            )
            made.extend([one] * is_new)

        if self.is_done(recommend) and made:
            assert self.plain.may_recommend(a, n, m)
            self.publications += made
            self.plain.threads.append(Thread(m, [a]))

    def block(self, a: int, b: int, _n: int) -> None:
        """Nobody reads more, nor less."""
        if a != b:
            self.is_done(lambda: people.block(person=self.persons[a], blocked=self.persons[b]))

    def ask(self, a: int, b: int, n: int) -> None:
        """To come in; and somebody says yes."""
        n, here, community = self.place(n)
        asked: list[EntryRequest] = []
        if not self.is_done(
            lambda: asked.append(communities.ask_to_enter(person=self.persons[a], community=community))
        ):
            return
        assert self.plain.knows_of(a, n)
        assert a not in self.plain.guests
        if b not in self.plain.suspended and self.is_done(
            lambda: communities.decide_entry(by=self.persons[b], request=asked[0], is_accepted=True)
        ):
            assert b in here.animators
            here.members.add(a)
            here.invited.discard(a)

    def time_runs_out(self, _a: int, b: int, n: int) -> None:
        """A guest's last moment, in the past: no job has run."""
        n, here, community = self.place(n)
        if b in here.members & self.plain.guests:
            over = timezone.now() - timedelta(seconds=1)
            Membership.objects.filter(community=community, person=self.persons[b]).update(ends_at=over)
            AudienceMember.objects.filter(audience=community.audience_id, person=self.persons[b]).update(until=over)
            here.members.discard(b)

    # --- Merging: whatever moves is read afterwards by nobody who could not read it, unless all who wrote said yes -

    def merge(self, a: int, b: int, n: int) -> None:
        n, here, source = self.place(n)
        m, there, target = self.place(n + 1 + b % (len(self.communities) - 1))
        before = {one: self.plain.readers(thread.place) for one, thread in enumerate(self.plain.threads)}
        if not self.is_done(lambda: contributions.merge(by=self.persons[a], source=source, target=target)):
            return
        assert a in here.animators & there.animators
        assert not there.is_archived
        here.is_archived, here.merged_into = True, m
        self.note_invitations(m)
        for one in self.note_moves():
            assert self.plain.readers(self.plain.threads[one].place) <= before[one]

    def undo_merge(self, a: int, _b: int, n: int) -> None:
        n, here, community = self.place(n)
        made = Merge.objects.filter(source=community, undone_at__isnull=True).first()
        if made is None or not self.is_done(lambda: contributions.undo_merge(by=self.persons[a], merge=made)):
            return
        target = here.merged_into
        assert target is not None
        assert a in here.animators | self.plain.places[target].animators
        here.is_archived, here.merged_into = False, None
        self.note_invitations(target)
        self.note_moves()

    def consent(self, a: int, _b: int, _n: int, *, is_given: bool = True) -> None:
        asked = list(MoveConsent.objects.filter(author=self.persons[a], answered_at__isnull=True))
        if asked and self.is_done(
            lambda: contributions.answer_moves(author=self.persons[a], consents=asked, is_given=is_given)
        ):
            for one in self.note_moves():
                said = MoveConsent.objects.filter(root=self.publications[one], is_given=True)
                authors = {self.persons[author].pk for author in self.plain.threads[one].authors}
                assert authors <= set(said.values_list("author_id", flat=True))

    def refuse(self, a: int, b: int, n: int) -> None:
        self.consent(a, b, n, is_given=False)

    def note_moves(self) -> list[int]:
        """The threads that stand elsewhere now."""
        where = {community.audience_id: n for n, community in enumerate(self.communities)}
        moved = []
        for one, publication in enumerate(self.publications):
            now = where[Contribution.objects.values_list("audience_id", flat=True).get(pk=publication.pk)]
            if now != self.plain.threads[one].place:
                self.plain.threads[one].place = now
                moved.append(one)
        return moved

    def note_invitations(self, n: int) -> None:
        """A merge invites the members of what it closed; undoing takes back what was not answered."""
        numbers = {person.pk: number for number, person in enumerate(self.persons)}
        waiting = self.communities[n].invitations.pending().values_list("person_id", flat=True)
        self.plain.places[n].invited = {numbers[pk] for pk in waiting}

    # --- What one person meets ----------------------------------------------------------------------------------

    def allowed(self, a: int) -> set[str]:
        if a in self.plain.suspended:
            return set()
        places = {PLACE.format(n) for n in range(len(self.communities)) if self.plain.knows_of(a, n)}
        threads = {THREAD.format(n) for n in self.plain.threads_of(a)}
        return places | threads | {PERSON.format(b) for b in self.plain.everybody if self.plain.meets(a, b)}

    def pages(self) -> list[str]:
        """Every address of the product that is about these, whichever module it belongs to."""
        values: dict[str, list[Any]] = {
            "slug": list(Community.objects.order_by("pk").values_list("slug", flat=True)),
            "person_id": [person.pk for person in self.persons],
            "contribution_id": [one.pk for one in self.publications],
            "audience_id": [community.audience_id for community in self.communities],
        }
        found = ["/?vue=fil", "/chercher/?q=lieu", "/chercher/?q=gens", "/annuaire/?q=gens", "/qui-sait/?q=lieu"]
        found += ["/suggestions/personnes/?q=gens", "/communautes/?q=lieu"]
        for name, parameters in ROUTES:
            if all(parameter in values for parameter in parameters):
                found += [reverse(name, args=given) for given in product(*(values[one] for one in parameters))]
        return found

    def look_as(self, a: int, chance: Random) -> None:
        browser = Client()
        if a not in self.plain.suspended:
            browser.force_login(self.persons[a])
        allowed = self.allowed(a)
        for address in chance.sample(pages := self.pages(), min(PAGES, len(pages))):
            # At the door the page only says again the address that was asked for.
            answer = browser.get(address, follow=a not in self.plain.suspended)
            said = b"".join(answer.streaming_content) if answer.streaming else answer.content
            met = {found.group().lower() for found in MET.finditer(said.decode(errors="replace"))}
            assert met <= allowed, f"{self.persons[a]} ({a}) on {address}: {sorted(met - allowed)}"

    def look_as_everybody(self) -> None:
        topics = [f"c:{one.pk}" for one in self.publications]
        topics += [f"a:{community.audience_id}" for community in self.communities]
        for a, row in enumerate(self.persons):
            person = Person.objects.get(pk=row.pk)
            if a in self.plain.suspended:
                continue
            visible = {self.publications[n].pk for n in self.plain.threads_of(a)}
            scope = person.scope()
            assert set(Contribution.objects.visible_to(scope).publications().values_list("pk", flat=True)) == visible
            assert {card.line.pk for card in queries.feed(scope).rows} <= visible
            assert {card.line.pk for card in queries.feed(feed_scope(person)).rows} <= visible
            heard = granted_to(person, topics)
            # What was deleted is not heard of, what is read is.
            assert visible <= {int(topic[2:]) for topic in heard if topic.startswith("c:")}
            places = {n for n in range(len(self.communities)) if self.plain.reads(a, n)}
            assert {topic for topic in heard if topic.startswith("a:")} == {
                f"a:{self.communities[n].audience_id}" for n in places
            }


def begin(invited: list[tuple[int, int]]) -> Played:
    persons = [
        make_person(f"p{n}", f"{PERSON.format(n)} {NUMBERS[n]}", is_guest=n >= PEOPLE, is_administrator=n == 4,
                    unit=f"Unité {n % 3}", site="Lyon")
        for n in range(PEOPLE + GUESTS)
    ]  # fmt: skip
    plain = Network(everybody=set(range(PEOPLE + GUESTS)), guests=set(range(PEOPLE, PEOPLE + GUESTS)))
    communities.change_policy(by=persons[4], founders="everybody", may_be_secret=True)
    made = []
    for n, access in enumerate((*ACCESSES, "open")):
        # The first two animate everything that has two; one of them alone, the rest.
        founder = persons[n % 2]
        made.append(
            communities.found_open(
                person=founder,
                name=PLACE.format(n),
                purpose=f"{PLACE.format(n)} sert.",
                kind="interest",
                access=access,
            )
        )
        plain.places.append(Place(access, {n % 2}, {n % 2}))
    played = Played(plain, persons, made, [])
    for n, guest in invited:
        played.play("invite", n % 5 % 2, guest, n)
        played.play("join", guest, 0, n)
    for n in range(len(made)):
        other = 1 - n % 2
        played.play("invite", n % 2, other, n)
        played.play("join", other, 0, n)
        if n != 3:
            communities.make_animator(by=persons[n % 2], person=persons[other], community=made[n])
            plain.places[n].animators.add(other)
        played.play("publish", n % 2, 0, n)
    return played


@pytest.mark.slow
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    # Fourteen acts are read as they are; making them fewer would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    guests=st.lists(st.tuples(st.integers(0, 4), st.integers(PEOPLE, PEOPLE + GUESTS - 1)), max_size=3, unique=True),
    plays=acts,
    reader=st.integers(0, PEOPLE + GUESTS - 1),
    chance=st.randoms(use_true_random=False),
)
def test_nobody_ever_sees_what_the_plain_rules_would_not_show(db, guests, plays, reader, chance):
    with transaction.atomic():
        played = begin(guests)
        for act, a, b, n in plays:
            played.play(act, a, b, n)
            played.look_as_everybody()
        played.look_as(reader, chance)
        transaction.set_rollback(True)
