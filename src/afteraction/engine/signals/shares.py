"""Which series say what share of a service's requests failed.

Knows ratio series, success ratios turned round, requests by status code, and requests counted per minute in logs.
Refuses to call an internal call's failures user impact while a service's own answers are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from afteraction.core.digests import LogMinute, MetricSeries
from afteraction.core.evidence import EvidenceRef
from afteraction.engine.signals.arrays import Floats, counter_rate, present, spacing, times_of
from afteraction.engine.signals.meaning import Meaning, Role, read_meaning

_CODE_LABELS = ("code", "status", "status_code", "http_status", "http_status_code", "response_code", "status_class")
_LEAST_REQUESTS_PER_MINUTE = 3
_CALM = 0.05
_MOST_CITED = 20


@dataclass(frozen=True, slots=True)
class FailShare:
    """The share of requests of one service that failed, over time. `shares` in [0, 1]; `rates` are requests per second
    at the same moments, None where unknown; `ends_s` is when the evidence as a whole ends. `what` names what failed.
    `averaged` counts the series it is the plain mean of: more than one makes it an estimate."""

    service: str
    what: str
    times: Floats
    shares: Floats
    rates: Floats | None
    evidence: tuple[EvidenceRef, ...]
    ends_s: float
    averaged: int = 1

    @property
    def step_s(self) -> float:
        """Usual distance of two samples, in seconds."""
        return spacing(self.times)


def accounts_of_failing(series: Sequence[MetricSeries], minutes: Sequence[LogMinute] = ()) -> Iterator[list[FailShare]]:
    """Accounts of what failed in the order of their standing, each with one share per service: what metrics say of a
    service's own answers; log lines with a status; shares of calls to others. Later ones serve where the earlier ones
    show nothing, since the same failed request stands in all of them."""
    read = [(one, read_meaning(one)) for one in series]
    ends = max((float(times_of(one)[-1]) for one in series if len(one.times)), default=-np.inf)
    ratios = [pair for pair in read if pair[1].role in {Role.ERROR_SHARE, Role.SUCCESS_SHARE}]
    ratios = [pair for pair in ratios if not (pair[1].role is Role.SUCCESS_SHARE and "hit" in pair[0].metric.lower())]
    own = _ratios([pair for pair in ratios if not pair[1].dependency], read, ends)
    yield _one_each([*own, *_by_code(series, ends)])
    yield _one_each(_from_minutes(minutes))
    yield _one_each(_ratios(ratios, read, ends))


def _one_each(shares: Sequence[FailShare]) -> list[FailShare]:
    """The best share of each service. A ratio often exists only while something fails; an account that saw the calm
    before tells when it began, so it goes first."""
    best: dict[str, FailShare] = {}
    for share in sorted(shares, key=lambda share: share.shares[0] > _CALM):
        best.setdefault(share.service, share)
    return list(best.values())


def _ratios(
    ratios: Iterable[tuple[MetricSeries, Meaning]], read: Sequence[tuple[MetricSeries, Meaning]], ends: float
) -> list[FailShare]:
    families: dict[tuple[str, str], list[tuple[MetricSeries, Meaning]]] = defaultdict(list)
    for one, meaning in ratios:
        if present(one)[0].size >= 2:
            families[(one.service or one.labels.get("service", ""), one.metric)].append((one, meaning))
    shares = []
    for (service, _), members in families.items():
        # A series without an instance or a route is the whole; parts are only averaged where there is no whole.
        fewest = min(len(one.labels) for one, _ in members)
        whole = [(one, meaning) for one, meaning in members if len(one.labels) == fewest]
        times, failing = _mean_share(whole)
        one, meaning = whole[0]
        shares.append(
            FailShare(
                service=service,
                what=_what_failed(one, meaning),
                times=times,
                shares=failing,
                rates=_rates_of(one.service, times, read),
                evidence=tuple(one.evidence for one, _ in whole[:_MOST_CITED]),
                ends_s=ends,
                averaged=len(whole),
            )
        )
    # Of several shares of one service, the one that reached highest is what its users met.
    return sorted(shares, key=lambda share: -float(np.max(share.shares)))


def _mean_share(members: Sequence[tuple[MetricSeries, Meaning]]) -> tuple[Floats, Floats]:
    """(times, failing share) of one series, or the plain mean of several at each moment that any of them has."""
    parts = []
    for one, meaning in members:
        at, values = present(one)
        values = values * meaning.factor
        parts.append((at, values if meaning.role is Role.ERROR_SHARE else 1.0 - values))
    if len(parts) == 1:
        return parts[0]
    times = np.unique(np.concatenate([at for at, _ in parts]))
    total, count = np.zeros(times.size), np.zeros(times.size)
    for at, values in parts:
        places = np.searchsorted(times, at)
        total[places] += values
        count[places] += 1
    return times, total / count


def _what_failed(series: MetricSeries, meaning: Meaning) -> str:
    silent = {"error", "errors", "rate", "fail", "failed", "failure", "failures", "5xx", "success", "availability",
              "request", "requests", "share", "ratio", "rpc", "client", "code", "status", "query"}  # fmt: skip
    words = [word for word in meaning.subject.removeprefix(series.service).split() if word not in silent]
    # An expression has more words than a name; nothing of it is worth quoting as a thing.
    named = "(" not in series.metric and len(words) <= 3
    return " ".join(words) if named else ""


def _rates_of(service: str, times: Floats, read: Sequence[tuple[MetricSeries, Meaning]]) -> Floats | None:
    """Requests per second of a service at the given moments, where one series without code labels states them."""
    for one, meaning in read:
        named = "request" in one.metric.lower() or "rps" in one.metric.lower()
        if (
            meaning.unit != "/s"
            or not named
            or one.service != service
            or any(key in one.labels for key in _CODE_LABELS)
        ):
            continue
        at, values = present(one)
        if at.size >= 2:
            return np.interp(times, at, values)
    return None


def _code_of(series: MetricSeries) -> str:
    return next((series.labels[key] for key in _CODE_LABELS if series.labels.get(key)), "")


def _by_code(series: Sequence[MetricSeries], ends: float) -> list[FailShare]:
    """Shares from request series that differ in their status code."""
    families: dict[tuple[str, str], list[MetricSeries]] = defaultdict(list)
    for one in series:
        code = _code_of(one)
        if code[:1] in {"2", "3", "4", "5"} and (len(code) == 3):
            service = one.service or one.labels.get("service") or one.labels.get("job") or ""
            families[(service, one.metric)].append(one)
    shares = []
    for (service, _), members in families.items():
        codes = {_code_of(one)[0] for one in members}
        if "5" not in codes or len(codes) < 2:
            continue
        times = np.unique(np.concatenate([present(one)[0] for one in members]))
        total, failed = np.zeros(times.size), np.zeros(times.size)
        for one in members:
            at, values = _as_rate(one)
            places = np.searchsorted(times, at)
            np.add.at(total, places, values)
            if _code_of(one).startswith("5"):
                np.add.at(failed, places, values)
        busy = total > 0
        if np.count_nonzero(busy) < 2:
            continue
        shares.append(
            FailShare(
                service,
                "",
                times[busy],
                failed[busy] / total[busy],
                total[busy],
                tuple(one.evidence for one in members),
                ends,
            )
        )
    return shares


def _as_rate(series: MetricSeries) -> tuple[Floats, Floats]:
    times, values = present(series)
    return counter_rate(series.metric, times, values) or (times, values)


def _from_minutes(minutes: Sequence[LogMinute]) -> list[FailShare]:
    """Shares from the log lines of each service that state an HTTP status. Minutes with fewer than three requests are
    left out: one failure there is no share."""
    services: dict[str, list[LogMinute]] = defaultdict(list)
    for minute in minutes:
        if minute.requests >= _LEAST_REQUESTS_PER_MINUTE:
            services[minute.service].append(minute)
    shares = []
    for service, busy in services.items():
        if len(busy) < 2:
            continue
        busy.sort(key=lambda minute: minute.minute)
        times = np.array([minute.minute for minute in busy], dtype=np.float64)
        requests = np.array([minute.requests for minute in busy], dtype=np.float64)
        failures = np.array([minute.failures for minute in busy], dtype=np.float64)
        worst = max(busy, key=lambda minute: minute.failures)
        first = next((minute for minute in busy if minute.failures), worst)
        evidence = tuple(dict.fromkeys((first.evidence, worst.evidence)))
        shares.append(
            FailShare(service, "", times, failures / requests, requests / 60.0, evidence, float(times[-1]) + 60.0)
        )
    return shares
