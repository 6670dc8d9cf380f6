"""What stands beside the feed: who calls one, and what waits for those who animate."""

from parvis.communities import actions as communities
from parvis.contributions import actions as contributions
from parvis.moderation import actions as moderation
from parvis.wall import actions as wall


def beside(browser) -> str:
    page = browser.get("/?vue=fil").content.decode()
    return page.split("<aside", 1)[1].split("</aside>")[0] if "<aside" in page else ""


def test_a_mention_waits_until_it_is_answered(as_, amina, bruno, lyon):
    made = wall.publish(author=amina, audience_id=lyon.audience_id, text="@bruno, tu as la cote ?")
    assert "@Bruno Le Goff, tu as la cote" in beside(as_(bruno))
    assert f'href="/c/{made.pk}/"' in beside(as_(bruno))

    contributions.comment(author=bruno, on=made, text="212")
    assert "tu as la cote" not in beside(as_(bruno))


def test_a_mention_where_one_no_longer_reads_does_not_show(as_, amina, chloe, cordon):
    wall.publish(author=chloe, audience_id=cordon.audience_id, text="@amina, entre nous")
    assert "entre nous" in beside(as_(amina))
    communities.leave(person=amina, community=cordon)
    assert "entre nous" not in beside(as_(amina))


def test_at_most_three(as_, amina, bruno, lyon):
    for n in range(5):
        wall.publish(author=amina, audience_id=lyon.audience_id, text=f"@bruno mot-{n}")
    assert beside(as_(bruno)).count("mot-") == 3


def test_an_author_is_told_what_was_removed_until_the_reason_is_read(as_, amina, bruno, chloe, publication):
    moderation.remove(by=chloe, contribution=publication, reason="Un numéro privé")
    browser = as_(amina)
    assert f"L’animation a retiré «\u00a0{publication.title}\u00a0»" in beside(browser)
    assert 'href="/moi/signalements/"' in beside(browser)
    assert "a retiré" not in beside(as_(bruno))

    browser.post(f"/moi/retraits/{publication.removal.pk}/lu/")
    assert "a retiré" not in beside(browser)


def test_those_who_animate_find_requests_and_reports(as_, amina, bruno, chloe, lyon, essais, publication):
    communities.ask_to_enter(person=bruno, community=essais, word="Je casse bien")
    moderation.report(by=bruno, contribution=publication, reason="personal")

    side = beside(as_(chloe))
    assert "Bruno Le Goff demande à entrer dans Atelier d’essais" in side
    assert f"/communautes/{lyon.slug}/signalements/" in side
    assert "Bruno" not in beside(as_(amina))
