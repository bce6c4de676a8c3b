"""The two top events that a graph begins with, proposed from what is known of impact.

Knows which facts make a statement. Refuses to write one where nothing is known: people do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afteraction.pipeline.report import sentences

Json = dict[str, Any]


@dataclass(frozen=True)
class FirstTop:
    """A top event to begin with: its kind, how its field is called, a proposed statement ("" where nothing is known),
    where that is from, and its times as parts have them."""

    top: str
    label: str
    statement: str
    basis: str
    times: Json


def first_tops(head: Json, title: str) -> list[FirstTop]:
    """It happened, and it lasted. `head` is that of the analysis, empty without evidence."""
    windows = head.get("impact_windows") or []
    told = next((each["degradation"] for each in windows if each.get("degradation")), "")
    services = list(dict.fromkeys(each["service"] for each in windows if each.get("service")))
    happened = told.rstrip(".") or title.strip().rstrip(".")
    if told and services and services[0].lower() not in told.lower():
        happened = f"{services[0]}: {happened}"
    lasting = head.get("metrics", {}).get("M10")
    parts = len({each.get("group") for each in windows})
    lasted = ""
    if lasting and lasting["state"] == "value":
        lasted = f"Impact lasted {sentences.figure(lasting)}" + (f" in {parts} windows" if parts > 1 else "")
    start, end = _instant(head, "t_impact_start"), _instant(head, "t_impact_end")
    times = {name: at for name, at in (("valid_from", start), ("valid_to", end)) if at}
    ended = {"valid_from": end} if end else {}
    from_title = "from the title of the incident" if happened and not told else "from the impact windows"
    return [
        FirstTop("happened", "It happened", happened, from_title if happened else "", times),
        FirstTop("lasted", "It lasted", lasted, "from the length of the impact windows" if lasted else "", ended),
    ]


def _instant(head: Json, name: str) -> Json | None:
    found = head.get("milestones", {}).get(name) or ()
    if not found:
        return None
    kept: Json = {"utc": found[0]["value"], "precision": found[0]["precision"]}
    return kept
