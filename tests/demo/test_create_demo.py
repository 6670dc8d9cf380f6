"""`parvis create_demo`: an empty data folder becomes a company that has talked for eighteen months."""

import hashlib
import re
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.utils import timezone

from parvis.communities.models import Community, EntryRequest, Invitation, Membership, ProjectState
from parvis.contributions.models import Contribution, Mention, Reaction, Revision, Topic, TopicUse
from parvis.demo.actions import create_demo_company, hang_portraits
from parvis.demo.models import DemoCompany
from parvis.demo.profiles import told
from parvis.directory.models import ChosenContribution, SkillEvidence
from parvis.kernel.audiences.actions import is_open_to_writing
from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.text import folded
from parvis.moderation.models import Report
from parvis.people import actions as people
from parvis.people.models import CharterAcceptance, Confirmation, FieldValue, HasSkill, Person, ProfileField, Skill
from parvis.wall import actions as wall

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def here(settings, tmp_path: Path, db: None) -> Path:  # type: ignore[no-untyped-def]
    """A data folder of the test's own, for the faces."""
    settings.PARVIS_DATA = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    return tmp_path


def digest() -> str:
    """Of what can be read: who said what, where, when, and who reacted."""
    found = hashlib.sha256()
    rows = Contribution.objects.order_by("pk").values_list(
        "author__identifier", "text", "title", "published_at", "reaction_tally", "comment_count", "version"
    )
    joined = Membership.objects.order_by("community__slug", "person__identifier").values_list(
        "community__slug", "person__identifier", "role", "joined_at", "is_pinned"
    )
    names = dict(Person.objects.values_list("pk", "identifier"))
    for row in (*rows, *joined):
        # Ids depend on what the database counted before; names do not.
        said = re.sub(r"@\[(\d+)\]", lambda m: names[int(m[1])], repr(row))
        found.update(said.encode())
    return found.hexdigest()


