"""How much more likely a count, or a level, is if something changed than if nothing did.

Knows Beta-binomial and normal evidence over unknown beginnings, each against several kinds of normal. Refuses to know
what is counted.
"""

from __future__ import annotations

import numpy as np

from afteraction.engine.suspects.origins.timeline import MOST_COUNTED
from afteraction.engine.suspects.tables import Codes, Floats

_HALF = 0.5
_HALF_LOG_TWO_PI = 0.9189385332046727
# How many observations the long normal is worth as a prior of the short one right before the incident.
BORROWED = 3.0
# What a level may drift between two normal stretches, and how far an incident moves it, in natural logs.
DRIFT, EFFECT = 0.2, 1.0


def change_odds(
    seen: Floats, units: Floats, log_prior: Floats, most_long: float = MOST_COUNTED
) -> tuple[Floats, Codes]:
    """(log odds, best beginning as an index) of a change in how often something is there.

    `seen` and `units` have a row per thing and a column per slice (slice 0 is normal for sure): in how many units it
    was seen, and how many there were. For each beginning the units after it are compared with slice 0 and with those
    right before it, the less telling of both counts; the beginnings are weighed by `log_prior`.
    No more than `most_long` units of slice 0 count.
    """
    k0, n0 = _capped(seen[:, :1], units[:, :1], most_long)
    before_k, before_n = _before(seen[:, 1:]), _before(units[:, 1:])
    after_k = seen[:, 1:].sum(axis=1, keepdims=True) - before_k
    after_n = units[:, 1:].sum(axis=1, keepdims=True) - before_n
    kb, nb = _capped(before_k, before_n)
    k1, n1 = _capped(after_k, after_n)
    changed = _predicted(k1, n1, _HALF, _HALF)
    against_long = changed - _predicted(k1, n1, _HALF + k0, _HALF + n0 - k0)
    share = (k0 + _HALF) / (n0 + 1)
    worth = np.where(n0 > 0, BORROWED, 0.0)
    against_short = changed - _predicted(k1, n1, _HALF + worth * share + kb, _HALF + worth * (1 - share) + nb - kb)
    least = np.where(n0 > 0, np.minimum(against_long, np.where(nb > 0, against_short, against_long)), against_short)
    least = np.where((n1 > 0) & (n0 + nb > 0), least, 0.0)
    return _over_beginnings(least, log_prior)


def level_odds(
    values: Floats, slices: Codes, groups: Codes, count: int, log_prior: Floats
) -> tuple[Floats, Codes, Floats]:
    """(log odds, best beginning, shift there) of a rise of the level per group.

    `values` are natural logs relative to what is usual, one per unit; `slices` and `groups` are their places (-1 in
    slices leaves a unit out); `count` is how many groups there are.
    """
    width = int(log_prior.size) + 1
    keep = (slices >= 0) & np.isfinite(values)
    where = groups[keep] * width + slices[keep]
    held = values[keep]
    number: Floats = np.bincount(where, minlength=count * width).reshape(count, width).astype(np.float64)
    total: Floats = np.bincount(where, held, minlength=count * width).reshape(count, width).astype(np.float64)
    square: Floats = np.bincount(where, held**2, minlength=count * width).reshape(count, width).astype(np.float64)
    spread = _spread(number, total, square)
    n0, s0 = number[:, :1], total[:, :1]
    nb, sb = _before(number[:, 1:]), _before(total[:, 1:])
    n1 = number[:, 1:].sum(axis=1, keepdims=True) - nb
    s1 = total[:, 1:].sum(axis=1, keepdims=True) - sb
    mean1 = s1 / np.maximum(n1, 1)
    long = mean1 - s0 / np.maximum(n0, 1)
    short = mean1 - sb / np.maximum(nb, 1)
    against_long = _risen(long, spread, n1, n0)
    against_short = _risen(short, spread, n1, nb)
    least = np.where(n0 > 1, np.minimum(against_long, np.where(nb > 1, against_short, against_long)), against_short)
    least = np.where((n1 > 1) & ((n0 > 1) | (nb > 1)), least, 0.0)
    odds, best = _over_beginnings(least, log_prior)
    rows = np.arange(count)
    shift = np.where(n0[:, 0] > 1, long[rows, best], short[rows, best])
    return odds, best, shift


def _risen(shift: Floats, spread: Floats, after: Floats, normal: Floats) -> Floats:
    """Log odds of a rise, against a drift alone."""
    each = 1 / np.maximum(np.minimum(after, MOST_COUNTED), 1) + 1 / np.maximum(np.minimum(normal, MOST_COUNTED), 1)
    noise = spread**2 * each + DRIFT**2
    moved = 0.5 * shift**2 * (1 / noise - 1 / (noise + EFFECT**2)) - 0.5 * np.log1p(EFFECT**2 / noise)
    return np.where(shift > 0, moved, np.minimum(moved, -0.5 * np.log1p(EFFECT**2 / noise)))


def _spread(number: Floats, total: Floats, square: Floats) -> Floats:
    """The pooled standard deviation inside slices, per group, as a column; 0.3 where hardly anything was seen."""
    inside = (square - total**2 / np.maximum(number, 1)).sum(axis=1)
    freedom = np.maximum(number - 1, 0).sum(axis=1)
    found = np.sqrt(np.maximum(inside + 0.3**2, 0.0) / (freedom + 1))
    return np.asarray(np.maximum(found, 0.05)[:, None])


def _before(counts: Floats) -> Floats:
    """Sums over the slices before each beginning."""
    summed = np.cumsum(counts, axis=1)
    return np.concatenate((np.zeros((len(counts), 1)), summed[:, :-1]), axis=1)


def _capped(seen: Floats, units: Floats, most: float = MOST_COUNTED) -> tuple[Floats, Floats]:
    factor = np.minimum(1.0, most / np.maximum(units, 1))
    return seen * factor, units * factor


def _predicted(seen: Floats, units: Floats, a: Floats | float, b: Floats | float) -> Floats:
    """Log probability of this many, in this order, under a Beta(a, b) share."""
    return _log_beta(seen + a, units - seen + b) - _log_beta(np.asarray(a), np.asarray(b))


def _log_beta(a: Floats, b: Floats) -> Floats:
    return _log_gamma(a) + _log_gamma(b) - _log_gamma(a + b)


def _log_gamma(x: Floats) -> Floats:
    """Stirling's series six steps further up, where it is good to ten digits for every x > 0."""
    product = x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5)
    up = x + 6
    inverse = 1 / up
    series = inverse * (1 / 12 - inverse**2 * (1 / 360 - inverse**2 / 1260))
    return np.asarray((up - 0.5) * np.log(up) - up + _HALF_LOG_TWO_PI + series - np.log(product))


def _over_beginnings(log_odds: Floats, log_prior: Floats) -> tuple[Floats, Codes]:
    weighed = log_odds + log_prior
    highest = weighed.max(axis=1, keepdims=True)
    odds = highest[:, 0] + np.log(np.exp(weighed - highest).sum(axis=1))
    return odds, weighed.argmax(axis=1)
