"""A stretch of a share, cut into few steps of one weight each.

Knows plateaus and ramps. Refuses to smooth: a step's weight is the mean of its samples, so that weight × length is the
area that was measured.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from afteraction.engine.signals.arrays import Floats

MOST_STEPS = 6
_FINEST = 160
_LEAST_NOISE = 0.02
_SAME_LEVEL = 0.05
_SHORTEST_S = 150.0


def cut_steps(values: Floats, step_s: float = 60.0) -> list[tuple[int, int, float]]:
    """(first, last exclusive, mean) of the steps of one stretch of shares in [0, 1], samples `step_s` seconds apart.

    Straight lines are fitted to pieces by dynamic programming over all cuts; the number of pieces is the one with the
    lowest BIC at the stretch's own noise (from second differences, at least 0.02). So a ramp is one step and not a
    staircase. Neighbours closer than 0.05 become one. No step is
    shorter than an eighth of the stretch or 150 s, whichever is less: rates over a moving minute turn every jump into a
    short ramp.
    """
    n = values.size
    if n < 4:
        return [(0, n, float(values.mean()))]
    size = -(-n // _FINEST)
    edges = np.arange(0, n, size)
    binned = np.add.reduceat(values, edges) / np.diff(np.append(edges, n))
    least = int(max(2, min(n // 8, np.ceil(_SHORTEST_S / step_s)) // size))
    pieces = _best_pieces(binned, least)
    cuts = [int(edges[first]) for first, _ in pieces] + [n]
    steps = [(a, b, float(values[a:b].mean())) for a, b in pairwise(cuts)]
    return _joined(steps, values)


def _joined(steps: list[tuple[int, int, float]], values: Floats) -> list[tuple[int, int, float]]:
    """Steps whose neighbours differ visibly."""
    while len(steps) > 1:
        differences = [abs(b[2] - a[2]) for a, b in pairwise(steps)]
        at = int(np.argmin(differences))
        if differences[at] >= _SAME_LEVEL:
            break
        first, last = steps[at][0], steps[at + 1][1]
        steps[at : at + 2] = [(first, last, float(values[first:last].mean()))]
    return steps


def _best_pieces(values: Floats, least: int) -> list[tuple[int, int]]:
    """(first, last exclusive) of the pieces of at least `least` samples with the lowest penalised misfit."""
    n = values.size
    misfit = _misfit(values, least)
    noise = max(float(np.median(np.abs(np.diff(values, 2)))) / (0.6745 * np.sqrt(6)), _LEAST_NOISE)
    penalty = 3 * np.log(n) * noise**2
    most = max(1, min(MOST_STEPS, n // least))
    cost = np.full((most + 1, n + 1), np.inf)
    origin = np.zeros((most + 1, n + 1), dtype=int)
    cost[0, 0] = 0.0
    for count in range(1, most + 1):
        total = cost[count - 1][:, None] + misfit
        origin[count] = np.argmin(total, axis=0)
        cost[count] = np.take_along_axis(total, origin[count][None, :], axis=0)[0]
    count = 1 + int(np.argmin(cost[1:, n] + penalty * np.arange(1, most + 1)))
    pieces, end = [], n
    while count:
        start = int(origin[count][end])
        pieces.append((start, end))
        end, count = start, count - 1
    return pieces[::-1]


def _misfit(values: Floats, least: int) -> Floats:
    """Matrix [i, j]: squared residuals of the best straight line through samples i to j (exclusive); infinite for
    fewer than `least` samples."""
    n = values.size
    x = np.arange(n, dtype=np.float64)
    sums = [np.concatenate(([0.0], np.cumsum(part))) for part in (x, x * x, values, x * values, values * values)]
    sx, sxx, sy, sxy, syy = (part[None, :] - part[:, None] for part in sums)
    count = np.arange(n + 1)[None, :] - np.arange(n + 1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        vx = sxx - sx * sx / count
        residual = syy - sy * sy / count - np.where(vx > 1e-12, (sxy - sx * sy / count) ** 2 / vx, 0.0)
    result: Floats = np.where(count >= least, np.maximum(residual, 0.0), np.inf)
    return result
