"""Who calls whom in an analysis: calls that spans show, declared ones, and those that the map lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.report.document import to_json
from afteraction.stores.evidence import EvidenceStore

SPAN = "{},{},{},{},op,2026-05-12T14:00:0{}Z,5,{}\n"
HEADER = "trace_id,span_id,parent_span_id,service,operation,start,duration_ms,status\n"


def topology(tmp_path: Path, spans: str, declared: str = "") -> dict[str, Any]:
    case = tmp_path / "case"
    case.mkdir()
    (case / "traces.csv").write_text(HEADER + spans)
    if declared:
        (case / "topology.csv").write_text("caller,callee\n" + declared)
    found: dict[str, Any] = to_json(analyze(Request(paths=[case]), EvidenceStore(tmp_path / "store")))["topology"]
    return found


SPANS = "".join(
    SPAN.format(f"t{n}", "a", "", "web", n, "OK")
    + SPAN.format(f"t{n}", "b", "a", "app", n, "OK")
    + SPAN.format(f"t{n}", "c", "b", "redis", n, "OK")
    + SPAN.format(f"t{n}", "d", "a", "flags", n, "ERROR")
    + SPAN.format(f"t{n}", "e", "d", "redis", n, "ERROR")
    for n in range(3)
)


def test_a_shared_store_that_the_map_lacks_is_named(tmp_path: Path):
    told = topology(tmp_path, SPANS, "web,app\napp,redis\nweb,flags\n")
    assert [each["says"] for each in told["couplings"]] == [
        "Undeclared dependency: flags → redis, which app uses as well."
    ]
    flags = next(each for each in told["calls"] if each["caller"] == "flags")
    assert (flags["count"], flags["errors"], flags["declared"]) == (3, 3, False)


def test_without_a_map_calls_are_told_and_nothing_is_undeclared(tmp_path: Path):
    told = topology(tmp_path, SPANS)
    assert told["seen"] == 4 and told["couplings"] == []
    assert {each["declared"] for each in told["calls"]} == {None}
