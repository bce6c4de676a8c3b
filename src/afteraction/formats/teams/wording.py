"""What a Teams message says: its HTML as text, the text of its cards, and a sentence for what the channel did itself.

Knows mentions, emoji, adaptive and connector cards, and the names of event details. Refuses to know who said it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.html_text import plain_text

_MENTION = re.compile(r"<at\b[^>]*>(.*?)</at>", re.DOTALL | re.IGNORECASE)
_EMOJI = re.compile(r"<(?:emoji|img)\b[^>]*?\balt=\"([^\"]*)\"[^>]*?/?>(?:</emoji>)?", re.IGNORECASE)
_SYSTEM = re.compile(r"<systemEventMessage\s*/?>", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SAID = ("title", "activityTitle", "activitySubtitle", "subtitle", "summary", "text", "activityText")
_INSIDE = ("body", "items", "columns", "sections", "card", "content", "attachments", "facts", "rows", "cells")
_MOST_TEXTS = 60
_DEEPEST = 12


def words_of(message: Mapping[str, Any]) -> str:
    """The message's own text, then what its cards add."""
    body = message.get("body")
    raw = str(body.get("content") or "") if isinstance(body, dict) else ""
    is_text = isinstance(body, dict) and body.get("contentType") == "text"
    own = raw.strip() if is_text else from_html(raw)
    attachments = message.get("attachments")
    cards = [text for one in (attachments if isinstance(attachments, list) else ()) for text in _card(one)]
    return "\n".join(dict.fromkeys(filter(None, (own, *cards))))


def from_html(markup: str) -> str:
    """Teams' HTML as text: mentions with their sign, emoji by their names."""
    return plain_text(_EMOJI.sub(r"\1", _MENTION.sub(r"@\1", _SYSTEM.sub("", markup))))


def event_words(detail: Any) -> str:
    """ "Call started" out of `#microsoft.graph.callStartedEventMessageDetail`."""
    kind = str(detail.get("@odata.type") or "") if isinstance(detail, dict) else ""
    name = kind.rpartition(".")[2].removesuffix("EventMessageDetail")
    return _HUMP.sub(" ", name).lower().capitalize() or "The channel changed"


def _card(attachment: Any) -> list[str]:
    """The texts of a card; files and quoted messages have none."""
    content = attachment.get("content") if isinstance(attachment, dict) else None
    kind = str(attachment.get("contentType") or "") if isinstance(attachment, dict) else ""
    if "card" not in kind:
        return []
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except (ValueError, RecursionError):
            return [plain_text(content)]
    texts: list[str] = []
    for text in _texts(content, 0):
        texts.append(from_html(text))
        if len(texts) >= _MOST_TEXTS:
            break
    return texts


def _texts(node: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for item in node:
            yield from _texts(item, depth + 1)
    elif isinstance(node, dict):
        if "value" in node and isinstance(name := node.get("title") or node.get("name"), str):
            yield f"{name}: {node['value']}"
            return
        yield from (node[key] for key in _SAID if isinstance(node.get(key), str))
        for key in _INSIDE:
            yield from _texts(node.get(key), depth + 1)
