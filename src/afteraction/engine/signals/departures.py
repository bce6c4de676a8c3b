"""Where a series leaves its own quiet behaviour, and where it comes back.

Knows robust level and spread. Refuses to know what is measured; which way is worse is told to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from afteraction.engine.signals.arrays import Flags, Floats, Indexes

# How many spreads a sample must lie outside, how many such samples make an episode, and how many calm samples in
# between still belong to it.
DISTANCE = 6.0
LEAST_SAMPLES = 3
BRIDGED_CALM = 2
_LEAST_QUIET = 5
_LONG_RECORDING_S = 36 * 3600


@dataclass(frozen=True, slots=True)
class Quiet:
    """Level and spread of a series' quiet part, samples `first` to `last` (exclusive). `leads` is True when the
    recording begins with it, so that a departure was seen happening."""

    level: float
    spread: float
    first: int
    last: int
    leads: bool = True


@dataclass(frozen=True, slots=True)
class Episode:
    """A departure: `first` sample outside, `last` index after it, `back` False when the recording ends in it."""

    first: int
    last: int
    rising: bool
    peak: int
    back: bool
    height: float


def spread_of(values: Floats, level: float) -> float:
    """The largest of three robust spreads, each equal to the standard deviation of normal values: IQR/1.349,
    1.4826 MAD and p90 of the deviation/1.645. One alone collapses on values that mostly repeat. Where all three do
    (rare events: nine of ten samples are equal), the standard deviation without the most distant sample."""
    ordered, deviation = np.sort(values), np.sort(np.abs(values - level))
    low, high = _quantile(ordered, 0.25), _quantile(ordered, 0.75)
    half, most = _quantile(deviation, 0.5), _quantile(deviation, 0.9)
    robust = float(max((high - low) / 1.349, 1.4826 * half, most / 1.645))
    if robust > 0 or values.size < 3:
        return robust
    return float(np.sqrt(np.mean(deviation[:-1] ** 2)))


def spreads_of(rows: Floats, levels: Floats) -> Floats:
    """`spread_of` of each row, of at least one value, around its own level."""
    ordered, deviation = np.sort(rows, axis=1), np.sort(np.abs(rows - levels[:, None]), axis=1)
    low, half, high, most = (
        _quantiles(ordered, 0.25), _quantiles(deviation, 0.5), _quantiles(ordered, 0.75), _quantiles(deviation, 0.9)
    )  # fmt: skip
    robust = np.maximum.reduce([(high - low) / 1.349, 1.4826 * half, most / 1.645])
    if rows.shape[1] < 3:
        return np.asarray(robust)
    return np.asarray(np.where(robust > 0, robust, np.sqrt(np.mean(deviation[:, :-1] ** 2, axis=1))))


def middles(rows: Floats) -> Floats:
    """The median of each row, of at least one value."""
    return _quantiles(np.sort(rows, axis=1), 0.5)


def _quantiles(ordered: Floats, share: float) -> Floats:
    place = share * (ordered.shape[1] - 1)
    below = int(place)
    above = min(below + 1, ordered.shape[1] - 1)
    return np.asarray(ordered[:, below] + (ordered[:, above] - ordered[:, below]) * (place - below))


def _quantile(ordered: Floats, share: float) -> float:
    """As `np.percentile` with linear interpolation, of values in order: most series are short, and its own way to
    them costs ten times as much as the values."""
    place = share * (ordered.size - 1)
    below = int(place)
    above = min(below + 1, ordered.size - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def middle(values: Floats) -> float:
    """The median of at least one value."""
    return _quantile(np.sort(values), 0.5)


def _least_spread(values: Floats, level: float, robust: float, least: float) -> float:
    """The least a spread may be: a twentieth of the level, or a hundredth of the whole reach for a part that is
    constant at zero. A steady machine would otherwise call every flutter an incident."""
    if level == 0 and robust == 0:
        least = max(least, 0.01 * float(np.percentile(values, 99) - np.percentile(values, 1)))
    return max(0.05 * abs(level), least, 1e-12)


def find_quiet(times: Floats, values: Floats, worse: int, least_spread: float = 0.0) -> Quiet | None:
    """The quiet part of a series of at least eight samples: its beginning, unless that lies clearly on the bad side of
    a calmer part. Recordings longer than 36 h use the whole, since days have their own ups and downs."""
    n = values.size
    if n < 8:
        return None
    if times[-1] - times[0] > _LONG_RECORDING_S:
        return _measured(values, 0, n, least_spread)
    length = calm_beginning(values)
    lead = _measured(values, 0, length, least_spread)
    if worse == 0:
        return lead
    starts = np.linspace(0, n - length, 20).astype(int)
    levels = np.median(np.lib.stride_tricks.sliding_window_view(values, length)[starts], axis=1)
    start = int(starts[np.argmin(levels * worse)])
    best = _measured(values, start, start + length, least_spread, leads=False)
    disturbed = (lead.level - best.level) * worse > DISTANCE * best.spread
    return best if disturbed else lead


def calm_beginning(values: Floats) -> int:
    """How many samples of the beginning tell what is usual: a fifth of them, less where the disturbance begins inside
    that fifth (its first half is at least three times calmer than the whole)."""
    length = int(min(max(values.size // 5, _LEAST_QUIET), 400, values.size))
    while length >= 2 * _LEAST_QUIET:
        half = values[: length // 2]
        whole = values[:length]
        calm = max(spread_of(half, middle(half)), 0.01 * abs(middle(half)), 1e-12)
        if spread_of(whole, middle(whole)) <= 3 * calm:
            break
        length //= 2
    return length


def _measured(values: Floats, first: int, last: int, least: float, *, leads: bool = True) -> Quiet:
    part = values[first:last]
    level = middle(part)
    robust = spread_of(part, level)
    return Quiet(level, max(robust, _least_spread(values, level, robust, least)), first, last, leads)


def runs(mask: Flags, bridge: int = 0) -> list[tuple[int, int]]:
    """(first, last exclusive) of each run of True; gaps of up to `bridge` samples do not end a run."""
    where: Indexes = np.flatnonzero(mask)
    if not where.size:
        return []
    cuts = np.flatnonzero(np.diff(where) > bridge + 1)
    firsts = where[np.concatenate(([0], cuts + 1))]
    lasts = where[np.concatenate((cuts, [where.size - 1]))]
    return [(int(a), int(b) + 1) for a, b in zip(firsts, lasts, strict=True)]


def find_episodes(values: Floats, quiet: Quiet, worse: int) -> tuple[Quiet, list[Episode]]:
    """(refined quiet part, its departures in order). The quiet part is grown to everything before the first departure
    and measured again, until both agree: a slow drift at the start is no departure."""
    for _ in range(3):
        found = _departures(values, quiet, worse)
        if not quiet.leads or not found or found[0].first <= quiet.last:
            break
        grown = _measured(values, 0, found[0].first, quiet.spread if quiet.spread < 1e-9 else 0.0)
        if grown.last == quiet.last:
            break
        quiet = grown
    return quiet, found


def _departures(values: Floats, quiet: Quiet, worse: int) -> list[Episode]:
    distance = (values - quiet.level) / quiet.spread
    found = []
    for sign in (1, -1) if worse == 0 else (worse,):
        outside = distance * sign > DISTANCE
        for first, last in runs(outside, BRIDGED_CALM):
            if np.count_nonzero(outside[first:last]) < LEAST_SAMPLES:
                continue
            part = distance[first:last] * sign
            peak = first + int(np.argmax(part))
            found.append(Episode(first, last, sign > 0, peak, last < values.size, float(part.max())))
    return _telling(sorted(found, key=lambda episode: episode.first))


def _telling(episodes: list[Episode], most: int = 4) -> list[Episode]:
    """The episodes that stand out: a series with many similar ones is restless, and none of them tells anything."""
    if not episodes:
        return []
    strongest = max(episode.height for episode in episodes)
    strong = [episode for episode in episodes if episode.height >= strongest / 3]
    return strong if len(strong) <= most else []
