"""From the store to ranked suspects.

Knows which questions a case is made of. Refuses to weigh anything: `engine.suspects` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.core.digests import Material
from afteraction.core.records import Document, Event, EventKind, Lane
from afteraction.core.suspects import Suspects
from afteraction.engine.suspects import Alert, Case, rank
from afteraction.pipeline.suspect_tables import tables_of
from afteraction.stores.evidence import EvidenceStore

# Documents of this `attributes["shape"]` declare calls: their settings are "caller -> callee".
TOPOLOGY = "topology"
WITNESSES = 2000


def find_suspects(store: EvidenceStore, top: int, material: Material) -> Suspects:
    """The `top` suspects of everything that the store holds; `material` is what was asked of it already."""
    return rank(case_of(store, material), top)


def case_of(store: EvidenceStore, material: Material) -> Case:
    """What the ranking is given."""
    spans, lines = tables_of(store)
    return Case(
        material=material,
        spans=spans,
        log_columns=lines,
        lines=store.log_lines(limit=WITNESSES),
        alert=_alert(material.events),
        edges=[edge for document in material.documents for edge in _edges(document)],
    )


def _alert(events: Sequence[Event]) -> Alert | None:
    fired = [one for one in events if one.lane is Lane.ALERTS and one.kind is EventKind.DETECTION]
    if not fired:
        return None
    first = min(fired, key=lambda one: (one.instant.utc, one.id))
    return Alert(
        fired_at=first.instant.utc.timestamp(),
        service=first.service,
        metric=first.attributes.get("metric", ""),
        evidence=first.evidence,
    )


def _edges(document: Document) -> list[tuple[str, str]]:
    if document.attributes.get("shape") != TOPOLOGY:
        return []
    pairs = [name.partition(" -> ") for name in document.settings]
    return [(caller, callee) for caller, _, callee in pairs]
