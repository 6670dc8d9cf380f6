"""Whatever is typed in any field of ours, nothing breaks and nothing of it runs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from parvis.people.models import Person
from tests.people.profiles import define

BLNS = Path(__file__).resolve().parents[3] / "shared/data/hostile/blns/blns.json"
# Beside the folder of the project where it is developed; these few everywhere else.
FEW = ["<script>alert(1)</script>", "\x00", "𝕿𝖍𝖊", "' OR 1=1 --", "\u202e", "{{ 7*7 }}", "%s%n%(x)s", "", "x" * 99_999]
MANY = json.loads(BLNS.read_text()) if BLNS.exists() else []


@pytest.mark.slow
def test_at_the_door(client: Client, db: None, settings: pytest.FixtureRequest) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "9999/m/ip", "login_failed": "9999/m/ip"}  # type: ignore[attr-defined]

    def sign_in(word: str) -> int:
        return client.post("/connexion/", {"login": word, "password": word, "next": word}).status_code

    def code(word: str) -> int:
        return client.post("/code/", {"code": word}).status_code

    def forgotten(word: str) -> int:
        return client.post("/mot-de-passe/oublie/", {"name": word}).status_code

    doors = (sign_in, code, forgotten)
    for word in FEW:
        assert {door(word) for door in doors} <= {302, 410, 422}
    for number, word in enumerate(MANY):
        assert doors[number % 3](word) in (302, 410, 422)


@pytest.mark.slow
def test_in_ones_own_settings_and_profile(as_: Callable[[Person], Client], amina: Person, karim: Person) -> None:
    browser = as_(amina)
    field, link, day = (
        define(karim, "Surnom", has_several=True),
        define(karim, "Page", "link"),
        define(karim, "Jour", "date"),
    )
    one = define(karim, "Taille", "choice", ("Petite", "Grande"))

    def all_fields(word: str) -> int:
        typed = dict.fromkeys(("language", "theme", "time_zone"), word)
        return browser.post("/moi/reglages/", typed).status_code

    def password(word: str) -> int:
        return browser.post("/moi/mot-de-passe/", {"present": word, "password": word}).status_code

    def about(word: str) -> int:
        said = dict.fromkeys(("about", "pronounced", "working_pattern", "phone", "phone_note"), word)
        readers = {"qui_about": word, f"qui_{field.pk}": word}
        answers = {f"champ_{each.pk}": word for each in (field, link, day, one)}
        assert browser.post("/moi/profil/", {**said, **readers, **answers, "langue": [word]}).status_code in (302, 422)
        typed = {"about": word, "pronounced": word[:120], "phone": word[:40], f"champ_{field.pk}": word[:400]}
        answered = browser.post("/moi/profil/", typed).status_code
        page = browser.get(f"/personnes/{amina.pk}/")
        assert page.status_code == 200
        assert "<script>" not in word or word not in page.content.decode()
        return answered

    forms = (all_fields, password, about)
    for word in FEW:
        cache.clear()  # how often one may try is tested elsewhere
        assert {form(word) for form in forms} <= {302, 422}
    # A different word in each field: a form refuses the whole for one of them, which the few above look at.
    names = ("about", "pronounced", "working_pattern", "phone", "phone_note", f"champ_{field.pk}")
    for start in range(0, len(MANY), len(names)):
        cache.clear()
        words = MANY[start : start + len(names)]
        assert browser.post("/moi/profil/", dict(zip(names, words, strict=False))).status_code in (302, 422)
        assert forms[start % 2](words[0]) in (302, 422)


def test_a_hostile_text_comes_back_whole_from_the_charter(as_: Callable[[Person], Client], ines: Person) -> None:
    word = "</textarea><script>alert(1)</script>\"'&\n\nfin"
    typed = {"name": "Vélo", "purpose": word, "kind": "interest", "access": "open"}
    page = as_(ines).post("/communautes/fonder/", typed).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_in_the_fields_of_profiles(as_: Callable[[Person], Client], karim: Person) -> None:
    browser = as_(karim)
    for word in FEW:
        cache.clear()
        typed = dict.fromkeys(
            ("name_fr", "name_en", "help_fr", "help_en", "kind", "owner", "widest", "narrowest", "readers"), word
        )
        assert browser.post("/administration/profils/ajouter/", typed).status_code == 422
        named = {**typed, "kind": "choice", "owner": "person", "widest": "everybody", "narrowest": "nobody"}
        options = {"option": [word, ""], "option_fr": [word, "Oui"], "option_en": [word, ""], "option_gone": word}
        answered = browser.post("/administration/profils/ajouter/", {**named, "readers": "nobody", **options})
        assert answered.status_code in (302, 422)
    page = browser.get("/administration/profils/")
    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()
