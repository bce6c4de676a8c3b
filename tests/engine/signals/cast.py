"""Series builders. All series are of invented services and begin at 2031-05-06 12:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from afteraction.core.digests import MetricSeries
from afteraction.core.evidence import EvidenceRef, Locator

BEGIN = datetime(2031, 5, 6, 12, tzinfo=UTC).timestamp()


def series(values, metric="pool_wait_ms", *, service="ledger", step=60.0, line=2, begin=BEGIN, **more) -> MetricSeries:
    values = np.asarray(values, dtype=float)
    return MetricSeries(
        metric=metric,
        times=begin + step * np.arange(values.size),
        values=values,
        service=service,
        evidence=EvidenceRef("f" * 64, Locator(line=line)),
        **more,
    )


def noise(count, level, spread, seed=1):
    return level + spread * np.random.default_rng(seed).standard_normal(count)


def clock(instant) -> str:
    return instant.utc.strftime("%H:%M:%S")
