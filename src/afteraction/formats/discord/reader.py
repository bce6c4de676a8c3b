"""Reads messages of Discord: exports of DiscordChatExporter and answers of Discord's own API.

Knows a channel with its messages and plain lists of them. Refuses to tell threads apart by anything but what a
message answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant, TimeSource
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Event, EventKind, Lane, Record

TITLE_LENGTH = 160
# Types of messages that are somebody saying something, by their names in exports and their numbers in the API.
_SPOKEN = ("Default", "Reply", "0", "19")
_EXPORTED = {"timestampEdited", "isPinned", "author", "content", "timestamp", "type"}
_ANSWERED = {"channel_id", "author", "content", "timestamp", "edited_timestamp", "mention_everyone", "pinned", "tts"}


@dataclass(frozen=True)
class Discord:
    """The reader of this folder."""

    name: str = "discord"
    title: str = "Discord messages (DiscordChatExporter JSON, API answers)"
    kind: EvidenceKind = EvidenceKind.COMMUNICATION
    example: str = (
        '{"guild":{"id":"1"},"channel":{"id":"2","name":"incidents"},"messages":[{"id":"3","type":"Default",'
        '"timestamp":"2026-05-12T14:14:00+00:00","content":"looking","author":{"id":"4"}}]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when a guild and a channel hold messages, or messages have the fields that only Discord gives them."""
        found = outline(source)
        if isinstance(found, dict) and isinstance(found.get("messages"), list):
            is_export = isinstance(found.get("guild"), dict) and isinstance(found.get("channel"), dict)
            return 0.95 if is_export and _is_message(next(iter(found["messages"]), {"author": {}})) else 0.0
        first = found[0] if isinstance(found, list) and found else None
        if not isinstance(first, dict) or not _is_message(first):
            return 0.0
        return 0.95 if len(_ANSWERED & first.keys()) > 5 or len(_EXPORTED & first.keys()) > 5 else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One event per message."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                for node in root.children():
                    yield from _message(source, node, _Room())
            elif root.opener == "{":
                yield from _export(source, root)
            else:
                root.finish()
                yield from _odd(source, root, "an export")


@dataclass(frozen=True)
class _Room:
    """Where messages stand: the channel's name and the address below which each has its own."""

    channel: str = ""
    address: str = ""


