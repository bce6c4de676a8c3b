"""Proposed events: what machines wrote down and nobody kept or hid yet, chosen by a filter.

Knows what a choice means in rows. Refuses to count by loading rows, and to take for a machine's what a person typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from afteraction.core.instant import TimeSource
from afteraction.core.records import Lane
from afteraction.web.incidents.models import AnalysedEvent, StoredAnalysis, Triage
from afteraction.web.incidents.queries.runs import rows_of_run

Json = dict[str, Any]
# Only machines write there; elsewhere each event says who wrote its time down.
_BY_MACHINES = (Lane.CHANGES, Lane.ALERTS, Lane.LOGS, Lane.METRICS, Lane.STATUS)


@dataclass(frozen=True)
class Chosen:
    """Which proposals are meant: of a kind, of some lanes, between two moments (UTC microseconds, both included), and
    whether only those that carry the story. What is empty or None narrows nothing."""

    kind: str = ""
    lanes: tuple[str, ...] = ()
    from_us: int | None = None
    until_us: int | None = None
    only_key: bool = True

    def packed(self) -> Json:
        """As it is kept with the edit."""
        return {
            "kind": self.kind, "lanes": list(self.lanes), "from_us": self.from_us, "until_us": self.until_us,
            "only_key": self.only_key,
        }  # fmt: skip


def chosen_in(packed: Mapping[str, Any]) -> Chosen:
    """The choice that was kept with an edit."""
    return Chosen(
        packed["kind"], tuple(packed["lanes"]), packed["from_us"], packed["until_us"], bool(packed["only_key"])
    )


def is_by_machine(event: Mapping[str, Any]) -> bool:
    """True for an event that a machine wrote down, or brought from where people talk to each other."""
    return event["lane"] in _BY_MACHINES or event.get("source") != TimeSource.HUMAN


def proposed(analysis: StoredAnalysis, chosen: Chosen) -> QuerySet[AnalysedEvent]:
    """The chosen proposals of a run, in no order."""
    rows = rows_of_run(analysis).filter(triage=Triage.OPEN)
    if chosen.only_key:
        rows = rows.filter(is_key=True)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.lanes:
        rows = rows.filter(lane__in=chosen.lanes)
    if chosen.from_us is not None:
        rows = rows.filter(at_us__gte=chosen.from_us)
    if chosen.until_us is not None:
        rows = rows.filter(at_us__lte=chosen.until_us)
    typed = Q(value__source=TimeSource.HUMAN.value)
    return rows.filter(Q(lane__in=_BY_MACHINES) | ~typed)


def count_proposed(analysis: StoredAnalysis, chosen: Chosen) -> int:
    """How many there are."""
    return proposed(analysis, chosen).count()
