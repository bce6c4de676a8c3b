"""Pages of reviews: the demo's and one of five hundred causes, against a page that has nothing to do with reviews.

Knows the order of the table. Every figure comes from a process of its own, on SQLite.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.reviews_site import NODES, REFERENCE

Json = dict[str, Any]
HEADING = "## Reviews"


def report(folder: Path) -> str:
    """The section of the results."""
    told = _measure(folder)
    reference = told.pop(REFERENCE)
    rows = [
        f"| {name} | {each['median']:.0f} ms | {each['p95']:.0f} ms | {each['cpu']:.0f} ms | {each['cpu_p95']:.0f} ms |"
        f" **{each['cpu'] / reference['cpu']:.2f}×** |"
        for name, each in told.items()
    ]
    return "\n".join(
        [
            HEADING,
            "",
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, on SQLite."
            f" The demo's review, and one of {NODES} causes with as much evidence, every page asked in turn with the"
            " demo's timeline page, which has nothing to do with reviews: the ratio is of processor time.",
            "",
            f"That page took {reference['median']:.0f} ms (p95 {reference['p95']:.0f} ms), {reference['cpu']:.0f} ms of"
            f" processor time (p95 {reference['cpu_p95']:.0f} ms). Aim: the review page of the demo answers within"
            " 100 ms (p95). The browser draws an edit by itself and then asks for the graph behind it; how long that"
            " and the layout of 500 causes take in the page is held by `tests/browser/test_graph.py` (under 50 ms,"
            " under 1 s).",
            "",
            "| page | median | p95 | processor time | p95 of it | ratio |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "",
        ]
    )


def _measure(folder: Path) -> Json:
    place = folder / "reviews"
    place.mkdir()
    environment = {**os.environ, "AFTERACTION_DATA": str(place), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "benchmarks.reviews_site"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[2:])} failed:\n{done.stderr[-2000:]}")
    told: Json = json.loads(done.stdout.strip().splitlines()[-1])
    return told
