"""What one declares of the moment: said by oneself alone, over when its time is over, in the reader's words and zone;
and nothing is measured."""

import ast
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from parvis.people import actions
from parvis.people.models import Person, Presence
from parvis.people.presence import ends_offered, in_words, presence_of
from parvis.people.zones import zone_named

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # a Monday, 10:30 in Paris


@pytest.fixture
def at_half_past_ten(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def say(browser, **fields):
    return browser.post("/moi/presence/", {"state": "available", "end": "open", **fields})


def page_of(browser, person):
    return browser.get(f"/personnes/{person.pk}/").content.decode()


def test_what_one_says_is_on_ones_page_in_words(as_, amina, bruno):
    assert say(as_(amina), state="busy", word="En atelier, appelez plutôt").status_code == 302
    page = page_of(as_(bruno), amina)
    assert "Peu disponible" in page
    assert "En atelier, appelez plutôt" in page


def test_who_says_nothing_shows_nothing(as_, amina, bruno):
    assert 'class="presence' not in page_of(as_(bruno), amina)


def test_one_says_nothing_any_more(as_, amina, bruno):
    say(as_(amina))
    assert "Disponible" in page_of(as_(bruno), amina)
    for _twice in range(2):
        assert as_(amina).post("/moi/presence/taire/").status_code == 302
    assert 'class="presence' not in page_of(as_(bruno), amina)


def test_nobody_speaks_for_somebody_else(as_, amina, karim):
    """There is no address for it: the page is always one's own."""
    say(as_(karim), word="Moi")
    assert not Presence.objects.filter(person=amina).exists()


def test_what_has_ended_says_nothing_without_any_job(as_, amina, bruno, at_half_past_ten, monkeypatch):
    actions.declare_presence(person=amina, state=Presence.State.AVAILABLE, until=NOW + timedelta(hours=1))
    assert set(presence_of([amina.pk, bruno.pk])) == {amina.pk}
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=1))
    assert presence_of([amina.pk]) == {}
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=59, seconds=59))
    assert amina.pk in presence_of([amina.pk])


def test_many_are_read_with_one_question(amina, bruno, django_assert_num_queries):
    actions.declare_presence(person=amina, state=Presence.State.AWAY)
    with django_assert_num_queries(1):
        assert [said.state for said in presence_of([amina.pk, bruno.pk]).values()] == ["away"]


@pytest.mark.parametrize(
    ("state", "until", "zone", "words"),
    [
        ("available", NOW + timedelta(hours=1), "Europe/Paris", "Disponible jusqu’à 11 h 30"),
        ("available", NOW + timedelta(hours=1), "America/Toronto", "Disponible jusqu’à 5 h 30"),
        ("busy", None, "Europe/Paris", "Peu disponible"),
        ("busy", datetime(2026, 11, 24, 7, 0, tzinfo=UTC), "Europe/Paris", "Peu disponible jusqu’à demain, 8 h"),
        ("busy", datetime(2026, 11, 23, 22, 59, tzinfo=UTC), "Europe/Paris", "Peu disponible jusqu’à ce soir"),
        ("away", datetime(2026, 11, 30, 7, 0, tzinfo=UTC), "Europe/Paris", "Absence, retour lundi 30 novembre"),
        ("away", datetime(2026, 11, 30, 7, 0, tzinfo=UTC), "America/Toronto", "Absence, retour lundi 30 novembre"),
        ("away", datetime(2027, 1, 4, 7, 0, tzinfo=UTC), "Europe/Paris", "Absence, retour 4 janvier 2027"),
        ("away", datetime(2026, 11, 24, 7, 0, tzinfo=UTC), "Europe/Paris", "Absence, retour demain"),
    ],
)
def test_it_is_said_in_the_readers_words_and_zone(at_half_past_ten, state, until, zone, words):
    with timezone.override(zone_named(zone)):
        assert in_words(Presence(state=state, until=until)).replace("\u00a0", " ") == words


def test_it_is_said_in_english(at_half_past_ten):
    with translation.override("en"), timezone.override(zone_named("Europe/Paris")):
        assert in_words(Presence(state="busy", until=NOW + timedelta(hours=1))) == "Busy until 11:30"
        away = Presence(state="away", until=datetime(2026, 11, 30, 7, 0, tzinfo=UTC))
        assert in_words(away) == "Away, back Monday 30 November"


def test_only_moments_to_come_are_offered():
    paris = zone_named("Europe/Paris")
    assert list(ends_offered(datetime(2026, 11, 23, 10, 0, tzinfo=paris))) == ["hour", "noon", "evening", "morning"]
    assert list(ends_offered(datetime(2026, 11, 23, 14, 0, tzinfo=paris))) == ["hour", "evening", "morning"]
    assert list(ends_offered(datetime(2026, 11, 23, 22, 0, tzinfo=paris))) == ["hour", "morning"]


