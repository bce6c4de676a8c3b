"""Which log templates an incident changed, against normal.

Knows counts per window and how sure one may be that a rate is another than before. Refuses to know what a template
says, and whether its change mattered: a new message is a question, not a cause.

Lines come in bursts, so counts scatter more than Poisson counts do. The scatter is taken from slices of the normal
window: phi, variance over mean, at least 1, drawn towards that of all templates where slices are few. Counts are
divided by phi, and then two hypotheses are weighed with Gamma priors on the rate, whose mean is the template's own rate
over all windows and whose shape is 1/2: one rate for both windows, or one for each. The log of that Bayes factor
(natural) is the score. Poisson with a Gamma prior: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6;
quasi-Poisson: McCullagh and Nelder, Generalized Linear Models, section 6.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, log, sqrt
from statistics import median_low

import numpy as np
import numpy.typing as npt

SLICES = 12
# A Bayes factor of ten: below it, a rate that differs is not called changed.
SURE = log(10.0)
_SHAPE = 0.5
_POOLED_WEIGHT = 3.0


class Novelty(StrEnum):
    """What became of a template: not seen before, not seen any more, more or less often, or as before."""

    NEW = "new"
    VANISHED = "vanished"
    MORE = "more"
    LESS = "less"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Windows:
    """Three windows in UTC epoch seconds, each from its start to before its end: normal `before`, the incident
    `during`, and `after` it (None where nothing is known of it). They may leave gaps and must not overlap."""

    before: tuple[float, float]
    during: tuple[float, float]
    after: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class TemplateCounts:
    """How often one template was seen. `before` is counted per slice of equal length, `during` and `after` in all.
    The exposures are in one unit: seconds, or the requests or traces of each window, so that traffic cancels.
    `exposure_before` is of all slices together."""

    template: str
    before: tuple[int, ...]
    during: int
    after: int
    exposure_before: float
    exposure_during: float
    exposure_after: float = 0.0


@dataclass(frozen=True, slots=True)
class TemplateNovelty:
    """What changed for one template. `log_odds` is the log Bayes factor of two rates against one, during against
    before; `log_odds_after` the same of after against before, 0 without that window. `ratio` is the rate during over
    the rate before, with the ends of its 95 % interval; `phi` the scatter that was allowed for."""

    template: str
    novelty: Novelty
    log_odds: float
    ratio: float
    low: float
    high: float
    before: int
    during: int
    after: int
    log_odds_after: float
    phi: float


def count_in_windows(
    templates: Sequence[str],
    indexes: npt.NDArray[np.integer],
    times: npt.NDArray[np.floating],
    windows: Windows,
    slices: int = SLICES,
) -> list[TemplateCounts]:
    """Counts of every template, from lines given by the place of their template and their time (UTC epoch seconds,
    NaN where unknown: such lines count nowhere). Exposures are seconds."""
    begin, end = windows.before
    slice_of = np.floor((times - begin) / max(end - begin, 1e-9) * slices)
    inside = (times >= begin) & (times < end)
    before = np.zeros((len(templates), slices), np.int64)
    np.add.at(before, (indexes[inside], np.minimum(slice_of[inside], slices - 1).astype(np.int64)), 1)
    during = _counted(indexes, times, windows.during, len(templates))
    after = _counted(indexes, times, windows.after, len(templates))
    lengths = [span[1] - span[0] if span else 0.0 for span in (windows.before, windows.during, windows.after)]
    return [
        TemplateCounts(name, tuple(before[place].tolist()), int(during[place]), int(after[place]), *lengths)
        for place, name in enumerate(templates)
    ]


def _counted(
    indexes: npt.NDArray[np.integer], times: npt.NDArray[np.floating], span: tuple[float, float] | None, size: int
) -> npt.NDArray[np.int64]:
    if span is None:
        return np.zeros(size, np.int64)
    return np.bincount(indexes[(times >= span[0]) & (times < span[1])], minlength=size).astype(np.int64)


def novelties(counts: Iterable[TemplateCounts]) -> list[TemplateNovelty]:
    """Every template that was seen at all, the surest change first; equal scores by count, then by name. Without
    exposure before or during nothing can be said, and the score is 0."""
    seen = [one for one in counts if sum(one.before) + one.during + one.after > 0]
    scatter = _scatter(seen)
    found = [_novelty(one, phi) for one, phi in zip(seen, scatter, strict=True)]
    return sorted(found, key=lambda one: (-one.log_odds, -one.during, -one.before, one.template))


def rate_log_odds(first: float, first_exposure: float, second: float, second_exposure: float) -> float:
    """The log Bayes factor of two rates against one, for counts (already divided by their scatter) over exposures.
    0 where there is no exposure or nothing was counted."""
    exposure, total = first_exposure + second_exposure, first + second
    if first_exposure <= 0 or second_exposure <= 0 or total <= 0:
        return 0.0
    a, b = _SHAPE, _SHAPE * exposure / total

    def evidence(count: float, over: float) -> float:
        return a * log(b) - lgamma(a) + lgamma(a + count) - (a + count) * log(b + over)

    return evidence(first, first_exposure) + evidence(second, second_exposure) - evidence(total, exposure)


def share_log_odds(first: float, first_of: float, second: float, second_of: float) -> float:
    """The log Bayes factor of two shares against one: `first` of `first_of` requests (or traces) held a template,
    and `second` of `second_of`. Beta-binomial with the prior Beta(1/2, 1/2): Gelman et al., section 2.4."""

    def evidence(held: float, of: float) -> float:
        a, b = _SHAPE + held, _SHAPE + of - held
        return lgamma(a) + lgamma(b) - lgamma(a + b) - (2 * lgamma(_SHAPE) - lgamma(2 * _SHAPE))

    if first_of <= 0 or second_of <= 0:
        return 0.0
    return evidence(first, first_of) + evidence(second, second_of) - evidence(first + second, first_of + second_of)


def _scatter(counts: Sequence[TemplateCounts]) -> list[float]:
    """Variance over mean of each template's slices, at least 1, drawn towards the middle one of all templates."""
    own: list[tuple[float, int]] = []
    for one in counts:
        mean = sum(one.before) / len(one.before) if one.before else 0.0
        spread = sum((count - mean) ** 2 for count in one.before) / max(len(one.before) - 1, 1)
        # Slices with less than one line each say next to nothing of scatter.
        informed = len(one.before) if mean >= 1 else int(sum(one.before))
        own.append((max(1.0, spread / mean) if mean else 1.0, informed if len(one.before) > 1 else 0))
    known = [phi for phi, informed in own if informed >= 3]
    pooled = median_low(known) if known else 1.0
    return [(phi * informed + pooled * _POOLED_WEIGHT) / (informed + _POOLED_WEIGHT) for phi, informed in own]


