"""Slack's message markup as plain text, and what it says besides its words.

Knows mentions, links, channel references, quotes and code. Refuses to know who a member is: it is given names.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TAG = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^<>]*)?>")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.S)
_QUOTED_LINE = re.compile(r"^\s*(?:&gt;|>).*$", re.M)
# A line out of a log or a shell, pasted without code marks: its "?" asks nobody anything.
_LOG_LINE = re.compile(
    r"^.*(?:^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE)\b[\]:\s]"
    r"|\b(?:GET|POST|PUT|PATCH|DELETE|HEAD) /|^\s*[$#] |\blevel=\w+).*$",
    re.M,
)
_ASKS = re.compile(r"[?？؟]+(?=[\s\"'”’)\]!.:;,*_~]|$)")
_ASKS_WITHOUT_MARK = re.compile(
    r"^(?:(?:hi|hey|hello|sorry|@\S+)[,!: ]+)*(?:any (?:updates?|news|eta|ideas?|word)"
    r"|(?:does |has |is )?any(?:one|body)|(?:can|could|would) (?:some|any)(?:one|body)|(?:can|could) you"
    r"|when will|how long (?:will|until|is|does)|do we (?:know|have)|what(?:'s| is) the (?:eta|status))\b",
    re.I | re.M,
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def mentioned(text: str) -> tuple[str, ...]:
    """Ids of the members a message mentions, each once, in order; mentions inside code count for nothing."""
    if "<@" not in text:
        return ()
    return tuple(dict.fromkeys(_MENTION.findall(_CODE.sub(" ", text))))


def is_question(text: str) -> bool:
    """True when a message asks something in its own words: code, quotes, links and log lines are left out."""
    own = _CODE.sub(" ", text)
    own = _TAG.sub(lambda tag: " " if not tag[1] else f" {tag[1]}x ", _QUOTED_LINE.sub(" ", own))
    own = _LOG_LINE.sub(" ", own)
    return bool(_ASKS.search(own) or _ASKS_WITHOUT_MARK.search(own.strip()))


def plain(text: str, name_of: Callable[[str], str]) -> str:
    """The message as a reader of the channel saw it; `name_of` gives a member's shown name by id."""

    def shown(tag: re.Match[str]) -> str:
        sign, target, label = tag[1], tag[2], tag[3]
        if sign == "@":
            return f"@{name_of(target) or label or target}"
        if sign == "#":
            return f"#{label or target}"
        if sign == "!":
            return _special(target, label)
        target = target.removeprefix("mailto:").removeprefix("tel:")
        return f"{label} ({target})" if label and label != target else target

    if "<" in text:
        text = _TAG.sub(shown, text)
    if "&" in text:
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
    return text


def _special(target: str, label: str | None) -> str:
    """`<!here>`, `<!subteam^S1|@oncall>` and `<!date^1747058591^{time}|14:03>` as they are shown."""
    if target.startswith(("date^", "subteam^")):
        return label or ("@" + target.partition("^")[2] if target.startswith("subteam^") else target)
    return f"@{label or target}"
