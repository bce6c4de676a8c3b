"""The web application: pages of small and large incidents, intake, and reading and writing at once, on both databases.

Knows the order and the aims. Every figure comes from a process of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.web_load import put_under_load, served

Json = dict[str, Any]
SMALL, LARGE = 1_000, 1_000_000
RECORDS = 40_000
RATE, LASTING = 200, 30.0
HEADING = "## The web application"


def report(folder: Path, large: int = LARGE) -> str:
    """Everything measured, as a section of the results."""
    lines = [
        HEADING, "",
        "Elapsed time depends on who else uses the processors; processor time hardly does. Both stand here, with the"
        f" load at the end of each part. {os.cpu_count()} cores.", "",
    ]  # fmt: skip
    for name, make in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        place = folder / name
        place.mkdir()
        with make(place) as environment:
            lines += _database(name, environment, place, large)
    return "\n".join(lines)


@contextlib.contextmanager
def _sqlite(folder: Path) -> Iterator[dict[str, str]]:
    yield {**os.environ, "AFTERACTION_DATA": str(folder), "DATABASE_URL": ""}


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[dict[str, str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afteraction.web.config.settings")
    from tests.web.databases import postgresql

    with postgresql() as url:
        yield {**os.environ, "AFTERACTION_DATA": str(folder), "DATABASE_URL": url}


def _measure(environment: dict[str, str], what: str, *numbers: int) -> Json:
    command = [sys.executable, "-m", "benchmarks.web_site", what, *map(str, numbers)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[2:])} failed:\n{done.stderr[-2000:]}")
    told: Json = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _database(name: str, environment: dict[str, str], folder: Path, large: int) -> list[str]:
    stored = [_measure(environment, "store", size) for size in (SMALL, large)]
    lines = [f"### On {name}", "", *_storing(stored[1]), *_pages(_measure(environment, "pages", SMALL, large), large)]
    lines += _intake(_measure(environment, "ingest", RECORDS))
    given = _measure(environment, "token", large)
    with served(environment, folder) as (port, pid):
        put_under_load(port, pid, given["token"], f"INC-{large}", given["ids"], 20, 3.0)
        load = put_under_load(port, pid, given["token"], f"INC-{large}", given["ids"], RATE, LASTING)
    told = load.told
    return [
        *lines,
        f"**Reading and writing at once** ({RATE} requests/s due for {LASTING:.0f} s, one in five an edit, an incident"
        f" of {large:,} events, one web process): {told['answered']:.0f} answers in {told['lasted']:.1f} s,"
        f" **{told['answered'] / told['lasted']:.0f}/s**, **{told['errors']:.0f} errors**; median"
        f" {told['median_ms']:.0f} ms, p95 {told['p95_ms']:.0f} ms after the moment in which each was due;"
        f" {1000 * told['server_cpu_s'] / max(told['answered'], 1):.1f} ms of the server's processor time each."
        f" Load {os.getloadavg()[0]:.1f}.", "",
    ]  # fmt: skip


def _storing(told: Json) -> list[str]:
    count = told["events"]
    return [
        f"**Storing** an analysis of {count:,} events: {told['first_s']:.1f} s, **{count / told['first_s']:,.0f}"
        f" events/s** ({count / told['first_cpu_s']:,.0f} per second of processor time; aim: 20,000); again with one"
        f" event changed {told['again_s']:.1f} s ({told['again_cpu_s']:.1f} s of processor time). The same events into"
        f" one bare SQLite table: {told['bare_s']:.1f} s, so {told['first_s'] / told['bare_s']:.1f}× of that."
        f" Load {os.getloadavg()[0]:.1f}.", "",
    ]  # fmt: skip


def _pages(told: Json, large: int) -> list[str]:
    rows = []
    for name, each in told.items():
        small, big = each[str(SMALL)], each[str(large)]
        rows.append(
            f"| {name} | {small['median']:.0f} ms | {big['median']:.0f} ms | **{big['cpu'] / small['cpu']:.2f}×** |"
            f" {big['p95']:.0f} ms | {big['cpu_p95']:.0f} ms | {each['marks']} |"
        )
    return [
        f"**Pages** of {SMALL:,} and of {large:,} events, asked in turn; the ratio is of processor time (aim: at most"
        f" 1.5×), p95 is of the large one (aim: under 100 ms); marks at most 2,000. Load {os.getloadavg()[0]:.1f}.", "",
        "| page | small | large | ratio | p95 | p95 of processor time | marks |", "|---|---|---|---|---|---|---|",
        *rows, "",
    ]  # fmt: skip


def _intake(told: Json) -> list[str]:
    rows = [
        f"| {name} | {each['records']:,} | {each['events']:,} | {each['s']:.1f} s |"
        f" {each['records'] / each['s']:,.0f} | {each['records'] / each['cpu_s']:,.0f} |"
        f" {each['s'] / each['bare_s']:.0f}× |"
        for name, each in told.items()
    ]
    return [
        "**Intake**: from a file on disk to an analysis that shows (aim: 5,000 records/s). The reference puts the same"
        f" records as JSON into one bare SQLite table. Load {os.getloadavg()[0]:.1f}.", "",
        "| evidence | records | events | elapsed | records/s | per second of processor time | reference |",
        "|---|---|---|---|---|---|---|", *rows, "",
    ]  # fmt: skip
