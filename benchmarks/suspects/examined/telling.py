"""Turns a scenario into the records of its files: noise, times, hashes. The same name gives the same records.

Knows the record shapes; refuses to know what any of the incidents is about.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
from datetime import datetime, timedelta
from typing import Any

from benchmarks.suspects.examined.innocents import AUTHORS, EVERYDAY_LINES, innocents_of
from benchmarks.suspects.examined.shapes import Change, Line, Scenario, Series, Teeth

_KEPT = 0.56  # the file is a sample of the log, the patterns are counted on more of it
_BLANK = re.compile(r"\{(n|hex|pick):([^}]*)\}")


class Telling:
    """The records of one scenario; call each method once, in any order."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.begins = datetime.fromisoformat(scenario.begins)
        extra = innocents_of(scenario, self._random("innocents"))
        self.changes = sorted((*scenario.changes, *extra), key=lambda change: change.at)
        self.shipped = [(at, service, key or self._before(at, extra)) for at, service, key in scenario.deploys]

    def _random(self, part: str) -> random.Random:
        return random.Random(f"{self.scenario.name}/{part}")

    def _before(self, at: float, changes: list[Change]) -> str:
        earlier = [change for change in changes if change.at < at - 2]
        return max(earlier or changes, key=lambda change: change.at if change.at < at else -change.at).key

    def sha(self, key: str) -> str:
        return hashlib.sha1(f"{self.scenario.name}:{key}".encode()).hexdigest()

    def clock(self, minute: float) -> str:
        return (self.begins + timedelta(seconds=round(minute * 60))).strftime("%Y-%m-%dT%H:%M:%SZ")

    def commits(self) -> list[dict[str, Any]]:
        chance = self._random("commits")
        return [
            {
                "sha": self.sha(change.key),
                "author": change.author or chance.choice(AUTHORS),
                "timestamp": self.clock(change.at + chance.random() * 0.6 - 0.3),
                "message": change.message,
                "files_changed": [path for path, _ in change.diffs],
                "diff": "\n".join("\n".join((f"@@ {path} @@", *lines)) for path, lines in change.diffs if lines)
                or None,
            }
            for change in self.changes
        ]

    def deploys(self) -> list[dict[str, Any]]:
        semantic = self._random("versions").random() < 0.4
        at = {change.key: change.at for change in self.changes}
        rows = []
        for number, (minute, service, key) in enumerate(self.shipped):
            stamp = self.begins + timedelta(minutes=at[key])
            version = f"3.{40 + number}.{number * 7 % 5}" if semantic else stamp.strftime("v%Y.%m.%d-%H%M")
            rows.append(
                {
                    "timestamp": self.clock(minute),
                    "service": service,
                    "commit_sha": self.sha(key),
                    "version": version,
                }
            )
        return rows

    def flags(self) -> list[dict[str, Any]]:
        chance = self._random("flags")
        return [
            {
                "timestamp": self.clock(at),
                "flag": flag,
                "service": service,
                "change": change,
                "actor": chance.choice(AUTHORS),
            }
            for at, flag, service, change in self.scenario.flags
        ]

    def alert(self) -> dict[str, Any]:
        alert = self.scenario.alert
        return {
            "service": alert.service,
            "metric": alert.metric,
            "threshold": alert.threshold,
            "observed": alert.observed,
            "fired_at": self.clock(alert.at),
            "severity": alert.severity,
            "monitor": alert.monitor,
            "summary": alert.summary,
        }

    def metrics(self) -> list[tuple[str, str, str, str]]:
        columns = [
            (series, _walk(series, self.scenario.minutes, self._random(_name(series)))) for series in self.series
        ]
        return [
            (self.clock(minute), series.service, series.metric, values[minute])
            for minute in range(self.scenario.minutes + 1)
            for series, values in columns
        ]

    @property
    def series(self) -> tuple[Series, ...]:
        return self.scenario.series

    def lines(self) -> list[Line]:
        chance = self._random("everyday")
        services = sorted({line.service for line in self.scenario.lines})
        spare = [Line(service, *chance.choice(EVERYDAY_LINES), rate=0.05) for service in services]
        return [*self.scenario.lines, *spare]

    def logs(self) -> list[dict[str, Any]]:
        chance = self._random("logs")
        rows: list[tuple[float, dict[str, Any]]] = []
        for line in self.lines():
            minute = line.since + chance.expovariate(line.rate * _KEPT)
            end = self.scenario.minutes if line.until is None else line.until
            while minute < end:
                rows.append((minute, self._record(line, minute, chance)))
                minute += chance.expovariate(line.rate * _KEPT)
        for minute, service, _ in self.shipped:
            if 0 < minute < self.scenario.minutes:
                ready = Line(service, "INFO", "startup complete, listening on :8080", 1.0)
                rows.append((minute + 0.5, self._record(ready, minute + 0.5, chance)))
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    def _record(self, line: Line, minute: float, chance: random.Random) -> dict[str, Any]:
        record: dict[str, Any] = {
            "timestamp": self.clock(minute),
            "service": line.service,
            "severity_text": line.level,
            "msg": _fill(line.text, chance),
        }
        for name, text in line.fields:
            value = _fill(text, chance)
            record[name] = int(value) if value.isdigit() else value
        record["trace_id"] = f"{chance.getrandbits(128):032x}"
        return record

    def patterns(self) -> list[dict[str, Any]]:
        onset, minutes = self.scenario.onset, self.scenario.minutes
        scale = self._random("patterns").randint(6, 40)
        counts: dict[tuple[str, str, bool], list[float]] = {}
        for line in self.lines():
            end = minutes if line.until is None else line.until
            during = max(0.0, end - max(line.since, onset)) * line.rate * scale
            before = max(0.0, min(end, onset) - line.since) * line.rate * scale
            usual = before / onset * (minutes - onset)
            signature = _BLANK.sub(lambda hit: {"n": "<N>", "hex": "<ID>"}.get(hit[1], "<*>"), line.text)
            key = (signature, line.service, line.level in {"INFO", "DEBUG"})
            total = counts.setdefault(key, [0.0, 0.0])
            total[0] += during
            total[1] += usual
        rows = [
            {
                "signature": signature,
                "service": service,
                "count": max(1, round(during)),
                "delta_vs_baseline": f"{round(during - usual):+d}",
                "sentiment": "neutral" if calm else "negative",
            }
            for (signature, service, calm), (during, usual) in counts.items()
            if during + usual >= 1
        ]
        return sorted(rows, key=lambda row: -abs(int(row["delta_vs_baseline"])))

    def traces(self) -> list[dict[str, Any]]:
        chance = self._random("traces")
        rows: list[dict[str, Any]] = []
        for at, spans in self.scenario.traces:
            trace, open_spans, offset = f"{chance.getrandbits(128):032x}", [""] * 9, 0.0
            for span in spans:
                identity = f"{chance.getrandbits(64):016x}"
                open_spans[span.depth] = identity
                rows.append(
                    {
                        "trace_id": trace,
                        "span_id": identity,
                        "parent_id": open_spans[span.depth - 1] if span.depth else None,
                        "service": span.service,
                        "name": span.name,
                        "start": self.clock(at + offset),
                        "duration_ms": span.ms,
                        "status": span.status,
                        **dict(span.extra),
                    }
                )
        return rows

    def answer(self) -> dict[str, Any]:
        scenario = self.scenario
        return {
            "scenario": scenario.name,
            "culprit": self.sha(scenario.culprit) if scenario.culprit else "none",
            "first_failing_service": scenario.first,
            "victims": list(scenario.victims),
            "decoys": [self.sha(key) for key in scenario.decoys],
            "onset": self.clock(scenario.onset),
            "mechanism": scenario.mechanism,
        }


