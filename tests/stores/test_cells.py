"""Tables are read equally by the fast and by the careful way, whatever their lines hold."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.stores import cells, lines
from afteraction.stores.evidence import EvidenceStore
from tests.effort import examples
from tests.formats.originals import original

PLAN = ReadPlan(
    shape=Shape.LOGS,
    layout=Layout.DELIMITED,
    time=TimeColumn(("time",)),
    columns=(Column("message", ("message",)), Column("service", ("service",))),
    keep_rest=True,
)
HEADER = "time,message,service,other\n"
T = "2026-05-12T14:02:11Z"


def read(folder: Any, text: bytes) -> tuple[list[tuple[Any, ...]], list[tuple[int, str]], int, tuple[str, ...]]:
    outcome = EvidenceStore(folder).import_plan(original(text, "log.csv"), PLAN)
    rows = [row for path in folder.glob("case/logs/*.parquet") for row in pq.read_table(path).to_pylist()]
    kept = [(row["line"], row["message"], row.get("service"), row.get("attributes")) for row in rows]
    return (
        sorted(kept),
        [(one.locator.line or 0, one.reason) for one in outcome.failures],
        outcome.failures_total,
        outcome.assumptions,
    )


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(lines, "CHUNK", 64)


ODD = (
    f"{T},up,cart,x\n", f"{T},  up ,cart ,\n", f"{T},,,\n", f"{T}, , ,  \n", "\n", "   \n", " \t \n", "\r\n",
    f"{T},up,cart,x\r\n", f"{T},up\n", f"{T},up,cart,x,\n", f"{T},up,cart,x,y\n", f"{T},a\rb,cart,x\n", ",,,\n",
    f'{T},"two\nlines",cart,x\n', f'{T},"a ""b"", c",cart,x\n', f'{T},5" wide,cart,x\n', "soon,up,cart,x\n",
    f"{T},日本 é,cårt,x\n", f"{T},nbsp\u00a0,\u00a0cart,x\n", f"{T},\ttab\t,cart,x\n", f"{T},\x00,cart,x\n", '"\n',
    f"{T},no end,cart,x",
)  # fmt: skip


def test_each_odd_line_is_read_as_the_careful_way_reads_it(tmp_path, monkeypatch, small_chunks):
    text = (HEADER + "".join(line + f"{T},plain,cart,{n}\n" for n, line in enumerate(ODD[:-1])) + ODD[-1]).encode()
    fast = read(tmp_path / "fast", text)
    monkeypatch.setattr(cells, "_cut", lambda *_: None)
    assert fast == read(tmp_path / "careful", text)
    assert len(fast[0]) > 30 and fast[2] >= 5


@settings(max_examples=examples(6), deadline=None)
@given(picked=st.lists(st.sampled_from(ODD), max_size=25), broken=st.booleans())
def test_any_lines_are_read_as_the_careful_way_reads_them(tmp_path_factory, picked, broken):
    folder = tmp_path_factory.mktemp("any")
    text = (HEADER + "".join(picked)).encode() + (b"\xff,\xfe,a,b\n" if broken else b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "CHUNK", 64)
        fast = read(folder / "fast", text)
        patch.setattr(cells, "_cut", lambda *_: None)
        assert fast == read(folder / "careful", text)


def test_a_plain_table_takes_the_fast_way(tmp_path, monkeypatch, small_chunks):
    taken = []
    cut = cells._cut
    monkeypatch.setattr(cells, "_cut", lambda *given: taken.append(cut(*given)) or taken[-1])
    text = (HEADER + "".join(f"{T},up,cart,{n}\n" for n in range(50))).encode()
    rows, failures, lost, _ = read(tmp_path, text)
    assert [row[0] for row in rows] == list(range(2, 52)) and (failures, lost) == ([], 0)
    assert any(taken) and sum(one.batch.num_rows for one in taken if one) >= 45
