"""Driss is in one community and sees nothing else; who sees as Driss opens what is named, and writes nothing: proven
for every route of the product."""

from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.communities import actions as communities
from parvis.communities.seeing_as import KEPT_AS, LEAVE, PAGES, said_of
from tests.architecture.test_access_matrix import (  # noqa: F401  their fixtures too
    MATRIX,
    Scene,
    hidden_scene,
    kept_scenes,
    open_scene,
    since,
)

# Answered before anybody is asked who they are.
MACHINES = {"operate:healthz", "operate:readyz", "operate:metrics"}
# Not in the open community, nor is the other one: neither name may be read.
STRANGERS = ("Bruno Le Goff", "Inès Rousseau", "Karim Haddad", "Cordon bleu", "cordon-bleu")


def ask(browser: Client, route: str, scene: Scene, arguments: list[object]) -> HttpResponse:
    method, _arguments, sent, _open, _hidden = MATRIX[route]
    address = reverse(route, args=arguments)
    if route == "contributions:topic_news":
        address += "?since=0"
    elif route.endswith("news"):
        address += since(scene)
    if route == "wall:who_reads":
        address += f"?a={scene.community.audience_id}"
    data = {key: value(scene) if callable(value) else value for key, value in sent.items()}
    answer: HttpResponse = getattr(browser, method)(address, data)
    return answer


def browser_of(scene: Scene, name: str) -> Client:
    browser = Client()
    browser.cookies = SimpleCookie(scene.cookies[name].output(header=""))
    return browser


def let_driss_in(scene: Scene) -> None:
    driss, chloe = scene.people["driss"], scene.people["chloe"]
    communities.invite(by=chloe, person=driss, community=scene.community)
    communities.join(person=driss, community=scene.community)


@pytest.mark.parametrize("route", MATRIX)
def test_driss_in_one_community_reads_nothing_else(
    route: str,
    open_scene: Scene,  # noqa: F811
    hidden_scene: Scene,  # noqa: F811
) -> None:
    let_driss_in(open_scene)
    arguments, hidden = MATRIX[route][1], MATRIX[route][4]
    for scene in (open_scene, hidden_scene):
        with transaction.atomic():
            given = arguments(scene)
            answer = ask(browser_of(scene, "driss"), route, scene, given)
            if scene is hidden_scene and hidden and given and route not in {"directory:person"}:
                assert str(answer.status_code) == hidden.split()[1]
            if answer.status_code == 200 and not answer.streaming:
                page = answer.content.decode(errors="ignore")
                assert [name for name in STRANGERS if name in page] == []
            transaction.set_rollback(True)


@pytest.mark.parametrize("route", MATRIX)
def test_who_sees_as_driss_opens_what_is_named_and_writes_nothing(
    route: str,
    open_scene: Scene,  # noqa: F811
) -> None:
    let_driss_in(open_scene)
    method, arguments, *_rest = MATRIX[route]
    given = arguments(open_scene)
    browser = browser_of(open_scene, "chloe")
    session = browser.session
    session[KEPT_AS] = said_of(open_scene.people["chloe"], open_scene.people["driss"], open_scene.community)
    session.save()
    with CaptureQueriesContext(connection) as queries:
        answer = ask(browser, route, open_scene, given)
    if route in MACHINES:
        return
    if route == LEAVE:
        assert answer.status_code == 302
        return
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    if method == "post":
        assert answer.status_code == 403
    elif route not in PAGES:
        assert answer.status_code == 404
    else:
        assert answer.status_code in {200, 404, 403}
        if answer.status_code == 200 and not answer.streaming:
            assert [name for name in STRANGERS if name in answer.content.decode(errors="ignore")] == []


def test_what_is_named_exists() -> None:
    assert {name for name in PAGES if name not in MATRIX} == set()
