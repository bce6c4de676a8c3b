"""People behind a passive or a noun: "caused by an engineer", "the operator's mistake", "the culprit was …".

Knows prepositions and nouns of fault. Refuses to judge what a subject did: `predicates` does.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words.pack import listed

_BELITTLING = frozenset(
    {
        "careless",
        "negligent",
        "incapable",
        "rogue",
        "disgruntled",
        "over-eager",
        "overeager",
        "overzealous",
        "over-zealous",
        "untrained",
        "unqualified",
        "clumsy",
        "impatient",
        "stupid",
        "so-called",
        "sloppy",
        "reckless",
        "inattentive",
        "incompetent",
        "lazy",
        "irresponsible",
        "clueless",
        "inexperienced",
    }
)


def after_by(clause: Clause, agent: Agent) -> Fault | None:
    """ "caused by an engineer …", "due to the operator …"."""
    words = clause.words
    before = words[agent.first - 1] if agent.first else ""
    if agent.who is Who.PERHAPS or before not in ("by", "to", "of"):
        return None
    lead = words[max(0, agent.first - 12) : agent.first]
    if not {
        "not",
        "never",
        "wasn't",
        "isn't",
        "weren't",
        "no",
        "blameless",
        "could",
        "might",
        "may",
        "can",
    }.isdisjoint(lead[-6:]):
        return None
    if agent.doubtful or agent.who in (Who.THEY, Who.TEAM):
        return None
    if before == "by":
        return _judge_by(clause, agent, lead)
    if lead[-2:] in (["due", "to"], ["because", "of"]) or lead[-2:] == ["result", "of"]:
        return _as_cause(clause, agent)
    return None


def _judge_by(clause: Clause, agent: Agent, lead: list[str]) -> Fault | None:
    pack = clause.pack
    verb = lead[-2] if len(lead) > 1 else ""
    done = _done_by(clause, agent, lead)
    if done is not None:
        return done
    at = agent.first - 2
    slipped = not pack["careless adverbs"].isdisjoint(lead[-5:])
    if lead[-3:-2] == ["too"] and not pack["be"].isdisjoint(lead):
        # "was started too early by the operator".
        return Fault(agent, Manner.SLIPPED, max(0, at - 1), agent.last)
    wrong = verb in pack["introducing"] and "wrong" in lead and not pack["be"].isdisjoint(lead[-4:-2])
    if wrong and verb != "patched":
        return Fault(agent, Manner.WRONG, at, agent.last)
    if verb in pack["human faults"] | pack["faults"] and not pack["be"].isdisjoint(lead[-5:-2]):
        return Fault(agent, Manner.OMITTED, at, agent.last)
    if verb in ("caused", "forgotten", "overlooked", "misjudged", "misconfigured", "neglected", "ignored", "mistyped", "broken", "mishandled", "misread", "botched"):  # fmt: skip
        return _as_cause(clause, agent) if verb == "caused" else Fault(agent, Manner.CAUSED, at, agent.last)
    told = not {"declares", "declared", "reported", "reports", "opened", "acknowledged"}.isdisjoint(lead)
    near = lead[-5:] if verb in ("triggered", "provoked") else lead
    if (
        verb in ("triggered", "introduced", "created", "made", "provoked")
        and not pack["harm"].isdisjoint(near)
        and not told
    ):
        return Fault(agent, Manner.CAUSED, at, agent.last)
    judged = verb in ("judgement", "judgment", "decision", "choice", "call") and {
        "poor",
        "bad",
        "wrong",
        "questionable",
    } & set(lead[-4:])
    if judged or verb in pack["fault nouns"] or (slipped and clause.is_past(verb)):
        return Fault(agent, Manner.SLIPPED if slipped else Manner.FAULT, at, agent.last)
    if verb == "made" and not pack["fault nouns"].isdisjoint(lead[-6:]):
        return Fault(agent, Manner.FAULT, at, agent.last)
    return None


_INSULTS = listed("idiot idiots moron morons fool fools clown clowns")
_CAST_ASIDE = listed("dismissed ignored disregarded brushed waved silenced muted overridden bypassed")
_TOLD = listed("warning warnings alert alerts alarm alarms page pages concern concerns report reports email emails reminder reminders notice notices objection objections")  # fmt: skip
_KEPT = listed("exposed leaked published public disclosed")
_DEAR = listed("production prod primary master only live customer customers last entire whole")


def _done_by(clause: Clause, agent: Agent, lead: list[str]) -> Fault | None:
    """ "Production was deleted by the intern", "copied incorrectly by the deployer", "dismissed by the lead"."""
    pack, words, at = clause.pack, clause.words, agent.first - 2
    if agent.who not in (Who.ROLE, Who.NAMED, Who.TEAM):
        return None
    being = next((place for place in range(len(lead) - 2, -1, -1) if lead[place] in pack["be"]), -1)
    if being < 0:
        return None
    said, before = lead[being + 1 : -1], lead[:being]
    verbs = [word for word in said if word not in pack["adverbs"] and not (word.endswith("ly") and len(word) > 4)]
    verb = verbs[0] if verbs else ""
    aside = said[:2] if said[-1:] != said[:1] else said[:1]
    if not pack["careless adverbs"].isdisjoint([*aside, said[-1] if said else ""]):
        return Fault(agent, Manner.SLIPPED, at, agent.last)
    if verb in _CAST_ASIDE and not _TOLD.isdisjoint(before):
        forgotten = "forgotten" in words[agent.last + 1 : agent.last + 6]
        if verb not in ("silenced", "muted") or forgotten:
            return Fault(agent, Manner.OMITTED, at, agent.last)
    if {verb, said[-1] if said else ""} & _KEPT and verb in (*_KEPT, "made", "left"):
        return Fault(agent, Manner.CAUSED, at, agent.last) if before[-1:] not in (["report"], ["post"]) else None
    ruined = verb in pack["destructive"] or verb in ("overwritten", "killed", "removed")
    if ruined and not _DEAR.isdisjoint(before) and pack["mended"].isdisjoint(before):
        return Fault(agent, Manner.CAUSED, at, agent.last)
    rest = words[agent.last + 1 : agent.last + 4]
    if (
        rest[:1] == ["who"]
        and rest[1:2]
        and rest[1] in ("believed", "thought", "assumed", "mistook", "misread")
        and clause.is_past(verb)
    ):
        return Fault(agent, Manner.WRONG, at, agent.last + 2)
    return None


def _as_cause(clause: Clause, agent: Agent) -> Fault | None:
    """ "caused by an engineer …": not a person's request, query or account."""
    if agent.who in (Who.SELF, Who.WE) and agent.last + 1 >= len(clause.words):
        return Fault(agent, Manner.CAUSED, agent.first, agent.last)
    following = clause.words[agent.last + 1] if agent.last + 1 < len(clause.words) else ""
    ends = following in ("", ".", ",", "who", "and", "while", "when", "(", ";", "on", "in", "at", "during", "not")
    return Fault(agent, Manner.CAUSED, agent.first, agent.last) if ends or following.endswith("ing") or following in clause.pack["careless adverbs"] else None  # fmt: skip


