"""Pulls answers of Prometheus' `query_range`, which the reader `prometheus_query` reads.

Knows what a good answer is (https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries). Refuses to cut
the series `ALERTS` in pieces: an alert that fires across a cut would seem to begin anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from afteraction.sources.pulls import Answer, Step, StepRefused, Turn, Wanted, bearer_or_basic, file_word
from afteraction.sources.ranges import stretches

_ALERTS = re.compile(r"^\s*ALERTS\b")


@dataclass(frozen=True)
class Prometheus:
    """The source of this folder. Each ask is an expression."""

    name: str = "prometheus"
    title: str = "Prometheus"
    ask_word: str = "PromQL expression"
    is_ask_needed: bool = True
    address: str = ""
    options: Mapping[str, str] = field(
        default_factory=lambda: {"step": "seconds between two samples; 15, or more where the window needs it"}
    )

    def headers(self, token: str, options: Mapping[str, str]) -> dict[str, str]:
        """A bearer token, or basic for `user:password`."""
        return bearer_or_basic(token)

    def first(self, wanted: Wanted) -> Sequence[Step]:
        """One step per expression and stretch."""
        return [
            Step(f"query_range_{file_word(ask)}.{begin}.json", "/api/v1/query_range", params)
            for ask in wanted.asks
            for begin, params in stretches(ask, wanted, is_whole=_ALERTS.match(ask) is not None)
        ]

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


PULLER = Prometheus()
