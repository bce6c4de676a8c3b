"""Deeds of people as nouns that did harm or were careless: "Viktor's change broke it", "a hasty edit by an admin".

Knows nouns of deeds and verbs of harm. Refuses to mind a deed of which nothing bad is said.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import CLAUSE_ENDS, Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words.pack import listed

_UNCARED = re.compile(
    r"(?:was|were|had|has)(?:n't| not| never)(?: been)?(?: \w+ly| even| ever)? (?:reviewed|tested|checked|verified|approved|announced|documented|validated)\b"
)
_DENYING = listed("not isn't wasn't never nobody whose no without despite")
_CHOICES = listed("decision choice attempt plan call")
_LEAVING_OUT = listed(
    "skip bypass skipping bypassing ignoring ignore not disable omit circumvent postpone cut rush avoid"
)
_NOT_SAID = listed("that which because but whether if so although")
_DOWN = listed("down offline out")


def owned_deed(clause: Clause, agent: Agent) -> Fault | None:
    """ "Priya's decision to skip the test", "her slow reaction", "the developer's commit caused the outage"."""
    words, pack = clause.words, clause.pack
    at = agent.last + 1 + (words[agent.last + 1 : agent.last + 2] == ["'"])
    if not _DENYING.isdisjoint(words[max(0, agent.first - 4) : agent.first]):
        return None
    careless = bad = False
    for place in range(at, min(at + 4, len(words))):
        word = words[place]
        if word in pack["careless adjectives"]:
            careless = True
        elif word in pack["bad adjectives"]:
            bad = True
        elif word in pack["unwilling"] or (careless and word[0].isalpha() and word not in ("and", "or")):
            return Fault(agent, Manner.FAULT, agent.first, place)
        elif word in pack["deeds"] or (bad and word in pack["abilities"]):
            if words[place + 1 : place + 2] and words[place + 1] in pack["deeds"]:
                continue
            if _UNCARED.match(" ".join(words[place + 1 : place + 7])) and "because" not in words:
                return Fault(agent, Manner.UNCHECKED, agent.first, place)
            if bad or (word in _CHOICES and not _LEAVING_OUT.isdisjoint(words[place + 1 : place + 3])):
                return Fault(agent, Manner.FAULT, agent.first, place)
            return Fault(agent, Manner.CAUSED, agent.first, place) if did_harm(clause, place) else None
        elif not word[0].isalpha() or word in pack["be"] or word in pack["prepositions"]:
            return None
    return None


def deed_by(clause: Clause, agent: Agent) -> Fault | None:
    """ "a careless edit by one of the admins", "the change by Ingrid brought down the queue"."""
    words, pack = clause.words, clause.pack
    if agent.doubtful or agent.who in (Who.PERHAPS, Who.THEY) or agent.first < 2:
        return None
    if words[agent.first - 1] in ("that", "which") or words[agent.first - 1] in pack["deeds"]:
        return _deed_that(clause, agent)
    if words[agent.first - 1] not in ("by", "from", "of"):
        return None
    noun = agent.first - 2
    if words[noun] in ("made", "introduced", "done", "performed", "written", "pushed") and noun > 1:
        noun -= 1
    before = words[max(0, noun - 4) : noun]
    grave = pack["careless adjectives"] | pack["fault adjectives"] - {"wrong", "mistaken", "unprepared", "untrained"}
    if words[noun] not in pack["deeds"] and grave.isdisjoint(before[-2:]):
        return None
    following = words[agent.last + 1 : agent.last + 4]
    if words[noun] in _CHOICES and following[:1] == ["to"] and not _LEAVING_OUT.isdisjoint(following):
        return Fault(agent, Manner.FAULT, noun, agent.last)
    if not _DENYING.isdisjoint(before):
        return None
    described = grave | (pack["bad adjectives"] - {"late", "limited", "incomplete"})
    if not described.isdisjoint(before[-2:]):
        return Fault(agent, Manner.FAULT, noun, agent.last)
    return Fault(agent, Manner.CAUSED, noun, agent.last) if did_harm(clause, agent.last) else None


def _deed_that(clause: Clause, agent: Agent) -> Fault | None:
    """ "the change that Ivan made took down the login service"."""
    words, at = clause.words, agent.last + 1
    noun = words[agent.first - 1] if words[agent.first - 1] in clause.pack["deeds"] else words[agent.first - 2]
    if noun not in clause.pack["deeds"] or at >= len(words) or not clause.is_past(words[at]):
        return None
    return Fault(agent, Manner.CAUSED, at, at) if did_harm(clause, at) else None


def did_harm(clause: Clause, at: int) -> bool:
    """Whether the verb behind a noun says that it did harm: "broke the login", "led to data loss"."""
    words, pack = clause.words, clause.pack
    for place in range(at + 1, min(at + 15, len(words))):
        word = words[place]
        if word in CLAUSE_ENDS or word in _NOT_SAID or word in pack["negations"] or word in pack["modals"] - {"to"}:
            return False
        rest = words[place + 1 : place + 7]
        if word in pack["harming"] and rest[:1] in (["no"], ["nothing"]):
            return False
        if word in pack["harming"]:
            return words[place - 1] not in pack["be"] | pack["determiners"]
        if word in pack["causing"] or (word, rest[:1]) in (("led", ["to"]), ("resulted", ["in"])):
            return not pack["harm"].isdisjoint(rest)
        if word in ("took", "brought", "knocked") and not _DOWN.isdisjoint(rest):
            return True
        if word == "made" and "worse" in rest[:4]:
            return True
    return False
