"""Read plans carried out: the same answer as a plain reading in Python, rejected lines with reasons, sorted rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import afteraction.formats
from afteraction.core.errors import AfteractionError, NaiveTime, UnreadableTime
from afteraction.core.reading import BulkReader
from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.core.timestamps import read_timestamp
from afteraction.formats import readers
from afteraction.stores.evidence import EvidenceStore
from tests.effort import examples
from tests.formats.plans import carry_out
from tests.stores.evidence_files import LOGS, original

FORMATS = Path(afteraction.formats.__file__).parent
SAMPLES = [
    (reader, path)
    for reader in readers()
    if isinstance(reader, BulkReader)
    for path in sorted((FORMATS / reader.name).glob("sample*"))
]


@pytest.mark.parametrize(("reader", "path"), SAMPLES, ids=[f"{r.name}/{p.name}" for r, p in SAMPLES])
def test_every_bulk_format_reads_as_plain_python_reads_its_plan(tmp_path, reader, path):
    source = original(path.read_bytes(), path.name, zone="Europe/Berlin", year=2026)
    plan = reader.plan(source)
    if plan.shape is not Shape.LOGS or plan.layout is Layout.DELIMITED:
        pytest.skip("the plain reading covers logs only")
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(source, plan)
    expected = carry_out(plan, source)
    rows = sorted(expected.rows, key=lambda row: (row["instant"], row["line"]))
    found = store.log_lines(limit=10_000)
    assert [line.evidence.locator.line for line in found] == [row["line"] for row in rows]
    assert [line.instant.utc for line in found] == [row["instant"] for row in rows]
    assert [failure.locator.line for failure in outcome.failures] == expected.rejected
    for name in ("message", "level", "service", "host", "trace_id", "status", "duration_ms"):
        if name not in rows[0] or name == "message":
            continue
        want = [row[name] if name in ("status", "duration_ms") else row[name] or "" for row in rows]
        have = [getattr(line, name) for line in found]
        assert [str(value).lower() for value in have] == [str(value).lower() for value in want], name


TIMES = [
    "2026-05-12T14:02:11Z", "2026-05-12T14:02:11.250Z", "2026-05-12 14:02:11,250", "2026-05-12T14:02:11+02:00",
    "2026-05-12T14:02:11-0730", "2026-05-12T14:02:11 +02:00", "2026-05-12 14:02", "2026-05-12", "2026-05-12T24:00:00Z",
    "2026-05-12T23:59:60Z", "2026-05-12T14:02:11z", "2026-05-12 14:02:11 UTC", "2026-05-12 14:02:11 CEST",
    "2026-05-12 14:02:11 BST", "2026-05-12 14:02:11 PST", "2026-05-12 14:02:11 Europe/Berlin", "2026-10-25T02:30:00",
    "2026-10-25T01:59:59", "2026-10-25T03:00:00", "2026-03-29T02:30:00", "2026-03-29T03:00:00", "22026-05-12T14:02:11Z",
    "2026-13-05T00:00:00Z", "2026-02-30T00:00:00Z", "yesterday", "infinity", "epoch", "1778594531", "1778594531.25",
    "1778594531250", "1778594531250001", "1778594531250000999", "-5", "99999999999999999999999", "nan", "1e300",
    "9" * 36, "9" * 400, "0" * 30 + "1778594531",
    "2026-05-12T14:02:11.123456789Z", "1969-07-20T20:17:40Z", "2026/05/12 14:02:11",
]  # fmt: skip


@pytest.mark.parametrize("zone", [None, "Europe/Berlin", "America/New_York", "+05:30"])
def test_times_read_as_the_core_reads_them(tmp_path, zone):
    plan = ReadPlan(
        shape=Shape.LOGS, layout=Layout.JSON_LINES, time=TimeColumn(("time",), ("iso", "epoch"), zone=zone),
        columns=(Column("message", ("msg",)),),
    )  # fmt: skip
    raw = "\n".join(json.dumps({"time": text, "msg": text}) for text in TIMES).encode()
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(raw), plan)
    found = {line.message: line.instant for line in store.log_lines()}
    refused = {TIMES[failure.locator.line - 1]: failure.reason for failure in outcome.failures}
    for text in TIMES:
        try:
            expected = read_timestamp(text, zone=zone)
        except NaiveTime:
            assert "states no zone" in refused[text], text
        except UnreadableTime:
            assert "cannot be read" in refused[text], text
        else:
            assert found[text].utc == expected.utc, text
            assert (found[text].tz_known, set(found[text].flags)) == (expected.tz_known, _kept(expected.flags)), text


def _kept(flags: tuple[str, ...]) -> set[str]:
    """Bulk times do not mark leap seconds: they are read alike."""
    return set(flags) - {"leap_second"}


@settings(max_examples=examples(25), deadline=None)
@given(st.datetimes(datetime(2010, 1, 2), datetime(2040, 12, 30)))
def test_local_times_of_every_year_read_as_the_core_reads_them(tmp_path_factory, moment):
    moment = moment.replace(microsecond=0, fold=0)
    around = [moment + timedelta(minutes=29 * step) for step in range(-3, 4)]
    plan = ReadPlan(
        shape=Shape.LOGS, layout=Layout.JSON_LINES, time=TimeColumn(("time",), zone="Europe/London"),
        columns=(Column("message", ("time",)),),
    )  # fmt: skip
    store = EvidenceStore(tmp_path_factory.mktemp("store"))
    store.import_plan(original("\n".join(json.dumps({"time": at.isoformat()}) for at in around).encode()), plan)
    for line in store.log_lines():
        expected = read_timestamp(line.message, zone="Europe/London")
        assert (line.instant.utc, set(line.instant.flags)) == (expected.utc, set(expected.flags))


def test_rows_are_sorted_by_time_even_when_only_the_end_is_out_of_order(tmp_path):
    start = datetime(2026, 5, 12, tzinfo=UTC)
    seconds = [*range(4000), *range(500, 900), 3, 2, 1]
    raw = b"\n".join(
        json.dumps({"time": (start + timedelta(seconds=at)).isoformat(), "msg": "x" * 40}).encode() for at in seconds
    )
    store = EvidenceStore(tmp_path)
    assert store.import_plan(original(raw), LOGS).rows == {"logs": len(seconds)}
    (path,) = store.places.tables("logs")
    table = pq.read_table(path, columns=["instant", "line"])
    keys = list(zip(table["instant"].to_pylist(), table["line"].to_pylist(), strict=True))
    assert keys == sorted(keys)
    assert sorted(line for _, line in keys) == list(range(1, len(seconds) + 1))


def test_every_rejected_line_is_kept_beyond_the_first_hundred(tmp_path):
    raw = b"\n".join([b'{"time":"2026-05-12T14:02:11Z"}', *[b"no"] * 250])
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(raw), LOGS)
    assert (len(outcome.failures), outcome.failures_total) == (100, 250)
    (path,) = (tmp_path / "case" / "rejected").glob("*.parquet")
    rejected = pq.read_table(path)
    assert rejected["line"].to_pylist() == list(range(2, 252))
    assert set(rejected["reason"].to_pylist()) == {"the line is not JSON."}


def test_a_second_import_gives_the_first_outcome_without_reading(tmp_path):
    store = EvidenceStore(tmp_path)
    first = store.import_plan(original(b'{"time":"2026-05-12T14:02:11Z"}\nno\n'), LOGS)
    files = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*.parquet"))
    assert store.import_plan(original(b"never read"), LOGS) == first
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*.parquet")) == files


def test_another_plan_for_the_same_original_replaces_its_rows(tmp_path):
    store = EvidenceStore(tmp_path)
    raw = b'{"time":"2026-05-12 14:02:11","msg":"naive"}\n'
    assert store.import_plan(original(raw), LOGS).rows == {}
    zoned = ReadPlan(
        shape=Shape.LOGS, layout=Layout.JSON_LINES, time=TimeColumn(("time",), zone="Europe/Berlin"),
        columns=LOGS.columns,
    )  # fmt: skip
    outcome = store.import_plan(original(raw), zoned)
    assert outcome.rows == {"logs": 1}
    assert outcome.assumptions == ("Times without a zone were read in Europe/Berlin.",)
    assert [line.instant.utc.hour for line in store.log_lines()] == [12]
    assert store.import_plan(original(raw), LOGS).rows == {}
    assert store.log_lines() == []


TEXT = ReadPlan(
    shape=Shape.LOGS,
    layout=Layout.TEXT_LINES,
    time=TimeColumn(("time",)),
    pattern=r"(?P<time>\S+) (?P<level>[A-Z]+) (?P<message>.*)",
    columns=(Column("message", ("message",)), Column("level", ("level",))),
    continues=True,
)


@pytest.mark.parametrize("chunk", [10, 60, 10_000])
def test_stack_traces_belong_to_the_line_before_them(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr("afteraction.stores.lines.CHUNK", chunk)
    raw = (
        b"orphan\n2026-05-12T14:02:11Z ERROR boom\n  at a()\n\n  at b()\n"
        b"2026-05-12T14:02:12Z INFO fine\n2026-05-12T14:02:13Z ERROR last\n  at c()\n"
    )
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(raw, "app.log"), TEXT)
    assert [(line.evidence.locator.line, line.level, line.message) for line in store.log_lines()] == [
        (2, "error", "boom\n  at a()\n  at b()"), (6, "info", "fine"), (7, "error", "last\n  at c()"),
    ]  # fmt: skip
    assert [failure.locator.line for failure in outcome.failures] == [1]
    assert outcome.assumptions == ("3 lines were joined to the line before them.",)


def test_a_trace_without_end_is_bounded_and_nothing_of_it_is_lost(tmp_path):
    raw = b"2026-05-12T14:02:11Z ERROR boom\n" + b"  at x()\n" * 5000
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(raw, "app.log"), TEXT)
    (line,) = store.log_lines()
    assert line.message.count("\n") + outcome.failures_total == 5000


SAMPLES_PLAN = ReadPlan(
    shape=Shape.SAMPLES,
    layout=Layout.DELIMITED,
    time=TimeColumn(("at",)),
    columns=(Column("metric", ("metric",)), Column("value", ("value",), kind="real"), Column("service", ("service",))),
    keep_rest=True,
)


def test_tables_keep_quoted_cells_and_the_number_of_each_row(tmp_path):
    raw = (
        b"at,metric,value,service,note\r\n"
        b'2026-05-12T14:02:11Z,errors,1.5,"cart, eu","said ""no"""\r\n'
        b"\r\n"
        b'2026-05-12T14:02:12Z,errors,NaN,cart,"two\r\nlines"\r\n'
        b"2026-05-12T14:02:13Z,errors,many,cart,\r\n"
        b"2026-05-12T14:02:14Z,errors,2\r\n"
        b'2026-05-12T14:02:15Z,errors,3,cart,5" disk\r\n'
    )
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(raw, "m.csv"), SAMPLES_PLAN)
    assert [(failure.locator.line, failure.reason) for failure in outcome.failures] == [
        (6, "a value is not a number."), (7, "the row has 3 cells, its header has 5."),
    ]  # fmt: skip
    found = {(series.service, series.labels.get("note")): series for series in store.series()}
    assert found[("cart, eu", 'said "no"')].values.tolist() == [1.5]
    assert found[("cart", "two\nlines")].evidence.locator.line == 4
    assert str(found[("cart", "two\nlines")].values[0]) == "nan"
    assert found[("cart", '5" disk')].evidence.locator.line == 8


