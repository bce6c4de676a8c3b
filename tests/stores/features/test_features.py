"""Spans and lines are counted as the description of the features says."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.stores.evidence import EvidenceStore
from afteraction.stores.features import Frame, Templates, expression, on_duckdb
from tests.effort import examples
from tests.stores.features.cases import ODD_LINES, ODD_SPANS, T, stored
from tests.stores.features.counting import L, S, bucket, count

PLAIN = Templates(text="message")


def counted(frame: Frame) -> dict[tuple[object, ...], int]:
    rows = [tuple(row.values()) for row in frame.table.to_pylist()]
    found = {row[:-1]: row[-1] for row in rows}
    assert len(found) == len(rows), "a key stands in the table twice"
    return found


def test_hard_spans_and_lines_are_counted_as_described(tmp_path):
    found = stored(tmp_path, ODD_SPANS, ODD_LINES).features(PLAIN)
    assert counted(found.counts) == count(ODD_SPANS, ODD_LINES)


SPANS = st.builds(
    S, st.sampled_from(["", "t1", "t2"]), st.sampled_from("abcd"), st.sampled_from(["", "a", "b", "c", "d", "z"]),
    st.sampled_from(["web", "cart"]), st.sampled_from(["x", "y"]), st.sampled_from([T, T + 0.001, T + 61, T - 7200]),
    st.one_of(st.none(), st.sampled_from([-1.0, 0.0, float("nan"), 1e12]), st.floats(0, 1e6)), st.booleans(),
    st.sampled_from(["", "client", "server"]),
)  # fmt: skip
LINES = st.builds(
    L, st.sampled_from(["", "t1", "t9"]), st.sampled_from(["web", "cart"]), st.sampled_from(["info", "error"]),
    st.sampled_from(["up", "down", ""]), st.sampled_from([T, T + 61]),
)  # fmt: skip


@settings(max_examples=examples(8), deadline=None)
@given(spans=st.lists(SPANS, max_size=14), lines=st.lists(LINES, max_size=6))
def test_whatever_the_spans_and_lines_they_are_counted_as_described(tmp_path_factory, spans, lines):
    # Reading into the tables rounds nothing: the counts are those of the numbers as given.
    found = stored(tmp_path_factory.mktemp("any"), spans, lines).features(PLAIN)
    assert counted(found.counts) == count(spans, lines)


def test_topology_counts_calls_between_services_and_their_errors(tmp_path):
    found = stored(tmp_path, ODD_SPANS[:5], [])
    assert found.features().topology.table.to_pylist() == [
        {"caller": "cart", "callee": "db", "count": 2, "errors": 0},
        {"caller": "web", "callee": "cart", "count": 1, "errors": 1},
    ]


def test_lines_that_differ_in_numbers_share_a_template_and_a_function_may_name_it(tmp_path):
    store = stored(tmp_path, [], ODD_LINES[:3])
    assert store.features().templates.table.to_pylist() == [
        {"template": "cannot reserve item <*>", "service": "cart", "level": "error", "count": 2},
        {"template": "ok", "service": "cart", "level": "info", "count": 1},
    ]
    asked: list[list[str]] = []

    def named(texts: list[str]) -> list[str]:
        asked.append(list(texts))
        return ["" if text == "ok" else "T1" for text in texts]

    found = store.features(replace(Templates(), named=named))
    assert asked == [["cannot reserve item <*>", "ok"]]
    assert found.templates.table.to_pylist() == [{"template": "T1", "service": "cart", "level": "error", "count": 2}]
    assert counted(found.counts.where(feature="template")) == {
        ("cart", minute, "template", "", "T1", 0): 1 for minute in (int(T // 60), int((T + 200) // 60))
    }


def test_nothing_gives_empty_frames_of_the_same_shape(tmp_path):
    found = EvidenceStore(tmp_path).features()
    assert (len(found.counts), len(found.topology), len(found.templates)) == (0, 0, 0)
    assert found.counts.names() == ["service", "minute", "feature", "part", "peer", "bucket", "count"]


def test_columns_are_numpy_arrays_of_whole_numbers_and_texts(tmp_path):
    frame = stored(tmp_path, ODD_SPANS[:5], []).features().counts
    counts, services = frame.column("count"), frame.column("service")
    assert isinstance(counts, np.ndarray) and counts.dtype == np.int64
    assert set(services) == {"web", "cart", "db"} and len(services) == len(frame)


def test_very_many_services_are_counted_one_by_one(tmp_path):
    spans = [S(f"t{n}", "a", "", f"service-{n}", "GET", T, 1) for n in range(2_000)]
    frame = stored(tmp_path, spans, []).features().counts
    assert len(frame.where(feature="traces")) == 2_000
    assert frame.where(feature="spans", service="service-1999").table["count"].to_pylist() == [1]


@pytest.mark.parametrize("us", [0, 1, 2, 3, 5, 6, 7, 8, 1000, 10**6, 10**6 + 1, 10**10, expression.LONGEST_US])
def test_a_bucket_is_a_quarter_of_a_doubling(us):
    asked = expression.bucket_of("us")
    assert duckdb.execute(f"SELECT {asked} FROM (SELECT {us}::BIGINT AS us)").fetchall() == [(bucket(us),)]


def test_thresholds_rise_and_are_exact():
    assert all(before <= after for before, after in zip(expression.BUCKETS, expression.BUCKETS[1:], strict=False))
    assert all((limit - 1) ** 4 < 2**n <= limit**4 for n, limit in enumerate(expression.BUCKETS))


def test_frames_keep_their_types_whatever_an_engine_gives():
    table = pa.table({"errors": pa.array([1], pa.int32()), "caller": ["a"], "callee": ["b"], "count": [2]})
    assert Frame.of("topology", table).table.to_pylist() == [{"caller": "a", "callee": "b", "count": 2, "errors": 1}]


@pytest.mark.parametrize("named", [None, lambda texts: [f"T{len(text)}" for text in texts]])
def test_parts_of_the_traces_count_to_the_same_as_all_at_once(tmp_path, monkeypatch, named):
    store, templates = stored(tmp_path, ODD_SPANS, ODD_LINES), replace(Templates(), named=named)
    whole = store.features(templates)
    monkeypatch.setattr(on_duckdb, "ROWS_AT_ONCE", 3)
    parts = store.features(templates)
    assert len(whole.counts) > 80
    for name in ("counts", "topology", "templates"):
        assert getattr(parts, name).table.equals(getattr(whole, name).table), name


@pytest.mark.parametrize("rows", [on_duckdb.ROWS_AT_ONCE, 3], ids=["at once", "in parts"])
def test_calls_alone_are_those_of_the_whole_reduction(tmp_path, monkeypatch, rows):
    monkeypatch.setattr(on_duckdb, "ROWS_AT_ONCE", rows)
    store = stored(tmp_path, ODD_SPANS, ODD_LINES)
    alone = store.calls().table
    assert alone.num_rows and alone.equals(store.features().topology.table)
