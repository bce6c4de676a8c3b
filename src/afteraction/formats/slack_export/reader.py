"""Reads Slack exports, `conversations.history` answers and deliveries of the Events API.

Knows the files of an export: `users.json`, `channels.json` and one `YYYY-MM-DD.json` per channel and day. Refuses to
know how a message is worded or what it means: see `markup` and `messages`.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Document, Record
from afteraction.formats.slack_export.messages import Room, event_from
from afteraction.formats.slack_export.people import Member, member_of, members_in

_TS = re.compile(r'"ts"\s*:\s*"\d{9,11}(?:\.\d{1,6})?"')
_MESSAGE = re.compile(r'"type"\s*:\s*"message"')
# Deliveries of Slack's Events API wrap one message.
_CALLBACK = re.compile(r'"type"\s*:\s*"event_callback"')
_SAID = re.compile(r'"type"\s*:\s*"(?:message|app_mention)"')
_MEMBER = re.compile(r'"id"\s*:\s*"(?:[UW][A-Z0-9]{2,}|USLACKBOT)"')
_CHANNEL = re.compile(r'"id"\s*:\s*"[CGD][A-Z0-9]{2,}"')
_DAY = re.compile(r"(?:^|[/!])([^/!]+)[/!]\d{4}-\d{2}-\d{2}\.json$")
_CHANNEL_ID = re.compile(r"(?<![A-Za-z0-9])([CGD][A-Z0-9]{8,})(?![A-Za-z0-9])")
_LISTS = ("channels.json", "groups.json", "dms.json", "mpims.json")
_LOGS = "integration_logs.json"
_ANSWER = re.compile(r'^\{\s*"ok"\s*:\s*(?:true|false)\b')
_REMEMBERED = 8


class SlackExport:
    """The reader of Slack's JSON: exports of a workspace and answers of its API."""

    name = "slack_export"
    title = "Slack export"
    kind = EvidenceKind.COMMUNICATION
    example = '[{"type": "message", "user": "U024BE7LH", "ts": "1778595200.000200", "text": "looking"}]'

    def __init__(self) -> None:
        self._members: OrderedDict[str, dict[str, Member]] = OrderedDict()

    def sniff(self, source: Source) -> float:
        """0.95 for messages, members and channels in Slack's own shape; an empty day of an export 0.9."""
        part = _part(source)
        return {"": 0.0, "empty": 0.9, "channels": 0.9}.get(part, 0.95)

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One event per message; the member and channel lists are one document each."""
        part = _part(source)
        if part in ("members", "channels", "log"):
            return _list_of(source, part)
        return _messages(source, Room(_channel_of(source), self._members_near(source)))

    def _members_near(self, source: Source) -> Mapping[str, Member]:
        """The members of the export that this file belongs to; remembered, since every day of it asks."""
        listed = source.nearby("../users.json") or source.nearby("users.json") or source.nearby("users.list.json")
        if listed is None:
            return {}
        if listed.evidence_id not in self._members:
            self._members[listed.evidence_id] = _all_members(source, listed)
            while len(self._members) > _REMEMBERED:
                self._members.popitem(last=False)
        return self._members[listed.evidence_id]


def _all_members(source: Source, listed: Source) -> dict[str, Member]:
    """The members of a list; answers of the API come in pages, `users.list.2.json` behind `users.list.json`."""
    found, number = members_in(listed.read_text()), 2
    while listed.name.endswith("users.list.json") and (page := source.nearby(f"users.list.{number}.json")):
        found.update(members_in(page.read_text()))
        number += 1
    return found


def _part(source: Source) -> str:
    """Which part of Slack's JSON this is: messages, members, channels, log, empty (a day without any), or none."""
    if source.is_binary:
        return ""
    head = source.head_text().lstrip()
    file = re.split(r"[/!]", source.name)[-1].lower()
    if not head.startswith(("[", "{")):
        return ""
    if _ANSWER.match(head) and _says_nothing(outline(source)):
        return "empty"
    if _CALLBACK.search(head) and _TS.search(head) and _SAID.search(head):
        return "messages"
    if head.startswith("{") and not re.search(r'"(?:messages|members|channels)"\s*:\s*\[', head):
        return ""
    if _TS.search(head) and _MESSAGE.search(head):
        return "messages"
    if _MEMBER.search(head) and '"profile"' in head and ('"team_id"' in head or '"is_bot"' in head):
        return "members"
    if _CHANNEL.search(head) and (file in _LISTS or ('"creator"' in head and '"purpose"' in head)):
        return "channels"
    if file == _LOGS and '"service_id"' in head:
        return "log"
    if re.fullmatch(r"\[\s*\]\s*", head):
        if file in (*_LISTS, _LOGS) and source.nearby("users.json"):
            return "channels" if file in _LISTS else "log"
        if _DAY.search(source.name) and source.nearby("../channels.json"):
            return "empty"
    return ""


