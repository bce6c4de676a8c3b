"""The whole command over one large case: a million log lines, ten thousand events and two hundred metric series."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

START = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
HOURS = 4
DISTURBED = (0.5, 0.7)


@dataclass(frozen=True)
class Timed:
    """One measurement: `seconds` is the median of whole processes, `reference` that of reading the same bytes."""

    lines: int
    events: int
    series: int
    seconds: float
    reference: float
    peak_mib: float


def time_analysis(folder: Path, rounds: int = 3, lines: int = 1_000_000) -> Timed:
    """Writes the case below `folder` and times `analyze` on it, from start to exit, against `sha256` of its bytes."""
    case = folder / "case"
    case.mkdir()
    _write_logs(case / "app.jsonl", lines)
    events = _write_alerts(case / "alerts.jsonl", 5_000)
    series = _write_series(case / "series.json", 200, 960)
    ours, reference = [], []
    for _ in range(rounds):
        reference.append(_run("import hashlib,pathlib,sys\nfor p in pathlib.Path(sys.argv[1]).iterdir():\n"
                              "    with p.open('rb') as f: hashlib.file_digest(f, 'sha256')", case))  # fmt: skip
        ours.append(_run("from afteraction.cli.main import main; main()", "analyze", case, "--out", folder / "out"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Timed(lines, events, series, median(ours), median(reference), peak)


def _run(code: str, *arguments: object) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True)
    return time.perf_counter() - began


def _stamp(share: float) -> str:
    return (START + timedelta(hours=HOURS * share)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _write_logs(path: Path, lines: int) -> None:
    chance = random.Random(7)
    with path.open("w") as target:
        for number in range(lines):
            share = number / lines
            fails = DISTURBED[0] < share < DISTURBED[1] and chance.random() < 0.3
            said = (
                f"request {number} failed: pool timeout after {number % 977} ms"
                if fails
                else f"GET /orders/{number % 5000}"
            )
            level = "error" if fails else "info"
            target.write(
                f'{{"timestamp": "{_stamp(share)}", "level": "{level}", "service": "svc-{number % 12}",'
                f' "message": "{said}", "status": {503 if fails else 200}, "duration_ms": {number % 300}}}\n'
            )


def _write_alerts(path: Path, count: int) -> int:
    with path.open("w") as target:
        for number in range(count):
            labels = {"alertname": f"Alert{number % 40}", "service": f"svc-{number % 12}"}
            alert = {"status": "resolved", "labels": labels, "annotations": {"summary": "too slow"},
                     "startsAt": _stamp(number / count), "endsAt": _stamp(number / count + 0.005),
                     "fingerprint": f"{number:016x}"}  # fmt: skip
            target.write(json.dumps({"version": "4", "groupKey": "{}", "receiver": "hook", "status": "resolved",
                                     "alerts": [alert], "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
                                     "externalURL": ""}) + "\n")  # fmt: skip
    return count * 2


def _write_series(path: Path, count: int, samples: int) -> int:
    chance = random.Random(11)
    begin = int(START.timestamp())
    result = []
    for number in range(count):
        lifted = number % 40 == 0
        values = [
            [begin + 15 * step,
             f"{chance.gauss(100, 5) + (200 if lifted and DISTURBED[0] < step / samples < DISTURBED[1] else 0):.3f}"]
            for step in range(samples)
        ]  # fmt: skip
        result.append(
            {"metric": {"__name__": f"queue_length_{number}", "service": f"svc-{number % 12}"}, "values": values}
        )
    path.write_text(json.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}}))
    return count
