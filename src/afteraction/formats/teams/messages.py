"""Turns one Teams message into an event.

Knows the message of Microsoft Graph and the one of a personal export. Refuses to find files and channels by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant, TimeSource
from afteraction.core.json_text import Node
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Event, EventKind, Lane
from afteraction.formats.teams.wording import event_words, from_html, words_of

TITLE_LENGTH = 160
_SYSTEM = "systemEventMessage"
# Message types of personal exports that are somebody saying something.
_SPOKEN = ("text", "richtext", "richtext/html", "richtext/media_card", "richtext/uriobject")


@dataclass(frozen=True)
class Message:
    """One message where it stands; `room` is the channel or chat as far as it has a name, `thread` the id of the
    message it answers."""

    source: Source
    node: Node
    value: Mapping[str, Any]
    room: str = ""
    thread: str = ""

    def from_graph(self) -> Event | Failure:
        """The event of a message of Microsoft Graph."""
        at = self._time("createdDateTime")
        if isinstance(at, Failure):
            return at
        value = self.value
        actor = _author(value.get("from"))
        is_system = value.get("messageType") not in (None, "message")
        deleted = not is_never(value.get("deletedDateTime"))
        body = words_of(value)
        if is_system and not body:
            body = event_words(value.get("eventDetail"))
        thread = str(value.get("replyToId") or self.thread or "")
        stated = {
            "channel": self.room or _channel(value), "thread": thread, "url": _text(value, "webUrl"),
            "edited": self._stated("lastEditedDateTime"), "deleted": "true" if deleted else "",
            "deleted_at": self._stated("deletedDateTime"), "subject": _text(value, "subject"),
            "importance": "" if value.get("importance") == "normal" else _text(value, "importance"),
            "mentions": _mentions(value.get("mentions")), "reactions": _reactions(value.get("reactions")),
            "files": _files(value.get("attachments")), "subtype": _detail(value),
        }  # fmt: skip
        is_said = not is_system and not (actor and actor.is_bot)
        return self._event(at, "createdDateTime", actor, body, is_said, stated)

    def from_export(self) -> Event | Failure:
        """The event of a message of a personal export (`messages.json`)."""
        at = self._time("originalarrivaltime")
        if isinstance(at, Failure):
            return at
        value = self.value
        kind = _text(value, "messagetype")
        key = _text(value, "from").rpartition("/")[2]
        name = _text(value, "displayName")
        actor = Actor(key=f"teams:{key or name}", name=name, is_bot=key.startswith("28:")) if key or name else None
        is_said = kind.lower() in _SPOKEN and not (actor and actor.is_bot)
        stated = {"channel": self.room, "subtype": "" if kind.lower() in _SPOKEN else kind}
        return self._event(at, "originalarrivaltime", actor, from_html(_text(value, "content")), is_said, stated)

    def _time(self, key: str) -> Instant | Failure:
        place = self.node.locator(key)
        return read_field_time(self.source, self.value.get(key), key, place, written_by=TimeSource.CHAT)

    def _stated(self, key: str) -> str:
        """A further time of the message in UTC; empty where there is none that reads."""
        if is_never(self.value.get(key)):
            return ""
        at = self._time(key)
        return at.utc.isoformat().replace("+00:00", "Z") if isinstance(at, Instant) else ""

    def _event(
        self, at: Instant, key: str, actor: Actor | None, body: str, is_said: bool, stated: Mapping[str, str]
    ) -> Event:
        ident = _text(self.value, "id")
        return Event(
            instant=at,
            title=_title(body, stated),
            body=body,
            evidence=self.node.cite(self.source.evidence_id, key),
            lane=Lane.CHAT,
            kind=EventKind.COMMUNICATION if is_said else EventKind.NOTE,
            actor=actor,
            fingerprint=f"teams:{ident}:{actor.key if actor else ''}" if ident else "",
            attributes={name: text for name, text in stated.items() if text},
        )


def _title(body: str, stated: Mapping[str, str]) -> str:
    line = stated.get("subject") or next(iter(body.splitlines()), "")
    if not line and stated.get("deleted"):
        return "A message was deleted"
    line = line or (f"File: {stated['files']}" if stated.get("files") else stated.get("subtype", ""))
    line = line or "(a message without text)"
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def _author(sender: Any) -> Actor | None:
    if not isinstance(sender, dict):
        return None
    for kind in ("user", "application", "device"):
        one = sender.get(kind)
        if isinstance(one, dict):
            name = _text(one, "displayName")
            return Actor(key=f"teams:{_text(one, 'id') or name}", name=name, is_bot=kind != "user")
    return None


def _channel(value: Mapping[str, Any]) -> str:
    identity = value.get("channelIdentity")
    return _text(identity, "channelId") if isinstance(identity, dict) else _text(value, "chatId")


def _detail(value: Mapping[str, Any]) -> str:
    """What the channel did, as Graph names it; a call's length beside it."""
    detail = value.get("eventDetail")
    if value.get("messageType") != _SYSTEM or not isinstance(detail, dict):
        return "" if value.get("messageType") in (None, "message", _SYSTEM) else str(value["messageType"])
    name = str(detail.get("@odata.type") or "").rpartition(".")[2].removesuffix("EventMessageDetail")
    return " ".join(filter(None, (name, str(detail.get("callDuration") or ""))))


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _mentions(value: Any) -> str:
    keys = []
    for one in _objects(value):
        mentioned = one.get("mentioned")
        user = mentioned.get("user") if isinstance(mentioned, dict) else None
        if isinstance(user, dict) and (key := _text(user, "id") or _text(user, "displayName")):
            keys.append(f"teams:{key}")
    return ",".join(dict.fromkeys(keys))


def _reactions(value: Any) -> str:
    counts = Counter(_text(one, "reactionType") or "?" for one in _objects(value))
    return ",".join(f"{name}={count}" for name, count in counts.items())


def _files(value: Any) -> str:
    return ", ".join(filter(None, (_text(one, "name") for one in _objects(value))))
