"""What people say they can do: a shared list in both languages, stated by oneself, confirmed by colleagues."""

import re

import pytest
from django.test import Client
from django.utils import translation

from parvis.communities import actions as communities
from parvis.contributions import actions as contributions
from parvis.directory import actions as directory
from parvis.directory.models import RemovedSkill, SkillEvidence
from parvis.kernel.text import folded
from parvis.people import actions as people
from parvis.people.models import Confirmation, HasSkill, HeldStem, Person, Skill, SkillName
from parvis.people.skill_list import the_skills
from parvis.people.stems import asked_in, is_near, stem
from parvis.wall import actions as wall
from tests.communities.rivals import Rivals
from tests.conftest import make_person

MINE = "/moi/savoir-faire/"


def skill(name: str) -> int:
    found = the_skills().named(name)
    assert found is not None, name
    return found.id


def say(person: Person, name: str, word: str = "") -> HasSkill:
    return people.state_skill(person=person, skill_id=skill(name), word=word)


def names_of(person: Person) -> list[str]:
    rows = HasSkill.objects.filter(person=person).order_by("position", "pk")
    return [the_skills().root_of(row.skill_id).name for row in rows]


def page_of(reader: Person, person: Person) -> str:
    browser = Client()
    browser.force_login(reader)
    answer = browser.get(f"/personnes/{person.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def line(page: str, held: HasSkill) -> str:
    found = re.search(rf'<li id="sk-{held.pk}">.*?</li>', page, re.DOTALL)
    return found.group() if found else ""


def confirm(browser: Client, held: HasSkill, on: int = 1, **headers: str) -> int:
    address = f"/personnes/{held.person_id}/savoir-faire/{held.pk}/"
    return browser.post(address, {"on": on}, headers=headers).status_code


# The shared list


@pytest.mark.django_db
def test_the_list_comes_with_three_hundred_skills_in_both_languages() -> None:
    given = Skill.objects.filter(is_given=True)
    keys = list(SkillName.objects.values_list("key", flat=True))

    assert given.count() == 300
    assert not [one for one in given if "'" in one.name_fr + one.name_en or not one.name_fr or not one.name_en]
    assert len(keys) == len(set(keys))
    for one in given:
        assert the_skills().named(one.name_fr) == the_skills().named(one.name_en)
        assert the_skills().named(one.name_fr).id == one.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("soudage t", "Soudage TIG"),
        ("SOUDER L’INOX", "Soudage de l’inox"),
        ("stainless", "Soudage de l’inox"),
        ("inox", "Soudage de l’inox"),
        ("chaudronerie", "Chaudronnerie"),
        ("negocier", "Négociation commerciale"),
        ("arab", "Arabe"),
    ],
)
def test_letters_find_a_skill_inflected_mistyped_or_in_the_other_language(typed: str, found: str, amina, as_) -> None:
    answer = as_(amina).get(MINE + "propositions/", {"q": typed})

    assert found in [one["name"] for one in answer.json()["skills"]]


@pytest.mark.django_db
def test_proposals_speak_the_readers_language(amina, as_) -> None:
    people.change_own_settings(person=amina, language="en")

    assert as_(amina).get(MINE + "propositions/", {"q": "soudage tig"}).json()["skills"][0]["name"] == "TIG welding"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("souder", "soudage"),
        ("soudeuse", "soudure"),
        ("peindre", "peinture"),
        ("welder", "welding"),
        ("régler", "réglage"),
    ],
)
def test_words_of_one_family_are_one_thing_to_know(one: str, other: str) -> None:
    assert is_near(stem(folded(one)), stem(folded(other)))


def test_a_question_asks_for_what_it_says() -> None:
    assert asked_in("Qui sait souder l’inox ?") == [stem("souder"), "inox"]
    assert asked_in("Qui ?") == []


# Stating


@pytest.mark.django_db
def test_one_says_what_one_can_do_and_colleagues_read_it(amina, bruno, as_) -> None:
    as_(amina).post(MINE + "ajouter/", {"name": "souder l'inox", "word": "316L", "skill": skill("Soudage de l’inox")})

    page = page_of(bruno, amina)
    assert "Soudage de l’inox" in page
    assert "316L" in page


@pytest.mark.django_db
def test_a_name_of_the_list_is_taken_at_once_whatever_its_case(amina, as_) -> None:
    before = Skill.objects.count()
    answer = as_(amina).post(MINE + "ajouter/", {"name": "tig WELDING"})

    assert answer.status_code == 302
    assert names_of(amina) == ["Soudage TIG"]
    assert Skill.objects.count() == before


