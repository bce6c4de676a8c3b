"""Events of an incident that may stand as evidence for a claim, found by words or by their citation.

Knows how an event is cited. Refuses to show what people hid, and to find what the reader of the incident may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from afteraction.web.incidents.models import AnalysedEvent, Incident
from afteraction.web.incidents.models.analysis import Triage
from afteraction.web.incidents.queries import latest_analysis, rows_of_run

Json = dict[str, Any]
SHOWN = 30


@dataclass(frozen=True)
class Found:
    """Some events, and whether there are more."""

    items: tuple[AtHand, ...]
    more: bool


@dataclass(frozen=True)
class AtHand:
    """One event as evidence: the fields of a support, and the title to know it by."""

    event: AnalysedEvent

    @property
    def told(self) -> Json:
        """For scripts: `label`, `title`, `time`, and `support` as a part has it."""
        value = self.event.value
        cited: Json = next(iter(value.get("evidence") or ()), {})
        support = {
            "label": cited.get("label", ""), "evidence_id": cited.get("sha256", ""),
            "locator": str(cited.get("locator", "")), "event_id": self.event.event_id,
            "note": self.event.title[:200], "at": {"utc": value["value"], "precision": value["precision"]},
        }  # fmt: skip
        if value.get("until"):
            support["until"] = {"utc": value["until"]["value"], "precision": value["until"]["precision"]}
        return {
            "label": cited.get("label") or "event", "title": self.event.title, "time": value["value"][11:16],
            "day": value["value"][:10], "kind": self.event.kind, "file": cited.get("file", ""), "support": support,
        }  # fmt: skip


def evidence_at_hand(incident: Incident, text: str) -> Found:
    """Events whose title, kind or citation has all the words, in the order of time; key events where there are no
    words."""
    analysis = latest_analysis(incident)
    if analysis is None:
        return Found((), False)
    rows = rows_of_run(analysis).exclude(triage=Triage.HIDDEN).order_by("at_us", "event_id")
    words = text.lower().split()
    for word in words:
        if not _is_label(word):
            rows = rows.filter(title__icontains=word)
    if not words:
        rows = rows.filter(is_key=True)
    labels = [word.upper() for word in words if _is_label(word)]
    matching = (row for row in rows.iterator(chunk_size=200) if not labels or _is_cited_as(row, labels))
    found = list(islice(matching, SHOWN + 1))
    return Found(tuple(AtHand(row) for row in found[:SHOWN]), len(found) > SHOWN)


def _is_label(word: str) -> bool:
    return word[:1] == "e" and word[1:].isdigit()


def _is_cited_as(row: AnalysedEvent, labels: list[str]) -> bool:
    return any(each.get("label", "").upper() in labels for each in row.value.get("evidence") or ())
