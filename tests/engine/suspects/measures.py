"""Series of a small shop, written by hand: a sample every 10 s over half an hour, alert in the last third."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from afteraction.core.digests import Material, MetricSeries
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.engine.suspects import Alert, Case

TIMES = np.arange(0.0, 1800.0, 10.0)
FAULT = TIMES >= 1400


def wave(level: float, share: float = 0.05, seed: int = 1) -> NDArray[np.float64]:
    """A level with noise."""
    noise = np.random.default_rng(seed).normal(0, share, TIMES.size)
    return np.asarray(level * (1 + noise))


def series(service: str, metric: str, values: NDArray[np.float64]) -> MetricSeries:
    """One series."""
    evidence = EvidenceRef("a" * 64, Locator(line=2))
    return MetricSeries(service=service, metric=metric, times=TIMES, values=values, evidence=evidence)


def case(
    columns: Mapping[tuple[str, str], NDArray[np.float64]], *, fired_at: float | None = 1410.0, service: str = "",
    metric: str = "", calls: tuple[tuple[str, str], ...] = (),
) -> Case:  # fmt: skip
    """A case of these series."""
    every = [series(*name, values) for name, values in columns.items()]
    alert = None if fired_at is None else Alert(fired_at=fired_at, service=service, metric=metric)
    return Case(material=Material(series=every), alert=alert, edges=calls)
