"""A locked database: who writes is told when to come back, who reads is not bothered, and workers go on afterwards."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.jobs import worker
from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.queue import submit
from tests.web import databases
from tests.web.jobs import tasks


@pytest.fixture(scope="module")
def made_database(tmp_path_factory, sqlite_with_tables: Path, django_db_blocker) -> Iterator[Path]:
    """A real SQLite file in the place of the default database."""
    place = tmp_path_factory.mktemp("locked") / "served.sqlite3"
    shutil.copy(sqlite_with_tables, place)
    with django_db_blocker.unblock(), databases.as_default(f"sqlite:////{place}", place.parent, has_tables=True):
        yield place


@pytest.fixture
def file_database(made_database: Path) -> Iterator[Path]:
    """The same, empty and waiting half a second for locks."""
    connection.close()
    connection.settings_dict["OPTIONS"]["timeout"] = 0.5
    yield made_database
    connection.close()
    Job.objects.all().delete()


@contextlib.contextmanager
def locked(place: Path) -> Iterator[None]:
    """Another process writes, for as long as this lasts."""
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def signed_in(file_database: Path) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.first() or User.objects.create_user("owner@example.org", "correct horse battery"))
    return client


def waiting_job() -> Job:
    return submit(tasks.note, "x", actor_id=User.objects.get().pk)


def test_a_write_that_finds_the_database_locked_is_told_when_to_come_back(file_database: Path, signed_in: Client):
    job = waiting_job()
    with locked(file_database):
        answer = signed_in.post(f"/jobs/{job.pk}/stop")
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) >= 1
        assert "Nothing was changed" in answer.content.decode()
        job.refresh_from_db()
        assert job.state == JobState.QUEUED
    assert signed_in.post(f"/jobs/{job.pk}/stop").status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_pages_are_read_while_somebody_writes(file_database: Path, signed_in: Client):
    job = waiting_job()
    with locked(file_database):
        assert signed_in.get(f"/jobs/{job.pk}").status_code == 200


def test_a_write_waits_for_a_short_lock(file_database: Path, signed_in: Client):
    job = waiting_job()
    connection.settings_dict["OPTIONS"]["timeout"] = 20
    connection.close()
    held, asked = threading.Event(), threading.Event()
    let_go: list[float] = []

    def hold() -> None:
        with locked(file_database):
            held.set()
            asked.wait(20)
            time.sleep(1)
            let_go.append(time.monotonic())

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(20)
    asked.set()
    assert signed_in.post(f"/jobs/{job.pk}/stop").status_code == 302
    answered = time.monotonic()
    other.join()
    assert answered > let_go[0], "it waited until the lock was gone"


def test_claiming_and_beating_survive_a_lock(file_database: Path, monkeypatch):
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.02)
    job = submit(tasks.note, "through the lock")
    ends = threading.Event()
    errors = []

    def run() -> None:
        try:
            worker.work("in-a-thread", ends)
        except Exception as error:  # noqa: BLE001 - the test says which
            errors.append(error)
        finally:
            connections.close_all()

    with locked(file_database):
        running = threading.Thread(target=run)
        running.start()
        time.sleep(1.5)
        job.refresh_from_db()
        assert job.state == JobState.QUEUED
    deadline = time.monotonic() + 15
    while job.state != JobState.DONE and time.monotonic() < deadline and not errors:
        time.sleep(0.05)
        job.refresh_from_db()
    ends.set()
    running.join(10)
    assert errors == []
    assert job.state == JobState.DONE
