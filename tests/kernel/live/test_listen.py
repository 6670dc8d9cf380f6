"""Who hears what: rights at the door, rights that end, and what a page learns."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution, Reaction
from parvis.kernel import live
from parvis.kernel.audiences.actions import open_or_close
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.kernel.live.conftest import Opens, listening, note

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_a_page_hears_of_a_new_publication_once(tab: Opens, lyon: Community, amina: Person, bruno: Person):
    wall_of_lyon = f"a:{lyon.audience_id}"
    page = listening(tab(bruno), wall_of_lyon)
    said = wall.publish(author=amina, audience_id=lyon.audience_id, text="Bonjour")
    assert page.next() == {"topic": wall_of_lyon, "version": said.pk, "audience": 1, "author": amina.pk}
    assert page.hears_nothing()


def test_a_page_hears_that_a_card_changed_with_its_counts(tab: Opens, lyon: Community, amina: Person, bruno: Person):
    said = wall.publish(author=amina, audience_id=lyon.audience_id, text="Bonjour")
    page = listening(tab(bruno), f"c:{said.pk}", said.version)
    contributions.react(person=bruno, contribution=said, kind=Reaction.Kind.THANKS)
    frame = page.next()
    assert frame["topic"] == f"c:{said.pk}"
    assert frame["version"] == Contribution.objects.get(pk=said.pk).version > said.version


def test_what_somebody_may_not_hear_is_lost_to_them(tab: Opens, cordon: Community, amina: Person, bruno: Person):
    secret = wall.publish(author=amina, audience_id=cordon.audience_id, text="Entre nous")
    asked = [f"a:{cordon.audience_id}", f"c:{secret.pk}", f"p:{amina.pk}", "z:1", "c:999999", "recheck:1", "a:", "🙂"]
    page = tab(bruno)
    page.say({"subscribe": dict.fromkeys(asked, 0)})
    assert page.next() == {"lost": asked}
    contributions.comment(author=amina, on=secret, text="Toujours entre nous")
    note(f"p:{amina.pk}", version=1)
    assert page.hears_nothing()


def test_each_hears_of_themselves(tab: Opens, bruno: Person):
    page = listening(tab(bruno), f"p:{bruno.pk}")
    note(f"p:{bruno.pk}", version=8)
    assert page.next()["version"] == 8


def test_a_guest_hears_their_community_and_nothing_that_is_open_to_employees(
    tab: Opens, lyon: Community, cordon: Community, chloe: Person, driss: Person
):
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    page = tab(driss)
    page.say({"subscribe": {f"a:{lyon.audience_id}": 0, f"a:{cordon.audience_id}": 0}})
    assert page.next() == {"lost": [f"a:{lyon.audience_id}"]}
    said = wall.publish(author=chloe, audience_id=cordon.audience_id, text="Bienvenue")
    assert page.next()["version"] == said.pk


def test_a_page_that_comes_back_learns_what_it_missed(tab: Opens, lyon: Community, amina: Person, bruno: Person):
    first = wall.publish(author=amina, audience_id=lyon.audience_id, text="Un")
    contributions.comment(author=amina, on=first, text="Deux")
    first.refresh_from_db()
    page = tab(bruno)
    page.say({"subscribe": {f"c:{first.pk}": 1, f"a:{lyon.audience_id}": first.pk}})
    assert page.next() == {"topic": f"c:{first.pk}", "version": first.version, "audience": 1}
    assert page.hears_nothing()


def test_who_leaves_a_community_loses_it_on_every_tab(tab: Opens, cordon: Community, amina: Person, chloe: Person):
    topic = f"a:{cordon.audience_id}"
    pages = [listening(tab(amina), topic), listening(tab(amina), topic)]
    communities.leave(person=amina, community=cordon)
    assert [page.next() for page in pages] == [{"lost": [topic]}] * 2
    wall.publish(author=chloe, audience_id=cordon.audience_id, text="Sans Amina")
    assert all(page.hears_nothing() for page in pages)


def test_a_community_that_closes_is_lost_to_all_but_its_members(
    tab: Opens, lyon: Community, amina: Person, bruno: Person, chloe: Person
):
    topic = f"a:{lyon.audience_id}"
    member, reader = listening(tab(amina), topic), listening(tab(bruno), topic)
    open_or_close(audience_id=lyon.audience_id, is_open=False)
    assert reader.next() == {"lost": [topic]}
    assert member.hears_nothing()


def test_a_suspension_closes_every_tab_at_once(tab: Opens, lyon: Community, bruno: Person, karim: Person):
    pages = [listening(tab(bruno), f"a:{lyon.audience_id}") for _ in range(2)]
    people.suspend(person=bruno, by=karim)
    assert [page.close_code() for page in pages] == [4401, 4401]


def test_signing_out_everywhere_closes_every_tab_at_once(tab: Opens, lyon: Community, bruno: Person):
    page = listening(tab(bruno), f"a:{lyon.audience_id}")
    Session.objects.all().delete()
    with transaction.atomic():
        live.recheck(bruno.pk)
    assert page.close_code() == 4401


def test_without_a_session_the_socket_says_so_and_closes(
    tab: Opens, bruno: Person, cookie_of: Callable[[Person], str]
):
    assert tab(None).close_code() == 4401
    assert tab(None, cookie="made-up").close_code() == 4401
    old = cookie_of(bruno)
    Session.objects.filter(session_key=old).update(expire_date=timezone.now())
    assert tab(None, cookie=old).close_code() == 4401


def test_a_session_from_before_a_new_password_is_over(tab: Opens, bruno: Person, cookie_of: Callable[[Person], str]):
    cookie = cookie_of(bruno)
    bruno.set_password("une autre place, devant la mairie")
    bruno.save()
    assert tab(None, cookie=cookie).close_code() == 4401


def test_only_our_own_pages_may_open_a_socket(tab: Opens, bruno: Person):
    for origin in (None, "https://evil.example", "http://127.0.0.1:1", "null"):
        with pytest.raises(InvalidStatus) as refusal:
            tab(bruno, origin=origin)
        assert refusal.value.response.status_code == 403


def test_the_address_of_the_company_may_open_a_socket(tab: Opens, bruno: Person, settings):
    settings.PARVIS_URL = "https://parvis.vauban.example"
    listening(tab(bruno, origin="https://parvis.vauban.example"), f"p:{bruno.pk}")


def test_a_page_stops_hearing_what_it_no_longer_shows(tab: Opens, bruno: Person):
    page = listening(tab(bruno), f"p:{bruno.pk}")
    page.say({"unsubscribe": [f"p:{bruno.pk}"]})
    page.say({"subscribe": {"nobody:1": 0}})
    assert page.next() == {"lost": ["nobody:1"]}
    note(f"p:{bruno.pk}", version=3)
    assert page.hears_nothing()
