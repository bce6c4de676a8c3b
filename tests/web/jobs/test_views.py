"""A job's progress on a page: who sees it, what it says, and its two buttons."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.jobs.claims import claim
from afteraction.web.jobs.lease import Lease
from afteraction.web.jobs.models import Job, JobState, Worker
from afteraction.web.jobs.queue import submit
from tests.web.jobs import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(incident) -> Job:
    return submit(tasks.read_two_files, subject=incident.subject, title="Reading 2 files")


def as_somebody(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, job: Job) -> str:
    return client.get(f"/jobs/{job.pk}").content.decode()


def test_a_waiting_job_asks_again_every_second(client: Client, job: Job):
    shown = text(client, job)
    assert "Reading 2 files" in shown and "waiting" in shown
    assert f'hx-get="/jobs/{job.pk}" hx-trigger="every 1s"' in shown
    assert ">Stop</button>" in shown


def test_a_finished_job_shows_its_files_and_asks_no_more(client: Client, job: Job, run_jobs):
    run_jobs()
    answer = client.get(f"/jobs/{job.pk}")
    shown = answer.content.decode()
    assert answer["HX-Trigger"] == "job-over"
    assert "every 1s" not in shown and "Stop" not in shown
    assert "alerts.json" in shown and "line 214 is not a date" in shown and "read in part" in shown


def test_a_running_job_shows_its_step_in_per_cent(client: Client, job: Job):
    held = claim("one")
    assert held is not None
    lease = Lease(held)
    lease.say(step="Reading alerts.json", done=30, total=120)
    lease.flush()
    shown = text(client, job)
    assert "Reading alerts.json" in shown and 'aria-label="25 per cent"' in shown


def test_a_job_that_waits_long_without_any_worker_says_what_to_start(client: Client, job: Job):
    Job.objects.update(queued_at="2026-01-01T00:00:00Z")
    assert "afteraction serve" in text(client, job)
    Worker.objects.create(name="one", seen_at=timezone.now())
    assert "afteraction serve" not in text(client, job)


def test_a_failed_job_says_why_and_is_tried_again(client: Client, incident, run_jobs):
    job = submit(tasks.refuse, subject=incident.subject, title="Reading 1 file")
    run_jobs()
    assert "alerts.json, line 3: not a date." in text(client, job)
    answer = client.post(f"/jobs/{job.pk}/again", headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "waiting" in answer.content.decode()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert AuditEntry.objects.filter(verb="retry_job", subject=incident.subject).count() == 1


def test_stop_stops_and_is_in_the_trail(client: Client, job: Job, person, incident):
    answer = client.post(f"/jobs/{job.pk}/stop", {"back": f"/incidents/{incident.key}/"})
    assert (answer.status_code, answer["Location"]) == (302, f"/incidents/{incident.key}/")
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    (entry,) = AuditEntry.objects.filter(verb="stop_job")
    assert (entry.actor, entry.subject, entry.detail["job"]) == (person, incident.subject, job.pk)


def test_stopping_leads_to_no_other_site(client: Client, job: Job):
    assert client.post(f"/jobs/{job.pk}/stop", {"back": "//evil.example/"})["Location"] == "/"


def test_an_outsider_gets_the_answer_of_a_job_that_is_not_there(job: Job, make_person):
    outsider = as_somebody(make_person("outsider@example.org"))
    for answer in (
        outsider.get(f"/jobs/{job.pk}"),
        outsider.post(f"/jobs/{job.pk}/stop"),
        outsider.post(f"/jobs/{job.pk}/again"),
    ):
        assert answer.status_code == 404
        assert b"There is nothing here for you" in answer.content
        assert b"Reading 2 files" not in answer.content
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_an_admin_without_a_seat_is_an_outsider(job: Job, make_person):
    assert as_somebody(make_person("admin@example.org", role="admin")).get(f"/jobs/{job.pk}").status_code == 404


def test_a_viewer_sees_it_and_may_not_stop_it(job: Job, incident, make_person):
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=incident, person=viewer, seat=Seat.VIEWER)
    assert as_somebody(viewer).get(f"/jobs/{job.pk}").status_code == 200
    assert as_somebody(viewer).post(f"/jobs/{job.pk}/stop").status_code == 403


def test_a_job_about_nothing_belongs_to_who_asked_for_it(client: Client, person, make_person):
    job = submit(tasks.note, "x", actor_id=person.pk)
    assert client.get(f"/jobs/{job.pk}").status_code == 200
    assert as_somebody(make_person("other@example.org")).get(f"/jobs/{job.pk}").status_code == 404
    assert client.post(f"/jobs/{job.pk}/stop").status_code == 302


def test_a_kind_of_subject_that_nobody_registered_is_seen_by_nobody(client: Client, person):
    job = submit(tasks.note, "x", subject="unknown:1", actor_id=person.pk)
    assert client.get(f"/jobs/{job.pk}").status_code == 404


def test_scripts_get_json(client: Client, job: Job, run_jobs):
    run_jobs()
    told = client.get(f"/jobs/{job.pk}", headers={"Accept": "application/json"}).json()
    assert (told["state"], told["percent"], told["parts"][1]["name"]) == ("done", 100, "deploys.csv")


@pytest.mark.parametrize("path", ["/jobs/0", "/jobs/99999999999999999999", "/jobs/x", "/jobs/-1"])
def test_a_number_that_is_none_is_not_found(client: Client, path: str):
    assert client.get(path).status_code == 404


def test_names_of_files_are_text(client: Client, incident):
    job = submit(tasks.note, "x", subject=incident.subject, title="<script>alert(1)</script>")
    Job.objects.update(parts=[{"name": "<img src=x>", "done": 0, "total": 0, "state": "running", "note": "<b>"}])
    shown = text(client, job)
    assert "<script>alert" not in shown and "<img" not in shown and "<b>" not in shown
