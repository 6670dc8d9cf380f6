"""Where each community of the demo company is in its life: lives.toml."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from parvis.communities.looks import HUE_OF_KIND
from parvis.communities.models import (
    Community,
    Decision,
    Invitation,
    Membership,
    Milestone,
    ProjectState,
    Pulse,
    Recommendation,
)
from parvis.communities.rules import WAY_IN_OF_ACCESS
from parvis.demo.network import Place, Plan, somebody
from parvis.demo.rows import insert
from parvis.kernel import richtext
from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.kernel.text import folded, slugged
from parvis.people.models import Person

_TABLE = Path(__file__).with_name("lives.toml")


@lru_cache(maxsize=1)
def told() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def life_of(place: Place, plan: Plan, people: dict[str, Person]) -> dict[str, Any]:
    """The columns of a community's own row."""
    one = told()["place"].get(place.key, {})
    columns: dict[str, Any] = {
        "way_in": WAY_IN_OF_ACCESS[place.access],
        "opened_at": place.founded_at,
        "talk": one.get("talk", "feed"),
    }
    for name in ("welcome", "landing"):
        if text := one.get(name):
            columns |= {name: text, f"{name}_html": richtext.render(richtext.clean(text)).html}
    if "review" in one:
        columns["review_on"] = _day(plan, one["review"])
    if "archived" in one:
        columns["archived_at"] = archived_at(place, plan)
        columns["archived_by"] = people[place.animators[0].identifier]
    return columns


def archived_at(place: Place, plan: Plan) -> datetime | None:
    days = told()["place"].get(place.key, {}).get("archived")
    return plan.now - timedelta(days=days) if days else None


def role_in(place: str, identifier: str, *, is_animator: bool) -> Membership.Role:
    if is_animator:
        return Membership.Role.ANIMATOR
    handles = told()["place"].get(place, {}).get("ambassadors", [])
    is_ambassador = identifier in {somebody(handle).identifier for handle in handles}
    return Membership.Role.AMBASSADOR if is_ambassador else Membership.Role.MEMBER


def stay_of(identifier: str, plan: Plan, people: dict[str, Person]) -> dict[str, Any]:
    """Of a guest's membership: who answers for them, and their last moment."""
    one = told()["guest"].get(identifier)
    if one is None:
        return {}
    last = datetime.combine(_day(plan, one["days"]) + timedelta(days=1), time.min, timezone.get_current_timezone())
    return {"sponsor": people[somebody(one["sponsor"]).identifier], "ends_at": last}


def write_lives(plan: Plan, people: dict[str, Person], communities: dict[str, Community]) -> None:
    for key, one in told()["place"].items():
        if "parent" in one:
            communities[key].parent = communities[one["parent"]]
            communities[key].save(update_fields=["parent"])
    insert(
        Pulse(community=communities[key], day=one["pulse"], asked_at=plan.now - timedelta(days=2))
        for key, one in told()["place"].items()
        if "pulse" in one
    )
    for key, one in told()["project"].items():
        _write_project(plan, people, communities[key], one)
    for one in told()["preparing"]:
        _write_preparing(plan, people, one)
    insert(_recommendations(plan, people, communities))


def _write_project(plan: Plan, people: dict[str, Person], community: Community, one: dict[str, Any]) -> None:
    lead = people[somebody(one["lead"]).identifier]
    project = ProjectState.objects.create(
        community=community,
        lead=lead,
        next_step=one["next_step"],
        next_step_on=_day(plan, one["next_step_in"]),
        weather=one["weather"],
        weather_word=one["weather_word"],
        said_at=plan.now - timedelta(days=1, hours=3),
        said_by=lead,
    )
    insert(
        Milestone(
            project=project,
            position=position,
            name=milestone["name"],
            due_on=_day(plan, milestone["due"]),
            reached_on=_day(plan, milestone["reached"]) if "reached" in milestone else None,
        )
        for position, milestone in enumerate(one["milestones"])
    )
    insert(
        Decision(
            project=project,
            text=decision["text"],
            decided_on=_day(plan, -decision["ago"]),
            noted_by=people[somebody(decision["by"]).identifier],
            noted_at=plan.now - timedelta(days=decision["ago"]),
        )
        for decision in one["decisions"]
    )


def _write_preparing(plan: Plan, people: dict[str, Person], one: dict[str, Any]) -> None:
    founder, asked = (people[somebody(one[name]).identifier] for name in ("by", "invites"))
    at = plan.now - timedelta(days=one["age"])
    community = Community.objects.create(
        audience=Audience.objects.create(kind=Audience.Kind.COMMUNITY),
        slug=slugged(one["name"]),
        sort_key=folded(one["name"])[:180],
        way_in=WAY_IN_OF_ACCESS[one["access"]],
        founded_by=founder,
        founded_at=at,
        opened_at=None,
        review_on=_day(plan, 180),
        **{name: one[name] for name in ("name", "kind", "access", "icon", "purpose", "rules")},
        hue=one.get("hue", HUE_OF_KIND[one["kind"]]),
    )
    Membership.objects.create(
        community=community, person=founder, role=Membership.Role.ANIMATOR, joined_at=at, is_pinned=False
    )
    AudienceMember.objects.create(audience=community.audience, person=founder)
    Invitation.objects.create(community=community, person=asked, invited_by=founder, is_to_animate=True, invited_at=at)


def _recommendations(
    plan: Plan, people: dict[str, Person], communities: dict[str, Community]
) -> Iterator[Recommendation]:
    for one in told()["recommended"]:
        yield Recommendation(
            community=communities[one["place"]],
            person=people[somebody(one["to"]).identifier],
            by=people[somebody(one["by"]).identifier],
            word=one["word"],
            recommended_at=plan.now - timedelta(days=one["ago"]),
        )


def _day(plan: Plan, days: int) -> date:
    return timezone.localdate(plan.now) + timedelta(days=days)
