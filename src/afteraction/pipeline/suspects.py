"""From the store to ranked suspects.

Knows which questions a case is made of. Refuses to weigh anything: `engine.suspects` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.core.digests import Material
from afteraction.core.records import Event, EventKind, Lane
from afteraction.core.suspects import Suspects
from afteraction.engine.suspects import Alert, Case, rank
from afteraction.pipeline.suspect_tables import tables_of
from afteraction.pipeline.topology import declared_calls
from afteraction.stores.evidence import EvidenceStore

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
        edges=declared_calls(material.documents),
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
