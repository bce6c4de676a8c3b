"""Who is who in a Slack workspace.

Knows the member list of an export (`users.json`) and of the API (`users.list`). Refuses to keep anything but names,
title, zone and whether a member is a machine: no mail address, telephone number or picture leaves this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Member:
    """One member. `title` is the job title of the profile, `zone` an IANA name; both empty where not stated."""

    id: str
    name: str = ""
    title: str = ""
    zone: str = ""
    is_bot: bool = False


def member_of(entry: Mapping[str, Any]) -> Member | None:
    """One entry of a member list, or None when it has no id."""
    key = entry.get("id")
    if not isinstance(key, str) or not key:
        return None
    profile = entry.get("profile")
    profile = profile if isinstance(profile, dict) else {}
    return Member(
        id=key,
        name=shown_name(profile) or _text(entry, "real_name") or _text(entry, "name"),
        title=_text(profile, "title"),
        zone=_text(entry, "tz"),
        is_bot=bool(entry.get("is_bot")) or key == "USLACKBOT" or bool(profile.get("bot_id")),
    )


def shown_name(profile: Mapping[str, Any]) -> str:
    """The full name of a profile, else its display name."""
    return _text(profile, "real_name") or _text(profile, "display_name") or _text(profile, "name")


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""


def members_in(text: str) -> dict[str, Member]:
    """All members of a list by id; what is not a member list has none."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    entries = parsed.get("members") if isinstance(parsed, dict) else parsed
    if not isinstance(entries, list):
        return {}
    members = (member_of(entry) for entry in entries if isinstance(entry, dict))
    return {member.id: member for member in members if member}
