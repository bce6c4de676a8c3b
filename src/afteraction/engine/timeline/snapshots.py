"""Pictures and snapshots on the timeline, and what changed between two snapshots of one place (SPEC R174).

Knows which snapshots can be compared and which of them may be called "before". Refuses to place or compare what is
undated, to compare what shows another thing, and to say that a changed setting caused anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from afteraction.core.evidence import EvidenceKind, EvidenceRef
from afteraction.core.findings import KeyChange, SettingsChange
from afteraction.core.instant import Instant
from afteraction.core.records import Document, Event, EventKind, Lane

_CAPTURED = {EvidenceKind.PICTURE: "Picture", EvidenceKind.CONFIG_SNAPSHOT: "Configuration"}


def captures(documents: Iterable[Document]) -> list[Event]:
    """That a picture or a snapshot was taken, at the time it states; the same place in the same bytes once.

    Somebody looked, or a machine did: nothing happened. So these events are shown and nothing is computed from them.
    """
    found: dict[EvidenceRef, Event] = {}
    for document in documents:
        if document.kind not in _CAPTURED or document.captured_at is None:
            continue
        found[document.evidence] = Event(
            instant=document.captured_at,
            title=f"{_CAPTURED[document.kind]} of {document.place or document.title} captured",
            evidence=document.evidence,
            lane=Lane.DOCUMENT,
            kind=EventKind.NOTE,
            environment=document.environment,
            actor=document.captured_by,
            attributes={"captured": document.kind.value, "captured_from": document.captured_from},
        )
    return list(found.values())


def is_capture(event: Event) -> bool:
    """Whether this event only says that evidence was captured."""
    return "captured" in event.attributes


def changed_settings(documents: Iterable[Document], trigger: Instant | None = None) -> list[SettingsChange]:
    """Every snapshot that differs from the previous one of its place, in the order of their times.

    Snapshots belong together when place, environment and thing (a manifest's kind, a file's subject) are equal.
    Undated ones, ones without a place and second copies of the same bytes are left out. Without a `trigger` nothing
    is "before". A masked secret equals every masked secret.
    """
    found: list[SettingsChange] = []
    for (place, environment, thing), shown in _by_place(documents).items():
        for (taken, earlier), (retaken, later) in pairwise(shown):
            keys = differing(earlier.settings, later.settings)
            if keys:
                found.append(
                    SettingsChange(
                        place=place,
                        environment=environment,
                        thing=thing,
                        earlier=earlier,
                        later=later,
                        keys=keys,
                        is_before=trigger is not None and taken.hi <= trigger.lo < retaken.hi,
                        order_known=taken.hi <= retaken.lo,
                    )
                )
    return sorted(found, key=lambda change: (_moment(change.later), change.place, change.thing, change.environment))


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[KeyChange, ...]:
    """The keys whose values differ or that only one side has, by name."""
    keys = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    return tuple(KeyChange(key, old.get(key), new.get(key)) for key in keys)


def _by_place(documents: Iterable[Document]) -> dict[tuple[str, str, str], list[tuple[Instant, Document]]]:
    """Dated snapshots by place, environment and thing, each list by time; the same place in the same bytes once."""
    places: dict[tuple[str, str, str], list[tuple[Instant, Document]]] = defaultdict(list)
    seen: set[EvidenceRef] = set()
    for document in documents:
        at = document.captured_at
        if document.kind is not EvidenceKind.CONFIG_SNAPSHOT or at is None or not document.place:
            continue
        if document.evidence in seen:
            continue
        seen.add(document.evidence)
        key = (document.place, document.environment, document.attributes.get("thing", ""))
        places[key].append((at, document))
    for shown in places.values():
        shown.sort(key=lambda pair: (pair[0].utc, pair[1].evidence.evidence_id, pair[1].evidence.locator))
    return places


def _moment(document: Document) -> float:
    return document.captured_at.utc.timestamp() if document.captured_at else 0.0
