"""One document that tells of several incidents: which one the figures are about.

Knows the numbers that a reader gave to their events. Refuses to compute anything across two incidents, and to drop
one: their events and windows stay, and a sentence says what the figures are of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from afteraction.core.findings import Account, Conflict, ImpactWindow
from afteraction.core.records import Document, Event

EPISODE = "episode"
FIRST = "1"


def has_several(events: Sequence[Event]) -> bool:
    """True where a document tells of more than one incident."""
    return any(event.attributes.get(EPISODE, FIRST) != FIRST for event in events)


def of_first(events: Sequence[Event]) -> list[Event]:
    """The events without those of the second and further incidents."""
    return [event for event in events if event.attributes.get(EPISODE, FIRST) == FIRST]


def windows_of_first(windows: Sequence[ImpactWindow], events: Sequence[Event]) -> tuple[ImpactWindow, ...]:
    """The windows that rest on nothing but events of further incidents left out."""
    others = {ref for event in events if event.attributes.get(EPISODE, FIRST) != FIRST for ref in event.all_sources}
    return tuple(window for window in windows if not window.evidence or not set(window.evidence) <= others)


def without_figures_of_others(documents: Sequence[Document], events: Sequence[Event]) -> list[Document]:
    """The documents without the figures that stand among the events of further incidents."""
    spans = list(_spans(events))

    def elsewhere(evidence_id: str, line: int | None) -> bool:
        return any(evidence_id == own and line is not None and low <= line <= high for own, low, high in spans)

    return [
        replace(
            each, stated=tuple(one for one in each.stated if not elsewhere(one[2].evidence_id, one[2].locator.line))
        )
        for each in documents
    ]


def _spans(events: Sequence[Event]) -> Iterator[tuple[str, int, int]]:
    """(original, first line, last line) of each further incident."""
    lines: dict[tuple[str, str], list[int]] = {}
    for event in events:
        number, line = event.attributes.get(EPISODE, FIRST), event.evidence.locator.line
        if number != FIRST and line is not None:
            lines.setdefault((event.evidence.evidence_id, number), []).append(line)
    for (evidence_id, _), found in lines.items():
        yield evidence_id, min(found), max(found)


def tell_of_several(events: Sequence[Event]) -> Iterator[Conflict]:
    """What the figures of a text with several incidents are of."""
    first: dict[tuple[str, int], Event] = {}
    for event in events:
        number = event.attributes.get(EPISODE, "")
        if number.isdigit() and event.attributes.get("milestone") == "t_impact_start":
            first.setdefault((event.evidence.evidence_id, int(number)), event)
    for evidence_id in dict.fromkeys(key[0] for key in first):
        told = [event for key, event in sorted(first.items(), key=lambda item: item[0]) if key[0] == evidence_id]
        if len(told) < 2:
            continue
        day = f"{told[0].instant.utc:%Y-%m-%d}"
        yield Conflict(
            subject="several_incidents",
            sentence=(
                f"The text tells of {len(told)} incidents. Detection, response and communication are of the first, "
                f"{day}; impacted minutes are the sum of all. Make each an incident of its own to see its figures."
            ),
            accounts=tuple(
                Account(text=event.title, evidence=event.evidence, instant=event.instant, source="document")
                for event in told
            ),
        )
