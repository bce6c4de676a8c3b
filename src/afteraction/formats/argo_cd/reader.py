"""Applications of Argo CD: every sync of their history, the last operation, health and conditions.

Knows the object as the API, `kubectl` and notifications give it, as JSON. Refuses to call a sync good because it is
over: its phase says that, and health is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, payloads, sketches, there
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane, Record

LISTS = ("items", "applications")
_PHASES = {"Succeeded": "success", "Failed": "failure", "Error": "failure", "Running": "started"}
_BAD_HEALTH = frozenset({"Degraded", "Missing"})


class ArgoCd:
    """The reader of this folder."""

    name = "argo_cd"
    title = "Argo CD applications (sync history, operations, health)"
    kind = EvidenceKind.DEPLOYMENT
    example = (
        '{"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "ledger"}, '
        '"status": {"history": [{"id": 3, "deployedAt": "2026-05-12T14:02:11Z", "revision": "4be1c07"}]}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is an application with a status."""
        return 0.96 if any(_is_application(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """What each application states, in the order of the file."""
        for payload in payloads(source, _is_application, "an application of Argo CD", LISTS):
            if isinstance(payload, Failure):
                yield payload
                continue
            found = False
            for record in _application(payload):
                found = True
                yield record
            if not found:
                yield payload.failure(
                    f"application {_name(payload)} states no sync, operation or change of health with a time.",
                    "Export it with its status.",
                    lost=0,
                )


def _is_application(value: Mapping[str, Any]) -> bool:
    """An Application by its kind, or an item of a list (which leaves kinds out) by members that nothing else has."""
    status, spec = value.get("status"), value.get("spec")
    version = value.get("apiVersion")
    if value.get("kind") == "Application" and isinstance(version, str) and version.startswith("argoproj.io/"):
        return True
    if "kind" in value or not isinstance(status, dict) or not isinstance(spec, dict) or "metadata" not in value:
        return False
    return isinstance(status.get("sync"), dict) and bool({"source", "sources"} & spec.keys())


def _name(payload: Payload) -> str:
    return payload.text("metadata", "name") or "without a name"


def _application(payload: Payload) -> Iterator[Change | Event | Failure]:
    known: dict[str, str] = {}
    yield from _history(payload, known)
    yield from _operation(payload, known)
    name, health = _name(payload), payload.text("status", "health", "status")
    if not is_never(payload.at("status", "health", "lastTransitionTime")):
        bad = health in _BAD_HEALTH
        yield _event(
            payload, "health", "lastTransitionTime",
            title=f"{name} is {health or 'of unknown health'}",
            body=payload.text("status", "health", "message"),
            kind=EventKind.SIGNAL if bad else EventKind.NOTE,
            lane=Lane.ALERTS if bad else Lane.CHANGES,
            attributes=there(status=health),
        )  # fmt: skip
    for index, condition in enumerate(payload.each("status", "conditions")):
        if is_never(condition.at("lastTransitionTime")):
            continue
        kind = condition.text("type")
        yield _event(
            payload, "conditions", str(index), "lastTransitionTime",
            title=f"{name}: {kind}",
            body=condition.text("message"),
            attributes=there(status=kind),
        )  # fmt: skip


def _event(payload: Payload, *where: str, **fields: Any) -> Event | Failure:
    at = payload.instant("status", *where)
    if isinstance(at, Failure):
        return at
    fields = {"kind": EventKind.NOTE, "lane": Lane.CHANGES, **fields}
    environment = payload.text("spec", "destination", "namespace")
    cited = payload.cite("status", *where)
    return Event(instant=at, evidence=cited, service=_name(payload), environment=environment, **fields)


def _history(payload: Payload, known: dict[str, str]) -> Iterator[Change | Failure]:
    """Start and end of every sync that was kept; `known` collects fingerprints by the moments that name a sync."""
    stated = payload.at("status", "history")
    for index, item in enumerate(stated if isinstance(stated, list) else ()):
        if not isinstance(item, dict):
            place = ("status", "history", str(index))
            yield payload.failure("an entry of the history is an object; this is none.", "Leave it out.", *place)
    before: list[str] = []
    for entry in sorted(payload.each("status", "history"), key=lambda one: _number(one.at("id"))):
        revision = _revision(entry)
        back = bool(before) and revision != before[-1] and revision in before
        before.append(revision)
        number = entry.text("id") or entry.text("deployedAt")
        fingerprint = f"argocd:{payload.text('metadata', 'namespace')}/{_name(payload)}:{number}"
        for key in ("deployStartedAt", "deployedAt"):
            if moment := entry.text(key):
                known.setdefault(moment, fingerprint)
        yield from _sync(
            payload, entry, ("deployStartedAt", "deployedAt"), "success", fingerprint,
            revision=revision, source=entry, by=entry.below("initiatedBy"), back=back,
        )  # fmt: skip


def _operation(payload: Payload, known: dict[str, str]) -> Iterator[Change | Failure]:
    """The last operation; it is the last entry of the history once more where it succeeded."""
    state = payload.below("status", "operationState")
    phase = state.text("phase")
    if not phase:
        return
    began, ended = state.text("startedAt"), state.text("finishedAt")
    own = f"argocd:{payload.text('metadata', 'namespace')}/{_name(payload)}:{began}"
    result = state.below("syncResult")
    revision = _revision(result) or state.text("operation", "sync", "revision")
    fingerprint = known.get(began) or known.get(ended) or own
    yield from _sync(
        payload, state, ("startedAt", "finishedAt"), _PHASES.get(phase, ""), fingerprint,
        revision=revision, source=result, by=state.below("operation", "initiatedBy"), back=False,
        phase=phase, message=state.text("message"),
    )  # fmt: skip


def _sync(
    payload: Payload, at: Payload, when: tuple[str, str], state: str, fingerprint: str, *,
    revision: str, source: Payload, by: Payload, back: bool, phase: str = "Succeeded", message: str = "",
) -> Iterator[Change | Failure]:  # fmt: skip
    name = _name(payload)
    verb = "Rollback" if back else "Sync"
    what = f"{verb} of {name} to {revision[:12] or 'an unnamed revision'}"
    common: dict[str, Any] = {
        "kind": ChangeKind.ROLLBACK if back else ChangeKind.DEPLOYMENT,
        "service": name,
        "environment": payload.text("spec", "destination", "namespace"),
        "reference": revision,
        "actor": _actor(by),
        "fingerprint": fingerprint,
    }
    facts = there(
        commit=revision, version=source.text("source", "targetRevision"), repository=source.text("source", "repoURL"),
        path=source.text("source", "path") or source.text("source", "chart"), number=at.text("id"), description=message,
    )  # fmt: skip
    begin, end = when
    told = False
    for key, title, said in ((begin, f"{what} started", "started"), (end, f"{what}: {phase.lower()}", state)):
        if is_never(at.at(key)):
            continue
        told = True
        moment = at.instant(key)
        if isinstance(moment, Failure):
            yield moment
            continue
        attributes = {**facts, **({"status": phase} if key == end else {})}
        yield Change(instant=moment, title=title, state=said, evidence=at.cite(key), attributes=attributes, **common)
    if not told:
        yield at.failure(f"a sync of {name} states no time.", "Export the application again.")


def _revision(entry: Payload) -> str:
    """The revision; those of several sources joined."""
    several = entry.at("revisions")
    named = [one for one in several if isinstance(one, str)] if isinstance(several, list) else []
    return entry.text("revision") or "+".join(named)


def _actor(by: Payload) -> Actor | None:
    if by.at("automated") is True:
        return Actor("argocd:automated", "Argo CD (automated sync)", is_bot=True)
    name = by.text("username")
    return Actor(f"argocd:{name}", name) if name else None


def _number(value: object) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and value == value else 0


READER = ArgoCd()
