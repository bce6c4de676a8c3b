"""Who calls whom: calls that spans show, and those that somebody declared.

Knows where both stand. Refuses to judge a coupling: `engine.traces` does.
"""

from __future__ import annotations

from collections.abc import Iterable

from afteraction.core.records import Document
from afteraction.core.topology import Call, Topology
from afteraction.engine.traces.coupling import find_couplings
from afteraction.stores.evidence import EvidenceStore

# Documents of this `attributes["shape"]` declare calls: their settings are "caller -> callee".
DECLARES = "topology"
MOST_CALLS = 200
MOST_COUPLINGS = 50


def topology_of(store: EvidenceStore, documents: Iterable[Document]) -> Topology:
    """The calls of a case."""
    declared = declared_calls(documents)
    calls = _seen(store) if store.counts().get("spans") else []
    couplings = find_couplings(calls, declared)[:MOST_COUPLINGS]
    return Topology(calls=tuple(calls[:MOST_CALLS]), seen=len(calls), declared=declared, couplings=couplings)


def declared_calls(documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
    """Calls that documents declare, as (caller, callee), each once."""
    named = [name for one in documents if one.attributes.get("shape") == DECLARES for name in one.settings]
    pairs = [name.partition(" -> ") for name in dict.fromkeys(named)]
    return tuple((caller, callee) for caller, _, callee in pairs)


def _seen(store: EvidenceStore) -> list[Call]:
    """The most frequent first."""
    frame = store.calls()
    columns = [list(frame.column(name)) for name in ("caller", "callee", "count", "errors")]
    calls = [
        Call(caller=str(caller), callee=str(callee), count=int(str(count)), errors=int(str(errors)))
        for caller, callee, count, errors in zip(*columns, strict=True)
    ]
    return sorted(calls, key=lambda one: (-one.count, one.caller, one.callee))
