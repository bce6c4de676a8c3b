"""Windows of impact that a failing share shows, as steps of one weight each.

Knows crossings and steps. Refuses to estimate: without a measured share there is no window here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from afteraction.core.digests import LogMinute, MetricSeries
from afteraction.core.findings import Basis, ImpactWindow
from afteraction.core.instant import Instant
from afteraction.engine.signals.arrays import Flags, sample_instant
from afteraction.engine.signals.departures import DISTANCE, calm_beginning, runs, spread_of
from afteraction.engine.signals.meaning import print_value
from afteraction.engine.signals.shares import FailShare, accounts_of_failing
from afteraction.engine.signals.steps import cut_steps

# Impact begins at one failed request in fifty beyond what is usual, and has to last.
LEAST_SHARE = 0.02
_LEAST_SECONDS = 10
_LEAST_FAILED = 5
_MOST_USUAL = 0.3
_LOW_SHARE = 0.05
_MOST_MARGIN = 0.1


def impact_windows(series: Sequence[MetricSeries], minutes: Sequence[LogMinute] = ()) -> list[ImpactWindow]:
    """Measured windows of impact of each service with a known failing share, by start: from metrics, else from logs,
    else from shares of internal calls.

    A window needs two samples (10 s or more) above the service's usual share by a margin of six spreads, at least 0.02
    and at most 0.1. It opens at the first sample above half of that margin and closes at the first one back below
    (one such sample is bridged where they lie at most a minute apart). Inside, each step is a window of its own with
    the mean share as weight; the steps of one window share `group`. `end` None: the evidence ends while requests fail.
    Lost requests follow where the rate of requests is known.
    """
    for shares in accounts_of_failing(series, minutes):
        windows: list[ImpactWindow] = []
        stretches = [(share, first, last) for share in shares for first, last in _stretches(share)]
        for group, (share, first, last) in enumerate(stretches):
            windows.extend(_steps(share, first, last, group))
        if windows:
            return sorted(windows, key=lambda window: (window.start.utc, window.service))
    return []


def usual_share(share: FailShare) -> tuple[float, float]:
    """(usual failing share, its spread): of the calm beginning, or of the lowest part where the evidence begins in the
    middle; 0 where no part of it can be called usual, since a share that is high and restless is an incident."""
    values = share.shares
    length = calm_beginning(values)
    lead = values[:length]
    calmest = lead
    if values.size > length:
        starts = np.linspace(0, values.size - length, 40).astype(int)
        ordered = np.lib.stride_tricks.sliding_window_view(values, length)[starts]
        calmest = ordered[int(np.argmin(np.median(ordered, axis=1)))]
    lowest = float(np.median(calmest))
    for part in (lead, calmest):
        level = float(np.median(part))
        spread = spread_of(part, level)
        steady = level <= _LOW_SHARE or spread <= 0.25 * level
        if level <= min(_MOST_USUAL, lowest + LEAST_SHARE) and steady:
            return level, spread
    return 0.0, 0.0


def _stretches(share: FailShare) -> list[tuple[int, int]]:
    """(first, last exclusive) of the samples of each stretch of impact."""
    level, spread = usual_share(share)
    margin = min(max(LEAST_SHARE, DISTANCE * spread), _MOST_MARGIN)
    failing: Flags = share.shares > level + margin
    # Once it clearly fails, the stretch reaches as far as half of the margin: a dip inside does not end it, and its
    # first sample belongs to it.
    disturbed: Flags = share.shares > level + margin / 2
    least = max(2, int(np.ceil(_LEAST_SECONDS / share.step_s)))
    bridge = 1 if share.step_s <= 60 else 0
    return [
        (a, b)
        for a, b in runs(disturbed, bridge)
        if np.count_nonzero(failing[a:b]) >= least and _failed_requests(share, a, b) >= _LEAST_FAILED
    ]


def _failed_requests(share: FailShare, first: int, last: int) -> float:
    """How many requests failed between two samples; infinite where nobody counted them."""
    if share.rates is None:
        return np.inf
    return float((share.rates[first:last] * share.shares[first:last]).sum() * share.step_s)


def _steps(share: FailShare, first: int, last: int, group: int) -> list[ImpactWindow]:
    times, step = share.times, share.step_s
    steps = cut_steps(np.clip(share.shares[first:last], 0.0, 1.0), step)
    windows = []
    for number, (a, b, weight) in enumerate(steps):
        begin, end = first + a, first + b
        opening = number == 0 and first == 0
        start = sample_instant(float(times[begin]), step, inferred=opening)
        rate = float(share.rates[begin:end].mean()) if share.rates is not None else None
        lost = float((share.rates[begin:end] * share.shares[begin:end]).sum()) if share.rates is not None else 0.0
        through = float(share.rates[begin:end].sum()) if share.rates is not None else 0.0
        windows.append(
            ImpactWindow(
                start=start,
                end=_end(share, end),
                service=share.service,
                weight=round(weight, 4),
                basis=Basis.MEASURED if share.averaged == 1 else Basis.ESTIMATED,
                degradation=_sentence(share, weight),
                requests_per_s=rate,
                # Weighted by traffic, so that rate × share × length is the number of requests that failed.
                fail_share=round(lost / through, 4) if through else round(weight, 4),
                evidence=share.evidence,
                group=group,
            )
        )
    return windows


def _end(share: FailShare, end: int) -> Instant | None:
    times, step = share.times, share.step_s
    if end < times.size:
        return sample_instant(float(times[end]), step)
    # A ratio without requests or failures simply stops; when other evidence goes on, so does the service.
    if share.ends_s > float(times[-1]) + 3 * step:
        return sample_instant(float(times[-1]) + step, step, inferred=True)
    return None


def _sentence(share: FailShare, weight: float) -> str:
    who = " ".join(part for part in (share.service, share.what) if part)
    subject = f"{who[:1].upper()}{who[1:]} requests" if who else "Requests"
    shown = round(weight, 2) if weight >= 0.1 else float(f"{weight:.2g}")
    mean = f", as the plain mean of {share.averaged} series" if share.averaged > 1 else ""
    return f"{subject} failed: {print_value(shown, 'share')} of requests{mean}."
