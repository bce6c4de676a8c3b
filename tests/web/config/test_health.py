"""`/healthz` and `/readyz`: alive, and able to work; each missing thing is named."""

from __future__ import annotations

import os

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from afteraction.web.config import health
from afteraction.web.jobs.models import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    health._found_complete = False


@pytest.fixture
def worker(db):
    return Worker.objects.create(name="one", seen_at=timezone.now())


def test_anybody_may_ask_whether_it_lives():
    assert Client().get("/healthz").status_code == 200


def test_it_is_ready_when_everything_is_there(worker):
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True, "database": "ok", "tables": "ok", "data_folder": "ok", "worker": "ok"
    }  # fmt: skip


def test_without_a_worker_it_is_not_ready(worker):
    Worker.objects.update(seen_at="2026-01-01T00:00:00Z")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "none was seen in the last 30 s"


def test_a_data_folder_that_is_gone_is_named(worker, settings, tmp_path):
    settings.DATA = tmp_path / "gone"
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["data_folder"] == f"cannot be written: {os.strerror(2)}"


def test_tables_that_are_missing_are_counted(worker):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert "not applied" in answer.json()["tables"]


def test_a_database_that_is_away_is_named(monkeypatch):
    def away(*_args, **_more):
        raise OperationalError("connection refused to db.internal:5432")

    monkeypatch.setattr(connection, "cursor", away)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer"
    assert "db.internal" not in answer.content.decode()
