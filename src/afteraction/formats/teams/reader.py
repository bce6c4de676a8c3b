"""Reads messages of Microsoft Teams: answers of Microsoft Graph and personal exports.

Knows lists, single messages, messages with their replies, and conversations of an export. Refuses to fetch: names of
channels that the answer leaves out stay ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.teams.messages import Message

_MARKS = {"messageType", "channelIdentity", "chatId", "replyToId", "eventDetail", "importance", "etag", "mentions"}


@dataclass(frozen=True)
class Teams:
    """The reader of this folder."""

    name: str = "teams"
    title: str = "Microsoft Teams messages (Graph API, personal export)"
    kind: EvidenceKind = EvidenceKind.COMMUNICATION
    example: str = (
        '{"value":[{"id":"1778594531000","messageType":"message","createdDateTime":"2026-05-12T14:02:11Z","from":'
        '{"user":{"id":"u1"}},"body":{"content":"looking"}}]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when a message has a body, a creation time and two more of Graph's fields, or an export its lists."""
        found = outline(source)
        if isinstance(found, dict) and isinstance(found.get("conversations"), list):
            first = next(iter(found["conversations"]), None)
            return 0.95 if isinstance(first, dict) and "MessageList" in first else 0.0
        if isinstance(found, dict) and isinstance(found.get("value"), list):
            found = found["value"]
        first = found[0] if isinstance(found, list) and found else found
        if not isinstance(first, dict) or not isinstance(first.get("body"), dict) or "createdDateTime" not in first:
            return 0.0
        return 0.95 if len(_MARKS & first.keys()) > 1 or ("messageType" in first and "from" in first) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One event per message, replies included."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                for node in root.children():
                    yield from _graph(source, node, "", 2)
            else:
                yield from _root(source, root)


def _root(source: Source, root: Node) -> Iterator[Record | Failure]:
    fields = root.fields() if root.opener == "{" else {}
    if "conversations" in fields:
        for conversation in fields["conversations"].children():
            yield from _conversation(source, conversation)
    elif "value" in fields:
        for node in fields["value"].children():
            yield from _graph(source, node, "", 2)
        if "@odata.nextLink" in fields:
            reason = "the answer is one page of several; the others are not in this file."
            step = "Follow @odata.nextLink and give the other pages too."
            yield Failure(source.name, reason, step, fields["@odata.nextLink"].locator(), lost=0)
    else:
        yield from _graph(source, root, "", 2)


def _odd(source: Source, node: Node, what: str) -> Iterator[Failure]:
    node.finish()
    if not node.damaged:
        yield Failure(source.name, f"{what} is an object; this is none.", "Leave it out.", node.locator())


def _graph(source: Source, node: Node, thread: str, depth: int) -> Iterator[Record | Failure]:
    value: Any = node.value() if node.opener == "{" else None
    if not isinstance(value, dict):
        yield from _odd(source, node, "a message")
        return
    yield Message(source, node, value, thread=thread).from_graph()
    replies = value.get("replies")
    if isinstance(replies, list) and depth and (array := node.at("replies")) is not None:
        for reply in array.children():
            yield from _graph(source, reply, str(value.get("id") or ""), depth - 1)


def _conversation(source: Source, node: Node) -> Iterator[Record | Failure]:
    if node.opener != "{":
        yield from _odd(source, node, "a conversation")
        return
    fields = node.fields()
    properties = fields["threadProperties"].value() if "threadProperties" in fields else None
    topic = properties.get("topic") if isinstance(properties, dict) else None
    shown = fields["displayName"].value() if "displayName" in fields else None
    room = str(topic or shown or "")
    for message in fields["MessageList"].children() if "MessageList" in fields else ():
        value = message.value() if message.opener == "{" else None
        if isinstance(value, dict):
            yield Message(source, message, value, room=room).from_export()
        else:
            yield from _odd(source, message, "a message")


READER = Teams()
