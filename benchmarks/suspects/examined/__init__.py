"""Made-up incidents by an author who had not read the ranker: which change began it, or none.

Knows twenty-eight mechanisms and how their files look; refuses to know how anything is ranked.
"""

from __future__ import annotations

from benchmarks.suspects.examined import contracts, decisions, draining, elsewhere, load, providers, queues

SCENARIOS = (
    *draining.SCENARIOS,
    *load.SCENARIOS,
    *contracts.SCENARIOS,
    *queues.SCENARIOS,
    *decisions.SCENARIOS,
    *elsewhere.SCENARIOS,
    *providers.SCENARIOS,
)
