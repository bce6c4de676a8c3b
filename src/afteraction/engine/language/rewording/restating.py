"""The sentence said of the system instead of somebody: what the process allowed, with every fact of the sentence.

Knows plain sentences: somebody, a verb, an object, the rest. Refuses to restate any other, to drop a number, a time or
a name of a system, and to invent: beyond the sentence it says only that nothing stopped it.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Token
from afteraction.engine.language.rewording.inflecting import participle_of
from afteraction.engine.language.rewording.objects_said import SOMEBODY, alone, leads, split_object
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
# What is done to a system, so that a system could have stopped it.
_OPERATED = listed("""
    unplugged pulled rotated restarted rebooted closed disabled enabled silenced leaked exposed committed connected
    copied pasted overwrote overwritten signed raised started stopped killed cancelled canceled sent switched turned
    renamed moved swapped edited updated set put shut cut replaced reset revoked drained loaded imported uploaded
    restored promoted routed hard-coded hardcoded copy-pasted gave granted wiped erased purged truncated launched wrote
    took broke flipped skipped bypassed circumvented overrode applied duplicated truncated plugged wired keyed pasted
    marked hardcoded loaded provisioned retired archived moved misconfigured mounted dumped nuked toggled doubled rebuilt
    powered re-imaged signed raised rerouted linked tagged withdrew deprovisioned decommissioned suspended scaled
    reverted included published toggled opened emptied formatted detached attached issued triggered created added
""")
_PHRASAL = listed("turned shut powered switched rolled signed took pulled cut scaled locked backed brought wiped")
_BY_ACCIDENT = re.compile(r",? ?\b(?:by (?:mistake|accident)|in error|accidentally|mistakenly)\b")
_TOLD = re.compile(r"^(telling|informing|asking|notifying|warning|consulting) (anyone|anybody|us|[A-Z]\w+|the [\w-]+(?: team)?)(?P<rest>[.,;! ].*|)$", re.DOTALL)  # fmt: skip
_BEING = {"telling": "told", "informing": "informed", "asking": "asked", "notifying": "notified", "warning": "warned", "consulting": "consulted"}  # fmt: skip


def of_system(sentence: str, tokens: list[Token], fault: Fault) -> str:
    """The sentence said of the system, "" where no plain wording keeps all its facts."""
    agent = fault.agent
    if fault.verb <= agent.last or fault.verb >= len(tokens):
        return ""
    lead = sentence[: tokens[agent.first].start]
    between = [token.word for token in tokens[agent.last + 1 : fault.verb]]
    if not leads(lead) or len(between) > 3:
        return ""
    if any(
        not word[0].isalpha() or word in ("who", "that", "not", "never", "which", "and", "but", "or", "having")
        for word in between
    ):
        return ""
    verb, rest = tokens[fault.verb].word, sentence[tokens[fault.verb].end :].strip()
    said = _said(verb, rest, fault.manner)
    if not said:
        return ""
    said = alone(lead, said)
    whole = lead + said if lead.strip() else said[0].upper() + said[1:]
    return whole if whole[-1] in ".!?…" else whole + "."


def _said(verb: str, rest: str, manner: Manner) -> str:
    process = _PROCESSES.get(verb, "process")
    if manner is Manner.OMITTED:
        return _left_out(verb, rest)
    if manner is Manner.UNCHECKED:
        thing, found, care = rest.partition("without ")
        came = _came_of_it(f" {_cared(care)}")
        cared = came.strip() if came else ""
        if not found or not cared or SOMEBODY.search(thing):
            return ""
        if not thing.strip() or re.match(r"(?:on|in|at|to|from|during|into|straight|directly)\b", thing):
            at = f" {thing.strip()}" if thing.strip() else ""
            what = _NOUNS.get(verb, "a change") if at else "a change"
            return f"the {process} allowed {what}{at} without {cared}"
        done = _let(process, verb, thing.strip())
        return f"{done} without {cared}" if done else ""
    if manner in (Manner.SLIPPED, Manner.WRONG) and not SOMEBODY.search(rest):
        done = _let(process, verb, rest.rstrip(".! "))
        return f"{done}, and nothing stopped it" if done else ""
    return ""


def _left_out(verb: str, rest: str) -> str:
    """ "forgot to renew the key" -> "nothing in the process reminded anybody to renew the key"."""
    if verb not in ("failed", "forgot", "neglected") or not re.match(r"to [a-z-]+ ", rest) or SOMEBODY.search(rest):
        return ""
    seen = re.match(r"to (?:notice|see|realise|realize|spot|recognise|recognize|catch|identify) (?P<what>.+)$", rest)
    if seen is None:
        return f"nothing in the process reminded anybody {rest}"
    found = split_object(seen["what"].rstrip(".! "))
    return f"nothing made {found[0]} stand out{found[1]}" if found else ""


def _let(process: str, verb: str, thing: str) -> str:
    """ "the tooling let the namespace be deleted on Friday"."""
    if verb not in _PROCESSES and verb not in _OPERATED:
        return ""
    thing = _BY_ACCIDENT.sub("", thing).strip()
    away = re.match(r"(?P<way>off|down|out|up|back|away) (?P<thing>.+)$", thing, re.DOTALL)
    way = ""
    if away is not None and verb in _PHRASAL:
        way, thing = f" {away['way']}", away["thing"]
    found = split_object(thing)
    if found is not None and verb in ("gave", "sent", "granted") and not re.match(r"(?:the|an?) ", found[0]):
        return ""
    if found is None or verb in ("trusted", "thought", "assumed", "guessed", "used", "decided"):
        return ""
    what, where = found
    came = _came_of_it(where)
    return "" if came is None else f"the {process} let {what} be {participle_of(verb)}{way}{came}"


def _came_of_it(where: str) -> str | None:
    """What followed, said of what was done: "and took the rack offline" -> ", which took the rack offline". None where
    somebody does a second thing."""
    found = re.search(r",? and (?=[a-z]+(?:ed|t|d|ok|ke|ft)\b)", where)
    if found is None:
        return where
    if not re.match(r"(?:took|broke|caused|blocked|brought|crashed|isolated|made|cut|knocked) ", where[found.end() :]):
        return None
    return f"{where[: found.start()]}, which {where[found.end() :]}"


def _cared(care: str) -> str:
    """What was done without, as said of nobody: "asking anyone" -> "anybody being asked"."""
    told = _TOLD.match(care)
    if told is not None:
        whom = {"anyone": "anybody"}.get(told[2], told[2])
        return f"{whom} being {_BEING[told[1]]}{told['rest']}".rstrip()
    if SOMEBODY.search(care):
        return ""
    first = care.split(" ", 1)[0].rstrip(".,;")
    if first in ("having", "first", "verify", "check", "ask", "inform", "so", "even", "ever"):
        return ""
    acting = first.endswith("ing") and first not in ("testing", "warning", "planning", "training", "monitoring")
    acting = acting or bool(re.match(r"testing (?:it|the|this|that)\b", care))
    return f"anybody {care}" if acting else care
