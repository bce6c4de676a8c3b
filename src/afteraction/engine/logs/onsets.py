"""The minute in which a service's errors left their usual level, from counts per minute.

Knows counts and chance. Refuses to read messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from afteraction.core.digests import LogMinute

_MOST_ONSETS = 3
_CALM_MINUTES = 5


@dataclass(frozen=True, slots=True)
class ErrorOnset:
    """Errors of one service well above `usual` (errors a minute) from `first` on, `until` the first minute back (UTC
    epoch seconds; None when the log ends before). `seen_calm` is False when the log begins with them. `counts` says
    what was counted: error lines, or requests answered with a status of 500 or above."""

    first: LogMinute
    until: float | None
    usual: float
    peak: int
    total: int
    seen_calm: bool
    counts: str


def find_error_onsets(minutes: Sequence[LogMinute]) -> list[ErrorOnset]:
    """The onsets of one service, minutes ascending, at most three; minutes without a line count as zero.

    Well above means: at least three, three times the usual count and six Poisson deviations beyond it, in two of three
    neighbouring minutes, or ten at once.
    """
    if not minutes:
        return []
    failing = sum(minute.failures for minute in minutes) > sum(minute.errors for minute in minutes)
    starts = np.array([minute.minute for minute in minutes])
    # A log that pauses for days is quiet for an hour as far as counting goes.
    steps = np.clip(np.round(np.diff(starts) / 60), 1, 60).astype(int)
    places = np.concatenate(([0], np.cumsum(steps)))
    length = int(places[-1]) + 1
    counts = np.zeros(length)
    counts[places] = [minute.failures if failing else minute.errors for minute in minutes]
    usual = _usual(counts)
    limit = max(3.0, 3 * usual, usual + 6 * np.sqrt(usual + 0.25))
    above = counts >= limit
    by_place = dict(zip(places.tolist(), minutes, strict=True))
    found = []
    for start, end in _stretches(above):
        loud = counts[start:end]
        if np.count_nonzero(above[start:end]) < 2 and loud.max() < 10:
            continue
        found.append(
            ErrorOnset(
                first=by_place[start],
                until=by_place[end - 1].minute + 60.0 if end < length else None,
                usual=usual,
                peak=int(loud.max()),
                total=int(loud.sum()),
                seen_calm=start > 0,
                counts="answers with a status of 500 or above" if failing else "error lines",
            )
        )
    return found[:_MOST_ONSETS]


def _usual(counts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Errors a minute in the calm beginning, its loudest tenth left out; the lower quarter of all minutes when the log
    begins louder than it is elsewhere."""
    lead = np.sort(counts[: max(len(counts) // 5, min(5, len(counts)))])
    beginning = float(lead[: max(1, int(np.ceil(len(lead) * 0.9)))].mean())
    elsewhere = float(np.percentile(counts, 25))
    return elsewhere if beginning > 3 * elsewhere + 3 else beginning


def _stretches(above: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """(first, last exclusive) of loud minutes; fewer than five calm minutes do not end a stretch."""
    where = np.flatnonzero(above)
    if not where.size:
        return []
    cuts = np.flatnonzero(np.diff(where) > _CALM_MINUTES)
    firsts = where[np.concatenate(([0], cuts + 1))]
    lasts = where[np.concatenate((cuts, [where.size - 1]))]
    return [(int(a), int(b) + 1) for a, b in zip(firsts, lasts, strict=True)]
