"""A made-up shop whose cart breaks: the case that every test here spoils in one way.

Forty minutes of storefront → cart → stock in the files of `docs/reference/case-folder.md`. From 14:27 on cart is slow
by itself, burns its processor and fails; storefront only waits for it. All numbers come from sines, none from chance.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from afteraction.cli.main import main

BEGAN = datetime(2026, 5, 12, 14, 0, tzinfo=UTC)
BROKE = BEGAN + timedelta(minutes=27)
ENDED = BEGAN + timedelta(minutes=40)
SERVICES = ("storefront", "cart", "stock")
LEVELS = {"cpu": 0.3, "latency_ms": 40.0, "error_ratio": 0.005, "request_rate": 120.0}
TIMES = {"cpu": 2.8, "latency_ms": 9.0, "error_ratio": 30.0, "request_rate": 0.9}


@dataclass(frozen=True)
class Sample:
    """One value: `at` in UTC."""

    at: datetime
    service: str
    metric: str
    value: float


def wave(*seeds: int) -> float:
    """Something between −1 and 1 that looks like noise and is the same each time."""
    return math.sin(sum((place + 1) * 12.9898 * seed for place, seed in enumerate(seeds)) * 43758.5453)


def samples(services: Iterable[str] = SERVICES, broken: str = "cart", since: datetime = BROKE) -> Iterator[Sample]:
    """Every half minute of every service: its processor, latency, errors and requests."""
    for step in range(80):
        at = BEGAN + timedelta(seconds=30 * step)
        for number, service in enumerate(services):
            for place, (metric, level) in enumerate(LEVELS.items()):
                value = level * (1 + 0.04 * wave(step, number, place))
                if service == broken and at >= since:
                    value *= TIMES[metric]
                if service == "storefront" and broken not in ("", service) and metric == "latency_ms" and at >= since:
                    value *= 3
                yield Sample(at, service, metric, round(value, 6))


def iso(at: datetime) -> str:
    """2026-05-12T14:00:00Z"""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ").replace(".000000Z", "Z")


def metric_rows(every: Iterable[Sample] | None = None) -> list[str]:
    """`metrics.csv`, long, line by line."""
    found = samples() if every is None else every
    return ["timestamp,service,metric,value", *(f"{iso(s.at)},{s.service},{s.metric},{s.value}" for s in found)]


def wide_rows(name: Callable[[str, str], str], every: Iterable[Sample] | None = None) -> list[str]:
    """`metrics.csv`, wide, line by line; `name` makes a column of a service and a metric."""
    columns: list[str] = []
    rows: dict[str, dict[str, float]] = {}
    for one in samples() if every is None else every:
        column = name(one.service, one.metric)
        columns += [column] if column not in columns else []
        rows.setdefault(iso(one.at), {})[column] = one.value
    lines = [",".join((at, *(str(row.get(column, "")) for column in columns))) for at, row in rows.items()]
    return [",".join(("timestamp", *columns)), *lines]


def span_rows(*, shift: dict[str, timedelta] | None = None) -> list[str]:
    """`traces.csv` line by line: a checkout every 15 seconds; `shift` moves the clock of a service."""
    lines = ["trace_id,span_id,parent_span_id,service,operation,start,duration_ms,status"]
    for step in range(160):
        at = BEGAN + timedelta(seconds=15 * step)
        own = 200 * (1 + 0.1 * wave(step)) if at >= BROKE else 20 * (1 + 0.1 * wave(step))
        failed = at >= BROKE and step % 2 == 0
        trace = f"{step:032x}"
        for depth, (service, operation) in enumerate(zip(SERVICES, ("POST /checkout", "Reserve", "Take"), strict=True)):
            start = at + timedelta(milliseconds=4 * depth) + (shift or {}).get(service, timedelta())
            took = 8.0 + 0.5 * wave(step, depth)
            took += own + 12 if service == "cart" else own + 30 if service == "storefront" else 0
            parent = f"{step:08x}{depth - 1:08x}" if depth else ""
            status = "ERROR" if failed and service != "stock" else "OK"
            cells = (trace, f"{step:08x}{depth:08x}", parent, service, operation, iso(start), f"{took:.3f}", status)
            lines.append(",".join(cells))
    return lines


def log_objects() -> list[dict[str, Any]]:
    """`logs.jsonl`: cart says what it does, and from 14:27 on that it cannot."""
    found: list[dict[str, Any]] = []
    for step in range(160):
        at = BEGAN + timedelta(seconds=15 * step)
        words = {"timestamp": iso(at), "service": "cart", "level": "INFO", "message": f"reserved {step} items"}
        if at >= BROKE:
            words |= {"level": "ERROR", "message": f"cannot parse price of item {step}: no number"}
        found.append(words | {"trace_id": f"{step:032x}"})
    return found


def changes() -> list[dict[str, Any]]:
    """`changes.json`: the deployment of cart, one of stock long before, and a flag of storefront after it broke."""
    return [
        {"at": iso(BEGAN - timedelta(hours=5)), "kind": "deploy", "service": "stock", "id": "d-1", "title": "stock 8"},
        {"at": iso(BROKE - timedelta(minutes=1)), "kind": "deploy", "service": "cart", "id": "d-2",
         "title": "cart 2.4.0", "version": "2.4.0", "diff": "+    price = float(item.price)\n"},
        {"at": iso(BROKE + timedelta(minutes=5)), "kind": "flag", "service": "storefront", "id": "f-3",
         "title": "banner on"},
    ]  # fmt: skip


def alert(**more: Any) -> dict[str, Any]:
    """`alert.json`"""
    return {"fired_at": iso(BROKE + timedelta(minutes=2)), "service": "storefront", "metric": "latency_ms"} | more


def whole() -> dict[str, Any]:
    """Every file of the case."""
    return {
        "metrics.csv": metric_rows(),
        "traces.csv": span_rows(),
        "logs.jsonl": log_objects(),
        "changes.json": changes(),
        "alert.json": alert(),
        "topology.csv": ["caller,callee", "storefront,cart", "cart,stock"],
    }


def as_text(name: str, content: Any) -> str:
    """What `write` makes of it, as text."""
    if isinstance(content, str):
        return content
    if name.endswith(".jsonl"):
        return "".join(f"{json.dumps(one)}\n" for one in content)
    if isinstance(content, list) and content and isinstance(content[0], str):
        return "".join(f"{line}\n" for line in content)
    return json.dumps(content)


def write(folder: Path, files: Mapping[str, Any]) -> Path:
    """Writes a case: bytes as they are, text as UTF-8, lists of text as lines, lists of objects (`.jsonl`) one per
    line, everything else as JSON."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else as_text(name, content).encode())
    return folder


