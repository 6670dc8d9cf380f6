"""Publishing through the composer."""

import re

import pytest

from parvis.contributions.models import Contribution, Mention

URL = "/publier/"


def test_a_member_publishes_and_the_others_read_it(as_, amina, bruno, lyon):
    response = as_(amina).post(URL, {"audience": lyon.audience_id, "title": "Buse", "text": "Bonjour **tous**"})

    made = Contribution.objects.get()
    assert response.status_code == 302
    assert response.url == f"/c/{made.pk}/"
    page = as_(bruno).get(f"/c/{made.pk}/").content.decode()
    assert "<strong>tous</strong>" in page
    assert "Buse" in page
    assert "Amina Benali" in page


def test_the_same_form_sent_twice_publishes_once(as_, amina, lyon):
    form = {"audience": lyon.audience_id, "text": "Une fois", "key": "abcdefgh-1234"}
    browser = as_(amina)
    first, second = browser.post(URL, form), browser.post(URL, form)

    assert Contribution.objects.count() == 1
    assert first.url == second.url


def test_nobody_publishes_in_a_place_they_did_not_choose(as_, amina, lyon):
    browser = as_(amina)
    assert 'value="" selected' in browser.get(URL).content.decode()
    assert f'value="{lyon.audience_id}" selected' in browser.get(f"{URL}?pour={lyon.slug}").content.decode()

    refused = browser.post(URL, {"audience": "", "text": "À qui donc ?"})

    assert refused.status_code == 422
    assert "À qui donc ?" in refused.content.decode()
    assert not Contribution.objects.exists()


def test_who_is_not_a_member_does_not_publish_in_a_community(as_, bruno, lyon):
    response = as_(bruno).post(URL, {"audience": lyon.audience_id, "text": "Je passe"})

    assert response.status_code == 422
    assert "Je passe" in response.content.decode()
    assert not Contribution.objects.exists()


def test_an_empty_text_is_refused_and_the_title_is_kept(as_, amina, lyon):
    response = as_(amina).post(URL, {"audience": lyon.audience_id, "title": "Mon titre", "text": " \n "})

    assert response.status_code == 422
    assert "Mon titre" in response.content.decode()
    assert "Écrivez au moins un mot" in response.content.decode()


def test_a_text_too_long_is_refused_and_kept(as_, amina, lyon):
    response = as_(amina).post(URL, {"audience": lyon.audience_id, "text": "x" * 40_001})

    assert response.status_code == 422
    assert "x" * 40_001 in response.content.decode()


def test_the_community_one_comes_from_is_chosen(as_, amina, lyon, cordon):
    page = as_(amina).get(f"{URL}?pour={lyon.slug}").content.decode()

    assert f'<option value="{lyon.audience_id}" selected>' in page
    assert "Visible par toute l’entreprise, dans Qualité Lyon." in page


def test_a_mention_is_a_link_and_carries_no_name_in_the_database(as_, amina, bruno, lyon):
    as_(amina).post(URL, {"audience": lyon.audience_id, "text": "Merci @bruno, et @personne"})

    made = Contribution.objects.get()
    assert Mention.objects.get().person == bruno
    assert "Bruno" not in made.html
    assert f"@[{bruno.pk}]" in made.text
    page = as_(amina).get(f"/c/{made.pk}/").content.decode()
    assert f'<a class="person" href="/personnes/{bruno.pk}/">@Bruno Le Goff</a>' in page
    assert "@personne" in page


def test_a_guest_does_not_learn_the_name_of_somebody_mentioned(as_, amina, bruno, driss, chloe, cordon):
    from parvis.communities import actions as communities

    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    as_(amina).post(URL, {"audience": cordon.audience_id, "text": "Vu avec @bruno"})

    page = as_(driss).get(f"/c/{Contribution.objects.get().pk}/").content.decode()
    assert "Bruno" not in page
    assert "quelqu’un" in page


@pytest.mark.parametrize("where", ["/", "/entreprise/"])
def test_what_is_for_all_is_on_the_company_wall_and_in_the_feed(as_, amina, bruno, lyon, where):
    from parvis.kernel.audiences.actions import company_audience_id

    as_(amina).post(URL, {"audience": company_audience_id(), "text": "Fermeture vendredi"})

    assert "Fermeture vendredi" in as_(bruno).get(f"{where}?vue=fil").content.decode()


def test_topics_lead_to_a_page_of_what_one_may_read(as_, amina, bruno, lyon, cordon):
    as_(amina).post(URL, {"audience": lyon.audience_id, "text": "Un #Soudage propre"})
    as_(amina).post(URL, {"audience": cordon.audience_id, "text": "Un #soudage raté"})

    page = as_(bruno).get("/sujets/soudage/").content.decode()
    assert "propre" in page
    assert "raté" not in page
    hidden = as_(bruno).get("/sujets/rien/").content.decode()
    assert "Personne n’en a encore parlé" in hidden


def test_a_topic_is_named_as_most_write_it(as_, amina, bruno, chloe, lyon):
    def title():
        return re.findall("<h1[^>]*>#(.*?)</h1>", as_(bruno).get("/sujets/qualite/").content.decode())

    for author, text in [(amina, "Un mot de #qualite"), (chloe, "La #Qualité")]:
        as_(author).post(URL, {"audience": lyon.audience_id, "text": text})
    assert title() == ["qualite"]

    as_(chloe).post(URL, {"audience": lyon.audience_id, "text": "Encore la #Qualité"})
    assert title() == ["Qualité"]
    assert as_(bruno).get("/suggestions/sujets/?q=qua").json() == {"topics": ["Qualité"]}
