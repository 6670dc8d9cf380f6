"""Passing on what others wrote: nobody reads more than they could before."""

import html
import re

import pytest

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions import actions
from parvis.contributions.events import Recommended
from parvis.contributions.models import Contribution
from parvis.contributions.registry import kind_of
from parvis.kernel.audiences.actions import company_audience_id
from parvis.wall import actions as wall
from tests.communities.rivals import Rivals
from tests.conftest import forget_scopes

HTMX = {"HX-Request": "true"}
UNREADABLE = "Une publication que vous ne pouvez pas lire."
WITHDRAWN = "Cette publication a été retirée."


@pytest.fixture
def quebec(bruno, amina):
    """An open community of Bruno and Amina, beside the one where Amina wrote."""
    community = communities.found_open(
        person=bruno, name="Qualité Québec", purpose="Là-bas.", kind="trade", access="open"
    )
    communities.join(person=amina, community=community)
    forget_scopes(bruno, amina)
    return community


def url(contribution):
    return f"/c/{contribution.pk}/recommander/"


def send(browser, contribution, community, text="À lire"):
    return browser.post(url(contribution), {"audience": community.audience_id, "text": text})


def read(browser, address):
    return html.unescape(browser.get(address).content.decode())


def recommended(by, original, place, text="À lire"):
    made, _is_new = wall.recommend(author=by, original=original, audience_id=place.audience_id, text=text)
    return made


def test_a_member_recommends_it_to_another_community(as_, bruno, publication, quebec):
    browser = as_(bruno)
    response = send(browser, publication, quebec, "Le débit du lot 4 est là")

    made = Contribution.objects.get(kind="recommendation")
    assert response.url == made.get_absolute_url()
    page = read(browser, response.url)
    assert "Le débit du lot 4 est là" in page
    assert "Quel débit" in page
    assert "Amina Benali" in page
    assert "C’est recommandé." in page


def test_its_card_says_where_the_original_stands_on_every_page_that_shows_it(as_, amina, bruno, publication, quebec):
    made = recommended(bruno, publication, quebec)

    for address in ("/?vue=fil", f"/communautes/{quebec.slug}/", f"/c/{made.pk}/", f"/c/{made.pk}/carte/"):
        page = read(as_(amina), address)
        card = page[page.index(f'id="c-{made.pk}"') :]
        assert "recommande" in card
        assert "Qualité Lyon" in card
        assert "Quel débit" in card


def test_the_composer_offers_ones_other_communities_and_warns_of_who_will_not_see_it(as_, amina, secret, quebec, lyon):
    page = read(as_(amina), url(secret))

    offered = re.findall(r"<option[^>]*>([^<]+)", page)
    assert {"Qualité Lyon", "Qualité Québec"} <= set(offered)
    assert "Cordon bleu" not in offered
    assert "Toute l’entreprise" not in offered
    assert "Les autres verront votre mot, et rien" in page


def test_whoever_is_a_member_of_nothing_else_is_told_so(as_, karim, publication):
    assert "Il faut être membre" in read(as_(karim), url(publication))


def test_those_who_may_not_read_the_original_learn_nothing_of_it(as_, amina, bruno, secret, quebec):
    """Wherever a card can stand: its title, its words, its author’s place, its address."""
    actions.edit(by=amina, contribution=secret, title="Fissure", text="Entre nous, @chloe", based_on=0)
    made = recommended(amina, secret, quebec, "Un bon texte")
    addresses = [
        "/?vue=fil",
        f"/communautes/{quebec.slug}/",
        f"/c/{made.pk}/",
        f"/c/{made.pk}/carte/",
        f"/c/{made.pk}/actions/",
        f"/personnes/{amina.pk}/publications/",
        "/chercher/?q=fissure",
        "/chercher/?q=cordon",
    ]
    for address in addresses:
        page = read(as_(bruno), address)
        for word in ("Fissure", "Entre nous", "Cordon", f"/c/{secret.pk}/", "Chloé"):
            assert word not in page, address
    assert UNREADABLE in read(as_(bruno), f"/c/{made.pk}/")
    assert "Fissure" in read(as_(amina), f"/c/{made.pk}/")


