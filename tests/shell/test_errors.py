"""What a person reads when something is refused or breaks: what happened, that nothing was lost, what to do."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory

from parvis.people.models import Person
from parvis.shell import errors

AsPerson = Callable[[Person], Client]


def test_an_address_that_leads_nowhere_keeps_the_frame(as_: AsPerson, amina: Person) -> None:
    answer = as_(amina).get("/rien/ici/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Il n’y a rien à cette adresse." in page
    assert '<nav aria-label="Le réseau">' in page


def test_outside_it_shows_nothing_of_the_network(client: Client, db: None) -> None:
    answer = client.get("/rien/ici/")
    assert answer.status_code == 404
    assert '<nav aria-label="Le réseau">' not in answer.content.decode()


def test_a_form_from_another_session_is_refused_in_words(amina: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(amina)
    answer = browser.post("/langue/", {"language": "en"})
    assert answer.status_code == 403
    assert "ouverte depuis trop longtemps" in answer.content.decode()


@pytest.mark.parametrize(
    ("handler", "exception", "status", "said"),
    [
        (errors.bad_request, SuspiciousOperation("x"), 400, "pas lisible"),
        (errors.bad_request, RequestDataTooBig("x"), 413, "trop lourd"),
        (errors.forbidden, PermissionDenied(), 403, "ne vous est pas ouvert"),
        (errors.forbidden, PermissionDenied("Seule l’animation décide."), 403, "Seule l’animation décide."),
        (errors.too_many, None, 429, "Doucement"),
    ],
)
def test_each_refusal_has_its_page(
    rf: RequestFactory,
    handler: Callable[..., object],
    exception: Exception | None,
    status: int,
    said: str,
) -> None:
    # No `db` fixture: a query would fail the test.
    answer = handler(rf.get("/"), exception)
    assert answer.status_code == status  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert said in page
    assert f"Erreur {status}" in page


def test_a_breakdown_is_said_without_the_database(rf: RequestFactory) -> None:
    """No `db` fixture: a query would fail the test."""
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Quelque chose s’est cassé chez nous." in answer.content.decode()


def test_a_breakdown_is_said_even_without_the_front_end(
    rf: RequestFactory, settings: object, tmp_path: object
) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Quelque chose s’est cassé chez nous." in answer.content.decode()


def test_the_offline_page_is_open_to_all(client: Client, db: None) -> None:
    assert "joignable" in client.get("/hors-ligne/").content.decode()
