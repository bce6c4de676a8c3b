"""An action as somebody wrote it down, without its bullet, box, label, ticket, status and links.

Knows what stands around the sentence of an action in lists, trackers and wikis. Refuses to judge the sentence.
"""

# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from afteraction.engine.language.words.action_verbs import ACTION_VERBS, COMPOUND_HEADS, NOUNS_TOO

# Longer than any action: what is behind it is not read.
MOST = 2_000
_BULLET = re.compile(r"(?:>\s*)+|[*+•‣◦–-]\s+|\(?\d{1,3}[.)]\s+|[a-z]\)\s+")
_BOX = re.compile(r"\[(?P<mark>[ xX✓✔-]?)\]\s+")
_STATUS = re.compile(
    r"(?:\*\*|__)?status\s*[:=]\s*(?P<told>done|completed?|fixed|resolved|closed|deployed|in[ -]progress|on ?going|pending|unresolved|to ?do|open|declined|rejected|informational|needs discussion|not done|not started|wip|blocked)\b(?:\*\*|__)?\s*[-–—:.,]*\s*",
    re.IGNORECASE,
)
_STATUS_BARE = re.compile(
    r"(?:\*\*|__|\[)?(?P<bare>DONE|Done|COMPLETED?|Completed|FIXED|RESOLVED|TODO|To ?do|In progress|IN PROGRESS|WIP|Pending|PENDING|Ongoing)(?:\*\*|__|\])?(?:\s*[-–—:]\s*|\s+(?=[A-Z]))"
)
_TICK = re.compile(r"(?:✅|☑️?|✔️?|🟢|:white_check_mark:|:heavy_check_mark:)\s*")
_TAG = re.compile(
    r"\[(?:#\d+|[A-Z]{2,10}-\d+|[\w./-]*#\d+|T\d{4,}|[Pp][0-4]|[^\]\n]{1,25})\](?![(\[:])[:\s–—-]*"
    r"|\[(?:#\d+|[A-Z]{2,10}-\d+|[\w./-]*#\d+)\]:\s*"
    r"|\((?:[Pp][0-4]|high|medium|low|prevent|detect|mitigate|prevention|detection|mitigation|short[- ]term|long[- ]term|immediate)\)[:\s–—-]*"
    r"|(?:task )?(?:[A-Z]{2,10}-\d+|GH-\d+|#\d+|T\d{4,}|phab:T\d+|bugzilla:\d+|bug \d{3,}|[Pp][0-4](?=[:\s–—-]))(?:\s*[:–—-]+\s*|\s+)"
    r"|<?https?://\S+?>?(?::\s+|\s+[-–—:]*\s*)"
    r"|@[\w.-]+\s*[:,–—-]\s*(?:to\s+)?",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?:\*\*|__)(?P<label>[^*_\n]{1,80}?)(?P<colon>:?)(?:\*\*|__)(?P<after>:?)\s*(?=\S)")