@dataclass(frozen=True)
class _Said:
    """One message, whichever of the two wrote it."""

    value: Mapping[str, Any] = field(default_factory=dict)

    def text(self, *names: str) -> str:
        """The first of these fields that is text or a number."""
        found = (self.value.get(name) for name in names)
        return next((str(one).strip() for one in found if isinstance(one, str | int) and one not in ("", True)), "")

    def inner(self, *names: str) -> dict[str, Any]:
        """The first of these fields that is an object."""
        found = (self.value.get(name) for name in names)
        return next((one for one in found if isinstance(one, dict)), {})

    def listed(self, name: str) -> list[_Said]:
        """The objects of a list."""
        found = self.value.get(name)
        return [_Said(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_message(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("author"), dict)


def _odd(source: Source, node: Node, what: str) -> Iterator[Failure]:
    if not node.damaged:
        yield Failure(source.name, f"{what} is an object; this is none.", "Leave it out.", node.locator())


def _export(source: Source, root: Node) -> Iterator[Record | Failure]:
    fields = root.fields()
    if "messages" not in fields:
        if "author" in fields:
            yield from _message(source, root, _Room())
        elif not root.damaged:
            step = "Export the channel again, with --format Json."
            yield Failure(source.name, "this holds no messages.", step, root.locator())
        return
    channel = _Said(_object(fields.get("channel")))
    guild = _Said(_object(fields.get("guild")))
    ids = (guild.text("id"), channel.text("id"))
    room = _Room(channel.text("name"), "https://discord.com/channels/" + "/".join(ids) if all(ids) else "")
    count = 0
    for node in fields["messages"].children():
        count += 1
        yield from _message(source, node, room)
    stated = fields["messageCount"].value() if "messageCount" in fields else None
    if isinstance(stated, int) and stated != count:
        reason = f"the export says that it holds {stated} messages; {count} are in it."
        yield Failure(source.name, reason, "Export the channel again.", fields["messageCount"].locator(), lost=0)


def _object(node: Node | None) -> dict[str, Any]:
    value = node.value() if node is not None else None
    return value if isinstance(value, dict) else {}


def _message(source: Source, node: Node, room: _Room) -> Iterator[Record | Failure]:
    value = node.value()
    if not isinstance(value, dict):
        yield from _odd(source, node, "a message")
        return
    at = _time(source, node, value, "timestamp")
    if isinstance(at, Failure):
        yield at
        return
    said = _Said(value)
    ended = next((key for key in ("callEndedTimestamp",) if not is_never(value.get(key))), "")
    until = _time(source, node, value, ended) if ended else None
    kind = str(value.get("type", "Default"))
    actor, body = _author(said), _words(said)
    stated = _stated(source, node, said, room, kind)
    is_said = kind in _SPOKEN and not (actor and actor.is_bot)
    yield Event(
        instant=at,
        until=until if isinstance(until, Instant) and until.utc > at.utc else None,
        title=_title(body, stated, kind),
        body=body,
        evidence=node.cite(source.evidence_id, "timestamp"),
        lane=Lane.CHAT,
        kind=EventKind.COMMUNICATION if is_said else EventKind.NOTE,
        actor=actor,
        fingerprint=f"discord:{said.text('id')}" if said.text("id") else "",
        attributes=stated,
    )


def _time(source: Source, node: Node, value: Mapping[str, Any], key: str) -> Instant | Failure:
    return read_field_time(source, value.get(key), key, node.locator(key), written_by=TimeSource.CHAT)


def _author(said: _Said) -> Actor | None:
    author = _Said(said.inner("author"))
    key = author.text("id", "name", "username")
    if not key:
        return None
    roles = author.listed("roles")
    return Actor(
        key=f"discord:{key}",
        name=author.text("nickname", "global_name", "name", "username"),
        is_bot=author.value.get("isBot") is True or author.value.get("bot") is True or bool(said.text("webhook_id")),
        role=roles[0].text("name") if roles else "",
    )


def _words(said: _Said) -> str:
    """The message's own text, then what its embeds add (bots often say everything there)."""
    parts = [said.text("content")]
    for embed in said.listed("embeds"):
        parts += [embed.text("title"), embed.text("description")]
        parts += [f"{one.text('name')}: {one.text('value')}" for one in embed.listed("fields")]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _title(body: str, stated: Mapping[str, str], kind: str) -> str:
    line = next((stripped for part in body.splitlines() if (stripped := part.strip())), "")
    if not line:
        return f"File: {stated['files']}" if "files" in stated else f"(a message without text: {kind})"
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _stated(source: Source, node: Node, said: _Said, room: _Room, kind: str) -> dict[str, str]:
    """What a message says besides its words, as text by name; only what is there."""
    edited = next((key for key in ("timestampEdited", "edited_timestamp") if not is_never(said.value.get(key))), "")
    changed = _time(source, node, said.value, edited) if edited else None
    reference = _Said(said.inner("reference", "message_reference"))
    reactions = [
        (_Said(one.inner("emoji")).text("code", "name"), one.text("count")) for one in said.listed("reactions")
    ]
    mentions = [one.text("id", "name") for one in said.listed("mentions")]
    found = {
        "channel": room.channel or said.text("channel_id"),
        "thread": reference.text("messageId", "message_id"),
        "url": f"{room.address}/{said.text('id')}" if room.address and said.text("id") else "",
        "edited": changed.utc.isoformat().replace("+00:00", "Z") if isinstance(changed, Instant) else "",
        "subtype": "" if kind in _SPOKEN else kind,
        "pinned": "true" if said.value.get("isPinned") is True or said.value.get("pinned") is True else "",
        "mentions": ",".join(f"discord:{key}" for key in dict.fromkeys(mentions) if key),
        "reactions": ",".join(f"{name}={count or 1}" for name, count in reactions if name),
        "files": ", ".join(filter(None, (one.text("fileName", "filename") for one in said.listed("attachments")))),
    }
    return {name: text for name, text in found.items() if text}


READER = Discord()
