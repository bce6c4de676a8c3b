"""The part of a report about pictures and configuration snapshots, as plain values taken from `report.json`.

Knows what has to be said of an item without a time, and when a snapshot may be called "before". Refuses to open
pictures: whoever has their bytes passes them in (`thumbnails`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afteraction.pipeline.report.sentences import bytes_in_words, clock, when

Json = dict[str, Any]

_KINDS = {"picture": "Picture", "config_snapshot": "Configuration snapshot"}
_UNDATED = "undated: nothing in it says when it was taken, so it stands nowhere on the timeline"


@dataclass(frozen=True)
class Shown:
    """One picture or snapshot: `sha256` names its bytes, `facts` are what is known of it in words."""

    kind: str
    title: str
    facts: str
    sha256: str
    cite: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Difference:
    """What two snapshots of one place differ in: `rows` are (key, value in the first, value in the second)."""

    place: str
    times: str
    first: str
    second: str
    note: str
    rows: list[tuple[str, str, str]]
    cites: list[str]


@dataclass(frozen=True)
class Captured:
    """Everything about pictures and configuration."""

    pictures: list[Shown]
    snapshots: list[Shown]
    differences: list[Difference]

    def __bool__(self) -> bool:
        return bool(self.pictures or self.snapshots)

    def size_of(self, sha256: str) -> str:
        """Width and height of a picture as an SVG viewBox ends."""
        return next((f"{each.width} {each.height}" for each in self.pictures if each.sha256 == sha256), "0 0")


def captured(document: Json) -> Captured:
    """What was captured, dated items first, and what changed between snapshots. Documents stored by earlier versions
    lack some of it."""
    items = sorted(document["documents"], key=lambda each: (each["captured_at"] or {"value": "~"})["value"])
    shown = [_shown(each) for each in items if each["kind"] in _KINDS]
    return Captured(
        pictures=[each for each in shown if each.kind == _KINDS["picture"]],
        snapshots=[each for each in shown if each.kind != _KINDS["picture"]],
        differences=[_difference(each) for each in document.get("settings_changes", ())],
    )


def _shown(each: Json) -> Shown:
    taken, picture = each["captured_at"], each.get("picture") or {}
    facts = [_UNDATED]
    if taken:
        facts = [f"captured {clock(taken, with_day=True)} UTC according to its {each['captured_from']}"]
    elif each.get("stated_time"):
        facts[0] = f'undated: it states "{each["stated_time"]}", which cannot be placed; say its zone with --zone'
    if not taken and each["kind"] == "config_snapshot":
        facts.append("compared with nothing")
    if each["place"] != each["title"]:
        facts.append(each["place"] or "place unknown")
    facts += [each["environment"]] if each["environment"] else []
    facts += [f"by {each['captured_by']['role']}"] if each.get("captured_by") else []
    facts += [each["url"]] if each.get("url") else []
    if picture:
        size = f"{picture['width']} × {picture['height']} pixels, " if picture["width"] else ""
        facts.append(f"{size}{bytes_in_words(picture['size'])}")
    return Shown(
        kind=_KINDS[each["kind"]],
        title=each["title"],
        facts=", ".join(facts),
        sha256=each["evidence"]["sha256"],
        cite=each["evidence"]["label"],
        width=picture.get("width") or 0,
        height=picture.get("height") or 0,
    )


def _difference(each: Json) -> Difference:
    start, end = each["before_at"], each["at"]
    other_day = when(start["value"]).date() != when(end["value"]).date()
    first, second = ("Before", "During") if each["is_before"] else ("Earlier", "Later")
    notes = [] if each["is_before"] else ["Neither is offered as the state before the incident."]
    notes += [] if each["order_known"] else ["Their times overlap: which came first is not certain."]
    place = " ".join(part for part in (each["thing"], each["place"]) if part)
    return Difference(
        place=place + (f", {each['environment']}" if each["environment"] else ""),
        times=f"{clock(start, with_day=True)} → {clock(end, with_day=other_day)} UTC",
        first=first,
        second=second,
        note=" ".join(notes),
        rows=[(row["key"], _value(row["before"]), _value(row["after"])) for row in each["changed"]],
        cites=list(dict.fromkeys(ref["label"] for ref in (each["before"], each["after"]))),
    )


def _value(value: str | None) -> str:
    return "not set" if value is None else value or "empty"
