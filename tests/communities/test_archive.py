"""An archive is read and found as before, and nothing is added; it wakes again for thirty days."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import AmbassadorOffer, Community, CommunityTool, Membership, ProjectState
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution, Reaction
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.communities.rivals import Rivals
from tests.communities.scene import As, is_member, reads
from tests.communities.test_looks import drawing
from tests.conftest import make_person


@pytest.fixture
def archived(chloe: Person, lyon: Community, publication: Contribution) -> Community:
    return actions.archive(by=chloe, community=lyon)


def url(community: Community, act: str = "") -> str:
    return f"/communautes/{community.slug}/" + (f"{act}/" if act else "")


def test_a_page_says_what_archiving_means_and_the_act_can_be_undone_at_once(
    as_: As, chloe: Person, lyon: Community
) -> None:
    browser = as_(chloe)
    assert "on n’y entre plus" in browser.get(url(lyon, "archiver")).content.decode()
    shown = browser.post(url(lyon, "archiver"), follow=True).content.decode()
    assert "Archivée le" in shown
    assert "par Chloé Marchetti" in shown
    assert browser.post(url(lyon, "archiver")).status_code == 302  # a second click
    assert browser.post(url(lyon, "rouvrir")).status_code == 302
    assert "Archivée le" not in browser.get(url(lyon)).content.decode()
    assert wall.publish(author=Person.objects.get(pk=chloe.pk), audience_id=lyon.audience_id, text="Encore").pk


WRITES: dict[str, Callable[[Client, Contribution, Community], int]] = {
    "publish": lambda b, c, a: b.post("/publier/", {"audience": a.audience_id, "text": "Un mot"}).status_code,
    "comment": lambda b, c, a: b.post(f"/c/{c.pk}/commentaires/", {"text": "Un mot"}).status_code,
    "react": lambda b, c, a: b.post(f"/c/{c.pk}/reactions/like/", {"on": "1"}).status_code,
    "edit": lambda b, c, a: b.post(f"/c/{c.pk}/modifier/", {"text": "Autre", "based_on": "0"}).status_code,
    "invite": lambda b, c, a: b.get(url(a, "inviter")).status_code,
}


@pytest.mark.parametrize("act", WRITES)
def test_nothing_is_added_to_an_archive(
    as_: As, amina: Person, archived: Community, publication: Contribution, act: str
) -> None:
    before = Contribution.objects.values("pk", "text", "version").order_by("pk")
    known = list(before)
    assert WRITES[act](as_(amina), publication, archived) in (403, 422)
    assert list(before.all()) == known
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("act", ["rejoindre", "demander", "suivre"])
def test_nobody_comes_into_an_archive(as_: As, bruno: Person, archived: Community, act: str) -> None:
    assert as_(bruno).post(url(archived, act), {"on": "1"}).status_code == 403
    assert not is_member(bruno, archived)


def test_what_was_typed_is_kept_and_the_reason_is_said(
    as_: As, amina: Person, archived: Community, publication: Contribution
) -> None:
    sent = {"audience": archived.audience_id, "text": "Un long travail", "key": "une-cle-1234"}
    composer = as_(amina).post("/publier/", sent)
    assert composer.status_code == 422
    assert "Un long travail" in composer.content.decode()
    assert "est archivée" in composer.content.decode()
    comment = as_(amina).post(f"/c/{publication.pk}/commentaires/", {"text": "Un long mot"})
    assert "Un long mot" in comment.content.decode()
    assert "est archivée" in comment.content.decode()


def test_it_is_read_found_and_left_as_before(
    as_: As, amina: Person, bruno: Person, archived: Community, publication: Contribution
) -> None:
    assert as_(bruno).get(url(archived)).status_code == 200
    assert as_(bruno).get(f"/c/{publication.pk}/").status_code == 200
    assert as_(bruno).get(f"/c/{publication.pk}/historique/").status_code == 200
    lists = as_(bruno)
    assert "Qualité Lyon" not in lists.get("/communautes/").content.decode()
    assert "Qualité Lyon" in lists.get("/communautes/?archivees=oui").content.decode()
    assert "Qualité Lyon" in lists.get("/communautes/?nom=qualite").content.decode()
    assert as_(amina).post(url(archived, "quitter"), {"key": "quitter-00001"}).status_code == 302
    assert not is_member(amina, archived)


def test_one_may_still_take_back_ones_own_words(
    as_: As, amina: Person, archived: Community, publication: Contribution
) -> None:
    assert as_(amina).post(f"/c/{publication.pk}/supprimer/").status_code == 302
    assert as_(amina).get(f"/c/{publication.pk}/").status_code == 404


def test_it_is_no_longer_offered_in_the_composer_nor_pinned(as_: As, amina: Person, archived: Community) -> None:
    assert "Qualité Lyon" not in as_(amina).get("/publier/").content.decode()
    assert url(archived) not in as_(amina).get("/aide/").content.decode()


def test_thirty_days_and_any_of_those_who_animate(as_: As, amina: Person, chloe: Person, archived: Community) -> None:
    assert as_(amina).post(url(archived, "rouvrir")).status_code == 403
    actions.make_animator(by=chloe, person=amina, community=archived)
    Community.objects.filter(pk=archived.pk).update(archived_at=timezone.now() - timedelta(days=30))
    late = as_(amina).post(url(archived, "rouvrir"))
    assert late.status_code == 403
    assert "fonde une nouvelle" in late.content.decode()
    Community.objects.filter(pk=archived.pk).update(archived_at=timezone.now() - timedelta(days=29, hours=23))
    assert as_(amina).post(url(archived, "rouvrir")).status_code == 302


def test_settings_of_an_archive_do_not_change(as_: As, chloe: Person, archived: Community) -> None:
    given = {"name": "Autre", "purpose": "Autre chose", "kind": "trade", "access": "open"}
    assert as_(chloe).post(url(archived, "reglages"), given).status_code == 422


def test_a_private_archive_leaves_no_trace_either(as_: As, bruno: Person, chloe: Person, cordon: Community) -> None:
    actions.archive(by=chloe, community=cordon)
    assert as_(bruno).get(url(cordon)).status_code == 404
    assert "Cordon bleu" not in as_(bruno).get("/communautes/?archivees=oui").content.decode()
    assert not reads(bruno, cordon)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_who_publishes_while_it_is_archived_is_either_before_or_refused(tmp_path: Path) -> None:
    chloe, writers = make_person("chloe", "Chloé"), [make_person(f"w{n}", f"Plume {n}") for n in range(4)]
    made = actions.found_open(person=chloe, name="Relève", purpose="Durer.", kind="trade", access="open")
    for writer in writers:
        actions.join(person=writer, community=made)
        writer.forget_scope()
    first = wall.publish(author=writers[0], audience_id=made.audience_id, text="Avant")
    rivals = Rivals(tmp_path)
    results = rivals.at_once(
        [partial(actions.archive, by=chloe, community=made)]
        + [partial(wall.publish, author=w, audience_id=made.audience_id, text="Pendant") for w in writers[:2]]
        + [partial(contributions.comment, author=w, on=first, text="Pendant") for w in writers[2:]]
    )
    assert isinstance(results[0], Community)
    written = [result for result in results[1:] if isinstance(result, Contribution)]
    refused = [result for result in results[1:] if not isinstance(result, Contribution)]
    assert len(written) + len(refused) == 4
    assert {type(error).__name__ for error in refused} <= {"ValidationError", "PermissionDenied"}
    assert rivals.look(Contribution.objects.filter(audience_id=made.audience_id).count) == 1 + len(written)


def test_an_archive_keeps_somebody_who_animates(as_: As, chloe: Person, amina: Person, archived: Community) -> None:
    actions.hand_over(by=chloe, person=amina, community=archived)
    assert Membership.objects.get(community=archived, person=amina).role == Membership.Role.ANIMATOR
    assert "La rouvrir" in as_(amina).get(url(archived)).content.decode()


def test_neither_its_look_nor_who_welcomes_nor_where_it_stands_is_set_anew(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    above = actions.found_open(person=chloe, name="Au-dessus", purpose="Tenir.", kind="trade", access="open")
    made = actions.found_open(person=chloe, name="Projet fini", purpose="Finir.", kind="project", access="open")
    bruno = make_person("bastien", "Bastien Roy")
    for person in (amina, bruno):
        actions.join(person=person, community=made)
    actions.offer_embassy(by=chloe, person=bruno, community=made)
    actions.archive(by=chloe, community=made)
    before = Community.objects.filter(pk=made.pk).values().get()
    browser = as_(chloe)
    acts: dict[str, tuple[Client, dict[str, object]]] = {
        f"membres/{amina.pk}/ambassade": (browser, {"act": "offer", "word": "Venez"}),
        "ambassade": (as_(bruno), {"accept": "1"}),
        "reglages/onglets": (browser, {"order": ["state", "wall"], "on": ["wall"]}),
        "reglages/image": (browser, {"picture": drawing()}),
        "placer": (browser, {"parent": above.slug}),
        "ou-en-est-on/dire": (browser, {"next_step": "Reprendre"}),
    }
    for address, (who, sent) in acts.items():
        status = who.post(url(made, address), sent).status_code
        assert status in {302, 403, 404, 422}, (address, status)
    assert AmbassadorOffer.objects.get().person == bruno
    assert not Membership.objects.filter(role=Membership.Role.AMBASSADOR).exists()
    assert not CommunityTool.objects.filter(community=made).exists()
    assert not ProjectState.objects.filter(community=made, version__gt=0).exists()
    assert Community.objects.filter(pk=made.pk).values().get() == before
    assert "vous propose d’accueillir" not in as_(bruno).get(f"{url(made)}?reste").content.decode()
