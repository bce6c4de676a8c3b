"""What the database is handed: alike on both, whatever the evidence holds."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.actions.insert_rows import insert_rows
from afteraction.web.incidents.models import IncidentService
from afteraction.web.jobs.models import Job
from afteraction.web.ui.storable import json_text

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
BAD, KEPT = "a\x00b\ud800c\U0001f600", "a\u2400b?c\U0001f600"


def test_a_text_is_kept_with_signs_by_every_way_in() -> None:
    incident = open_incident("INC-1", title=BAD)
    incident.refresh_from_db()
    assert incident.title == KEPT
    EvidenceFile.objects.bulk_create(EvidenceFile(incident=incident, sha256=n * 64, name=BAD, size=1) for n in "ab")
    EvidenceFile.objects.filter(sha256="a" * 64).update(name=f"{BAD}{BAD}")
    insert_rows(IncidentService, ("incident_id", "name"), [(incident.pk, "x"), (incident.pk, BAD)])
    assert sorted(EvidenceFile.objects.values_list("name", flat=True)) == [KEPT, KEPT + KEPT]
    assert sorted(IncidentService.objects.values_list("name", flat=True)) == [KEPT, "x"]


def test_what_is_asked_for_is_what_was_kept() -> None:
    incident = open_incident("INC-1", title=BAD)
    assert type(incident).objects.filter(title=BAD).count() == type(incident).objects.filter(title=KEPT).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [BAD])
        assert cursor.fetchone() == (KEPT,)
        cursor.executemany("UPDATE incidents_incident SET severity = %s WHERE id = %s", [(BAD, incident.pk)])
    incident.refresh_from_db()
    assert incident.severity == KEPT


def test_json_is_kept_with_signs_in_names_and_values() -> None:
    value = {BAD: [BAD, {"n": float("nan"), "x": float("-inf"), "f": 1.5}], "\\u0000": "\\ud800 \\"}
    job = Job.objects.create(task="x", checkpoint=value)
    Job.objects.filter(pk=job.pk).update(parts=[value])
    job.refresh_from_db()
    kept = {KEPT: [KEPT, {"n": None, "x": None, "f": 1.5}], "\\u0000": "\\ud800 \\"}
    assert (job.checkpoint, job.parts) == (kept, [kept])


def test_ordinary_json_is_written_as_it_is() -> None:
    value = {"a": [1, 2.5, None, True, "für Elise \U0001f600"], "b": {"c": "\x01\n"}}
    assert json.loads(json_text(value)) == value
