"""What the analysis knows of impact and detection, for the first question.

Knows which metric answers what. Refuses to write a figure that nothing measured: it reads unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString

from afteraction.pipeline.report import sentences
from afteraction.pipeline.report.summary import degradations
from afteraction.web.ui.drawing.impact import Step, draw_steps
from afteraction.web.ui.drawing.scale import Scale, spanning
from afteraction.web.ui.drawing.svg import element, group, percent, text_width
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
HEIGHT, TOP, FLOOR = 122, 38, 100
# About the narrowest width of the plot on a wide screen; labels that fit there fit everywhere but on a phone.
_NARROW = 700
_STEMS = (
    ("t_first_user_report", "customer", "first user report"), ("t_detect", "signal", "detected"),
    ("t_mitigated", "hold", "mitigated"), ("t_impact_end", "hold", "impact ends"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One figure: its name, what is known ("" is unknown) and a line below it."""

    name: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Impact:
    """What the first question shows before anybody writes: the plot, four figures, and what it could begin with."""

    plot: SafeString
    told: tuple[Told, ...]
    degradation: str
    proposal: str
    findings: int


def impact_of(head: Json) -> Impact:
    """From the head of an analysis, empty without evidence."""
    if not head:
        return Impact(SafeString(""), (), "", "", 0)
    chosen = {name: found[0] for name, found in head["milestones"].items() if found}
    metrics = head["metrics"]
    used = [key for key in ("M01", "M07", "M10", "M12", "M13", "M14") if metrics.get(key, {}).get("state") == "value"]
    findings = len(head["impact_windows"]) + len(used) + sum(name in chosen for name, _, _ in _STEMS)
    said = degradations(head["impact_windows"])
    return Impact(
        plot=_plot(head, chosen), told=tuple(_told(metrics, chosen)), degradation=" ".join(said)[:300],
        proposal=_proposal(head, chosen), findings=findings,
    )  # fmt: skip


def _told(metrics: Json, chosen: Json) -> Iterator[Told]:
    gap, method = metrics.get("M13", {}), metrics.get("M14", {})
    verdict = gap.get("detail", {}).get("verdict") or ""
    yield Told("Found by", verdict or str(method.get("detail", {}).get("method") or ""), method.get("note") or "")
    lag, first = gap.get("detail", {}).get("triage_lag"), chosen.get("t_first_user_report")
    if lag and first:
        seen = moment(first["value"]) + timedelta(seconds=lag["value"])
        words, note = f"{seen:%H:%M} UTC", f"{sentences.seconds(lag['value'])} after the first report"
    else:
        words, note = "", "nothing shows when a report was read"
    yield Told("Support saw it", words, note)
    weighted = metrics.get("M11", {})
    lost = weighted.get("detail", {}).get("lost_requests")
    if isinstance(lost, int | float):
        value, low, high = (weighted.get(each) for each in ("value", "low", "high"))
        band = f"{lost * low / value:,.0f} to {lost * high / value:,.0f}" if value and low and high else ""
        yield Told("Attempts failed", f"{lost:,.0f}", band)
    else:
        yield Told("Attempts failed", "", "no traffic was measured")
    cost = metrics.get("M12", {})
    known = cost.get("state") in ("value", "at_least")
    yield Told("Money", sentences.figure(cost) if known else "", "" if known else _short(cost.get("note", "")))


def _short(note: str) -> str:
    return note.removeprefix("Cost unknown: ").rstrip(".") or "no rate is set"


def _proposal(head: Json, chosen: Json) -> str:
    """Sentences of the analysis with their citations, to begin with."""
    out = []
    windows, metrics = head["impact_windows"], head["metrics"]
    if windows:
        cites = _cites([each for window in windows for each in window["evidence"]])
        several = f" in {metrics['M10']['detail'].get('windows', 1)} windows" if len(windows) > 1 else ""
        start, end = chosen.get("t_impact_start"), chosen.get("t_impact_end")
        times = f", from {sentences.clock(start)}" if start else ""
        times += f" to {sentences.clock(end)} UTC" if start and end else ""
        out.append(f"Impact lasted {sentences.figure(metrics['M10'])}{several}{times}{cites}.")
        out += [f"{said.rstrip('.')}{cites}." for said in degradations(windows)[:2]]
    first, detected = chosen.get("t_first_user_report"), chosen.get("t_detect")
    if first:
        out.append(f"The first report of a user is from {sentences.clock(first)}{_cites(first['evidence'])}.")
    if detected:
        late = f", {sentences.figure(metrics['M01'])} after impact began" if metrics["M01"]["state"] == "value" else ""
        out.append(f"It was detected at {sentences.clock(detected)}{late}{_cites(detected['evidence'])}.")
    return " ".join(out)


