"""The cast. Amina writes, Bruno reads, Chloé animates, Driss is a guest, Inès is new, Karim administers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions.models import Contribution
from parvis.kernel.audiences.actions import company_audience_id
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.people.names import VOCABULARY
from parvis.wall import actions as wall

# Unordered rows come in no order; what migrations wrote is there again after a transactional test; a network of real
# processes, and one with a crowd in it.
pytest_plugins = ["tests.shuffle", "tests.databases", "tests.kernel.network", "tests.crash.crowd"]

PASSWORD = "une place devant la maison commune"


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """A database a worker. SQLite's is in memory, so each process has its own already; pytest-django knows that only
    of Django's own backend, not of ours."""
    suffix = getattr(request.config, "workerinput", {}).get("workerid", "")
    default = settings.DATABASES["default"]
    if suffix and "sqlite" not in default["ENGINE"]:
        test = default.setdefault("TEST", {})
        test["NAME"] = f"{test.get('NAME') or 'test_' + str(default['NAME'])}_{suffix}"


@pytest.fixture(autouse=True)
def no_act_was_counted() -> None:
    """Rate limits start from nothing in each test, and nothing is remembered of another test's database."""
    cache.clear()
    company_audience_id.cache_clear()
    VOCABULARY.forget()


@pytest.fixture(autouse=True)
def fast_passwords(settings: pytest.FixtureRequest) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


def make_person(identifier: str, name: str, **fields: object) -> Person:
    """Somebody who came in by their own act and accepted the charter (unless told otherwise)."""
    has_agreed = fields.pop("has_agreed", True)
    person = people.add_person(identifier=identifier, name=name, mail=f"{identifier}@vauban.example", **fields)
    people.activate(person=person)
    if has_agreed:
        people.accept_charter(person=person, language="fr")
    return Person.objects.get(pk=person.pk)


CAST: dict[str, dict[str, Any]] = {
    "amina": {"name": "Amina Benali", "title": "Ingénieure", "site": "Lyon"},
    "bruno": {"name": "Bruno Le Goff", "title": "Chaudronnier", "site": "Saint-Nazaire"},
    "chloe": {"name": "Chloé Marchetti", "title": "Qualiticienne", "site": "Lyon"},
    "driss": {"name": "Driss El Amrani", "is_guest": True},
    "ines": {"name": "Inès Rousseau", "has_agreed": False},
    "karim": {"name": "Karim Haddad", "is_administrator": True},
}


def come(identifier: str) -> Person:
    """One of the cast."""
    return make_person(identifier, **CAST[identifier])


@pytest.fixture
def amina(db: None) -> Person:
    return come("amina")


@pytest.fixture
def bruno(db: None) -> Person:
    return come("bruno")


@pytest.fixture
def chloe(db: None) -> Person:
    return come("chloe")


@pytest.fixture
def driss(db: None) -> Person:
    return come("driss")


@pytest.fixture
def ines(db: None) -> Person:
    return come("ines")


@pytest.fixture
def karim(db: None) -> Person:
    return come("karim")


@pytest.fixture
def lyon(chloe: Person, amina: Person) -> Community:
    """An open community animated by Chloé; Amina is a member."""
    return found_lyon(chloe, amina)


@pytest.fixture
def cordon(chloe: Person, amina: Person) -> Community:
    """A private community of Chloé and Amina: for the others it leaves no trace."""
    return found_cordon(chloe, amina)


def found_lyon(chloe: Person, amina: Person) -> Community:
    community = communities.found_open(
        person=chloe, name="Qualité Lyon", purpose="Livrer sans retour.", kind="trade", access="open"
    )
    communities.join(person=amina, community=community)
    forget_scopes(chloe, amina)
    return community


def found_cordon(chloe: Person, amina: Person) -> Community:
    community = communities.found_open(
        person=chloe, name="Cordon bleu", purpose="Les essais qui ratent.", kind="project", access="private"
    )
    communities.invite(by=chloe, person=amina, community=community)
    communities.join(person=amina, community=community)
    forget_scopes(chloe, amina)
    return community


@pytest.fixture
def essais(chloe: Person) -> Community:
    """On request: everybody finds it, its members read it."""
    return communities.found_open(
        person=chloe, name="Atelier d’essais", purpose="On casse et on regarde.", kind="trade", access="on_request"
    )


def forget_scopes(*persons: Person) -> None:
    for person in persons:
        person.forget_scope()


@pytest.fixture
def as_(client: Client) -> Callable[[Person], Client]:
    """`as_(bruno).get(…)`: a browser in which that person is signed in."""

    def signed_in(person: Person) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return signed_in


@pytest.fixture
def publication(amina: Person, lyon: Community) -> Contribution:
    """Amina's, in the open community."""
    return wall.publish(author=amina, audience_id=lyon.audience_id, title="Argon", text="Quel débit ?")


@pytest.fixture
def secret(amina: Person, cordon: Community) -> Contribution:
    """Amina's, in the private community."""
    return wall.publish(author=amina, audience_id=cordon.audience_id, text="Entre nous")
