"""Ways to say it of the system: a message, a question, and where the sentence allows it a sentence in its place.

Knows templates. Refuses to invent: what a suggestion says beyond the sentence is only that nothing stopped it.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass

from afteraction.engine.language.agents import Token, Who
from afteraction.engine.language.faults import Fault, Manner


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said about a finding."""

    message: str
    question: str
    suggestion: str = ""


_SENSIBLE = "What made that the sensible thing to do? What would have let anyone else do the same?"
PERSON: dict[Manner, Wording] = {
    Manner.OMITTED: Wording("This says that somebody left something out.", "What made that step easy to leave out, and what would have caught it?"),
    Manner.SLIPPED: Wording("This makes somebody's slip the explanation.", "Which tool or process accepted it without a check?"),
    Manner.UNCHECKED: Wording("This says that somebody went without a check.", "What let it go ahead without that check?"),
    Manner.WRONG: Wording("This makes somebody's choice the fault.", _SENSIBLE),
    Manner.CAUSED: Wording("This gives a person as the cause.", "What made that possible?"),
    Manner.FAULT: Wording("This puts the fault on a person.", _SENSIBLE),
}  # fmt: skip
HUMAN_ERROR = Wording(
    "Human error explains nothing yet: it is where the questions begin.",
    "Slip, lapse or mistake – and what in the situation made it likely?",
)
ASKED = Wording(
    "This question looks for a person.",
    "What made this possible?",
    "What allowed this to happen?",
)
COUNTERFACTUAL = Wording(
    "This compares what was done with what one knows now.", "What did they know then? Which signal was missing?"
)
MISSED_CATCH = Wording(
    "This names something that could have caught it or told sooner.",
    "Shall this go to the gate matrix, with what let it pass?",
)
OWN_COUNTERFACTUAL = Wording(
    "You hold against yourself what you know now. Thank you for saying it.",
    "What did you know then, and what made it the sensible thing to do?",
)
HINDSIGHT = Wording("This is clear only afterwards.", "Which of this was visible at that minute?")
_PROCESSES = {
    "deployed": "deployment process", "redeployed": "deployment process", "released": "release process",
    "shipped": "release process", "rolled": "rollout process", "merged": "merge process", "approved": "review process",
    "reviewed": "review process", "pushed": "change process", "committed": "change process", "configured": "configuration process",
    "misconfigured": "configuration process", "deleted": "tooling", "removed": "tooling", "dropped": "tooling",
    "terminated": "tooling", "ran": "tooling", "executed": "tooling", "applied": "change process", "changed": "change process",
    "published": "publishing process", "installed": "installation process", "upgraded": "upgrade process", "migrated": "migration process",
}  # fmt: skip
_GERUNDS = {"ran": "running", "sent": "sending", "set": "setting", "put": "putting", "wrote": "writing", "took": "taking",
            "made": "making", "shut": "shutting", "dropped": "dropping", "committed": "committing", "submitted": "submitting",
            "brought": "bringing", "left": "leaving", "gave": "giving", "began": "beginning", "stopped": "stopping",
            "merged": "merging", "did": "doing", "cut": "cutting", "hit": "hitting", "undid": "undoing", "overwrote": "overwriting"}  # fmt: skip


def own(tokens: list[Token], fault: Fault) -> Wording:
    """A kind answer to self-blame (SPEC R166)."""
    said = " ".join(token.text for token in tokens[min(fault.agent.first, fault.verb) : fault.last + 1][:6])
    who = "we" if fault.agent.who is Who.WE else "you"
    verb = tokens[min(fault.verb, len(tokens) - 1)].word
    asked = "What made it easy to forget?" if verb == "forgot" else "What made it easy to do?"
    return Wording(f"{who.capitalize()} wrote “{said}”. Thank you for saying it; it could have been anyone.", asked)


def of_system(sentence: str, tokens: list[Token], fault: Fault) -> str:
    """The sentence said of the system, "" where no template keeps all its facts."""
    agent = fault.agent
    # Only a plain sentence: subject, verb, the rest. What stands before the subject is kept before the template.
    if fault.verb <= agent.last or agent.last < 0 or fault.verb >= len(tokens):
        return ""
    lead = sentence[: tokens[agent.first].start]
    if fault.manner is Manner.UNCHECKED and "without" not in sentence:
        return ""
    between = [token.word for token in tokens[agent.last + 1 : fault.verb]]
    if len(between) > 3 or any(not word[0].isalpha() for word in between):
        return ""
    rest = sentence[tokens[fault.verb].end :].strip()
    verb = tokens[fault.verb].word
    ending = "" if not rest or rest[-1] in ".!…" else "."
    if fault.manner is Manner.UNCHECKED:
        thing, _, care = rest.partition("without ")
        shown = thing.strip() or "a change"
        return _led(lead, f"the {_PROCESSES.get(verb, 'process')} allowed {shown} without {care}{ending}")
    if (
        fault.manner is Manner.OMITTED
        and verb in ("failed", "forgot", "neglected")
        and re.match(r"to [a-z]+ (?!(?:he|she|they)\b)", rest)
        and _is_plain(rest)
    ):
        return _led(lead, f"nothing in the process made sure {rest}{ending}")
    if fault.manner is Manner.SLIPPED and between and _is_plain(rest):
        return _led(lead, f"the {_PROCESSES.get(verb, 'process')} accepted {_gerund(verb)} {rest}{ending}")
    return ""


def _is_plain(rest: str) -> bool:
    return bool(rest) and not re.search(r"\b(?:he|she|his|her|him|himself|herself)\b", rest)


def _led(lead: str, said: str) -> str:
    return f"{lead}{said}" if lead.strip() else said[0].upper() + said[1:]


def _gerund(verb: str) -> str:
    if verb in _GERUNDS:
        return _GERUNDS[verb]
    if verb.endswith("ied"):
        return verb[:-3] + "ying"
    return verb[:-2] + "ing" if verb.endswith("ed") else verb + "ing"
