"""Every route of the product, with what each persona gets. A route missing here fails the suite.

Columns: nobody (not signed in) · Driss (a guest who is nowhere) · Bruno (of the company, in neither community) · Amina
(a member, and the author) · Chloé (animates both communities) · Karim (an administrator, in neither community).
A route about something stands on two lines: for what is open to the company, and for what is hidden from those who are
not in (`hidden`, the private community): there 404 is the answer to everybody else, administrators included.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from typing import Any

import pytest
import pytest_django
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from parvis.communities import actions as communities
from parvis.communities.models import Community, EntryRequest, GroupGate, Membership
from parvis.communities.models import Removal as LetGo
from parvis.connect.models import Group, Source
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution
from parvis.kernel.jobs.models import Job
from parvis.kernel.pagination import Cursor
from parvis.moderation import actions as moderation
from parvis.moderation.models import Removal
from parvis.people.models import HasSkill, Person, Skill
from parvis.wall import actions as wall
from tests.conftest import CAST, come, found_cordon, found_lyon, make_person
from tests.people.profiles import define

PERSONAS = ("nobody", "driss", "bruno", "amina", "chloe", "karim")


@dataclass(frozen=True)
class Scene:
    """What the routes are about: one open to the company, one hidden in the private community."""

    community: Community
    publication: Contribution
    people: dict[str, Person]
    # What each one's browser holds; nobody's holds nothing.
    cookies: dict[str, SimpleCookie]


def slug(s: Scene) -> list[Any]:
    return [s.community.slug]


def abandoned_slug(s: Scene) -> list[Any]:
    """Nobody animates it any more."""
    Membership.objects.filter(community=s.community).update(role=Membership.Role.MEMBER)
    return [s.community.slug]


def archived_slug(s: Scene) -> list[Any]:
    communities.archive(by=s.people["chloe"], community=s.community)
    return [s.community.slug]


def another(s: Scene) -> Community:
    """Chloé animates it too, and nobody else is in."""
    given = {"purpose": "Autre chose.", "kind": "trade", "access": "private"}
    return communities.found_open(person=s.people["chloe"], name="Ailleurs", **given)


def merged_slug(s: Scene) -> list[Any]:
    contributions.merge(by=s.people["chloe"], source=s.community, target=another(s))
    return [s.community.slug]


def offered(s: Scene) -> list[Any]:
    """Another asks to join it."""
    made = contributions.offer_merge(by=s.people["chloe"], source=another(s), target=s.community)
    return [s.community.slug, made.pk]


def publication(s: Scene) -> list[Any]:
    return [s.publication.pk]


def audience(s: Scene) -> list[Any]:
    return [s.community.audience_id]


def amina(s: Scene) -> list[Any]:
    return [s.people["amina"].pk]


def slug_and_amina(s: Scene) -> list[Any]:
    return [s.community.slug, s.people["amina"].pk]


def nothing(_s: Scene) -> list[Any]:
    return []


def request_to_enter(s: Scene) -> list[Any]:
    asked, _new = EntryRequest.objects.get_or_create(community=s.community, person=s.people["ines"], decided_at=None)
    return [s.community.slug, asked.pk]


def gate(s: Scene) -> list[Any]:
    made, _new = GroupGate.objects.get_or_create(community=s.community, source="rh", group_key="g", name="G")
    return [s.community.slug, made.pk]


def group(s: Scene) -> list[Any]:
    source, _new = Source.objects.get_or_create(name="rh")
    made, _new = Group.objects.get_or_create(source=source, key="g", name="G")
    made.people.add(s.people["chloe"])
    return [s.community.slug, made.pk]


def removal(s: Scene) -> list[Any]:
    moderation.remove(by=s.people["chloe"], contribution=s.publication, reason="Un numéro privé")
    return [Removal.objects.get().pk]


def let_go(s: Scene) -> list[Any]:
    communities.let_go(by=s.people["chloe"], person=s.people["amina"], community=s.community, reason="Non")
    return [LetGo.objects.get().pk]


def project(s: Scene) -> list[Any]:
    Community.objects.filter(pk=s.community.pk).update(kind="project")
    return [s.community.slug]


def decision(s: Scene) -> list[Any]:
    Community.objects.filter(pk=s.community.pk).update(kind="project")
    by = s.people["chloe"]
    made = communities.note_decision(by=by, community=s.community, text="On coupe.", decided_on=date(2026, 1, 5))
    return [s.community.slug, made.pk]


def dead_job(_s: Scene) -> list[Any]:
    return [Job.objects.create(lane="now", state="dead", name="x").pk]


def field_of_profiles(s: Scene) -> list[Any]:
    return [define(s.people["karim"], "Badge").pk]


def since(s: Scene) -> str:
    return f"?since={Cursor(s.publication.published_at, 1)}"


def skill(_s: Scene) -> list[Any]:
    return [Skill.objects.get(name_fr="Soudage TIG").pk]


def held(s: Scene) -> list[Any]:
    said, _new = HasSkill.objects.get_or_create(person=s.people["amina"], skill_id=skill(s)[0])
    return [said.pk]


def amina_and_held(s: Scene) -> list[Any]:
    return [s.people["amina"].pk, *held(s)]


def guest_here(s: Scene) -> list[Any]:
    """Somebody from outside who is in this community for a time."""
    zoe = make_person("zoe", "Zoé Tremblay", is_guest=True)
    communities.invite(by=s.people["chloe"], person=zoe, community=s.community)
    communities.join(person=zoe, community=s.community)
    return [s.community.slug, zoe.pk]


def slug_and_driss(s: Scene) -> list[Any]:
    return [s.community.slug, s.people["driss"].pk]


def invitation_sent(s: Scene) -> list[Any]:
    return [
        s.community.slug,
        communities.invite(by=s.people["chloe"], person=s.people["ines"], community=s.community).pk,
    ]


def another_community(s: Scene) -> list[Any]:
    """Which everybody finds: one that could stand under this one."""
    made = communities.found_open(
        person=s.people["chloe"], name="Autre lieu", purpose="Un but.", kind="interest", access="open"
    )
    return [s.community.slug, made.pk]


# route: (method, its arguments, what is sent, codes where it is open, codes where it is hidden)
Line = tuple[str, Callable[[Scene], list[Any]], dict[str, Any], str, str]
MATRIX: dict[str, Line] = {
    "shell:find": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "shell:help": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "shell:language": ("post", nothing, {"language": "en"}, "302 302 302 302 302 302", ""),
    "shell:offline": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "shell:legal_notice": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "shell:personal_data": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "shell:accessibility": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "shell:company_view": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "home:feed": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "home:news": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "home:know_the_place": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    "account_login": ("get", nothing, {}, "200 302 302 302 302 302", ""),
    "account_logout": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    "people:enter": ("get", lambda s: ["x" * 32], {}, "410 410 410 410 410 410", ""),
    "people:invitation": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "people:paper_code": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "people:choose_password": ("get", nothing, {}, "302 302 302 302 302 302", ""),
    "people:forgotten": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "people:forgotten_sent": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "people:charter": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "people:agree": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    "people:me": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "people:settings": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "people:change_photo": ("post", nothing, {}, "302 422 422 422 422 422", ""),
    "people:profile": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "people:put_suggestion_away": ("post", nothing, {"what": "about"}, "302 302 302 302 302 302", ""),
    "people:fields": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "people:add_field": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "people:field": ("get", field_of_profiles, {}, "302 404 404 404 404 200", ""),
    "people:move_field": ("post", field_of_profiles, {"place": "0"}, "302 404 404 404 404 302", ""),
    "people:set_field_retired": ("post", field_of_profiles, {"on": "1"}, "302 404 404 404 404 302", ""),
    "directory:seen_by": ("get", lambda s: ["collegue"], {}, "302 200 200 200 200 200", ""),
    "people:remove_photo": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    "people:change_password": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "people:presence": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "people:say_nothing": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    # Without what was said before, signed for oneself, there is nothing to say again.
    "people:say_again": ("post", nothing, {}, "302 404 404 404 404 404", ""),
    # A guest who is nowhere sees nobody; nobody follows or keeps away themselves.
    "people:ties": ("get", amina, {}, "302 404 200 404 200 200", ""),
    "people:follow": ("post", amina, {}, "302 404 302 403 302 302", ""),
    "people:mute": ("post", amina, {}, "302 404 302 403 302 302", ""),
    "people:block": ("post", amina, {}, "302 404 302 403 302 302", ""),
    "directory:index": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "directory:chart": ("get", nothing, {}, "302 404 200 200 200 200", ""),
    "directory:chart_of": ("get", amina, {}, "302 404 200 200 200 200", ""),
    "directory:team": ("get", amina, {}, "302 404 200 200 200 200", ""),
    "directory:subscriptions": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "people:sessions": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "people:end_other_sessions": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    "people:end_session": ("post", lambda s: [1], {}, "302 302 302 302 302 302", ""),
    "directory:contributions": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "directory:show": ("post", publication, {}, "302 404 404 302 404 404", "302 404 404 302 404 404"),
    "directory:who_knows": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "directory:who_knows_here": ("get", slug, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "directory:my_skills": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "directory:state_skill": ("post", nothing, {"name": "Soudage TIG"}, "302 302 302 302 302 302", ""),
    "directory:suggest_skills": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "directory:be_sought": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    "directory:reword_skill": ("post", held, {"word": "x"}, "302 404 404 302 404 404", ""),
    "directory:move_skill": ("post", held, {"to": "up"}, "302 404 404 302 404 404", ""),
    "directory:remove_skill": ("post", held, {}, "302 302 302 302 302 302", ""),
    "directory:put_back_skill": ("post", skill, {}, "302 302 302 302 302 302", ""),
    "directory:skill_evidence": ("get", held, {}, "302 404 404 200 404 404", ""),
    "directory:confirm_skill": ("post", amina_and_held, {}, "302 404 302 403 302 302", ""),
    "directory:skills": ("get", nothing, {}, "302 403 200 200 200 200", ""),
    "directory:merge_skill": ("get", skill, {}, "302 404 403 403 200 200", ""),
    "directory:unmerge_skill": ("post", skill, {}, "302 403 403 403 302 302", ""),
    "directory:name_skill": ("get", skill, {}, "302 404 403 403 200 200", ""),
    "directory:person": ("get", amina, {}, "302 404 200 200 200 200", "302 404 200 200 200 200"),
    "people:photo": ("get", lambda s: [s.people["amina"].pk, 96], {}, "302 404 404 404 404 404", ""),
    "people:directory_of_access": ("get", nothing, {}, "302 403 403 403 403 200", ""),
    "people:let_many_in": ("post", nothing, {}, "302 403 403 403 403 200", ""),
    "people:access": ("get", amina, {}, "302 403 403 403 403 200", ""),
    "people:make_paper_code": ("post", amina, {}, "302 403 403 403 403 200", ""),
    "people:invite": ("post", amina, {}, "302 403 403 403 403 302", ""),
    "people:set_suspended": ("post", amina, {"on": "1"}, "302 403 403 403 403 302", ""),
    "people:close_sessions": ("post", amina, {}, "302 403 403 403 403 302", ""),
    "people:withdraw_ways_in": ("post", amina, {}, "302 403 403 403 403 302", ""),
    "communities:index": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "communities:found": ("get", nothing, {}, "302 403 200 200 200 200", ""),
    "communities:read_removal": ("post", let_go, {}, "302 404 404 302 404 404", ""),
    "communities:about": ("get", slug, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "communities:members": ("get", slug, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "communities:let_go": (
        "post",
        slug_and_amina,
        {"reason": "Non"},
        "302 404 403 403 422 403",
        "302 404 404 403 422 404",
    ),
    "communities:join": ("post", slug, {}, "302 404 302 302 302 302", "302 404 404 302 302 404"),
    "communities:decline": ("post", slug, {}, "302 404 404 404 404 404", "302 404 404 404 404 404"),
    "communities:leave": ("post", slug, {}, "302 404 302 302 422 302", "302 404 404 302 422 404"),
    "communities:follow": ("post", slug, {"on": "1"}, "302 404 302 302 302 302", "302 404 404 302 302 404"),
    "communities:pin": ("post", slug, {"on": "0"}, "302 404 403 302 302 403", "302 404 404 302 302 404"),
    "communities:ask": ("post", slug, {"word": "Bonjour"}, "302 404 403 403 403 403", "302 404 404 403 403 404"),
    "communities:withdraw": ("post", slug, {}, "302 404 302 302 302 302", "302 404 404 302 302 404"),
    "communities:decide": (
        "post",
        request_to_enter,
        {"accept": "1"},
        "302 404 403 403 302 403",
        "302 404 404 403 302 404",
    ),
    "communities:invite": ("get", slug, {}, "302 404 403 200 200 403", "302 404 404 403 200 404"),
    "communities:animate": (
        "post",
        slug,
        {"person": lambda s: s.people["amina"].pk},
        "302 404 403 403 302 403",
        "302 404 404 403 302 404",
    ),
    "communities:step_down": ("post", slug, {}, "302 404 403 302 422 403", "302 404 404 302 422 404"),
    "communities:take_up": ("post", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:settings": ("get", slug, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:policy": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "communities:prepare": ("get", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:open": ("post", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:pulse": ("get", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:archive": ("post", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:unarchive": ("post", archived_slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "contributions:merge": ("get", slug, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "contributions:answer_merge_offer": (
        "get",
        offered,
        {},
        "302 404 403 403 200 403",
        "302 404 404 403 200 404",
    ),
    "contributions:withdraw_merge_offer": ("post", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "contributions:undo_merge": ("post", merged_slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "contributions:moves": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "communities:bring_guest": ("get", slug, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:invite_guest": ("get", slug_and_driss, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:withdraw_invitation": (
        "post",
        invitation_sent,
        {},
        "302 404 403 403 302 403",
        "302 404 404 403 302 404",
    ),
    "communities:stay": ("get", guest_here, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:see_as": ("post", guest_here, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:see_as_myself": ("post", nothing, {}, "302 302 302 302 302 302", ""),
    "communities:embassy": ("get", slug_and_amina, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:answer_embassy": (
        "post",
        slug,
        {"accept": "0"},
        "302 404 302 302 302 302",
        "302 404 404 302 302 404",
    ),
    "communities:leave_embassy": ("post", slug, {}, "302 404 302 302 302 302", "302 404 404 302 302 404"),
    "communities:recommend": ("get", slug, {}, "302 404 403 200 200 403", "302 404 404 403 403 404"),
    "communities:put_recommendation_away": (
        "post",
        slug,
        {},
        "302 404 302 302 302 302",
        "302 404 404 302 302 404",
    ),
    "communities:children": ("get", slug, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "communities:answer_child": (
        "post",
        another_community,
        {"accept": "0"},
        "302 404 403 403 302 403",
        "302 404 404 403 302 404",
    ),
    "communities:place": ("get", slug, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:stand_alone": ("post", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:unlink_group": ("post", gate, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "communities:unanimated": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "communities:offer": ("get", abandoned_slug, {}, "302 404 404 404 404 200", "302 404 404 404 404 404"),
    "communities:tools": ("get", slug, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:change_picture": ("post", slug, {}, "302 404 403 403 422 403", "302 404 404 403 422 404"),
    "communities:remove_picture": ("post", slug, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    # There is none: tests/communities/test_looks.py says who sees one.
    "communities:picture": ("get", lambda s: [s.community.slug, 640], {}, "302 404 404 404 404 404", ""),
    "communities:put_away_welcome": ("post", slug, {}, "302 404 302 302 302 302", "302 404 404 302 302 404"),
    "communities:put_away_suggestion": ("post", slug, {}, "302 404 302 302 302 302", "302 404 404 302 302 404"),
    "communities:project": ("get", project, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "communities:say_project": ("get", project, {}, "302 404 403 403 200 403", "302 404 404 403 200 404"),
    "communities:note_decision": (
        "post",
        project,
        {"text": "On coupe.", "decided_on": "2026-01-05"},
        "302 404 403 403 302 403",
        "302 404 404 403 302 404",
    ),
    "communities:take_back_decision": ("post", decision, {}, "302 404 403 403 302 403", "302 404 404 403 302 404"),
    "wall:compose": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "wall:recommend": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "wall:who_reads": ("get", nothing, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "wall:company": ("get", nothing, {}, "302 404 200 200 200 200", ""),
    "wall:news": ("get", audience, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "wall:community": ("get", slug, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "contributions:contribution": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "contributions:talk": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "contributions:card": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "contributions:menu": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "contributions:comments": (
        "post",
        publication,
        {"text": "Oui"},
        "302 404 302 302 302 302",
        "302 404 404 302 302 404",
    ),
    "contributions:reactions": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "contributions:set_reaction": (
        "post",
        lambda s: [s.publication.pk, "like"],
        {"on": "1"},
        "302 404 302 302 302 302",
        "302 404 404 302 302 404",
    ),
    "contributions:edit": ("get", publication, {}, "302 404 403 200 403 403", "302 404 404 200 403 404"),
    "contributions:history": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "contributions:delete": ("post", publication, {}, "302 404 403 302 403 403", "302 404 404 302 403 404"),
    "contributions:restore": ("post", publication, {}, "302 404 302 302 302 302", "302 404 404 302 302 404"),
    "contributions:topic": ("get", lambda s: ["soudage"], {}, "302 200 200 200 200 200", ""),
    "contributions:follow_topic": ("post", lambda s: ["soudage"], {}, "302 403 302 302 302 302", ""),
    "contributions:topic_news": ("get", lambda s: ["soudage"], {}, "302 200 200 200 200 200", ""),
    "contributions:of_person": ("get", amina, {}, "302 404 200 200 200 200", ""),
    "contributions:seen": ("post", nothing, {"ids": "1,2"}, "302 204 204 204 204 204", ""),
    "contributions:suggest_people": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "contributions:suggest_topics": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "moderation:report": ("get", publication, {}, "302 404 200 200 200 200", "302 404 404 200 200 404"),
    "moderation:decide": (
        "post",
        publication,
        {"decision": "removed", "reason": "Non"},
        "302 404 404 404 302 404",
        "302 404 404 404 302 404",
    ),
    "moderation:queue": ("get", slug, {}, "302 404 404 404 200 404", "302 404 404 404 200 404"),
    "moderation:company_queue": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "moderation:mine": ("get", nothing, {}, "302 200 200 200 200 200", ""),
    "moderation:acknowledge": ("post", removal, {}, "302 404 404 302 404 404", "302 404 404 302 404 404"),
    "operate:index": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "operate:jobs": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "operate:job": ("get", dead_job, {}, "302 404 404 404 404 200", ""),
    "operate:healthz": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "operate:readyz": ("get", nothing, {}, "200 200 200 200 200 200", ""),
    "operate:metrics": ("get", nothing, {}, "404 404 404 404 404 404", ""),
    "connect:community_groups": ("get", slug, {}, "302 404 404 404 200 404", "302 404 404 404 200 404"),
    "connect:link_group": ("post", group, {}, "302 404 404 404 302 404", "302 404 404 404 302 404"),
    "connect:directory": ("get", nothing, {}, "302 404 404 404 404 200", ""),
    "live:versions": ("get", nothing, {}, "401 200 200 200 200 200", ""),
}


def routes(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_every_route_is_in_the_matrix() -> None:
    assert set(routes()) == set(MATRIX)


@pytest.fixture(scope="module")
def kept_scenes(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[dict[str, Scene]]:
    """Made once: what a test does is taken back to here, and this at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = {name: come(name) for name in CAST}
        chloe, amina = people["chloe"], people["amina"]
        cookies = {"nobody": SimpleCookie(), **{name: signed_in(person) for name, person in people.items()}}
        scenes = {}
        for name, found in (("open", found_lyon), ("hidden", found_cordon)):
            community = found(chloe, amina)
            made = wall.publish(author=amina, audience_id=community.audience_id, text="Quel débit ?")
            scenes[name] = Scene(community, made, people, cookies)
        yield scenes
        transaction.set_rollback(True)


