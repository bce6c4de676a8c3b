"""Originals of many pieces: rows in their order, every line either a row or listed with its reason."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.stores import lines, pieces
from afteraction.stores.evidence import EvidenceStore
from tests.formats.originals import original

PLAN = ReadPlan(
    shape=Shape.SPANS,
    layout=Layout.DELIMITED,
    time=TimeColumn(("time",)),
    columns=(Column("name", ("name",)), Column("duration_ms", ("took",), kind="real")),
)
ODD = ("ragged", '2026-05-12T14:02:11Z,"quoted, twice",2', "soon,bad time,2", "", "2026-05-12T14:02:11Z,bad number,x")


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(lines, "CHUNK", 256)
    monkeypatch.setattr(pieces, "_ENOUGH", 700)
    monkeypatch.setattr(pieces, "_MANY", 5)


def table(rows: int) -> list[str]:
    plain = [f"2026-05-12T14:02:11Z,span {n},{n}.5" for n in range(2, rows + 2)]
    return ["time,name,took", *(ODD[n // 7 % len(ODD)] if n % 7 == 3 else line for n, line in enumerate(plain))]


def test_rows_of_many_pieces_stay_in_their_order_and_no_line_is_lost(tmp_path, small_pieces):
    written = table(300)
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original("\n".join(written).encode(), "spans.csv"), PLAN)
    (kept,) = (pq.read_table(path).to_pylist() for path in store.places.tables("spans"))
    (listed,) = (pq.read_table(path).to_pylist() for path in (tmp_path / "case" / "rejected").glob("*.parquet"))
    read, rejected = [row["line"] for row in kept], [row["line"] for row in listed]
    blank = [number for number, line in enumerate(written, start=1) if not line]
    assert read == sorted(read) and rejected == sorted(rejected)
    assert sorted([1, *read, *rejected, *blank]) == list(range(1, len(written) + 1))
    assert all(row["name"] in written[row["line"] - 1] for row in kept)
    assert (outcome.rows["spans"], outcome.failures_total) == (len(read), len(rejected))
    reasons = {written[row["line"] - 1]: row["reason"] for row in listed}
    assert reasons == {
        "ragged": "the row has 1 cells, its header has 3.",
        "soon,bad time,2": 'the time "soon" cannot be read.',
        "2026-05-12T14:02:11Z,bad number,x": "a value is not a number.",
    }


def test_a_file_whose_every_line_is_rejected_leaves_no_table(tmp_path, small_pieces):
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(("time,name,took\n" + "soon,a,1\n" * 60).encode(), "spans.csv"), PLAN)
    assert (outcome.rows, outcome.failures_total) == ({}, 60)
    assert not store.places.tables("spans")