@pytest.mark.django_db
def test_what_nearly_says_the_same_is_proposed_before_the_list_grows(amina, as_) -> None:
    browser = as_(amina)
    answer = browser.post(MINE + "ajouter/", {"name": "Souder l’inox", "word": "fin"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{skill("Soudage de l’inox")}"' in page
    assert 'value="fin"' in page
    assert not HasSkill.objects.exists()

    browser.post(MINE + "ajouter/", {"name": "Souder l’inox", "sure": "1"})
    assert names_of(amina) == ["Souder l’inox"]


@pytest.mark.django_db
def test_something_new_enters_the_list_and_others_find_it(amina, bruno, as_) -> None:
    as_(amina).post(MINE + "ajouter/", {"name": "réparation d'accordéons"})

    assert names_of(amina) == ["Réparation d’accordéons"]
    assert the_skills().named("reparation d'accordeons").name == "Réparation d’accordéons"
    found = as_(bruno).get(MINE + "propositions/", {"q": "accord"}).json()["skills"]
    assert found[0]["name"] == "Réparation d’accordéons"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["", " ", "x", "🔥🔥", "a" * 81, "\u202e\u202d", "\0", "…", "-" * 10, "\ud800", "a\u0301" * 90]
)
def test_what_can_be_no_name_is_refused_in_words(name: str, amina, as_) -> None:
    before = Skill.objects.count()
    answer = as_(amina).post(MINE + "ajouter/", {"name": name.encode(errors="replace").decode(), "sure": "1"})

    assert answer.status_code == 422
    assert "err-box" in answer.content.decode()
    assert Skill.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "Đọc bản vẽ kỹ thuật", "قراءة المخططات", "C++ & C#", "x" * 80, "🔧 vélo", "iOS"],
)
def test_hostile_and_foreign_names_are_names(name: str, amina, bruno, as_) -> None:
    assert as_(amina).post(MINE + "ajouter/", {"name": name, "sure": "1"}).status_code == 302

    assert "<script>alert" not in page_of(bruno, amina)
    assert folded(names_of(amina)[0]) == folded(name)


@pytest.mark.django_db
def test_said_twice_it_is_said_once(amina) -> None:
    assert say(amina, "Soudage TIG").pk == say(amina, "Soudage TIG", "autre").pk


@pytest.mark.django_db
def test_nobody_says_everything(amina, as_) -> None:
    given = Skill.objects.order_by("pk")[: people.MOST_SKILLS + 1]
    for one in list(given)[: people.MOST_SKILLS]:
        people.state_skill(person=amina, skill_id=one.pk)
    answer = as_(amina).post(MINE + "ajouter/", {"skill": given[people.MOST_SKILLS].pk, "name": "x"})

    assert answer.status_code == 422
    assert HasSkill.objects.filter(person=amina).count() == people.MOST_SKILLS


@pytest.mark.django_db
def test_a_skill_that_does_not_exist_is_refused_in_words(amina, as_) -> None:
    for wanted in ("0", "99999999", "abc", "-1", "9" * 30):
        assert as_(amina).post(MINE + "ajouter/", {"skill": wanted, "name": "x"}).status_code == 422


@pytest.mark.django_db
def test_one_puts_ones_own_in_order(amina, as_) -> None:
    first, second, third = (say(amina, name) for name in ("Soudage TIG", "Anglais", "Budget"))
    browser = as_(amina)
    browser.post(f"{MINE}{third.pk}/place/", {"to": "up"})
    browser.post(f"{MINE}{first.pk}/place/", {"to": "down"})
    browser.post(f"{MINE}{second.pk}/place/", {"to": "down"})

    assert names_of(amina) == ["Budget", "Soudage TIG", "Anglais"]


@pytest.mark.django_db
def test_the_word_beside_it_changes_and_is_found_by(amina, as_) -> None:
    held = say(amina, "Soudage TIG", "orbital")
    assert as_(amina).post(f"{MINE}{held.pk}/mot/", {"word": "inertage\u202e"}).status_code == 302

    held.refresh_from_db()
    assert held.word == "inertage"
    assert list(HeldStem.objects.filter(held=held).values_list("stem", flat=True)) == [stem("inertage")]
    assert as_(amina).post(f"{MINE}{held.pk}/mot/", {"word": "x" * 141}).status_code == 422


