"""Commenting and replying."""

from parvis.contributions import actions
from parvis.contributions.models import Contribution

HTMX = {"HX-Request": "true"}


def url(contribution):
    return f"/c/{contribution.pk}/commentaires/"


def test_a_reader_comments_and_finds_the_comment_on_the_page(as_, bruno, publication):
    response = as_(bruno).post(url(publication), {"text": "12 litres"})

    comment = Contribution.objects.get(family=Contribution.Family.COMMENT)
    assert response.url == f"/c/{publication.pk}/#c-{comment.pk}"
    assert "12 litres" in as_(bruno).get(f"/c/{publication.pk}/").content.decode()
    publication.refresh_from_db()
    assert publication.comment_count == 1
    assert publication.version == 2


def test_htmx_answers_with_the_card(as_, bruno, publication):
    response = as_(bruno).post(url(publication), {"text": "12 litres"}, headers=HTMX)

    assert response.content.decode().strip().startswith(f'<article class="card c" id="c-{publication.pk}"')
    assert "12 litres" in response.content.decode()


def test_a_reply_to_a_reply_stays_on_the_same_level(as_, amina, bruno, publication):
    first = actions.comment(author=bruno, on=publication, text="un")
    reply = actions.comment(author=amina, on=first, text="deux")
    answer = actions.comment(author=bruno, on=reply, text="trois")

    assert reply.parent == first
    assert answer.parent == first
    assert answer.root == publication


def test_sending_twice_comments_once(as_, bruno, publication):
    browser = as_(bruno)
    for _ in range(2):
        browser.post(url(publication), {"text": "Oui", "key": "samesame-1"})

    publication.refresh_from_db()
    assert publication.comment_count == 1


def test_an_empty_comment_says_so_in_the_form(as_, bruno, publication):
    response = as_(bruno).post(url(publication), {"text": "  "}, headers=HTMX)

    assert response.status_code == 422
    assert response["HX-Retarget"] == "closest form"
    assert "Écrivez au moins un mot" in response.content.decode()


def test_strangers_do_not_comment_what_they_do_not_see(as_, bruno, secret):
    assert as_(bruno).post(url(secret), {"text": "Coucou"}).status_code == 404


def test_a_deleted_comment_with_a_reply_keeps_its_place(as_, amina, bruno, publication):
    first = actions.comment(author=bruno, on=publication, text="un avis tranché")
    actions.comment(author=amina, on=first, text="bien vu")
    actions.delete(by=bruno, contribution=first)

    page = as_(amina).get(f"/c/{publication.pk}/").content.decode()
    assert "un avis tranché" not in page
    assert "Ce commentaire a été supprimé." in page
    assert "bien vu" in page


def test_the_card_shows_the_last_two(as_, bruno, publication):
    for word in ("premier", "deuxième", "troisième"):
        actions.comment(author=bruno, on=publication, text=word)

    card = as_(bruno).get(f"/c/{publication.pk}/carte/").content.decode()
    assert "premier" not in card
    assert "deuxième" in card
    assert "troisième" in card
    assert "Voir le commentaire précédent" in card


def test_a_long_thread_goes_on_the_next_page(as_, bruno, publication):
    for n in range(51):
        actions.comment(author=bruno, on=publication, text=f"mot-{n:02d}")

    page = as_(bruno).get(f"/c/{publication.pk}/").content.decode()
    last = Contribution.objects.get(text="mot-49")
    assert "mot-50" not in page
    assert f"?apres={last.pk}" in page
    assert "mot-50" in as_(bruno).get(f"/c/{publication.pk}/?apres={last.pk}").content.decode()