def test_live_news_show_as_much_as_the_page_read_again(as_, amina, bruno, secret, quebec):
    before = wall.publish(author=bruno, audience_id=quebec.audience_id, text="Bonjour")
    since = re.search(r'data-since="([^"]+)"', read(as_(bruno), f"/communautes/{quebec.slug}/"))[1]
    made = recommended(amina, secret, quebec)

    for reader, says in ((bruno, UNREADABLE), (amina, "Entre nous")):
        came = read(as_(reader), f"/murs/{quebec.audience_id}/nouveautes/?since={since}")
        page = read(as_(reader), f"/communautes/{quebec.slug}/")
        card = came[came.index("<article") : came.index("</article>")]
        assert says in card
        shown = page[page.index(f'id="c-{made.pk}"') :]
        assert normal(card[card.index(f'id="c-{made.pk}"') :]) == normal(shown[: shown.index("</article>")])
    assert before.pk < made.pk


def normal(text):
    """Without the form's token, which differs from page to page."""
    return re.sub(r'value="\w{64}"', "", text)


def test_the_card_follows_what_it_recommends_without_a_reload(
    as_, amina, bruno, publication, quebec, django_capture_on_commit_callbacks
):
    """Edited, deleted, put back: the recommendation says so, and its version rises so that open pages ask again."""
    made = recommended(bruno, publication, quebec)
    versions = [Contribution.objects.get(pk=made.pk).version]

    def now():
        versions.append(Contribution.objects.get(pk=made.pk).version)
        return read(as_(bruno), f"/c/{made.pk}/carte/")

    actions.edit(by=amina, contribution=publication, title="Argon", text="Douze litres", based_on=0)
    assert "Douze litres" in now()
    actions.delete(by=amina, contribution=publication)
    gone = now()
    assert WITHDRAWN in gone
    assert "Douze litres" not in gone
    assert "Argon" not in gone
    actions.restore(by=amina, contribution=publication)
    assert "Douze litres" in now()
    assert versions == sorted(set(versions))


def test_an_original_that_is_gone_for_good_is_said_to_be_withdrawn(as_, bruno, publication, quebec):
    made = recommended(bruno, publication, quebec)
    Contribution.objects.filter(pk=publication.pk).delete()

    assert WITHDRAWN in read(as_(bruno), f"/c/{made.pk}/")


def test_those_outside_are_not_told_that_it_was_withdrawn(as_, amina, bruno, secret, quebec):
    made = recommended(amina, secret, quebec)
    actions.delete(by=amina, contribution=secret)

    assert UNREADABLE in read(as_(bruno), f"/c/{made.pk}/")
    assert WITHDRAWN in read(as_(amina), f"/c/{made.pk}/")


def test_a_double_click_and_a_second_try_are_one_recommendation(as_, bruno, publication, quebec):
    browser = as_(bruno)
    for text in ("Un", "Un", "Deux"):
        response = send(browser, publication, quebec, text)

    made = Contribution.objects.get(kind="recommendation")
    assert response.url == made.get_absolute_url()
    assert made.text == "Un"
    assert "déjà recommandé ici" in read(browser, response.url)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_the_same_moment_make_one(tmp_path, bruno, publication, quebec):
    rivals = Rivals(tmp_path)
    results = rivals.at_once([lambda: recommended(bruno, publication, quebec) for _ in range(4)])

    assert len({made.pk for made in results}) == 1
    assert rivals.look(lambda: Contribution.objects.filter(kind="recommendation").count()) == 1


def test_after_deleting_it_one_may_recommend_it_again(as_, bruno, publication, quebec):
    first = recommended(bruno, publication, quebec)
    actions.delete(by=bruno, contribution=first)
    send(as_(bruno), publication, quebec, "Encore")

    assert Contribution.objects.get(kind="recommendation", deleted_at__isnull=True).text == "Encore"


def test_recommending_a_recommendation_passes_on_the_original(as_, amina, bruno, publication, quebec, cordon):
    made = recommended(bruno, publication, quebec)
    send(as_(amina), made, cordon)

    assert Contribution.objects.get(audience=cordon.audience_id).about == publication


def test_what_one_may_not_read_behind_a_recommendation_is_not_passed_on(as_, amina, bruno, secret, quebec, essais):
    made = recommended(amina, secret, quebec)

    assert as_(bruno).get(url(made)).status_code == 403
    assert f"/c/{made.pk}/recommander/" not in read(as_(bruno), f"/c/{made.pk}/")


