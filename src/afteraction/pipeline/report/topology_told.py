"""Who calls whom, as it stands in the document of an analysis.

Knows its JSON. Refuses to judge a call.
"""

from __future__ import annotations

from afteraction.core.topology import Topology
from afteraction.pipeline.report.desk import Desk, Json


def topology_told(told: Topology, desk: Desk) -> Json:
    """Calls that were seen, whether the map has each (null without a map), and what the map lacks."""
    declared = {(caller.casefold(), callee.casefold()) for caller, callee in told.declared}
    return {
        "calls": [
            {
                "caller": desk.text(one.caller), "callee": desk.text(one.callee), "count": one.count,
                "errors": one.errors,
                "declared": (one.caller.casefold(), one.callee.casefold()) in declared if declared else None,
            }
            for one in told.calls
        ],
        "seen": told.seen,
        "declared": len(told.declared),
        "couplings": [
            {
                "caller": desk.text(one.call.caller), "callee": desk.text(one.call.callee),
                "shared_with": [desk.text(name) for name in one.shared_with], "says": desk.text(one.sentence),
            }
            for one in told.couplings
        ],
    }  # fmt: skip
