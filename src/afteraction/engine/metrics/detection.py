"""How the incident was noticed: M01 time to detect, M02 monitor's time, M13 users against monitors, M14 method.

Knows the definitions of SPEC §3.2. Refuses to call a silent monitor's time anything but "at least".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import sqrt

from afteraction.core.findings import Detection, DetectionMethod, Metric, Milestone, State
from afteraction.core.instant import Duration, between
from afteraction.engine.metrics.figures import (
    Definition,
    Moment,
    at_least,
    distinct,
    elapsed,
    joined,
    parts,
    spoken,
    unknown,
)  # fmt: skip
from afteraction.engine.metrics.moments import MONITORS, Moments, reached_at

M01 = Definition(id="M01", name="Time to detect", formula="first detection that reached the team − impact start")
M02 = Definition(id="M02", name="Monitor time to detect", formula="first monitor detection − impact start")
M13 = Definition(
    id="M13", name="User-versus-monitor gap", formula="first user report, as written − first monitor detection"
)
M14 = Definition(
    id="M14", name="Detection method", formula="method of the detection that the response followed", unit="method"
)

_WELL_FOUNDED = 0.5
_SCALE_OF_DAYS = ("security", "wrong_data")
_START_FROM_DETECTION = "Impact start is unknown: the detection itself is the first sign of it, and it may be earlier."

METHOD_WORDS = {
    DetectionMethod.MONITOR: "monitoring",
    DetectionMethod.SYNTHETIC: "a synthetic check",
    DetectionMethod.INTERNAL_PERSON: "a team member",
    DetectionMethod.CUSTOMER: "users",
    DetectionMethod.THIRD_PARTY: "a third party",
    DetectionMethod.ACCIDENT: "accident",
    DetectionMethod.PLANNED_WATCH: "a planned watch",
}


def time_to_detect(moments: Moments) -> Metric:
    """M01, signed: negative when it was noticed before users were hurt. Detail: `ttd_signal` against the first signal
    in retrospect, `user_signal` for the first user report as written, `counted_as_s` for share statistics (never below
    0), and `scale` where detection usually takes days, so that it is not shown beside outages."""
    start, detected = moments.impact_start, moments.detected
    detail: dict[str, object] = {}
    if moments.facts.incident.kind in _SCALE_OF_DAYS:
        detail["scale"] = "days"
    if moments.stated(Milestone.FIRST_SIGNAL) and detected:
        detail["ttd_signal"] = parts(between(moments.stated(Milestone.FIRST_SIGNAL).instant, detected.instant))
    if start and moments.first_user_report:
        detail["user_signal"] = parts(between(start.instant, moments.first_user_report.instant))
    if not detected:
        return _never_noticed(moments, detail)
    if _circular(start, detected):
        return unknown(M01, _START_FROM_DETECTION, detail, detected)
    metric = elapsed(M01, start, detected, detail=detail)
    if metric.value is None:
        return metric
    note = metric.note
    if metric.high is not None and metric.high <= 0:
        note = f"Detected {spoken(metric.value)} before user impact."
    elif moments.impact_end and between(moments.impact_end.instant, detected.instant).low > 0:
        note = joined(note, "Noticed only after impact had ended.")
    effective = effective_detection(moments.facts.detections)
    if effective and effective.method is DetectionMethod.CUSTOMER and effective.seen_at is None:
        note = joined(note, "When the report reached the team is not stated; counted from when it was written.")
    return replace(metric, note=note, detail={**detail, "counted_as_s": max(0.0, metric.value)})


def _circular(start: Moment, detected: Moment) -> bool:
    """Whether impact start is only a guess from the detection itself: their difference would be an invented 0."""
    if not start or not detected or start.first.chosen_by:
        return False
    same = bool(set(start.first.evidence) & set(detected.first.evidence)) and start.instant.utc == detected.instant.utc
    return same and start.first.confidence < _WELL_FOUNDED


def _never_noticed(moments: Moments, detail: dict[str, object]) -> Metric:
    start, end = moments.impact_start, moments.impact_end
    if not (start and end) or moments.anyone_noticed:
        note = "" if start else "Impact start is unknown. "
        return unknown(M01, f"{note}Nothing in the evidence says how and when it was noticed.", detail, start)
    length = between(start.instant, end.instant)
    note = f"No detection is known while it lasted, {spoken(length.value)}."
    return at_least(M01, max(0.0, length.value), note, start, end, detail=detail)


def monitor_time_to_detect(moments: Moments) -> Metric:
    """M02; a monitor that stayed silent is at least as late as impact was long."""
    if _circular(moments.impact_start, moments.first_monitor):
        return unknown(M02, _START_FROM_DETECTION, None, moments.first_monitor)
    if moments.first_monitor:
        metric = elapsed(M02, moments.impact_start, moments.first_monitor)
        if metric.value is not None and metric.high is not None and metric.high <= 0:
            return replace(metric, note=f"Monitoring noticed {spoken(metric.value)} before user impact.")
        return metric
    if not _others_noticed(moments):
        return unknown(M02, "No detection by a monitor is known, nor that monitors were silent.")
    start, end = moments.impact_start, moments.impact_end
    if not start:
        return unknown(M02, "Impact start is unknown; monitoring stayed silent.")
    silent = _silence(moments)
    if silent is None:
        return unknown(M02, "Monitoring stayed silent; how long impact lasted is unknown.", None, start)
    return at_least(M02, silent, f"Monitoring stayed silent for the {spoken(silent)} of impact.", start, end)


def _others_noticed(moments: Moments) -> bool:
    """True when it is known how people noticed, so that a missing monitor was silent and not just unreported."""
    return bool(moments.facts.detections) or bool(moments.first_user_report)


def _silence(moments: Moments) -> float | None:
    """How long monitors are known to have been silent, in seconds: impact's length, or as far as it is known."""
    start, end = moments.impact_start, moments.impact_end
    if start and end:
        return max(0.0, between(start.instant, end.instant).value)
    last = moments.last_known
    if start and last is not None and last.utc > start.instant.utc:
        return between(start.instant, last).value
    return None


