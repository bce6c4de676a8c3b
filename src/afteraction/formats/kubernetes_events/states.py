"""What the state of pods and nodes says happened: containers that ended badly, nodes that are not ready.

Knows the times that Kubernetes itself wrote beside such states. Refuses to read from a state that nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.reading import Source
from afteraction.core.records import Event, EventKind, Lane, Record
from afteraction.formats.kubernetes_events.meanings import service_of_object
from afteraction.formats.kubernetes_events.objects import Found

_BAD_WHEN_TRUE = ("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable")


def read_state(source: Source, found: Found) -> Iterator[Record | Failure]:
    """The signals in the status of a pod or node; nothing for other objects."""
    if found.value.get("kind") == "Pod":
        yield from _terminations(source, found)
    elif found.value.get("kind") == "Node":
        yield from _conditions(source, found)


def _part(value: Any, *path: str) -> dict[str, Any]:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _listed(value: Mapping[str, Any], key: str) -> list[Any]:
    found = _part(value, "status").get(key)
    return found if isinstance(found, list) else []


def _terminations(source: Source, found: Found) -> Iterator[Record | Failure]:
    meta = _part(found.value, "metadata")
    for key in ("initContainerStatuses", "containerStatuses"):
        for number, status in enumerate(_listed(found.value, key)):
            for state in ("lastState", "state"):
                ended = _part(status, state, "terminated")
                if not ended or str(ended.get("exitCode")) == "0":
                    continue
                path = ("status", key, str(number), state, "terminated", "finishedAt")
                at = read_field_time(source, ended.get("finishedAt"), "finishedAt", found.place.locator(*path))
                if isinstance(at, Failure):
                    yield at
                    continue
                reason, code = str(ended.get("reason") or "ended"), str(ended.get("exitCode") or "")
                stated = {
                    "reason": reason, "exit_code": code, "container": str(status.get("name") or ""),
                    "object": f"Pod/{meta.get('name', '')}", "namespace": str(meta.get("namespace") or ""),
                    "restarts": str(status.get("restartCount") or ""),
                    "node": str(_part(found.value, "spec").get("nodeName") or ""),
                }  # fmt: skip
                yield Event(
                    instant=at,
                    title=f"{reason}: container {stated['container']} of Pod {meta.get('name', '')} (exit code {code})",
                    kind=EventKind.SIGNAL,
                    lane=Lane.LOGS,
                    service=service_of_object({**meta, "kind": "Pod"}),
                    body=str(ended.get("message") or ""),
                    fingerprint=f"k8s:{meta.get('uid') or meta.get('name')}:{stated['container']}:{at.original_text}",
                    evidence=found.place.cite(source.evidence_id, *path),
                    attributes={name: text for name, text in stated.items() if text},
                )


def _conditions(source: Source, found: Found) -> Iterator[Record | Failure]:
    name = str(_part(found.value, "metadata").get("name") or "")
    for number, condition in enumerate(_listed(found.value, "conditions")):
        if not isinstance(condition, dict):
            continue
        kind, status = str(condition.get("type")), str(condition.get("status"))
        if not ((kind == "Ready" and status != "True") or (kind in _BAD_WHEN_TRUE and status == "True")):
            continue
        path = ("status", "conditions", str(number), "lastTransitionTime")
        at = read_field_time(source, condition.get("lastTransitionTime"), path[-1], found.place.locator(*path))
        if isinstance(at, Failure):
            yield at
            continue
        yield Event(
            instant=at,
            title=f"Node {name}: {'not ready' if kind == 'Ready' else kind}: {condition.get('message', '')}"[:300],
            kind=EventKind.SIGNAL,
            lane=Lane.LOGS,
            fingerprint=f"k8s:{name}:{kind}:{at.original_text}",
            evidence=found.place.cite(source.evidence_id, *path),
            attributes={"reason": str(condition.get("reason") or kind), "object": f"Node/{name}", "node": name},
        )
