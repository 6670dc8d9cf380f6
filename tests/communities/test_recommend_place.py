"""A member tells a colleague of a community: once, with a word, and gone without a trace."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import Community, EntryRequest, Recommendation
from parvis.kernel.jobs.models import Job
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.rivals import Rivals
from tests.communities.scene import As, is_member
from tests.conftest import come, make_person


def url(community: Community) -> str:
    return f"/communautes/{community.slug}/recommander/"


def test_a_colleague_is_told_once_with_the_word(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    assert "Bruno Le Goff" in as_(amina).get(f"{url(lyon)}?nom=bruno").content.decode()
    for word in ("Tu y seras bien", "Encore moi"):
        assert as_(amina).post(url(lyon), {"person": bruno.pk, "word": word}).status_code == 302
    page = as_(bruno).get("/communautes/").content.decode()
    assert "Tu y seras bien" in page
    assert "Encore moi" not in page
    assert "Amina Benali vous recommande" in as_(bruno).get("/?vue=fil").content.decode()


def test_put_away_nobody_learns_it(as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community) -> None:
    actions.recommend(by=amina, person=bruno, community=lyon)
    before = as_(amina).get(f"{url(lyon)}?nom=bruno").content
    assert as_(bruno).post(f"/communautes/{lyon.slug}/recommander/ecarter/").status_code == 302
    assert "On vous recommande" not in as_(bruno).get("/communautes/").content.decode()
    assert len(as_(amina).get(f"{url(lyon)}?nom=bruno").content) == len(before)
    assert as_(chloe).post(url(lyon), {"person": bruno.pk}).status_code == 302
    assert "On vous recommande" not in as_(bruno).get("/communautes/").content.decode()


def test_coming_in_answers_it(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    actions.recommend(by=amina, person=bruno, community=lyon)
    as_(bruno).post(f"/communautes/{lyon.slug}/rejoindre/")
    assert not Recommendation.objects.exists()


def test_only_a_member_of_what_colleagues_find(
    as_: As, amina: Person, bruno: Person, driss: Person, chloe: Person, lyon: Community, cordon: Community
) -> None:
    assert as_(bruno).post(url(lyon), {"person": amina.pk}).status_code == 403
    assert as_(amina).post(url(cordon), {"person": bruno.pk}).status_code == 403
    assert as_(driss).get(url(lyon)).status_code == 404
    answer = as_(amina).post(url(lyon), {"person": driss.pk})
    assert answer.status_code == 422
    assert not Recommendation.objects.exists()


def test_who_keeps_somebody_away_is_not_reached_and_it_is_not_said_why(
    as_: As, amina: Person, bruno: Person, lyon: Community
) -> None:
    people.block(person=bruno, blocked=amina)
    assert "Bruno Le Goff" not in as_(amina).get(f"{url(lyon)}?nom=bruno").content.decode()
    assert as_(amina).post(url(lyon), {"person": bruno.pk}).status_code == 404
    assert as_(amina).post(f"/communautes/{lyon.slug}/inviter/", {"person": bruno.pk}).status_code in {404, 422}
    assert not Recommendation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_recommend_at_once_and_it_is_told_once(tmp_path: Path) -> None:
    chloe, amina, bruno = come("chloe"), come("amina"), come("bruno")
    made = actions.found_open(person=chloe, name="Vélo", purpose="Rouler.", kind="interest", access="open")
    actions.join(person=amina, community=made)
    rivals = Rivals(tmp_path)
    rivals.at_once([lambda by=by: actions.recommend(by=by, person=bruno, community=made) for by in (chloe, amina)])
    assert rivals.look(Recommendation.objects.count) == 1


# --- Requests to enter -------------------------------------------------------------------------------------------


def test_four_hundred_ask_at_once_and_one_letter_goes(as_: As, chloe: Person, essais: Community) -> None:
    for n in range(400):
        EntryRequest.objects.create(community=essais, person=make_person(f"p{n:03d}", f"Personne {n:03d}"))
    home = as_(chloe).get("/?vue=fil").content.decode()
    assert "Plusieurs personnes demandent à entrer" in home
    assert home.count("demande") < 10
    assert as_(chloe).get(f"/communautes/{essais.slug}/membres/").content.decode().count('name="accept"') == 60

    assert actions.remind_of_requests() == 0
    EntryRequest.objects.update(asked_at=timezone.now() - timedelta(days=2, minutes=1))
    assert "attend depuis deux jours" in as_(chloe).get("/?vue=fil").content.decode()
    assert actions.remind_of_requests() == 400
    assert actions.remind_of_requests() == 0
    [letter] = Job.objects.filter(name="kernel.mail.send")
    assert letter.arguments["to"] == chloe.mail
    assert "400" in letter.arguments["text"]


def test_the_second_of_two_answers_is_told_of_the_first(
    as_: As, amina: Person, bruno: Person, chloe: Person, essais: Community
) -> None:
    actions.invite(by=chloe, person=amina, community=essais)
    actions.join(person=amina, community=essais)
    actions.make_animator(by=chloe, person=amina, community=essais)
    asked = actions.ask_to_enter(person=bruno, community=essais)
    address = f"/communautes/{essais.slug}/demandes/{asked.pk}/"
    as_(chloe).post(address, {"accept": 1})
    said = as_(amina).post(address, {"accept": 0}, follow=True).content.decode()
    assert "Chloé Marchetti avait déjà répondu oui" in said
    assert is_member(bruno, essais)
