"""Communities under communities: listed to who may see them, and nothing is inherited."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import Community, ParentProposal
from parvis.people.models import Person
from tests.communities.rivals import Rivals
from tests.communities.scene import FORM, As, is_member, reads
from tests.conftest import come


def url(community: Community, rest: str = "sous-communautes/") -> str:
    return f"/communautes/{community.slug}/{rest}"


def found(person: Person, name: str, access: str = "open") -> Community:
    return actions.found_open(person=person, name=name, purpose="Un but.", kind="interest", access=access)


def parent_of(community: Community) -> int | None:
    return Community.objects.values_list("parent_id", flat=True).get(pk=community.pk)


def test_who_animates_both_places_it_at_once_and_nothing_is_inherited(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    child = found(chloe, "Métrologie", "on_request")
    assert "Qualité Lyon" in as_(chloe).get(url(child, "placer/?nom=qualite")).content.decode()
    assert as_(chloe).post(url(child, "placer/"), {"parent": lyon.slug}).status_code == 302
    assert parent_of(child) == lyon.pk
    assert "Métrologie" in as_(bruno).get(url(lyon)).content.decode()
    assert "Qualité Lyon" in as_(bruno).get(url(child, "a-propos/")).content.decode()
    assert is_member(amina, lyon)
    assert not reads(amina, child)


def test_else_those_who_animate_the_parent_say_yes_or_no(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    child = found(bruno, "Chaudronnerie")
    assert as_(bruno).post(url(child, "placer/"), {"parent": lyon.slug}).status_code == 302
    assert parent_of(child) is None
    assert "Chaudronnerie propose de se placer sous Qualité Lyon" in as_(chloe).get("/?vue=fil").content.decode()
    assert "Chaudronnerie" not in as_(amina).get(url(lyon)).content.decode()
    answer = url(lyon, f"sous-communautes/{child.pk}/")
    assert as_(bruno).post(answer, {"accept": 1}).status_code == 403
    assert as_(chloe).post(answer, {"accept": 1}).status_code == 302
    assert parent_of(child) == lyon.pk
    again = as_(chloe).post(answer, {"accept": 0}, follow=True).content.decode()
    assert "déjà été répondu" in again
    assert parent_of(child) == lyon.pk


def test_a_private_child_leaves_no_gap_and_is_proposed_to_nobody(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    empty = as_(bruno).get(url(lyon)).content
    hidden = found(chloe, "À huis clos", "private")
    actions.place_under(by=chloe, community=hidden, parent=lyon)
    assert "À huis clos" in as_(chloe).get(url(lyon)).content.decode()
    assert len(as_(bruno).get(url(lyon)).content) == len(empty)
    assert "À huis clos" not in as_(amina).get(url(lyon, "a-propos/")).content.decode()

    theirs = found(bruno, "À deux", "private")
    answer = as_(bruno).post(url(theirs, "placer/"), {"parent": lyon.slug})
    assert answer.status_code == 422
    assert not ParentProposal.objects.exists()


def test_an_open_child_of_a_private_parent_does_not_name_it(
    as_: As, bruno: Person, chloe: Person, amina: Person, cordon: Community
) -> None:
    child = found(chloe, "Essais ouverts")
    actions.place_under(by=chloe, community=child, parent=cordon)
    for page in (url(child, "a-propos/"), url(child), child.get_absolute_url()):
        assert cordon.name not in as_(bruno).get(page).content.decode()
        assert cordon.slug not in as_(bruno).get(page).content.decode()
    assert cordon.name in as_(amina).get(url(child, "a-propos/")).content.decode()
    assert as_(bruno).post(url(found(bruno, "Autre"), "placer/"), {"parent": cordon.slug}).status_code == 404


def test_one_founds_a_community_under_another(as_: As, chloe: Person, bruno: Person, lyon: Community) -> None:
    browser = as_(chloe)
    page = browser.get(f"/communautes/fonder/?sous={lyon.slug}").content.decode()
    assert f'name="sous" value="{lyon.slug}"' in page
    review_on = (timezone.localdate() + timedelta(days=180)).isoformat()
    sent = {**FORM, "name": "Sous les autres", "way_in": "free", "review_on": review_on, "sous": lyon.slug}
    for _click in range(2):
        assert browser.post("/communautes/fonder/", sent).status_code == 302
    assert Community.objects.get(name="Sous les autres").parent_id == lyon.pk
    # Of what one does not animate, it is only asked on its page.
    as_(bruno).post("/communautes/fonder/", {**sent, "name": "Ailleurs", "key": "une-autre-cle-valable"})
    assert Community.objects.get(name="Ailleurs").parent_id is None


def test_three_levels_and_no_loop(chloe: Person, as_: As) -> None:
    a, b, c, d = (found(chloe, f"Étage {n}") for n in range(4))
    actions.place_under(by=chloe, community=b, parent=a)
    actions.place_under(by=chloe, community=c, parent=b)
    assert as_(chloe).post(url(d, "placer/"), {"parent": c.slug}).status_code == 422
    assert as_(chloe).post(url(a, "placer/"), {"parent": d.slug}).status_code == 422
    for parent in (a, b, c):
        assert as_(chloe).post(url(a, "placer/"), {"parent": parent.slug}).status_code == 422
    assert parent_of(a) is None


def test_it_stands_alone_again(as_: As, bruno: Person, chloe: Person, lyon: Community) -> None:
    child = found(bruno, "Chaudronnerie")
    actions.place_under(by=bruno, community=child, parent=lyon)
    actions.answer_child(by=chloe, community=child, parent=lyon, is_accepted=True)
    assert as_(come("ines")).post(url(child, "placer/seule/")).status_code == 403
    assert as_(chloe).post(url(child, "placer/seule/"), {"from": "parent"}).status_code == 302
    assert parent_of(child) is None


def test_those_who_animate_the_parent_have_no_say_inside(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    child = found(bruno, "Chaudronnerie", "on_request")
    actions.place_under(by=bruno, community=child, parent=lyon)
    actions.answer_child(by=chloe, community=child, parent=lyon, is_accepted=True)
    assert as_(chloe).get(url(child, "reglages/")).status_code == 403
    assert as_(chloe).get(url(child, "membres/")).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_who_place_each_under_the_other_make_no_loop(tmp_path: Path) -> None:
    chloe = come("chloe")
    a, b = found(chloe, "Un"), found(chloe, "Deux")
    rivals = Rivals(tmp_path)
    rivals.at_once(
        [
            lambda: actions.place_under(by=chloe, community=a, parent=b),
            lambda: actions.place_under(by=chloe, community=b, parent=a),
        ]
    )
    parents = rivals.look(lambda: sorted(str(parent_of(one)) for one in (a, b)))
    assert "None" in parents
    assert len(set(parents)) == 2
