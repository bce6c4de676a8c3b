"""Answers of the Prometheus query API become samples, and the series ALERTS becomes alerts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Event, EventKind, Sample
from afteraction.formats.prometheus_query import reader as module
from afteraction.formats.prometheus_query.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.series import samples_of

SAMPLE = Path(module.__file__).parent / "sample.json"


def matrix(*series: tuple[dict[str, str], list[object]]) -> dict[str, object]:
    result = [{"metric": labels, "values": values} for labels, values in series]
    return {"status": "success", "data": {"resultType": "matrix", "result": result}}


def test_the_sample_is_won_by_its_reader():
    assert winner(file(SAMPLE)) == "prometheus_query"


def test_a_range_becomes_samples_with_their_lines_and_nan_is_no_value():
    records, failures = read(READER, file(SAMPLE))
    assert failures == []
    samples = samples_of(records)
    assert [sample.value for sample in samples] == [0.041, 0.052, None]
    assert {(one.metric, one.service, one.unit, one.labels["quantile"]) for one in samples} == {
        ("pool_wait_seconds", "ledger-db", "s", "0.95")
    }
    assert [str(one.evidence.locator) for one in samples] == [
        f"line {9 + n}, /data/result/0/values/{n}" for n in range(3)
    ]
    assert samples[0].instant.utc == datetime(2026, 5, 12, 13, 59, tzinfo=UTC)


@pytest.mark.parametrize("written", ["NaN", "+Inf", "-Inf"])
def test_what_is_no_number_is_no_value(written):
    records, failures = read(READER, original(matrix(({"__name__": "up"}, [[1778594340, written], [1778594341, "1"]]))))
    assert failures == [] and [one.value for one in samples_of(records)] == [None, 1.0]


def test_a_vector_and_a_scalar_are_read():
    vector = {
        "resultType": "vector",
        "result": [{"metric": {"__name__": "up", "job": "web"}, "value": [1778594340.5, "1"]}],
    }
    scalar = {"resultType": "scalar", "result": [1778594340, "2"]}
    for data, expected in ((vector, ("up", "web", 1.0)), (scalar, ("ratio", "", 2.0))):
        source = original({"status": "success", "data": data}, "prometheus_query_range_ratio.json")
        assert winner(source) == "prometheus_query"
        records, failures = read(READER, source)
        (one,) = samples_of(records)
        assert failures == [] and (one.metric, one.service, one.value) == expected


def test_an_empty_answer_gives_no_rows_and_says_so():
    records, failures = read(READER, original(matrix()))
    assert records == [] and len(failures) == 1
    assert failures[0].lost == 0 and "matched nothing" in str(failures[0])


def test_an_error_answer_names_its_type_and_its_text():
    source = original({"status": "error", "errorType": "timeout", "error": "query timed out"})
    assert winner(source) == "prometheus_query"
    records, failures = read(READER, source)
    assert records == [] and "(timeout): query timed out" in str(failures[0])


def test_firing_stretches_are_detections_that_end_on_the_grid():
    labels = {"__name__": "ALERTS", "alertname": "PoolFull", "alertstate": "firing", "service": "ledger"}
    other = ({"__name__": "up"}, [[1778594300 + 15 * n, "1"] for n in range(30)])
    seen = [[1778594300 + 15 * n, "1"] for n in (0, 1, 2, 8, 28, 29)]
    records, failures = read(READER, original(matrix((labels, seen), other)))
    assert failures == []
    events = [record for record in records if isinstance(record, Event)]
    starts = [event for event in events if event.kind is EventKind.DETECTION]
    assert [event.instant.utc.timestamp() - 1778594300 for event in starts] == [0, 120, 420]
    assert [event.until and event.until.utc.timestamp() - 1778594300 for event in starts] == [45, 135, None]
    assert len({event.fingerprint for event in starts}) == 1
    assert [event.kind for event in events].count(EventKind.RECOVERY) == 2


def test_pending_stretches_are_signals():
    labels = {"__name__": "ALERTS", "alertname": "PoolFull", "alertstate": "pending"}
    records, _ = read(READER, original(matrix((labels, [[1778594300, "1"]]))))
    assert [(record.kind, record.title) for record in records] == [(EventKind.SIGNAL, "PoolFull pending")]


def test_bad_samples_are_listed_and_the_others_are_kept():
    values = [
        [1778594340, "1"],
        [True, "1"],
        ["x", "1"],
        [1778594341, "abc"],
        [1778594342],
        7,
        [10**30, "1"],
        [1778594343, "2"],
    ]
    records, failures = read(READER, original(matrix(({"__name__": "up"}, values))))
    assert [one.value for one in samples_of(records)] == [1.0, 2.0]
    assert [failure.locator.pointer for failure in failures] == [f"/data/result/0/values/{n}" for n in range(1, 7)]


def test_milliseconds_and_nanoseconds_are_told_from_their_size_and_flagged():
    values = [[1778594340, "1"], [1778594355000, "1"], [1778594370000000000, "1"]]
    records, failures = read(READER, original(matrix(({"__name__": "up"}, values))))
    assert failures == []
    assert [one.instant.utc.second for one in samples_of(records)] == [0, 15, 30]
    assert [bool(one.instant.flags) for one in samples_of(records)] == [False, True, True]


@pytest.mark.parametrize("indent", [None, 1])
def test_an_answer_cut_short_keeps_the_samples_before_the_cut(indent):
    text = json.dumps(matrix(({"__name__": "up"}, [[1778594340 + n, "1"] for n in range(50)])), indent=indent)
    cut = text[: text.index(str(1778594340 + 40)) + 4]
    records, failures = read(READER, original(cut))
    assert len(samples_of(records)) == 40 and len(failures) == 1 and "cut short" in str(failures[0])


@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    text = SAMPLE.read_text()
    at = data.draw(st.integers(0, len(text)))
    read(READER, original(text[:at] + data.draw(st.text(max_size=4)) + text[at + data.draw(st.integers(0, 9)) :]))


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20), st.booleans())
def test_every_finite_value_comes_back_as_it_was(values, pretty):
    stated = [[1778594340 + n, repr(value)] for n, value in enumerate(values)]
    answer = json.dumps(matrix(({"__name__": "up"}, stated)), indent=2 if pretty else None)
    records, _ = read(READER, original(answer))
    assert [one.value for one in samples_of(records)] == values


def test_real_answers():
    folder = corpus("payloads/generated/live_capture")
    counts = {}
    for path in sorted(folder.glob("prometheus_query_range_*.json")):
        assert winner(file(path)) == "prometheus_query"
        records, failures = read(READER, file(path))
        answer = json.loads(path.read_text())
        stated = [value for series in answer.get("data", {}).get("result", []) for value in series["values"]]
        counts[path.stem.removeprefix("prometheus_query_range_")] = len(samples_of(records))
        if "ALERTS" not in path.name:
            assert len(samples_of(records)) == len(stated)
        assert bool(failures) == ("error_bad" in path.name or "empty" in path.name)
    assert counts["up"] == 170 and counts["empty"] == 0


def test_the_real_alerts_fired_when_prometheus_says():
    path = corpus("payloads/generated/live_capture/prometheus_query_range_ALERTS.json")
    records, _ = read(READER, file(path))
    down = next(record for record in records if record.title == "TargetDown")
    assert (down.instant.utc.isoformat(), down.until.utc.isoformat()) == (
        "2026-11-20T21:41:56+00:00",
        "2026-11-20T21:42:00+00:00",
    )
    assert not any(isinstance(record, Sample) for record in records)
