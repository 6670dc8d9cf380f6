"""What machines ask: does it answer, can it serve, how does it go."""

import pytest
from django.test import Client

from parvis.kernel.jobs.models import Job
from parvis.operate import views


def test_the_process_answers_without_asking_the_database(client: Client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_it_is_ready_when_everything_it_needs_is_there(client: Client, settings, tmp_path, monkeypatch):
    settings.PARVIS_DATA = tmp_path
    assert client.get("/readyz").json() == {
        "ready": True, "database": True, "migrations": True, "storage": True, "room": True
    }  # fmt: skip

    monkeypatch.setattr(views, "LEAST_ROOM", 10**18)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["room"]) == (503, False)


@pytest.mark.django_db
def test_machines_call_a_host_by_its_address(client: Client, settings):
    settings.PARVIS_METRICS_TOKEN = "un secret"
    by_address = {"Host": "10.0.0.5:8001", "Authorization": "Bearer un secret"}
    assert client.get("/healthz", headers=by_address).status_code == 200
    assert client.get("/readyz", headers=by_address).status_code == 200
    assert "parvis_requests_total" in client.get("/metrics", headers=by_address).content.decode()
    assert client.post("/metrics", headers=by_address).status_code == 405

    without_token = {"Host": "10.0.0.5:8001"}
    assert client.get("/metrics", headers=without_token).status_code == 400
    assert client.get("/connexion/", headers=by_address).status_code == 400


@pytest.mark.django_db
def test_figures_are_for_this_machine_or_for_the_token(client: Client, settings):
    Job.objects.create(lane="mail", name="x", state="dead")
    client.get("/healthz")
    figures = client.get("/metrics", headers={"Host": "localhost"}).content.decode()
    assert 'parvis_jobs{lane="mail",state="dead"} 1.0' in figures
    assert 'parvis_requests_total{route="operate:healthz",status="200"}' in figures

    far = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", **far).status_code == 404
    assert client.get("/metrics", headers={"Host": "localhost", "X-Forwarded-For": "203.0.113.9"}).status_code == 404
    settings.PARVIS_METRICS_TOKEN = "un secret"
    assert client.get("/metrics", headers={"Authorization": "Bearer un secret"}, **far).status_code == 200
    assert client.get("/metrics", headers={"Authorization": "Bearer autre"}, **far).status_code == 404
    settings.PARVIS_METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}, **far).status_code == 404
