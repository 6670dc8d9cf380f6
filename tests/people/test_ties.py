"""Following somebody, not reading them, blocking them: what each does and does not do; nobody else learns of it."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from parvis.communities import actions as communities
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution, Mention
from parvis.moderation import actions as moderation
from parvis.people import actions as people
from parvis.people.models import Block, Mute, PersonFollow
from parvis.people.ties import keeps_away, out_of_reach_of, stands
from parvis.wall import actions as wall

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
UNREAD = "Publication de quelqu’un que vous ne lisez pas"
UNREAD_COMMENT = "Commentaire de quelqu’un que vous ne lisez pas"


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def tie(browser, other, act, on="1"):
    return browser.post(f"/personnes/{other.pk}/{act}/", {"on": on})


@pytest.mark.parametrize(("act", "model"), [("suivre", PersonFollow), ("ne-plus-lire", Mute), ("bloquer", Block)])
def test_each_is_said_once_however_often_one_clicks_and_undone_at_once(as_, amina, bruno, act, model):
    browser = as_(bruno)
    for _twice in range(2):
        assert tie(browser, amina, act).status_code == 302
    assert model.objects.filter(person=bruno).count() == 1
    assert f"/personnes/{amina.pk}/{act}/?on=0" in text(browser.get("/entreprise/"))  # « Annuler »
    for _twice in range(2):
        assert browser.post(f"/personnes/{amina.pk}/{act}/?on=0").status_code == 302
    assert not model.objects.exists()


def test_the_page_says_what_each_does_and_shows_where_one_stands(as_, amina, bruno):
    page = text(as_(bruno).get(f"/personnes/{amina.pk}/lien/"))
    assert "Bloquer n’ôte à personne le droit de lire" in page
    people.follow_person(person=bruno, followed=amina)
    people.mute(person=bruno, muted=amina)
    people.block(person=bruno, blocked=amina)
    page = text(as_(bruno).get(f"/personnes/{amina.pk}/lien/"))
    for undo in ("Ne plus suivre", "Lire de nouveau", "Débloquer"):
        assert undo in page
    assert stands(bruno, amina) == stands(bruno, amina).__class__(follows=True, mutes=True, blocks=True)


def test_nobody_stands_so_towards_themselves(as_, amina):
    for act in ("suivre", "ne-plus-lire", "bloquer"):
        assert tie(as_(amina), amina, act).status_code == 403
    assert as_(amina).get(f"/personnes/{amina.pk}/lien/").status_code == 404


def test_a_guest_follows_nobody_and_may_keep_away_those_they_see(as_, amina, driss, chloe, lyon):
    communities.invite(by=chloe, person=driss, community=lyon)
    communities.join(person=driss, community=lyon)
    assert tie(as_(driss), amina, "suivre").status_code == 403
    assert tie(as_(driss), amina, "bloquer").status_code == 302
    assert keeps_away(person=driss, by=amina)


def test_whom_one_does_not_see_one_does_not_follow(as_, driss, amina, bruno):
    for act in ("suivre", "ne-plus-lire", "bloquer"):
        assert tie(as_(driss), amina, act).status_code == 404
    absent = people.add_person(identifier="zz", name="Zénaïde", mail="zz@vauban.example")
    assert tie(as_(bruno), absent, "suivre").status_code == 404


def test_the_other_learns_of_nothing(as_, amina, bruno, lyon, publication):
    """Every page of Amina's reads the same before and after."""
    pages = ("/?vue=fil", f"/personnes/{bruno.pk}/", "/moi/", "/moi/abonnements/", f"/personnes/{bruno.pk}/lien/")

    def said():
        browser = as_(amina)
        browser.get("/")
        return [text(browser.get(address)).split("<main")[1].split("csrf")[0] for address in pages]

    before = said()
    people.follow_person(person=bruno, followed=amina)
    people.mute(person=bruno, muted=amina)
    people.block(person=bruno, blocked=amina)
    assert said() == before


def test_on_a_wall_their_words_stand_folded_and_open_by_hand(as_, amina, bruno, lyon, publication):
    wall_of_lyon = f"/communautes/{lyon.slug}/"
    assert UNREAD not in text(as_(bruno).get(wall_of_lyon))
    people.mute(person=bruno, muted=amina)
    page = text(as_(bruno).get(wall_of_lyon))
    assert UNREAD in page
    assert "Lire quand même" in page
    assert "Quel débit" in page  # within the fold: it narrows nothing
    assert UNREAD not in text(as_(amina).get(wall_of_lyon))
    # Its own page, to which one goes on purpose, is open; its card, fetched again, stays folded.
    assert UNREAD not in text(as_(bruno).get(f"/c/{publication.pk}/"))
    assert UNREAD in text(as_(bruno).get(f"/c/{publication.pk}/carte/", headers={"HX-Request": "true"}))


def test_their_comments_stand_folded_and_the_answers_of_others_do_not(as_, amina, bruno, chloe, lyon, publication):
    said = contributions.comment(author=amina, on=publication, text="mot-d-amina")
    contributions.comment(author=chloe, on=said, text="mot-de-chloe")
    people.block(person=bruno, blocked=amina)
    for address in (f"/c/{publication.pk}/", f"/communautes/{lyon.slug}/"):
        page = text(as_(bruno).get(address))
        assert page.count(UNREAD_COMMENT) == 1
        fold = page[page.index(UNREAD_COMMENT) :].split("</details>")[0]
        assert "mot-d-amina" in fold
        assert "mot-de-chloe" not in fold
        assert "mot-de-chloe" in page