@pytest.mark.parametrize("end", ["hour", "morning", "open"])
def test_the_quick_choices_are_taken(as_, amina, end):
    assert say(as_(amina), end=end).status_code == 302
    said = Presence.objects.get(person=amina)
    assert (said.until is None) == (end == "open")
    assert said.until is None or said.until > timezone.now()


def test_an_absence_ends_on_the_morning_of_the_return(as_, amina):
    amina.time_zone = "America/Toronto"
    amina.save()
    day = (timezone.now() + timedelta(days=20)).date()
    assert say(as_(amina), state="away", end="day", day=day.isoformat()).status_code == 302
    until = timezone.localtime(Presence.objects.get().until, zone_named("America/Toronto"))
    assert (until.date(), until.hour) == (day, 8)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"end": "day", "day": "2020-01-01"}, "déjà passé"),
        ({"end": "day", "day": "0001-01-01"}, "déjà passé"),
        ({"end": "day", "day": "9999-12-31"}, "trop loin"),
        ({"end": "day", "day": ""}, "Choisissez le jour"),
        ({"end": "day", "day": "demain"}, "date valide"),
        ({"end": "jamais"}, "choix valide"),
        ({"state": "mort"}, "choix valide"),
        ({"word": "x" * 91}, "trop long"),
        ({"word": "a\x00b"}, "nul"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_keeps_what_was_typed(as_, amina, fields, sentence):
    answer = say(as_(amina), **{"word": "gardé", **fields})
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert sentence in page
    assert fields.get("word", "gardé") in page
    assert not Presence.objects.exists()


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_an_hour_that_the_change_of_clocks_skips_or_repeats_is_a_moment(as_, amina, day, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 1, tzinfo=UTC))
    amina.time_zone = "Europe/Paris"
    amina.save()
    browser = as_(amina)
    assert say(browser, end="day", day=day, hour="02:30").status_code == 302
    assert Presence.objects.get().until.date().isoformat() == day
    assert browser.get("/moi/presence/").status_code == 200


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "\u202egnol", "  ", "ليلى 🎉", "l\nigne"])
def test_a_hostile_word_is_one_harmless_line(as_, amina, bruno, word):
    assert say(as_(amina), word=word).status_code == 302
    kept = Presence.objects.get().word
    assert not set(kept) & set("\n\u202e")
    page = page_of(as_(bruno), amina)
    assert "<script>alert" not in page


def test_saying_it_twice_says_it_once(as_, amina):
    for _twice in range(2):
        say(as_(amina))
    assert Presence.objects.count() == 1


def test_the_action_refuses_what_the_form_would(amina):
    for until in (timezone.now(), timezone.now() + timedelta(days=1200)):
        with pytest.raises(ValidationError):
            actions.declare_presence(person=amina, state=Presence.State.BUSY, until=until)


def test_nothing_is_measured():
    """No code reads when somebody was last seen, or is connected, to say whether they are there."""
    mine = [*(ROOT / "parvis/people").glob("presence.py"), *(ROOT / "parvis/people").glob("*/presence.py")]
    assert len(mine) >= 3
    for path in mine:
        names = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(ast.parse(path.read_text()))}
        assert not names & {"last_seen_at", "last_login", "UserSession", "Session", "live"}
    writers = [
        path
        for path in (ROOT / "parvis").rglob("*.py")
        if "Presence.objects.update_or_create" in path.read_text() or "Presence(" in path.read_text()
    ]
    # The last one only makes objects of rows it read.
    allowed = {"presence.py", "ties.py", "0002_profiles.py", "knowing_sql.py"}
    assert {path.name for path in writers if "demo" not in path.parts} <= allowed


def test_who_is_suspended_shows_nothing(as_, amina, bruno, karim):
    say(as_(amina))
    actions.suspend(person=amina, by=karim)
    assert 'class="presence' not in page_of(as_(bruno), Person.objects.get(pk=amina.pk))


def test_undoing_says_again_what_was_said_before(as_, amina, bruno):
    browser = as_(amina)
    say(browser, word="au bureau")
    say(browser, state="busy", word="en réunion")
    undo = undone_by(browser)
    assert browser.post(undo).status_code == 302
    assert (said := Presence.objects.get(person=amina)).word == "au bureau"
    assert said.state == "available"

    assert as_(bruno).post(undo).status_code == 404
    assert browser.post(undo.replace("dit=", "dit=x")).status_code == 404

    browser.post("/moi/presence/taire/")
    browser.post(undone_by(browser))
    assert Presence.objects.get(person=amina).word == "au bureau"


def undone_by(browser):
    """Where « Annuler » of the last toast leads."""
    page = browser.get("/moi/presence/").content.decode()
    return unescape(re.findall(r'action="(/moi/presence/[^"]+)"', page)[-1])
