"""The sentence said of the system instead of somebody: what the process allowed, with every fact of the sentence.

Knows plain sentences: somebody, a verb, an object, the rest. Refuses to restate any other, to drop a number, a time or
a name of a system, and to invent: beyond the sentence it says only that nothing stopped it.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.agents import Token
from afteraction.engine.language.faults import Fault, Manner
from afteraction.engine.language.words.pack import listed

_PROCESSES = {
    "deployed": "deployment process", "redeployed": "deployment process", "released": "release process",
    "shipped": "release process", "rolled": "rollout process", "merged": "merge process", "approved": "review process",
    "reviewed": "review process", "pushed": "change process", "committed": "change process", "configured": "configuration process",
    "misconfigured": "configuration process", "deleted": "tooling", "removed": "tooling", "dropped": "tooling",
    "terminated": "tooling", "ran": "tooling", "executed": "tooling", "applied": "change process", "changed": "change process",
    "typed": "interface", "entered": "interface", "clicked": "interface", "pressed": "interface", "selected": "interface",
    "chose": "interface", "picked": "interface", "hit": "interface", "published": "publishing process", "installed": "installation process", "upgraded": "upgrade process", "migrated": "migration process",
}  # fmt: skip
_NOUNS = {"deployed": "a deployment", "redeployed": "a deployment", "merged": "a merge", "pushed": "a push", "released": "a release",
          "migrated": "a migration", "upgraded": "an upgrade", "restarted": "a restart", "rolled": "a rollout"}  # fmt: skip
_PARTICIPLES = {"ran": "run", "wrote": "written", "took": "taken", "gave": "given", "broke": "broken", "chose": "chosen",
                "overwrote": "overwritten", "undid": "undone", "did": "done", "drew": "drawn", "began": "begun"}  # fmt: skip
# What is done to a system, so that a system could have stopped it.
_OPERATED = listed("""
    unplugged pulled rotated restarted rebooted closed disabled enabled silenced leaked exposed committed connected
    copied pasted overwrote overwritten signed raised started stopped killed cancelled canceled sent switched turned
    renamed moved swapped edited updated set put shut cut replaced reset revoked drained loaded imported uploaded
    restored promoted routed hard-coded hardcoded copy-pasted gave granted wiped erased purged truncated launched wrote
    took broke flipped toggled opened emptied formatted detached attached issued triggered created added
