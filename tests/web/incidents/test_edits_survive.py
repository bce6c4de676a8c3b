"""Edits hold through the real pipeline: whatever evidence is added later, and whatever is merged by it.

A webhook of Alertmanager and a list of deployments are read, people edit, another file of the same alert arrives.
"""

from __future__ import annotations

import json

import pytest

from afteraction.web.evidence.actions import paste_text
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import (
    Wish,
    correct_event,
    hide_events,
    keep_events,
    merge_events,
    note_event,
    open_incident,
    pin_milestone,
    stated_instant,
    withdraw_edit,
)
from afteraction.web.incidents.models import Triage
from afteraction.web.incidents.standing import standings
from afteraction.web.jobs.models import JobState

pytestmark = pytest.mark.django_db


def alert(name: str, clock: str, ends: str = "0001-01-01T00:00:00Z") -> str:
    """One webhook of Alertmanager."""
    told = {
        "status": "firing", "labels": {"alertname": name, "service": "checkout", "severity": "page"},
        "annotations": {"summary": f"{name} is high"}, "startsAt": f"2026-05-12T{clock}Z", "endsAt": ends,
        "generatorURL": "http://prometheus/graph", "fingerprint": name.lower()[:16].ljust(16, "0"),
    }  # fmt: skip
    return json.dumps({
        "version": "4", "groupKey": "{}", "receiver": "team", "status": "firing", "alerts": [told],
        "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alertmanager",
    })  # fmt: skip


@pytest.fixture
def incident(person, run_jobs):
    """An incident with three alerts, analysed by the job."""
    made = open_incident("INC-9", owner=person, title="Checkout is slow")
    names = (("ErrorRate", "14:11:08"), ("LatencyHigh", "14:13:00"), ("DiskFull", "14:20:00"))
    for name, clock in names:
        paste_text(made, alert(name, clock), name=f"{name}.json", actor=person)
    assert {job.state for job in run_jobs()} == {JobState.DONE}
    return made


def named(incident, text: str):
    """The event whose title holds a text, hidden ones too."""
    analysis = queries.latest_analysis(incident)
    page = queries.event_page(analysis, only_key=False, after=None)
    found = [row for row in page.events if text in row.title]
    assert len(found) == 1, [row.title for row in page.events]
    return found[0]


def test_edits_hold_when_a_file_is_added_and_come_off_when_they_are_undone(incident, person, run_jobs) -> None:
    rate, latency, disk = (named(incident, text) for text in ("ErrorRate", "LatencyHigh", "DiskFull"))
    hidden = hide_events(incident, Wish([disk.event_id]), actor=person)
    keep_events(incident, Wish([rate.event_id]), actor=person)
    correct_event(incident, Wish([latency.event_id]), title="Checkout answers late", actor=person)
    moved = stated_instant("2026-05-12 16:12", "Europe/Berlin")
    correct_event(incident, Wish([latency.event_id]), instant=moved, actor=person)
    note_event(incident, Wish([rate.event_id]), text="the page that woke us", actor=person)
    run_jobs()
    corrected = named(incident, "Checkout answers late")
    assert corrected.value["value"] == "2026-05-12T14:12:00Z"
    assert corrected.value["precision"] == "min"
    assert named(incident, "DiskFull").triage == Triage.HIDDEN

    # Another webhook tells of the same alert, and of a new one.
    again = alert("ErrorRate", "14:11:08", "2026-05-12T14:52:00Z")
    paste_text(incident, again, name="later.json", actor=person)
    paste_text(incident, alert("QueueLong", "14:25:00"), name="queue.json", actor=person)
    run_jobs()
    analysis = queries.latest_analysis(incident)
    merged = named(incident, "ErrorRate")
    assert len(merged.value["members"]) == 2, "the two readings are one event now"
    stands = standings(incident, [merged.value])[merged.event_id]
    assert stands.is_kept
    assert [note.text for note in stands.notes] == ["the page that woke us"]
    assert merged.triage == Triage.KEPT
    assert named(incident, "DiskFull").triage == Triage.HIDDEN
    assert named(incident, "Checkout answers late").value["value"] == "2026-05-12T14:12:00Z"
    assert named(incident, "QueueLong").triage == Triage.OPEN
    counts = queries.counted(analysis)
    assert (counts.kept, counts.hidden) == (1, 1)

    withdraw_edit(incident, hidden.edit_id, actor=person)
    run_jobs()
    assert named(incident, "DiskFull").triage == Triage.OPEN
    told = queries.whole_document(queries.latest_analysis(incident))
    assert told["hidden"] == []


def test_what_is_hidden_counts_for_nothing_and_what_is_pinned_counts_first(incident, person, run_jobs) -> None:
    rate, latency = named(incident, "ErrorRate"), named(incident, "LatencyHigh")

    def detected() -> str:
        chosen = queries.latest_analysis(incident).head["milestones"]["t_detect"]
        return chosen[0]["value"]

    assert detected() == rate.value["value"]
    hide = hide_events(incident, Wish([rate.event_id]), actor=person)
    run_jobs()
    assert detected() == latency.value["value"]
    withdraw_edit(incident, hide.edit_id, actor=person)
    typed = stated_instant("2026-05-12 14:10", "UTC")
    pin_milestone(incident, Wish(), milestone="t_detect", reason="heard it on the phone", instant=typed, actor=person)
    run_jobs()
    assert detected() == "2026-05-12T14:10:00Z"
    paste_text(incident, alert("QueueLong", "14:05:00"), name="queue.json", actor=person)
    run_jobs()
    assert detected() == "2026-05-12T14:10:00Z", "evidence that comes later does not move what a person picked"


def test_merged_events_stay_one_when_evidence_is_added(incident, person, run_jobs) -> None:
    rate, latency = named(incident, "ErrorRate"), named(incident, "LatencyHigh")
    merge_events(incident, Wish([rate.event_id, latency.event_id]), actor=person)
    run_jobs()
    paste_text(incident, alert("QueueLong", "14:25:00"), name="queue.json", actor=person)
    run_jobs()
    page = queries.event_page(queries.latest_analysis(incident), only_key=False, after=None)
    assert {rate.event_id, latency.event_id} <= {one for row in page.events for one in row.value["members"]}
    assert len(page.events) == 3


def test_many_keys_in_a_row_are_one_recomputation(incident, person, run_jobs) -> None:
    for text in ("ErrorRate", "LatencyHigh", "DiskFull"):
        hide_events(incident, Wish([named(incident, text).event_id]), actor=person)
    assert len([job for job in run_jobs() if job.task.endswith("analyse")]) == 1
