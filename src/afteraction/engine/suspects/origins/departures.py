"""How far a series left all of its normal regimes, and when, without trusting the time of the alert.

Knows robust levels and spreads. Refuses to know what is measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from afteraction.engine.signals.departures import middle, middles, spreads_of
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
# How many values are put in order at once.
AT_ONCE = 1 << 18


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


def depart_all(times: Floats, rows: Floats, window: Window) -> list[Departure | None]:
    """The farthest that each of several series held, one per row of `rows`, all sampled at `times`."""
    normal, watched = window.normal(times), window.watched(times)
    if np.count_nonzero(normal) < LEAST_SAMPLES or not watched.any():
        return [None] * len(rows)
    low, high, spread = _regimes(times[normal], rows[:, normal], rows)
    at, seen = times[watched], rows[:, watched]
    held = _held(at, seen)
    outside = _outside(held, low, high) / spread[:, None]
    each = np.arange(len(rows))
    peak = np.abs(outside).argmax(axis=1)
    farthest = outside[each, peak]
    far, sign = np.minimum(np.abs(farthest), FARTHEST), np.sign(farthest)
    half = _outside(seen, low, high) / spread[:, None] * sign[:, None] >= np.maximum(far / 2, 1e-12)[:, None]
    first = np.where(half.any(axis=1), half.argmax(axis=1), peak)
    return [
        Departure(far=one, rising=way > 0, onset=onset, usual=usual, held=reached)
        for one, way, onset, usual, reached in zip(
            far.tolist(), sign.tolist(), at[first].tolist(), ((low + high) / 2).tolist(), held[each, peak].tolist(),
            strict=True,
        )
    ]  # fmt: skip


def _outside(rows: Floats, low: Floats, high: Floats) -> Floats:
    top, bottom = high[:, None], low[:, None]
    return np.asarray(np.where(rows > top, rows - top, np.where(rows < bottom, rows - bottom, 0.0)))


def _regimes(times: Floats, normal: Floats, rows: Floats) -> tuple[Floats, Floats, Floats]:
    """(lowest and highest level of the regimes, spread inside them) of each row. Each recording has regimes of its
    own."""
    pieces: list[Floats] = []
    for first, last in recordings(times):
        inside = normal[:, (times >= first) & (times <= last)]
        parts = min(REGIMES, max(inside.shape[1] // LEAST_OF_A_REGIME, 1))
        pieces += np.array_split(inside, parts, axis=1)
    levels = np.column_stack([middles(piece) for piece in pieces])
    rest = np.concatenate([piece - levels[:, place : place + 1] for place, piece in enumerate(pieces)], axis=1)
    level = middles(np.abs(levels))
    reach = np.ptp(rows, axis=1)
    steps = np.diff(np.sort(rows, axis=1), axis=1)
    least = np.where(steps > 0, steps, np.inf).min(axis=1, initial=np.inf)
    grain = np.where(np.isfinite(least), np.minimum(least, OF_GRAIN * np.maximum(level, reach)), 0.0)
    spread = np.maximum.reduce([spreads_of(rest, np.zeros(len(rest))), OF_LEVEL * level, grain])
    return levels.min(axis=1), levels.max(axis=1), np.maximum(spread, 1e-12)


def _held(times: Floats, rows: Floats) -> Floats:
    """The running middle over `HELD_S` seconds and at least `HELD_SAMPLES` samples (fewer where there are fewer)."""
    step = middle(np.diff(times)) if times.size > 1 else HELD_S
    size = int(np.clip(round(HELD_S / max(step, 1e-3)), HELD_SAMPLES, 400))
    if step > HELD_S:
        size = 1
    size = min(size, times.size)
    if size % 2 == 0 and size > 1:
        size -= 1
    # What is sorted at once fits into a processor's cache.
    some = max(1, AT_ONCE // (times.size * size))
    held = np.concatenate([
        np.median(np.lib.stride_tricks.sliding_window_view(rows[start : start + some], size, axis=1), axis=2)
        for start in range(0, len(rows), some)
    ])  # fmt: skip
    pad = times.size - held.shape[1]
    return np.concatenate(
        (np.repeat(held[:, :1], pad // 2, axis=1), held, np.repeat(held[:, -1:], pad - pad // 2, axis=1)), axis=1
    )