def user_versus_monitor(moments: Moments) -> Metric:
    """M13, negative when users were first. Detail: `verdict` (users first, tie, monitor first, users only, monitor
    only, internal, conflict, unknown) and `triage_lag`, from writing the first report to the team seeing it."""
    user, monitor = moments.first_user_report, moments.first_monitor
    detail: dict[str, object] = {}
    lag = triage_lag(moments)
    if lag is not None:
        detail["triage_lag"] = parts(lag)
    if user and monitor:
        return _gap(user, monitor, detail)
    if user:
        silent = _silence(moments)
        detail["verdict"] = "users only"
        if silent is None:
            return unknown(M13, "Users only: no monitor noticed; how long impact lasted is unknown.", detail, user)
        detail["silent_s"] = silent
        note = f"Users only: monitoring silent for at least {spoken(silent)}."
        return at_least(M13, silent, note, user, detail=detail)
    if monitor:
        return _no_gap("Monitor only: no user report is known.", "monitor only", monitor)
    if moments.facts.detections:
        return _no_gap("Neither users nor monitors noticed it first: noticed internally.", "internal")
    return unknown(M13, "First user report and first monitor detection are unknown.", {**detail, "verdict": "unknown"})


def _no_gap(note: str, verdict: str, *known: Moment) -> Metric:
    """There are no two sides to compare; the verdict says so."""
    return replace(unknown(M13, note, {"verdict": verdict}, *known), state=State.NOT_APPLICABLE)


def _gap(user: Moment, monitor: Moment, detail: dict[str, object]) -> Metric:
    metric = elapsed(M13, monitor, user, detail=detail)
    if metric.value is None or metric.low is None or metric.high is None:
        return replace(metric, detail={**detail, "verdict": "conflict"})
    verdict, note = verdict_of(Duration(metric.low, metric.high))
    return replace(metric, note=note, detail={**detail, "verdict": verdict})


def verdict_of(gap: Duration) -> tuple[str, str]:
    """(verdict, sentence) of a gap: a tie when it is not larger than the joint precision of its two moments."""
    if abs(gap.value) <= gap.margin:
        return "tie", "Users and monitoring noticed at the same time, as far as these times tell."
    if gap.value < 0:
        return "users first", f"Users {spoken(gap.value)} ahead of monitoring."
    return "monitor first", f"Monitoring {spoken(gap.value)} ahead of the first user report."


def triage_lag(moments: Moments) -> Duration | None:
    """From the first user report's writing to the team seeing it; None when either is unknown."""
    first = next(iter(moments.user_reports), None)
    if first is None or first.seen_at is None:
        return None
    return between(first.at, first.seen_at)


def effective_detection(detections: tuple[Detection, ...]) -> Detection | None:
    """The detection that the response followed: the first that was acted on, else the first to reach the team among
    those that nobody is known to have ignored."""
    ordered = sorted(detections, key=lambda detection: reached_at(detection).utc)
    followed = [detection for detection in ordered if detection.acted_on]
    heard = [detection for detection in ordered if detection.acted_on is not False]
    return next(iter(followed or heard or ordered), None)


def detection_method(moments: Moments) -> Metric:
    """M14: the effective method as `detail["method"]`, with the count of all detections per method and whether users
    told us first. Its value is no number."""
    detections = moments.facts.detections
    effective = effective_detection(detections)
    if effective is None:
        return unknown(M14, "Nothing in the evidence says how it was noticed.", {"method": None})
    counts = Counter(detection.method.value for detection in detections)
    users_first = effective.method is DetectionMethod.CUSTOMER
    ignored = any(d.method in MONITORS and d.acted_on is False for d in detections if d is not effective)
    note = joined(
        f"Noticed by {METHOD_WORDS[effective.method]}.",
        "Users told us first." if users_first else "",
        "An alert fired but was not acted on." if ignored else "",
    )
    return Metric(
        id=M14.id,
        name=M14.name,
        state=State.VALUE,
        unit=M14.unit,
        formula=M14.formula,
        note=note,
        inputs=(("detection", reached_at(effective)),),
        evidence=distinct(effective.evidence),
        detail={"method": effective.method.value, "counts": dict(counts), "users_first": users_first,
                "alert_ignored": ignored},
    )  # fmt: skip


def wilson(successes: int, total: int, z: float = 1.959963984540054) -> tuple[float, float, float] | None:
    """(share, low, high) with the 95 % Wilson score interval (Wilson 1927); None of nothing."""
    if total <= 0:
        return None
    share = successes / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return share, max(0.0, centre - half), min(1.0, centre + half)
