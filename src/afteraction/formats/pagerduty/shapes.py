"""Which of PagerDuty's objects an object is, told by marks that no other tool writes.

Knows webhooks of all versions, what the REST API lists, and events sent to the Events API. Refuses to read them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

LISTS = ("messages", "incidents", "log_entries", "notes", "change_events", "related_change_events", "alerts")
SINGLE = ("incident", "log_entry", "note", "change_event", "alert")
_TYPE = re.compile(r"(?:incident|service|pagey)\.[a-z_.]+")
_LOG_ENTRY = re.compile(r"[a-z_]+_log_entry(?:_reference)?")
_HOST = re.compile(r"https://[a-z0-9.-]*\bpagerduty\.com/", re.IGNORECASE)


class Shape(StrEnum):
    """What an object is."""

    V3 = "v3"
    MESSAGE = "message"
    INCIDENT = "incident"
    LOG_ENTRY = "log_entry"
    NOTE = "note"
    CHANGE = "change"
    ALERT = "alert"
    SENT = "sent"
    SINGLE = "single"
    NONE = ""


def shape_of(value: Mapping[str, Any]) -> Shape:
    """What this object is; NONE when it bears no mark of PagerDuty."""
    if own := _own_shape(value):
        return own
    inner = (value.get(key) for key in SINGLE)
    return Shape.SINGLE if any(isinstance(one, dict) and _own_shape(one) for one in inner) else Shape.NONE


def _own_shape(value: Mapping[str, Any]) -> Shape:
    """The same, without looking below a key that names the object."""
    event = value.get("event")
    if isinstance(event, dict) and _matches(_TYPE, event.get("event_type")) and "resource_type" in event:
        return Shape.V3
    if _matches(_TYPE, event) and (
        isinstance(value.get("incident"), dict) or isinstance(value.get("log_entries"), list)
    ):
        return Shape.MESSAGE
    type_, data = value.get("type"), value.get("data")
    if _matches(_TYPE, type_) and isinstance(data, dict) and "incident" in data:
        return Shape.MESSAGE
    if _matches(_LOG_ENTRY, type_):
        return Shape.LOG_ENTRY
    if type_ in ("change_event", "change_event_reference") and "timestamp" in value:
        return Shape.CHANGE
    if type_ == "alert" and "alert_key" in value:
        return Shape.ALERT
    if "routing_key" in value and isinstance(value.get("payload"), dict):
        return Shape.SENT
    if _is_of_host(value) and "created_at" in value and ("incident_number" in value or type_ == "incident"):
        return Shape.INCIDENT
    user = value.get("user")
    is_user = isinstance(user, dict) and (_is_of_host(user) or user.get("type") in ("user", "user_reference"))
    return Shape.NOTE if is_user and {"content", "created_at"} <= value.keys() else Shape.NONE


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_of_host(value: Mapping[str, Any]) -> bool:
    return any(isinstance(value.get(key), str) and _HOST.match(value[key]) for key in ("self", "html_url"))
