"""Computed facts as cards: the figure, what it rests on, and its inputs behind it.

Knows which figures a reader needs first and how they are worded. Refuses to compute: every number stands in the
document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from afteraction.pipeline.report import sentences

Json = dict[str, Any]

# metric, short name, the meaning it takes when it wants attention
STRIP = (
    ("M01", "Time to detect", ""),
    ("M13", "Users before monitoring", "customer"),
    ("M03", "Time to acknowledge", ""),
    ("M07", "Time to mitigate", ""),
    ("M10", "Impacted minutes", ""),
    ("M15", "Longest update gap", "comms"),
    ("M09", "Time to resolve", "signal"),
)
_CLOCKS: dict[str, str] = {"wall": "wall clock"}


@dataclass(frozen=True)
class Fact:
    """One metric as a card. `value` and `small` are its figure, `basis` one line under it, `meaning` its colour."""

    id: str
    name: str
    value: str
    small: str
    basis: str
    meaning: str
    metric: Json
    clock: str

    @property
    def is_unknown(self) -> bool:
        """True when there is no figure."""
        return self.metric["state"] in ("unknown", "not_applicable")


def strip_facts(head: Json) -> list[Fact]:
    """The seven figures above the lanes."""
    found = []
    for key, name, meaning in STRIP:
        metric = head["metrics"].get(key)
        if metric is not None:
            fact = fact_of(key, metric, name, meaning if _wants_attention(key, metric) else "")
            found.append(replace(fact, basis=_special_basis(key, head) or fact.basis))
    return found


def fact_of(key: str, metric: Json, name: str = "", meaning: str = "") -> Fact:
    """One metric as a card."""
    value, small = _figure(key, metric)
    return Fact(
        key, name or metric["name"], value, small, _basis(metric), meaning, metric,
        str(_CLOCKS.get(metric["clock"], metric["clock"])),
    )  # fmt: skip


def _special_basis(key: str, head: Json) -> str:
    """What two figures rest on that have no pair of moments: windows, and the longest silence."""
    if key == "M10" and head["impact_windows"]:
        groups = len({window["group"] for window in head["impact_windows"]})
        weighted = head["metrics"].get("M11")
        told = "1 window" if groups == 1 else f"{groups} windows"
        return f"{told}, weighted {weighted['value']:.1f}" if weighted and weighted["state"] == "value" else told
    silences = [gap for gap in head["gaps"] if gap["kind"] == "communication"]
    if key == "M15" and silences:
        longest = max(silences, key=lambda gap: sentences.minutes_between(gap["start"], gap["end"]))
        return f"{_minute(longest['start'])} to {_minute(longest['end'])}, {longest['audience'] or 'all'}"
    return ""


def _figure(key: str, metric: Json) -> tuple[str, str]:
    whole = _one_unit(sentences.figure(metric))
    value, plus, margin = whole.partition(" ± ")
    if plus:
        return value, f"± {margin}"
    hard = metric["detail"].get("hard_min")
    if key == "M10" and isinstance(hard, int | float) and metric["state"] == "value":
        return value, f"{hard:.0f} hard"
    if key == "M13" and metric["state"] == "value" and isinstance(metric["value"], int | float):
        return value.lstrip("−"), ""
    return value, ""


def _one_unit(text: str) -> str:
    """`80 min or 88 min` as `80 or 88 min`."""
    sides = text.split(" or ")
    units = {side.partition(" ")[2] for side in sides}
    if len(sides) > 1 and len(units) == 1 and (unit := units.pop()):
        return " or ".join(side.partition(" ")[0] for side in sides) + f" {unit}"
    return text


def _basis(metric: Json) -> str:
    if metric["state"] == "conflict":
        return f"{len(metric['alternatives'])} sources disagree"
    inputs = metric["inputs"]
    if len(inputs) == 2:
        first, second = sorted(inputs, key=lambda each: str(each["value"]))
        return f"{_minute(first)} to {_minute(second)}"
    if metric["note"]:
        first = str(metric["note"]).split(". ")[0].rstrip(".")
        return first if len(first) <= 44 else first[:43].rstrip() + "…"
    return {"unknown": "no evidence", "not_applicable": "does not apply"}.get(metric["state"], "inputs")


def _minute(instant: Json) -> str:
    return sentences.clock(instant)[:5] if instant["precision"] == "s" else sentences.clock(instant)


def _wants_attention(key: str, metric: Json) -> bool:
    if key == "M13":
        return metric["state"] == "value" and (metric["value"] or 0) < 0
    if key == "M15":
        return metric["state"] == "value" and " too long" in str(metric["note"])
    return bool(metric["state"] == "conflict")
