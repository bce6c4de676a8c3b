"""Reads incident histories of Atlassian Statuspage: `incidents.json`, one exported incident, a webhook, feeds.

Knows incidents and their updates. Refuses to place an update where the page shows it: what counts is when it was
posted, for only then could anybody read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.findings import Milestone
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Event, EventKind, Lane, Record
from afteraction.formats.statuspage.feed import read_feed, sniff_feed
from afteraction.formats.statuspage.promises import promised_update

SAME = timedelta(seconds=60)
LISTS = ("incidents", "scheduled_maintenances")
# What an incident states beside its updates, and which milestone it states.
STATED = (("started_at", "began", Milestone.IMPACT_START), ("resolved_at", "was resolved", Milestone.RESOLVED))


@dataclass(frozen=True)
class Statuspage:
    """The reader of this folder."""

    name: str = "statuspage"
    title: str = "Statuspage incidents (JSON, Atom, RSS)"
    kind: EvidenceKind = EvidenceKind.COMMUNICATION
    example: str = (
        '{"page":{"name":"Example"},"incidents":[{"name":"Checkout errors","incident_updates":[{"status":'
        '"investigating","body":"We are looking into it.","created_at":"2026-05-12T14:19:00Z"}]}]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when an incident carries its updates the way Statuspage names them."""
        if source.head_text().lstrip()[:1] == "<":
            return sniff_feed(source)
        found = outline(source)
        candidates = [found]
        if isinstance(found, dict):
            candidates += [found.get("incident"), *(_first(found.get(key)) for key in LISTS)]
        candidates.append(_first(found))
        if any(isinstance(one, dict) and isinstance(one.get("incident_updates"), list) for one in candidates):
            return 0.95
        has_page = isinstance(found, dict) and isinstance(found.get("page"), dict)
        return 0.8 if has_page and isinstance(found, dict) and any(key in found for key in LISTS) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every update of every incident, and what an incident states beside them."""
        if source.head_text().lstrip()[:1] == "<":
            yield from read_feed(source)
            return
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                yield from _read_incidents(source, root, {})
            else:
                yield from _read_root(source, root)


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else None


def _read_root(source: Source, root: Node) -> Iterator[Record | Failure]:
    page: dict[str, str] = {}
    known = False
    for field in root.children():
        if field.key == "page":
            page = _texts(field.value())
        elif field.key in LISTS:
            known = True
            yield from _read_incidents(source, field, page)
        elif field.key == "incident":
            known = True
            yield from _read_incident(source, field, page)
        elif field.key == "incident_updates" and not known:
            known = True
            yield from _read_incident(source, root, page)
    if not known and not root.damaged:
        yield Failure(source.name, "this holds no incident.", "Export incidents.json again.", root.locator())


def _texts(value: object) -> dict[str, str]:
    return {key: item for key, item in value.items() if isinstance(item, str)} if isinstance(value, dict) else {}


def _read_incidents(source: Source, array: Node, page: Mapping[str, str]) -> Iterator[Record | Failure]:
    for node in array.children():
        yield from _read_incident(source, node, page)


def _read_incident(source: Source, node: Node, page: Mapping[str, str]) -> Iterator[Record | Failure]:
    if node.opener != "{":
        node.finish()
        if not node.damaged:
            yield Failure(source.name, "an incident is an object; this is none.", "Leave it out.", node.locator())
        return
    value = node.value()
    if isinstance(value, dict):
        said: dict[str, object] = value
    else:
        # A broken incident still has what stands before the break.
        said = {child.key: child.value() for child in node.children() if child.key != "incident_updates"}
    told: dict[str, list[Instant]] = {}
    facts = _facts(_texts(said), page)
    for updates in (child for child in node.children() if child.key == "incident_updates"):
        for update in updates.children():
            yield from _read_update(source, update, facts, page, told)
    for key, verb, milestone in STATED:
        if not is_never(said.get(key)):
            at = read_field_time(source, said[key], key, node.locator(key))
            if isinstance(at, Failure):
                yield at
            elif not _was_posted(at, key, told):
                yield Event(
                    instant=at,
                    title=f"The status page says that it {verb}: {_texts(said).get('name', 'an incident')}",
                    kind=EventKind.NOTE,
                    lane=Lane.STATUS,
                    evidence=node.cite(source.evidence_id, key),
                    attributes={"milestone": milestone.value, "number": _texts(said).get("id", "")},
                )


def _facts(incident: Mapping[str, str], page: Mapping[str, str]) -> dict[str, str]:
    stated = {
        "audience": "public",
        "severity": incident.get("impact", ""),
        "incident": incident.get("name", ""),
        "number": incident.get("id", ""),
        "url": incident.get("shortlink", ""),
        "page": page.get("name", ""),
    }
    return {key: value for key, value in stated.items() if value}


def _read_update(
    source: Source, node: Node, facts: Mapping[str, str], page: Mapping[str, str], told: dict[str, list[Instant]]
) -> Iterator[Record | Failure]:
    value = node.value()
    if node.damaged:
        return
    if not isinstance(value, dict):
        yield Failure(source.name, "an update is an object; this is none.", "Leave it out.", node.locator())
        return
    update = _texts(value)
    key = "created_at" if not is_never(value.get("created_at")) else "display_at"
    at = read_field_time(source, value.get(key), key, node.locator(key))
    if isinstance(at, Failure):
        yield at
        return
    status, body = update.get("status", ""), update.get("body", "")
    told.setdefault(status, []).append(at)
    more = {"status": status, **_shown_elsewhere(source, node, value.get("display_at"), at)}
    promise = promised_update(body, at.utc, page.get("time_zone") or source.options.zone)
    if promise:
        more["promised_update"] = promise.isoformat()
    if status == "resolved":
        more["milestone"] = Milestone.RESOLVED.value
    yield Event(
        instant=at,
        title=": ".join(filter(None, (status.replace("_", " ").capitalize(), facts.get("incident"))))
        or "Status update",
        body=body,
        kind=EventKind.COMMUNICATION,
        lane=Lane.STATUS,
        service=_components(value.get("affected_components")),
        fingerprint=f"statuspage:{update['id']}" if "id" in update else "",
        evidence=node.cite(source.evidence_id, key),
        attributes={**facts, **{key: value for key, value in more.items() if value}},
    )


def _title(status: str, incident: str) -> str:
    return ": ".join(filter(None, (status.replace("_", " ").capitalize(), incident))) or "Status update"


def _shown_elsewhere(source: Source, node: Node, stated: object, at: Instant) -> dict[str, str]:
    """Where the page shows the update at another time than it was posted at, that time."""
    if is_never(stated):
        return {}
    shown = read_field_time(source, stated, "display_at", node.locator("display_at"))
    return (
        {"display_at": shown.utc.isoformat()} if isinstance(shown, Instant) and abs(shown.utc - at.utc) > SAME else {}
    )


def _components(value: object) -> str:
    """The one component that an update names; empty when it names none or several."""
    names = {str(one.get("name")) for one in value if isinstance(one, dict)} if isinstance(value, list) else set()
    return names.pop() if len(names) == 1 else ""


def _was_posted(at: Instant, key: str, told: Mapping[str, list[Instant]]) -> bool:
    """Whether an update was posted at the moment that the incident states, so that it says nothing new."""
    posted = [one for status, times in told.items() for one in times if key != "resolved_at" or status == "resolved"]
    return any(abs(one.utc - at.utc) <= SAME for one in posted)


READER = Statuspage()
