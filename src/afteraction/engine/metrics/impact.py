"""What users met: M10 impacted minutes, M11 weighted minutes, user-minutes and lost requests.

Knows unions and weights of windows. Refuses to read an unknown weight or user count as 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from afteraction.core.findings import ImpactWindow, Metric, State
from afteraction.core.instant import Instant
from afteraction.engine.metrics.figures import Definition, distinct, joined, unknown
from afteraction.engine.metrics.moments import Moments
from afteraction.engine.metrics.sweep import Stretch, integrate, minutes_of, union

M10 = Definition(id="M10", name="Impacted minutes", formula="length of the union of all impact windows", unit="min")
M11 = Definition(
    id="M11",
    name="Weighted minutes",
    formula="sum of weight × length; largest weight per stream, streams added",
    unit="min",
)


def windows_of(moments: Moments) -> tuple[tuple[ImpactWindow, ...], str]:
    """(windows, note): the known windows; without any, one of unknown weight from impact start to impact end. Open
    windows end where impact is known to have ended, if it is."""
    facts = moments.facts
    end = moments.impact_end.instant if moments.impact_end else None
    if facts.windows:
        closed = tuple(
            replace(window, end=end) if window.end is None and end and end.utc > window.start.utc else window
            for window in facts.windows
        )
        return closed, ""
    if moments.impact_start and end is not None:
        start = moments.impact_start.first
        evidence = distinct((*start.evidence, *moments.impact_end.first.evidence))
        return (ImpactWindow(start=start.instant, end=end, evidence=evidence),), (
            "From the stated start and end of impact; windows inside are not known."
        )
    return (), ""


def _closed(windows: Sequence[ImpactWindow], last: Instant | None) -> list[Stretch]:
    """Windows as stretches; an open one counts as far as it is known to have lasted."""
    found = []
    for window in windows:
        end = window.end or (last if last is not None and last.utc > window.start.utc else window.start)
        found.append(Stretch(window.start, end))
    return found


def impacted_minutes(moments: Moments, hard_weight: float) -> Metric:
    """M10. Detail: `hard_min`, `degraded_min`, `unknown_min` by weight (minutes outside the harder ones), `per_service`
    minutes, `windows` (groups), `span_min` from first to last, and `degradation`, the sentences of what failed."""
    windows, note = windows_of(moments)
    if not windows:
        return unknown(M10, "No impact window is known.")
    last = moments.last_known
    stretches = _closed(windows, last)
    value, low, high = minutes_of(stretches)
    if value == 0 and any(window.end is None for window in windows):
        return unknown(M10, "Impact is still open where the evidence ends; how long it lasted is unknown.")
    said = tuple(dict.fromkeys(window.degradation for window in windows if window.degradation))
    is_open = any(window.end is None for window in windows)
    note = joined(
        note,
        "Impact is still open at the end of the evidence." if is_open else "",
        "" if said else "What did not work, and for whom, is unknown.",
    )
    return Metric(
        id=M10.id,
        name=M10.name,
        state=State.AT_LEAST if is_open else State.VALUE,
        value=value,
        low=value if is_open else low,
        high=None if is_open else high,
        unit=M10.unit,
        formula=M10.formula,
        note=note,
        evidence=distinct(ref for window in windows for ref in window.evidence),
        inputs=_edges(windows),
        detail={**_by_degree(windows, stretches, hard_weight), "degradation": said},
    )


def _by_degree(windows: Sequence[ImpactWindow], stretches: Sequence[Stretch], hard_weight: float) -> dict[str, object]:
    """Minutes by weight, by service and by window. A minute counts for the hardest weight it has anywhere."""
    pairs = list(zip(windows, stretches, strict=True))
    hard = [stretch for window, stretch in pairs if window.weight is not None and window.weight >= hard_weight]
    known = [stretch for window, stretch in pairs if window.weight is not None and window.weight > 0]
    value, hard_min, known_min = minutes_of(stretches)[0], minutes_of(hard)[0], minutes_of([*hard, *known])[0]
    services = sorted({window.service for window in windows})
    whole = union(stretches)
    return {
        "hard_min": hard_min,
        "degraded_min": known_min - hard_min,
        "unknown_min": value - known_min,
        "hard_weight": hard_weight,
        "per_service": {
            service: minutes_of([stretch for window, stretch in pairs if window.service == service])[0]
            for service in services
        },
        "windows": len(whole),
        "window_minutes": tuple(stretch.seconds / 60 for stretch in whole),
        "span_min": Stretch(whole[0].start, whole[-1].end).seconds / 60,
    }


def _edges(windows: Sequence[ImpactWindow]) -> tuple[tuple[str, Instant], ...]:
    edges: list[tuple[str, Instant]] = []
    for number, window in enumerate(windows, start=1):
        edges.append((f"window {number} start", window.start))
        if window.end is not None:
            edges.append((f"window {number} end", window.end))
    return tuple(edges)


def weighted_minutes(moments: Moments) -> Metric:
    """M11. Detail: `user_minutes` (∫ users dt) and `lost_requests` (∫ rate × failing share dt), None where no window
    states them. Windows of unknown weight make it "at least", between weight 0 and 1 of theirs."""
    windows, note = windows_of(moments)
    if not windows:
        return unknown(M11, "No impact window is known.")
    detail: dict[str, object] = {
        "user_minutes": _where_known(windows, lambda window: window.users),
        "lost_requests": _lost(windows),
    }
    base = integrate(windows, lambda window: window.weight or 0.0)
    most = integrate(windows, lambda window: 1.0 if window.weight is None else window.weight)
    unweighted = [window for window in windows if window.weight is None]
    is_open = any(window.end is None for window in windows)
    sentences = [note] if note else []
    if unweighted:
        sentences.append("How many users or requests were affected is unknown" + (" for part of it." if base else "."))
    if is_open:
        sentences.append("Impact is still open at the end of the evidence.")
    nothing = len(unweighted) == len(windows)
    state = State.UNKNOWN if nothing else State.AT_LEAST if unweighted or is_open else State.VALUE
    scale = _relative_margin(windows)
    return Metric(
        id=M11.id,
        name=M11.name,
        state=state,
        value=None if nothing else base,
        low=base * (1 - scale) if not unweighted and not is_open else base,
        high=None if is_open else most * (1 + scale) if not unweighted else most,
        unit=M11.unit,
        formula=M11.formula,
        note=" ".join(sentences),
        evidence=distinct(ref for window in windows for ref in window.evidence),
        inputs=_edges(windows),
        detail=detail,
    )


def _relative_margin(windows: Sequence[ImpactWindow]) -> float:
    """How uncertain the length of impact is, relative to it; weights inherit it."""
    value, low, high = minutes_of(_closed(windows, None))
    return (high - low) / 2 / value if value else 0.0


def _where_known(windows: Sequence[ImpactWindow], amount: Callable[[ImpactWindow], float | None]) -> float | None:
    known = [window for window in windows if amount(window) is not None]
    return integrate(known, lambda window: amount(window) or 0.0) if known else None


def _lost(windows: Sequence[ImpactWindow]) -> float | None:
    """Requests that failed: rate per second × failing share × seconds."""

    def per_minute(window: ImpactWindow) -> float | None:
        share = window.fail_share if window.fail_share is not None else window.weight
        return None if window.requests_per_s is None or share is None else window.requests_per_s * share * 60

    return _where_known(windows, per_minute)
