"""Single events of a stretch of time, as much of each as a mark needs.

Knows how to find events that began before the stretch and still last. Refuses to read more than are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from afteraction.web.incidents.models import AnalysedEvent, StoredAnalysis, Triage
from afteraction.web.incidents.queries.runs import rows_of_run
from afteraction.web.incidents.queries.times import DAY_US, HOUR_US, microseconds, moment_at

MOST_MARKS = 2_000
MOST_LASTING = 100
_COLUMNS = ("event_id", "at_us", "until_us", "lane", "title", "triage", "kind")


@dataclass(frozen=True)
class MarkRow:
    """As much of an event as a mark needs. Times in UTC; `triage` is what people decided."""

    event_id: str
    at: datetime
    until: datetime | None
    lane: str
    title: str
    triage: str = ""
    kind: str = ""


def marks_between(
    analysis: StoredAnalysis,
    lanes: Sequence[str],
    start: datetime,
    end: datetime,
    known_by: int | None = None,
    most: int = MOST_MARKS,
) -> list[MarkRow]:
    """Events of some lanes that touch [start, end], by time, at most `most`. Hidden ones are left out.

    Ask `density` first: every one becomes a mark. Of events that last into the stretch the newest MOST_LASTING count.
    """
    low, high = microseconds(start), microseconds(end)
    high = high if known_by is None else min(high, known_by)
    found = []
    for lane in lanes:
        # One lane at a time: only so does every database read the index of the lane, and not that of all events.
        rows = rows_of_run(analysis).filter(lane=lane).exclude(triage=Triage.HIDDEN)
        if known_by is not None:
            rows = rows.filter(known_us__lte=known_by)
        inside = rows.filter(at_us__gte=low, at_us__lte=high).order_by("at_us")
        found += [*_lasting_into(rows, low), *inside.values_list(*_COLUMNS)[:most]]
    return [
        MarkRow(event_id, moment_at(at_us), _end(until_us, known_by), lane, title, triage, kind)
        for event_id, at_us, until_us, lane, title, triage, kind in sorted(found, key=lambda row: (row[1], row[0]))[
            :most
        ]
    ]


def _lasting_into(rows: QuerySet[AnalysedEvent], low: int) -> list[tuple[str, int, int | None, str, str, str, str]]:
    """Events that began before `low` and end after it. How long they last at most bounds where to look."""
    reach = (
        Q(lasting=1, at_us__gte=low - HOUR_US) | Q(lasting=2, at_us__gte=low - DAY_US) | Q(lasting=3)
    ) & Q(at_us__lt=low, until_us__gte=low)  # fmt: skip
    return list(rows.filter(reach).order_by("-at_us").values_list(*_COLUMNS)[:MOST_LASTING])


def _end(until_us: int | None, known_by: int | None) -> datetime | None:
    """When something ended, which is learned when it ends."""
    if until_us is None or (known_by is not None and until_us > known_by):
        return None
    return moment_at(until_us)
