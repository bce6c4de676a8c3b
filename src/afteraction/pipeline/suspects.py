"""From the store to ranked suspects.

Knows which questions a case is made of. Refuses to weigh anything: `engine.suspects` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.core.digests import Material
from afteraction.core.records import Event, EventKind, Lane, LogLine
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
        lines=_witnesses(store),
        alert=_alert(material.events),
        edges=declared_calls(material.documents),
    )


def _witnesses(store: EvidenceStore) -> Sequence[LogLine]:
    """Errors first: in a long log they stand far behind the first lines. Then some of what is usual."""
    wanted = ("error", "critical", "fatal", "warning", "warn", "")
    found = {
        line.evidence: line
        for level in wanted
        for line in store.log_lines(limit=WITNESSES // (2 if level in ("error", "") else 4), level=level)
    }
    return list(found.values())


_PAGES = frozenset({"page", "critical", "high", "emergency", "fatal", "p0", "p1", "sev0", "sev1", "sev-1", "1"})
_FOR_INFORMATION = frozenset({"info", "information", "informational", "none", "debug", "low", "ticket", "p4", "p5"})


def _alert(events: Sequence[Event]) -> Alert | None:
    """The first alert of the most urgent kind that fired: a note that an export is slow is no incident."""
    fired = [one for one in events if one.lane is Lane.ALERTS and one.kind is EventKind.DETECTION]
    if not fired:
        return None
    first = min(fired, key=lambda one: (_urgency(one), one.instant.utc, one.id))
    return Alert(
        fired_at=first.instant.utc.timestamp(),
        service=first.service,
        metric=first.attributes.get("metric", ""),
        evidence=first.evidence,
    )


def _urgency(event: Event) -> int:
    stated = event.attributes.get("severity", "").lower()
    return 0 if stated in _PAGES else 2 if stated in _FOR_INFORMATION else 1
