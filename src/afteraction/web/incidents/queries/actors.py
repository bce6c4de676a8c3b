"""Which entries of a timeline are whose, by the role that an actor has in it.

Knows roles, which the events carry. Refuses to know people: who is behind a role, its caller knows or does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from afteraction.web.incidents.models import StoredAnalysis, Triage
from afteraction.web.incidents.queries.runs import rows_of_run


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One entry of a role: its event, when it was (ISO 8601, UTC, with its precision), and what it is."""

    role: str
    event_id: str
    value: str
    precision: str
    title: str
    kind: str
    lane: str = ""


def roles_in(analysis: StoredAnalysis) -> set[str]:
    """The roles that have an entry, hidden ones aside."""
    rows = rows_of_run(analysis).exclude(triage=Triage.HIDDEN).exclude(value__actor__role__isnull=True)
    return set(rows.values_list("value__actor__role", flat=True).distinct())


def entries_of(analysis: StoredAnalysis, roles: Iterable[str]) -> list[ActorEntry]:
    """The entries of these roles by time, without hidden ones."""
    wanted = sorted(set(roles))
    if not wanted:
        return []
    rows = rows_of_run(analysis).filter(value__actor__role__in=wanted).exclude(triage=Triage.HIDDEN)
    told = rows.order_by("at_us", "event_id").values_list(
        "event_id", "title", "kind", "lane", "value__actor__role", "value__value", "value__precision"
    )
    return [
        ActorEntry(role, ident, at, precision, title, kind, lane)
        for ident, title, kind, lane, role, at, precision in told
    ]
