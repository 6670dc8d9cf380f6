"""Every list costs the same number of queries with nothing in it as with thirty rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.connect.models import Entry, Group, GroupMember, Source
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution, Reaction
from parvis.directory import actions as directory
from parvis.directory.models import MOST_CHOSEN
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.jobs.models import Job
from parvis.moderation import actions as moderation
from parvis.people import actions as people
from parvis.people.answers import Answer
from parvis.people.models import Person, Presence, Skill
from parvis.wall import actions as wall
from tests.conftest import make_person
from tests.people.profiles import define

ROWS = 30


@dataclass
class Scene:
    amina: Person
    bruno: Person
    chloe: Person
    karim: Person
    lyon: Community
    essais: Community
    publication: Contribution


@pytest.fixture
def scene(amina, bruno, chloe, karim, lyon, essais, publication) -> Scene:
    return Scene(amina, bruno, chloe, karim, lyon, essais, publication)


def publish(s: Scene, n: int) -> None:
    made = wall.publish(author=s.amina, audience_id=s.lyon.audience_id, text=f"@bruno, vois #cuve et #lot{n}")
    contributions.react(person=s.bruno, contribution=made, kind=Reaction.Kind.LIKE)
    contributions.comment(author=s.chloe, on=made, text="Oui, @amina")


def publish_for_all(s: Scene, n: int) -> None:
    wall.publish(author=s.bruno, audience_id=company_audience_id(), text=f"{n} @amina")


def comment(s: Scene, n: int) -> None:
    made = contributions.comment(author=s.bruno, on=s.publication, text=f"{n} @chloe")
    contributions.react(person=s.chloe, contribution=made, kind=Reaction.Kind.BRAVO)


def edit(s: Scene, n: int) -> None:
    contributions.edit(by=s.amina, contribution=s.publication, title="", text=f"{n} @bruno", based_on=n)


def found(s: Scene, n: int) -> None:
    made = communities.found_open(person=s.bruno, name=f"Lieu {n}", purpose="Un but.", kind="interest", access="open")
    communities.invite(by=s.bruno, person=s.amina, community=made)


def abandon(s: Scene, n: int) -> None:
    made = communities.found_open(person=s.bruno, name=f"Lieu {n}", purpose="Un but.", kind="interest", access="open")
    communities.leave(person=s.bruno, community=made)
    communities.offer_animation(by=s.karim, person=s.amina, community=made)


def join(s: Scene, n: int) -> None:
    communities.join(person=make_person(f"p{n:02d}", f"Personne {n:02d}"), community=s.lyon)


def ask(s: Scene, n: int) -> None:
    communities.ask_to_enter(person=make_person(f"p{n:02d}", f"Personne {n:02d}"), community=s.essais, word="Moi")


def invite_guest(s: Scene, n: int) -> None:
    """One waits for an answer, one is here."""
    for name in ("invite", "venu"):
        guest = make_person(f"{name}{n:02d}", f"Personne {n:02d}", is_guest=True)
        communities.invite(by=s.chloe, person=guest, community=s.lyon)
    communities.join(person=guest, community=s.lyon)


def place_under(s: Scene, n: int) -> None:
    given = {"purpose": "Un but.", "kind": "interest", "access": "open"}
    communities.place_under(
        by=s.chloe, community=communities.found_open(person=s.chloe, name=f"Sous {n}", **given), parent=s.lyon
    )
    asking = communities.found_open(person=s.bruno, name=f"Vers {n}", **given)
    communities.place_under(by=s.bruno, community=asking, parent=s.lyon)


def join_another(s: Scene, n: int) -> None:
    """One in which Amina wrote joins: her word is asked."""
    given = {"purpose": "Un but.", "kind": "interest", "access": "private"}
    made = communities.found_open(person=s.chloe, name=f"Petit lieu {n}", **given)
    communities.invite(by=s.chloe, person=s.amina, community=made)
    communities.join(person=s.amina, community=made)
    s.amina.forget_scope()
    wall.publish(author=s.amina, audience_id=made.audience_id, text=f"Entre nous {n}")
    contributions.merge(by=s.chloe, source=made, target=s.lyon)


def recommend_place(s: Scene, n: int) -> None:
    made = communities.found_open(person=s.bruno, name=f"Lieu {n}", purpose="Un but.", kind="interest", access="open")
    communities.recommend(by=s.bruno, person=s.amina, community=made, word="Regardez")


def report(s: Scene, n: int) -> None:
    made = wall.publish(author=s.amina, audience_id=s.lyon.audience_id, text=f"{n} @chloe")
    moderation.report(by=s.bruno, contribution=made, reason="personal")


def show_on_profile(s: Scene, n: int) -> None:
    """The most that one may show."""
    made = wall.publish(author=s.amina, audience_id=s.lyon.audience_id, text=f"{n} @bruno")
    if n < MOST_CHOSEN:
        directory.show(person=s.amina, contribution=made)
    contributions.react(person=s.bruno, contribution=made, kind=Reaction.Kind.USEFUL)
    wall.recommend(author=s.chloe, original=made, audience_id=s.essais.audience_id, text="Lire")


def remove(s: Scene, n: int) -> None:
    made = wall.publish(author=s.amina, audience_id=s.lyon.audience_id, text=f"{n}")
    moderation.remove(by=s.chloe, contribution=made, reason="Non")


def meet(_s: Scene, n: int) -> None:
    make_person(f"p{n:02d}", f"Personne {n:02d}", title="Soudeuse")


def import_somebody(s: Scene, n: int) -> None:
    source, _new = Source.objects.get_or_create(name=f"source {n}")
    Entry.objects.create(source=source, key=str(n), person=make_person(f"p{n:02d}", f"Personne {n:02d}"))


def group(s: Scene, n: int) -> None:
    source, _new = Source.objects.get_or_create(name="rh")
    made = Group.objects.create(source=source, key=str(n), name=f"Groupe {n}")
    GroupMember.objects.create(group=made, person=s.chloe)


def lead(s: Scene, n: int) -> None:
    member = make_person(f"p{n:02d}", f"Personne {n:02d}", title="Soudeuse")
    Person.objects.filter(pk=member.pk).update(manager=s.chloe)
    people.declare_presence(person=member, state=Presence.State.BUSY)


def follow(s: Scene, n: int) -> None:
    """Whom Bruno follows or does not read, and what they write."""
    followed = make_person(f"p{n:02d}", f"Personne {n:02d}")
    people.follow_person(person=s.bruno, followed=followed)
    contributions.follow_topic(person=s.bruno, key=f"mot{n}")
    wall.publish(author=followed, audience_id=company_audience_id(), text=f"{n} #mot{n} @amina")
    unread = make_person(f"m{n:02d}", f"Muet {n:02d}")
    (people.mute(person=s.bruno, muted=unread) if n % 2 else people.block(person=s.bruno, blocked=unread))


def ask_on_profiles(s: Scene, n: int) -> None:
    field = define(s.karim, f"Champ {n}", "choices", ("Oui", "Non"))
    answers = [Answer(option_id=option.pk) for option in field.options.all()]
    people.change_profile(person=s.amina, words={}, answers={field.pk: answers})


def speak(s: Scene, n: int) -> None:
    people.change_profile(person=s.amina, words={}, languages=["fr", "ar", "en", "de", "it", "es", "vi"][: n + 1])


def die(_s: Scene, n: int) -> None:
    Job.objects.create(lane="now", state="dead", name=f"x{n}", error="Non")


def open_a_talk(s: Scene, n: int) -> None:
    made = wall.publish(author=s.chloe, audience_id=s.essais.audience_id, title=f"Titre {n}", text="Oui")
    contributions.comment(author=s.chloe, on=made, text="Non")


def as_a_forum(s: Scene) -> str:
    Community.objects.filter(pk=s.essais.pk).update(talk="forum")
    return f"/communautes/{s.essais.slug}/"


def decide(s: Scene, n: int) -> None:
    communities.note_decision(by=s.chloe, community=s.essais, text=f"On coupe {n}", decided_on=date(2026, 1, 5))


def as_a_project(s: Scene) -> str:
    Community.objects.filter(pk=s.essais.pk).update(kind="project")
    decide(s, 0)
    return f"/communautes/{s.essais.slug}/ou-en-est-on/"


def say_skills(s: Scene, n: int) -> None:
    """One more of Amina's, confirmed by many; one more of the list; and somebody more who says the same."""
    one = Skill.objects.order_by("pk")[n]
    held = people.state_skill(person=s.amina, skill_id=one.pk, word="cuve")
    people.confirm_skill(by=s.bruno, held=held)
    people.confirm_skill(by=s.chloe, held=held)
    directory.show_with(person=s.amina, held=held, contribution=s.publication)
    other = make_person(f"p{n:02d}", f"Personne {n:02d}", title="Soudeuse")
    communities.join(person=other, community=s.lyon)
    said = people.state_skill(person=other, skill_id=Skill.objects.get(name_fr="Soudage TIG").pk)
    people.confirm_skill(by=s.chloe, held=said)
    people.add_skill(by=s.bruno, name=f"Savoir neuf {n}")


