"""One line, one key: logged at once, on the timeline a moment later, once however often it is sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.evidence.actions import Refused, log_entry
from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import AnalysedEvent, Incident

LOG = "/incidents/INC-7/log/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A fixed now: 14:10 UTC, 16:10 in Berlin."""
    now = datetime(2026, 5, 12, 14, 10, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


def entry_of(file: EvidenceFile) -> dict:
    with store_of(file.incident).open_original(file.sha256) as stream:
        return json.loads(stream.read())


@pytest.mark.parametrize(
    ("line", "at", "precision", "text"),
    [
        ("rolled back", "2026-05-12T16:10:30+02:00", "s", "rolled back"),
        ("14:05 rolled back", "2026-05-12T14:05:00+02:00", "min", "rolled back"),
        ("14:05:09 rolled back", "2026-05-12T14:05:09+02:00", "s", "rolled back"),
        ("16:15 just ahead", "2026-05-12T16:15:00+02:00", "min", "just ahead"),
        ("23:58 late", "2026-05-11T23:58:00+02:00", "min", "late"),
        ("24:00 is no time", "2026-05-12T16:10:30+02:00", "s", "24:00 is no time"),
        ("14:05", "2026-05-12T16:10:30+02:00", "s", "14:05"),
        ("  two   spaces ", "2026-05-12T16:10:30+02:00", "s", "two spaces"),
    ],
)  # fmt: skip
def test_a_line_is_now_unless_it_begins_with_a_time(empty, person, clock, line, at, precision, text) -> None:
    empty.zone = "Europe/Berlin"
    empty.save()
    entry = entry_of(log_entry(empty, line, actor=person).file)
    assert (entry["at"], entry["precision"], entry["text"]) == (at, precision, text)


def test_a_line_that_waited_for_a_connection_keeps_its_time(empty: Incident, person, clock) -> None:
    written = clock - timedelta(minutes=12)
    kept = entry_of(log_entry(empty, "rebooted", written_at=written, actor=person).file)
    assert kept["at"] == "2026-05-12T13:58:30+00:00"
    soon = entry_of(log_entry(empty, "again", written_at=clock + timedelta(minutes=3), actor=person).file)
    assert soon["at"] == "2026-05-12T14:10:30+00:00"


def test_a_line_shows_at_once_and_becomes_an_event(client: Client, empty: Incident, run_jobs) -> None:
    answer = client.post(LOG, {"line": "14:05 rolled back payments", "edit_id": "abc"}, content_type="application/json")
    assert answer.status_code == 201
    assert "rolled back payments" in client.get("/incidents/INC-7/evidence/").content.decode()
    run_jobs()
    event = AnalysedEvent.objects.get()
    assert event.title == "rolled back payments"
    client.post(LOG, {"line": "14:06 watching"}, content_type="application/json")
    run_jobs()
    assert AnalysedEvent.objects.filter(event_id=event.event_id).exists()


def test_sent_twice_it_is_one_entry(client: Client, empty: Incident) -> None:
    said = {"line": "rolled back", "edit_id": "abc"}
    assert [client.post(LOG, said, content_type="application/json").status_code for _ in range(2)] == [201, 200]
    assert EvidenceFile.objects.count() == 1


def test_the_same_words_twice_are_two_entries(empty: Incident, person) -> None:
    for _ in range(2):
        log_entry(empty, "still failing", actor=person)
    assert EvidenceFile.objects.count() == 2


@pytest.mark.parametrize("line", ["", "   ", "\n\t"])
def test_an_empty_line_is_refused(empty: Incident, person, line: str) -> None:
    with pytest.raises(Refused, match="nothing to log"):
        log_entry(empty, line, actor=person)


def test_a_very_long_line_is_refused(client: Client, empty: Incident) -> None:
    answer = client.post(LOG, {"line": "x" * 2001}, content_type="application/json")
    assert answer.status_code == 413


def test_a_plain_form_works_too(client: Client, empty: Incident) -> None:
    answer = client.post(LOG, {"line": "rolled back", "back": "/incidents/INC-7/"})
    assert (answer.status_code, answer["Location"]) == (302, "/incidents/INC-7/")


def test_a_viewer_logs_nothing(empty: Incident, member) -> None:
    viewer = Client()
    viewer.force_login(member("viewer"))
    assert viewer.post(LOG, {"line": "x"}, content_type="application/json").status_code == 403