def test_a_wide_table_gives_one_series_per_column(tmp_path):
    plan = ReadPlan(
        shape=Shape.SAMPLES, layout=Layout.DELIMITED, time=TimeColumn(("at",), ("epoch_s",)), delimiter="\t",
        columns=(Column("service", ("pod",)),), melt=("cpu", "memory"),
    )  # fmt: skip
    raw = b"at\tpod\tcpu\tmemory\n1778594531\tweb\t1\t\n1778594591\tweb\t2\t64\n1778594651\tweb\tmuch\t64\n"
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(raw, "m.tsv"), plan)
    assert outcome.rows == {"samples": 4}
    assert [failure.locator.line for failure in outcome.failures] == [4]
    series = {one.metric: one for one in store.series()}
    assert series["cpu"].values.tolist() == [1.0, 2.0]
    assert [str(value) for value in series["memory"].values] == ["nan", "64.0"]
    assert str(series["memory"].evidence.locator) == "line 2, /memory"


def test_a_plan_that_names_no_column_of_the_table_says_so(tmp_path):
    with pytest.raises(AfteractionError, match="no column is called at"):
        EvidenceStore(tmp_path).import_plan(original(b"a,b\n1,2\n", "m.csv"), SAMPLES_PLAN)


def test_a_table_of_hundreds_of_metrics_stays_within_the_memory_of_the_store(tmp_path):
    names = [f"service{number}_cpu" for number in range(250)]
    rows = [",".join([str(1_780_000_000 + at), *["0.25"] * len(names)]) for at in range(2100)]
    source = original("\n".join([",".join(["time", *names]), *rows]).encode(), "metrics.csv")
    plan = ReadPlan(
        shape=Shape.SAMPLES, layout=Layout.DELIMITED, time=TimeColumn(("time",), ("epoch_s",)), melt=tuple(names)
    )
    outcome = EvidenceStore(tmp_path).import_plan(source, plan)
    assert outcome.rows == {"samples": 2100 * 250}
    assert not outcome.failures
