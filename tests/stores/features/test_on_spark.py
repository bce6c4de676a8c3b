"""A real cluster (a master and two workers) counts exactly as DuckDB does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from benchmarks.spans import span_table, write_csv

from afteraction.formats.span_table.reader import READER
from afteraction.stores.evidence import EvidenceStore
from afteraction.stores.features import SPARK_MASTER, Features, Templates
from tests.formats.originals import file
from tests.stores.features.cases import ODD_LINES, ODD_SPANS, stored
from tests.stores.features.cluster import cluster, missing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=f"NOTHING WAS TESTED ON SPARK: {missing()}"),
]


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("spark")) as address:
        yield address


def both(store: EvidenceStore, master: str, monkeypatch: pytest.MonkeyPatch, templates: Templates) -> list[Features]:
    ours = store.features(templates)
    monkeypatch.setenv(SPARK_MASTER, master)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    return [ours, store.features(templates)]


def same(ours: Features, theirs: Features) -> None:
    for name in ("counts", "topology", "templates"):
        left, right = getattr(ours, name).table, getattr(theirs, name).table
        assert left.schema == right.schema
        assert left.equals(right), name


@pytest.mark.parametrize("named", [None, lambda texts: [f"T{len(text)}" if text != "ok" else "" for text in texts]])
def test_hard_spans_and_lines_are_counted_equally(master, tmp_path, monkeypatch, named):
    store = stored(tmp_path, ODD_SPANS, ODD_LINES)
    ours, theirs = both(store, master, monkeypatch, replace(Templates(), named=named))
    assert len(ours.counts) > 80
    same(ours, theirs)


def test_a_million_spans_are_counted_equally(master, tmp_path, monkeypatch):
    path = tmp_path / "traces.csv"
    write_csv(span_table(1_000_000), path)
    source = file(path)
    store = EvidenceStore(tmp_path / "store")
    imported = store.import_plan(source, READER.plan(source))
    assert imported.rows["spans"] > 990_000
    ours, theirs = both(store, master, monkeypatch, Templates())
    assert sum(ours.counts.where(feature="spans").column("count")) == imported.rows["spans"]
    same(ours, theirs)


def test_no_evidence_is_counted_equally(master, tmp_path, monkeypatch):
    same(*both(EvidenceStore(tmp_path), master, monkeypatch, Templates()))
