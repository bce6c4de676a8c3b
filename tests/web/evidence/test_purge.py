"""Purging: afterwards nothing of the secret is anywhere, and it cannot come back."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from afteraction.web.accounts.models import AuditEntry, SiteRole, User
from afteraction.web.evidence.actions import Coming, Purged, Refused, paste_text, purge_evidence, take_in_bytes
from afteraction.web.evidence.models import EvidenceFile, Origin, Tombstone
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.models import AnalysedEvent, Incident
from afteraction.web.jobs.running import drain
from tests.web.evidence.conftest import ALERT, log

SECRET = "zq7Lemonade"
HERE = "/incidents/INC-7/evidence/"


@pytest.fixture
def admin(person: User) -> User:
    """An admin who also has a seat in the incident."""
    person.role = SiteRole.ADMIN
    person.save()
    return person


def files_with(secret: str, folder: Path) -> list[str]:
    """Every file below a folder that holds the secret, packed or not."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            packed = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else b""
            if secret.encode() in data or secret.encode() in packed:
                found.append(str(path))
    return found


def columns_with(secret: str) -> list[str]:
    """Every table of the database with a value that holds the secret."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if connection.vendor == "postgresql":
                cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{secret}%"])
                found += [table] if cursor.fetchone()[0] else []
            else:
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [table] if any(secret.lower() in repr(row).lower() for row in cursor.fetchall()) else []
    return found


def leak(incident: Incident, person: User) -> EvidenceFile:
    """Evidence whose every part says the secret."""
    alert = json.loads(ALERT)
    alert["alerts"][0]["labels"]["alertname"] = SECRET
    paste_text(incident, json.dumps(alert), name="alert.json", actor=person)
    paste_text(incident, log(word=f"failed with {SECRET}"), name="app.log", actor=person)
    paste_text(incident, log(minute=9), name="clean.log", actor=person)
    drain()
    return EvidenceFile.objects.get(name="alert.json")


def test_nothing_of_it_is_left_anywhere(either_database: str, settings, tmp_path: Path) -> None:
    admin = User.objects.filter(email="admin@example.org").first() or User.objects.create_user(
        "admin@example.org", "correct horse", role=SiteRole.ADMIN
    )
    AuditEntry.objects.all().delete()
    Tombstone.objects.all().delete()
    incident = open_incident("INC-7", admin, title="Checkout fails")
    alert = leak(incident, admin)
    assert files_with(SECRET, tmp_path) and columns_with(SECRET)
    purge_evidence(alert, "a customer's name", actor=admin)
    purge_evidence(EvidenceFile.objects.get(name="app.log"), "a customer's name", actor=admin)
    assert files_with(SECRET, tmp_path) == []
    drain()
    assert files_with(SECRET, tmp_path) == []
    assert columns_with(SECRET) == []
    newest = queries.latest_analysis(incident)
    assert [file["state"] for file in newest.head["files"]] == ["purged", "purged", "read"]
    assert Tombstone.objects.count() == 2
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).parent
        assert files_with(SECRET, folder) == []
    Tombstone.objects.all().delete()


def test_a_tombstone_says_what_who_when_and_why(client: Client, empty: Incident, admin, run_jobs) -> None:
    alert = leak(empty, admin)
    sha256, size = alert.sha256, alert.size
    purge_evidence(alert, "a customer's name", actor=admin)
    stone = Tombstone.objects.get()
    assert (stone.sha256, stone.size, stone.person, stone.reason) == (sha256, size, admin, "a customer's name")
    entry = AuditEntry.objects.get(verb="purge_evidence")
    assert (entry.actor, entry.detail["files"], entry.detail["reason"]) == (admin, {sha256: size}, "a customer's name")
    run_jobs()
    body = client.get(HERE).content.decode()
    assert sha256 in body and "a customer&#x27;s name" in body
    assert client.get(f"{HERE}{sha256}/").status_code == 404
    assert client.get(f"{HERE}{sha256}/download").status_code == 404


def test_it_cannot_come_in_again(empty: Incident, admin, run_jobs) -> None:
    leak(empty, admin)
    file = EvidenceFile.objects.get(name="app.log")
    purge_evidence(file, "a customer's name", actor=admin)
    with pytest.raises(Purged, match="a customer's name"):
        paste_text(empty, log(word=f"failed with {SECRET}"), actor=admin)
    other = open_incident("INC-8", admin, title="Other")
    with pytest.raises(Purged) as refused:
        paste_text(other, log(word=f"failed with {SECRET}"), actor=admin)
    assert "customer" not in str(refused.value)


def test_the_archive_that_held_it_goes_too(empty: Incident, admin, run_jobs, tmp_path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("in/app.log", log(word=SECRET))
        archive.writestr("in/other.log", log(minute=8))
    take_in_bytes(empty, buffer.getvalue(), Coming(name="all.zip", origin=Origin.UPLOAD), actor=admin)
    run_jobs()
    stones = purge_evidence(EvidenceFile.objects.get(name="all.zip!in/app.log"), "a secret", actor=admin)
    assert len(stones) == 3
    run_jobs()
    assert set(EvidenceFile.objects.values_list("state", flat=True)) == {"purged"}
    assert files_with(SECRET, tmp_path) == []


def test_every_incident_that_held_it_loses_it(empty: Incident, admin, make_person, run_jobs) -> None:
    other = open_incident("INC-8", make_person("b@example.org"), title="Theirs")
    for incident, somebody in ((empty, admin), (other, other.created_by)):
        paste_text(incident, log(word=SECRET), name="app.log", actor=somebody)
    run_jobs()
    purge_evidence(empty.files.get(), "a secret", actor=admin)
    run_jobs()
    assert other.files.get().state == "purged"
    assert AuditEntry.objects.get(verb="purge_evidence", subject=other.subject).actor is None
    assert not AnalysedEvent.objects.filter(title__contains=SECRET).exists()


def test_only_an_admin_with_a_seat_and_a_reason_purges(empty: Incident, person, make_person, run_jobs) -> None:
    paste_text(empty, log(), name="app.log", actor=person)
    file = EvidenceFile.objects.get()
    stranger = make_person("root@example.org", role=SiteRole.ADMIN)
    for somebody in (person, stranger):
        with pytest.raises(SeatMissing):
            purge_evidence(file, "a secret", actor=somebody)
    person.role = SiteRole.ADMIN
    person.save()
    for reason in ("", "  ", "why"):
        with pytest.raises(Refused, match="needs a reason"):
            purge_evidence(file, reason, actor=person)
    assert EvidenceFile.objects.get().state == "waiting"


def test_a_run_that_was_reading_it_shows_nothing_of_it(empty: Incident, admin, run_jobs, monkeypatch) -> None:
    from afteraction.web.evidence import tasks

    leak(empty, admin)
    empty.title = "changed, so that the next run is a new one"
    empty.save()

    def purging(step: str, *_: object) -> None:
        file = EvidenceFile.objects.filter(name="alert.json").first()
        if step == "reconstructing" and file is not None:
            purge_evidence(file, "a secret", actor=admin)

    monkeypatch.setattr(tasks, "report", purging)
    assert tasks.analyse.func(empty.pk) is None
    monkeypatch.undo()
    assert not AnalysedEvent.objects.filter(title__contains=SECRET, lane="alerts").exists()


def test_the_form_asks_twice(client: Client, empty: Incident, admin) -> None:
    paste_text(empty, log(), name="app.log", actor=admin)
    page = f"{HERE}{EvidenceFile.objects.get().sha256}/purge"
    assert "cannot be undone" in client.get(page).content.decode()
    client.post(page, {"reason": "a customer's name"})
    assert EvidenceFile.objects.get().state == "waiting"
    client.post(page, {"reason": "a customer's name", "sure": "yes"})
    assert EvidenceFile.objects.get().state == "purged"


def test_every_table_is_looked_at(db) -> None:
    assert {model._meta.db_table for model in apps.get_models()} <= set(connection.introspection.table_names())
