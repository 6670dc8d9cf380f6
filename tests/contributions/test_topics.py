"""The page of a #word hears of what begins to use it, as far as its reader may read."""

import re

import pytest

from parvis.contributions import actions as contributions
from parvis.kernel.live import rights
from parvis.kernel.live.models import Change
from parvis.people.models import Person
from parvis.wall import actions as wall


def page_of(browser) -> str:
    return str(browser.get("/sujets/buse/").content.decode())


def since(page: str) -> str:
    return re.findall(r'data-since="(\d+)"', page)[0]


def news(browser, page: str) -> str:
    return str(browser.get(f"/sujets/buse/nouveautes/?since={since(page)}").content.decode())


@pytest.fixture
def written(amina, lyon):
    return wall.publish(author=amina, audience_id=lyon.audience_id, text="Rien encore")


def signals() -> list[str]:
    return list(Change.objects.filter(topic__startswith="u:").order_by("pk").values_list("topic", flat=True))


def test_a_publication_that_uses_the_word_is_news(as_, amina, bruno, lyon):
    browser = as_(bruno)
    page = page_of(browser)
    assert f"u:{lyon.audience_id}" in page

    wall.publish(author=amina, audience_id=lyon.audience_id, text="Une #buse, une #cuve")
    assert signals() == [f"u:{lyon.audience_id}"]
    assert "Une <a" in news(browser, page)
    assert "<article" not in news(browser, page_of(browser))


def test_so_is_one_that_begins_to_use_it_by_an_edit(as_, amina, bruno, lyon, written):
    browser = as_(bruno)
    page = page_of(browser)
    contributions.edit(by=amina, contribution=written, text="Une #buse", title="", based_on=0)

    assert signals() == [f"u:{lyon.audience_id}"]
    assert f'id="c-{written.pk}"' in news(browser, page)

    # To use it still is not to begin.
    page = page_of(browser)
    contributions.edit(by=amina, contribution=written, text="Une autre #buse", title="", based_on=1)
    assert "<article" not in news(browser, page)
    assert len(signals()) == 1


def test_a_comment_is_no_publication(as_, amina, bruno, lyon, written):
    page = page_of(as_(bruno))
    contributions.comment(author=amina, on=written, text="Une #buse")

    assert signals() == []
    assert "<article" not in news(as_(bruno), page)


def test_what_one_may_not_read_is_neither_heard_nor_shown(as_, amina, bruno, cordon):
    browser = as_(bruno)
    page = page_of(browser)
    assert f"u:{cordon.audience_id}" not in page
    wall.publish(author=amina, audience_id=cordon.audience_id, text="Une #buse secrète")

    assert "<article" not in news(browser, page)
    assert "secrète" not in page_of(browser)
    reader = Person.objects.get(pk=bruno.pk)
    assert rights.granted_to(reader, [f"u:{cordon.audience_id}"]) == {}
    assert rights.granted_to(amina, [f"u:{cordon.audience_id}"])


def test_news_since_nothing_one_was_given_do_not_exist(as_, bruno):
    assert as_(bruno).get("/sujets/buse/nouveautes/?since=hier").status_code == 404
