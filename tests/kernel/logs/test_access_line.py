"""The log says which route answered and how, under one id a request, and never who or what."""

import io
import json
import logging
import logging.config

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from parvis.kernel.logs import logging_from

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@login_not_required
def fine(request: HttpRequest, name: str) -> HttpResponse:
    logging.getLogger("parvis.test").info("inside")
    return HttpResponse("bien")


@login_not_required
def broken(request: HttpRequest, name: str) -> HttpResponse:
    raise ZeroDivisionError


handler500 = "parvis.shell.errors.server_error"
urlpatterns = [
    path("personne/<name>/", fine, name="fine"),
    path("panne/<name>/", broken, name="broken"),
    path("", include("config.urls")),
]


@pytest.fixture
def lines():
    """What the production configuration writes, line by line."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    config = logging_from("INFO", "json")
    logging.config.dictConfig({**config, "handlers": {"stderr": {"class": "logging.NullHandler"}}})
    made = logging.config.DictConfigurator(config).configure_formatter(config["formatters"]["lines"])
    handler.setFormatter(made)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_a_request_leaves_one_line_with_its_route_and_its_time(client: Client, lines):
    answer = client.get("/personne/amina/?cherche=secret", headers={"X-Request-ID": "a-proxy-gave-me"})

    inside, access = lines()
    assert access["event"] == "request"
    assert (access["route"], access["status"], access["method"]) == ("fine", 200, "GET")
    assert access["ms"] >= 0
    assert inside["request_id"] == access["request_id"] == answer["X-Request-ID"] == "a-proxy-gave-me"


def test_no_line_tells_who_or_what(client: Client, lines):
    client.raise_request_exception = False
    for address in ("/personne/amina/?q=secret", "/panne/amina/?q=secret", "/nulle-part/amina/?q=secret"):
        client.get(address)

    said = json.dumps(lines())
    assert "ZeroDivisionError" in said
    assert "secret" not in said
    assert "amina" not in said


def test_the_page_of_a_failure_shows_the_id_by_which_its_log_is_found(client: Client, lines):
    client.raise_request_exception = False
    answer = client.get("/panne/amina/")

    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert {line["request_id"] for line in lines()} == {answer["X-Request-ID"]}


def test_an_id_that_looks_like_something_else_is_replaced(client: Client, lines):
    answer = client.get("/personne/amina/", headers={"X-Request-ID": 'x" } {'})

    assert len(answer["X-Request-ID"]) == 16
