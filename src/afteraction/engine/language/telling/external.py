"""What a text for the public gives away or overstates: names, addresses, handles, ids of chats, "outage" (LP, LO).

Knows their shapes and the names it is told of. Refuses to guess a role: whoever writes knows it.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterable

from afteraction.engine.language.people.agents import Agent, Token, Who
from afteraction.engine.language.remarks import is_denied

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
_CHAT_ID = re.compile(
    r"<@[UW][A-Z0-9]{6,12}(?:\|[^>\n]{0,40})?>|\b[UWD](?=[A-Z]*\d)[A-Z0-9]{8,10}\b|(?<!\w)\+\d{1,3}[ ()/-]?(?:\d[ ()/-]?){7,12}\d\b"
)
_ACCOUNT = re.compile(
    r"\b(?:github|gitlab|slack|twitter|jira|bitbucket|telegram|discord|irc|ldap|mastodon|phabricator|gerrit) (?:user(?:name)?|handle|account|nick(?:name)?|login) (?!(?:who|that|which|was|were|is|has|had|of|in|for|with|and|or|name|names)\b)@?[\w-]{3,39}\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w@/.])@(?!(?:here|channel|everyone|all|media|import|param|return|override|types|latest|next|main|master)\b)[A-Za-z][\w-]{1,38}\b(?![./]\w)"
)
_OUTAGE = re.compile(
    r"(?<!power )(?<!full )(?<!complete )(?<!total )(?<!partial )(?<!-)\boutages?\b(?!-)", re.IGNORECASE
)
_ROLE_MAILS = re.compile(
    r"^(?:support|info|help|security|abuse|status|contact|press|noreply|no-reply|hello|team|privacy|admin|postmaster|sales|billing|legal|feedback)@",
    re.IGNORECASE,
)


def personal_data_in(sentence: str, tokens: list[Token], agents: Iterable[Agent]) -> tuple[int, int] | None:
    """The first place in a sentence that tells who somebody is (LP), or None. An address of a role is none."""
    for pattern in (_MAIL, _CHAT_ID, _ACCOUNT, _HANDLE):
        for found in pattern.finditer(sentence):
            if not _ROLE_MAILS.match(found[0]):
                return found.span()
    for agent in agents:
        if agent.who is Who.NAMED and not tokens[agent.first].text.startswith(("[", "@")):
            return tokens[agent.first].start, tokens[agent.last].end
    return None


def outage_in(sentence: str) -> tuple[int, int] | None:
    """Where a text for the public calls something an outage (LO) without saying of how much, or None."""
    found = _OUTAGE.search(sentence)
    return found.span() if found and not is_denied(sentence, found.start(), 12) else None
