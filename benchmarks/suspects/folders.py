"""Public sets and made-up incidents as case folders (docs/reference/case-folder.md), each without its answer.

Knows how the sets lie on disk. Refuses to write the answer anywhere but into the value that it returns.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.suspects import made_up_requests as requests
from benchmarks.suspects.made_up import Incident, make

SHARED = Path(os.environ.get("AFTERACTION_SHARED", Path(__file__).parents[2].parent / "shared"))
OPEN = SHARED / "corpus" / "datasets" / "open"
_POD = re.compile(r"-[a-z0-9]{6,10}-[a-z0-9]{5}$")
_MINUTES_OF_METRICS = 60
_ONE_DAY = "2023-01-29"


@dataclass(frozen=True)
class Asked:
    """One case: its folder, the right answer, and what kind of fault it was."""

    name: str
    folder: Path
    answer: str
    kind: str


def petshop(into: Path, shift_s: float = 0, part: str = "*") -> Iterator[Asked]:
    """PetShop, low traffic: the hours without an issue and the samples of one issue, calls and alert."""
    root = OPEN / "petshop" / "low_traffic"
    calls = _calls_of(root / "graph.csv")
    usual = list(_petshop_rows(root / "noissue" / "metrics.csv"))
    for issue in sorted(root.glob(f"{part}/issue_*")):
        said = json.loads((issue / "target.json").read_text())
        folder = into / f"{issue.parent.name}-{issue.name}"
        folder.mkdir(parents=True)
        rows = sorted([*usual, *_petshop_rows(issue / "metrics.csv")])
        _write(folder / "metrics.csv", ("timestamp", "service", "metric", "value"), rows)
        _write(folder / "topology.csv", ("caller", "callee"), calls)
        noticed = said["target"]
        _alert(folder, noticed["timestamp"] + shift_s, service=noticed["node"], metric=noticed["metric"])
        yield Asked(folder.name, folder, said["root_cause"]["node"], noticed["metric"])


def quiet_petshop(into: Path) -> Iterator[Asked]:
    """PetShop: the hours without an issue, an alert in their midst once every so often."""
    root = OPEN / "petshop" / "low_traffic"
    usual = sorted(_petshop_rows(root / "noissue" / "metrics.csv"))
    moments = sorted({datetime.fromisoformat(row[0]).timestamp() for row in usual})
    step = max(1, len(moments) // 12)
    for number, at in enumerate(moments[len(moments) // 3 :: step]):
        folder = into / f"quiet-{number}"
        folder.mkdir(parents=True)
        _write(folder / "metrics.csv", ("timestamp", "service", "metric", "value"), usual)
        _write(folder / "topology.csv", ("caller", "callee"), _calls_of(root / "graph.csv"))
        _alert(folder, at)
        yield Asked(folder.name, folder, "", "none")


def _calls_of(path: Path) -> list[tuple[str, str]]:
    head, *rows = csv.reader(path.open(encoding="utf-8"))
    return [(row[0], callee) for row in rows for callee, cell in zip(head[1:], row[1:], strict=True) if cell == "1.0"]


def _petshop_rows(path: Path) -> Iterator[tuple[str, str, str, str]]:
    services, metrics, statistics, _, *rows = csv.reader(path.open(encoding="utf-8"))
    for row in rows:
        at = datetime.fromtimestamp(float(row[0]), UTC).isoformat()
        for service, metric, statistic, cell in zip(services[1:], metrics[1:], statistics[1:], row[1:], strict=True):
            if cell:
                yield at, service, f"{metric}_{statistic}", cell


def unpack_nezha(into: Path) -> Path:
    """The day of Nezha, unpacked."""
    packed = OPEN / "nezha" / f"nezha-{_ONE_DAY}.tar.zst"
    with pa.input_stream(str(packed), compression="zstd") as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        tar.extractall(into, filter="data")
    found = next(iter(into.glob("**/rca_data")))
    return found.parent


def nezha(root: Path, into: Path, shift_s: float = 0) -> Iterator[Asked]:
    """Nezha: the normal minutes, three minutes from a fault's on, and an hour of metrics before it."""
    faults = json.loads((root / "rca_data" / _ONE_DAY / f"{_ONE_DAY}-fault_list.json").read_text())
    usual = root / "construct_data" / _ONE_DAY
    faulty = root / "rca_data" / _ONE_DAY
    for number, fault in enumerate(fault for hour in faults.values() for fault in hour):
        at = datetime.strptime(fault["inject_time"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        minutes = [f"{at + timedelta(minutes=more):%H_%M}" for more in range(3)]
        folder = into / f"{number:02d}-{fault['inject_type']}"
        folder.mkdir(parents=True)
        traces = [*sorted((usual / "trace").glob("*.csv")), *(faulty / "trace" / f"{one}_trace.csv" for one in minutes)]
        _write(folder / "traces.csv", _TRACE_HEAD, (row for path in traces for row in _nezha_spans(path)))
        logs = [*sorted((usual / "log").glob("*.csv")), *(faulty / "log" / f"{one}_log.csv" for one in minutes)]
        with (folder / "logs.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(line) + "\n" for path in logs for line in _nezha_lines(path))
        since, until = at - timedelta(minutes=_MINUTES_OF_METRICS), at + timedelta(minutes=3)
        measured = (
            row
            for path in sorted((faulty / "metric").glob("*_metric.csv"))
            for row in _nezha_metrics(path, since, until)
        )
        _write(folder / "metrics.csv", ("timestamp", "service", "metric", "value"), measured)
        _alert(folder, at.timestamp() + shift_s)
        yield Asked(folder.name, folder, _service(fault["inject_pod"]), fault["inject_type"])


def quiet_nezha(root: Path, into: Path) -> Iterator[Asked]:
    """Nezha: metrics of half an hour and five minutes without a fault, an alert after the half hour. From a fault to a
    quarter of an hour after it nothing is quiet."""
    told = json.loads((root / "rca_data" / _ONE_DAY / f"{_ONE_DAY}-fault_list.json").read_text())
    faults = [
        datetime.strptime(one["inject_time"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        for hour in told.values()
        for one in hour
    ]
    measured = [
        row
        for path in sorted((root / "rca_data" / _ONE_DAY / "metric").glob("*_metric.csv"))
        for row in _nezha_metrics(path, faults[0], faults[-1])
    ]
    at, last = min(faults) + timedelta(minutes=30), max(faults)
    number = 0
    while at < last:
        since, until = at - timedelta(minutes=30), at + timedelta(minutes=5)
        if not any(since - timedelta(minutes=15) <= fault <= until for fault in faults):
            folder = into / f"quiet-{number}"
            folder.mkdir(parents=True)
            inside = [row for row in measured if since <= datetime.fromisoformat(row[0]) <= until]
            _write(folder / "metrics.csv", ("timestamp", "service", "metric", "value"), inside)
            _alert(folder, at.timestamp())
            yield Asked(folder.name, folder, "", "none")
            number += 1
        at += timedelta(minutes=10)


_TRACE_HEAD = ("trace_id", "span_id", "parent_span_id", "service", "operation", "start", "duration_ms", "status")


def _service(pod: str) -> str:
    return _POD.sub("", pod)


def _nezha_spans(path: Path) -> Iterator[tuple[str, ...]]:
    for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
        parent = "" if row["ParentID"] == "root" else row["ParentID"]
        try:
            start = datetime.fromtimestamp(int(row["StartTimeUnixNano"]) / 1e9, UTC).isoformat()
            took = f"{float(row['Duration']) / 1000:.3f}"
        except (ValueError, TypeError):
            continue
        yield row["TraceID"], row["SpanID"], parent, _service(row["PodName"]), row["OperationName"], start, took, ""


def _nezha_lines(path: Path) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
        text = row["Log"] or ""
        with contextlib.suppress(ValueError, KeyError, TypeError):
            text = str(json.loads(text)["log"]).rstrip()
        level = next((word for word in ("ERROR", "WARN", "INFO", "DEBUG") if f" {word} " in text[:40]), "")
        yield {
            "timestamp": row["Timestamp"], "service": _service(row["PodName"]), "level": level, "message": text,
            "trace_id": row["TraceID"],
        }  # fmt: skip


def _nezha_metrics(path: Path, since: datetime, until: datetime) -> Iterator[tuple[str, str, str, str]]:
    for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
        at = datetime.fromtimestamp(float(row["TimeStamp"]), UTC)
        if not since <= at <= until:
            continue
        for name, value in row.items():
            if name not in ("Time", "TimeStamp", "PodName") and value:
                yield at.isoformat(), _service(row["PodName"]), name, value


def made_up(into: Path, seeds: Iterable[int], shift_s: float | None = 0, *, topology: bool = False) -> Iterator[Asked]:
    """Made-up incidents as one wide table; `shift_s` None leaves the alert out."""
    for seed in seeds:
        one = make(seed)
        folder = into / f"{seed}-{one.fault}"
        folder.mkdir(parents=True)
        _write(folder / "metrics.csv", ("time", *one.columns), _wide(one))
        if topology:
            _write(folder / "topology.csv", ("caller", "callee"), one.calls)
        if shift_s is not None:
            _alert(folder, one.fired_at + shift_s)
        yield Asked(folder.name, folder, one.answer, one.fault)


def made_up_requests(
    into: Path, seeds: Iterable[int], *, only_logs: bool = False, fault: str | None = None
) -> Iterator[Asked]:
    """Made-up incidents told by spans and log lines; `only_logs` leaves out spans and trace ids."""
    for seed in seeds:
        one = requests.make(seed, fault)
        folder = into / f"{seed}-{one.fault}"
        folder.mkdir(parents=True)
        if not only_logs:
            _write(
                folder / "traces.csv",
                _TRACE_HEAD,
                ((*ids, f"{at:.6f}", f"{ms:.3f}", "ERROR" if failed else "") for *ids, at, ms, failed in one.spans),
            )
        with (folder / "logs.jsonl").open("w", encoding="utf-8") as out:
            for at, service, level, message, trace in one.lines:
                stamp = datetime.fromtimestamp(at, UTC).isoformat()
                told = {"timestamp": stamp, "service": service, "level": level, "message": message}
                out.write(json.dumps(told if only_logs else {**told, "trace_id": trace}) + "\n")
        _alert(folder, one.fired_at)
        yield Asked(folder.name, folder, one.answer, one.fault)


def _wide(one: Incident) -> Iterator[list[str]]:
    table = np.column_stack([*one.columns.values()])
    for at, row in zip(one.times, table, strict=True):
        yield [f"{at:.0f}", *("" if np.isnan(cell) else f"{cell:.6g}" for cell in row)]


def _alert(folder: Path, at: float, **more: str) -> None:
    told = {"fired_at": datetime.fromtimestamp(at, UTC).isoformat(), **more}
    (folder / "alert.json").write_text(json.dumps(told))


def _write(path: Path, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows(rows)
