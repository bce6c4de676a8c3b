"""Whether the review came in time: M25, draft, publication and commitment against policy.

Knows which moment starts the clock. Refuses to nag: early is 0, unknown is unknown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from afteraction.core.findings import Candidate, Metric, Milestone, State
from afteraction.engine.metrics.figures import Definition, Moment, elapsed, unknown
from afteraction.engine.metrics.moments import Moments

M25 = Definition(id="M25", name="Process timeliness", formula="draft, publication and commitment − resolution")
_LAGS = (
    ("drafted", "Draft lag", 48 * 3600.0),
    ("published", "Publication lag", 5 * 86400.0),
    ("committed", "Commitment lag", None),
)
_PAUSE_S = 24 * 3600.0


def process_timeliness(moments: Moments) -> Metric:
    """M25: value is the draft's lag in seconds. Detail: `draft`, `publication` and `commitment`, each a metric with
    `policy_s` and `verdict` (in time, late, early, unknown), and `clock_started_by`. A draft from before the end of
    the incident has a lag of 0. Actions are committed after a pause of 24 h."""
    start, started_by = _clock_start(moments)
    if not start:
        return unknown(M25, "Resolution and mitigation are unknown, so no clock started.")
    lags = {}
    for key, name, policy in _LAGS:
        candidate = moments.facts.process.get(key)
        end = Moment(key, (candidate,)) if candidate else Moment(key)
        lags[key] = _lag(Definition(id=M25.id, name=name, formula=f"{key} − {started_by}"), start, end, policy)
    detail = {"draft": lags["drafted"], "publication": lags["published"], "commitment": lags["committed"],
              "clock_started_by": started_by}  # fmt: skip
    shown = lags["drafted"]
    if all(lag.state is State.UNKNOWN for lag in lags.values()):
        return replace(shown, name=M25.name, note="No draft, publication or commitment is recorded.", detail=detail)
    notes = [f"{lag.name}: {lag.detail['verdict']}." for lag in lags.values()]
    return replace(shown, name=M25.name, formula=M25.formula, note=" ".join(notes), detail=detail)


def _clock_start(moments: Moments) -> tuple[Moment, str]:
    resolved, mitigated = moments.stated(Milestone.RESOLVED), moments.stated(Milestone.MITIGATED)
    if resolved or not mitigated:
        return resolved, "resolution"
    first = mitigated.first
    later = replace(first.instant, utc=first.instant.utc + timedelta(hours=24))
    waited = Candidate(later, "24 h after mitigation", first.evidence, first.event_ids, first.source)
    return Moment("24 h after mitigation", (waited,)), "24 h after mitigation"


def _lag(definition: Definition, start: Moment, end: Moment, policy: float | None) -> Metric:
    metric = elapsed(definition, start, end)
    detail: dict[str, object] = {"policy_s": policy if policy is not None else _PAUSE_S, "verdict": "unknown"}
    if metric.value is None:
        return replace(metric, detail=detail)
    value = max(0.0, metric.value)
    low, high = max(0.0, metric.low or 0.0), max(0.0, metric.high or 0.0)
    if policy is not None:
        detail["verdict"] = "in time" if value <= policy else "late"
    else:
        detail["verdict"] = "early, before the pause of 24 h" if value < _PAUSE_S else "after the pause of 24 h"
    return replace(metric, value=value, low=low, high=high, detail=detail)
