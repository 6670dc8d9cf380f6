"""One community joins another: what moves, what waits for whom, who reads then, and how it is undone."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from parvis.communities import actions as communities
from parvis.communities.models import Community, Invitation, Membership, Merge, MergeOffer, Recommendation
from parvis.contributions import actions
from parvis.contributions.jobs import carry_on_merge
from parvis.contributions.models import Contribution, Mention, Move, MoveConsent, Reaction
from parvis.kernel.jobs.models import Job
from parvis.kernel.live.models import Change
from parvis.kernel.live.signals import RECHECK
from parvis.moderation import actions as moderation
from parvis.moderation.models import Report
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.communities.rivals import Rivals
from tests.conftest import forget_scopes, make_person

As = Callable[[Person], Client]


@pytest.fixture
def metz(chloe: Person) -> Community:
    """Open, animated by Chloé; nobody else is in."""
    return communities.found_open(person=chloe, name="Qualité Metz", purpose="Pareil.", kind="trade", access="open")


def read_again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def reads(person: Person, contribution: Contribution) -> bool:
    return Contribution.objects.visible_to(read_again(person).scope()).filter(pk=contribution.pk).exists()


def where(contribution: Contribution) -> int:
    return Contribution.objects.values_list("audience_id", flat=True).get(pk=contribution.pk)


def url(community: Community, act: str = "") -> str:
    return f"/communautes/{community.slug}/" + (f"{act}/" if act else "")


# What the company reads already moves at once.


def test_previewed_in_words_then_merged_with_its_links_and_authors(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community, metz: Community, publication: Contribution
) -> None:
    said = actions.comment(author=bruno, on=publication, text="@amina, huit litres")
    actions.react(person=bruno, contribution=publication, kind=Reaction.Kind.THANKS)
    moderation.report(by=amina, contribution=said, reason="other")
    version = Contribution.objects.get(pk=publication.pk).version
    browser = as_(chloe)
    assert "Qualité Metz" in browser.get(url(lyon, "reunir")).content.decode()
    preview = browser.get(f"{url(lyon, 'reunir')}?dans={metz.slug}").content.decode()
    assert "1 publication passe tout de suite" in preview

    answer = browser.post(url(lyon, "reunir"), {"dans": metz.slug})
    assert answer["Location"] == url(metz)

    assert {where(publication), where(said)} == {metz.audience_id}
    assert Contribution.objects.get(pk=publication.pk).author == amina
    assert set(Mention.objects.values_list("audience", flat=True)) == {metz.audience_id}
    assert Report.objects.get().audience_id == metz.audience_id
    assert Contribution.objects.get(pk=publication.pk).version > version
    # Open tabs lose, or find, what changed.
    assert Change.objects.filter(topic=f"c:{publication.pk}", version__gt=version).exists()
    assert Change.objects.filter(topic__startswith=f"{RECHECK}:").exists()
    # Old addresses go on.
    assert as_(bruno).get(f"/c/{publication.pk}/").status_code == 200
    assert as_(bruno).get(url(lyon))["Location"] == url(metz)
    left = as_(bruno).get(f"{url(lyon)}?reste").content.decode()
    assert "Archivée le" in left
    assert "Rien n’est resté ici" in left
    assert "Argon" in as_(bruno).get(url(metz)).content.decode()


def test_about_it_says_which_communities_joined_it_to_those_who_may_see_them(
    as_: As, amina: Person, chloe: Person, ines: Person, asked: Merge
) -> None:
    """What stayed there is read from there."""
    assert f"{url(asked.source)}?reste" in as_(amina).get(url(asked.target, "a-propos")).content.decode()
    assert as_(amina).get(f"{url(asked.source)}?reste").status_code == 200
    assert asked.source.name not in as_(ines).get(url(asked.target, "a-propos")).content.decode()
    actions.undo_merge(by=chloe, merge=asked)
    assert "?reste" not in as_(amina).get(url(asked.target, "a-propos")).content.decode()


def test_members_are_told_and_never_enrolled(
    as_: As, amina: Person, bruno: Person, chloe: Person, driss: Person, lyon: Community, metz: Community
) -> None:
    communities.follow(person=bruno, community=lyon)
    communities.invite(by=chloe, person=driss, community=lyon)
    communities.join(person=driss, community=lyon)
    actions.merge(by=chloe, source=lyon, target=metz)

    assert set(Membership.objects.filter(community=metz).values_list("person__identifier", flat=True)) == {"chloe"}
    told = Recommendation.objects.filter(community=metz).values_list("person__identifier", flat=True)
    assert set(told) == {"amina", "bruno"}
    assert Membership.objects.filter(community=lyon, person=amina).exists()


def test_where_one_comes_in_otherwise_members_are_invited(
    amina: Person, bruno: Person, chloe: Person, lyon: Community, cordon: Community
) -> None:
    communities.join(person=bruno, community=lyon)
    actions.merge(by=chloe, source=lyon, target=cordon)
    assert [i.person for i in Invitation.objects.pending().filter(community=cordon)] == [bruno]


# Nothing is widened without those who wrote.


@pytest.fixture
def asked(
    amina: Person, bruno: Person, chloe: Person, cordon: Community, lyon: Community, secret: Contribution
) -> Merge:
    """The private community joins the open one: Amina wrote there, and Bruno answered her."""
    communities.invite(by=chloe, person=bruno, community=cordon)
    communities.join(person=bruno, community=cordon)
    bruno.forget_scope()
    actions.comment(author=bruno, on=secret, text="Entre nous aussi")
    return actions.merge(by=chloe, source=cordon, target=lyon)


def test_what_members_wrote_waits_for_each_of_them(
    as_: As, amina: Person, bruno: Person, chloe: Person, ines: Person, asked: Merge, secret: Contribution
) -> None:
    assert where(secret) == asked.source.audience_id
    assert not reads(ines, secret)
    assert reads(amina, secret)
    assert "vos écrits peuvent-ils suivre" in as_(amina).get("/?vue=fil").content.decode()
    assert "vos écrits" not in as_(ines).get("/?vue=fil").content.decode()

    yes = MoveConsent.objects.get(author=amina)
    assert "Entre nous" in as_(amina).get("/moi/deplacements/").content.decode()
    as_(amina).post("/moi/deplacements/", {"consent": yes.pk, "given": "1"})
    assert where(secret) == asked.source.audience_id
    as_(bruno).post("/moi/deplacements/", {"merge": asked.pk, "given": "1"})
    assert where(secret) == asked.target.audience_id
    assert reads(ines, secret)
    assert "Rien n’attend" in as_(amina).get("/moi/deplacements/").content.decode()


def test_one_no_keeps_it_and_looks_like_no_answer(
    as_: As, amina: Person, bruno: Person, chloe: Person, asked: Merge, secret: Contribution
) -> None:
    def told(person: Person) -> list[str]:
        pages = ["/moi/deplacements/", "/?vue=fil", f"{url(asked.source)}?reste"]
        found = [as_(person).get(page).content.decode().split("<main")[1] for page in pages]
        return [page.split('name="csrfmiddlewaretoken"')[0] for page in found]

    actions.answer_moves(author=amina, consents=[MoveConsent.objects.get(author=amina)], is_given=True)
    before = [told(person) for person in (amina, chloe)]
    mine = MoveConsent.objects.get(author=bruno)
    as_(bruno).post("/moi/deplacements/", {"consent": mine.pk, "given": "0"})
    assert where(secret) == asked.source.audience_id
    assert [told(person) for person in (amina, chloe)] == before
    # A no may become a yes.
    as_(bruno).post("/moi/deplacements/", {"consent": mine.pk, "given": "1"})
    assert where(secret) == asked.target.audience_id


def test_nobody_answers_for_another(as_: As, amina: Person, bruno: Person, asked: Merge, secret: Contribution) -> None:
    other = MoveConsent.objects.get(author=bruno)
    as_(amina).post("/moi/deplacements/", {"consent": other.pk, "given": "1"})
    other.refresh_from_db()
    assert other.answered_at is None
    with pytest.raises(PermissionDenied):
        actions.answer_moves(author=amina, consents=[other], is_given=True)


def test_who_is_gone_is_not_asked_and_their_words_stay(
    as_: As, amina: Person, bruno: Person, asked: Merge, secret: Contribution
) -> None:
    communities.leave(person=bruno, community=asked.source)
    assert "Entre nous" not in as_(bruno).get("/moi/deplacements/").content.decode()
    actions.answer_moves(author=amina, consents=list(MoveConsent.objects.filter(author=amina)), is_given=True)
    assert where(secret) == asked.source.audience_id


def test_a_guest_of_the_other_place_makes_an_open_thread_wait(
    amina: Person, chloe: Person, driss: Person, lyon: Community, metz: Community, publication: Contribution
) -> None:
    communities.invite(by=chloe, person=driss, community=metz)
    communities.join(person=driss, community=metz)
    actions.merge(by=chloe, source=lyon, target=metz)
    assert where(publication) == lyon.audience_id
    assert not reads(driss, publication)
    actions.answer_moves(author=amina, consents=list(MoveConsent.objects.all()), is_given=True)
    assert reads(driss, publication)


def test_an_open_place_may_join_a_narrower_one_and_says_who_loses_it(
    as_: As, bruno: Person, chloe: Person, lyon: Community, cordon: Community, publication: Contribution
) -> None:
    assert "ne les lira plus" in as_(chloe).get(f"{url(lyon, 'reunir')}?dans={cordon.slug}").content.decode()
    actions.merge(by=chloe, source=lyon, target=cordon)
    assert where(publication) == cordon.audience_id
    assert as_(bruno).get(f"/c/{publication.pk}/").status_code == 404
    # The private place leaves no trace on the archive.
    shown = as_(bruno).get(url(lyon)).content.decode()
    assert "Archivée le" in shown
    assert "Cordon bleu" not in shown


# Who may.


def test_only_those_who_animate_both_merge(as_: As, amina: Person, lyon: Community, metz: Community) -> None:
    assert as_(amina).post(url(lyon, "reunir"), {"dans": metz.slug}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.merge(by=amina, source=lyon, target=metz)


def test_a_hidden_place_is_not_found_to_be_joined(as_: As, bruno: Person, lyon: Community, cordon: Community) -> None:
    mine = communities.found_open(person=bruno, name="À moi", purpose="Un but.", kind="trade", access="open")
    assert as_(bruno).get(f"{url(mine, 'reunir')}?dans={cordon.slug}").status_code == 404
    assert as_(bruno).post(url(mine, "reunir"), {"dans": cordon.slug}).status_code == 404
    assert "Cordon" not in as_(bruno).get(f"{url(mine, 'reunir')}?nom=cordon").content.decode()


def test_those_who_animate_the_other_are_asked_and_accept_by_their_own_act(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    mine = communities.found_open(person=bruno, name="À moi", purpose="Un but.", kind="trade", access="private")
    sent = as_(bruno).post(url(mine, "reunir"), {"dans": lyon.slug, "word": "On se ressemble"})
    assert sent.status_code == 302
    offer = MergeOffer.objects.get()
    answer = f"{url(lyon, 'reunir')}{offer.pk}/"
    assert "demande à rejoindre" in as_(chloe).get("/?vue=fil").content.decode()
    shown = as_(chloe).get(answer).content.decode()
    assert "On se ressemble" in shown
    assert as_(amina).get(answer).status_code == 403
    assert not Merge.objects.exists()

    assert as_(chloe).post(answer, {"accept": "1"}).status_code == 302
    assert Merge.objects.get().merged_by == chloe
    assert as_(chloe).post(answer, {"accept": "1"}).status_code == 302  # a second click
    assert Merge.objects.count() == 1


@pytest.mark.parametrize("act", ["declined", "withdrawn"])
def test_an_offer_declined_or_taken_back_leaves_nothing(
    as_: As, bruno: Person, chloe: Person, lyon: Community, act: str
) -> None:
    mine = communities.found_open(person=bruno, name="À moi", purpose="Un but.", kind="trade", access="open")
    actions.offer_merge(by=bruno, source=mine, target=lyon)
    if act == "declined":
        as_(chloe).post(f"{url(lyon, 'reunir')}{MergeOffer.objects.get().pk}/", {"accept": "0"})
    else:
        as_(bruno).post(url(mine, "reunir/retirer"))
    assert not MergeOffer.objects.exists()
    assert not Merge.objects.exists()
    assert not Community.objects.filter(archived_at__isnull=False).exists()


def test_a_merge_moves_on_only_once_it_is_settled(
    chloe: Person, lyon: Community, metz: Community, essais: Community, publication: Contribution
) -> None:
    made = actions.merge(by=chloe, source=lyon, target=metz)
    for source, target in ((metz, essais), (lyon, essais), (essais, lyon)):
        with pytest.raises(ValidationError):
            actions.merge(by=chloe, source=source, target=target)
    Merge.objects.filter(pk=made.pk).update(merged_at=timezone.now() - timedelta(days=30))
    actions.merge(by=chloe, source=metz, target=essais)
    assert where(publication) == essais.audience_id


# Somebody writes meanwhile.


def test_who_was_writing_is_refused_with_their_text_and_told_where_one_goes_on(
    as_: As, amina: Person, chloe: Person, lyon: Community, metz: Community, publication: Contribution
) -> None:
    actions.merge(by=chloe, source=lyon, target=metz)
    sent = {"audience": lyon.audience_id, "text": "Un long travail", "key": "une-cle-1234"}
    answer = as_(amina).post("/publier/", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Un long travail" in shown
    assert f'href="{url(metz)}"' in shown
    # A comment follows the thread.
    assert as_(amina).post(f"/c/{publication.pk}/commentaires/", {"text": "Suite"}).status_code == 302
    assert where(Contribution.objects.get(text="Suite")) == metz.audience_id


# Undone.


def test_undone_it_is_as_before_and_what_was_written_since_stays(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community, metz: Community, publication: Contribution
) -> None:
    actions.merge(by=chloe, source=lyon, target=metz)
    since = wall.publish(author=read_again(chloe), audience_id=metz.audience_id, text="Depuis")
    said = actions.comment(author=read_again(bruno), on=publication, text="Depuis aussi")
    assert as_(amina).post(url(lyon, "reunir/defaire")).status_code == 403
    assert as_(chloe).post(url(lyon, "reunir/defaire")).status_code == 302
    assert as_(chloe).post(url(lyon, "reunir/defaire")).status_code == 302  # a second click

    assert {where(publication), where(said)} == {lyon.audience_id}
    assert where(since) == metz.audience_id
    assert not Move.objects.exists()
    assert not Recommendation.objects.exists()
    assert "Argon" in as_(bruno).get(url(lyon)).content.decode()
    assert wall.publish(author=read_again(amina), audience_id=lyon.audience_id, text="De nouveau").pk


def test_undoing_does_not_show_the_company_what_was_written_in_private_since(
    bruno: Person, amina: Person, chloe: Person, lyon: Community, cordon: Community, publication: Contribution
) -> None:
    other = wall.publish(author=amina, audience_id=lyon.audience_id, text="Sans suite")
    made = actions.merge(by=chloe, source=lyon, target=cordon)
    actions.comment(author=read_again(amina), on=publication, text="Ceci entre nous")
    actions.undo_merge(by=chloe, merge=made)
    assert where(publication) == cordon.audience_id
    assert not reads(bruno, publication)
    assert where(other) == lyon.audience_id


def test_a_merge_is_undone_within_thirty_days_by_those_who_animate_one_of_both(
    as_: As, amina: Person, chloe: Person, asked: Merge, secret: Contribution
) -> None:
    Merge.objects.filter(pk=asked.pk).update(merged_at=timezone.now() - timedelta(days=30))
    assert as_(chloe).post(url(asked.source, "reunir/defaire")).status_code == 403
    Merge.objects.filter(pk=asked.pk).update(merged_at=timezone.now() - timedelta(days=29))
    communities.make_animator(by=chloe, person=amina, community=asked.target)
    assert as_(amina).post(url(asked.source, "reunir/defaire")).status_code == 302
    assert not MoveConsent.objects.filter(answered_at__isnull=True).exists()
    assert "Rien n’attend" in as_(amina).get("/moi/deplacements/").content.decode()


def test_a_merge_may_be_made_undone_and_made_again(
    chloe: Person, lyon: Community, metz: Community, publication: Contribution
) -> None:
    for _time in range(3):
        made = actions.merge(by=chloe, source=lyon, target=metz)
        assert where(publication) == metz.audience_id
        actions.undo_merge(by=chloe, merge=made)
        assert where(publication) == lyon.audience_id


# Large ones go on in the background.


@pytest.fixture
def many(amina: Person, lyon: Community) -> list[Contribution]:
    return [wall.publish(author=amina, audience_id=lyon.audience_id, text=f"{n}") for n in range(33)]


def test_a_large_merge_is_carried_on_by_a_job_that_may_start_again(
    chloe: Person, lyon: Community, metz: Community, many: list[Contribution]
) -> None:
    made = actions.merge(by=chloe, source=lyon, target=metz)
    assert Job.objects.filter(name="contributions.carry_on_merge").count() == 1
    assert {where(one) for one in many} == {lyon.audience_id}
    # As if it had been killed after the first ones.
    actions.carry_threads(made.pk, [one.pk for one in many[:5]])
    carry_on_merge(made.pk)
    carry_on_merge(made.pk)
    assert {where(one) for one in many} == {metz.audience_id}
    assert Move.objects.count() == len(many)
    assert Recommendation.objects.filter(community=metz).count() == 1


def test_a_large_merge_undone_halfway_is_undone_whole(
    chloe: Person, lyon: Community, metz: Community, many: list[Contribution]
) -> None:
    made = actions.merge(by=chloe, source=lyon, target=metz)
    actions.carry_threads(made.pk, [one.pk for one in many[:32]])
    actions.undo_merge(by=chloe, merge=made)
    # The job of the merge runs late: there is nothing to carry any more.
    actions.carry_threads(made.pk, [one.pk for one in many])
    actions.take_threads_back(made.pk, [one.pk for one in many[:3]])
    carry_on_merge(made.pk)
    assert {where(one) for one in many} == {lyon.audience_id}
    assert not Move.objects.exists()


# At once.


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_that_join_each_other_at_once(tmp_path: Path) -> None:
    one, two = make_person("one", "Une"), make_person("two", "Deux")
    given = {"purpose": "Durer.", "kind": "trade", "access": "open"}
    first, second = (communities.found_open(person=one, name=name, **given) for name in ("Une", "Deux"))
    for community in (first, second):
        communities.join(person=two, community=community)
        communities.make_animator(by=one, person=two, community=community)
    rivals = Rivals(tmp_path)
    results = rivals.at_once(
        [
            partial(actions.merge, by=one, source=first, target=second),
            partial(actions.merge, by=two, source=second, target=first),
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["Merge", "ValidationError"]
    assert rivals.look(Community.objects.filter(archived_at__isnull=False).count) == 1


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_those_who_write_while_it_merges_are_before_or_follow_or_are_refused(tmp_path: Path) -> None:
    chloe, writers = make_person("chloe", "Chloé"), [make_person(f"w{n}", f"Plume {n}") for n in range(6)]
    given = {"purpose": "Durer.", "kind": "trade", "access": "open"}
    source, target = (communities.found_open(person=chloe, name=name, **given) for name in ("Source", "Cible"))
    for writer in writers:
        communities.join(person=writer, community=source)
        writer.forget_scope()
    forget_scopes(chloe)
    thread = wall.publish(author=writers[0], audience_id=source.audience_id, text="Avant")
    first = actions.comment(author=writers[1], on=thread, text="Avant aussi")
    rivals = Rivals(tmp_path)
    results = rivals.at_once(
        [
            partial(wall.publish, author=writers[0], audience_id=source.audience_id, text="Pendant"),
            partial(wall.publish, author=writers[1], audience_id=source.audience_id, text="Pendant"),
            partial(actions.comment, author=writers[2], on=thread, text="Pendant"),
            partial(actions.comment, author=writers[3], on=first, text="Pendant"),
            partial(actions.react, person=writers[4], contribution=first, kind=Reaction.Kind.LIKE),
            partial(actions.delete, by=writers[1], contribution=first),
            partial(actions.merge, by=chloe, source=source, target=target),
        ]
    )
    assert isinstance(results[-1], Merge), results
    errors = [result for result in results if isinstance(result, Exception)]
    assert {type(error) for error in errors} <= {ValidationError, PermissionDenied}, errors
    # Nothing arrived behind: every word stands in the target, each comment with its thread.
    stands = rivals.look(lambda: set(Contribution.objects.values_list("audience_id", flat=True)))
    assert stands == {target.audience_id}


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_last_yes_at_once_move_it_once(tmp_path: Path) -> None:
    one, two = make_person("one", "Une"), make_person("two", "Deux")
    given = {"purpose": "Durer.", "kind": "trade"}
    source = communities.found_open(person=one, name="Source", access="private", **given)
    target = communities.found_open(person=one, name="Cible", access="open", **given)
    communities.invite(by=one, person=two, community=source)
    communities.join(person=two, community=source)
    forget_scopes(one, two)
    thread = wall.publish(author=one, audience_id=source.audience_id, text="Un")
    actions.comment(author=two, on=thread, text="Deux")
    actions.merge(by=one, source=source, target=target)
    mine = {consent.author_id: consent for consent in MoveConsent.objects.all()}
    rivals = Rivals(tmp_path)
    results = rivals.at_once(
        [
            partial(actions.answer_moves, author=person, consents=[mine[person.pk]], is_given=True)
            for person in (one, two)
        ]
    )
    assert sorted(results) == [0, 1]
    assert rivals.look(Move.objects.count) == 1


# Nobody learns of a hidden place by what joined it.


@pytest.fixture
def joined_unseen(amina: Person, chloe: Person, cordon: Community, lyon: Community, secret: Contribution) -> Person:
    """Paul animates Lyon, and knows nothing of the private community that Chloé had join it."""
    paul = make_person("paul", "Paul Denis")
    communities.join(person=paul, community=lyon)
    communities.make_animator(by=chloe, person=paul, community=lyon)
    actions.merge(by=chloe, source=cordon, target=lyon)
    return paul


def test_who_animates_the_other_undoes_it_without_learning_what_had_joined(
    as_: As, joined_unseen: Person, cordon: Community, lyon: Community
) -> None:
    browser = as_(joined_unseen)
    page = browser.get(url(lyon)).content.decode()
    assert "Défaire la réunion" in page
    assert cordon.name not in page
    assert cordon.slug not in page
    answer = browser.post(url(lyon, "reunir/defaire"), {"merge": Merge.objects.get().pk}, follow=True)
    assert "l’autre communauté vit de nouveau" in answer.content.decode()
    assert cordon.name not in answer.content.decode()
    assert not Community.objects.get(pk=cordon.pk).is_archived


def test_why_it_waits_does_not_name_what_had_joined(
    as_: As, joined_unseen: Person, chloe: Person, cordon: Community, lyon: Community, metz: Community
) -> None:
    for who, is_named in ((joined_unseen, False), (chloe, True)):
        for answer in (
            as_(who).get(f"{url(lyon, 'reunir')}?dans={metz.slug}"),
            as_(who).post(url(lyon, "reunir"), {"dans": metz.slug}),
        ):
            assert "moins de trente jours" in answer.content.decode()
            assert (cordon.name in answer.content.decode()) is is_named


def test_cards_that_recommend_what_moved_are_drawn_again(
    amina: Person, bruno: Person, chloe: Person, cordon: Community, lyon: Community, publication: Contribution
) -> None:
    other = communities.found_open(person=bruno, name="Ailleurs", purpose="Loin.", kind="trade", access="open")
    told, _new = actions.recommend(
        author=bruno, original=publication, audience_id=other.audience_id, text="À lire, vraiment"
    )
    joined = actions.merge(by=chloe, source=lyon, target=cordon)
    assert where(publication) == cordon.audience_id
    version = Contribution.objects.get(pk=told.pk).version
    assert version > told.version
    assert Change.objects.filter(topic=f"c:{told.pk}", version=version).exists()
    actions.undo_merge(by=chloe, merge=joined)
    assert Contribution.objects.get(pk=told.pk).version > version
