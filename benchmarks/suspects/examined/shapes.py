"""What a made-up incident is told in: changes, series, log lines, spans; minutes count from its first measurement.

Knows no file and no ranking. A minute below zero lies before the first measurement.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Change:
    """One commit; `diffs` pairs a path with its lines, none of them meaning that the diff was not kept."""

    key: str
    at: float
    message: str
    diffs: tuple[tuple[str, tuple[str, ...]], ...]
    author: str | None = None


def edit(path: str, *lines: str) -> tuple[str, tuple[str, ...]]:
    return path, lines


@dataclass(frozen=True)
class Move:
    """From minute `at` on, go to the level `to` within `over` minutes."""

    at: float
    to: float
    over: float = 2.0


@dataclass(frozen=True)
class Teeth:
    """From minute `at` on, climb to `to` and fall back, once `every` minutes."""

    at: float
    to: float
    every: float


@dataclass(frozen=True)
class Series:
    """One metric of one service: `noise` is relative, `tide` the share of a slow daily swing.

    A kind of `ratio` stays within one, a `count` is whole, a `total` never falls; without noise there is no swing.
    """

    service: str
    metric: str
    level: float
    moves: tuple[Move | Teeth, ...] = ()
    noise: float = 0.06
    kind: str = "gauge"
    cap: float | None = None
    tide: float = 0.04


@dataclass(frozen=True)
class Line:
    """A log line of one service, `rate` per minute; `{n:1-9}`, `{hex:8}` and `{pick:a|b}` vary."""

    service: str
    level: str
    text: str
    rate: float
    since: float = 0.0
    until: float | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Span:
    """One step of a trace; its parent is the last span one step less deep."""

    depth: int
    service: str
    name: str
    ms: int
    status: str = "OK"
    extra: tuple[tuple[str, str | int | bool], ...] = ()


@dataclass(frozen=True)
class Alert:
    service: str
    metric: str
    threshold: float
    observed: float
    at: float
    summary: str
    monitor: str
    severity: str = "critical"


@dataclass(frozen=True)
class Scenario:
    """One incident; `culprit` is the key of a change or None; deploys without a key ship the innocent commit before."""

    name: str
    begins: str
    minutes: int
    onset: float
    mechanism: str
    culprit: str | None
    first: str
    victims: tuple[str, ...]
    decoys: tuple[str, ...]
    alert: Alert
    series: tuple[Series, ...]
    lines: tuple[Line, ...]
    traces: tuple[tuple[float, tuple[Span, ...]], ...]
    changes: tuple[Change, ...]
    deploys: tuple[tuple[float, str, str | None], ...]
    flags: tuple[tuple[float, str, str, str], ...]
    languages: tuple[str, ...]
    innocents: int = 12
    status_feed: dict[str, object] | None = field(default=None, hash=False)
