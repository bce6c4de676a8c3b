"""Plain JSON records are known by their fields and times, never by their file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, Document, Event, EventKind, Lane, Sample, Span
from afteraction.formats.generic_json import reader as module
from afteraction.formats.generic_json.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner, without

SAMPLE = Path(module.__file__).parent / "sample.json"
ALERT = {
    "service": "ledger", "metric": "pool_wait_p95_ms", "threshold": 50, "observed": 412.5, "severity": "critical",
    "fired_at": "2026-05-12T14:11:08Z", "monitor": "ledger-pool-wait", "summary": "pool wait above 50 ms",
}  # fmt: skip
COMMIT = {
    "sha": "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", "author": "Noor Visser", "timestamp": "2026-05-11T16:40:18Z",
    "message": "Keep entry and capture in one transaction\n\nLonger.", "files_changed": ["ledger/capture.py"],
    "diff": "@@ -1 +1 @@",
}  # fmt: skip
FLAG = {
    "timestamp": "2026-05-12T13:40:00Z",
    "flag": "new_receipt",
    "service": "web",
    "change": "off->on",
    "actor": "ben",
}
SPAN = {
    "trace_id": "t1", "span_id": "s1", "parent_id": None, "service": "checkout", "name": "POST /pay",
    "start": "2026-05-12T14:05:00.5Z", "duration_ms": 4150, "status": "ERROR",
}  # fmt: skip
TICKET = {
    "id": 88213, "created": "2026-05-12T16:05:31+02:00", "first_reply": "2026-05-12T14:16:00Z", "channel": "web form",
    "subject": "card charged, order failed", "requester": "Mia",
}  # fmt: skip
INCIDENT = {
    "id": "inc7", "name": "Elevated errors", "impact": "major", "status": "monitoring",
    "started_at": "2026-05-12T14:04:00Z",
    "updates": [{"timestamp": "2026-05-12T14:06:00Z", "body": "We see errors."}, {"timestamp": "x"}],
}  # fmt: skip
FEED = {
    "provider": "bigpay", "source": "https://status.bigpay.test", "fetched_at": "2026-05-12T14:30:00Z",
    "components": [{"name": "API", "status": "degraded"}, {"name": "Dashboard", "status": "operational"}],
    "incidents": [INCIDENT],
    "api_error_rate_pct": [{"timestamp": "2026-05-12T14:04:00Z", "endpoint": "api.bigpay.test", "value": 12.7}],
}  # fmt: skip
PATTERN = {"signature": "POST <*> returned 503", "service": "pay", "count": 3870, "delta_vs_baseline": "+3860"}
RECORDS = [ALERT, COMMIT, FLAG, SPAN, TICKET, INCIDENT, FEED, PATTERN]


def one(content: object, **options: object):
    records, failures = read(READER, original(content, **options))
    assert failures == [] and len(records) == 1
    return records[0]


def test_the_sample_is_won_by_its_reader_and_gives_a_deploy_and_a_rollback():
    assert winner(file(SAMPLE)) == "generic_json"
    records, failures = read(READER, file(SAMPLE))
    assert failures == []
    deploy, back = records
    assert (deploy.kind, deploy.reference, deploy.state, deploy.actor.name) == (
        ChangeKind.DEPLOYMENT,
        "v2.14",
        "success",
        "ana",
    )
    assert (back.kind, back.title) == (ChangeKind.ROLLBACK, "payments-api v2.13.4 rolled back")
    assert str(back.evidence.locator) == "line 11, /1/timestamp"


@pytest.mark.parametrize("wrap", [lambda record: record, lambda record: [record], lambda record: {"data": [record]}])
@pytest.mark.parametrize("record", [ALERT, COMMIT, FLAG, SPAN, TICKET])
def test_a_record_alone_in_an_array_or_below_an_object_is_recognised(record, wrap):
    source = original(wrap(record), "anything.json")
    assert winner(source) == "generic_json"
    records, failures = read(READER, source)
    assert len(records) == 1 and failures == []


def test_an_alert_is_a_detection():
    event = one(ALERT)
    assert (event.kind, event.lane, event.service) == (EventKind.DETECTION, Lane.ALERTS, "ledger")
    assert event.title == "ledger-pool-wait: pool wait above 50 ms"
    assert (event.attributes["threshold"], event.attributes["observed"]) == ("50", "412.5")


def test_an_alert_with_an_end_also_recovers():
    records, _ = read(READER, original([{**ALERT, "resolved_at": "2026-05-12T14:52:00Z"}]))
    assert [record.kind for record in records] == [EventKind.DETECTION, EventKind.RECOVERY]
    assert records[0].until.utc == records[1].instant.utc


def test_an_end_before_the_beginning_is_named_and_left_out():
    records, failures = read(READER, original([{**ALERT, "resolved_at": "2026-05-12T14:00:00Z"}]))
    assert [record.until for record in records] == [None]
    assert "before the beginning" in str(failures[0]) and failures[0].lost == 0


def test_a_commit_keeps_its_files_and_diff():
    change = one([COMMIT])
    assert isinstance(change, Change) and change.kind is ChangeKind.COMMIT
    assert change.title == "Keep entry and capture in one transaction"
    assert (change.files, change.diff, change.actor.name) == (("ledger/capture.py",), "@@ -1 +1 @@", "Noor Visser")


def test_a_nested_commit_as_a_forge_lists_it():
    nested = {
        "sha": "0a1b2c3",
        "commit": {"message": "Fix it", "author": {"name": "Noor", "date": "2026-05-11T16:40:18Z"}},
        "author": {"login": "noor"},
    }
    change = one([nested])
    assert (change.reference, change.title, change.actor.name) == ("0a1b2c3", "Fix it", "noor")
    assert change.evidence.locator.pointer == "/0/commit/author/date"


def test_a_flag_is_a_change():
    change = one([FLAG])
    assert (change.kind, change.reference, change.attributes["change"]) == (ChangeKind.FLAG, "new_receipt", "off->on")


def test_spans_in_snake_and_camel_case_with_the_units_their_names_state():
    camel = {
        "traceId": "t",
        "spanId": "s",
        "name": "GET",
        "startTime": 1778594700000000,
        "duration": 2500,
        "serviceName": "web",
    }
    spans = [one([SPAN]), one([camel]), one([{**without(SPAN, "duration_ms"), "end": "2026-05-12T14:05:01Z"}])]
    assert all(isinstance(span, Span) for span in spans)
    assert [span.duration_ms for span in spans] == [4150, 2.5, 500]
    assert [span.is_error for span in spans] == [True, False, True]
    assert spans[1].instant.utc == datetime(2026, 5, 12, 14, 5, tzinfo=UTC) and spans[1].service == "web"


def test_a_ticket_is_a_user_report_with_both_its_times():
    event = one([TICKET])
    assert (event.kind, event.lane, event.instant.utc.hour) == (EventKind.USER_REPORT, Lane.CUSTOMERS, 14)
    assert event.attributes["created"] == "2026-05-12T14:05:31+00:00"
    assert event.attributes["seen"] == "2026-05-12T14:16:00+00:00" and event.attributes["number"] == "88213"


def test_a_ticket_as_a_help_desk_exports_it():
    ticket = {
        "id": 4711,
        "created_at": "2026-05-12T14:05:31Z",
        "subject": "cannot pay",
        "via": {"channel": "email"},
        "requester": {"name": "Mia"},
    }
    event = one({"tickets": [ticket]})
    assert (event.attributes["channel"], event.actor and event.actor.name) == ("email", "Mia")


def test_a_providers_feed_is_no_communication_of_ours():
    records, failures = read(READER, original(FEED))
    assert [type(record) for record in records] == [Event, Event, Sample, Document]
    start, update, sample, components = records
    assert start.kind is EventKind.SIGNAL and start.title == "bigpay: Elevated errors"
    assert update.body == "We see errors." and update.attributes["provider"] == "bigpay"
    assert not any("audience" in record.attributes or record.lane is Lane.STATUS for record in (start, update))
    assert (sample.metric, sample.value, sample.service) == ("api_error_rate_pct", 12.7, "api.bigpay.test")
    assert components.settings == {"API": "degraded", "Dashboard": "operational"}
    assert components.captured_at.utc == datetime(2026, 5, 12, 14, 30, tzinfo=UTC)
    assert [failure.locator.pointer for failure in failures] == ["/incidents/0/updates/1/timestamp"]


def test_what_a_provider_calls_normal_is_no_signal():
    normal = {**INCIDENT, "status": "operating-normally", "updates": []}
    assert one({"incidents": [normal]}).kind is EventKind.NOTE


def test_log_patterns_are_one_undated_document():
    document = one([PATTERN, {**PATTERN, "count": 5000}])
    assert isinstance(document, Document) and document.captured_at is None
    assert document.text.splitlines()[0].startswith("5000")


def test_noted_actions_are_read_one_a_line():
    lines = [
        '{"time":"2026-05-12T14:26:44Z","event":"redis failover initiated"}',
        '{"time":"2026-05-12T14:27:00Z","event":"saw errors"}',
    ]
    source = original("\n".join(lines), "whatever.jsonl")
    assert winner(source) == "generic_json"
    records, failures = read(READER, source)
    assert failures == [] and [record.kind for record in records] == [EventKind.ACTION, EventKind.NOTE]
    assert [record.evidence.locator.line for record in records] == [1, 2]


def test_noted_rollouts_are_changes_whose_start_and_end_belong_together():
    noted = [
        {"time": f"2026-05-12T14:2{n}:00Z", "event": event}
        for n, event in enumerate(
            ("deploy v2 starting", "deploy v2 finished", "rollback to v1 started", "deploying a fix")
        )
    ]
    records, _ = read(READER, original(noted))
    changes = [record for record in records if isinstance(record, Change)]
    assert [(one.kind, one.reference, one.state) for one in changes] == [
        (ChangeKind.DEPLOYMENT, "v2", "started"),
        (ChangeKind.DEPLOYMENT, "v2", "success"),
        (ChangeKind.ROLLBACK, "v1", "started"),
    ]
    assert changes[0].fingerprint == changes[1].fingerprint != changes[2].fingerprint
    assert isinstance(records[3], Event) and records[3].kind is EventKind.ACTION


def test_a_mapping_names_the_kind_and_the_fields():
    odd = [{"wann": "2026-05-12T13:52:00Z", "was": "payments-api", "stand": "v2.14"}]
    assert winner(original(odd)) == ""
    mapping = {"record": "deploy", "time": "wann", "service": "was", "version": "stand"}
    assert winner(original(odd, mapping=mapping)) == "generic_json"
    change = one(odd, mapping=mapping)
    assert (change.service, change.reference) == ("payments-api", "v2.14")


@pytest.mark.parametrize(
    "content",
    [
        [], {}, [1, 2, 3], {"a": {"b": [{"c": 1}]}}, [{"name": "x", "status": "y"}], "text", 7,
        [{"timestamp": "yesterday", "service": "a", "version": "1"}],
        [{"timestamp": "2026-05-12T13:52:00Z", "level": "info", "message": "x", "service": "a", "version": "1"}],
        {"culprit": "0a1b2c3", "service": "web", "why": "it did"},
    ],
)  # fmt: skip
def test_what_is_not_recognised_is_nobodys(content):
    assert READER.sniff(original(content)) == 0


def test_the_file_name_plays_no_part():
    for name in ("alert.json", "commits.json", "x"):
        assert READER.sniff(original([SPAN], name)) == READER.sniff(original([SPAN], "other.json")) > 0


def test_bad_records_are_listed_and_the_others_are_kept():
    bad = [
        {**FLAG, "timestamp": "2026-13-05T00:00:00Z"},
        {**FLAG, "timestamp": "22025-05-12T00:00:00Z"},
        {**FLAG, "timestamp": "2026-05-12T13:40:00"},
        without(FLAG, "timestamp"),
        "no record",
    ]
    records, failures = read(READER, original([FLAG] * 12 + bad))
    assert len(records) == 12
    assert [failure.locator.pointer for failure in failures] == [
        "/12/timestamp",
        "/13/timestamp",
        "/14/timestamp",
        "/15",
        "/16",
    ]
    assert "--zone" in str(failures[2])


def test_an_array_cut_short_keeps_the_records_before_the_cut():
    text = json.dumps([COMMIT] * 5, indent=1)
    records, failures = read(READER, original(text[: len(text) - 100]))
    assert len(records) == 4 and len(failures) == 1 and "cut short" in str(failures[0])


def test_unknown_lists_beside_known_ones_are_named():
    records, failures = read(READER, original({"commits": [COMMIT], "owners": [{"team": "a"}, {"team": "b"}]}))
    assert len(records) == 1
    assert 'unknown meaning below "owners"' in str(failures[0]) and failures[0].lost == 0


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    text = json.dumps(data.draw(st.sampled_from(RECORDS)), indent=data.draw(st.sampled_from([None, 1])))
    text = data.draw(st.sampled_from([text, f"[{text},{text}]", f"{text}\n{text}"]))
    at = data.draw(st.integers(0, len(text)))
    source = original(text[:at] + data.draw(st.text(max_size=4)) + text[at + data.draw(st.integers(0, 9)) :])
    READER.sniff(source)
    read(READER, source)


@settings(max_examples=examples(80), deadline=None)
@given(st.sampled_from(RECORDS), st.data())
def test_no_wrong_type_makes_it_raise(record, data):
    odd = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([1]) | st.just({"a": 1})
    )
    changed = {**record, data.draw(st.sampled_from(sorted(record))): data.draw(odd)}
    records, failures = read(READER, original([record] * 3 + [changed]))
    assert records or failures


def test_real_scenarios_are_read_to_the_last_record():
    folder = corpus("datasets/open/root_cause_bench")
    files = sorted(folder.glob("*/data/*.json")) + sorted(folder.glob("*/data/context/*.json"))
    assert files
    for path in files:
        assert winner(file(path)) == "generic_json"
        records, failures = read(READER, file(path))
        assert failures == [], path
        stated = json.loads(path.read_text())
        if isinstance(stated, list) and not any(isinstance(record, Document) for record in records):
            assert len(records) == len(stated)


def test_nobody_reads_the_answers_beside_the_scenarios():
    for path in sorted(corpus("datasets/open/root_cause_bench").glob("*/*.json")):
        assert winner(file(path)) == ""
