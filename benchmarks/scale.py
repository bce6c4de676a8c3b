"""Spans at scale: ingest of a CSV against DuckDB's own copy of it, and the feature step on DuckDB and on Spark.

`python -m benchmarks --only scale` measures ingest and features of the 449 MB file. `python -m benchmarks.scale grow
100000 1000000 …` prints the growth of the feature step, and with `--spark` that of a standalone cluster on loopback.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.core.records import Span
from afteraction.formats.span_table.reader import READER
from afteraction.stores.evidence import EvidenceStore, Imported
from afteraction.stores.features import Templates, on_duckdb, on_spark
from afteraction.stores.features.expression import STEPS
from afteraction.stores.features.inputs import spans_sql
from afteraction.stores.relations import table_of
from benchmarks.spans import span_table, write_csv

HEADING = "## Spans at scale\n"
SPANS = 3_460_000
ROUNDS = 2
BAD_EVERY = 1000
# Sorting a file of spans in memory takes about 300 bytes each.
LARGEST = 10_000_000


def report(folder: Path) -> str:
    """What was measured, as Markdown."""
    clean = folder / "traces.csv"
    write_csv(span_table(SPANS), clean)
    bad = folder / "bad.csv"
    _damage(clean, bad)
    lines = [_row(name, path, clean, folder) for name, path in (("clean", clean), ("1 row in 1,000 ragged", bad))]
    (spans,) = (folder / "store-clean").glob("case/spans/*.parquet")
    simple, whole = _simple(spans, folder), _whole(spans, folder)
    return "\n".join(
        (
            HEADING,
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. Original"
            " to Parquet with physical line numbers and rejected lines, hashing apart, against `COPY (FROM"
            f" read_csv(f)) TO parquet` of the clean file; medians of {ROUNDS} alternating rounds.",
            "",
            "| file | size | DuckDB | ours | ratio | of processor time | aim | rows | rejected |",
            "|---|---|---|---|---|---|---|---|---|",
            *lines,
            "",
            "| features of the stored spans | elapsed | processor time | aim |",
            "|---|---|---|---|",
            f"| spans, errors and durations per service, operation and minute | {simple[0]:.2f} s | {simple[1]:.2f} s |"
            " < 1.5 s |",
            f"| all features, with the joins of traces | {whole[0]:.2f} s | {whole[1]:.2f} s | |",
            "",
        )
    )


def _row(name: str, path: Path, clean: Path, folder: Path) -> str:
    pairs, outcome = [], Imported({})
    for number in range(ROUNDS + 1):
        reference = _timed(lambda: _reference(clean, folder / "reference.parquet"))
        root = folder / (f"store-{name}" if number == ROUNDS else f"store-{name}-{number}")
        store = EvidenceStore(root)
        source = source_of(path)
        began, used = time.perf_counter(), time.process_time()
        outcome = store.import_plan(source, READER.plan(source))
        pairs.append((reference, (time.perf_counter() - began, time.process_time() - used)))
        store.close()
    pairs = pairs[1:]  # the first round warms the disk's cache
    reference, ours = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
    ratio, cpu = (statistics.median(two[kind] / one[kind] for one, two in pairs) for kind in (0, 1))
    return (
        f"| {name} | {path.stat().st_size / 1e6:.0f} MB | {reference:.2f} s | {ours:.2f} s | **{ratio:.2f}×** |"
        f" {cpu:.2f}× | ≤ 2.0× | {outcome.rows['spans']:,} | {outcome.failures_total:,} |"
    )


def source_of(path: Path) -> Source:
    """A file as the store reads it."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    return Source("f" * 64, path.name, path.stat().st_size, head, lambda: path.open("rb"))


def _damage(clean: Path, bad: Path) -> None:
    with clean.open("rb") as given, bad.open("wb") as taken:
        for number, line in enumerate(given):
            taken.write(line.rpartition(b",")[0] + b"\n" if number % BAD_EVERY == BAD_EVERY - 1 else line)


def _reference(path: Path, target: Path) -> None:
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"COPY (FROM read_csv('{path}')) TO '{target}' (FORMAT parquet)")


def _timed(work: object) -> tuple[float, float]:
    began, used = time.perf_counter(), time.process_time()
    work()  # type: ignore[operator]
    return time.perf_counter() - began, time.process_time() - used


def _simple(spans: Path, folder: Path) -> tuple[float, float]:
    def run() -> None:
        with duckdb.connect(config=on_duckdb._settings(folder / "scratch")) as connection:
            connection.execute(f"CREATE TEMP VIEW spans AS {spans_sql(table_of([spans], Span), 'epoch_us(instant)')}")
            for step in STEPS[:2]:
                connection.execute(f"CREATE TEMP VIEW {step.name} AS {step.sql}")
            connection.sql("SELECT * FROM measured").to_arrow_table()

    return min(_timed(run) for _ in range(ROUNDS))


def _whole(spans: Path, folder: Path) -> tuple[float, float]:
    return min(_timed(lambda: on_duckdb.reduce([spans], [], Templates(), folder / "scratch")) for _ in range(ROUNDS))


def stored(folder: Path, spans: int, seed: int) -> Path:
    """Spans as the store would keep them, without the way through CSV."""
    path = folder / f"{spans}-{seed}.parquet"
    with duckdb.connect() as connection:
        connection.register("spans", span_table(spans, seed))
        connection.execute(
            "COPY (SELECT make_timestamp(at_us)::TIMESTAMPTZ AS instant, trace_id, span_id,"
            " parent_span_id AS parent_id, service, operation AS name, duration_us / 1000 AS duration_ms,"
            " status = 'ERROR' AS is_error FROM spans)"
            f" TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return path


def _grow(sizes: list[int], spark: bool) -> None:
    from tests.stores.features.cluster import cluster

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            paths = _pieces(folder, size)
            elapsed, used = _timed(lambda: on_duckdb.reduce(paths, [], Templates(), folder / "scratch"))  # noqa: B023
            rows = sum(pq.ParquetFile(path).metadata.num_rows for path in paths)
            print(f"{rows:,} spans: DuckDB {elapsed:.1f} s, {used:.1f} s of processor time", flush=True)
            if spark:
                with cluster(folder) as master:
                    elapsed, _ = _timed(lambda: on_spark.reduce(paths, [], Templates(), master))  # noqa: B023
                print(f"{rows:,} spans: Spark {elapsed:.1f} s, load {os.getloadavg()[0]:.1f}", flush=True)
            for path in paths:
                path.unlink()


def _pieces(folder: Path, size: int) -> list[Path]:
    """Files of at most `LARGEST` spans with different traces. A process of its own makes each, so that its memory does
    not stay with the one that is measured."""
    sizes = [min(LARGEST, size - done) for done in range(0, size, LARGEST)]
    for seed, spans in enumerate(sizes, start=7):
        made = [sys.executable, "-m", "benchmarks.scale", "make", str(folder), str(spans), str(seed)]
        subprocess.run(made, check=True)
    return [folder / f"{spans}-{seed}.parquet" for seed, spans in enumerate(sizes, start=7)]


if __name__ == "__main__":
    if sys.argv[1] == "make":
        stored(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        _grow([int(size) for size in sys.argv[2:] if size.isdigit()], "--spark" in sys.argv)