def owned_fault(clause: Clause, agent: Agent) -> Fault | None:
    """ "the operator's mistake", "my fault", "Anna's failure to …"."""
    words = clause.words
    after = words[agent.last + 1 : agent.last + 5]
    if after[:1] == ["'"]:
        after = after[1:]
    lead = words[max(0, agent.first - 4) : agent.first]
    if not {"not", "isn't", "wasn't", "never", "nobody", "whose"}.isdisjoint(lead):
        return None
    if not after[:1] or after[0] in (".", ",", ";"):
        # "the mistake was Nadia's".
        whole = words[max(0, agent.first - 6) : agent.first]
        owned = {"mistake", "fault", "error", "blame", "oversight"} & set(whole)
        if owned and not clause.pack["be"].isdisjoint(whole[-3:]):
            return Fault(agent, Manner.FAULT, max(0, agent.first - 2), agent.last)
    if after[:1] == ["doing"] and {"was", "is"} & set(lead[-2:]):
        return Fault(agent, Manner.CAUSED, agent.first, agent.last + 1)
    for place, word in enumerate(after[:3]):
        if word in clause.pack["fault nouns"]:
            tolerant = word in (
                "failure",
                "error",
                "errors",
                "confusion",
                "misunderstanding",
                "misconfiguration",
                "slip",
                "haste",
            )
            if tolerant and not (word == "failure" and "to" in after[place : place + 2]) and not {"due", "of", "by", "caused", "was", "because"} & set(lead):  # fmt: skip
                return None
            return Fault(agent, Manner.FAULT, agent.first, agent.last + place + 1)
        if word.endswith("ed") or word in clause.pack["prepositions"]:
            return None
    return None