@pytest.mark.django_db
def test_nobody_touches_anothers_skills(amina, bruno, as_) -> None:
    held = say(amina, "Soudage TIG")
    for act in ("mot", "place", "montrer"):
        assert as_(bruno).post(f"{MINE}{held.pk}/{act}/", {"word": "non"}).status_code == 404
    as_(bruno).post(f"{MINE}{held.pk}/retirer/")

    assert names_of(amina) == ["Soudage TIG"]


@pytest.mark.django_db
def test_a_skill_taken_off_comes_back_as_it_was(amina, bruno, chloe, publication, as_) -> None:
    say(amina, "Anglais")
    held = say(amina, "Soudage TIG", "orbital")
    people.confirm_skill(by=bruno, held=held)
    directory.show_with(person=amina, held=held, contribution=publication)
    browser = as_(amina)
    answer = browser.post(f"{MINE}{held.pk}/retirer/", follow=True)
    assert names_of(amina) == ["Anglais"]
    undo = f"{MINE}{held.skill_id}/remettre/"
    assert undo in answer.content.decode()

    browser.post(undo)
    back = HasSkill.objects.get(person=amina, skill_id=held.skill_id)
    assert (back.word, back.position, back.stated_at) == (held.word, held.position, held.stated_at)
    assert list(Confirmation.objects.filter(held=back).values_list("person_id", flat=True)) == [bruno.pk]
    assert SkillEvidence.objects.filter(held=back, contribution=publication).exists()
    assert HeldStem.objects.filter(held=back).exists()
    assert not RemovedSkill.objects.exists()


@pytest.mark.django_db
def test_a_guest_chooses_from_the_list_and_adds_nothing_to_it(driss, amina, as_) -> None:
    people.add_skill(by=amina, name="Projet Ulysse")
    browser = as_(driss)

    assert browser.get(MINE + "propositions/", {"q": "ulys"}).json() == {"skills": []}
    assert "Ulysse" not in browser.post(MINE + "ajouter/", {"name": "projet Ulise"}).content.decode().replace(
        'value="projet Ulise"', ""
    )
    assert browser.post(MINE + "ajouter/", {"name": "Dompter des lions", "sure": "1"}).status_code == 422
    assert not Skill.objects.filter(name_fr="Dompter des lions").exists()
    assert browser.post(MINE + "ajouter/", {"name": "Anglais"}).status_code == 302
    assert browser.get("/savoir-faire/").status_code == 403


@pytest.mark.django_db
def test_writing_needs_the_charter(ines, amina, as_) -> None:
    held = say(amina, "Anglais")
    as_(ines).post(MINE + "ajouter/", {"name": "Anglais"})
    confirm(as_(ines), held)

    assert not HasSkill.objects.filter(person=ines).exists()
    assert not Confirmation.objects.exists()


# Confirming


@pytest.mark.django_db
def test_a_colleague_confirms_and_takes_it_back_in_the_same_gesture(amina, bruno, as_) -> None:
    held = say(amina, "Soudage TIG")
    browser = as_(bruno)
    assert confirm(browser, held) == 302
    assert "Confirmé par vous" in page_of(bruno, amina)
    assert confirm(browser, held) == 302
    assert "Confirmé par Bruno Le Goff" in page_of(amina, amina)
    assert Confirmation.objects.count() == 1

    confirm(browser, held, on=0)
    assert "Confirmé par" not in page_of(amina, amina)


@pytest.mark.django_db
def test_the_answer_of_a_gesture_is_the_line(amina, bruno, as_) -> None:
    held = say(amina, "Soudage TIG")
    answer = as_(bruno).post(
        f"/personnes/{amina.pk}/savoir-faire/{held.pk}/", {"on": 1}, headers={"HX-Request": "true"}
    )

    def without_token(html: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html).strip()

    assert without_token(answer.content.decode()) == without_token(line(page_of(bruno, amina), held))


@pytest.mark.django_db
def test_nobody_confirms_themselves(amina, as_) -> None:
    assert confirm(as_(amina), say(amina, "Soudage TIG")) == 403


@pytest.mark.django_db
def test_three_are_named_the_nearest_first_and_nobody_reads_how_many(amina, bruno) -> None:
    held = say(amina, "Soudage TIG")
    far = [make_person(f"far{n}", f"Loin {n}", site="Québec") for n in range(4)]
    near = make_person("near", "Près Deux", site="Saint-Nazaire")
    for person in (near, *far):
        people.confirm_skill(by=person, held=held)

    said = line(page_of(bruno, amina), held)
    assert "Confirmé par Près Deux, Loin 3 et Loin 2" in said
    text = re.sub(r"<[^>]+>", " ", said).replace("Loin 3", "").replace("Loin 2", "")
    assert not re.search(r"\d|autres", text)