def _name(series: Series) -> str:
    return f"{series.service}.{series.metric}"


def _level(series: Series, minute: int, phase: float) -> float:
    swing = series.tide * math.sin(2 * math.pi * (minute / 240 + phase)) if series.noise else 0.0
    value = series.level * (1 + swing)
    for move in series.moves:
        if minute < move.at:
            continue
        if isinstance(move, Teeth):
            value += (move.to - value) * (((minute - move.at) % move.every) / move.every)
        else:
            value += (move.to - value) * min(1.0, (minute - move.at + 1) / (move.over + 1))
    return value


def _walk(series: Series, minutes: int, chance: random.Random) -> list[str]:
    phase, drift, values = chance.random(), 0.0, []
    for minute in range(minutes + 1):
        drift = 0.6 * drift + chance.gauss(0, series.noise)
        jolt = 1 + (abs(chance.gauss(0, 4 * series.noise)) if chance.random() < 0.02 else 0)
        value = max(0.0, _level(series, minute, phase) * (1 + drift) * jolt)
        if series.kind == "ratio":
            value = min(1.0, value)
        if series.cap is not None:
            value = min(series.cap, value)
        if series.kind in {"count", "total"}:
            whole = round(value + (chance.random() - 0.5 if series.noise else 0))
            values.append(str(max(whole, int(values[-1]) if series.kind == "total" and values else 0)))
        else:
            values.append(f"{value:.4g}" if value < 10000 else f"{value:.0f}")
    return values


def _fill(text: str, chance: random.Random) -> str:
    def one(hit: re.Match[str]) -> str:
        kind, rule = hit.groups()
        if kind == "n":
            low, high = rule.split("-")
            return str(chance.randint(int(low), int(high)))
        if kind == "hex":
            return f"{chance.getrandbits(4 * int(rule)):0{int(rule)}x}"
        return chance.choice(rule.split("|"))

    return _BLANK.sub(one, text)
