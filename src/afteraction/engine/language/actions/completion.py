"""What an action still has to say before it can be done, asked one thing at a time (SPEC §5.3).

Knows what detection, prevention and mitigation have to name, in which words that shows, and where in the sentence an
answer goes. Refuses to make a figure up: what is proposed was handed in from the incident's own data.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from afteraction.engine.language.actions.checking import LEVEL, ROUTE, WINDOW
from afteraction.engine.language.actions.vague import is_vague
from afteraction.engine.language.actions.written import read_action
from afteraction.engine.language.words import actions as words
from afteraction.engine.prevention.changes import Barrier
from afteraction.engine.prevention.proposals import SLOTS

_SIGNAL = re.compile(
    r"\b(?:\w+[._]\w{2,}|(?:p\d\d|error|failure|success|latency|lag|queue|connection|pool|disk|memory|cpu|heap|replication|request|response|saturation|traffic|throughput|certificate|backup|job|restart|time-?out|retry|5xx|4xx|http|checkout|consumer|thread|node|pod|replica)s?\b(?:[ -]\w+){0,3})",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:in|from|of|on|at|for) (?:the |all |any |every |each )?(?:[a-z]\w*-[\w-]+|(?-i:[A-Z][\w-]+)|prometheus|grafana|datadog|cloudwatch|loki|kibana|sentry|synthetic\w*|logs?|load balancer|database|gateway|api|cluster|\w+ (?:service|database|cluster|queue|pool|topic))\b|\w+\.\w+|\w+_\w+_\w+|\binstances\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:earlier|before (?:users|impact|the page)|lead of|\d+ (?:min|minutes|s|seconds) (?:before|ahead))\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:in|through|via|at|by|on) (?:the |our |an? )?(?:[\w-]+ ){0,3}(?:ci|ci/cd|pipeline|job|check|gate|policy|controller|webhook|protection|hook|linter|api|client|library|gateway|database|schema|rbac|iam|terraform|config\w*|tool|console|admission|proxy|load balancer|scheduler|boundary|ingestion|edge|merge|deploy\w*)\b|\b(?:pipeline|ci|admission|branch protection|codeowners|iam|rbac)\b",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"\b(?:reject|refuse|den|block|fail|forbid|disallow|stop|abort|prevent|drop)\w* (?!the build\b|the pipeline\b)(?:[\w-]+ ){0,6}\w+|\b(?:when|if|unless|that|without|until) [\w-]+ \w+|\b(?:cannot|can['’]t)\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:roll\w* back|rollback|fail\w* over|failover|shed\w*|limit\w*|throttl\w*|scale\w*|restart\w*|revert\w*|drain\w*|switch\w*|disable\w*|isolate\w*|degrad\w*|cache\w*|retry|retries|kill switch|feature flag|circuit|abort\w*|restore\w*|runbook|page\w*)\b",
    re.IGNORECASE,
)
_TRIGGER = re.compile(
    r"\b(?:when(?:ever)?|if|once|as soon as|on|after) (?:the |any |an? |its |each |every )?[\w-]+ [\w-]+|\bwith one (?:click|command)\b|\bautomatically\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|in (?:under|less than)|under|in at most|below|in) \d+ ?(?:s|sec|seconds?|m|min|minutes?|h|hours?)\b",
    re.IGNORECASE,
)
_DRILL = re.compile(
    r"\b(?:drill\w*|game ?days?|rehears\w+|practi[sc]\w+|exercis\w+|simulat\w+|chaos|tested (?:weekly|monthly|quarterly|every))\b",
    re.IGNORECASE,
)
_SHOWN_IN: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "signal": (_SIGNAL,), "source": (_SOURCE,), "threshold": (LEVEL,), "window": (WINDOW,), "route": (ROUTE,), "lead": (_LEAD,),
    "mechanism": (words.ENFORCED, words.PERMISSION, words.GUARD), "where": (_WHERE,), "scope": (words.CLASS,), "rejected": (_REJECTED,),
    "action": (_DOES,), "trigger": (_TRIGGER,), "target": (_WITHIN,), "drill": (_DRILL,),
}  # fmt: skip
# Where an answer goes: behind the sentence, in these words.
_JOINED = {
    "signal": " on {}", "source": " from {}", "threshold": " when it is {}", "window": " for {}", "route": ", paging {}",
    "lead": " ({} earlier on this incident)", "mechanism": ", enforced by {}", "where": " in {}", "scope": " for {}",
    "rejected": ", refusing {}", "action": ": {}", "trigger": " when {}", "target": " within {}", "drill": ", drilled {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What is asked next of an action, "" in all where nothing is. `slot` is its name, `proposed` what the incident's
    own data answers and `because` where that comes from; `sentence` is the action with that answer. `said` are the
    words that fill the other slots, by name, and `left` counts the open ones."""

    slot: str = ""
    question: str = ""
    proposed: str = ""
    because: str = ""
    sentence: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    left: int = 0


def complete(text: str, barrier: Barrier, known: Mapping[str, str] | None = None, because: str = "") -> Completion:
    """The first thing that an action for `barrier` does not say yet. `known` are answers by slot that the incident's
    data gives, told with `because`. Barriers outside the triad ask nothing."""
    sentence = read_action(text).sentence
    slots = SLOTS.get(barrier, ())
    if not sentence or not slots:
        return Completion()
    said = {name: shown for name, _ in slots if (shown := _shown(name, sentence))}
    if "signal" in said and is_vague(sentence):
        del said["signal"]
    # A lead is known from a replay or not at all, and a place from its signal: nobody is asked for those alone.
    asked = [
        (name, question)
        for name, question in slots
        if name not in said and (name not in ("lead", "source") or (known or {}).get(name))
    ]
    if not asked:
        return Completion(said=said)
    name, question = asked[0]
    proposed = (known or {}).get(name, "")
    return Completion(
        slot=name, question=question, proposed=proposed, because=because if proposed else "",
        sentence=joined(text, name, proposed) if proposed else "", said=said, left=len(asked),
    )  # fmt: skip


def joined(text: str, slot: str, answer: str) -> str:
    """The action with an answer in the words of its slot."""
    plain, end = text.rstrip(), ""
    if plain.endswith("."):
        plain, end = plain[:-1], "."
    return f"{plain}{_JOINED[slot].format(answer)}{end}"


def _shown(slot: str, sentence: str) -> str:
    found = next((match for pattern in _SHOWN_IN[slot] if (match := pattern.search(sentence))), None)
    return found[0].strip(" ,") if found else ""


__all__ = ("Completion", "complete", "joined")