@dataclass(frozen=True)
class Answer:
    """What was printed for a case."""

    document: dict[str, Any]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The first service of the list; empty when there is none."""
        return next((one["name"] for one in self.document["suspects"] if one["kind"] == "service"), "")

    @property
    def first_change(self) -> str:
        """The id of the first change of the list; empty when there is none."""
        return next((one["change"] for one in self.document["suspects"] if one["kind"] == "change"), "")

    @property
    def abstained(self) -> bool:
        """Whether the evidence does not tell."""
        return bool(self.document["abstained"])

    def probability(self, name: str) -> float:
        """That of a service or of a change by its id."""
        return sum(one["probability"] for one in self.document["suspects"] if name in (one["name"], one.get("change")))

    def told(self, file: str) -> list[str]:
        """The failures of a file: `place: reason`."""
        return [f"{one['place']}: {one['reason']}" for one in self.files[file]["failures"]]


def ask(folder: Path, *options: str, top: int = 20) -> Answer:
    """What `afteraction analyze FOLDER --suspects --json` prints. What holds for every answer is asserted here:
    it ends with 0 and without an exception, its probabilities sum to one, an abstention says why, every file is listed,
    and one that was not read whole says what was lost."""
    arguments = ["analyze", str(folder), "--suspects", "--json", "--top", str(top), *options]
    outcome = CliRunner().invoke(main, arguments)
    assert outcome.exception is None, outcome.output
    assert outcome.exit_code == 0, outcome.output
    document = json.loads(outcome.stdout)
    shares = [one["probability"] for one in document["suspects"]]
    assert all(0 <= share <= 1 for share in shares) and shares == sorted(shares, reverse=True)
    assert math.isclose(sum(shares) + document["remaining"], 1, abs_tol=1e-9), shares
    assert document["suspects_note"] or not document["abstained"]
    assert all(math.isfinite(term["log_odds"]) for one in document["suspects"] for term in one["terms"])
    given = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {one["name"] for one in document["files"]} == given
    for one in document["files"]:
        assert one["state"] not in ("partial", "failed") or one["failures_total"], one["name"]
    return Answer(document, {one["name"]: one for one in document["files"]})