def test_one_reader_s_folds_are_not_drawn_for_another(as_, amina, bruno, chloe, lyon, publication):
    """Cards are kept once drawn."""
    people.mute(person=bruno, muted=amina)
    address = f"/communautes/{lyon.slug}/"
    for _twice in range(2):
        assert UNREAD in text(as_(bruno).get(address))
        assert UNREAD not in text(as_(chloe).get(address))


def test_blocking_takes_from_nobody_the_right_to_read(as_, amina, bruno, lyon, publication):
    people.block(person=amina, blocked=bruno)
    assert "Quel débit" in text(as_(bruno).get(f"/communautes/{lyon.slug}/"))
    assert text(as_(bruno).get(f"/c/{publication.pk}/"))
    assert text(as_(bruno).get(f"/personnes/{amina.pk}/"))


def proposed(browser):
    found = browser.get("/suggestions/personnes/?q=ami").content
    return [person["handle"] for person in json.loads(found)["people"]]


def test_whoever_is_blocked_is_not_proposed_the_other(as_, amina, bruno, chloe):
    assert proposed(as_(bruno)) == ["amina"]
    people.block(person=amina, blocked=bruno)
    assert proposed(as_(bruno)) == []
    assert proposed(as_(chloe)) == ["amina"]
    people.unblock(person=amina, blocked=bruno)
    assert proposed(as_(bruno)) == ["amina"]


def test_a_mention_by_whoever_is_blocked_calls_nobody_and_reads_as_any(as_, amina, bruno, lyon):
    people.block(person=amina, blocked=bruno)
    from parvis.kernel.audiences.actions import company_audience_id

    made = wall.publish(author=bruno, audience_id=company_audience_id(), text="Dis, @amina")
    assert not Mention.objects.filter(contribution=made).exists()
    assert "@Amina Benali" in text(as_(bruno).get(f"/c/{made.pk}/"))
    assert "vous mentionne" not in text(as_(amina).get("/?vue=fil"))


def test_what_they_wrote_before_calls_no_more(as_, amina, bruno, lyon):
    from parvis.kernel.audiences.actions import company_audience_id

    wall.publish(author=bruno, audience_id=company_audience_id(), text="Dis, @amina")
    assert "vous mentionne" in text(as_(amina).get("/?vue=fil"))
    people.mute(person=amina, muted=bruno)
    assert "vous mentionne" in text(as_(amina).get("/?vue=fil"))  # muting leaves one reachable
    people.block(person=amina, blocked=bruno)
    assert "vous mentionne" not in text(as_(amina).get("/?vue=fil"))
    people.unblock(person=amina, blocked=bruno)
    assert "vous mentionne" in text(as_(amina).get("/?vue=fil"))


def test_whoever_is_blocked_follows_no_more_as_if_they_could_not_be_followed(as_, amina, bruno, karim):
    people.block(person=amina, blocked=bruno)
    assert tie(as_(bruno), amina, "suivre").status_code == 302
    assert not PersonFollow.objects.exists()
    people.suspend(person=karim, by=None)
    words = []
    for other in (amina, karim):
        with pytest.raises(ValidationError) as refusal:
            people.follow_person(person=bruno, followed=other)
        words.append(refusal.value.messages)
    assert words[0] == words[1]  # the same sentence for another reason
    assert "Suivre" in text(as_(bruno).get(f"/personnes/{amina.pk}/"))


def test_a_follow_rests_while_one_is_blocked_and_says_nothing_of_it(as_, amina, bruno, publication):
    people.follow_person(person=bruno, followed=amina)
    people.block(person=amina, blocked=bruno)
    assert "Amina Benali" in text(as_(bruno).get("/moi/abonnements/"))
    assert stands(bruno, amina).follows
    assert "Quel débit" not in text(as_(bruno).get("/?vue=fil"))


def test_an_animator_who_is_blocked_still_removes(amina, chloe, publication):
    people.block(person=amina, blocked=chloe)
    moderation.remove(by=chloe, contribution=publication, reason="Un numéro privé")
    assert Contribution.objects.get(pk=publication.pk).deleted_at is not None


def test_keeping_away_is_one_way(amina, bruno):
    people.block(person=amina, blocked=bruno)
    assert keeps_away(person=amina, by=bruno)
    assert not keeps_away(person=bruno, by=amina)
    people.mute(person=bruno, muted=amina)
    assert not keeps_away(person=bruno, by=amina)  # a mute keeps nobody away
    assert list(type(amina).objects.get_queryset().filter(out_of_reach_of(bruno))) == [amina]


def test_the_actions_ask_their_rule(amina, driss):
    for act, other in (("follow_person", "followed"), ("mute", "muted"), ("block", "blocked")):
        with pytest.raises(PermissionDenied):
            getattr(people, act)(person=amina, **{other: amina})
    with pytest.raises(PermissionDenied):
        people.follow_person(person=driss, followed=amina)
