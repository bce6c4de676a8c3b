"""One Slack message as an event of the chat lane.

Knows subtypes, threads, edits, deletions, bots, files and reactions. Refuses to judge what a message means for the
incident: plain messages are communication, the channel's own noise is a note, and the engine classifies further.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceRef
from afteraction.core.instant import Instant, TimeSource
from afteraction.core.records import Actor, Event, EventKind, Lane
from afteraction.formats.slack_export.markup import is_question, mentioned, plain
from afteraction.formats.slack_export.people import Member, shown_name

# Subtypes that are still somebody saying something; every other subtype is the channel talking about itself.
SPOKEN = frozenset({"", "me_message", "thread_broadcast", "reply_broadcast", "file_share", "file_comment"})
_TS = re.compile(r"^(\d{9,11})(?:\.(\d{1,6}))?$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TITLE_LENGTH = 160
EXCERPT_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Room:
    """What is known about the place of a message: the channel's name and the workspace's members by id."""

    channel: str = ""
    members: Mapping[str, Member] = field(default_factory=dict)

    def name_of(self, key: str) -> str:
        """The shown name of a member, empty when the workspace does not list it."""
        member = self.members.get(key)
        return member.name if member else ""


def moment(ts: object) -> Instant:
    """A Slack `ts` ("1778595200.123456", seconds since 1970 UTC) to the microsecond; UnreadableTime otherwise."""
    match = _TS.match(ts) if isinstance(ts, str) else None
    if not match:
        raise UnreadableTime(f'the message\'s ts "{str(ts)[:40]}" is not a Slack timestamp.')
    utc = _EPOCH + timedelta(seconds=int(match[1]), microseconds=int((match[2] or "0").ljust(6, "0")))
    return Instant(utc=utc, original_text=match[0], source=TimeSource.CHAT, clock_id="slack")


def event_from(message: Mapping[str, Any], room: Room, evidence: EvidenceRef) -> Event:
    """The event of one message; raises UnreadableTime when the message says no readable time."""
    subtype = _string(message.get("subtype"))
    if subtype == "message_changed" and isinstance(message.get("message"), dict):
        return _changed(message, room, evidence)
    if subtype == "message_deleted":
        return _deleted(message, room, evidence)
    return _said(message, subtype, room, evidence)


def _said(message: Mapping[str, Any], subtype: str, room: Room, evidence: EvidenceRef) -> Event:
    at = moment(message.get("ts"))
    actor, member = _author(message, room)
    raw = _words(message)
    spoken = subtype in SPOKEN and not (actor and actor.is_bot)
    body = plain(raw, room.name_of)
    attributes = _stated(message, subtype, room, raw)
    if member and member.zone:
        attributes["author_zone"] = member.zone
    if spoken and is_question(raw):
        attributes["is_question"] = "true"
    return Event(
        instant=at,
        title=_title(body, attributes),
        body=body,
        evidence=EvidenceRef(evidence.evidence_id, evidence.locator, raw[:EXCERPT_LENGTH]),
        lane=Lane.CHAT,
        kind=EventKind.COMMUNICATION if spoken else EventKind.NOTE,
        actor=actor,
        fingerprint=f"slack:{at.original_text}:{actor.key if actor else ''}",
        attributes=attributes,
    )


def _changed(message: Mapping[str, Any], room: Room, evidence: EvidenceRef) -> Event:
    """`message_changed`: the message at its own time, with the time of the edit and the words it replaced."""
    inner = dict(message["message"])
    inner.setdefault("edited", {"ts": message.get("ts")})
    event = _said(inner, _string(inner.get("subtype")), room, evidence)
    attributes = {**event.attributes, "subtype": "message_changed"}
    before = message.get("previous_message")
    if isinstance(before, dict) and _words(before) != _words(inner):
        attributes["previous_text"] = plain(_words(before), room.name_of)
    return Event(
        instant=event.instant, title=event.title, body=event.body, evidence=event.evidence, lane=event.lane,
        kind=event.kind, actor=event.actor, fingerprint=event.fingerprint, attributes=attributes,
    )  # fmt: skip


def _deleted(message: Mapping[str, Any], room: Room, evidence: EvidenceRef) -> Event:
    """`message_deleted`: a note at the time of the deletion that names the time of the message which is gone."""
    at = moment(message.get("ts"))
    before = message.get("previous_message")
    before = before if isinstance(before, dict) else {}
    attributes = {"subtype": "message_deleted", "deleted": "true"}
    if room.channel:
        attributes["channel"] = room.channel
    if said_at := _iso(message.get("deleted_ts") or before.get("ts")):
        attributes["original_time"] = said_at
    raw = _words(before)
    return Event(
        instant=at,
        title="A message was deleted",
        body=plain(raw, room.name_of),
        evidence=EvidenceRef(evidence.evidence_id, evidence.locator, raw[:EXCERPT_LENGTH]),
        lane=Lane.CHAT,
        kind=EventKind.NOTE,
        actor=_author(before, room)[0],
        fingerprint=f"slack:{at.original_text}:deleted",
        attributes=attributes,
    )


def _author(message: Mapping[str, Any], room: Room) -> tuple[Actor | None, Member | None]:
    user, bot = _string(message.get("user")), _string(message.get("bot_id"))
    member = room.members.get(user)
    profile = message.get("user_profile")
    profile = profile if isinstance(profile, dict) else {}
    bot_profile = message.get("bot_profile")
    bot_name = _string(bot_profile.get("name")) if isinstance(bot_profile, dict) else ""
    # An app that posts with a person's token carries a bot_id too: the member list knows better.
    is_bot = member.is_bot if member else bool(bot) or user == "USLACKBOT" or message.get("subtype") == "bot_message"
    name = member.name if member else ""
    name = name or (bot_name if is_bot else "") or shown_name(profile) or bot_name or _string(message.get("username"))
    key = user or bot or name
    if not key:
        return None, None
    role = member.title if member else _string(profile.get("title"))
    return Actor(key=f"slack:{key}", name=name, is_bot=is_bot, role=role), member


def _stated(message: Mapping[str, Any], subtype: str, room: Room, raw: str) -> dict[str, str]:
    """What a message says besides its words, as text by name; only what is there."""
    found = {"channel": room.channel, "subtype": subtype, "edited": "", "thread": _string(message.get("thread_ts"))}
    edited = message.get("edited")
    if isinstance(edited, dict):
        found["edited"] = _iso(edited.get("ts"))
    if subtype == "tombstone":
        found["deleted"] = "true"
    found["mentions"] = ",".join(f"slack:{key}" for key in mentioned(raw))
    found["reactions"] = ",".join(
        f"{_string(mark.get('name'))}={mark.get('count', len(mark.get('users') or ()))}"
        for mark in _objects(message.get("reactions"))
    )
    found["files"] = ", ".join(
        _string(file.get("name")) or _string(file.get("title")) or _string(file.get("id"))
        for file in _objects(message.get("files")) or _objects([message.get("file")])
    )
    if isinstance(replies := message.get("reply_count"), int) and replies:
        found["replies"] = str(replies)
    return {name: text for name, text in found.items() if text}


def _words(message: Mapping[str, Any]) -> str:
    """The message's text; where it has none, what its blocks say; then what its attachments add."""
    parts = [_string(message.get("text"))]
    if not parts[0].strip():
        parts = [_block_text(block) for block in _objects(message.get("blocks"))]
    for attachment in _objects(message.get("attachments")):
        lines = [_string(attachment.get(name)) for name in ("pretext", "title", "text")]
        parts.append("\n".join(line for line in lines if line) or _string(attachment.get("fallback")))
    return "\n".join(dict.fromkeys(part for part in parts if part.strip()))


def _block_text(block: Mapping[str, Any], depth: int = 0) -> str:
    """The words of one Block Kit block, its elements joined."""
    own = block.get("text")
    text = own if isinstance(own, str) else _string(own.get("text")) if isinstance(own, dict) else ""
    if block.get("type") == "user":
        text = f"<@{_string(block.get('user_id'))}>"
    elif block.get("type") == "link":
        text = _string(block.get("url"))
    if depth < 6:
        inner = _objects(block.get("elements")) + _objects(block.get("fields"))
        text += "".join(_block_text(element, depth + 1) for element in inner)
    return text


def _title(body: str, attributes: Mapping[str, str]) -> str:
    line = next((stripped for part in body.splitlines() if (stripped := part.strip())), "")
    if not line:
        return f"File: {attributes['files']}" if "files" in attributes else "(a message without text)"
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _iso(ts: object) -> str:
    try:
        return moment(ts).utc.isoformat().replace("+00:00", "Z")
    except UnreadableTime:
        return ""


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
