"""When normal was and when the incident may have begun, as slices that evidence is counted in.

Knows gaps in recordings and that the time of an alert is off by minutes. Refuses to look at what happened in a slice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from afteraction.engine.suspects.tables import Codes, Floats

# How far before and after the alert the beginning is looked for, how long afterwards still tells of it, and how finely
# it is told (seconds).
EARLIEST, LATEST = 300.0, 300.0
LASTS = 900.0
SLICE = 15.0
# An alert is rarely further from the beginning than this (seconds): the scale of the prior over beginnings.
USUAL_LAG = 90.0
# A silence this long, and this many times longer than is usual, parts two recordings.
LEAST_GAP, GAP_RATIO = 45.0, 30.0
# Without an alert: how many slices, and how much of a single recording is taken to be normal.
SLICES_WITHOUT_ALERT, NORMAL_WITHOUT_ALERT = 40, 0.3
LEFT_OUT, BEFORE = -1, 0
# Observations of one system are not independent: no more than these count, and fewer of another recording.
MOST_COUNTED, OTHER_RECORDING = 60.0, 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The slices of a case. Slice 0 is normal for sure (other recordings, and long before the alert); slices 1 to n
    are the watched stretch in order. `begins` are the candidate beginnings (UTC epoch seconds): the n-th is the start
    of slice n + 1; `log_prior` is what speaks for each before anything is looked at."""

    segments: Floats
    watched: tuple[float, float]
    own: tuple[float, float]
    begins: Floats
    log_prior: Floats

    def slices(self, times: Floats) -> Codes:
        """The slice of each moment (UTC epoch seconds); -1 where it tells neither of normal nor of the incident."""
        inside = (times >= self.watched[0]) & (times <= self.watched[1])
        later = (times > self.watched[1]) & (times <= self.own[1])
        found = np.where(inside, np.searchsorted(self.begins, times, side="right"), BEFORE)
        return np.where(later, LEFT_OUT, np.maximum(found, inside)).astype(np.int64)

    @property
    def most_long(self) -> float:
        """How many units of slice 0 count: another recording holds other data, so that its shares differ anyway."""
        inside = self.own[0] < self.watched[0]
        return MOST_COUNTED if inside else OTHER_RECORDING

    @property
    def count(self) -> int:
        """How many slices there are, slice 0 included."""
        return int(self.begins.size) + 1


def recordings(times: Floats) -> Floats:
    """The stretches without a long silence, as rows (first, last), by time."""
    ordered = np.unique(times[np.isfinite(times)])
    if not ordered.size:
        return np.empty((0, 2))
    steps = np.diff(ordered)
    usual = float(np.median(steps)) if steps.size else 0.0
    cuts = np.flatnonzero(steps > max(LEAST_GAP, GAP_RATIO * usual))
    firsts = ordered[np.concatenate(([0], cuts + 1))]
    lasts = ordered[np.concatenate((cuts, [ordered.size - 1]))]
    return np.column_stack((firsts, lasts))


def lay_out(times: Floats, fired_at: float | None, slice_s: float = SLICE) -> Timeline | None:
    """The slices for evidence at these moments; None where there is none. An alert outside of everything recorded
    (a clock that is hours off) is not believed."""
    found = recordings(times)
    if not len(found):
        return None
    if fired_at is None or not _near(found, fired_at):
        return _without_alert(found)
    own = found[np.argmin(np.maximum(found[:, 0] - fired_at, 0) + np.maximum(fired_at - found[:, 1], 0))]
    start, end = max(own[0], fired_at - EARLIEST), min(own[1], fired_at + LASTS)
    last_begin = min(end, fired_at + LATEST)
    begins = np.arange(start, max(last_begin, start + 1e-6), slice_s)
    prior = -np.abs(begins - fired_at) / USUAL_LAG
    return Timeline(segments=found, watched=(start, end), own=(own[0], own[1]), begins=begins, log_prior=_normed(prior))


def _near(found: Floats, fired_at: float) -> bool:
    return bool(np.any((found[:, 0] - LATEST <= fired_at) & (fired_at <= found[:, 1] + EARLIEST)))


def _without_alert(found: Floats) -> Timeline:
    """The last recording is watched and those before it are normal; of a single one the first part is."""
    first, last = float(found[-1, 0]), float(found[-1, 1])
    if len(found) == 1:
        first += (last - first) * NORMAL_WITHOUT_ALERT
    begins = np.linspace(first, last, SLICES_WITHOUT_ALERT + 1)[:-1] if last > first else np.array([first])
    prior = np.zeros(begins.size)
    return Timeline(segments=found, watched=(first, last), own=(first, last), begins=begins, log_prior=_normed(prior))


def _normed(log_prior: Floats) -> Floats:
    highest = float(log_prior.max())
    return log_prior - highest - float(np.log(np.exp(log_prior - highest).sum()))