# (who reads, the list, what fills it)
LISTS: dict[str, tuple[str, Callable[[Scene], str], Callable[[Scene, int], None]]] = {
    "the feed": ("amina", lambda s: "/?vue=fil", publish),
    "the company's wall": ("amina", lambda s: "/entreprise/", publish_for_all),
    "a community's wall": ("bruno", lambda s: f"/communautes/{s.lyon.slug}/", publish),
    "a community as a forum": ("chloe", as_a_forum, open_a_talk),
    "the decisions of a project": ("chloe", as_a_project, decide),
    "the comments of a publication": ("amina", lambda s: f"/c/{s.publication.pk}/", comment),
    "the history of a text": ("bruno", lambda s: f"/c/{s.publication.pk}/historique/", edit),
    "a topic": ("bruno", lambda s: "/sujets/cuve/", publish),
    "news of a topic": ("bruno", lambda s: "/sujets/cuve/nouveautes/?since=0", publish),
    "what somebody published": ("bruno", lambda s: f"/personnes/{s.amina.pk}/publications/", publish),
    "a person's page": ("bruno", lambda s: f"/personnes/{s.amina.pk}/", publish),
    "what somebody shows": ("bruno", lambda s: f"/personnes/{s.amina.pk}/", show_on_profile),
    "my contributions": ("amina", lambda s: "/moi/contributions/", show_on_profile),
    "topics proposed": ("bruno", lambda s: "/suggestions/sujets/?q=lot", publish),
    "people proposed": ("amina", lambda s: f"/suggestions/personnes/?q=per&a={s.lyon.audience_id}", meet),
    "what is found": ("amina", lambda s: "/chercher/?q=per", meet),
    "the directory": ("amina", lambda s: "/annuaire/", meet),
    "the directory, narrowed": ("amina", lambda s: "/annuaire/?q=soud&site=Lyon&communaute=qualite-lyon", meet),
    "a team of the chart": ("amina", lambda s: f"/organigramme/{s.chloe.pk}/", lead),
    "the branches of a step": ("amina", lambda s: f"/organigramme/{s.chloe.pk}/equipe/", lead),
    "the tops of the chart": ("amina", lambda s: "/organigramme/", lead),
    "my subscriptions": ("bruno", lambda s: "/moi/abonnements/", follow),
    "communities": ("amina", lambda s: "/communautes/", found),
    "a newcomer's home": ("amina", lambda s: "/", publish_for_all),
    "members": ("amina", lambda s: f"/communautes/{s.lyon.slug}/membres/", join),
    "guests and invitations": ("chloe", lambda s: f"/communautes/{s.lyon.slug}/membres/", invite_guest),
    "what stands under a community": (
        "chloe",
        lambda s: f"/communautes/{s.lyon.slug}/sous-communautes/",
        place_under,
    ),
    "a community's page with those under it": (
        "bruno",
        lambda s: f"/communautes/{s.lyon.slug}/a-propos/",
        place_under,
    ),
    "a community's page with those that joined it": (
        "amina",
        lambda s: f"/communautes/{s.lyon.slug}/a-propos/",
        join_another,
    ),
    "what of mine may follow": ("amina", lambda s: "/moi/deplacements/", join_another),
    "what colleagues recommend": ("amina", lambda s: "/communautes/", recommend_place),
    "requests to enter": ("chloe", lambda s: f"/communautes/{s.essais.slug}/membres/", ask),
    "reports that wait": ("chloe", lambda s: f"/communautes/{s.lyon.slug}/signalements/", report),
    "my reports": ("bruno", lambda s: "/moi/signalements/", report),
    "what of mine was removed": ("amina", lambda s: "/moi/signalements/", remove),
    "what nobody animates": ("karim", lambda s: "/administration/communautes/", abandon),
    "who may come in": ("karim", lambda s: "/personnes/acces/", meet),
    "sources of the directory": ("karim", lambda s: "/administration/annuaire/", import_somebody),
    "groups that may enter": ("chloe", lambda s: f"/communautes/{s.lyon.slug}/groupes/", group),
    "the skills of a person": ("bruno", lambda s: f"/personnes/{s.amina.pk}/", say_skills),
    "my skills": ("amina", lambda s: "/moi/savoir-faire/", say_skills),
    "who knows": ("bruno", lambda s: "/qui-sait/?q=souder+une+cuve", say_skills),
    "who knows here": ("bruno", lambda s: f"/communautes/{s.lyon.slug}/qui-sait/?q=souder", say_skills),
    "the shared skills": ("chloe", lambda s: "/savoir-faire/", say_skills),
    "the fields of profiles": ("karim", lambda s: "/administration/profils/", ask_on_profiles),
    "fields on a person's page": ("bruno", lambda s: f"/personnes/{s.amina.pk}/", ask_on_profiles),
    "fields of one's own profile": ("amina", lambda s: "/moi/profil/", ask_on_profiles),
    "a page as others see it": ("amina", lambda s: "/moi/profil/vu-par/collegue/", ask_on_profiles),
    "places on a person's page": ("chloe", lambda s: f"/personnes/{s.bruno.pk}/", found),
    "languages on a person's page": ("bruno", lambda s: f"/personnes/{s.amina.pk}/", speak),
    "dead letters": ("karim", lambda s: "/administration/travaux/", die),
}


@pytest.mark.parametrize("fill", dict.fromkeys(fill for _who, _address, fill in LISTS.values()))
def test_thirty_rows_cost_what_none_costs(fill: Callable[[Scene, int], None], scene: Scene) -> None:
    """All the lists that it fills at once: thirty rows take longer to write than to read."""
    filled = {name: (who, address(scene)) for name, (who, address, by) in LISTS.items() if by is fill}

    def costs() -> dict[str, int]:
        return {name: cost(getattr(scene, who), address) for name, (who, address) in filled.items()}

    empty = costs()
    for n in range(ROWS):
        fill(scene, n)
    # Where somebody answers to the words, nobody looks for errors of typing: one query less.
    filled_costs = costs()
    searched = {name for name, (_who, address) in filled.items() if "?q=" in address}
    assert {name: count + (name in searched and count < empty[name]) for name, count in filled_costs.items()} == empty


def cost(reader: Person, address: str) -> int:
    browser = Client()
    browser.force_login(reader)
    browser.get(address)  # what is remembered of the first time is not what a row costs
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
