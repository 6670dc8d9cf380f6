"""The tools of a community: switched on one by one, up to seven tabs, in the order that those who animate choose."""

import re
from pathlib import Path

import pytest

from parvis.communities import actions, toolbox
from parvis.communities.models import Community, CommunityTool
from parvis.people.models import Person
from tests.communities.rivals import Rivals
from tests.communities.scene import As


def tabs(browser, community: Community, page: str = "") -> list[str]:
    html = browser.get(f"/communautes/{community.slug}/{page}").content.decode()
    nav = html.split('class="tabs')[1].split("</nav>")[0]
    return [re.sub(r"<[^>]+>", "", tab).strip() for tab in re.findall(r"<a [^>]*>(.*?)</a>", nav, re.DOTALL)]


def choose(browser, community: Community, *names: str, **more: object):
    every = [tool.name for tool in toolbox.all_tools(community.kind)]
    order = [*names, *(name for name in every if name not in names)]
    return browser.post(f"/communautes/{community.slug}/reglages/onglets/", {"order": order, "on": names} | more)


def test_members_become_a_tab_and_stop_being_one(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    assert "Membres" not in tabs(as_(amina), lyon)
    assert choose(as_(chloe), lyon, "talk", "members", "about").status_code == 302
    assert tabs(as_(amina), lyon)[:3] == ["Fil", "Membres", "À propos"]
    choose(as_(chloe), lyon, "talk", "about")
    assert "Membres" not in tabs(as_(amina), lyon)
    assert as_(amina).get(f"/communautes/{lyon.slug}/membres/").status_code == 200


def test_the_tab_one_is_on_is_said(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    choose(as_(chloe), lyon, "talk", "about", "members")
    page = as_(amina).get(f"/communautes/{lyon.slug}/membres/").content.decode()
    nav = page.split('class="tabs')[1].split("</nav>")[0]
    assert re.findall(r'aria-current="page">(.*?)</a>', nav) == ["Membres"]


def test_what_is_switched_off_is_not_there(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    choose(as_(chloe), lyon, "talk", "state", "about")
    assert as_(amina).get(f"/communautes/{lyon.slug}/ou-en-est-on/").status_code == 200
    choose(as_(chloe), lyon, "talk", "about")
    assert as_(amina).get(f"/communautes/{lyon.slug}/ou-en-est-on/").status_code == 404
    assert "Où en est-on" not in as_(amina).get(f"/communautes/{lyon.slug}/").content.decode()


def test_the_talk_and_what_it_is_about_are_always_there(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    choose(as_(chloe), lyon, "members")
    assert set(tabs(as_(amina), lyon)) == {"Membres", "Fil", "À propos"}


def test_an_arrow_moves_a_tool_and_saves_nothing_yet(as_: As, chloe: Person, lyon: Community) -> None:
    answer = choose(as_(chloe), lyon, "talk", "members", "about", up="about")
    order = re.findall(r'name="order" value="(\w+)"', answer.content.decode())
    assert order[:3] == ["talk", "about", "members"]
    assert 'id="on-members" value="members" checked' in answer.content.decode()
    assert "autofocus" in answer.content.decode()
    assert not CommunityTool.objects.exists()
    edge = choose(as_(chloe), lyon, "talk", "members", up="talk").content.decode()
    assert re.findall(r'name="order" value="(\w+)"', edge)[0] == "talk"


def test_an_eighth_tab_is_refused_in_words(
    as_: As, chloe: Person, lyon: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toolbox, "_tools", dict(toolbox._tools))
    for n in range(6):
        toolbox.declare(
            toolbox.Tool(name=f"x{n}", label=f"X{n}", icon="star", purpose="Un essai.", route="communities:about")
        )
    names = ["talk", "about", *(f"x{n}" for n in range(6))]
    answer = choose(as_(chloe), lyon, *names)
    assert answer.status_code == 422
    assert "Sept onglets au plus" in answer.content.decode()
    assert 'value="x5" checked' in answer.content.decode()
    assert choose(as_(chloe), lyon, *names[:-1]).status_code == 302


def test_two_animators_do_not_undo_each_other_unseen(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    actions.make_animator(by=chloe, person=amina, community=lyon)
    url = f"/communautes/{lyon.slug}/reglages/onglets/"
    [opened] = re.findall(r'name="based_on" value="([^"]*)"', as_(amina).get(url).content.decode())
    choose(as_(chloe), lyon, "talk", "members", "about", based_on=opened)
    refused = choose(as_(amina), lyon, "about", "talk", based_on=opened)
    assert refused.status_code == 422
    assert tabs(as_(amina), lyon)[:2] == ["Fil", "Membres"]
    [now] = re.findall(r'name="based_on" value="([^"]*)"', refused.content.decode())
    assert choose(as_(amina), lyon, "about", "talk", based_on=now).status_code == 302


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_who_saves_at_the_same_moment_leaves_one_whole_order(
    as_: As, amina: Person, chloe: Person, lyon: Community, tmp_path: Path
) -> None:
    actions.make_animator(by=chloe, person=amina, community=lyon)
    rivals = Rivals(tmp_path)
    answers = rivals.at_once(
        [
            lambda: choose(as_(chloe), lyon, "talk", "members", "about").status_code,
            lambda: choose(as_(amina), lyon, "about", "talk", "state").status_code,
        ]
    )
    assert answers == [302, 302]
    kept = rivals.look(lambda: [tool.name for tool in toolbox.tools_of(lyon)])
    assert kept in (["talk", "members", "about"], ["about", "talk", "state"])


def test_nobody_else_chooses(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    for person in (amina, bruno):
        assert choose(as_(person), lyon, "talk").status_code == 403


def test_what_no_module_declares_is_left_out(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    CommunityTool.objects.create(community=lyon, name="de-demain", position=0)
    CommunityTool.objects.create(community=lyon, name="talk", position=1)
    assert tabs(as_(amina), lyon) == ["Fil", "À propos"]
    assert choose(as_(chloe), lyon, "talk", "inconnu").status_code == 302


def test_outsiders_are_shown_the_tabs_they_may_open(as_: As, bruno: Person, chloe: Person, essais: Community) -> None:
    choose(as_(chloe), essais, "talk", "members", "about")
    assert tabs(as_(bruno), essais, "a-propos/") == ["Entrer", "À propos"]