def _novelty(one: TemplateCounts, phi: float) -> TemplateNovelty:
    before, during, after = sum(one.before), one.during, one.after
    score = rate_log_odds(before / phi, one.exposure_before, during / phi, one.exposure_during)
    later = rate_log_odds(before / phi, one.exposure_before, after / phi, one.exposure_after)
    ratio, low, high = _ratio(before / phi, one.exposure_before, during / phi, one.exposure_during)
    if during and not before:
        kind = Novelty.NEW
    elif score < SURE:
        kind = Novelty.SAME
    elif not during:
        kind = Novelty.VANISHED
    else:
        kind = Novelty.MORE if ratio > 1 else Novelty.LESS
    return TemplateNovelty(one.template, kind, score, ratio, low, high, before, during, after, later, phi)


def _ratio(before: float, over: float, during: float, during_over: float) -> tuple[float, float, float]:
    """The rate during over the rate before, with its 95 % interval: Gamma posteriors with shape count + 1/2, whose
    logarithms are taken as normal (mean digamma, variance trigamma)."""
    if over <= 0 or during_over <= 0:
        return 1.0, 0.0, float("inf")
    (mean, spread), (mean_before, spread_before) = _log_gamma(during + _SHAPE), _log_gamma(before + _SHAPE)
    middle = mean - log(during_over) - mean_before + log(over)
    reach = 1.96 * sqrt(spread + spread_before)
    return exp(middle), exp(middle - reach), exp(middle + reach)


def _log_gamma(shape: float) -> tuple[float, float]:
    """Digamma and trigamma: mean and variance of the logarithm of a Gamma variable (Abramowitz and Stegun, 6.3.18
    and 6.4.12, after moving the argument up by 6.3.5)."""
    mean = spread = 0.0
    while shape < 6:
        mean, spread, shape = mean - 1 / shape, spread + 1 / shape**2, shape + 1
    mean += log(shape) - 1 / (2 * shape) - 1 / (12 * shape**2) + 1 / (120 * shape**4)
    spread += 1 / shape + 1 / (2 * shape**2) + 1 / (6 * shape**3) - 1 / (30 * shape**5)
    return mean, spread
