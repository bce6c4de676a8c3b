"""The desk at which the parts of the document are written: labels of evidence, roles for people, times as JSON.

Knows how a citation, an instant and a person look in `report.json`, and what of a text may be shown. Refuses to know
which parts the document has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from afteraction.core.analysis import Analysis
from afteraction.core.evidence import EvidenceRef
from afteraction.core.instant import Instant
from afteraction.core.records import Actor, Event
from afteraction.core.secrets import without_secrets
from afteraction.engine.language.people.roles import replacer

Json = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """What every part of the document needs: labels of evidence, and how text may be shown."""

    labels: Mapping[str, str]
    names: Mapping[str, str]
    text: Callable[[str], str]


def desk_for(analysis: Analysis, with_names: bool) -> Desk:
    """The desk for one analysis: evidence numbered in the order of its files, text without secrets and names."""
    labels: dict[str, str] = {}
    names: dict[str, str] = {}
    for report in analysis.files:
        if report.evidence.id and report.evidence.id not in labels:
            labels[report.evidence.id] = f"E{len(labels) + 1}"
            names[report.evidence.id] = report.evidence.name
    hide_names = replacer(analysis.roles, people_of(analysis))

    # The same excerpt is cited many times; hiding and replacing is the dear part of the document.
    @lru_cache(maxsize=250_000)
    def text(value: str) -> str:
        shown = without_secrets(value)
        return shown if with_names else hide_names(shown)

    return Desk(labels, names, text)


def people_of(analysis: Analysis) -> dict[str, str]:
    """Names by actor key, of people only: what a machine is called may stand as it is."""
    found = {event.actor.key: event.actor.name for event in _told(analysis) if event.actor and not event.actor.is_bot}
    for document in analysis.documents:
        author = document.captured_by
        if author and not author.is_bot:
            found[author.key] = author.name
        for key, value in document.attributes.items():
            if key.startswith("slack:U"):
                known = json.loads(value)
                if not known.get("is_bot"):
                    found[key] = str(known.get("name", ""))
    return found


def _told(analysis: Analysis) -> tuple[Event, ...]:
    return (*analysis.timeline.events, *analysis.timeline.readings)


def moment(value: datetime) -> str:
    """A UTC time as ISO 8601 with Z, with a fraction only where there is one."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment_of(value: Instant | None) -> str | None:
    """An instant's moment alone; None stays None."""
    return moment(value.utc) if value else None


def instant(value: Instant) -> Json:
    """An instant with its precision, zone and doubts."""
    at, low = moment(value.utc), value.lo
    return {
        "value": at,
        "precision": value.precision.value,
        "zone": value.source_tz,
        "tz_known": value.tz_known,
        "low": at if low is value.utc else moment(low),
        "high": moment(value.hi),
        "original": value.original_text,
        "source": value.source.value,
        "inferred": value.inferred,
        "flags": [str(flag) for flag in value.flags],
        "alternatives": [moment(other) for other in value.alternatives],
    }


def cite(ref: EvidenceRef, desk: Desk) -> Json:
    """A citation: label, file, hash, place and the excerpt as it may be shown."""
    return {
        "label": desk.labels.get(ref.evidence_id, ""),
        "sha256": ref.evidence_id,
        "file": desk.names.get(ref.evidence_id, ""),
        "locator": str(ref.locator),
        "line": ref.locator.line,
        "pointer": ref.locator.pointer,
        "excerpt": desk.text(ref.excerpt),
    }


def cites(refs: tuple[EvidenceRef, ...], desk: Desk) -> list[Json]:
    """Citations in their order."""
    return [cite(ref, desk) for ref in refs]


def person(actor: Actor | None, analysis: Analysis) -> Json | None:
    """Somebody as the role they hold; None is nobody known."""
    if actor is None:
        return None
    return {"role": analysis.roles.get(actor.key, "Automation" if actor.is_bot else "Participant"), "bot": actor.is_bot}
