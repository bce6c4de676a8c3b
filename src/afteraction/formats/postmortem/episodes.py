"""Tells apart several incidents that one document describes, each under a heading of its own.

Knows sibling sections that state a start of impact of their own and whose times do not overlap. Refuses to part one
incident by the days or phases of its timeline: a section without its own impact is no incident.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from afteraction.core.records import Event
from afteraction.formats.postmortem.layout import Layout

_FEWEST = 2


def with_episodes(events: Sequence[Event], layout: Layout) -> list[Event]:
    """The events; those of the first, second … incident carry its number as the attribute `episode`."""
    if not _states_start(events):
        return list(events)
    chains = [_chain(event, layout) for event in events]
    deepest = max((len(chain) for chain in chains), default=0)
    for depth in range(deepest):
        parts: dict[tuple[int, ...], dict[int, list[Event]]] = defaultdict(lambda: defaultdict(list))
        for event, chain in zip(events, chains, strict=True):
            if len(chain) > depth:
                parts[chain[:depth]][chain[depth]].append(event)
        for siblings in parts.values():
            if numbers := _numbered(siblings):
                return [
                    _marked(event, numbers.get(chain[depth], 0) if len(chain) > depth else 0)
                    for event, chain in zip(events, chains, strict=True)
                ]
    return list(events)


def _chain(event: Event, layout: Layout) -> tuple[int, ...]:
    line = layout.lines[(event.evidence.locator.line or 1) - 1]
    return tuple(heading.number for heading in line.section)


def _numbered(siblings: dict[int, list[Event]]) -> dict[int, int]:
    """Numbers of the sections that are incidents, by the line of their heading; none with fewer than two."""
    own = {at: told for at, told in siblings.items() if len(told) >= _FEWEST and _states_start(told)}
    spans = sorted(_span(told) for told in own.values())
    if len(own) < _FEWEST or any(after[0] <= before[1] for before, after in pairwise(spans)):
        return {}
    return {at: number for number, at in enumerate(sorted(own), start=1)}


def _states_start(told: Sequence[Event]) -> bool:
    return any(event.attributes.get("milestone") == "t_impact_start" for event in told)


def _span(told: list[Event]) -> tuple[datetime, datetime]:
    ends = [event.until.utc for event in told if event.until is not None]
    moments = [event.instant.utc for event in told]
    return min(moments), max([*moments, *ends])


def _marked(event: Event, number: int) -> Event:
    return replace(event, attributes={**event.attributes, "episode": str(number)}) if number else event