@pytest.mark.slow
def test_a_demo_company_is_whole_and_nobody_reads_what_is_not_theirs(db: None) -> None:
    started = time.monotonic()
    made = create_demo_company(now=NOW)

    assert time.monotonic() - started < 60
    assert (made.people, made.communities) == (160, 17)
    assert Person.objects.count() == Person.objects.filter(is_demo=True).count() == 160
    assert Contribution.objects.exclude(origin=Contribution.Origin.DEMO).count() == 0
    assert Contribution.objects.publications().count() == made.publications
    assert Mention.objects.count() > 5
    assert TopicUse.objects.count() > 5
    assert Revision.objects.exists()
    assert EntryRequest.objects.filter(decided_at__isnull=True).count() >= 3
    assert Invitation.objects.filter(person__identifier="ines.rousseau").count() == 2

    assert Report.objects.filter(decided_at__isnull=True).count() == 1

    # Guests stay for a time, counted from the moment it was made for: here, from today.
    ends = AudienceMember.objects.filter(until__isnull=False)
    assert {stay.person.identifier for stay in ends.select_related("person")} == {"driss.el-amrani", "benoit.charvin"}
    ends.update(until=timezone.now() + timedelta(days=1))

    # Everything said stands in an audience its author has, and in that of its publication.
    scopes = {person.pk: person.scope() for person in Person.objects.all()}
    for one in Contribution.objects.select_related("root"):
        assert scopes[one.author_id].covers(one.audience_id)
        assert one.root is None or one.root.audience_id == one.audience_id
    for mention in Mention.objects.select_related("contribution"):
        assert mention.audience_id == mention.contribution.audience_id
        assert scopes[mention.person_id].covers(mention.audience_id)
    for person_id, audience_id in Reaction.objects.values_list("person_id", "contribution__audience_id"):
        assert scopes[person_id].covers(audience_id)

    guest = Person.objects.get(identifier="driss.el-amrani")
    seen = Contribution.objects.visible_to(guest.scope()).values_list("audience__pk", flat=True).distinct()
    assert list(seen) == [Community.objects.get(name="Cuves Duroc").audience_id]

    # What people say of themselves.
    held = HasSkill.objects.select_related("person", "skill")
    assert held.count() > 300
    assert not held.filter(person__activated_at__isnull=True).exists()
    assert not Confirmation.objects.filter(person=F("held__person")).exists()
    assert Confirmation.objects.count() > 200
    assert FieldValue.objects.values("field").distinct().count() == ProfileField.objects.count() == 4
    for evidence in SkillEvidence.objects.select_related("held__person", "contribution"):
        assert evidence.contribution.author_id == evidence.held.person_id
    for chosen in ChosenContribution.objects.select_related("contribution"):
        assert chosen.contribution.author_id == chosen.person_id

    # Where communities are in their lives: one rests, one is being prepared, one project says where it stands.
    [rests] = Community.objects.filter(archived_at__isnull=False)
    assert rests.last_exchange_at is not None
    assert rests.last_exchange_at < rests.archived_at
    assert not is_open_to_writing(rests.audience_id)
    [prepared] = Community.objects.filter(opened_at__isnull=True)
    assert not Community.objects.visible_to(guest.scope()).filter(pk=prepared.pk).exists()
    assert [project.milestones.count() for project in ProjectState.objects.all()] == [3]

    # Rows that the acts would keep in step.
    assert Membership.objects.count() == AudienceMember.objects.count()
    for one in Contribution.objects.publications().newest_first()[:40]:
        assert one.comment_count == Contribution.objects.filter(root=one).count()
        tally = sum(int(part.partition(":")[2]) for part in one.reaction_tally.split())
        recent = Reaction.objects.filter(contribution=one).order_by("-reacted_at", "-pk")
        assert tally == recent.count()
        assert one.recent_reactors == " ".join(str(pk) for pk in recent.values_list("person_id", flat=True)[:2])
    for community in Community.objects.filter(opened_at__isnull=False):
        newest = Contribution.objects.filter(audience_id=community.audience_id).order_by("-published_at")[0]
        assert community.last_exchange_at == newest.published_at
        assert community.memberships.filter(role=Membership.Role.ANIMATOR).exists()
    pinned = Membership.objects.filter(is_pinned=True).values("person").annotate(pins=Count("pk"))
    assert max(row["pins"] for row in pinned) == 7
    wrote = set(Contribution.objects.values_list("author_id", flat=True))
    assert wrote <= set(CharterAcceptance.objects.values_list("person_id", flat=True))
    assert not CharterAcceptance.objects.filter(person__identifier="ines.rousseau").exists()

    first = digest()
    amina = Person.objects.get(identifier="amina.benali")
    newest = Contribution.objects.order_by("-pk")[0]
    audience_id = Community.objects.get(name="Soudage et inox").audience_id
    said = wall.publish(author=amina, audience_id=audience_id, text="Et l’on continue.")
    assert said.pk > newest.pk
    said.delete()

    forget_everything()
    create_demo_company(now=NOW)
    assert digest() == first


def forget_everything() -> None:
    Contribution.objects.filter(root__isnull=False).delete()
    Contribution.objects.all().delete()
    Topic.objects.all().delete()
    Community.objects.all().delete()
    FieldValue.objects.all().delete()
    ProfileField.objects.all().delete()
    Person.objects.update(photo=None, manager=None)
    Person.objects.all().delete()
    Skill.objects.filter(names__key__in=map(folded, told()["skills"]["own"])).delete()
    DemoCompany.objects.all().delete()


def test_some_have_a_face(here: Path) -> None:
    people.add_person(identifier="amina.benali", name="Amina Benali", is_demo=True)

    hang_portraits(["amina.benali"])

    photo = Person.objects.get(identifier="amina.benali").photo
    assert photo is not None
    assert (photo.blob.width, photo.blob.height) == (256, 256)


def test_a_demo_company_never_mixes_with_people(db: None) -> None:
    people.add_person(identifier="someone", name="Someone Real")

    with pytest.raises(CommandError, match="never mixes"):
        call_command("create_demo")

    assert Person.objects.count() == 1
    assert not DemoCompany.objects.exists()


def test_asking_twice_is_said_and_harms_nothing(db: None) -> None:
    DemoCompany.objects.create(seed="vauban", drawn_at=NOW)
    said = StringIO()

    call_command("create_demo", "--if-empty", stdout=said)

    assert "already here" in said.getvalue()
    assert not Person.objects.exists()
