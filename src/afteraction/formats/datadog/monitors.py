"""What Datadog says of a monitor, by webhook and in its events.

Knows transitions, tags and the title that a monitor's event bears. Refuses to call a warning an end, or missing data
an alert.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from afteraction.core.alert_events import cleared, fired, step_of
from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, text_of, there
from afteraction.core.labels import environment_of, service_of
from afteraction.core.records import Event

_FIRES = ("triggered", "re-triggered", "alert", "error", "warn", "re-warn", "warning", "warn to alert")
_ENDS = ("recovered", "recovery", "ok", "success", "warn recovered", "no data recovered", "alert recovery")
TITLE = re.compile(
    r"^\s*(?:%%%\s*)?\[(?P<state>[A-Za-z -]+?)(?:\s+on\s+(?P<group>[^\]]*))?\]\s*(?P<name>.*)", re.DOTALL
)


def tags_of(value: object) -> dict[str, str]:
    """Tags `name:value` by name; tags without a value stand for themselves."""
    found: Iterable[Any] = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    pairs = (text_of(tag).partition(":") for tag in found)
    return {name.strip(): rest.strip() or "true" for name, _, rest in pairs if name.strip()}


def monitor_event(
    payload: Payload, *when: str, at: Instant, state: str, name: str, key: str, tags: dict[str, str], body: str,
    facts: dict[str, str], group: str = "",
) -> Event | Failure:  # fmt: skip
    """A monitor changed its state."""
    low = state.lower().strip()
    print_ = f"datadog:{key}:{group}" if key else ""
    common: dict[str, Any] = {
        "at": at, "facts": {**facts, **there(alertname=name, state=state, group=group), **labels(tags)}, "body": body,
        "service": service_of(tags), "environment": environment_of(tags),
    }  # fmt: skip
    title = f"{name} ({group})" if group else name
    if low in _FIRES:
        return fired(payload, *when, title=title, fingerprint=print_, **common)
    if low in _ENDS:
        return cleared(payload, *when, title=f"Recovered: {title}", fingerprint=print_, **common)
    return step_of(payload, *when, step="state", title=f"{title}: {state or 'no state'}", **common)


def labels(tags: dict[str, str]) -> dict[str, str]:
    """Tags as attributes."""
    return {f"label.{name}": value for name, value in tags.items()}


def split_title(title: str) -> tuple[str, str, str]:
    """(state, group, name) of the title of a monitor's event: "[Triggered on {host:a}] Pool full"; a title without a
    state is the name."""
    found = TITLE.match(title)
    known = found is not None and found["state"].lower().strip() in (
        *_FIRES,
        *_ENDS,
        "no data",
        "re-no data",
        "renotify",
    )
    if found is None or not known:
        return "", "", title
    return found["state"], (found["group"] or "").strip("{} "), found["name"].strip() or title