def beside_noun(clause: Clause, agent: Agent) -> Fault | None:
    """ "operator oversight", "error on the part of the engineer", "the fault lies with the author"."""
    words, pack = clause.words, clause.pack
    following = words[agent.last + 1] if agent.last + 1 < len(words) else ""
    if (
        agent.who is Who.ROLE
        and following in pack["bare fault nouns"]
        and not agent.doubtful | (words[agent.last] in ("human", "person"))
    ):
        after = words[agent.last + 2 : agent.last + 4]
        if after[:1] and after[0] in ("committee", "board", "process"):
            return None
        return Fault(agent, Manner.FAULT, agent.last, agent.last + 1)
    of_whom = words[max(0, agent.first - 3) : agent.first]
    if (
        of_whom[-1:] == ["of"]
        and of_whom[-2:-1]
        and (
            of_whom[-2] in ("fault", "mistake", "oversight", "negligence", "carelessness")
            or (of_whom[-2] in ("failure", "refusal", "inability") and following == "to")
        )
        and agent.who in (Who.ROLE, Who.NAMED)
        and not {"not", "isn't", "wasn't", "no", "never"} & set(words[max(0, agent.first - 6) : agent.first])
    ):
        return Fault(agent, Manner.FAULT, max(0, agent.first - 2), agent.last)
    if words[agent.last] in _INSULTS or words[agent.first : agent.last + 2][-1:] in (["genius"],):
        return Fault(agent, Manner.FAULT, agent.first, agent.last)
    described = words[agent.first : agent.last]
    if (
        agent.who is Who.ROLE
        and _BELITTLING & set(described)
        and not {"should", "could", "may", "might", "if", "can", "would", "even"} & set(words)
    ):
        return Fault(agent, Manner.FAULT, agent.first, agent.last)
    lead = words[max(0, agent.first - 6) : agent.first]
    blamed = lead[-4:] == ["on", "the", "part", "of"] and not pack["fault nouns"].isdisjoint(
        words[max(0, agent.first - 8) : agent.first]
    )
    if blamed or (
        lead[-1:] == ["with"]
        and not {"lies", "lay", "rests"}.isdisjoint(lead)
        and not {"fault", "blame"}.isdisjoint(words[max(0, agent.first - 8) : agent.first])
    ):
        return Fault(agent, Manner.FAULT, max(0, agent.first - 4), agent.last)
    return None


def blamed(clause: Clause, agent: Agent) -> Fault | None:
    """ "the culprit was Anna", "we blame the deployer", "the cause was an engineer who …"."""
    words = clause.words
    if agent.who in (Who.PERHAPS, Who.THEY, Who.TEAM) or agent.doubtful:
        return None
    lead = words[max(0, agent.first - 7) : agent.first]
    if not {"not", "never", "isn't", "wasn't", "no", "than", "without", "don't", "nobody"}.isdisjoint(lead):
        return None
    near = lead[-4:]
    if "culprit" in lead and ("was" in near or "is" in near or ":" in near):
        return Fault(agent, Manner.FAULT, max(0, agent.first - 2), agent.last)
    if "culprit" in words[: agent.first] and lead[-2:] in (
        ["made", "by"],
        ["written", "by"],
        ["committed", "by"],
        ["merged", "by"],
    ):
        return Fault(agent, Manner.FAULT, agent.first - 2, agent.last)
    traced = near[-1:] in (["to"], ["on"]) and {"traced", "attributed", "pinned", "blamed"} & set(near)
    if traced and not (clause.pack["harm"] | clause.pack["fault nouns"]).isdisjoint(words[: agent.first]):
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    if near[-1:] in (["blame"], ["blamed"], ["blaming"]) and agent.who is not Who.WE:
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    if near[-2:] in (["cause", "was"], ["cause", "is"], ["cause", ":"], ["causes", ":"]) and agent.who is not Who.WE:
        return _as_cause(clause, agent)
    return None


def person_as_cause(clause: Clause, agents: list[Agent]) -> Fault | None:
    """In a field of causes: a person alone ("the on-call engineer"), or a person's deed ("John deployed it")."""
    for agent in agents:
        if agent.owns or agent.doubtful or agent.who not in (Who.ROLE, Who.NAMED, Who.PRONOUN):
            continue
        if agent.first != 0:
            continue
        following = agent.last + 1
        if following >= len(clause.words) or clause.words[following] in (".", ","):
            return Fault(agent, Manner.CAUSED, agent.first, agent.last)
        group = clause.group(following)
        plain = group.main >= 0 and not (group.modal or group.be or group.negated)
        if plain and (clause.words[group.main] in clause.pack["introducing"]):
            return Fault(agent, Manner.CAUSED, group.main, group.main)
    return None
