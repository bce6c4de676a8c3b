"""Grafana's annotations: state changes of alerts, and what people and pipelines marked in graphs.

Knows the states of both generations of alerting and what tags say of a mark. Refuses to call pending or missing data
an alert that fires.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.core.alert_events import cleared, fired, step_of
from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane

_FIRES, _ENDS = ("alerting", "firing"), ("ok", "normal", "inactive")
_CHANGES = (
    (re.compile(r"\broll(?:ed|ing)?[ _-]?back\b|\brevert", re.I), ChangeKind.ROLLBACK),
    (re.compile(r"\bdeploy|\brollout\b|\brolled out\b", re.I), ChangeKind.DEPLOYMENT),
    (re.compile(r"\breleased?\b", re.I), ChangeKind.RELEASE),
    (re.compile(r"\b(?:feature[ _-]?)?flag\b", re.I), ChangeKind.FLAG),
    (re.compile(r"\bconfig", re.I), ChangeKind.CONFIG),
)
_TAG = re.compile(r"([A-Za-z_]+)[:=](.+)")
_MARKUP = re.compile(r"<[^>]+>")


def read_annotation(payload: Payload) -> Iterator[Event | Change | Failure]:
    """One annotation; its times count milliseconds."""
    at = payload.instant("time", unit="ms")
    if isinstance(at, Failure):
        yield at
        return
    end = payload.instant("timeEnd", unit="ms") if payload.at("timeEnd") else None
    until = end if isinstance(end, Instant) and end.utc > at.utc else None
    if payload.text("newState"):
        yield _state(payload, at)
        return
    text = " ".join(_MARKUP.sub(" ", payload.text("text")).split())
    tags = (
        [tag for tag in payload.at("tags") or () if isinstance(tag, str)]
        if isinstance(payload.at("tags"), list)
        else []
    )
    labels = {found[1].lower(): found[2] for tag in tags if (found := _TAG.fullmatch(tag))}
    title = text[:200] or ", ".join(tags) or "Annotation"
    facts = there(tags=",".join(tags), number=payload.text("id"), dashboard=payload.text("dashboardUID"))
    who = payload.text("login") or payload.text("email")
    actor = Actor(key=f"grafana:{payload.text('userId') or who}", name=who) if who else None
    kind = next((kind for mark, kind in _CHANGES if mark.search(" ".join((*tags, text)))), None)
    if kind is not None:
        yield Change(
            instant=at, until=until, kind=kind, title=title, actor=actor, service=labels.get("service", ""),
            environment=labels.get("env", "") or labels.get("environment", ""), reference=labels.get("version", ""),
            evidence=payload.cite("time"), attributes=facts,
        )  # fmt: skip
        return
    yield Event(
        instant=at, until=until, title=title, kind=EventKind.NOTE, lane=Lane.METRICS, actor=actor,
        service=labels.get("service", ""), evidence=payload.cite("time"), attributes=facts,
    )  # fmt: skip


def _state(payload: Payload, at: Instant) -> Event | Failure:
    name = payload.text("alertName") or payload.text("text") or "Grafana alert"
    # "Alerting (NoData)" fires because data is missing.
    new, old = (payload.text(key).lower().split(" ")[0] for key in ("newState", "prevState"))
    facts = there(alertname=name, number=payload.text("id"), previous=payload.text("prevState"),
                  state=payload.text("newState"), dashboard=payload.text("dashboardUID"))  # fmt: skip
    print_ = f"grafana:{payload.text('alertId')}:{name}"
    if new in _FIRES:
        return fired(payload, "time", at=at, title=name, fingerprint=print_, facts=facts, body=payload.text("text"))
    if new in _ENDS and old in _FIRES:
        return cleared(payload, "time", at=at, title=f"{name} is OK", fingerprint=print_, facts=facts)
    title = f"{name} is {payload.text('newState')}"
    return step_of(payload, "time", at=at, step="state", title=title, facts=facts)