""")
_SAME = listed("set put cut shut hit sent brought left made kept built held reset run let read")
_LEAD = re.compile(
    r"^(?:\W*|(?:on|at|in|during|around|after|before|by|since|later|then|however|next|unfortunately|that|this|yesterday)\b[^,]{0,60}, |(?:at|on|around) \S*\d\S*(?: [A-Z]{2,4})? |[\w /-]{2,24}: |[\W\d]*\d[\w:. -]*[-–|:]? |(?:\w+ ){1,8}(?:because|that) )$",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:hurry|haste|rush|without|not|by \w+ing|having|despite|unaware|although|though|\w+ing,)\b", re.IGNORECASE
)
_OBJECT = re.compile(
    r"(?P<what>(?:(?:the|a|an|all|every|both|our|this|that|these|those|two|three|it|them)\b|[\w./`-]*[\d`A-Z._/-][\w./`-]*)(?:(?! (?:on|in|at|to|from|for|with|without|while|when|where|during|before|after|because|and|but|by|so|as|instead|rather|into|onto|across|via|until|who|which|that|against|over|too|blindly|again|twice)\b) [\w./`'’:-]+){0,6}(?: of [\w./`-]+(?: [\w./`-]+){0,3}?(?= (?:on|in|at|to|from|for|without|while|when|during|before|after)\b|[.,;]|$))?)(?P<rest>.*)$",
    re.DOTALL,
)
_SOMEBODY = re.compile(
    r"\b(?:he|she|his|her|him|himself|herself|they|their|theirs|them|themselves|my|i|own|who|whom)\b", re.IGNORECASE
)
_FACT = re.compile(r"`[^`]*`|\S*\d\S*|\b\w*[a-z][A-Z]\w*|\b[A-Z]{2,}\w*")
_TOLD = re.compile(r"^(telling|informing|asking|notifying|warning|consulting) (anyone|anybody|us|[A-Z]\w+|the [\w-]+(?: team)?)(?P<rest>[.,;! ].*|)$", re.DOTALL)  # fmt: skip
_BEING = {"telling": "told", "informing": "informed", "asking": "asked", "notifying": "notified", "warning": "warned", "consulting": "consulted"}  # fmt: skip


def of_system(sentence: str, tokens: list[Token], fault: Fault) -> str:
    """The sentence said of the system, "" where no plain wording keeps all its facts."""
    agent = fault.agent
    if fault.verb <= agent.last or fault.verb >= len(tokens):
        return ""
    lead = sentence[: tokens[agent.first].start]
    between = [token.word for token in tokens[agent.last + 1 : fault.verb]]
    if "root cause" in lead.lower() or not _LEAD.match(lead) or _STATES.search(lead) or len(between) > 3:
        return ""
    if any(not word[0].isalpha() or word in ("who", "that", "not", "never", "which") for word in between):
        return ""
    verb, rest = tokens[fault.verb].word, sentence[tokens[fault.verb].end :].strip()
    said = _said(verb, rest, fault.manner)
    if not said:
        return ""
    whole = lead + said if lead.strip() else said[0].upper() + said[1:]
    whole = whole if whole[-1] in ".!?…" else whole + "."
    return whole if _keeps_facts(sentence, tokens, fault, whole) else ""


def _said(verb: str, rest: str, manner: Manner) -> str:
    process = _PROCESSES.get(verb, "process")
    if manner is Manner.OMITTED:
        return _left_out(verb, rest)
    if manner is Manner.UNCHECKED:
        thing, found, care = rest.partition("without ")
        cared = _cared(care)
        if not found or not cared or _SOMEBODY.search(thing):
            return ""
        if not thing.strip() or re.match(r"(?:on|in|at|to|from|during|into|straight|directly)\b", thing):
            at = f" {thing.strip()}" if thing.strip() else ""
            what = _NOUNS.get(verb, "a change") if at else "a change"
            return f"the {process} allowed {what}{at} without {cared}"
        done = _let(process, verb, thing.strip())
        return f"{done} without {cared}" if done else ""
    if manner in (Manner.SLIPPED, Manner.WRONG) and not _SOMEBODY.search(rest):
        if re.search(r"\b(?:by (?:mistake|accident)|in error|instead of|rather than|and \w+(?:ed|t))\b", rest):
            return ""
        done = _let(process, verb, rest.rstrip(".! "))
        return f"{done}, and nothing stopped it" if done else ""
    return ""


def _left_out(verb: str, rest: str) -> str:
    """ "forgot to renew the key" -> "nothing in the process reminded anybody to renew the key"."""
    if verb not in ("failed", "forgot", "neglected") or not re.match(r"to [a-z-]+ ", rest) or _SOMEBODY.search(rest):
        return ""
    return f"nothing in the process reminded anybody {rest}"


def _let(process: str, verb: str, thing: str) -> str:
    """ "the tooling let the namespace be deleted on Friday"."""
    if verb not in _PROCESSES and verb not in _OPERATED:
        return ""
    participle = _PARTICIPLES.get(verb) or (verb if verb.endswith("ed") or verb in _SAME else "")
    found = _OBJECT.match(thing)
    if not participle or found is None or participle in ("trusted", "thought", "assumed", "guessed", "used", "decided"):
        return ""
    rest = found["rest"].strip()
    if rest[:1] in (",", ";", ":") or found["what"].split()[-1] in ("on", "off", "up", "down", "out"):
        return ""
    return f"the {process} let {found['what'].strip()} be {participle}{' ' + rest if rest else ''}"


def _cared(care: str) -> str:
    """What was done without, as said of nobody: "asking anyone" -> "anybody being asked"."""
    told = _TOLD.match(care)
    if told is not None:
        whom = {"anyone": "anybody"}.get(told[2], told[2])
        return f"{whom} being {_BEING[told[1]]}{told['rest']}".rstrip()
    if _SOMEBODY.search(care):
        return ""
    first = care.split(" ", 1)[0].rstrip(".,;")
    if first in ("having", "first", "verify", "check", "ask", "inform", "so", "even", "ever"):
        return ""
    acting = first.endswith("ing") and first not in ("testing", "warning", "planning", "training", "monitoring")
    acting = acting or bool(re.match(r"testing (?:it|the|this|that)\b", care))
    return f"anybody {care}" if acting else care


def _keeps_facts(sentence: str, tokens: list[Token], fault: Fault, whole: str) -> bool:
    """Whether every number, time, name in capitals and piece of code outside the somebody is still there."""
    first, last = tokens[fault.agent.first].start, tokens[fault.agent.last].end
    facts = _FACT.findall(sentence[:first]) + _FACT.findall(sentence[last:])
    return all(fact.rstrip(".,;!") in whole for fact in facts)
