"""What Loki's answers become."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.records import LogLine, Sample
from afteraction.formats.loki.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import original, read, winner

ANSWER = json.loads((Path(formats.__file__).parent / "loki" / "sample.json").read_text())
NANO = "1778594531000000000"
MATRIX = {
    "status": "success",
    "data": {
        "resultType": "matrix",
        "result": [
            {"metric": {"app": "cart"}, "values": [[1778594520, "3"], [1778594535.5, "NaN"], [1778594550, "x"]]}
        ],
        "stats": {"summary": {}, "querier": {}, "ingester": {}},
    },
}


def answer(*entries: Any, **labels: str) -> dict[str, Any]:
    return {"status": "success", "data": {"resultType": "streams", "result": [{"stream": labels, "values": entries}]}}


def lines(value: Any, name: str = "evidence.json") -> list[LogLine]:
    found, failures = read(READER, original(value, name))
    assert failures == []
    return [one for one in found if isinstance(one, LogLine)]


def test_entries_have_time_level_service_host_and_trace():
    error, warning, request = lines(ANSWER)
    assert error.instant.utc.isoformat() == "2026-05-12T14:02:11+00:00" and error.instant.flags == ()
    assert (error.level, error.service, error.host) == ("error", "payments-api", "payments-api-7d9f-x2x")
    assert error.message == "could not get a connection from the pool"
    assert error.trace_id == "5b8efff798038103d269b633813fc60c"
    assert (error.attributes["waiting"], error.attributes["size"]) == ("57", "20")
    assert (warning.level, warning.message, warning.attributes["size"]) == ("warning", "pool is full", "20")
    assert (request.level, request.service, request.message) == ("info", "web-shop", "GET /pay 503")


@pytest.mark.parametrize(
    ("line", "labels", "level"),
    [
        ("2026-05-12 14:02:11 ERROR [pool] no connection", {}, "error"), ("the error was small", {}, ""),
        ("no words", {"detected_level": "unknown"}, ""), ('{"severity":"CRITICAL"}', {"level": "info"}, "critical"),
        ("x", {"level": "warn"}, "warning"),
    ],
)  # fmt: skip
def test_a_level_is_what_the_line_states_or_its_labels(line, labels, level):
    assert lines(answer([NANO, line], **labels))[0].level == level


def test_a_matrix_becomes_samples_named_by_the_file():
    found, failures = read(READER, original(MATRIX, "error-rate.json"))
    assert winner(original(MATRIX, "error-rate.json")) == "loki"
    assert all(isinstance(one, Sample) for one in found)
    assert {(one.metric, one.service) for one in found} == {("error-rate", "cart")}
    assert [one.value for one in found] == [3.0, None]
    assert [str(failure.locator).rpartition("values")[2] for failure in failures] == ["/2/1"]


def test_pushed_and_tailed_streams_and_saved_lines_are_read():
    streams = ANSWER["data"]["result"]
    tailed = {"streams": streams, "dropped_entries": [{"labels": {"app": "cart"}, "timestamp": NANO}]}
    assert winner(original(tailed)) == "loki"
    found, failures = read(READER, original(tailed))
    assert len(found) == 3 and "dropped" in failures[0].reason
    saved = [{"labels": {"app": "cart"}, "line": "ERROR no stock", "timestamp": "2026-05-12T14:02:11.5Z"}] * 2
    text = "\n".join(map(json.dumps, saved))
    assert winner(original(text, "lines.jsonl")) == "loki"
    assert [(one.level, one.service) for one in lines(text, "lines.jsonl")] == [("error", "cart")] * 2
    downloaded = [{"line": "x", "timestamp": NANO, "date": "2026-05-12T14:02:11Z", "fields": {"app": "cart"}}]
    assert winner(original(downloaded)) == "loki" and lines(downloaded)[0].service == "cart"


def test_an_answer_as_long_as_a_limit_is_named():
    found, (failure,) = read(READER, original(answer(*[[NANO, "x"]] * 100)))
    assert len(found) == 100 and failure.lost == 0 and "limit" in failure.reason


def test_an_answer_of_prometheus_stays_with_prometheus():
    other = copy.deepcopy(MATRIX)
    del other["data"]["stats"]
    assert winner(original(other)) == "prometheus_query"


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_wrong_value_makes_it_raise(data):
    read(READER, original(data.draw(mutated([ANSWER, MATRIX]))))


@settings(max_examples=examples(25), deadline=None)
@given(
    st.lists(
        st.sampled_from([[NANO, "x"], [NANO], ["soon", "x"], None, {}, [NANO, 5], ["1778594531", "y"]]), max_size=8
    )
)
def test_every_entry_is_a_record_or_a_failure(entries):
    found, failures = read(READER, original(answer(*entries)))
    assert len(found) + sum(failure.lost for failure in failures) == len(entries)
