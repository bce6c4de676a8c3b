"""A block of samples is kept exactly as its samples would be, one by one."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Sample, SampleBlock
from afteraction.stores.evidence import EvidenceStore

BLOCK = SampleBlock(
    metric="pool_wait_seconds",
    times=[1778594340_000000, 1778594355_500000, 1778594370_000000],
    values=[0.041, None, -1.5e300],
    indexes=[0, 1, 7],
    lines=[9, 10, 16],
    labels={"quantile": "0.95"},
    service="ledger-db",
    unit="s",
    evidence=EvidenceRef("e" * 64, Locator(line=9, pointer="/data/result/0/values")),
)


def singles() -> list[Sample]:
    return [
        Sample(
            instant=Instant(utc=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time)),
            metric=BLOCK.metric,
            value=value,
            labels=BLOCK.labels,
            service=BLOCK.service,
            unit=BLOCK.unit,
            evidence=EvidenceRef("e" * 64, Locator(line=line, pointer=f"/data/result/0/values/{index}")),
        )
        for time, value, index, line in zip(BLOCK.times, BLOCK.values, BLOCK.indexes, BLOCK.lines, strict=True)
    ]


def rows(folder: Path, records: list[Sample | SampleBlock]) -> list[dict[str, object]]:
    store = EvidenceStore(folder)
    store.import_records(Source("e" * 64, "answer.json", 1, b"{", lambda: io.BytesIO(b"{}")), records)
    return pq.read_table(next(folder.rglob("samples/*.parquet"))).to_pylist()


def test_a_block_gives_the_rows_that_its_samples_give(tmp_path):
    assert rows(tmp_path / "block", [BLOCK]) == rows(tmp_path / "singles", singles())


def test_blocks_and_single_samples_of_one_original_are_one_table_by_time(tmp_path):
    found = rows(tmp_path, [singles()[2], BLOCK])
    assert [row["pointer"][-1] for row in found] == ["0", "1", "7", "7"]


@pytest.mark.parametrize("times", [[2**70, 1, 2], ["x", 1, 2]])
def test_a_block_that_cannot_be_kept_is_listed_with_all_it_stands_for(tmp_path, times):
    bad = SampleBlock(metric="m", times=times, values=[1.0, 2.0, 3.0], indexes=[0, 1, 2], evidence=BLOCK.evidence)
    store = EvidenceStore(tmp_path)
    source = Source("e" * 64, "answer.json", 1, b"{", lambda: io.BytesIO(b"{}"))
    outcome = store.import_records(source, [bad, *singles()])
    assert outcome.rows == {"samples": 3} and outcome.failures_total == 3
    assert "do not fit the evidence store" in str(outcome.failures[0])
