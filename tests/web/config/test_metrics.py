"""`/metrics`: who may read it, and that it says what operators need and nothing about anybody."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from afteraction.web.config import metrics
from afteraction.web.jobs.models import Worker
from afteraction.web.jobs.queue import submit
from tests.web.jobs import tasks

pytestmark = pytest.mark.django_db


def read(client: Client | None = None) -> dict[tuple[str, ...], float]:
    """Every sample by its name and label values."""
    text = (client or Client()).get("/metrics").content.decode()
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_jobs_and_workers_are_counted(run_jobs):
    one = Worker.objects.create(name="one", seen_at=timezone.now())
    submit(tasks.note, "a")
    submit(tasks.refuse)
    assert read()["afteraction_jobs", "queued"] == 2
    assert read()["afteraction_oldest_queued_job_age_seconds",] >= 0
    run_jobs()
    after = read()
    assert (after["afteraction_jobs", "queued"], after["afteraction_jobs", "done"]) == (0, 1)
    assert after["afteraction_jobs", "failed"] == 1
    assert after["afteraction_workers",] == 1
    assert 0 < after["afteraction_worker_heartbeat_age_seconds",] < (timezone.now() - one.seen_at).total_seconds()


def test_requests_are_counted_by_route_and_never_by_incident(client: Client, incident):
    route = "incidents/<slug:key>/"
    before = read().get(("afteraction_http_requests_total", "GET", route, "200"), 0)
    assert client.get(f"/incidents/{incident.key}/").status_code == 200
    assert read()["afteraction_http_requests_total", "GET", route, "200"] == before + 1
    assert read()["afteraction_http_request_duration_seconds_count", "GET", route] >= 1
    assert client.get("/nothing-like-this").status_code == 404
    assert ("afteraction_http_requests_total", "GET", "none", "404") in read()
    assert incident.key not in Client().get("/metrics").content.decode()


def test_stored_evidence_is_counted(incident):
    found = read()
    assert found["afteraction_evidence_files",] >= 1
    assert found["afteraction_evidence_bytes",] > 0
    assert found["afteraction_imported_rows",] >= 1


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer "},
        {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer wröng"},
    ],
)
def test_others_are_refused(headers):
    answer = Client().get("/metrics", **headers)
    assert answer.status_code == 403
    assert "AFTERACTION_METRICS_TOKEN" in answer.content.decode()


def test_being_signed_in_is_not_enough(client: Client):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 403


def test_the_token_opens_it_from_anywhere(settings):
    settings.METRICS_TOKEN = "a-long-random-word"
    shown = {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer a-long-random-word"}
    assert Client().get("/metrics", **shown).status_code == 200


def test_it_answers_while_the_database_does_not(monkeypatch):
    def away():
        raise OperationalError("gone")

    monkeypatch.setattr(metrics, "_jobs", away)
    found = read()
    assert found["afteraction_database_up",] == 0
    assert ("afteraction_jobs", "queued") not in found