@pytest.mark.django_db
def test_who_was_blocked_or_has_left_is_not_named(amina, bruno, chloe, karim) -> None:
    held = say(amina, "Soudage TIG")
    for person in (bruno, chloe):
        people.confirm_skill(by=person, held=held)
    people.block(person=amina, blocked=bruno)
    people.suspend(person=chloe, by=karim)

    assert "Confirmé par" not in page_of(karim, amina)


@pytest.mark.django_db
def test_who_is_blocked_confirms_nothing_and_is_not_told_why(amina, bruno, as_) -> None:
    held = say(amina, "Soudage TIG")
    people.block(person=amina, blocked=bruno)
    browser = as_(bruno)
    confirm(browser, held)

    assert not Confirmation.objects.exists()
    page = browser.get(f"/personnes/{amina.pk}/").content.decode()
    assert "ne peut pas être notée pour le moment" in page
    assert "bloqu" not in page.split("ne peut pas être notée")[0][-200:]


@pytest.mark.django_db
def test_a_guest_confirms_and_is_confirmed_where_both_are(amina, chloe, bruno, driss, cordon, as_) -> None:
    held = say(amina, "Soudage TIG")
    own = say(driss, "Anglais")
    assert confirm(as_(driss), held) == 404
    assert confirm(as_(bruno), own) == 403

    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    driss.forget_scope()
    assert confirm(as_(driss), held) == 302
    assert confirm(as_(chloe), own) == 302
    assert confirm(as_(bruno), own) == 403
    assert "Confirmé par Driss El Amrani" in page_of(chloe, amina)
    assert "Confirmé par Chloé Marchetti" in page_of(driss, driss)


@pytest.mark.django_db
def test_a_guest_reads_only_confirmers_of_shared_places(amina, bruno, chloe, driss, cordon) -> None:
    held = say(amina, "Soudage TIG")
    for person in (bruno, chloe):
        people.confirm_skill(by=person, held=held)
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    driss.forget_scope()

    said = line(page_of(driss, amina), held)
    assert "Chloé Marchetti" in said
    assert "Bruno" not in said


# What shows it


@pytest.mark.django_db
def test_each_reader_sees_what_shows_it_where_they_read(amina, bruno, chloe, publication, secret, as_) -> None:
    held = say(amina, "Soudage TIG")
    browser = as_(amina)
    for one in (publication, secret):
        assert browser.post(f"{MINE}{held.pk}/montrer/", {"contribution": one.pk, "on": 1}).status_code == 302

    assert "Argon" in line(page_of(bruno, amina), held)
    assert "Entre nous" not in page_of(bruno, amina)
    assert "Entre nous" in line(page_of(chloe, amina), held)
    browser.post(f"{MINE}{held.pk}/montrer/", {"contribution": publication.pk, "on": 0})
    assert "Argon" not in line(page_of(bruno, amina), held)


@pytest.mark.django_db
def test_one_chooses_among_what_one_wrote_and_where_one_answered(amina, bruno, publication, as_) -> None:
    held = say(bruno, "Soudage TIG")
    address = f"{MINE}{held.pk}/montrer/"
    assert "Argon" not in as_(bruno).get(address).content.decode()
    assert as_(bruno).post(address, {"contribution": publication.pk, "on": 1}).status_code == 403

    contributions.comment(author=bruno, on=publication, text="Huit litres.")
    assert "Argon" in as_(bruno).get(address).content.decode()
    assert as_(bruno).post(address, {"contribution": publication.pk, "on": 1}).status_code == 302
    assert "Rien de tel" in as_(bruno).get(address, {"q": "xyz"}).content.decode() or "Argon" in page_of(amina, bruno)


@pytest.mark.django_db
def test_at_most_three_show_one_skill(amina, lyon, as_) -> None:
    held = say(amina, "Soudage TIG")
    made = [wall.publish(author=amina, audience_id=lyon.audience_id, text=f"Essai {n}") for n in range(4)]
    codes = [
        as_(amina).post(f"{MINE}{held.pk}/montrer/", {"contribution": one.pk, "on": 1}).status_code for one in made
    ]

    assert codes == [302, 302, 302, 422]


