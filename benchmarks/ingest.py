"""Bulk ingest against DuckDB's own copy of the same JSON lines, alternating in one process; and its peak memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.formats.json_lines.reader import READER
from afteraction.stores.evidence import EvidenceStore, Imported
from benchmarks.material import grow, write_json_lines


@dataclass(frozen=True, slots=True)
class Compared:
    """Seconds of both, the medians of the rounds' ratios (elapsed, and of processor time), and what came out."""

    name: str
    size: int
    reference: float
    ours: float
    ratio: float
    cpu_ratio: float
    rows: int
    rejected: int


def source_of(path: Path) -> Source:
    """A file as the store reads it."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    return Source("f" * 64, path.name, path.stat().st_size, head, lambda: path.open("rb"))


def compare(folder: Path, name: str, lines: int, bad_share: float, rounds: int) -> Compared:
    """Original to sorted Parquet with line numbers and rejected lines, hashing apart. The reference reads the clean
    file, or with bad lines a copy of it without them, since it stops at the first."""
    clean, path = folder / "clean.jsonl", folder / f"{name}.jsonl"
    write_json_lines(clean, lines)
    size = write_json_lines(path, lines, bad_share=bad_share) if bad_share else clean.stat().st_size
    path = path if bad_share else clean
    pairs, outcome = [], Imported({})
    for _ in range(rounds + 1):
        reference = _timed(lambda: _reference(clean, folder / "reference.parquet"))
        store = EvidenceStore(folder / f"store-{time.monotonic_ns()}")
        source = source_of(path)
        plan = READER.plan(source)

        def ingest(store: EvidenceStore = store, source: Source = source, plan: object = plan) -> None:
            nonlocal outcome
            outcome = store.import_plan(source, plan)  # type: ignore[arg-type]

        pairs.append((reference, _timed(ingest)))
        store.close()
    pairs = pairs[1:]  # the first round warms the disk's cache
    return Compared(
        name,
        size,
        statistics.median(one[0] for one, _ in pairs),
        statistics.median(two[0] for _, two in pairs),
        statistics.median(two[0] / one[0] for one, two in pairs),
        statistics.median(two[1] / one[1] for one, two in pairs),
        outcome.rows.get("logs", 0),
        outcome.failures_total,
    )


def _reference(path: Path, target: Path) -> None:
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(f"COPY (SELECT * FROM read_json('{path}')) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    connection.close()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that passed, and seconds of processor time of all threads."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - used


def peak_memory(folder: Path, size: int) -> tuple[int, float, float, int]:
    """(bytes of the file, seconds, peak resident MiB, rows) of ingesting a big file out of order, in a process of
    its own."""
    path = folder / "big.jsonl"
    written = grow(path, size)
    command = [sys.executable, "-m", "benchmarks.ingest", str(path), str(folder / "big-store")]
    seconds, mebibytes, rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    path.unlink()
    return written, float(seconds), float(mebibytes), int(rows)


def main() -> None:
    """Ingests one file and prints seconds, peak resident MiB and rows."""
    path, store = Path(sys.argv[1]), EvidenceStore(Path(sys.argv[2]))
    source = source_of(path)
    began = time.perf_counter()
    outcome = store.import_plan(source, READER.plan(source))
    seconds = time.perf_counter() - began
    print(f"{seconds:.2f} {_own_peak():.0f} {outcome.rows['logs']}")


def _own_peak() -> float:
    """Peak resident MiB of this program alone: `ru_maxrss` would carry over that of the process which started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