def _says_nothing(answer: object) -> bool:
    """True for an API answer without any message, or with an error in place of messages."""
    if not isinstance(answer, dict):
        return False
    error = answer.get("error")
    return answer.get("messages") == [] or (answer.get("ok") is False and isinstance(error, str) and bool(error))


def _channel_of(source: Source) -> str:
    """The channel's name: the folder of an export's day, else an id in the name of an API answer's file."""
    if match := _DAY.search(source.name):
        return match[1]
    match = _CHANNEL_ID.search(source.name)
    return match[1] if match else ""


def _entries(source: Source) -> Iterator[Node | Failure]:
    """The entries of every list in the original: a day is one list, an API answer holds one, a file may hold many
    answers. An object that is no answer is an entry itself."""
    for root in documents(source):
        if isinstance(root, Failure):
            yield root
        elif root.opener == "[":
            yield from root.children()
        else:
            yield from _answered(source, root)


def _answered(source: Source, root: Node) -> Iterator[Node | Failure]:
    found, error = False, ""
    for child in root.children():
        if child.key in ("messages", "members", "channels") and child.opener == "[":
            found = True
            yield from child.children()
        elif child.key == "event" and child.opener == "{":
            found = True
            yield child
        elif child.key == "error":
            error = str(child.value())[:80]
    if error:
        step = "Export the channel again."
        yield Failure(source.name, f'Slack answered with the error "{error}".', step, root.locator())
    elif not found:
        yield root


def _messages(source: Source, room: Room) -> Iterator[Record | Failure]:
    seen: set[str] = set()
    for entry in _entries(source):
        if isinstance(entry, Failure):
            yield entry
            continue
        message = entry.value()
        if entry.damaged:
            continue
        if not isinstance(message, dict):
            yield Failure(source.name, "this entry is not a message.", "Export the channel again.", entry.locator())
            continue
        # Exports repeat a message where pages overlap; letter for letter the same object is one message.
        same = entry.text.text[entry.start : entry.finish()]
        if same in seen:
            continue
        seen.add(same)
        locator = entry.locator()
        channel = message.get("channel")
        where = room if room.channel or not isinstance(channel, str) else replace(room, channel=channel)
        try:
            yield event_from(message, where, EvidenceRef(source.evidence_id, locator))
        except UnreadableTime as error:
            yield Failure(source.name, error.what, "Correct the message's ts or leave it out.", locator)


def _list_of(source: Source, part: str) -> Iterator[Record | Failure]:
    attributes: dict[str, str] = {}
    entries, failures = 0, []
    for entry in _entries(source):
        if isinstance(entry, Failure):
            failures.append(entry)
            continue
        described = entry.value()
        entries += 1
        if isinstance(described, dict):
            attributes.update(_described(described, part))
    words = {"members": "Slack members", "channels": "Slack channels", "log": "Slack integration log"}
    yield Document(
        kind=EvidenceKind.COMMUNICATION,
        title=f"{words[part]} ({entries})",
        evidence=EvidenceRef(source.evidence_id, Locator(pointer="")),
        attributes=attributes,
    )
    yield from failures


def _described(entry: Mapping[str, Any], part: str) -> dict[str, str]:
    """One entry of a list as attributes: `slack:<id>` is JSON of what is known about the member or channel."""
    if part == "members":
        member = member_of(entry)
        if member is None:
            return {}
        facts: dict[str, object] = {"name": member.name, "title": member.title, "zone": member.zone}
        facts = {name: value for name, value in facts.items() if value}
        return {f"slack:{member.id}": json.dumps({**facts, "is_bot": member.is_bot}, ensure_ascii=False)}
    key, name = entry.get("id"), entry.get("name")
    if part == "channels" and isinstance(key, str):
        return {f"slack:{key}": json.dumps({"name": name if isinstance(name, str) else ""}, ensure_ascii=False)}
    return {}


READER = SlackExport()
