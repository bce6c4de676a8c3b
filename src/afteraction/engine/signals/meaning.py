"""What a metric's name says about its values: unit, role and which way is worse.

Knows naming habits (Prometheus, OpenTelemetry, CloudWatch and plain ones) and units. Refuses to look at the incident:
a name is read the same way whatever happened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from afteraction.core.digests import MetricSeries
from afteraction.engine.signals.arrays import Floats, values_of


class Role(StrEnum):
    """What kind of thing a metric counts; stable words, also used for drawing."""

    ERROR_SHARE = "error_share"
    SUCCESS_SHARE = "success_share"
    ERROR_COUNT = "error_count"
    AVAILABILITY = "availability"
    LATENCY = "latency"
    TRAFFIC = "traffic"
    SATURATION = "saturation"
    STATE = "state"
    OTHER = "other"


# Which way is worse: 1 up, -1 down, 0 either.
WORSE = {
    Role.ERROR_SHARE: 1,
    Role.SUCCESS_SHARE: -1,
    Role.ERROR_COUNT: 1,
    Role.AVAILABILITY: -1,
    Role.LATENCY: 1,
    Role.SATURATION: 1,
}

_ERROR = {"error", "errors", "err", "fail", "failed", "failure", "failures", "failing", "5xx", "throttle",
          "throttled", "timeout", "timeouts", "rejected", "cancelled", "aborted", "dropped", "drops", "exceptions",
          "exception", "unavailable", "denied", "refused"}  # fmt: skip
_SHARE = {"ratio", "share", "rate", "pct", "percent", "percentage", "fraction", "proportion"}
_SUCCESS = {"success", "successful", "availability", "available", "hit", "hits"}
_LATENCY = {"latency", "duration", "wait", "waiting", "lag", "delay", "age", "rtt", "ttfb"}
_TRAFFIC = {"requests", "rps", "qps", "queries", "throughput", "traffic", "calls", "hits", "tps", "orders", "sessions"}
_SATURATION = {"cpu", "memory", "mem", "disk", "utilization", "utilisation", "usage", "used", "queue", "backlog",
               "depth", "saturation", "pool", "connections", "buffer", "heap", "load", "pending"}  # fmt: skip
_STATE = {"alerts", "info", "build", "version"}
_DEPENDENCY = {"upstream", "s3", "dynamodb", "db", "redis", "kafka", "client", "provider", "dependency", "downstream",
               "sqs", "sns", "external", "thirdparty", "cache", "memcached", "postgres", "mysql"}  # fmt: skip
_UNITS = {"ms": "ms", "millis": "ms", "milliseconds": "ms", "msec": "ms", "seconds": "s", "second": "s", "secs": "s",
          "us": "µs", "microseconds": "µs", "ns": "ns", "nanoseconds": "ns", "bytes": "B", "ratio": "share",
          "share": "share", "fraction": "share", "proportion": "share", "pct": "%", "percent": "%",
          "percentage": "%"}  # fmt: skip
_STATED_UNITS = {"ms": "ms", "s": "s", "sec": "s", "seconds": "s", "milliseconds": "ms", "bytes": "B", "b": "B",
                 "%": "%", "percent": "%", "1": "share", "ratio": "share", "us": "µs", "ns": "ns"}  # fmt: skip
_SILENT_WORDS = {"http", "server", "total", "count", "sum", "bucket", "avg", "mean", "max", "min", "prometheus",
                 "query", "range", "with", "nan", "by", "le", "the", "value", "series", "metric", "metrics", "per",
                 "sec", "rps", "qps", "lps", "tps"}  # fmt: skip
_QUANTILE = re.compile(r"^p(\d{2,4})$|^(\d{2})th$")
_WINDOW = re.compile(r"^(?:rate|increase|sum|avg|mean|max|min|irate)?\d+(?:s|m|h|d|min)$")
# `api.example.com/v1/charges` is somebody else's endpoint, as status feeds name it.
_OTHERS_ENDPOINT = re.compile(r"^(?:https?://|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/)")
_SERVER_ERROR_CODES = re.compile(r"(?:code|status)\w*\s*=~?\s*[\"']5")
_PER_SECOND = re.compile(r"per[_ ]?s(?:ec(?:ond)?)?\b|\brps\b|\bqps\b|\btps\b|/s\b|\blps\b", re.I)


@dataclass(frozen=True, slots=True)
class Meaning:
    """How to read and print one series. `factor` turns its values into `unit` (`share` for shares whatever the source
    wrote: 38, 0.38); `quantile` is e.g. `p99`; `dependency` tells calls to others from a service's own answers."""

    subject: str
    role: Role
    unit: str
    factor: float = 1.0
    quantile: str = ""
    dependency: bool = False

    @property
    def worse(self) -> int:
        """1 when a rise is bad, -1 when a fall is, 0 when either may be."""
        return WORSE.get(self.role, 0)


def _words(metric: str) -> list[str]:
    spaced = re.sub(r"([a-z])([A-Z][a-z])", r"\1 \2", metric)
    return [word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced) if word]


