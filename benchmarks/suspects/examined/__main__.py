"""`python -m benchmarks.suspects.examined OUT_DIR` writes every scenario and an index of tune and held_out."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.suspects.examined import SCENARIOS
from benchmarks.suspects.examined.names import CULPRITS, NONE
from benchmarks.suspects.examined.shapes import Scenario
from benchmarks.suspects.examined.telling import Telling


def split() -> dict[str, str]:
    """Every name with its half, alternating by the hash of the name, apart for culprits and for none."""
    halves = {}
    for names in (CULPRITS, NONE):
        ordered = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
        halves |= {name: ("tune", "held_out")[place % 2] for place, name in enumerate(ordered)}
    return halves


def _put(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def write(scenario: Scenario, folder: Path) -> None:
    """The files of one scenario under `data`, its answer beside them."""
    telling, data = Telling(scenario), folder / "data"
    (data / "context").mkdir(parents=True, exist_ok=True)
    for name, value in {
        "alert": telling.alert(),
        "traces": telling.traces(),
        "patterns": telling.patterns(),
        "context/commits": telling.commits(),
        "context/deploys": telling.deploys(),
        "context/flags": telling.flags(),
    }.items():
        _put(data / f"{name}.json", value)
    if scenario.status_feed is not None:
        _put(data / "status_feed.json", scenario.status_feed)
    text = "".join(json.dumps(record) + "\n" for record in telling.logs())
    (data / "logs.ndjson").write_text(text, encoding="utf-8")
    with (data / "metrics.csv").open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("timestamp", "service", "metric", "value"))
        table.writerows(telling.metrics())
    _put(folder / "answer.json", telling.answer())


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m benchmarks.suspects.examined OUT_DIR", file=sys.stderr)
        return 2
    out, halves = Path(arguments[0]), split()
    for scenario in SCENARIOS:
        write(scenario, out / scenario.name)
    _put(out / "index.json", {scenario.name: halves[scenario.name] for scenario in SCENARIOS})
    print(f"{len(SCENARIOS)} scenarios written to {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
