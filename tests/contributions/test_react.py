"""The six words."""

from parvis.contributions import actions
from parvis.contributions.models import Contribution, Reaction

HTMX = {"HX-Request": "true"}


def url(contribution, kind="like"):
    return f"/c/{contribution.pk}/reactions/{kind}/"


def test_a_reader_reacts_and_sees_their_word(as_, bruno, publication):
    response = as_(bruno).post(url(publication, "thanks"), {"on": "1"}, headers=HTMX)

    assert 'aria-pressed="true"' in response.content.decode()
    assert "Merci" in response.content.decode()
    assert Reaction.objects.get().person == bruno


def test_reacting_twice_counts_once_and_changes_nothing(as_, bruno, publication):
    browser = as_(bruno)
    for _ in range(2):
        browser.post(url(publication), {"on": "1"})

    publication.refresh_from_db()
    assert publication.reaction_tally == "like:1"
    assert publication.version == 2


def test_another_word_replaces_the_first(as_, bruno, publication):
    as_(bruno).post(url(publication), {"on": "1"})
    as_(bruno).post(url(publication, "bravo"), {"on": "1"})

    publication.refresh_from_db()
    assert publication.reaction_tally == "bravo:1"


def test_withdrawing(as_, bruno, publication):
    actions.react(person=bruno, contribution=publication, kind=Reaction.Kind.LIKE)
    as_(bruno).post(url(publication), {"on": "0"})

    publication.refresh_from_db()
    assert not Reaction.objects.exists()
    assert publication.reaction_tally == publication.recent_reactors == ""


def test_names_and_others_but_no_number(as_, amina, bruno, chloe, karim, publication):
    for person in (bruno, chloe, karim):
        actions.react(person=person, contribution=publication, kind=Reaction.Kind.LIKE)

    card = as_(amina).get(f"/c/{publication.pk}/carte/").content.decode()
    assert "Karim, Chloé et d’autres" in card


def test_it_works_without_javascript(as_, bruno, publication):
    response = as_(bruno).post(url(publication), {"on": "1"})

    assert response.status_code == 302
    assert response.url == publication.get_absolute_url()


def test_strangers_do_not_learn_that_a_private_contribution_exists(as_, bruno, secret):
    assert as_(bruno).post(url(secret), {"on": "1"}).status_code == 404


def test_unknown_words_are_not_routes(as_, bruno, publication):
    assert as_(bruno).post(url(publication, "hate"), {"on": "1"}).status_code == 404


def test_a_reaction_to_a_comment_raises_the_version_of_its_publication(as_, amina, bruno, publication):
    comment = actions.comment(author=bruno, on=publication, text="12")
    before = Contribution.objects.get(pk=publication.pk).version
    as_(amina).post(url(comment), {"on": "1"})

    assert Contribution.objects.get(pk=publication.pk).version == before + 1


def test_the_six_are_offered(as_, bruno, publication):
    page = as_(bruno).get(f"/c/{publication.pk}/reactions/").content.decode()

    for word in ("J’aime", "Merci", "Bravo", "Utile", "Idée", "Je soutiens"):
        assert word in page
