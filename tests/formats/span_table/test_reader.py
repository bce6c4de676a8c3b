"""Spans in tables become spans, with their units, errors and parents as the table means them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.errors import AfteractionError
from afteraction.formats.span_table.reader import READER
from afteraction.formats.span_table.units import stem_and_unit
from afteraction.stores.evidence import EvidenceStore, Imported
from tests.effort import examples
from tests.formats.originals import original, winner

HEADER = "trace_id,span_id,parent_span_id,service,operation,start,duration_ms,status\n"
START = "2026-05-12T14:02:11.120Z"


def spans_of(folder: Path, text: str, **options: object) -> tuple[list[dict[str, Any]], Imported]:
    """The rows of a table by line, and what became of the import."""
    source = original(text, "traces.csv", **options)
    outcome = EvidenceStore(folder).import_plan(source, READER.plan(source))
    rows = [row for path in folder.glob("case/spans/*.parquet") for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: row["line"]), outcome


def test_the_columns_of_the_contract_become_spans(tmp_path):
    text = f"{HEADER}t1,a,,web,GET /,{START},12.5,OK\nt1,b,a,cart,reserve,2026-05-12T16:02:11.130+02:00,7,ERROR\n"
    assert winner(original(text, "traces.csv")) == "span_table"
    (root, child), outcome = spans_of(tmp_path, text)
    assert (outcome.rows, outcome.failures) == ({"spans": 2}, ())
    assert (root["trace_id"], root["span_id"], root["service"], root["name"]) == ("t1", "a", "web", "GET /")
    assert (root["duration_ms"], root["is_error"], root["line"]) == (12.5, False, 2)
    assert root["instant"].isoformat() == "2026-05-12T14:02:11.120000+00:00"
    assert (child["parent_id"], child["is_error"], child["line"]) == ("a", True, 3)
    assert child["instant"].isoformat() == "2026-05-12T14:02:11.130000+00:00"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("traceId,spanId,parentId,serviceName,operationName,startTimeMicros,durationMicros", "1778594531120000,12500"),
        ("TraceID,SpanID,ParentID,Service,Operation,StartTimeUnixNano,Duration(ns)", "1778594531120000000,12500000"),
        ("traceID;spanID;parentSpanID;service.name;name;timestamp;duration", "1778594531120000;12500"),
        ("trace id\tspan id\tparent id\tapp\tspan name\tstart_ms\tduration_s", "1778594531120\t0.0125"),
        ("trace_id,span_id,parent_id,service,operation,start,latency", f"{START},12.5"),
        ("trace_id,span_id,parent_id,service,operation,time,duration_µs", f"{START},12500"),
        ("trace_id,span_id,parent_id,service,operation,start,duration", "1778594531.12,12.5"),
    ],
)  # fmt: skip
def test_names_and_sizes_tell_the_units(tmp_path, header, row):
    mark = next(mark for mark in "\t;," if mark in header)
    text = f"{header}\n{mark.join(('t', 's', 'p', 'web', 'GET /'))}{mark}{row}\n"
    assert winner(original(text, "spans.csv")) == "span_table"
    (span,), outcome = spans_of(tmp_path, text)
    assert (span["trace_id"], span["span_id"], span["parent_id"], span["name"]) == ("t", "s", "p", "GET /")
    assert span["service"] == "web"
    assert span["duration_ms"] == pytest.approx(12.5)
    assert span["instant"].isoformat() == "2026-05-12T14:02:11.120000+00:00"
    assert outcome.failures_total == 0


def test_the_end_tells_the_unit_of_a_duration_and_the_import_says_so(tmp_path):
    text = (
        "TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration\n"
        "t,a,root,ts-order-service-6f6cfc45b-h5m2n,GET,1674982159219000000,1674982159247160439,28160\n"
    )
    (span,), outcome = spans_of(tmp_path, text)
    assert (span["duration_ms"], span["parent_id"], span["service"]) == (28.16, "", "ts-order-service")
    assert any("microseconds" in said for said in outcome.assumptions)


@pytest.mark.parametrize(
    ("column", "value", "is_error"),
    [("status", "ERROR", True), ("status", "STATUS_CODE_ERROR", True), ("status", "2", True), ("status", "503", True),
     ("status_code", "1", False), ("status", "200", False), ("http.status_code", "404", False), ("status", "", False),
     ("status", "OK", False), ("status", "UNAVAILABLE", True), ("error", "true", True), ("error", "1", True),
     ("error", "false", False), ("is_error", "0", False)],
)  # fmt: skip
def test_a_status_says_whether_a_span_failed(tmp_path, column, value, is_error):
    text = f"trace_id,span_id,operation,start,duration_ms,{column}\nt,a,GET,{START},1,{value}\n"
    (span,), _ = spans_of(tmp_path, text)
    assert span["is_error"] is is_error


def test_any_of_two_statuses_may_be_the_error(tmp_path):
    text = f"trace_id,span_id,start,status_code,http.status_code\nt,a,{START},0,500\nt,b,{START},1,200\n"
    rows, _ = spans_of(tmp_path, text)
    assert [row["is_error"] for row in rows] == [True, False]


def test_rows_that_are_no_span_are_listed_with_their_line(tmp_path):
    rows = (
        f"t,a,,web,GET,{START},5,OK",
        "t,b,a,web",
        "t,c,a,web,GET,soon,5,OK",
        "t,d,a,web,GET,2026-05-12 14:02:11,5,OK",
        f"t,e,a,web,GET,{START},slow,OK",
        "",
        f"t,f,a,web,GET,{START},NaN,OK",
        f"t,g,a,web,GET,{START},-3,OK",
        f't,h,a,"we, ""the"" web",GET,{START},,OK',
    )
    read, outcome = spans_of(tmp_path, HEADER + "\n".join(rows) + "\n")
    assert [(row["line"], row["duration_ms"]) for row in read] == [(2, 5.0), (8, None), (9, -3.0), (10, None)]
    assert read[-1]["service"] == 'we, "the" web'
    assert [failure.locator.line for failure in outcome.failures] == [3, 4, 5, 6]
    assert "--zone" in outcome.failures[2].next_step
    assert "not a number" in outcome.failures[3].reason


def test_a_mapping_goes_before_all_names(tmp_path):
    text = f"request,part,begun,time,app,service\nt,a,{START},5,web,wrong\n"
    mapping = {"trace_id": "request", "span_id": "part", "time": "begun", "duration_ms": "time", "service": "app"}
    (span,), _ = spans_of(tmp_path, text, mapping=mapping)
    assert (span["trace_id"], span["span_id"], span["service"], span["duration_ms"]) == ("t", "a", "web", 5.0)


@pytest.mark.parametrize(
    "text",
    ["timestamp,service,metric,value\n2026-05-12T14:02:00Z,cart,errors,1\n",
     "timestamp,level,trace_id,message\n2026-05-12T14:02:00Z,info,t,boom\n",
     "trace_id,span_id,duration_ms\nt,a,5\n"],
)  # fmt: skip
def test_tables_of_other_things_are_left_alone(text):
    assert READER.sniff(original(text, "x.csv")) == 0.0


def test_a_table_without_spans_says_what_to_do():
    with pytest.raises(AfteractionError, match="mapping"):
        READER.plan(original(f"time,trace_id\n{START},x\n", "x.csv"))


@pytest.mark.parametrize(
    ("name", "stem", "unit"),
    [("startTimeMicros", "start_time", "us"), ("StartTimeUnixNano", "start_time", "ns"), ("duration", "duration", ""),
     ("duration(µs)", "duration", "us"), ("elapsed_seconds", "elapsed", "s"), ("status", "status", ""),
     ("traces", "traces", ""), ("ms", "ms", "")],
)  # fmt: skip
def test_a_name_is_taken_apart_into_stem_and_unit(name, stem, unit):
    assert stem_and_unit(name) == (stem, unit)


@settings(max_examples=examples(6), deadline=None)
@given(cells=st.lists(st.text(alphabet=',"\nxé 5.Z-', max_size=12), min_size=8, max_size=8))
def test_whatever_a_row_holds_the_row_before_and_after_stay(tmp_path_factory, cells):
    good = f"t,a,,web,GET,{START},5,OK"
    # A lone quote may swallow the rest; with quotes escaped every cell ends where it ends.
    odd = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    read, outcome = spans_of(tmp_path_factory.mktemp("odd"), f"{HEADER}{good}\n{odd}\n{good}\n")
    last = 3 + "".join(cells).count("\n") + 1
    assert [row["line"] for row in read if row["span_id"] == "a"][:1] == [2]
    assert read[-1]["line"] == last
    assert len(read) + outcome.failures_total == 3
