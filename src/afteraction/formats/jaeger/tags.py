"""What Jaeger's tags, ids and references say.

Knows their JSON shapes and the tag names that OpenTracing and OpenTelemetry agreed on. Refuses to know where they
stand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from afteraction.core.readplan import LEVEL_WORDS

_LEVELS = {
    **dict(LEVEL_WORDS),
    **{level: level for level in ("trace", "debug", "info", "warning", "error", "critical")},
}
_FAILED = ("error", "exception")
_HTTP = ("http.response.status_code", "http.status_code")
_MESSAGES = ("message", "exception.message", "error.object", "error.message")


def tags_of(listed: Any) -> dict[str, str]:
    """Tags as texts by name; both the list of {key, type, value} and the plain object of `tags-as-fields` storage."""
    if isinstance(listed, dict):
        return {str(key): _text(value) for key, value in listed.items()}
    if not isinstance(listed, list):
        return {}
    return {str(one["key"]): _text(one.get("value")) for one in listed if isinstance(one, dict) and one.get("key")}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def id_of(value: Any) -> str:
    """A trace's or span's id in lower-case hex; leading zeros, which older Jaegers left out, are put back."""
    text = value.strip().lower() if isinstance(value, str) else ""
    if not text.strip("0"):
        return ""
    return text.zfill(16 if len(text) <= 16 else 32)


def is_failed(tags: Mapping[str, str]) -> bool:
    """Whether the tags tell a failed call: `error`, an error status, an answer of 500 and above."""
    http = next((tags[name] for name in _HTTP if tags.get(name)), "")
    return (
        tags.get("error", "").lower() not in ("", "false", "0")
        or tags.get("otel.status_code", "").upper() == "ERROR"
        or (http.isdecimal() and 500 <= int(http[:4]) <= 599)
    )


def parent_and_links(span: Mapping[str, Any]) -> tuple[str, str]:
    """(id of the parent, other references as `trace:span`, with commas): the first CHILD_OF of the own trace, else the
    first FOLLOWS_FROM of it, else the `parentSpanID` of older exports."""
    own = id_of(span.get("traceID"))
    listed = span.get("references")
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    inside = [one for one in found if id_of(one.get("traceID")) in ("", own)]
    parent = next((one for kind in ("CHILD_OF", "FOLLOWS_FROM") for one in inside if one.get("refType") == kind), None)
    rest = [f"{id_of(one.get('traceID'))}:{id_of(one.get('spanID'))}" for one in found if one is not parent]
    return id_of(parent.get("spanID") if parent else span.get("parentSpanID")), ", ".join(rest)


def said_in(fields: Mapping[str, str]) -> tuple[str, str]:
    """(message, level) of a span's log; fields without a message are written out."""
    event = fields.get("event", "")
    words = next((fields[name] for name in _MESSAGES if fields.get(name)), "")
    kind = fields.get("error.kind") or fields.get("exception.type") or ""
    message = ": ".join(filter(None, (kind, words))) or event
    if not message:
        message = " ".join(f"{key}={text}" for key, text in fields.items())
    level = _LEVELS.get(fields.get("level", "").lower(), "")
    return message, level or ("error" if event.lower() in _FAILED or kind else "")
