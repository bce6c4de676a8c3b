"""The alert of a case folder: a detection, and a recovery where an end is stated."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from afteraction.core.records import Event, EventKind, Lane
from afteraction.formats.case_alert import reader as module
from afteraction.formats.case_alert.reader import READER
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample.json"


def test_an_alert_is_a_detection_with_its_metric():
    assert winner(file(SAMPLE)) == "case_alert"
    [alert], failures = read(READER, file(SAMPLE))
    assert failures == [] and isinstance(alert, Event)
    assert (alert.kind, alert.lane, alert.service) == (EventKind.DETECTION, Lane.ALERTS, "cart")
    assert alert.instant.utc == datetime(2026, 5, 12, 14, 11, 8, tzinfo=UTC)
    assert alert.attributes["metric"] == "error_ratio"


def test_when_it_fired_is_all_that_it_needs():
    assert winner(original({"fired_at": 1_778_594_500})) == "case_alert"
    [alert], failures = read(READER, original({"fired_at": 1_778_594_500}))
    assert failures == [] and isinstance(alert, Event) and alert.title == "alert"


def test_a_stated_end_is_a_recovery_of_the_same_alert():
    said = {"fired_at": "2026-05-12T14:11:08Z", "service": "cart", "resolved_at": "2026-05-12T14:40:00Z"}
    [start, end], failures = read(READER, original(said))
    assert failures == [] and isinstance(start, Event) and isinstance(end, Event)
    assert (end.kind, end.fingerprint) == (EventKind.RECOVERY, start.fingerprint)


def test_a_time_that_is_none_is_named():
    records, [failure] = read(READER, original({"fired_at": "lunch", "service": "cart"}))
    assert records == [] and '"fired_at"' in failure.reason
