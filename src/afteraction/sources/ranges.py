"""Windows as `query_range` takes them: a grid of samples, cut where one answer would hold too many.

Knows that one answer holds at most 11,000 samples of a series. Refuses to cut without a gap of one step, so that no
sample comes twice and none is missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime

from afteraction.core.errors import AfteractionError
from afteraction.sources.pulls import Params, Wanted, stamp

MOST_SAMPLES = 11_000
_MOST_STRETCHES = 1_000
_USUAL_STEP = 15.0


def stretches(ask: str, wanted: Wanted, *, is_whole: bool = False) -> Iterator[tuple[str, Params]]:
    """(a stamp of the begin, parameters) of each stretch of the window. `is_whole` makes the step longer instead of
    cutting. Raises AfteractionError where the step gives more samples than anybody reads."""
    start, end = wanted.start.timestamp(), wanted.end.timestamp()
    step = wanted.option_seconds("step") or max(_USUAL_STEP, math.ceil((end - start) / 10_000 / 15) * 15.0)
    if is_whole:
        step = max(step, math.ceil((end - start) / (MOST_SAMPLES - 1)))
    if (end - start) / step > MOST_SAMPLES * _MOST_STRETCHES:
        raise AfteractionError(
            f"a sample every {step:g} s gives {(end - start) / step:,.0f} of them.", next_step="Take a longer --step."
        )
    at = start
    while at <= end:
        until = min(end, at + step * (MOST_SAMPLES - 1))
        pairs = (("start", at), ("end", until), ("step", step))
        yield stamp(datetime.fromtimestamp(at, UTC)), (("query", ask), *((key, _number(told)) for key, told in pairs))
        # From the last sample of this stretch, which is not always its end.
        at += (math.floor((until - at) / step + 1e-6) + 1) * step


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
