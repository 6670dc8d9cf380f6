"""What is mine: sessions, password, settings, photo."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone
from PIL import Image

from parvis.kernel.live.models import Change
from parvis.people import actions, middleware, sign_in
from parvis.people.models import Person
from tests.conftest import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def signed_in(bruno: Person) -> Callable[[str], Client]:
    """A browser in which Bruno came in through the door."""
    actions.set_first_password(person=bruno, password=PASSWORD)

    def come_in(user_agent: str = FIREFOX) -> Client:
        browser = Client(headers={"user-agent": user_agent})
        assert browser.post("/connexion/", {"login": "bruno", "password": PASSWORD}).status_code == 302
        return browser

    return come_in


def picture(colour: str = "red") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(made, "JPEG")
    made.seek(0)
    made.name = "moi.jpg"
    return made


# --- Sessions


def test_each_device_is_listed_in_words(signed_in: Callable[[str], Client]) -> None:
    desk = signed_in(FIREFOX)
    signed_in(IPHONE)
    page = desk.get("/moi/sessions/").content.decode()
    assert "Firefox sur Windows" in page
    assert "Safari sur iPhone" in page
    assert page.count('<span class="pill">cet appareil</span>') == 1


def test_what_others_hold_and_what_is_over_is_not_listed(signed_in: Callable[[str], Client], amina: Person) -> None:
    desk, over = signed_in(FIREFOX), signed_in(IPHONE)
    over.session.delete()
    actions.set_first_password(person=amina, password=PASSWORD)
    hers = Client(headers={"user-agent": FIREFOX})
    hers.post("/connexion/", {"login": "amina", "password": PASSWORD})

    page = desk.get("/moi/sessions/").content.decode()
    assert page.count("Firefox sur Windows") == 1
    assert "Safari sur iPhone" not in page


def test_one_session_is_closed_from_another_and_told_so(signed_in: Callable[[str], Client], bruno: Person) -> None:
    desk, phone = signed_in(FIREFOX), signed_in(IPHONE)
    session = UserSession.objects.get(user=bruno, user_agent=IPHONE)

    assert desk.post(f"/moi/sessions/{session.pk}/fermer/").status_code == 302
    page = phone.get("/moi/", follow=True).content.decode()
    assert "fermée depuis un autre appareil" in page
    assert desk.get("/moi/").status_code == 200
    assert Change.objects.filter(topic=f"recheck:{bruno.pk}").count() == 1
    assert desk.post(f"/moi/sessions/{session.pk}/fermer/").status_code == 302


def test_all_the_others_are_closed_at_once(signed_in: Callable[[str], Client]) -> None:
    desk, phone, tablet = signed_in(FIREFOX), signed_in(IPHONE), signed_in("Mozilla/5.0 (iPad) Safari/604.1")
    desk.post("/moi/sessions/autres/fermer/")
    assert [browser.get("/moi/").status_code for browser in (desk, phone, tablet)] == [200, 302, 302]


def test_nobody_closes_the_session_of_somebody_else(
    signed_in: Callable[[str], Client], bruno: Person, as_: Callable[[Person], Client], amina: Person
) -> None:
    desk = signed_in(FIREFOX)
    session = UserSession.objects.get(user=bruno)
    as_(amina).post(f"/moi/sessions/{session.pk}/fermer/")
    assert desk.get("/moi/").status_code == 200


def test_a_reading_writes_no_last_visit_and_the_next_post_writes_them_all(
    signed_in: Callable[[str], Client],
    bruno: Person,
    django_assert_num_queries: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = signed_in(FIREFOX)
    long_ago = timezone.now() - timedelta(days=3)
    UserSession.objects.filter(user=bruno).update(last_seen_at=long_ago)
    monkeypatch.setattr(middleware, "_seen_written", -10_000.0)

    desk.get("/moi/")
    assert UserSession.objects.get(user=bruno).last_seen_at == long_ago
    desk.post("/moi/reglages/", {"language": "fr", "theme": "", "time_zone": ""})
    seen = UserSession.objects.get(user=bruno).last_seen_at
    assert timezone.now() - seen < timedelta(hours=1, minutes=1)
    assert (seen.minute, seen.second) == (0, 0)


def test_thirty_sessions_cost_the_queries_of_one(
    signed_in: Callable[[str], Client], django_assert_max_num_queries: Callable[..., object]
) -> None:
    desk = signed_in(FIREFOX)
    desk.get("/moi/sessions/")
    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        desk.get("/moi/sessions/")
    for _ in range(30):
        signed_in(IPHONE)
    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        assert desk.get("/moi/sessions/").content.decode().count("Safari sur iPhone") == 30


# --- Password


def test_a_password_is_changed_and_the_other_sessions_end(signed_in: Callable[[str], Client], bruno: Person) -> None:
    desk, phone = signed_in(FIREFOX), signed_in(IPHONE)
    new = "quatre vélos rouges dehors"
    assert desk.post("/moi/mot-de-passe/", {"present": "non", "password": new}).status_code == 422
    assert desk.post("/moi/mot-de-passe/", {"present": PASSWORD, "password": new}).status_code == 302
    assert desk.get("/moi/").status_code == 200
    assert phone.get("/moi/").status_code == 302
    assert desk.get("/moi/sessions/").content.decode().count(">cet appareil<") == 1
    assert Client().post("/connexion/", {"login": "bruno", "password": new}).status_code == 302


# --- Settings


def test_what_one_says_of_oneself_is_read_by_others(
    as_: Callable[[Person], Client], amina: Person, bruno: Person
) -> None:
    assert as_(amina).post("/moi/profil/", {"about": "Je soude.\nVenez voir.", "phone": "04 78"}).status_code == 302
    assert as_(amina).post("/moi/reglages/", {"language": "fr", "theme": "dark", "time_zone": ""}).status_code == 302
    page = as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()
    assert "Je soude.<br>Venez voir." in page
    assert Person.objects.get(pk=amina.pk).theme == "dark"


def test_a_wrong_setting_keeps_what_was_typed(as_: Callable[[Person], Client], amina: Person) -> None:
    typed = {"language": "tlh", "theme": "dark", "time_zone": "Moon/Base"}
    answer = as_(amina).post("/moi/reglages/", typed)
    assert answer.status_code == 422
    assert '<input type="radio" name="theme" value="dark"' in answer.content.decode()
    assert Person.objects.get(pk=amina.pk).theme == ""


def test_the_page_speaks_the_language_and_the_hour_of_its_reader(
    as_: Callable[[Person], Client], amina: Person
) -> None:
    actions.change_own_settings(person=amina, language="en", time_zone="America/Toronto")
    answer = as_(amina).get("/moi/", headers={"Accept-Language": "fr"})
    assert answer["Content-Language"] == "en"
    assert '<html lang="en"' in answer.content.decode()


def test_a_time_zone_this_machine_does_not_know_is_the_companys(
    as_: Callable[[Person], Client], amina: Person
) -> None:
    Person.objects.filter(pk=amina.pk).update(time_zone="../../etc/passwd")
    assert as_(amina).get("/moi/").status_code == 200


# --- Photo


@pytest.fixture
def own_files(settings: pytest.FixtureRequest, tmp_path: object) -> None:
    storages = {**settings.STORAGES}  # type: ignore[attr-defined]
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path), "base_url": None},
    }
    settings.STORAGES = storages  # type: ignore[attr-defined]


def test_a_photo_is_put_and_taken_away(
    as_: Callable[[Person], Client], amina: Person, bruno: Person, driss: Person, own_files: None
) -> None:
    browser = as_(amina)
    assert browser.post("/moi/photo/", {"photo": picture()}).status_code == 302
    photo_id = Person.objects.get(pk=amina.pk).photo_id

    face = as_(bruno).get(f"/personnes/{amina.pk}/photo/96/?{photo_id}")
    assert (face.status_code, face["Content-Type"][:6]) == (200, "image/")
    assert "private" in face["Cache-Control"]
    assert b"".join(face.streaming_content)[:2]
    face.close()
    assert as_(bruno).get(f"/personnes/{amina.pk}/photo/97/").status_code == 404
    assert as_(driss).get(f"/personnes/{amina.pk}/photo/96/").status_code == 404
    assert Client().get(f"/personnes/{amina.pk}/photo/96/").status_code == 302

    assert browser.post("/moi/photo/retirer/").status_code == 302
    assert as_(bruno).get(f"/personnes/{amina.pk}/photo/96/").status_code == 404


def test_at_the_door_only_the_faces_that_it_offers_are_shown(
    client: Client, amina: Person, bruno: Person, own_files: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (amina, bruno):
        actions.change_photo(person=person, content=picture().read(), name="moi.jpg")
    shown = Person.objects.get(pk=amina.pk)
    monkeypatch.setattr(sign_in, "_providers", [lambda request: [sign_in.Offer("Amina", "", shown, "/demo/1/")]])
    face = client.get(f"/personnes/{amina.pk}/photo/96/")
    assert face.status_code == 200
    face.close()
    assert client.get(f"/personnes/{bruno.pk}/photo/96/").status_code == 302


def test_what_is_no_picture_is_refused_in_words(
    as_: Callable[[Person], Client], amina: Person, own_files: None
) -> None:
    fake = io.BytesIO(b"#!/bin/sh\nrm -rf /\n")
    fake.name = "moi.jpg"
    answer = as_(amina).post("/moi/photo/", {"photo": fake})
    assert answer.status_code == 422
    assert "n’est pas une image" in answer.content.decode()
    assert as_(amina).post("/moi/photo/", {}).status_code == 422
