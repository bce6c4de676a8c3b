"""Labelled incidents of our own: read from text, written as folders of a case.

The format, one case per `==`: `alert SERVICE METRIC`; `metric SERVICE NAME BASE PEAK @MINUTE step|ramp`;
`log SERVICE LEVEL @MINUTE LINES MESSAGE [| key=value]` ({n} becomes a number); `commit MINUTE KEY TITLE | FILES`
followed by lines of its diff, each behind `|`; `deploy MINUTE SERVICE KEY`; `flag MINUTE SERVICE NAME CHANGE`;
`culprit KEY|none`. Minutes count from the start of a recording of two hours. Every case gets the same twelve innocent
commits that repositories have, spread over it by a seed of its name.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

MINUTES = 120
_START = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
_INNOCENT = (
    ("docs: describe on-call rotation", "docs/oncall.md", None),
    ("test: cover empty basket", "pkg/basket/basket_test.go", None),
    ("chore: update CODEOWNERS", "CODEOWNERS", None),
    ("style: gofmt", "services/misc/a.go", None),
    ("feat: add /healthz", "internal/health/healthz.go",
     '@@ internal/health/healthz.go @@\n+func Healthz(w http.ResponseWriter, r *http.Request) {\n'
     '+\tw.WriteHeader(200)\n+}'),
    ("fix: pagination of empty lists", "pkg/page/page.go", "@@ func Page(xs []T, n int) [][]T "
                                                           "{\n+\tif len(xs) == 0 {\n+\t\treturn nil\n+\t}"),
    ("perf: preallocate encoder buffer", "pkg/codec/json.go", "@@ func Encode(v any) ([]byte, error) "
                                                              "{\n-\tbuf := bytes.Buffer{}\n"
     "+\tbuf := bytes.Buffer{}\n+\tbuf.Grow(1024)"),
    ("fix: rounding of tax", "services/tax/tax.go", "@@ services/tax/tax.go @@\n-\treturn math.Round(net * "
                                                    "rate)\n+\treturn math.Round(net*rate*100) / 100"),
    ("chore: bump otel", "go.mod", "@@ go.mod @@\n-\tgo.opentelemetry.io/otel v1.27.0\n+\tgo.opentelemetry.io/otel "
                                   "v1.28.0"),
    ("ci: cache modules", ".github/workflows/ci.yml", None),
    ("feat: span attribute for tenant", "internal/trace/attrs.go",
    '@@ internal/trace/attrs.go @@\n+\tspan.SetAttributes(attribute.String("tenant", t))'),
    ("refactor: move types", "api/types/types.go", None),
)  # fmt: skip


@dataclass
class OwnCase:
    """One labelled incident. `culprit` is the id of a change in `changes.json`, or "none"."""

    name: str
    alert: tuple[str, str] = ("", "")
    metrics: list[tuple[str, str, float, float, int, str]] = field(default_factory=list)
    logs: list[tuple[str, str, int, int, str, dict[str, str]]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    culprit: str = "none"


def read_cases(path: Path) -> Iterator[OwnCase]:
    """The cases of one file."""
    case: OwnCase | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("== "):
            if case:
                yield case
            case = OwnCase(line[3:].strip())
        elif case is not None and line.startswith("|"):
            last = case.changes[-1]
            if last["kind"] != "commit":
                raise ValueError(f"{path.name}, line {number}: a diff belongs below a commit.")
            last["diff"] += line[1:] + "\n"
        elif case is not None and line.strip() and not line.startswith("#"):
            _take(case, line)
    if case:
        yield case


def _take(case: OwnCase, line: str) -> None:
    what, _, rest = line.partition(" ")
    if what == "alert":
        service, metric = rest.split()
        case.alert = service, metric
    elif what == "metric":
        service, name, base, peak, at, shape = rest.split()
        case.metrics.append((service, name, float(base), float(peak), int(at[1:]), shape))
    elif what == "log":
        service, level, at, lines, told = rest.split(" ", 4)
        message, _, beside = told.partition(" | ")
        fields = {key: value for key, _, value in [beside.partition("=")]} if beside else {}
        case.logs.append((service, level, int(at[1:]), int(lines), message, fields))
    elif what == "commit":
        minute, key, told = rest.split(" ", 2)
        title, _, files = told.partition(" | ")
        case.changes.append(_commit(case.name, key, int(minute), title, files.split(), ""))
    elif what == "deploy":
        minute, service, key = rest.split()
        at = _at(int(minute))
        case.changes.append({"at": at, "kind": "deploy", "service": service, "id": f"{service}-{minute}",
                             "title": f"{service} deployed", "version": f"v{at[11:16]}", "commit": _sha(case.name,
                             key)})  # fmt: skip
    elif what == "flag":
        minute, service, name, change = rest.split()
        case.changes.append(
            {"at": _at(int(minute)), "kind": "flag", "service": service, "id": name, "title": f"{name}: {change}"}
        )
    elif what == "culprit":
        case.culprit = "none" if rest.strip() == "none" else _sha(case.name, rest.strip())


def _commit(name: str, key: str, minute: int, title: str, files: list[str], diff: str) -> dict[str, Any]:
    return {
        "at": _at(minute),
        "kind": "commit",
        "service": None,
        "id": _sha(name, key),
        "title": title,
        "files": files,
        "diff": diff,
    }


def _sha(name: str, key: str) -> str:
    return hashlib.sha1(f"{name}/{key}".encode(), usedforsecurity=False).hexdigest()


def _at(minute: float) -> str:
    return (_START + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")


def write_case(case: OwnCase, folder: Path) -> None:
    """The case as a folder, without its answer."""
    luck = random.Random(case.name)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "metrics.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["timestamp", "service", "metric", "value"])
        for metric in case.metrics:
            rows.writerows(_samples(metric, luck))
    lines = sorted(line for log in case.logs for line in _lines(log, luck))
    (folder / "logs.jsonl").write_text("\n".join(text for _, text in lines) + "\n")
    innocent = [
        _commit(case.name, title, luck.randrange(5, MINUTES), title, [path], diff or "")
        for title, path, diff in _INNOCENT
    ]
    changes = sorted([*case.changes, *innocent], key=lambda one: (one["at"], one["id"]))
    (folder / "changes.json").write_text(json.dumps(changes, indent=1))
    service, name = case.alert
    began = next(one[4] for one in case.metrics if one[:2] == case.alert)
    (folder / "alert.json").write_text(
        json.dumps({"fired_at": _at(began + luck.randrange(4, 9)), "service": service, "metric": name})
    )


def _samples(
    metric: tuple[str, str, float, float, int, str], luck: random.Random
) -> Iterator[tuple[str, str, str, float]]:
    service, name, base, peak, began, shape = metric
    for minute in range(MINUTES):
        gone = 0.0 if minute < began else 1.0 if shape == "step" else min(1.0, (minute - began + 1) / 15)
        level = base + (peak - base) * gone
        yield _at(minute), service, name, round(level * luck.uniform(0.95, 1.05), 6)


def _lines(log: tuple[str, str, int, int, str, dict[str, str]], luck: random.Random) -> Iterator[tuple[str, str]]:
    service, level, began, count, message, fields = log
    for place in range(count):
        minute = began + (MINUTES - began) * (place + luck.random() * 0.5) / count * (
            0.6 if level in ("ERROR", "FATAL") else 1.0
        )
        at = _at(round(minute, 3)).replace("Z", "") + "Z"
        told = message.replace("{n}", str(luck.randrange(1000, 9999)))
        yield at, json.dumps({"timestamp": at, "service": service, "level": level, "message": told, **fields})
