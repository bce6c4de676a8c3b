"""What Jaeger's exports become."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.records import LogLine, Span
from afteraction.formats.jaeger.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import original, read, winner

ANSWER = json.loads((Path(formats.__file__).parent / "jaeger" / "sample.json").read_text())


def one_span(**changes: Any) -> dict[str, Any]:
    answer = copy.deepcopy(ANSWER)
    trace = answer["data"][0]
    trace["spans"] = [{**trace["spans"][1], **changes}]
    return answer


def test_spans_keep_service_kind_failure_and_parent():
    (server, line, client), failures = read(READER, original(ANSWER))
    assert failures == [] and isinstance(server, Span) and isinstance(client, Span) and isinstance(line, LogLine)
    assert server.instant.utc.isoformat() == "2026-05-12T14:02:11+00:00" and server.instant.flags == ()
    assert (server.service, server.name, server.kind) == ("payments-api", "POST /pay", "server")
    assert (server.duration_ms, server.is_error, server.parent_id) == (1503.25, True, "")
    assert (client.parent_id, client.kind, client.is_error) == ("eee19b7ec3c1b174", "client", False)
    assert client.attributes["peer.service"] == "ledger-db"
    assert client.attributes["resource.hostname"] == "payments-api-7d9f-x2x"


def test_a_log_of_a_span_is_a_line_of_its_trace():
    line = read(READER, original(ANSWER))[0][1]
    assert (line.message, line.level) == ("PoolTimeout: no connection within 1.5 s", "error")
    assert line.trace_id == "5b8efff798038103d269b633813fc60c" and line.attributes["span_id"] == "eee19b7ec3c1b174"
    assert line.instant.utc.isoformat() == "2026-05-12T14:02:12.500000+00:00"


def test_a_trace_alone_a_list_of_traces_and_spans_of_the_storage_are_read():
    trace = ANSWER["data"][0]
    whole = [one.name for one in read(READER, original(ANSWER))[0] if isinstance(one, Span)]
    stored = [{**span, "process": trace["processes"]["p1"]} for span in trace["spans"]]
    lines = "\n".join(json.dumps({"_source": span}) for span in stored)
    for form in (trace, [trace], stored, lines):
        source = original(form)
        assert winner(source) == "jaeger"
        found, failures = read(READER, source)
        assert failures == [] and [one.name for one in found if isinstance(one, Span)] == whole
        assert {one.service for one in found} == {"payments-api"}


@pytest.mark.parametrize(
    ("tags", "failed"),
    [
        ([{"key": "error", "value": True}], True), ([{"key": "error", "value": "false"}], False),
        ([{"key": "otel.status_code", "value": "ERROR"}], True), ([{"key": "http.status_code", "value": 500}], True),
        ([{"key": "http.status_code", "value": 404}], False), (None, False),
    ],
)  # fmt: skip
def test_a_failure_is_told_by_its_tags(tags, failed):
    (span,), _ = read(READER, original(one_span(tags=tags)))
    assert span.is_error is failed


def test_short_ids_get_their_zeros_back_and_other_references_are_links():
    references = [
        {"refType": "FOLLOWS_FROM", "traceID": "7A", "spanID": "2"},
        {"refType": "CHILD_OF", "traceID": "7a", "spanID": "3"},
        {"refType": "CHILD_OF", "traceID": "99", "spanID": "4"},
    ]
    (span,), _ = read(READER, original(one_span(traceID="7A", spanID="1", references=references)))
    assert (span.trace_id, span.span_id, span.parent_id) == ("7a".zfill(16), "1".zfill(16), "3".zfill(16))
    assert span.attributes["links"] == f"{'7a'.zfill(16)}:{'2'.zfill(16)}, {'99'.zfill(16)}:{'4'.zfill(16)}"


def test_what_is_odd_about_a_trace_is_named_and_kept():
    answer = copy.deepcopy(ANSWER)
    trace = answer["data"][0]
    trace["spans"] += [{**trace["spans"][1], "duration": -5}, {**trace["spans"][1], "spanID": "b1", "processID": "p9"}]
    trace["warnings"] = ["clock skew"]
    found, failures = read(READER, original(answer))
    assert len([one for one in found if isinstance(one, Span)]) == 4
    assert all(failure.lost == 0 and failure.next_step for failure in failures)
    reasons = " ".join(failure.reason for failure in failures)
    assert all(word in reasons for word in ("clock skew", "-5", "stands twice", '"p9"'))


@pytest.mark.parametrize(
    ("warnings", "told"), [(["late", "odd"], "late, odd"), ("late", "late"), (7, "7"), (None, None)]
)
def test_warnings_of_a_span_are_kept_however_they_are_written(warnings, told):
    (span,), failures = read(READER, original(one_span(warnings=warnings)))
    assert failures == [] and span.attributes.get("warnings") == told


def test_an_error_of_the_answer_and_a_span_without_a_time_are_failures():
    answer = {**one_span(startTime="soon"), "errors": [{"code": 500, "msg": "storage timed out"}]}
    found, failures = read(READER, original(answer))
    assert found == []
    assert [("startTime" in one.reason, "storage timed out" in one.reason) for one in failures] == [
        (True, False), (False, True),
    ]  # fmt: skip


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_wrong_value_makes_it_raise(data):
    read(READER, original(data.draw(mutated([ANSWER, ANSWER["data"][0]]))))


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([1, None, "span", [], {"spanID": "1"}, ANSWER["data"][0]["spans"][1]]), max_size=8))
def test_every_span_is_a_record_or_a_failure(spans):
    found, failures = read(READER, original({"data": [{**ANSWER["data"][0], "spans": spans}]}))
    assert len(found) + sum(failure.lost for failure in failures) == len(spans)
