"""One ranked list out of what speaks for services, for changes and for "no change".

Knows how hypotheses share one. Refuses to weigh evidence itself: `origins` and `changes` do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from afteraction.core.suspects import Suspect, SuspectKind, Suspects
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.origins import find_origins

TOP = 10


def rank(case: Case, top: int = TOP) -> Suspects:
    """The `top` suspects of a case."""
    origins = find_origins(case)
    if not origins:
        return Suspects(why="Nothing that was read measures a service: add metrics, traces or logs.")
    names = sorted(origins)
    weights = _shares([origins[name].log_odds for name in names])
    listed = sorted(
        (
            Suspect(
                kind=SuspectKind.SERVICE, name=name, probability=weight, onset=origins[name].onset,
                terms=origins[name].terms,
            )
            for name, weight in zip(names, weights, strict=True)
        ),
        key=lambda one: (-one.probability, one.name),
    )[:top]  # fmt: skip
    return Suspects(
        listed=tuple(listed), remaining=max(0.0, 1.0 - sum(one.probability for one in listed)), abstained=False
    )


def _shares(log_odds: Sequence[float]) -> list[float]:
    values = np.exp(np.asarray(log_odds) - max(log_odds))
    return [float(value) for value in values / values.sum()]
