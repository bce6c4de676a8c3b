"""Runs the benchmarks and writes RESULTS.md beside itself. `--only` leaves the other part as it was measured before."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks import causes, logs, reviews, scale, starting, web
from benchmarks.analysis import time_analysis
from benchmarks.document_readers import run as read_documents
from benchmarks.documents import throughput
from benchmarks.ingest import compare, peak_memory
from benchmarks.material import refuse_without_space
from benchmarks.suspects import root_causes, services, unseen

PARTS = ("engine", "causes", "start", "reviews", "web", "logs", "scale", "services", "suspects")
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Reads the options, measures, writes and prints the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="log lines of the comparison (default 1,000,000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that alternate both (default 5)")
    parser.add_argument("--size", type=float, default=1.0, help="GB for peak memory (default 1; the aim is 5)")
    parser.add_argument("--folder", type=Path, default=None, help="where the generated files go")
    parser.add_argument("--only", choices=PARTS, help="measure one part")
    parser.add_argument("--events", type=int, default=web.LARGE, help="events of the large incident")
    options = parser.parse_args()
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    rest, _, which = before.partition(root_causes.HEADING)
    rest, _, where = rest.partition(services.HEADING)
    rest, _, spans = rest.partition(scale.HEADING)
    rest, _, templates = rest.partition(logs.HEADING)
    rest, _, site = rest.partition(web.HEADING)
    rest, _, pages = rest.partition(reviews.HEADING)
    rest, _, start = rest.partition(starting.HEADING)
    engine, _, trees = rest.partition(causes.HEADING)
    measured = (
        (causes.HEADING, trees), (starting.HEADING, start), (reviews.HEADING, pages), (web.HEADING, site),
        (logs.HEADING, templates), (scale.HEADING, spans), (services.HEADING, where), (root_causes.HEADING, which),
    )  # fmt: skip
    trees, start, pages, site, templates, spans, where, which = (
        heading + kept if kept else "" for heading, kept in measured
    )
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        refuse_without_space(folder, int(options.size * 2.5e9 + options.lines * 1500))
        if options.only in (None, "engine"):
            engine = report(folder, options.lines, options.rounds, int(options.size * 1e9)) + "\n"
        if options.only in (None, "causes"):
            trees = causes.report() + "\n"
        if options.only in (None, "start"):
            start = starting.report(folder)
        if options.only in (None, "reviews"):
            pages = reviews.report(folder)
        if options.only in (None, "web"):
            site = web.report(folder, options.events)
        if options.only in (None, "logs"):
            templates = logs.report(folder)
        if options.only in (None, "scale"):
            spans = scale.report(folder)
        if options.only in (None, "services"):
            where = services.report()
        if options.only in (None, "suspects"):
            which = f"{root_causes.report()}\n{unseen.report()}"
    later = [part.strip("\n") for part in (site, templates, spans, where, which)]
    text = engine + trees + start + pages + "\n\n".join(part for part in later if part) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def report(folder: Path, lines: int, rounds: int, size: int) -> str:
    """Everything measured, as Markdown."""
    clean = compare(folder, "clean", lines, 0.0, rounds)
    bad = compare(folder, "bad", lines, 0.02, rounds)
    whole = time_analysis(folder)
    written, seconds, mebibytes, rows = peak_memory(folder, size)
    ingest = [
        f"| {one.name} | {one.size / 1e6:.0f} MB | {one.reference:.2f} s | {one.ours:.2f} s |"
        f" **{one.ratio:.2f}×** | {one.cpu_ratio:.2f}× | ≤ {aim} | {one.rows:,} | {one.rejected:,} |"
        for one, aim in ((clean, "2.0×"), (bad, "3.0×"))
    ]
    documents = [f"| {title} | {speed:.1f} MB/s | {told} |" for title, speed, told in read_documents()]
    stored = [
        f"| {name} | {size / 1e6:.0f} MB | {records:,} | {read:.1f} MB/s | {both:.1f} MB/s |"
        for name, size, read, both, records in throughput(folder)
    ]
    return "\n".join(
        [
            "# Results of the benchmarks",
            "",
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python"
            f" {platform.python_version()}, DuckDB {duckdb.__version__}. `python -m benchmarks` writes this page.",
            "",
            "## Ingest of JSON lines",
            "",
            "Original to Parquet sorted by time, with physical line numbers and a list of rejected lines, hashing"
            f" apart, against `COPY (SELECT * FROM read_json(f)) TO parquet (zstd)`; medians of {rounds} alternating"
            " rounds. With bad lines (2 %: blank, cut, not text, no time) the reference reads the clean file, since it"
            " stops at the first bad line.",
            "",
            "| file | size | DuckDB | ours | ratio | of processor time | aim | rows | rejected |",
            "|---|---|---|---|---|---|---|---|---|",
            *ingest,
            "",
            "## Peak memory",
            "",
            f"A file of {written / 1e9:.1f} GB, out of order, {rows:,} rows: {seconds:.0f} s"
            f" ({written / 1e6 / seconds:.0f} MB/s), peak resident memory **{mebibytes:.0f} MiB** (aim: under 1,024).",
            "",
            "## Document readers",
            "",
            "Reading alone, processor time of one core, the best of three; aim: at least 10 MB/s.",
            "",
            "| reader | reading | original and reference |",
            "|---|---|---|",
            *documents,
            "",
            "From the original to stored Parquet, elapsed:",
            "",
            "| reader | size | records | reading | reading and storing |",
            "|---|---|---|---|---|",
            *stored,
            "",
            "## The whole command",
            "",
            f"`afteraction analyze` on {whole.lines:,} log lines, {whole.events:,} events and {whole.series} metric"
            f" series: **{whole.seconds:.1f} s** from start to exit (aim: under 10 s);"
            f" hashing the same bytes takes {whole.reference:.2f} s.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
