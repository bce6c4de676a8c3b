"""Pulls answers of Prometheus' `query_range`, which the reader `prometheus_query` reads.

Knows that one answer holds at most 11,000 samples of a series
(https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries). Refuses to cut the series `ALERTS` in
pieces: an alert that fires across a cut would seem to begin anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from afteraction.core.errors import AfteractionError
from afteraction.sources.pulls import Answer, Step, StepRefused, Turn, Wanted, bearer_or_basic, file_word, stamp

MOST_SAMPLES = 11_000
_USUAL_STEP = 15.0
_ALERTS = re.compile(r"^\s*ALERTS\b")


@dataclass(frozen=True)
class Prometheus:
    """The source of this folder. Each ask is an expression."""

    name: str = "prometheus"
    title: str = "Prometheus"
    ask_word: str = "PromQL expression"
    address: str = ""
    options: Mapping[str, str] = field(
        default_factory=lambda: {"step": "seconds between two samples; 15, or more where the window needs it"}
    )

    def headers(self, token: str, options: Mapping[str, str]) -> dict[str, str]:
        """A bearer token, or basic for `user:password`."""
        return bearer_or_basic(token)

    def first(self, wanted: Wanted) -> Sequence[Step]:
        """One step per expression and stretch of at most MOST_SAMPLES samples; the next begins one step later."""
        return [step for ask in wanted.asks for step in _stretches(ask, wanted)]

    def after(self, step: Step, answer: Answer, wanted: Wanted) -> Turn:
        """Keeps an answer that says "success"; tells what Prometheus warns of, and an answer without any series."""
        found = answer.json()
        if not isinstance(found, dict) or found.get("status") != "success":
            said = found.get("error", "") if isinstance(found, dict) else ""
            raise StepRefused(f"Prometheus does not answer the expression. {said}".strip(), where=step.name)
        data = found.get("data")
        told = [str(each) for each in found.get("warnings") or ()]
        if isinstance(data, dict) and data.get("result") == []:
            told.append("The expression matches nothing in the window.")
        return Turn(told=" ".join(told)[:500])


def _stretches(ask: str, wanted: Wanted) -> Iterator[Step]:
    start, end = wanted.start.timestamp(), wanted.end.timestamp()
    step = wanted.option_seconds("step") or max(_USUAL_STEP, math.ceil((end - start) / 10_000 / 15) * 15.0)
    if (end - start) / step > MOST_SAMPLES * 1_000:
        raise AfteractionError(
            f"a sample every {step:g} s gives {(end - start) / step:,.0f} of them.", next_step="Take a longer --step."
        )
    if _ALERTS.match(ask):
        step = max(step, math.ceil((end - start) / (MOST_SAMPLES - 1)))
    reach = step * (MOST_SAMPLES - 1)
    at = start
    while at <= end:
        until = min(end, at + reach)
        params = (("query", ask), ("start", _number(at)), ("end", _number(until)), ("step", _number(step)))
        begins = stamp(datetime.fromtimestamp(at, UTC))
        yield Step(f"query_range_{file_word(ask)}.{begins}.json", "/api/v1/query_range", params)
        at = until + step


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


PULLER = Prometheus()