@pytest.mark.django_db
def test_what_was_deleted_shows_nothing_any_more(amina, bruno, publication) -> None:
    held = say(amina, "Soudage TIG")
    directory.show_with(person=amina, held=held, contribution=publication)
    contributions.delete(by=amina, contribution=publication)

    assert "Argon" not in line(page_of(bruno, amina), held)
    assert not list(people_english(amina))


def people_english(person: Person) -> list[str]:
    with translation.override("en"):
        return [one for one in names_of(person) if one == "Soudage TIG"]


# Tending the list


def merge(browser: Client, source: str, into: str) -> int:
    return browser.post(f"/savoir-faire/{skill(source)}/reunir/", {"dans": skill(into)}).status_code


@pytest.mark.django_db
def test_who_animates_merges_what_says_the_same_after_reading_what_changes(amina, bruno, chloe, lyon, as_) -> None:
    people.add_skill(by=amina, name="Souder au TIG")
    alone = say(bruno, "Souder au TIG")
    both, target = say(amina, "Souder au TIG", "fin"), say(amina, "Soudage TIG")
    people.confirm_skill(by=bruno, held=both)
    people.confirm_skill(by=chloe, held=target)
    browser = as_(chloe)
    source, into = skill("Souder au TIG"), skill("Soudage TIG")
    preview = browser.get(f"/savoir-faire/{source}/reunir/", {"dans": into}).content.decode().replace("\xa0", " ")
    assert "pour : Amina Benali" in preview
    assert "de : Bruno Le Goff" in preview

    assert merge(browser, "Souder au TIG", "Soudage TIG") == 302
    assert names_of(bruno) == ["Soudage TIG"]
    page = page_of(amina, amina)
    assert page.count('<h3 dir="auto">Soudage TIG</h3>') == 1
    assert "fin" in line(page, both)
    assert "Chloé Marchetti" in line(page, both)
    assert "Bruno Le Goff" in line(page, both)
    assert the_skills().named("souder au tig").name == "Soudage TIG"
    assert confirm(as_(chloe), alone) == 302

    assert browser.post(f"/savoir-faire/{source}/separer/").status_code == 302
    assert names_of(bruno) == ["Souder au TIG"]
    assert sorted(names_of(amina)) == ["Soudage TIG", "Souder au TIG"]
    assert [one.person_id for one in Confirmation.objects.filter(held=target)] == [chloe.pk]


@pytest.mark.django_db
def test_confirmed_under_both_names_it_is_said_and_taken_back_once(amina, bruno, karim, as_) -> None:
    people.add_skill(by=amina, name="Souder au TIG")
    rows = [say(amina, "Souder au TIG"), say(amina, "Soudage TIG")]
    for held in rows:
        people.confirm_skill(by=bruno, held=held)
    merge(as_(karim), "Souder au TIG", "Soudage TIG")

    assert line(page_of(karim, amina), rows[0]).count("Bruno Le Goff") == 1
    confirm(as_(bruno), rows[0], on=0)
    assert not Confirmation.objects.exists()
    as_(amina).post(f"{MINE}{rows[0].pk}/retirer/")
    assert not HasSkill.objects.exists()
    as_(amina).post(f"{MINE}{skill('Soudage TIG')}/remettre/")
    assert HasSkill.objects.count() == 2


@pytest.mark.django_db
def test_only_those_who_animate_and_administrators_tend_the_list(bruno, karim, chloe, lyon, driss, as_) -> None:
    address = f"/savoir-faire/{skill('Soudage TIG')}/reunir/"
    codes = [as_(person).get(address).status_code for person in (bruno, driss, karim, chloe)]

    assert codes == [403, 404, 200, 200]
    assert merge(as_(bruno), "Anglais", "Budget") == 403
    assert as_(bruno).post(f"/savoir-faire/{skill('Anglais')}/separer/").status_code == 403
    assert as_(bruno).post(f"/savoir-faire/{skill('Anglais')}/nommer/", {"name_fr": "X"}).status_code == 403


