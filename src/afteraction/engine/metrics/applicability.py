"""Which metric has a meaning for which kind of incident (SPEC R002).

Knows the table. Refuses to print 0 where the right word is "not applicable".
"""

from __future__ import annotations

_NO_IMPACT = "A near miss hurt no user, so this has nothing to measure."
_NO_INCIDENT = "A milestone review has no incident behind it."

_NEAR_MISS = ("M01", "M02", "M07", "M08", "M09", "M10", "M11", "M13", "M15")
_MILESTONE = (*(f"M{number:02}" for number in range(1, 16)), "M31")

NOT_APPLICABLE: dict[str, dict[str, str]] = {
    "near_miss": dict.fromkeys(_NEAR_MISS, _NO_IMPACT),
    "milestone": dict.fromkeys(_MILESTONE, _NO_INCIDENT),
}


def reason_against(kind: str, metric: str) -> str:
    """Why a metric does not apply to a kind of incident; empty when it does."""
    return NOT_APPLICABLE.get(kind, {}).get(metric, "")
