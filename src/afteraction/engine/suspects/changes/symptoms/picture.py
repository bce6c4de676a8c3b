"""What a case shows to go wrong: which kinds of symptoms, where, since when, and in which words.

Knows metrics that left their quiet level and log templates that are new. Refuses to look at changes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from afteraction.core.digests import LogTemplate, MetricSeries
from afteraction.core.evidence import EvidenceRef
from afteraction.engine.signals.arrays import Floats, counter_rate, present
from afteraction.engine.signals.departures import find_episodes, find_quiet
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.changes.symptoms.kinds import COMMON, EITHER, IN_LOGS, IN_METRICS, Kind
from afteraction.engine.suspects.changes.words import parts_of, telling

BAD_LEVELS = frozenset({"error", "critical", "fatal", "warning", "warn", "alert", "emergency", "panic", "severe"})
_WORST = BAD_LEVELS - {"warning", "warn"}
_READ_TEMPLATES = 300
_ELSEWHERE = 0.6
_LATE_S = 900.0


def _nothing() -> Floats:
    return np.empty(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A metric that left its quiet `level`: `at` in UTC epoch seconds, with all its `times` and `values`. `factor` is
    how many times its level it reached (0 to inf); `ramp` is True where it grew over at least ten minutes instead of
    stepping; `instance` is the one that was measured, empty where all were."""

    service: str
    metric: str
    at: float
    rising: bool
    factor: float
    height: float
    ramp: bool
    kinds: tuple[Kind, ...]
    evidence: EvidenceRef
    instance: str = ""
    level: float = 0.0
    times: Floats = field(default_factory=_nothing, compare=False, repr=False)
    values: Floats = field(default_factory=_nothing, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A log template that is new: its text with the fields beside it, how bad (0 to 1), how many lines from `at` to
    `last` (UTC epoch seconds)."""

    service: str
    text: str
    fields: str
    weight: float
    bad: bool
    at: float
    lines: int
    kinds: tuple[Kind, ...]
    evidence: EvidenceRef
    last: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All of it. `onset` is when the first metric or error left normal; `weights` say how strongly each kind shows, 0
    to 1; `words` are those of new errors and departed metrics, names of services left out; `files` are source files
    named in errors; `measured` are services with metrics beside their load; `since` is when each service first
    showed something, `loud` are those that showed it first, `flat_load` those whose requests did not rise. `until`
    is when the recordings end."""

    departures: Sequence[Departure]
    sayings: Sequence[Saying]
    onset: float | None
    weights: Mapping[Kind, float]
    words: frozenset[str]
    files: frozenset[str]
    text: str
    measured: frozenset[str]
    since: Mapping[str, float]
    loud: frozenset[str] = field(default_factory=frozenset)
    services: frozenset[str] = field(default_factory=frozenset)
    flat_load: frozenset[str] = field(default_factory=frozenset)
    until: float = math.inf

    def shows(self, *kinds: Kind) -> float:
        """The strongest of these kinds."""
        return max((self.weights.get(kind, 0.0) for kind in kinds), default=0.0)


def look(case: Case) -> Picture:
    """What the metrics and logs of a case show."""
    fired = case.alert.fired_at if case.alert else None
    departures = sorted(_departures(case.material.series, fired), key=lambda one: (one.at, one.service, one.metric))
    start = _start(case)
    measured = frozenset(
        one.service for one in case.material.series
        if one.service and Kind.LOAD not in kinds_of_metric(one.metric, rising=True)[:1]
    )  # fmt: skip
    onset = _onset(departures, fired)
    sayings = list(_sayings(case, start, onset, fired))
    if onset is None:
        onset = min((one.at for one in sayings if one.bad and one.lines >= 3), default=fired)
    since: dict[str, float] = {}
    for departure in departures:
        if Kind.LOAD not in departure.kinds:
            since[departure.service] = min(since.get(departure.service, math.inf), departure.at)
    for saying in sayings:
        if saying.bad:
            since[saying.service] = min(since.get(saying.service, math.inf), saying.at)
    loud = frozenset(service for service, at in since.items() if onset is None or at <= onset + 120)
    if case.alert and case.alert.service:
        loud |= {case.alert.service}
    told = _alert_text(case)
    bad = [one for one in sayings if one.bad]
    text = " ".join(f"{one.text} {one.fields}" for one in bad)
    names = " ".join(one.metric for one in departures)
    return Picture(
        departures=departures, sayings=sayings, onset=onset, weights=_weights(departures, sayings, told, loud, case),
        words=frozenset(telling(f"{text} {names} {told}") - _names_of_services(case)), files=frozenset(_files(text)),
            text=text, measured=measured,
        since=since, loud=loud,
        flat_load=_flat_load(case, departures),
        until=_end(case),
        services=frozenset({*(one.service for one in case.material.series if one.service),
            *(one.service for one in case.material.templates if one.service)}),
    )  # fmt: skip


def _names_of_services(case: Case) -> set[str]:
    """The words of services' own names: they say where, which is weighed apart."""
    named = {one.service for one in case.material.series} | {one.service for one in case.material.templates}
    return {part for service in named for part in parts_of(service)}


def _flat_load(case: Case, departures: Sequence[Departure]) -> frozenset[str]:
    """Services whose requests are measured and did not rise."""
    loads = {one.service for one in case.material.series if Kind.LOAD in kinds_of_metric(one.metric, rising=True)[:1]}
    return frozenset(loads - {one.service for one in departures if Kind.LOAD in one.kinds and one.rising})


def _start(case: Case) -> float:
    starts = [float(one.times[0]) for one in case.material.series if len(one.times)]
    return min([*starts, *(one.first for one in case.material.templates)], default=0.0)


def _end(case: Case) -> float:
    ends = [float(one.times[-1]) for one in case.material.series if len(one.times)]
    return max([*ends, *(one.last for one in case.material.templates)], default=math.inf)


def _onset(departures: Sequence[Departure], fired: float | None) -> float | None:
    """When the first symptom left normal. Load is no symptom: it may be what brings one out."""
    known = [one for one in departures if Kind.LOAD not in one.kinds]
    if fired is not None:
        known = [one for one in known if one.at <= fired + _LATE_S] or known
    return min((one.at for one in known), default=None)


def _departures(series: Sequence[MetricSeries], fired: float | None) -> Iterable[Departure]:
    for one in series:
        if not one.service or "le" in one.labels:
            continue
        times, values = present(one)
        rate = counter_rate(one.metric, times, values)
        if rate is not None:
            times, values = rate
        if times.size < 8:
            continue
        least = 0.01 / 6 if float(abs(values).max()) <= 1.0 else 0.0
        quiet = find_quiet(times, values, 0, least)
        if quiet is None:
            continue
        quiet, episodes = find_episodes(values, quiet, 0)
        episodes = [each for each in episodes if fired is None or times[each.last - 1] >= fired - 1800]
        if not episodes:
            continue
        first = episodes[0]
        peak = float(values[first.peak])
        factor = peak / quiet.level if quiet.level > 0 else (math.inf if peak > 0 else 1.0)
        yield Departure(
            service=one.service, metric=one.metric, at=float(times[first.first]), rising=first.rising, factor=factor,
            height=first.height, ramp=_is_ramp(times, values, first.first, first.last, quiet.level),
            kinds=kinds_of_metric(one.metric, rising=first.rising), evidence=one.evidence,
            instance=instance_of(one.labels), level=quiet.level, times=times, values=values,
        )  # fmt: skip


_INSTANCE = ("instance", "pod", "pod_name", "host", "hostname", "container", "replica", "node")


def instance_of(labels: Mapping[str, str]) -> str:
    """The one instance that a series measures, empty where it measures all."""
    return next((labels[key] for key in _INSTANCE if labels.get(key)), "")


def _is_ramp(times: Floats, values: Floats, first: int, last: int, level: float) -> bool:
    """True where two thirds of the way are not made within ten minutes of the first sample outside."""
    gone = abs(values[first:last] - level)
    soon = gone[times[first:last] <= times[first] + 600]
    return bool(soon.size and float(soon.max()) < 0.67 * float(gone.max()))


# Thousands of services measure the same few things.
@lru_cache(maxsize=4096)
def kinds_of_metric(metric: str, *, rising: bool) -> tuple[Kind, ...]:
    """What a metric of that name that went that way shows; at most two kinds, the more special first."""
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", metric).lower().replace(".", "_").replace("-", "_")
    way = 1 if rising else -1
    found = [kind for kind, pattern, wanted in IN_METRICS if wanted in (EITHER, way) and pattern.search(name)]
    # "… per second" is how often something happens; where its name says what, that is it.
    told = [kind for kind in found if kind is not Kind.LOAD] if found and found[0] is not Kind.LOAD else found
    return tuple(dict.fromkeys(told))[:2]


def kinds_of_text(text: str) -> tuple[Kind, ...]:
    """What a message shows."""
    return tuple(kind for kind, pattern in IN_LOGS if pattern.search(text))


def _sayings(case: Case, start: float, onset: float | None, fired: float | None) -> Iterable[Saying]:
    beside = {(line.service, line.message): line for line in reversed(case.lines)}
    until = max(onset or 0.0, fired or 0.0) or math.inf
    reference = onset if onset is not None else fired
    for one in case.material.templates[:_READ_TEMPLATES]:
        if one.first > until + _LATE_S or not _is_new(one, start, reference):
            continue
        line = beside.get((one.service, one.example))
        fields = " ".join(f"{key}={value}" for key, value in line.attributes.items()) if line else ""
        level = one.level.lower()
        weight = (1.0 if level in _WORST else 0.7 if level in BAD_LEVELS else 0.2) * min(
            1.0, 0.4 + math.log10(1 + one.lines) / 2
        )
        yield Saying(
            service=one.service, text=one.example, fields=fields, weight=weight, bad=level in BAD_LEVELS, at=one.first,
            lines=one.lines, kinds=kinds_of_text(f"{one.example} {fields}"), evidence=one.evidence, last=one.last,
        )  # fmt: skip


def _is_new(one: LogTemplate, start: float, reference: float | None) -> bool:
    """Not seen in the first part of what was recorded: a quarter of the time before the incident began."""
    if reference is None or reference <= start:
        return True
    return one.first > start + 0.25 * (reference - start)


def _alert_text(case: Case) -> str:
    alert = case.alert
    if alert is None:
        return ""
    told = [one for one in case.material.events if alert.evidence and one.evidence == alert.evidence]
    words = " ".join(f"{one.title} {one.body} {one.attributes.get('summary', '')}" for one in told)
    return f"{alert.metric} {words}"


def _weights(
    departures: Sequence[Departure], sayings: Sequence[Saying], told: str, loud: frozenset[str], case: Case
) -> dict[Kind, float]:
    """How strongly each kind shows: the chance that at least one of its signs tells, common kinds discounted."""
    missing: dict[Kind, float] = {}

    def add(kind: Kind, weight: float) -> None:
        missing[kind] = missing.get(kind, 1.0) * (1.0 - min(0.95, weight))

    for departure in departures:
        near = 1.0 if departure.service in loud else _ELSEWHERE
        for place, kind in enumerate(departure.kinds):
            add(kind, near * min(0.9, 0.3 + departure.height / 60) * (1.0 if place == 0 else 0.6))
    for saying in sayings:
        near = 1.0 if saying.service in loud else _ELSEWHERE
        for kind in saying.kinds:
            add(kind, near * saying.weight * 0.9)
    for kind in kinds_of_text(told):
        add(kind, 0.5)
    if case.alert and case.alert.metric:
        for kind in kinds_of_metric(case.alert.metric, rising=True)[:1]:
            add(kind, 0.4)
    # An expired certificate is why handshakes fail: they tell nothing of their own then.
    if missing.get(Kind.CERT, 1.0) < 0.5 and Kind.TLS in missing:
        missing[Kind.TLS] = 0.9
    return {kind: (1.0 - left) * COMMON.get(kind, 1.0) for kind, left in missing.items()}


_FILE = re.compile(
    r"([\w-]+\.(?:go|py|java|kt|scala|tsx?|jsx?|mjs|rs|rb|php|cs|cpp|cc|c|h|ex|exs|swift|sql|ya?ml|conf))\b"
)


def _files(text: str) -> Iterable[str]:
    return (name.lower() for name in _FILE.findall(text))