def test_a_comment_recommends_its_publication(as_, bruno, publication, quebec):
    comment = actions.comment(author=bruno, on=publication, text="12")
    send(as_(bruno), comment, quebec)

    assert Contribution.objects.get(kind="recommendation").about == publication


def test_nothing_leaves_a_secret_community(as_, amina, secret, quebec):
    Community.objects.filter(audience=secret.audience_id).update(access="secret")

    assert as_(amina).get(url(secret)).status_code == 403
    assert send(as_(amina), secret, quebec).status_code == 403
    assert f"/c/{secret.pk}/recommander/" not in read(as_(amina), f"/c/{secret.pk}/")
    assert not Contribution.objects.filter(kind="recommendation").exists()


@pytest.mark.parametrize("where", ["its own place", "a place of others", "the company", "nowhere"])
def test_forged_places_are_refused_and_the_word_is_kept(as_, bruno, karim, publication, quebec, lyon, where):
    others = communities.found_open(person=karim, name="Ailleurs", purpose="Loin.", kind="trade", access="private")
    place = {
        "its own place": lyon.audience_id,
        "a place of others": others.audience_id,
        "the company": company_audience_id(),
        "nowhere": "9" * 30,
    }[where]
    response = as_(bruno).post(url(publication), {"audience": place, "text": "Mon mot à moi"})

    assert response.status_code == 422
    assert "Mon mot à moi" in response.content.decode()
    assert not Contribution.objects.filter(kind="recommendation").exists()


def test_a_recommendation_needs_a_word(as_, bruno, publication, quebec):
    response = send(as_(bruno), publication, quebec, "  ")

    assert response.status_code == 422
    assert not Contribution.objects.filter(kind="recommendation").exists()


def test_strangers_do_not_learn_that_a_private_contribution_exists(as_, bruno, secret, quebec):
    assert as_(bruno).get(url(secret)).status_code == 404
    assert send(as_(bruno), secret, quebec).status_code == 404


def test_search_finds_it_by_its_own_word_alone(bruno, publication, quebec):
    made = recommended(bruno, publication, quebec, "Mon mot")

    assert kind_of("recommendation").search_text(made) == "Mon mot"


def test_a_page_of_recommendations_costs_one_query_whatever_their_number(
    as_, amina, bruno, quebec, lyon, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        browser = as_(amina)
        browser.get(f"/communautes/{quebec.slug}/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/communautes/{quebec.slug}/")
        return len(queries)

    def one(n):
        original = wall.publish(author=amina, audience_id=lyon.audience_id, text=f"{n} @bruno")
        recommended(bruno, original, quebec, f"Vois {n}")

    none = cost()
    one(0)
    assert cost() == none + 1
    for n in range(1, 15):
        one(n)
    assert cost() == none + 1


def test_what_is_archived_is_read_and_not_answered(as_, bruno, publication, lyon):
    actions.comment(author=bruno, on=publication, text="Douze")
    Community.objects.filter(pk=lyon.pk).update(archived_at=lyon.founded_at)

    for address in (f"/communautes/{lyon.slug}/", f"/c/{publication.pk}/"):
        page = read(as_(bruno), address)
        card = page[page.index(f'id="c-{publication.pk}"') : page.index("</article>")]
        assert "Archivé" in card
        assert "Douze" in card
        assert "/reactions/like/" not in card
        assert "Commenter<" not in card
        assert "Répondre" not in card
        assert f"/c/{publication.pk}/recommander/" in card


def test_the_fact_is_published_for_what_follows_from_it(bruno, publication, quebec):
    from parvis.kernel import events

    heard = []

    @events.with_write(Recommended)
    def hear(event):
        heard.append(event)

    made = recommended(bruno, publication, quebec)
    assert heard == [Recommended(made.pk, publication.pk, quebec.audience_id, bruno.pk)]


def test_a_guest_sees_of_it_what_they_were_invited_to(as_, amina, bruno, driss, publication, quebec):
    communities.invite(by=bruno, person=driss, community=quebec)
    communities.join(person=driss, community=quebec)
    made = recommended(bruno, publication, quebec)

    page = read(as_(driss), f"/c/{made.pk}/")
    assert UNREADABLE in page
    assert "Quel débit" not in page
