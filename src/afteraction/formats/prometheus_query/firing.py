"""Turns the series `ALERTS` into alerts: when each began and ceased to be pending or firing.

Knows the grid on which the series was asked for. Refuses to end an alert that is there in the answer's last sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node
from afteraction.core.labels import alert_facts, environment_of, fingerprint_of, service_of
from afteraction.core.reading import Source
from afteraction.core.records import Event, EventKind, Lane


@dataclass
class AlertSeries:
    """One series of `ALERTS`: its labels, the array of its samples, and when it was seen."""

    labels: dict[str, str]
    node: Node
    seen: list[tuple[Instant, Locator]] = field(default_factory=list)


def alert_events(source: Source, series: list[AlertSeries], last: float) -> Iterator[Event]:
    """One event per stretch of each series, and one where a firing one ceased. `last` is the answer's
    last sample in UTC epoch seconds."""
    step = _step(series)
    for one in series:
        stretch: list[tuple[Instant, Locator]] = []
        for seen in sorted(one.seen, key=lambda pair: pair[0].utc):
            if stretch and seen[0].utc - stretch[-1][0].utc > step * 1.5:
                yield from _stretch_events(source, one, stretch, step, last)
                stretch = []
            stretch.append(seen)
        if stretch:
            yield from _stretch_events(source, one, stretch, step, last)


def _step(series: list[AlertSeries]) -> timedelta:
    """The grid's step: the smallest distance of two samples of one series; a minute where there is none."""
    gaps = [
        after[0].utc - before[0].utc
        for one in series
        for before, after in zip(one.seen, one.seen[1:], strict=False)
        if after[0].utc > before[0].utc
    ]
    return min(gaps, default=timedelta(minutes=1))


def _stretch_events(
    source: Source, series: AlertSeries, stretch: list[tuple[Instant, Locator]], step: timedelta, last: float
) -> Iterator[Event]:
    (start, place), (end, end_place) = stretch[0], stretch[-1]
    labels = {name: value for name, value in series.labels.items() if name not in ("alertstate", "__name__")}
    state, name = series.labels.get("alertstate", ""), labels.get("alertname") or "alert"
    firing = state == "firing"
    fingerprint = fingerprint_of(labels)
    is_open = end.utc.timestamp() >= last
    # The first evaluation at which the alert is not there any more.
    ceased = None if is_open else replace(end, utc=end.utc + step, original_text=f"{end.original_text} + {step}")
    event = Event(
        instant=start,
        until=ceased,
        title=name if firing else f"{name} pending",
        kind=EventKind.DETECTION if firing else EventKind.SIGNAL,
        lane=Lane.ALERTS,
        service=service_of(labels),
        environment=environment_of(labels),
        fingerprint=fingerprint if firing else f"{fingerprint}:{state}",
        evidence=EvidenceRef(source.evidence_id, place),
        attributes=alert_facts(labels, {}, status=state, last_seen=end.utc.isoformat(), step_s=step.total_seconds()),
    )
    yield event
    if firing and ceased is not None:
        # A stretch of one sample began and ended at one place; its end cites that sample's time.
        end_place = end_place if end_place != place else replace(place, pointer=f"{place.pointer}/0")
        yield replace(
            event,
            instant=ceased,
            until=None,
            title=f"{name} resolved",
            kind=EventKind.RECOVERY,
            fingerprint=f"{fingerprint}:resolved",
            evidence=EvidenceRef(source.evidence_id, end_place),
            attributes={**event.attributes, "status": "resolved"},
        )