_PLAIN = re.compile(r"(?P<label>[\w./&+ -]{1,40}?)(?P<gap>: | – | — | - )(?=\w)")
_SAYS = re.compile(r"\b(?:is|are|was|were|has|have|had|should|must|will|can|we|i|it)\b", re.IGNORECASE)
_LINK = re.compile(r"!?\[(?P<shown>[^\]\n]{1,300})\](?:\((?:[^()\s]|\([^()\s]*\))*\)|\[[^\]\n]*\])")
_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`{1,3}|~~")
_CODE = re.compile(r"`{1,3}([^`\n]{1,200})`{1,3}")
_DONE_AT_END = re.compile(
    r"(?:\((?:done|completed|fixed|merged|deployed|implemented|shipped)\b[^)]{0,40}\)|\[(?:done|completed|x)\]|[-–—:.]?\s*(?:\bDONE\b|(?<=[.)] )Done)|✅|☑️?|✔️?|:white_check_mark:|\bthis has (?:already )?been done)[.\s]*$",
    re.IGNORECASE,
)
_OWNER_AT_END = re.compile(
    r"\s*(?:[-–—|]\s*|\(|\[)?(?:@[\w.-]+|(?:owner|assignee|assigned to|responsible|who)\s*[:=]\s*[^;|)\]\n]{0,80})[)\]]?\s*$",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<!etc\.)(?<!resp\.)[\"”’')]*\s+(?=[A-Z\"“(\[])")
_ONLY_LINKS = re.compile(
    r"(?:\W*(?:https?://\S+|(?:see|cf\.?|issue|ticket|pr|pull request|bug)(?=:? (?:https?://|#\d|[A-Z]{2,10}-\d)):?|[\w./-]*#\d+|(?-i:[A-Z]{2,10}-\d+)|T\d{4,}))+\W*",
    re.IGNORECASE,
)
_DONE_WORDS = frozenset({"done", "completed", "complete", "fixed", "resolved", "closed", "deployed"})
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")


@dataclass(frozen=True, slots=True)
class ActionText:
    """An action as read. `sentence` is its words without what stands around them, `first` the first sentence of it,
    `label` what stood before ("Detection"), `done` the words that mark it as done, "" where it is not. `code` are the
    pieces that were marked as code. `start` is where the sentence begins in `text`."""

    text: str
    start: int
    sentence: str
    first: str
    label: str = ""
    done: str = ""
    code: tuple[str, ...] = ()


@lru_cache(maxsize=2048)
def read_action(text: str) -> ActionText:
    """What of `text` is the sentence of the action. Nothing in it raises."""
    left, label, done = text.strip()[:MOST], "", ""
    code = tuple(found[1].strip() for found in _CODE.finditer(left))
    for _ in range(12):
        was = left
        left, now_done, now_label = _peeled(left)
        done, label = done or now_done, label or now_label
        if left == was:
            break
    ended = _DONE_AT_END.search(left)
    if ended and ended.start() > 0:
        done, left = done or ended[0].strip(" -–—:."), left[: ended.start()]
    left = _OWNER_AT_END.sub("", left) if len(_WORD.findall(left)) > 3 else left
    plain = _unquoted(_MARKS.sub("", _LINK.sub(r"\g<shown>", left)).strip())
    first = _first_of(plain)
    opening = _WORD.search(plain)
    at = text.find(opening[0]) if opening else -1
    where = text.find(plain[:12]) if plain[:12] else -1
    return ActionText(text, max(where if where >= 0 else at, 0), plain, first, label, done, code)


def is_link(sentence: str) -> bool:
    """Whether nothing but addresses, or the key of a ticket, is there to read."""
    return _ONLY_LINKS.fullmatch(sentence) is not None


def without_markup(text: str) -> str:
    """The sentence of an action without its bullet, its box and its bold label; code keeps its words."""
    return read_action(text).sentence


def _peeled(left: str) -> tuple[str, str, str]:
    """What is left when one thing before the sentence is taken off, with the mark that it is done, and the label."""
    for pattern in (_BULLET, _TICK):
        found = pattern.match(left)
        if found and found.end() < len(left):
            return left[found.end() :].lstrip(), found[0].strip() if pattern is _TICK else "", ""
    box = _BOX.match(left)
    if box:
        return left[box.end() :].lstrip(), box[0].strip() if box["mark"].strip(" -") else "", ""
    status = _STATUS.match(left) or _STATUS_BARE.match(left)
    if status and status.end() < len(left):
        told = next((each for each in status.groupdict().values() if each), "")
        return left[status.end() :].lstrip(), told if told.lower() in _DONE_WORDS else "", ""
    tag = _TAG.match(left)
    if tag and tag.end() < len(left) and _WORD.search(left[tag.end() :]):
        return left[tag.end() :].lstrip(), "", ""
    return _without_label(left)


def _without_label(left: str) -> tuple[str, str, str]:
    bold = _BOLD.match(left)
    if bold:
        label, rest = bold["label"].strip(), left[bold.end() :].lstrip(" -–—")
        if not (bold["colon"] or bold["after"]) and rest[:1].islower():
            return f"{label} {rest}", "", ""
        # "**Add a gate**: we are working on it" says in its label what is to be done.
        return (f"{label}. {rest}" if is_doing(label) else rest), "", label
    plain = _PLAIN.match(left)
    if (
        plain
        and len(_WORD.findall(plain["label"])) <= 5
        and not is_doing(plain["label"])
        and not _SAYS.search(plain["label"])
        and _WORD.search(left[plain.end() :])
    ):
        words = [word.lower() for word in _WORD.findall(plain["label"])]
        if plain["gap"] == ": " or (words and words[-1] in ("term", "todo")):
            return left[plain.end() :].lstrip(), "", plain["label"]
    return left, "", ""


def is_doing(label: str) -> bool:
    """Whether a label says by itself what is to be done: a verb and what it is done to."""
    said = [word.lower() for word in _WORD.findall(label)]
    if len(said) < 2 or said[0] not in ACTION_VERBS:
        return False
    return said[0] not in NOUNS_TOO or (
        len(said) >= 4 and said[1] not in COMPOUND_HEADS and not said[1].endswith("ing")
    )


def _unquoted(plain: str) -> str:
    return plain[1:-1].strip() if len(plain) > 2 and plain[0] in '"“' and plain[-1] in '"”' else plain


def _first_of(plain: str) -> str:
    """The first sentence that has three words or more."""
    begin = 0
    for end in _END.finditer(plain):
        if len(_WORD.findall(plain[begin : end.start()])) >= 3:
            return plain[begin : end.start()].strip()
    return plain


__all__ = ("ActionText", "is_doing", "is_link", "read_action", "without_markup")
