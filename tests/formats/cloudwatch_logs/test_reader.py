"""Rows of CloudWatch Logs are log lines or samples in UTC, whichever answer they come in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import LogLine, Sample
from afteraction.formats.cloudwatch_logs import reader as module
from afteraction.formats.cloudwatch_logs.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample" / "insights.json"


def answer(*rows: dict[str, str], status: str = "Complete") -> dict[str, object]:
    return {
        "results": [[{"field": key, "value": value} for key, value in row.items()] for row in rows],
        "status": status,
    }


def test_rows_of_insights_are_lines_in_utc():
    assert winner(file(SAMPLE)) == "cloudwatch_logs"
    (first, second), failures = read(READER, file(SAMPLE))
    assert failures == [] and isinstance(first, LogLine)
    assert first.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC)
    assert (first.instant.original_text, first.instant.tz_known) == ("2026-05-12 14:11:08.250", True)
    assert (first.message, first.level, first.service, first.trace_id) == (
        "no free connection", "error", "ledger", "4bf92f35",
    )  # fmt: skip
    assert (second.level, second.service) == ("error", "checkout")
    lines = SAMPLE.read_text().splitlines()
    assert "14:11:09.001" in lines[second.evidence.locator.line - 1]


def test_counted_rows_are_samples():
    row = {"bin(5m)": "2026-05-12 14:10:00.000", "count(*)": "17", "p99": "NaN", "service": "ledger"}
    (count, slow), failures = read(READER, original(answer(row)))
    assert failures == [] and isinstance(count, Sample) and count.instant.utc.minute == 10
    assert (count.metric, count.value, count.labels) == ("count(*)", 17.0, {"service": "ledger"})
    assert slow.value is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"count(*)": "17"}, "states no time"),
        ({"@timestamp": "soon", "@message": "x"}, "@timestamp"),
        ({"@timestamp": "2026-05-12 14:10:00.000", "level": "error"}, "says nothing"),
    ],
)
def test_a_row_that_cannot_be_placed_is_listed(row, said):
    records, failures = read(READER, original(answer(row, {"@timestamp": "2026-05-12 14:10:00.000", "@message": "x"})))
    assert len(records) == 1 and len(failures) == 1 and said in str(failures[0]) and failures[0].next_step


def test_a_query_that_still_ran_says_so():
    records, failures = read(
        READER, original(answer({"@timestamp": "2026-05-12 14:10:00.000", "@message": "x"}, status="Running"))
    )
    assert len(records) == 1 and '"Running"' in str(failures[0]) and failures[0].lost == 0


def test_an_export_of_the_console_needs_its_zone():
    rows = [{"@timestamp": "2026-05-12 16:11:08.250", "@message": "x", "@logStream": "s"}]
    assert winner(original(rows)) == "cloudwatch_logs"
    records, failures = read(READER, original(rows))
    assert records == [] and "--zone" in str(failures[0])
    records, failures = read(READER, original(rows, zone="Europe/Berlin"))
    assert failures == [] and records[0].instant.utc.hour == 14 and not records[0].instant.tz_known


@pytest.mark.parametrize(
    "packed",
    [
        {"events": [{"logStreamName": "s", "timestamp": 1778595068250, "message": "ERROR x", "eventId": "1"}]},
        {"events": [{"timestamp": 1778595068250, "message": "ERROR x", "ingestionTime": 1778595069000}]},
        {"messageType": "DATA_MESSAGE", "logGroup": "/ecs/ledger", "logStream": "s",
         "logEvents": [{"id": "1", "timestamp": 1778595068250, "message": "ERROR x"}]},
    ],
)  # fmt: skip
def test_log_events_count_milliseconds(packed):
    assert winner(original(packed)) == "cloudwatch_logs"
    (line,), failures = read(READER, original(packed))
    assert failures == [] and line.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC)
    assert line.instant.flags == () and line.level == "error"


def test_an_answer_cut_short_keeps_the_rows_before_the_cut():
    text = json.dumps(answer(*[{"@timestamp": "2026-05-12 14:10:00.000", "@message": "x"}] * 3), indent=1)
    records, failures = read(READER, original(text[: text.rindex("@message")]))
    assert len(records) == 2 and len(failures) == 1 and "cut short" in str(failures[0])


def test_other_results_and_events_are_left_to_others():
    for other in ({"results": [1, 2]}, {"results": [{"field": "x"}]}, {"events": [{"timestamp": 1, "message": "x"}]}):
        assert READER.sniff(original(other)) == 0


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_no_wrong_value_makes_it_raise_and_each_row_leaves_something(data):
    good = {"@timestamp": "2026-05-12 14:10:00.000", "@message": "x", "@log": "1:/ecs/a"}
    read(READER, original(data.draw(mutated([json.loads(SAMPLE.read_text())]))))
    row = {key: data.draw(st.sampled_from([value, "", "x", "9e999", "2026-02-30"])) for key, value in good.items()}
    records, failures = read(READER, original(answer(good, row, good)))
    assert len(records) + len(failures) >= 3