def signed_in(person: Person) -> SimpleCookie:
    browser = Client()
    browser.force_login(person)
    return browser.cookies


@pytest.fixture
def open_scene(kept_scenes: dict[str, Scene], db: None) -> Scene:
    return read_again(kept_scenes["open"])


@pytest.fixture
def hidden_scene(kept_scenes: dict[str, Scene], db: None) -> Scene:
    return read_again(kept_scenes["hidden"])


def read_again(scene: Scene) -> Scene:
    """Nothing that another test remembered of it."""
    return Scene(
        Community.objects.get(pk=scene.community.pk),
        Contribution.objects.get(pk=scene.publication.pk),
        Person.objects.in_bulk(list(scene.people), field_name="identifier"),
        scene.cookies,
    )


@pytest.mark.parametrize("route", MATRIX)
def test_where_it_is_open(route: str, open_scene: Scene) -> None:
    assert answers(route, open_scene) == MATRIX[route][3]


@pytest.mark.parametrize("route", [route for route, line in MATRIX.items() if line[4]])
def test_where_it_is_hidden(route: str, hidden_scene: Scene) -> None:
    assert answers(route, hidden_scene) == MATRIX[route][4]


def answers(route: str, scene: Scene) -> str:
    """The six codes, each asked from the same state."""
    method, arguments, sent, _open, _hidden = MATRIX[route]
    codes = []
    for name in PERSONAS:
        with transaction.atomic():
            address = reverse(route, args=arguments(scene))
            if route == "contributions:topic_news":
                address += "?since=0"
            elif route.endswith("news"):
                address += since(scene)
            if route == "wall:who_reads":
                address += f"?a={scene.community.audience_id}"
            browser = Client()
            browser.cookies = SimpleCookie(scene.cookies[name].output(header=""))
            data = {key: value(scene) if callable(value) else value for key, value in sent.items()}
            codes.append(str(getattr(browser, method)(address, data).status_code))
            transaction.set_rollback(True)
    return " ".join(codes)