def _cites(evidence: list[Json]) -> str:
    return "".join(f" [{label}]" for label in sentences.labels_of(evidence)[:2])


def _plot(head: Json, chosen: Json) -> SafeString:
    windows = [each for each in head["impact_windows"] if each["end"]]
    if not windows:
        return SafeString("")
    stems = [(moment(chosen[name]["value"]), tone, word) for name, tone, word in _STEMS if name in chosen]
    moments = [moment(each[side]["value"]) for each in windows for side in ("start", "end")]
    margin = (max(moments) - min(moments)) * 0.5
    near = [each for each in stems if min(moments) - margin <= each[0] <= max(moments) + margin]
    scale = spanning([*moments, *(at for at, _, _ in near)])
    steps = [_step(window, scale) for window in windows]
    label = "Impact windows: " + ", ".join(step.spoken for step in steps[:12])
    label += "".join(f"; {word} {at:%H:%M}" for at, _, word in near)
    parts = [*_ticks(scale), *draw_steps(steps, FLOOR, FLOOR - TOP),
             element("line", class_="axis", x1="0", x2="100%", y1=FLOOR, y2=FLOOR), *_stems(near, scale)]  # fmt: skip
    return element("svg", *parts, class_="mini-plot", width="100%", height=HEIGHT, role="img", aria_label=label)


def _step(window: Json, scale: Scale) -> Step:
    weight = "weight unknown" if window["weight"] is None else f"weight {window['weight']:.2f}"
    return Step(
        x=scale.x(moment(window["start"]["value"])), to=scale.x(moment(window["end"]["value"])),
        weight=window["weight"], group=window["group"],
        spoken=f"{sentences.clock(window['start'])} to {sentences.clock(window['end'])}, {weight}",
    )  # fmt: skip


def _ticks(scale: Scale) -> Iterator[SafeString]:
    for number, at in enumerate(scale.ticks()):
        place = percent(scale.x(at))
        yield element("line", class_="gridline", x1=place, x2=place, y1=TOP, y2=FLOOR)
        shown = "tick hide-s" if number % 2 else "tick"
        yield element("text", scale.clock(at), class_=shown, x=place, y=FLOOR + 16, text_anchor="middle")


def _stems(stems: list[tuple[datetime, str, str]], scale: Scale) -> Iterator[SafeString]:
    """Lines with labels in two rows; a label goes where it touches no other, to the left where the right is full."""
    taken: list[tuple[float, float, int]] = []
    for at, tone, word in sorted(stems):
        x, wide = scale.x(at), (text_width(f"{at:%H:%M} {word}") + 14) / _NARROW * 100
        sides = [(x, x + wide, row, "start") for row in (0, 1)] + [(x - wide, x, row, "end") for row in (0, 1)]
        left, right, row, anchor = next((each for each in sides if _fits(each, taken)), sides[1])
        taken.append((left, right, row))
        place, y = percent(x), 12 + 14 * row
        yield group(
            element("line", class_=f"stem k-{tone}", x1=place, x2=place, y1=y - 8, y2=FLOOR),
            element("text", f"{at:%H:%M}", element("tspan", f" {word}", class_="hide-s"), class_="bt-t halo", x=place,
                    y=y, dx=5 if anchor == "start" else -5, text_anchor=anchor),
        )  # fmt: skip


def _fits(wished: tuple[float, float, int, str], taken: list[tuple[float, float, int]]) -> bool:
    left, right, row, _ = wished
    inside = left >= 0 and right <= 100
    return inside and all(row != other or right <= low or left >= high for low, high, other in taken)
