"""Made-up incidents by an author who had not read the ranker: which change began it, or none.

Knows twenty-eight mechanisms and how their files look; refuses to know how anything is ranked.
"""

from __future__ import annotations

from benchmarks.suspects.examined import draining, elsewhere, load

SCENARIOS = (*draining.SCENARIOS, *load.SCENARIOS, *elsewhere.SCENARIOS)
