"""Reads events of a Kubernetes cluster, and what the states of pods and nodes say happened.

Knows both versions of events (`v1` and `events.k8s.io/v1`), counted ones included. Refuses to spread a counted event
over its period: it is one event from its first time to its last, and says how often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure, Locator
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import outline
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Event, Record
from afteraction.formats.kubernetes_events.meanings import meaning_of, service_of_object
from afteraction.formats.kubernetes_events.objects import Found, objects
from afteraction.formats.kubernetes_events.states import read_state

_ABOUT = ("involvedObject", "regarding")
_FIRST = (("firstTimestamp",), ("deprecatedFirstTimestamp",), ("eventTime",), ("metadata", "creationTimestamp"))
_LAST = (("series", "lastObservedTime"), ("lastTimestamp",), ("deprecatedLastTimestamp",))
_COUNTS = (("series", "count"), ("count",), ("deprecatedCount",))
_YAML_EVENT = re.compile(r"^(?:- |  )?kind:\s*[\"']?(?:Event|EventList)[\"']?\s*$", re.MULTILINE)
_YAML_ABOUT = re.compile(r"^\s*(?:- )?(?:involvedObject|regarding):", re.MULTILINE)
_STATED = ("Pod", "Node")


@dataclass(frozen=True)
class KubernetesEvents:
    """The reader of this folder."""

    name: str = "kubernetes_events"
    title: str = "Kubernetes events (kubectl get events -o json or yaml)"
    kind: EvidenceKind = EvidenceKind.LOG
    example: str = (
        '{"kind":"Event","reason":"OOMKilling","type":"Warning","message":"Memory cgroup out of memory","count":3,'
        '"involvedObject":{"kind":"Pod","name":"a"},"firstTimestamp":"2026-05-12T14:02:11Z"}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when an object says what it is about and why, as only events do; pods and nodes with a status less."""
        if source.is_binary:
            return 0.0
        head = source.head_text()
        if head.lstrip()[:1] not in ("{", "["):
            return 0.95 if _YAML_EVENT.search(head) and _YAML_ABOUT.search(head) else 0.0
        first = _first_object(outline(source))
        if _is_event(first):
            return 0.95
        has_status = isinstance(first, dict) and isinstance(first.get("status"), dict) and "apiVersion" in first
        return 0.9 if has_status and first.get("kind") in _STATED and "metadata" in first else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One event for every event; signals for bad states of pods and nodes; other objects are counted."""
        others: Counter[str] = Counter()
        place: Locator | None = None
        for found in objects(source):
            if isinstance(found, Failure):
                yield found
            elif _is_event(found.value):
                yield from _read_event(source, found)
            elif found.value.get("kind") == "Event":
                reason = "the event does not say what it is about and why; the file may be cut short."
                yield Failure(source.name, reason, "Export it again.", found.place.locator())
            else:
                told = list(read_state(source, found))
                yield from told
                if not told:
                    others[str(found.value.get("kind") or "an object without a kind")] += 1
                    place = place or found.place.locator()
        if others:
            listed = ", ".join(f"{count} × {kind}" for kind, count in sorted(others.items()))
            reason = f"objects that say of no happening were left out: {listed}."
            step = "Give them in a file of their own to read them as configuration."
            yield Failure(source.name, reason, step, place or Locator(), lost=0)


def _first_object(value: Any) -> Any:
    for _ in range(3):
        if isinstance(value, list):
            value = next((one for one in value if _is_event(one)), value[0] if value else None)
        elif isinstance(value, dict) and isinstance(value.get("items"), list):
            value = value["items"]
        elif isinstance(value, dict) and isinstance(value.get("object"), dict) and isinstance(value.get("type"), str):
            value = value["object"]
    return value


def _is_event(value: Any) -> bool:
    if not isinstance(value, dict) or "reason" not in value:
        return False
    return any(isinstance(value.get(name), dict) for name in _ABOUT)


def _at(value: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = value
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _read_event(source: Source, found: Found) -> Iterator[Record | Failure]:
    value = found.value
    path = next((path for path in _FIRST if not is_never(_at(value, path))), _FIRST[0])
    at = read_field_time(source, _at(value, path), path[-1], found.place.locator(*path))
    if isinstance(at, Failure):
        yield at
        return
    until = _last(source, found, at)
    if isinstance(until, Failure):
        yield until
    about = next(value[name] for name in _ABOUT if isinstance(value.get(name), dict))
    reason, message = str(value.get("reason") or ""), str(value.get("message") or value.get("note") or "")
    kind, lane = meaning_of(reason, str(value.get("type") or ""), message)
    count = next((str(text) for path in _COUNTS if (text := _at(value, path)) not in (None, "", 0)), "")
    times = f" (×{count})" if count not in ("", "1") else ""
    subject = f"{about.get('kind', '')} {about.get('name', '')}".strip()
    first_line = next(iter(message.splitlines()), "")
    yield Event(
        instant=at,
        until=until if isinstance(until, Instant) else None,
        title=f"{reason}: {subject}{times}: {first_line}"[:300].rstrip(": "),
        body=message,
        kind=kind,
        lane=lane,
        service=service_of_object(about),
        actor=_component(value),
        fingerprint=_fingerprint(value),
        evidence=found.place.cite(source.evidence_id, *path),
        attributes=_facts(value, about, reason, count),
    )


def _last(source: Source, found: Found, start: Instant) -> Instant | Failure | None:
    """The last time of a counted event; None for one that happened once."""
    path = next((path for path in _LAST if not is_never(_at(found.value, path))), None)
    if path is None:
        return None
    place = found.place.locator(*path)
    end = read_field_time(source, _at(found.value, path), path[-1], place)
    if isinstance(end, Failure):
        return Failure(source.name, f"{end.reason} The event is kept without its end.", end.next_step, place, lost=0)
    if end.utc < start.utc:
        reason = f'"{path[-1]}" lies before the first time; it was left out.'
        return Failure(source.name, reason, "Check both times.", place, lost=0)
    return end if end.utc > start.utc else None


def _component(value: Mapping[str, Any]) -> Actor | None:
    name = _at(value, ("source", "component")) or value.get("reportingComponent") or value.get("reportingController")
    name = name or _at(value, ("deprecatedSource", "component"))
    return Actor(key=f"k8s:{name}", name=str(name), is_bot=True) if isinstance(name, str) and name else None


def _fingerprint(value: Mapping[str, Any]) -> str:
    """The event's own id: a counted event that is seen again with a higher count is the same one."""
    uid = _at(value, ("metadata", "uid"))
    named = "/".join(str(_at(value, ("metadata", key)) or "") for key in ("namespace", "name")).strip("/")
    return f"k8s:{uid or named}" if uid or named else ""


def _facts(value: Mapping[str, Any], about: Mapping[str, Any], reason: str, count: str) -> dict[str, str]:
    node = _at(value, ("source", "host")) or _at(value, ("deprecatedSource", "host"))
    if about.get("kind") == "Node":
        node = about.get("name")
    stated = {
        "reason": reason,
        "type": value.get("type"),
        "count": count,
        "object": f"{about.get('kind', '')}/{about.get('name', '')}",
        "namespace": about.get("namespace"),
        "container": about.get("fieldPath"),
        "node": node,
    }
    return {key: text for key, text in stated.items() if isinstance(text, str) and text}


READER = KubernetesEvents()