def read_meaning(series: MetricSeries) -> Meaning:
    """The meaning of one series, from its name, labels, stated unit and, for shares only, the range of its values."""
    words = _words(series.metric)
    present = set(words)
    if series.metric.lower() in {"up", "probe_success"} or series.metric.lower().endswith((":up", "_up")):
        return Meaning(_subject(series, []) or "target", Role.AVAILABILITY, "")
    unit = _unit(series, words)
    role, factor = _role(series, present, unit)
    if role in {Role.ERROR_SHARE, Role.SUCCESS_SHARE}:
        unit = "share"
    elif unit == "%" and _highest(values_of(series)) <= 1.0:
        unit, factor = "share", 1.0
    quantile = next((word for word in words if _QUANTILE.match(word)), "")
    dependency = bool(present & _DEPENDENCY) or bool(_OTHERS_ENDPOINT.match(series.service))
    return Meaning(_subject(series, words), role, unit, factor, quantile, dependency)


def _unit(series: MetricSeries, words: list[str]) -> str:
    if series.unit:
        return _STATED_UNITS.get(series.unit.lower(), series.unit)
    if _PER_SECOND.search(series.metric.replace("_", " ")) or _PER_SECOND.search(series.metric):
        return "/s"
    for word in reversed(words):
        if word in _UNITS:
            return _UNITS[word]
    return ""


def _role(series: MetricSeries, present: set[str], unit: str) -> tuple[Role, float]:
    """(role, factor into the unit)."""
    if present & _STATE and not present & _ERROR:
        return Role.STATE, 1.0
    errors = bool(present & _ERROR) or bool(_SERVER_ERROR_CODES.search(series.metric))
    shared = bool(present & _SHARE) or unit in {"share", "%"} or "/" in series.metric.strip("/")
    if (errors or present & _SUCCESS) and shared and unit != "/s":
        factor = _share_factor(values_of(series), percent="%" in series.metric or unit == "%")
        if factor is not None:
            failing = errors or not present & _SUCCESS
            return (Role.ERROR_SHARE if failing else Role.SUCCESS_SHARE), factor
    if errors:
        return Role.ERROR_COUNT, 1.0
    if present & _LATENCY or unit in {"ms", "s", "µs", "ns"}:
        return Role.LATENCY, 1.0
    if unit == "/s" or present & _TRAFFIC:
        return Role.TRAFFIC, 1.0
    return (Role.SATURATION if present & _SATURATION else Role.OTHER), 1.0


def _highest(values: Floats) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.max()) if finite.size else 0.0


def _share_factor(values: Floats, *, percent: bool) -> float | None:
    """What turns the values into shares; None when they cannot be shares at all."""
    finite = values[np.isfinite(values)]
    if not finite.size or finite.min() < 0:
        return None
    highest = float(finite.max())
    if percent and 1.0 < highest <= 100.0:
        return 0.01
    return 1.0 if highest <= 1.0 else None


def _subject(series: MetricSeries, words: list[str]) -> str:
    """What is measured, in words, with its service in front and without units, quantiles and empty words."""
    service = series.service or series.labels.get("service") or series.labels.get("job") or ""
    known = set(_words(service))
    kept = [
        word
        for word in words
        if word not in _UNITS
        and word not in _SILENT_WORDS
        and word not in known
        and not _QUANTILE.match(word)
        and not _WINDOW.match(word)
    ]
    if kept in (["errors"], ["error"]) and present_share(words):
        kept = ["error share"]
    if not kept and words:
        kept = [series.metric]
    return " ".join(part for part in (service, *kept) if part)


def present_share(words: list[str]) -> bool:
    """Whether a name says that it is a share and not a count."""
    return bool(set(words) & _SHARE)


def print_value(value: float, unit: str) -> str:
    """A value with its unit as people write it: 0.05 s is `50 ms`, a share of 0.92 is `92 %`."""
    if unit in {"share", "%"}:
        percent = value * 100 if unit == "share" else value
        return f"{_figure(percent)} %"
    if unit in {"s", "ms", "µs", "ns"}:
        if value == 0:
            return f"0 {unit}"
        seconds = value * {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}[unit]
        # A source that counts in milliseconds is quoted in them; seconds become ms only when small.
        if unit == "ms" and abs(value) >= 1:
            return f"{_figure(value)} ms"
        for size, name in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
            if abs(seconds) >= size or name == "µs":
                return f"{_figure(seconds / size)} {name}"
    if unit == "B":
        for size, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
            if abs(value) >= size:
                return f"{_figure(value / size)} {name}"
    return f"{_figure(value)}{unit}" if unit == "/s" else f"{_figure(value)} {unit}".rstrip()


def _figure(value: float) -> str:
    """Three significant digits, thousands grouped, no trailing zeros."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.3g}")
    if abs(rounded) >= 1000:
        return f"{rounded:,.0f}"
    return f"{rounded:.6f}".rstrip("0").rstrip(".")
