"""How far a series left all of its normal regimes, and when, without trusting the time of the alert.

Knows robust levels and spreads. Refuses to know what is measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from afteraction.engine.signals.departures import middle, spread_of
from afteraction.engine.suspects.origins.timeline import LASTS, NORMAL_WITHOUT_ALERT, recordings
from afteraction.engine.suspects.tables import Flags, Floats

LEAST_SAMPLES = 8
# The long normal is cut into so many parts, each a regime of its own; a part holds at least so many samples.
REGIMES, LEAST_OF_A_REGIME = 6, 5
# A departure is the middle of the samples of so many seconds, and of at least so many samples.
HELD_S, HELD_SAMPLES = 60.0, 3
# No spread is smaller than this share of the level, nor than the least step between two values, as far as that is
# not more than a share of the level and of the reach: a counter of sockets that goes from 5 to 6 says little.
OF_LEVEL, OF_GRAIN = 0.02, 0.05
FARTHEST = 1e4
# How far before the alert the incident may have begun (seconds).
EARLIEST = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How many spreads the series held outside of its regimes (`far` ≥ 0, `rising` tells which way), when it first
    lay half as far (UTC epoch seconds), its normal level and the level that it held."""

    far: float
    rising: bool
    onset: float
    usual: float
    held: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Until when all is normal for sure, and the stretch in which the incident shows (UTC epoch seconds)."""

    normal_until: float
    begins: float
    ends: float
    recorded_until: float

    def normal(self, times: Floats) -> Flags:
        """Samples that are normal for sure: before the window, and in other recordings. What the same recording holds
        after the window may be the incident still."""
        return np.asarray((times < self.normal_until) | (times > self.recorded_until))

    def watched(self, times: Floats) -> Flags:
        """Samples that may show the incident."""
        return np.asarray((times >= self.begins) & (times <= self.ends))


def window_of(times: Floats, fired_at: float | None) -> Window | None:
    """The window of a case whose samples lie at `times`; None where there are none. Without an alert (or with one
    outside of everything recorded) the incident lies in the last recording, of a single one after its first part."""
    found = recordings(times)
    if not len(found):
        return None
    near = None if fired_at is None else _recording_at(found, fired_at)
    if fired_at is None or near is None:
        first, last = float(found[-1, 0]), float(found[-1, 1])
        cut = first + (last - first) * (NORMAL_WITHOUT_ALERT if len(found) == 1 else 0.0)
        return Window(normal_until=cut, begins=cut, ends=last, recorded_until=last)
    first, last = near
    begins = fired_at - EARLIEST
    if begins - first < (last - first) * 0.2 and len(found) == 1:
        # Little was recorded before: what there is must do.
        begins = first + max(0.0, fired_at - first) * 0.6
    return Window(normal_until=begins, begins=begins, ends=min(last, fired_at + LASTS), recorded_until=last)


def _recording_at(found: Floats, at: float) -> tuple[float, float] | None:
    far = np.maximum(found[:, 0] - at, 0) + np.maximum(at - found[:, 1], 0)
    nearest = int(np.argmin(far))
    if far[nearest] > max(EARLIEST, 0.0):
        return None
    return float(found[nearest, 0]), float(found[nearest, 1])


def depart(times: Floats, values: Floats, window: Window) -> Departure | None:
    """The farthest that the series held in the window; None where too little of it is known."""
    normal, watched = window.normal(times), window.watched(times)
    if np.count_nonzero(normal) < LEAST_SAMPLES or not watched.any():
        return None
    low, high, spread = _regimes(times[normal], values[normal], values)
    at, seen = times[watched], values[watched]
    held = _held(at, seen)
    outside = _outside(held, low, high) / spread
    peak = int(np.argmax(np.abs(outside)))
    far = float(min(abs(outside[peak]), FARTHEST))
    sign = float(np.sign(outside[peak]))
    there = np.flatnonzero(_outside(seen, low, high) / spread * sign >= max(far / 2, 1e-12))
    return Departure(
        far=far,
        rising=sign > 0,
        onset=float(at[there[0]] if there.size else at[peak]),
        usual=(low + high) / 2,
        held=float(held[peak]),
    )


def _outside(values: Floats, low: float, high: float) -> Floats:
    return np.asarray(np.where(values > high, values - high, np.where(values < low, values - low, 0.0)))


def _regimes(times: Floats, normal: Floats, values: Floats) -> tuple[float, float, float]:
    """(lowest and highest level of the regimes, spread inside them). Each recording has regimes of its own."""
    pieces: list[Floats] = []
    for first, last in recordings(times):
        inside = normal[(times >= first) & (times <= last)]
        parts = min(REGIMES, max(inside.size // LEAST_OF_A_REGIME, 1))
        pieces += np.array_split(inside, parts)
    levels = np.array([middle(piece) for piece in pieces])
    rest = np.concatenate([piece - level for piece, level in zip(pieces, levels, strict=True)])
    level = middle(np.abs(levels))
    reach = float(np.ptp(values))
    steps = np.diff(np.unique(values))
    grain = min(float(steps.min()) if steps.size else 0.0, OF_GRAIN * max(level, reach))
    spread = max(spread_of(rest, 0.0), OF_LEVEL * level, grain, 1e-12)
    return float(levels.min()), float(levels.max()), spread


def _held(times: Floats, values: Floats) -> Floats:
    """The running middle over `HELD_S` seconds and at least `HELD_SAMPLES` samples (fewer where there are fewer)."""
    step = middle(np.diff(times)) if times.size > 1 else HELD_S
    size = int(np.clip(round(HELD_S / max(step, 1e-3)), HELD_SAMPLES, 400))
    if step > HELD_S:
        size = 1
    size = min(size, values.size)
    if size % 2 == 0 and size > 1:
        size -= 1
    windows = np.lib.stride_tricks.sliding_window_view(values, size)
    held = np.median(windows, axis=1)
    pad = values.size - held.size
    return np.concatenate((np.repeat(held[:1], pad // 2), held, np.repeat(held[-1:], pad - pad // 2)))
