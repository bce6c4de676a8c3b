"""How the response went: M03 to M09, from flag to resolution.

Knows the definitions of SPEC §3.2 and the five-minute bar. Refuses the label TTR: each metric has its full name.
"""

from __future__ import annotations

from dataclasses import replace

from afteraction.core.findings import Candidate, ImpactWindow, Metric, Milestone
from afteraction.core.instant import Duration, between
from afteraction.engine.metrics.figures import Definition, Moment, at_least, elapsed, joined, parts, spoken, unknown
from afteraction.engine.metrics.moments import Moments
from afteraction.engine.metrics.sweep import Stretch, union

M03 = Definition(
    id="M03", name="Time to acknowledge", formula="first human acknowledgement, or action if earlier − flag"
)
M04 = Definition(id="M04", name="Time to first action", formula="first action − flag")
M05 = Definition(id="M05", name="Time to declare", formula="declaration − detection")
M06 = Definition(id="M06", name="Time to diagnose", formula="diagnosis − detection")
M07 = Definition(id="M07", name="Time to mitigate", formula="mitigation − detection")
M08 = Definition(
    id="M08", name="Time to restore", formula="end of the last hard impact − start of the first hard impact"
)
M09 = Definition(id="M09", name="Time to resolve", formula="resolution − impact start")

RESPONSE_BAR_S = 300.0


def time_to_acknowledge(moments: Moments) -> Metric:
    """M03: from the flag to the first human. Detail: `within_5_min` is True, False, or None when the figure's own
    precision straddles the bar or it is unknown."""
    flag, response, by_action = moments.flag, moments.stated(Milestone.ACKNOWLEDGED), False
    action = moments.stated(Milestone.FIRST_ACTION)
    if action and (not response or action.instant.utc < response.instant.utc):
        response, by_action = action, True
    metric = elapsed(M03, flag, response)
    if metric.value is None or metric.low is None or metric.high is None:
        return replace(metric, detail={"within_5_min": None})
    note = metric.note
    if metric.high <= 0:
        note = f"A person was at work {spoken(metric.value)} before anything was flagged."
    if by_action:
        note = joined(note, "Counted to the first action; no earlier acknowledgement is known.")
    within = _within(Duration(metric.low, metric.high), RESPONSE_BAR_S)
    return replace(metric, note=note, detail={**metric.detail, "within_5_min": within, "by_first_action": by_action})


def _within(span: Duration, bar: float) -> bool | None:
    """Whether a duration keeps a bar; None when minutes or coarser times leave it open."""
    if span.margin <= 1:
        return span.value <= bar
    if span.high <= bar:
        return True
    return False if span.low >= bar else None


def time_to_first_action(moments: Moments) -> Metric:
    """M04."""
    return elapsed(M04, moments.flag, moments.stated(Milestone.FIRST_ACTION))


def time_to_declare(moments: Moments) -> Metric:
    """M05; a declaration may follow repair, which is allowed and said."""
    declared, mitigated = moments.stated(Milestone.DECLARED), moments.stated(Milestone.MITIGATED)
    late = declared and mitigated and between(mitigated.instant, declared.instant).low > 0
    return elapsed(M05, moments.detected, declared, note="Declared after mitigation." if late else "")


def time_to_diagnose(moments: Moments) -> Metric:
    """M06. Detail: `from_impact_start`, the figure that reports often call detection delay."""
    diagnosed, start = moments.stated(Milestone.DIAGNOSED), moments.impact_start
    detail = {"from_impact_start": parts(between(start.instant, diagnosed.instant))} if diagnosed and start else {}
    return elapsed(M06, moments.detected, diagnosed, detail=detail)


def time_to_mitigate(moments: Moments) -> Metric:
    """M07."""
    return elapsed(M07, moments.detected, moments.stated(Milestone.MITIGATED))


def time_to_restore(moments: Moments, hard_weight: float) -> Metric:
    """M08, MTTR of the seed: span of the first to the last hard window. Where no window is known to be hard, or all
    are, impact start to impact end. Impact that is open is at least as long as it is known to have lasted."""
    facts = moments.facts
    detail = {"environment": facts.incident.environment}
    hard = [window for window in facts.windows if window.weight is not None and window.weight >= hard_weight]
    if hard and len(hard) < len(facts.windows):
        closed = [window.end for window in hard if window.end is not None]
        start = _edge("hard impact start", min(hard, key=lambda window: window.start.utc))
        if len(closed) == len(hard):
            last = max(hard, key=lambda window: window.end.utc if window.end else window.start.utc)
            end = Moment("hard impact end", (Candidate(last.end or last.start, "", last.evidence),))
            return elapsed(M08, start, end, note="Degraded impact outside it is not counted here.", detail=detail)
        return _still_open(moments, start, detail)
    start, end = moments.impact_start, moments.impact_end
    if start and not end and any(window.end is None for window in facts.windows):
        return _still_open(moments, start, detail)
    soft = bool(facts.windows) and not hard and all(window.weight is not None for window in facts.windows)
    note = joined("No impact was hard; span of all impact." if soft else "", _calm_between(facts.windows))
    return elapsed(M08, start, end, note=note, detail=detail)


def _calm_between(windows: tuple[ImpactWindow, ...]) -> str:
    """What a span over several windows leaves out."""
    stretches = union(Stretch(window.start, window.end) for window in windows if window.end is not None)
    if len(stretches) < 2:
        return ""
    impacted = spoken(sum(stretch.seconds for stretch in stretches))
    return f"The span holds {len(stretches)} windows with {impacted} of impact."


def _edge(name: str, window: ImpactWindow) -> Moment:
    return Moment(name, (Candidate(window.start, "", window.evidence, source="impact windows"),))


def _still_open(moments: Moments, start: Moment, detail: dict[str, str]) -> Metric:
    last = moments.last_known
    if last is None or last.utc <= start.instant.utc:
        return unknown(M08, "Impact is still open as far as the evidence tells.", detail, start)
    length = between(start.instant, last).value
    return at_least(M08, length, "Impact is still open at the end of the evidence.", start, detail=detail)


def time_to_resolve(moments: Moments) -> Metric:
    """M09."""
    return elapsed(M09, moments.impact_start, moments.stated(Milestone.RESOLVED))
