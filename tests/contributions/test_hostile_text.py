"""What somebody writes to harm the others who read."""

import time

import pytest

from parvis.contributions.models import Contribution


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "12"])
@pytest.mark.parametrize("entities", [("&#xE000;", "&#xE001;"), ("&#57344;", "&#57345;")])
def test_a_token_spelled_with_entities_is_only_text(as_, bruno, publication, number, entities):
    opening, closing = entities
    text = f"*Voyez* {opening}{number}{closing}"
    assert as_(bruno).post(f"/c/{publication.pk}/commentaires/", {"text": text}).status_code == 302

    comment = Contribution.objects.get(family=Contribution.Family.COMMENT)
    assert f"<em>Voyez</em> {number}" in comment.html
    for page in ("/", f"/c/{publication.pk}/", f"/c/{publication.pk}/carte/"):
        assert as_(bruno).get(page).status_code == 200


@pytest.mark.parametrize(
    "piece", ["http://a.", "//a.b/", "http://a/(", "[a](http://", "[", "*a_", "|a", "* a\n", "`a``"]
)
def test_a_long_text_made_to_be_slow_is_read_within_seconds(as_, bruno, publication, piece):
    began = time.thread_time()
    text = (piece * 40_000)[:39_000]
    assert as_(bruno).post(f"/c/{publication.pk}/commentaires/", {"text": text}).status_code == 302
    assert time.thread_time() - began < 4


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 25, "²", "-1"])
def test_a_number_that_no_row_has_breaks_nothing(as_, amina, publication, number):
    browser = as_(amina)
    assert browser.get(f"/c/{publication.pk}/", {"apres": number}).status_code == 200
    assert browser.get("/publier/pour-qui/", {"audience": number}).status_code == 404
    assert browser.get("/suggestions/personnes/", {"q": "a", "a": number}).status_code == 200
    assert browser.post("/publier/", {"audience": number, "text": "Bonjour"}).status_code == 422
