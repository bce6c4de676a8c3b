"""Tables and lists that are broken: what could be read is used, what could not is listed by its place."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.pipeline.bad_cases.shop import (
    BROKE,
    alert,
    ask,
    changes,
    iso,
    log_objects,
    metric_rows,
    span_rows,
    whole,
    write,
)  # fmt: skip


def ragged(lines: list[str]) -> list[str]:
    """The sixth line one cell short, the tenth two too long."""
    short, long = lines[5].rpartition(",")[0], f"{lines[9]},more,still more"
    return [*lines[:5], short, *lines[6:9], long, *lines[10:]]


def test_rows_of_another_width_are_listed_by_line_in_every_table(tmp_path: Path) -> None:
    files = whole() | {"metrics.csv": ragged(metric_rows()), "traces.csv": ragged(span_rows())}
    files["topology.csv"] = ["caller,callee", "storefront,cart", "cart", "cart,stock", ",stock"]
    found = ask(write(tmp_path, files))
    assert found.told("metrics.csv") == [
        "line 6: the row has 3 cells, its header has 4.", "line 10: the row has 6 cells, its header has 4.",
    ]  # fmt: skip
    assert found.told("traces.csv") == [
        "line 6: the row has 7 cells, its header has 8.", "line 10: the row has 10 cells, its header has 8.",
    ]  # fmt: skip
    assert found.told("topology.csv") == [
        "line 3: the row has 1 cells, its header has 2.", "line 5: the row names only one service.",
    ]  # fmt: skip
    assert found.first == "cart" and found.first_change == "d-2"


def test_log_lines_that_are_broken_off_are_listed_by_line(tmp_path: Path) -> None:
    lines = [f"{json.dumps(one)}\n" for one in log_objects()]
    lines[3] = lines[3][:25] + "\n"
    found = ask(write(tmp_path, {"logs.jsonl": "".join(lines), "metrics.csv": metric_rows()}))
    assert [one.partition(":")[0] for one in found.told("logs.jsonl")] == ["line 4"]
    assert found.first == "cart" and not found.abstained


def test_a_parquet_file_that_was_cut_off_is_listed_with_the_reason(tmp_path: Path) -> None:
    table = pa.table({"timestamp": list(range(500)), "value": [float(one) for one in range(500)]})
    pq.write_table(table, tmp_path / "whole.parquet")
    (tmp_path / "half.parquet").write_bytes((tmp_path / "whole.parquet").read_bytes()[:900])
    found = ask(write(tmp_path, {"metrics.csv": metric_rows(), "alert.json": alert()}))
    assert found.files["half.parquet"]["state"] == found.files["whole.parquet"]["state"] == "unread"
    assert "cut off" in found.told("half.parquet")[0] and "cut off" not in found.told("whole.parquet")[0]
    assert all(found.files[name]["failures"][0]["next_step"] for name in ("half.parquet", "whole.parquet"))
    assert found.first == "cart"


def test_changes_with_holes_are_used_as_far_as_they_go(tmp_path: Path) -> None:
    odd = [
        {"at": iso(BROKE), "kind": "banana", "id": "b-1", "title": "a thing"},
        {"kind": "deploy", "id": "b-2"},
        {"at": iso(BROKE), "kind": None, "service": None, "id": 7, "title": None, "files": "a.py", "diff": None},
        {"at": "yesterday", "kind": "deploy", "id": "b-3"},
        {"at": None, "kind": "deploy", "id": "b-4"},
        {},
        None,
        "deployed",
        {"at": iso(BROKE), "kind": "flag", "service": None},
    ]
    found = ask(write(tmp_path, whole() | {"changes.json": [*changes(), *odd]}))
    assert [one.split(":")[0] for one in found.told("changes.json")] == [
        f"line 1, /{place}"
        for place in ("3/kind", "4/at", "5/kind", "6/at", "7/at", "8/at", "9", "10")
    ]  # fmt: skip
    assert found.files["changes.json"]["rows"] == 6
    assert found.first_change == "d-2"
    assert all(one["name"] for one in found.document["suspects"])


def test_a_commit_and_a_deployment_of_one_id_are_two_changes(tmp_path: Path) -> None:
    commit = {"at": iso(BROKE), "kind": "commit", "service": "cart", "id": "d-2", "title": "Read prices as numbers"}
    found = ask(write(tmp_path, whole() | {"changes.json": [*changes(), commit]}))
    titles = {one["name"] for one in found.document["suspects"] if one.get("change") == "d-2"}
    assert titles == {"cart 2.4.0", "Read prices as numbers"}
    assert found.first_change == "d-2"


def test_the_reader_that_people_name_is_taken(tmp_path: Path) -> None:
    write(tmp_path, {"metrics.csv": metric_rows(), "alert.json": alert(), "lost.dat": changes()})
    found = ask(tmp_path, "--format", "change_list=lost.dat", "--format", "topology_table=metrics.csv")
    assert found.files["lost.dat"]["reader"] == "change_list" and found.files["lost.dat"]["rows"] == 3
    assert found.files["metrics.csv"]["state"] == "failed" and found.told("metrics.csv")
    assert found.abstained


def test_a_reader_that_does_not_exist_is_named(tmp_path: Path) -> None:
    found = ask(write(tmp_path, {"metrics.csv": metric_rows()}), "--format", "metric=metrics.csv")
    assert found.told("metrics.csv") == [': there is no reader named "metric".']
    assert found.abstained
