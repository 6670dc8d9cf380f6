"""Reporting to the animators, and what they decide."""

from parvis.contributions.models import Contribution
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.moderation import rules
from parvis.moderation.models import Removal, Report


def report(browser, contribution, **fields):
    return browser.post(f"/c/{contribution.pk}/signaler/", {"reason": "personal", "word": "Un numéro", **fields})


def test_a_reader_reports_and_the_animator_removes_with_a_reason(as_, amina, bruno, chloe, lyon, publication):
    assert report(as_(bruno), publication).url == "/moi/signalements/"
    queue = as_(chloe).get(f"/communautes/{lyon.slug}/signalements/").content.decode()
    assert "Un numéro" in queue
    assert "Bruno" not in queue.split("<main", 1)[1].split("</main>")[0]

    as_(chloe).post(f"/c/{publication.pk}/decider/", {"decision": "removed", "reason": "Un numéro privé."})
    assert as_(bruno).get(f"/c/{publication.pk}/").status_code == 404
    assert "Un numéro privé." in as_(bruno).get("/moi/signalements/").content.decode()
    assert "Un numéro privé." in as_(amina).get("/moi/signalements/").content.decode()


def test_who_reported_finds_what_it_was_about_while_it_may_be_read(as_, amina, bruno, chloe, publication):
    report(as_(bruno), publication)
    link = f'href="/c/{publication.pk}/">{publication.title}</a>'
    assert link in as_(bruno).get("/moi/signalements/").content.decode()

    as_(chloe).post(f"/c/{publication.pk}/decider/", {"decision": "removed", "reason": "Non"})
    page = as_(bruno).get("/moi/signalements/").content.decode()
    assert publication.title not in page
    assert "Non" in page


def test_the_author_reads_what_was_removed_in_the_words_it_had(as_, amina, bruno, chloe, lyon):
    from parvis.wall import actions as wall

    made = wall.publish(author=amina, audience_id=lyon.audience_id, text="**Demandez** à @bruno")
    as_(chloe).post(f"/c/{made.pk}/decider/", {"decision": "removed", "reason": "Non"})

    page = as_(amina).get("/moi/signalements/").content.decode()
    assert "Demandez à @" in page
    assert "**" not in page


def test_who_has_read_why_is_not_told_again(as_, amina, bruno, chloe, publication):
    as_(chloe).post(f"/c/{publication.pk}/decider/", {"decision": "removed", "reason": "Non"})
    browser, lu = as_(amina), f"/moi/retraits/{Removal.objects.get().pk}/lu/"
    as_(bruno).post(lu)
    assert lu in browser.get("/moi/signalements/").content.decode()

    browser.post(lu)
    assert lu not in browser.get("/moi/signalements/").content.decode()


def test_a_second_click_on_a_decision_is_answered_as_the_first(as_, chloe, lyon, publication):
    browser = as_(chloe)
    for _click in range(2):
        answer = browser.post(f"/c/{publication.pk}/decider/", {"decision": "removed", "reason": "Non"})
        assert answer["Location"] == f"/communautes/{lyon.slug}/signalements/"
    assert Removal.objects.count() == 1


def test_keeping_closes_the_report_and_leaves_the_publication(as_, bruno, chloe, publication):
    report(as_(bruno), publication)
    as_(chloe).post(f"/c/{publication.pk}/decider/", {"decision": "kept", "reason": "Public déjà."})

    assert Report.objects.get().decision == "kept"
    assert as_(bruno).get(f"/c/{publication.pk}/").status_code == 200


def test_reporting_twice_is_one_report(as_, bruno, publication):
    report(as_(bruno), publication)
    report(as_(bruno), publication, word="Encore")

    assert Report.objects.get().word == "Encore"


def test_a_decision_wants_a_reason_and_keeps_the_choice_open(as_, chloe, publication):
    response = as_(chloe).post(f"/c/{publication.pk}/decider/", {"decision": "removed", "reason": " "})

    assert response.status_code == 422
    assert not Removal.objects.exists()


def test_only_animators_decide(as_, amina, bruno, karim, lyon, publication):
    for person in (amina, bruno, karim):
        response = as_(person).post(f"/c/{publication.pk}/decider/", {"decision": "removed", "reason": "x"})
        assert response.status_code == 404
        assert as_(person).get(f"/communautes/{lyon.slug}/signalements/").status_code == 404


def test_an_administrator_moderates_no_other_place_of_which_they_are(karim):
    talk = Audience.objects.create(kind="conversation")
    AudienceMember.objects.create(audience=talk, person=karim)
    assert not rules.may_moderate(karim, talk.pk)
    assert rules.may_moderate(karim, company_audience_id())


def test_an_author_does_not_report_themselves(as_, amina, publication):
    assert report(as_(amina), publication).status_code == 403


def test_the_author_cannot_put_back_what_an_animator_removed(as_, amina, chloe, publication):
    as_(chloe).post(f"/c/{publication.pk}/decider/", {"decision": "removed", "reason": "Non"})

    assert as_(amina).post(f"/c/{publication.pk}/retablir/").status_code == 404
    assert Contribution.objects.get(pk=publication.pk).deleted_by_id == chloe.pk


def test_administrators_moderate_the_company_wall(as_, amina, karim, bruno, lyon):
    from parvis.wall import actions as wall

    made = wall.publish(author=amina, audience_id=company_audience_id(), text="À vendre")
    report(as_(bruno), made)
    assert "Un numéro" in as_(karim).get("/entreprise/signalements/").content.decode()
    assert as_(bruno).get("/entreprise/signalements/").status_code == 404
    as_(karim).post(f"/c/{made.pk}/decider/", {"decision": "removed", "reason": "Petites annonces ailleurs"})
    assert as_(bruno).get(f"/c/{made.pk}/").status_code == 404
