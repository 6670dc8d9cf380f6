"""What is drawn once and kept for many holds nothing of the one it was first drawn for."""

import re
from collections.abc import Callable

from django.conf import settings
from django.middleware.csrf import _does_token_match
from django.test import Client

from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution
from parvis.people.models import Person

AsPerson = Callable[[Person], Client]


def feed(browser: Client) -> str:
    answer = browser.get("/?vue=fil")
    assert answer.status_code == 200
    return answer.content.decode()


def tokens(page: str) -> set[str]:
    found = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))
    return found | set(re.findall(r'<meta name="csrf" content="(\w+)"', page))


def test_each_reader_gets_a_token_of_their_own(
    as_: AsPerson, amina: Person, chloe: Person, publication: Contribution
) -> None:
    one, other = as_(amina), as_(chloe)
    for browser, stranger in ((one, other), (other, one)) * 2:
        page = feed(browser)
        stranger.get("/aide/")
        (token,) = tokens(page)
        assert publication.title in page
        assert _does_token_match(token, browser.cookies[settings.CSRF_COOKIE_NAME].value)
        assert not _does_token_match(token, stranger.cookies[settings.CSRF_COOKIE_NAME].value)


def test_no_mark_is_left_in_a_page(as_: AsPerson, amina: Person, publication: Contribution) -> None:
    assert not re.search("[\ue000-\uf8ff]", feed(as_(amina)))


def test_each_reader_has_their_own_name_language_and_word(
    as_: AsPerson, amina: Person, chloe: Person, publication: Contribution
) -> None:
    Person.objects.filter(pk=chloe.pk).update(language="en")
    contributions.react(person=amina, contribution=publication, kind="thanks")
    for _again in range(2):
        french, english = feed(as_(amina)), feed(as_(chloe))
        assert f"Moi, {amina.name}" in french
        assert chloe.name not in french.split("</header>")[0]
        assert '<html lang="fr"' in french
        assert 'aria-pressed="true"' in french
        assert amina.name not in english.split("</header>")[0]
        assert '<html lang="en"' in english
        assert 'aria-pressed="true"' not in english


def test_each_reader_reads_the_hour_of_their_own_zone(
    as_: AsPerson, amina: Person, chloe: Person, publication: Contribution
) -> None:
    Person.objects.filter(pk=chloe.pk).update(time_zone="America/Toronto")
    exact = re.compile(r'<time datetime="[^"]+" title="([^"]+)">')
    for _again in range(2):
        assert exact.findall(feed(as_(amina))) != exact.findall(feed(as_(chloe)))
