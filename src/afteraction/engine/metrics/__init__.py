"""The metrics of SPEC §3.2, each with its definition, clock and evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from afteraction.core.analysis import Facts
from afteraction.core.digests import Settings
from afteraction.core.findings import Metric, State
from afteraction.engine.metrics import alerting, communication, cost, detection, impact, process, response
from afteraction.engine.metrics.applicability import reason_against
from afteraction.engine.metrics.business import BusinessClock, Calendar, business
from afteraction.engine.metrics.cost import SEED_RATE
from afteraction.engine.metrics.detection import wilson
from afteraction.engine.metrics.figures import Definition, not_applicable
from afteraction.engine.metrics.glossary import GLOSSARY, explain
from afteraction.engine.metrics.moments import Moments

__all__ = [
    "DEFINITIONS",
    "GLOSSARY",
    "SEED_RATE",
    "BusinessClock",
    "Calendar",
    "business",
    "compute",
    "explain",
    "wilson",
]

_Figure = Callable[[Moments, Settings], Metric]
_FIGURES: tuple[tuple[Definition, _Figure], ...] = (
    (detection.M01, lambda moments, _: detection.time_to_detect(moments)),
    (detection.M02, lambda moments, _: detection.monitor_time_to_detect(moments)),
    (response.M03, lambda moments, _: response.time_to_acknowledge(moments)),
    (response.M04, lambda moments, _: response.time_to_first_action(moments)),
    (response.M05, lambda moments, _: response.time_to_declare(moments)),
    (response.M06, lambda moments, _: response.time_to_diagnose(moments)),
    (response.M07, lambda moments, _: response.time_to_mitigate(moments)),
    (response.M08, lambda moments, settings: response.time_to_restore(moments, settings.hard_weight)),
    (response.M09, lambda moments, _: response.time_to_resolve(moments)),
    (impact.M10, lambda moments, settings: impact.impacted_minutes(moments, settings.hard_weight)),
    (impact.M11, lambda moments, _: impact.weighted_minutes(moments)),
    (cost.M12, lambda moments, _: cost.cost(moments)),
    (detection.M13, lambda moments, _: detection.user_versus_monitor(moments)),
    (detection.M14, lambda moments, _: detection.detection_method(moments)),
    (communication.M15, lambda moments, settings: communication.communication(moments, settings.update_policy_min)),
    (process.M25, lambda moments, _: process.process_timeliness(moments)),
    (alerting.M31, lambda moments, _: alerting.alert_load(moments)),
)
DEFINITIONS: dict[str, Definition] = {definition.id: definition for definition, _ in _FIGURES}
_PRODUCTION_ONLY = ("M08", "M12")


def compute(facts: Facts, settings: Settings) -> dict[str, Metric]:
    """M01 to M15, M25 and M31 of one incident, keyed by id, all by the wall clock. Each has one of five states; none of
    them raises for missing facts, and none reads a missing one as 0."""
    moments = Moments(facts)
    found: dict[str, Metric] = {}
    for definition, figure in _FIGURES:
        reason = reason_against(facts.incident.kind, definition.id)
        metric = not_applicable(definition, reason) if reason else figure(moments, settings)
        found[definition.id] = _labelled(metric, facts.incident.environment)
    return found


def _labelled(metric: Metric, environment: str) -> Metric:
    """Figures that feed production rates say when they come from elsewhere (SPEC R001)."""
    counted = metric.state not in (State.UNKNOWN, State.NOT_APPLICABLE)
    if metric.id not in _PRODUCTION_ONLY or environment == "production" or not counted:
        return metric
    return replace(metric, note=f"{metric.note} From {environment}; not counted for production.".strip())
