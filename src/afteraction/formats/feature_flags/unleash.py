"""An event of Unleash's event log, from its API or a webhook.

Knows which types of event change what a flag does. Refuses to read a change out of what only describes a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from afteraction.core.evidence import Failure
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane
from afteraction.core.secrets import without_secrets

_TYPE = re.compile(r"[a-z]+(?:[-_][a-z]+)+")
# What changes for whom a flag is on, or whether there is one.
_ACTS = re.compile(
    r"feature-(?:environment-(?:enabled|disabled|variants-updated)|strategy-(?:add|update|remove)|archived|revived"
    r"|deleted|created|variants-updated|import|project-change|dependenc\w+(?:-\w+)*|updated|enabled|disabled)"
    r"|features-imported|strategy-order-changed|segment-(?:created|updated|deleted|import)|change-request-applied"
    r"|environment-import|default-strategy-updated|drop-features"
)
_SYSTEM = re.compile(r"^(?:unleash[-_].*|system|migration|admin-?token.*|.*[-_]bot)$", re.I)
_MOST = 20


def is_event(value: Mapping[str, Any]) -> bool:
    """Whether an object is an event of the log."""
    kind = value.get("type")
    if not isinstance(kind, str) or not _TYPE.fullmatch(kind) or not {"createdAt", "createdBy"} <= value.keys():
        return False
    return bool({"featureName", "preData", "createdByUserId"} & value.keys()) or _ACTS.fullmatch(kind) is not None


def read_event(event: Payload) -> Change | Event | Failure:
    """A change of a flag or segment, or a note."""
    at = event.instant("createdAt")
    if isinstance(at, Failure):
        return at
    kind = event.text("type")
    flag = event.text("featureName") or event.text("data", "name")
    words = kind.replace("-", " ").replace("_", " ")
    environment = event.text("environment")
    diff = "\n".join(_differences(event.at("preData"), event.at("data")))
    title = f"{words.capitalize()}: {flag}" if flag else words.capitalize()
    common: dict[str, Any] = {
        "instant": at, "title": f"{title} in {environment}" if environment else title, "environment": environment,
        "evidence": event.cite("createdAt"), "actor": _actor(event),
        "fingerprint": f"unleash:{number}" if (number := event.text("id")) else "",
    }  # fmt: skip
    facts = there(number=event.text("id"), action=kind, project=event.text("project"), flag=event.text("featureName"))
    if not _ACTS.fullmatch(kind):
        return Event(kind=EventKind.NOTE, lane=Lane.CHANGES, attributes={**facts, "status": kind}, **common)
    return Change(kind=ChangeKind.FLAG, reference=flag, diff=diff, attributes=facts, **common)


def _actor(event: Payload) -> Actor | None:
    name = event.text("createdBy")
    return Actor(f"unleash:{name.lower()}", name, is_bot=bool(_SYSTEM.match(name))) if name else None


def _differences(before: Any, after: Any) -> Iterator[str]:
    """`name: before -> after` for each member that differs."""
    then, now = (value if isinstance(value, dict) else {} for value in (before, after))
    changed = [name for name in dict.fromkeys((*then, *now)) if then.get(name) != now.get(name)]
    for name in changed[:_MOST]:
        yield f"{name}: {_shown(name, then.get(name))} -> {_shown(name, now.get(name))}"
    if len(changed) > _MOST:
        yield f"and {len(changed) - _MOST} more"


def _shown(name: str, value: object) -> str:
    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        text = str(value)
    return without_secrets(f"{name}={text}")[len(name) + 1 :][:200]
