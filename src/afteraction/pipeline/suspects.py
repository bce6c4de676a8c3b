"""From the store to ranked suspects, and suspects as JSON.

Knows which questions a case is made of. Refuses to weigh anything: `engine.suspects` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from afteraction.core.digests import Material
from afteraction.core.evidence import EvidenceRef
from afteraction.core.records import Document, Event, EventKind, Lane
from afteraction.core.suspects import Suspect, Suspects, Term
from afteraction.engine.suspects import Alert, Case, rank
from afteraction.stores.evidence import EvidenceStore

# Documents of this `attributes["shape"]` declare calls: their settings are "caller -> callee".
TOPOLOGY = "topology"
WITNESSES = 2000

Json = dict[str, Any]


def find_suspects(store: EvidenceStore, top: int) -> Suspects:
    """The `top` suspects of everything that the store holds."""
    return rank(case_of(store), top)


def case_of(store: EvidenceStore) -> Case:
    """What the ranking is given."""
    material = Material(
        events=store.events(),
        changes=store.changes(),
        documents=store.documents(),
        series=store.series(),
        templates=store.templates(),
        minutes=store.minutes(),
    )
    return Case(
        material=material,
        lines=store.log_lines(limit=WITNESSES),
        alert=_alert(material.events),
        edges=[edge for document in material.documents for edge in _edges(document)],
    )


def as_json(found: Suspects) -> Json:
    """`suspects`, `remaining` and `abstained` as `analyze --suspects --json` prints them."""
    return {
        "suspects": [_suspect(one) for one in found.listed],
        "remaining": found.remaining,
        "abstained": found.abstained,
        "suspects_note": found.why,
    }


def _suspect(one: Suspect) -> Json:
    told: Json = {"kind": one.kind.value, "name": one.name}
    if one.service:
        told["service"] = one.service
    if one.change:
        told["change"] = one.change
    told["probability"] = one.probability
    if one.onset is not None:
        told["onset"] = datetime.fromtimestamp(one.onset, UTC).isoformat().replace("+00:00", "Z")
    told["terms"] = [_term(term) for term in one.terms]
    if one.settles:
        told["settles"] = one.settles
    return told


def _term(term: Term) -> Json:
    return {
        "name": term.name,
        "log_odds": term.log_odds,
        "says": term.says,
        "evidence": [_cite(ref) for ref in term.evidence],
    }


def _cite(ref: EvidenceRef) -> Json:
    return {"evidence_id": ref.evidence_id, "locator": str(ref.locator), "excerpt": ref.excerpt}


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