@pytest.mark.django_db
def test_into_what_was_merged_meanwhile_means_into_what_it_became(karim, as_) -> None:
    browser = as_(karim)
    first, second, third = skill("Anglais"), skill("Allemand"), skill("Espagnol")
    browser.post(f"/savoir-faire/{second}/reunir/", {"dans": third})
    browser.post(f"/savoir-faire/{first}/reunir/", {"dans": second})

    assert the_skills().root_of(first).id == third
    assert browser.post(f"/savoir-faire/{second}/reunir/", {"dans": first}).status_code == 422
    assert browser.post(f"/savoir-faire/{third}/reunir/", {"dans": first}).status_code == 422
    browser.post(f"/savoir-faire/{second}/separer/")
    assert the_skills().root_of(first).id == third
    assert the_skills().root_of(second).id == second


@pytest.mark.django_db
def test_a_merge_is_undone_for_thirty_days_and_no_longer(karim, as_) -> None:
    source = skill("Anglais")
    merge(as_(karim), "Anglais", "Allemand")
    merged_at = Skill.objects.get(pk=source).merged_at
    Skill.objects.filter(pk=source).update(merged_at=merged_at.replace(year=merged_at.year - 1))
    as_(karim).post(f"/savoir-faire/{source}/separer/")

    assert the_skills().root_of(source).name == "Allemand"


@pytest.mark.django_db
def test_a_skill_gets_its_name_in_the_other_language(amina, karim, as_) -> None:
    made = people.add_skill(by=amina, name="Réparation d’accordéons")
    address = f"/savoir-faire/{made.id}/nommer/"
    assert as_(karim).post(address, {"name_fr": "Accordéons", "name_en": "English"}).status_code == 422
    assert as_(karim).post(address, {"name_fr": "Accordéons", "name_en": "Accordion repair"}).status_code == 302

    for name in ("accordion repair", "accordeons", "reparation d'accordeons"):
        assert the_skills().named(name).id == made.id
    with translation.override("en"):
        assert the_skills().root_of(made.id).name == "Accordion repair"


@pytest.mark.django_db
def test_the_list_goes_on_page_after_page(amina, as_) -> None:
    browser, seen, address = as_(amina), [], "/savoir-faire/"
    for _page in range(5):
        page = browser.get(address).content.decode()
        seen += re.findall(r'<a class="name"[^>]*>([^<]+)</a>', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        if following is None:
            break
        address = following.group(1).replace("&amp;", "&")

    assert len(seen) == len(set(seen)) == 300
    assert [folded(one) for one in seen] == sorted(folded(one) for one in seen)
    assert "Chaudronnerie" in browser.get("/savoir-faire/", {"q": "chaudron"}).content.decode()
    assert "reunir" not in browser.get("/savoir-faire/").content.decode()


# Two at once


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_add_the_same_name_at_once_share_one_skill(amina, bruno, tmp_path) -> None:
    def adds(person: Person, name: str):
        def act() -> HasSkill:
            return people.state_skill(person=person, skill_id=people.add_skill(by=person, name=name).id)

        return act

    rivals = Rivals(tmp_path)
    made = rivals.at_once([adds(amina, "Dompter des lions"), adds(bruno, "dompter  des LIONS")])

    assert len({one.skill_id for one in made}) == 1
    assert rivals.look(lambda: SkillName.objects.filter(key="dompter des lions").count()) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_merge_one_into_the_other_at_once_leave_one(karim, chloe, lyon, tmp_path) -> None:
    one, other = skill("Anglais"), skill("Allemand")
    rivals = Rivals(tmp_path)
    rivals.at_once(
        [
            lambda: directory.merge_skills(by=karim, source_id=one, into_id=other),
            lambda: directory.merge_skills(by=chloe, source_id=other, into_id=one),
        ]
    )

    merged = rivals.look(lambda: Skill.objects.filter(merged_into__isnull=False).count())
    assert merged == 1
    assert rivals.look(lambda: the_skills().root_of(one).id == the_skills().root_of(other).id)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_skill_taken_off_while_a_colleague_confirms_ends_in_one_of_two_ways(amina, bruno, tmp_path) -> None:
    held = say(amina, "Soudage TIG")
    rivals = Rivals(tmp_path)
    removed, confirmed = rivals.at_once(
        [
            lambda: directory.remove_skill(person=amina, held=held),
            lambda: people.confirm_skill(by=bruno, held=held),
        ]
    )

    assert removed == held.skill_id
    assert confirmed is None or "vient d’être retiré" in str(confirmed)
    assert rivals.look(lambda: HasSkill.objects.count() + Confirmation.objects.count()) == 0
    rivals.look(lambda: directory.put_back_skill(person=amina, skill_id=held.skill_id))
    assert rivals.look(lambda: Confirmation.objects.count()) == (1 if confirmed is None else 0)
