"""What OTLP exports become."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.records import LogLine, Sample, Span
from afteraction.formats.otlp.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import original, read, winner

TEXT = (Path(formats.__file__).parent / "otlp" / "sample.jsonl").read_text()
SPANS, LOGS, METRICS = (json.loads(line) for line in TEXT.splitlines())
CLIENT = SPANS["resourceSpans"][0]["scopeSpans"][0]["spans"][1]
START = 1778594531000000000


def records(value: Any) -> list[Any]:
    found, failures = read(READER, original(value))
    assert failures == []
    return found


def spans(**changes: Any) -> dict[str, Any]:
    """An export of one span with some fields changed; None takes one away."""
    value = copy.deepcopy(SPANS)
    group = value["resourceSpans"][0]["scopeSpans"][0]
    span = {**group["spans"][1], **changes}
    group["spans"] = [{key: held for key, held in span.items() if held is not None}]
    return value


def test_a_span_keeps_its_place_in_the_trace_its_kind_and_its_failure():
    server, thrown, client = records(SPANS)
    assert isinstance(server, Span) and isinstance(thrown, LogLine) and isinstance(client, Span)
    assert server.instant.utc.isoformat() == "2026-05-12T14:02:11+00:00" and server.instant.tz_known
    assert server.instant.flags == ()
    assert (server.service, server.name, server.kind) == ("payments-api", "POST /pay", "server")
    assert server.duration_ms == 1503.25 and server.is_error and server.parent_id == ""
    assert server.attributes["http.response.status_code"] == "503"
    assert server.attributes["resource.service.version"] == "v2.14.0"
    assert server.attributes["status.message"] == "pool exhausted"
    assert (client.parent_id, client.trace_id) == (server.span_id, server.trace_id)
    assert not client.is_error and client.attributes["peer.service"] == "ledger-db"


def test_an_exception_in_a_span_is_an_error_line_of_its_trace():
    line = records(SPANS)[1]
    assert line.level == "error" and line.message == "PoolTimeout: no connection within 1.5 s"
    assert line.trace_id == "5b8efff798038103d269b633813fc60c" and line.service == "payments-api"
    assert str(line.evidence.locator).endswith("/spans/0/events/0/timeUnixNano")


def test_a_log_record_has_level_service_host_logger_and_trace():
    (line,) = records(LOGS)
    assert line.instant.utc.isoformat() == "2026-05-12T14:02:12.503000+00:00"
    assert (line.level, line.service, line.logger) == ("error", "payments-api", "payments.pool")
    assert line.message == "could not get a connection from the pool"
    assert line.host == "payments-api-7d9f-x2x" and line.trace_id == "5b8efff798038103d269b633813fc60c"
    assert line.attributes["pool.waiting"] == "57" and "time_from" not in line.attributes


def test_a_log_record_without_its_own_time_says_that_it_was_observed_then():
    value = copy.deepcopy(LOGS)
    record = value["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0]
    record["timeUnixNano"] = "0"
    (line,) = records(value)
    assert line.instant.original_text == record["observedTimeUnixNano"] and line.attributes["time_from"]


def test_gauges_and_histograms_become_the_series_that_prometheus_shows():
    found = records(METRICS)
    assert all(isinstance(one, Sample) and one.service == "payments-api" for one in found)
    gauge, *rest = found
    assert (gauge.metric, gauge.value, gauge.unit) == ("db.client.connections.usage", 20.0, "{connection}")
    assert gauge.labels["state"] == "used" and "aggregation_temporality" not in gauge.labels
    name = "http.server.request.duration"
    assert [(one.metric.removeprefix(name), one.labels.get("le"), one.value, one.unit) for one in rest] == [
        ("_count", None, 7.0, ""),
        ("_sum", None, 9.5, "s"),
        ("_bucket", "0.5", 2.0, ""),
        ("_bucket", "2.0", 6.0, ""),
        ("_bucket", "+Inf", 7.0, ""),
    ]
    assert {one.labels["aggregation_temporality"] for one in rest} == {"cumulative"}


def test_an_exponential_histogram_has_the_bounds_its_scale_gives():
    point = {
        "timeUnixNano": str(START), "count": "6", "sum": 10, "scale": 0, "zeroCount": "1",
        "negative": {"offset": 0, "bucketCounts": ["2"]}, "positive": {"offset": 1, "bucketCounts": ["1", "2"]},
    }  # fmt: skip
    metric = {"name": "latency", "exponentialHistogram": {"aggregationTemporality": 1, "dataPoints": [point]}}
    found = records({"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric]}]}]})
    buckets = [(one.labels["le"], one.value) for one in found if one.metric == "latency_bucket"]
    assert buckets == [("-1.0", 2.0), ("0.0", 3.0), ("4.0", 4.0), ("8.0", 6.0)]


def test_what_a_point_did_not_record_is_no_value_and_what_is_no_number_is_named():
    metric = {"name": "load", "gauge": {"dataPoints": [
        {"timeUnixNano": str(START), "flags": 1}, {"timeUnixNano": str(START), "asDouble": "NaN"},
        {"timeUnixNano": str(START), "asDouble": "many"}, {"asInt": "3"}, {"timeUnixNano": str(START)},
    ]}}  # fmt: skip
    found, failures = read(READER, original({"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric]}]}]}))
    assert [one.value for one in found] == [None, None]
    assert [str(failure.locator).rpartition("dataPoints/")[2] for failure in failures] == ["2", "3/timeUnixNano", "4"]
    assert "many" in failures[0].reason


def test_older_and_general_spellings_mean_the_same():
    value = copy.deepcopy(SPANS)
    group = value["resourceSpans"][0]
    group["instrumentationLibrarySpans"] = group.pop("scopeSpans")
    old = group["instrumentationLibrarySpans"][0]
    old["instrumentationLibrary"] = old.pop("scope")
    span = old["spans"][0]
    span.update(traceId="W47/95gDgQPSabYzgT/GDA==", spanId="7uGbfsPBsXQ=", kind="SPAN_KIND_SERVER")
    span["status"] = {"code": "STATUS_CODE_ERROR"}
    span["start_time_unix_nano"] = int(span.pop("startTimeUnixNano"))
    server = records(value)[0]
    assert server.trace_id == "5b8efff798038103d269b633813fc60c" and server.span_id == "eee19b7ec3c1b174"
    assert server.kind == "server" and server.is_error and server.duration_ms == 1503.25


@pytest.mark.parametrize("wrapper", ["result", "trace", "batches"])
def test_answers_of_query_apis_hold_the_same_spans(wrapper):
    value = {"batches": SPANS["resourceSpans"]} if wrapper == "batches" else {wrapper: SPANS}
    assert winner(original(value)) == "otlp"
    assert [one.instant for one in records(value)] == [one.instant for one in records(SPANS)]


def test_the_lines_of_the_collectors_file_exporter_are_read_each_for_itself():
    lines = [*TEXT.splitlines(), TEXT.splitlines()[0][:200], *TEXT.splitlines()]
    found, failures = read(READER, original("\n".join(lines), "telemetry.jsonl"))
    assert winner(original("\n".join(lines), "telemetry.jsonl")) == "otlp"
    once = len(records(SPANS)) + len(records(LOGS)) + len(records(METRICS))
    assert len(found) == 2 * once
    assert [failure.locator.line for failure in failures] == [4]


def test_an_unfinished_span_and_one_that_ends_before_it_begins_are_kept_and_named():
    for changes, word in (
        ({"endTimeUnixNano": None}, "no end"),
        ({"endTimeUnixNano": "1778594530000000000"}, "before"),
    ):
        (span,), (failure,) = read(READER, original(spans(**changes)))
        assert span.duration_ms == 0.0 and word in failure.reason and failure.lost == 0


def test_a_time_that_counts_another_unit_is_flagged_and_one_that_is_none_is_refused():
    (span,) = records(spans(startTimeUnixNano="1778594531000", endTimeUnixNano="1778594531250"))
    assert span.instant.utc.year == 2026 and span.instant.flags == ("epoch_unit_guessed",)
    found, failures = read(READER, original(spans(startTimeUnixNano="2026-05-12T14:02:11Z")))
    assert found == [] and "nanoseconds" in failures[0].reason and failures[0].next_step


@pytest.mark.parametrize(
    ("resource", "service"),
    [
        ({"service.name": "cart"}, "cart"), ({"service.name": "unknown_service:java"}, "unknown_service:java"),
        ({"service.name": "unknown_service:java", "k8s.deployment.name": "cart"}, "cart"),
        ({"k8s.statefulset.name": "ledger"}, "ledger"), ({}, ""),
    ],
)  # fmt: skip
def test_the_service_is_what_somebody_named(resource, service):
    value = spans()
    listed = [{"key": key, "value": {"stringValue": text}} for key, text in resource.items()]
    value["resourceSpans"][0]["resource"] = {"attributes": listed}
    assert records(value)[0].service == service


def test_a_number_that_is_none_stays_the_text_it_was():
    (span,) = records(spans(attributes=[{"key": "n", "value": {"intValue": "--5"}}]))
    assert span.attributes["n"] == "--5"


def test_what_is_no_array_where_one_belongs_is_named():
    metric = {"name": "load", "gauge": {"dataPoints": {"asInt": "1"}}}
    for export in (
        {"resourceSpans": [{"scopeSpans": [{"spans": {"name": "x"}}]}]},
        {"resourceSpans": [{"scopeSpans": "x"}]},
        {"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric]}]}]},
    ):
        found, failures = read(READER, original(export))
        assert found == [] and len(failures) == 1 and "array" in failures[0].reason


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_wrong_value_makes_it_raise(data):
    read(READER, original(data.draw(mutated([SPANS, LOGS, METRICS]))))


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([1, None, "span", [], {"name": "x"}, CLIENT]), max_size=8))
def test_every_element_is_a_record_or_a_failure(elements):
    export = {"resourceSpans": [{"scopeSpans": [{"spans": elements}]}]}
    found, failures = read(READER, original(export))
    assert len(found) + sum(failure.lost for failure in failures) == len(elements)
