"""What stands after a verb and makes it an accusation: a bad object, "without review", "by mistake", harm that is caused.

Knows objects. Refuses to judge the verb itself: `predicates` does.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words.pack import listed

# Taking away what is broken mends; taking away what is "wrong" does not.
_PLACES = listed("production prod main master live staging all trunk everyone everything")
_TAKING_AWAY = listed("removed disabled deleted stopped restarted shut rebooted dropped")
_TELLING = listed("""
    noticed saw found spotted flagged withdrew replaced debugged investigated asked checked traced rolled excluded avoided rejected questioned mentioned documented diagnosed uncovered explained recognised recognized repaired resolved discovered reported identified confirmed observed realized realised reverted fixed corrected detected
    determined
""")
_SAVING = listed("stop protect contain limit prevent recover restore mitigate relieve")
_MENDED = listed("rolled reverted restored failed fixed paused stopped drained isolated escalated declared paged")
_AGAINST = re.compile(
    r"\b(?:outside(?: of)?|against|contrary to|in violation of|in breach of|despite|ignoring|disregarding) (?:(?:the|our|all|any|every|its|standard|company|agreed|documented|explicit|change|release|repeated|several) )*(?:process(?:es)?|procedures?|polic(?:y|ies)|protocol|rules?|guidelines?|standards?|runbook|advice|warnings?|freeze|instructions?|checklist)\b|\bin (?:a|an|too great|too much|great) (?:hurry|rush|haste)\b"
)
_OWED_STEMS = listed(
    "follow wait ask check test review read verify escalate consult investigate fix report use confirm validate announce call"
)
_MENDING = frozenset({"back", "out", "off", "away", "from", "for", "about"})


def judge_object(clause: Clause, agent: Agent, main: int) -> Fault | None:
    """What stands after the verb: a bad object, "without review", "by mistake", harm that is caused."""
    pack, words = clause.pack, clause.words
    end = clause.end_of(main)
    rest = words[main + 1 : end]
    word = words[main]
    if word in ("made", "committed", "introduced") and not pack["fault nouns"].isdisjoint(rest[:5]):
        if "no" in rest[:2]:
            return None
        return Fault(agent, Manner.FAULT, main, min(main + 3, end - 1))
    owned = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN)
    if word == "introduced" and owned and {"bug", "bugs", "regression", "defect", "vulnerability"} & set(rest[:4]):
        return Fault(agent, Manner.CAUSED, main, min(main + 2, end - 1))
    if word == "slept" and "through" in rest[:1]:
        return Fault(agent, Manner.OMITTED, main, main + 1)
    if word in pack["causing"] and not pack["harm"].isdisjoint(rest[:6]):
        return Fault(agent, Manner.CAUSED, main, min(main + 3, end - 1))
    if word in ("took", "brought", "knocked") and not pack["downing"].isdisjoint(rest[:7]):
        if re.search(
            r"\bto (?:protect|save|limit|contain|stop|prevent|repair|fix|recover|avoid)\b|\bfor (?:maintenance|repair)",
            " ".join(rest),
        ):
            return None
        harmed = not {"production", "site", "prod", "website", "service", "database", "everything"}.isdisjoint(rest[:7])
        return Fault(agent, Manner.CAUSED, main, min(main + 3, end - 1)) if harmed else None
    if word == "let" and {"expire", "lapse", "slip"} & set(rest[:5]):
        return Fault(agent, Manner.OMITTED, main, main + 1)
    if word == "got" and "wrong" in rest[:5]:
        return Fault(agent, Manner.WRONG, main, main + 1)
    if word == "lacked" or (word == "thought" and "wrongly" in rest):
        return Fault(agent, Manner.FAULT, main, main + 1)
    only = re.match(r"(?:our |the )(?:only|last|sole|one) (?!(?:two|three|few)\b)\w+", " ".join(rest[:4]))
    if owned and word in pack["destructive"] and only:
        return Fault(agent, Manner.CAUSED, main, min(main + 3, end - 1))
    if word in ("turned", "switched", "shut", "took", "powered") and "wrong" in rest[:4]:
        return Fault(agent, Manner.WRONG, main, main + 1 + rest.index("wrong"))
    if word == "input" and owned and "wrong" in rest[:3]:
        return Fault(agent, Manner.WRONG, main, main + 1 + rest.index("wrong"))
    destroys = owned and word in pack["destructive"] and not pack["what matters"].isdisjoint(rest[:5])
    if destroys and pack["mended"].isdisjoint(rest[:5]) and _SAVING.isdisjoint(rest):
        return Fault(agent, Manner.CAUSED, main, min(main + 3, end - 1))
    if not clause.is_past(word) and word != "had":
        return None
    return _judge_rest(clause, agent, main, rest)


def _judge_rest(clause: Clause, agent: Agent, main: int, rest: list[str]) -> Fault | None:
    pack = clause.pack
    for place, each in enumerate(rest):
        if each in ("that", "which"):
            break
        if each == "by" and rest[place + 1 : place + 2] in (["mistake"], ["accident"]):
            return Fault(agent, Manner.SLIPPED, main, main + 2 + place)
    against = _AGAINST.search(" ".join(rest))
    if against and clause.words[main] not in _TELLING and agent.who is not Who.SELF:
        at = main + 1 + len(" ".join(rest)[: against.start()].split())
        return Fault(agent, Manner.UNCHECKED, main, min(at, len(clause.words) - 1))
    # What follows "that", "which" … is said of something else.
    for place, each in enumerate(rest):
        purpose = each == "to" and rest[place + 1 : place + 2] and rest[place + 1] not in pack["determiners"] | _PLACES
        if each in pack["reporting"] or purpose:
            rest = rest[:place]
            break
    told = clause.words[main] in _TELLING
    for place, each in enumerate(rest):
        at = main + 1 + place
        nxt = rest[place + 1] if place + 1 < len(rest) else ""
        if each == "in" and nxt == "error" and not told:
            return Fault(agent, Manner.SLIPPED, main, at + 1)
        if each == "without" and not told:
            near = rest[place + 1 : place + 5]
            if near and near[0] not in pack["harmless after without"] and not pack["missing care"].isdisjoint(near):
                return Fault(agent, Manner.UNCHECKED, main, at)
        if each == "too" and nxt in ("early", "late", "soon", "fast", "quickly", "slowly", "hastily") and not told:
            return Fault(agent, Manner.SLIPPED, main, at + 1)
        aside = (each, nxt) in (("instead", "of"), ("rather", "than")) and rest[place + 2 : place + 3]
        if aside and not told and clause.words[main] not in _MENDED and owed(rest[place + 2]):
            return Fault(agent, Manner.WRONG, main, at + 1)
        if each in pack["careless adverbs"] and not told and place <= 8 and each != "prematurely":
            return Fault(agent, Manner.SLIPPED, main, at)
    if clause.words[main] in _TAKING_AWAY:
        mended = "that" in clause.words[main:] or "which" in clause.words[main:]
        return Fault(agent, Manner.WRONG, main, main + 1) if "wrong" in rest[:4] and not mended else None
    set_right = re.search(r"\band (?:\w+ly )?(?:corrected|fixed|reverted|undid|noticed)\b", " ".join(rest))
    if (
        not told
        and not set_right
        and {"wrong"} & set(rest[:6])
        and not _MENDING & set(rest[:2])
        and clause.words[main].endswith("ed")
    ):
        return Fault(agent, Manner.WRONG, main, main + 1 + rest.index("wrong"))
    if clause.words[main] in pack["introducing"] and not set_right:
        for place, each in enumerate(rest[:6]):
            if each in pack["bad objects"] and not _is_removal(clause, rest[:place]):
                return Fault(agent, Manner.WRONG, main, main + 1 + place)
    return None


def _is_removal(clause: Clause, before: list[str]) -> bool:
    """ "rolled back the bad deploy", "issued a fix for the broken …" mend something."""
    return not {
        "back",
        "out",
        "fix",
        "revert",
        "rollback",
        "patch",
        "for",
        "away",
        "off",
        "from",
        "aside",
        "about",
    }.isdisjoint(before)


def owed(word: str) -> bool:
    """Whether a word is the -ing form of something that care asks for: "following", "checking"."""
    return word.endswith("ing") and not _OWED_STEMS.isdisjoint((word[:-3], word[:-3] + "e", word[:-4]))
