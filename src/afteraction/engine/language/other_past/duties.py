"""What should have been: a duty held against people, a gate that should have seen it, or what a component is expected to do.

Knows "should" of the past by its subject and its verb. Refuses to mind an expectation ("the pod should have been
rescheduled") and a question ("we cannot know when we should have …").
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.other_past.past import Missed, Past
from afteraction.engine.language.other_past.subjects import (
    CATCHING,
    DEEDS,
    DONE,
    EXPECTED,
    MACHINES,
    OF_SYSTEMS,
    SOCIAL,
    STOPPING,
    TIMED,
    WISER,
    is_gate,
    is_people,
    is_system,
)
from afteraction.engine.language.other_past.supposed import Supposed
from afteraction.engine.language.people.agents import Token, Who
from afteraction.engine.language.words.pack import listed

PEOPLE = (Who.ROLE, Who.NAMED, Who.PRONOUN)
_THEY_SHOULD = SOCIAL | listed("known noticed told understood rung rang phoned")
# What people write down, and what it is to say.
PAPERS = listed("""
    tender contract agreement plan design specification spec proposal budget architecture notice announcement message
    letter ticket request order brief briefing handover agenda email mail post statement manual procedure playbook
""")
_SAID_ON_PAPER = listed("""
    provided included covered contained specified stated mentioned addressed allowed accounted foreseen named listed said
    asked warned set made given described reflected explained told gone been come
""")
# Deeds by the form of the word: "engagement", "consultation". What components do by themselves is none.
_OF_DEEDS = ("ment", "ation", "ession", "ussion", "ision")
_OF_COMPONENTS = listed(
    "replication invalidation validation authentication compensation allocation segment element rotation"
)


def _is_done_by_people(subject: tuple[str, ...]) -> bool:
    """Whether a subject is something that people do: a deployment, an announcement, a consultation, a meeting."""
    if DEEDS & set(subject):
        return True
    return any(
        word.endswith(_OF_DEEDS) and word not in _OF_COMPONENTS for word in subject[-3:]
    ) or not _MEETINGS.isdisjoint(subject)


_MEETINGS = listed(
    "meeting training testing rehearsal briefing conversation talk review consultation drill approval coordination"
)
EARLIER = re.compile(
    r"\b(?:before|earlier|sooner|beforehand|prior|ago|manually|first|already|instead|yet|now|differently|better|more|at once|immediately|at nine|last (?:year|week|month|night)|from the (?:start|beginning)|in time|by (?:us|then))\b|\bin (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
_OF_BOTH = listed("held run taken gone come led closed opened left stayed dropped read written")
_NOT_KNOWING = listed("know decide ask clear unclear understand tell determine unsure exactly sure matter")


def judged_should(
    tokens: list[Token], words: list[str], each: Supposed, subject: Who | None, gate: bool
) -> Missed | None:
    """What a "should have" holds against somebody or misses of a gate, or None."""
    verb, at, place = each.verb, each.at, each.place
    here = Missed(Past.DECISION, at, place)
    before = each.subject[-1:] or tuple(words[max(0, at - 1) : at])
    told_how = words[max(0, at - 3) : at - 1] in (["that's", "how"], ["is", "how"], ["was", "how"])
    asking = (
        set() if told_how else {"when", "how", "why", "whether", "if", "what"} & set(words[max(0, at - 3) : at - 1])
    )
    if asking == {"if"} and "even" in words[max(0, at - 4) : at]:
        asking = set()
    if {"how"} & set(words[max(0, at - 7) : at]) and {"long", "much", "many", "often"} & set(
        words[max(0, at - 6) : at]
    ):
        return None
    if asking and (asking != {"when"} or subject is Who.WE or _NOT_KNOWING & set(words[max(0, at - 7) : at])):
        # "We cannot know when we should have …".
        return None
    if subject is Who.SELF and not each.passive:
        return Missed(Past.OWN, at, place)
    if before == ("there",):
        return Missed(Past.CATCH if is_gate(words[place:]) else Past.DECISION, at - 1, place)
    if each.relative:
        return _relative(words, each)
    if not each.passive and verb in TIMED and _is_done_by_people(each.subject):
        return here
    if not each.passive and verb in _SAID_ON_PAPER and not PAPERS.isdisjoint(each.subject) and not gate:
        return here
    if each.passive:
        return _should_passive(words, each, gate, subject)
    people = is_people(each.subject) and not is_system(each.subject[-1:], words)
    start = at == 0 or words[at - 1] in (".", ":", ";", "-", "•", "–", "—", "*", "or")
    catches = verb in CATCHING or verb in ("seen", "known")
    if verb == "required" and {"approval", "confirmation", "review", "sign-off"} & set(words[place : place + 6]):
        return Missed(Past.CATCH, at, place)
    if gate and "within" in words[place : place + 8] and any(word[0].isdigit() for word in words[place:]):
        return None
    if verb == "shown" and words[place + 1 : place + 2] == ["up"] and is_gate(words[place:]):
        return Missed(Past.CATCH, at, place)
    if gate and subject not in PEOPLE and not is_people(each.subject):
        return Missed(Past.CATCH, at, place) if catches or verb in STOPPING else None
    if verb in ("yelled", "screamed", "shouted", "warned") and subject not in PEOPLE:
        return Missed(Past.CATCH, at, place)
    if subject is Who.THEY and verb not in _THEY_SHOULD:
        return None
    if start or subject in (Who.WE, Who.TEAM, Who.THEY, *PEOPLE) or people:
        seen = catches and verb != "known" and (start or subject in (Who.WE, Who.TEAM))
        return Missed(Past.CATCH if seen else Past.DECISION, at, place)
    named = is_named(tokens, each)
    if not each.subject or is_system(each.subject, words) or (verb in OF_SYSTEMS and not (named and verb in _OF_BOTH)):
        return None
    # Somebody whom no list knows: "SOC should have isolated …", "the Authority should have sought …".
    return here if verb in SOCIAL or named else None


def is_named(tokens: list[Token], each: Supposed) -> bool:
    """Whether the subject is a proper name or initials rather than a thing in small letters."""
    if not each.subject:
        return False
    last = tokens[each.at - 1]
    first = each.at - len(each.subject)
    if len(each.subject) == 1:
        return last.text.isupper() and len(last.text) > 1
    return first >= 0 and last.text[:1].isupper()


def _relative(words: list[str], each: Supposed) -> Missed | None:
    """ "A choice that should have been challenged"; a thing that should have been there is a fact."""
    if words[each.at - 1 : each.at] in (["what"], ["who"], ["where"], ["than"]) or not each.passive:
        return None
    told = each.verb in SOCIAL or (
        each.verb in DONE | {"rotated", "deployed"} and EARLIER.search(" ".join(words[each.place :]))
    )
    return Missed(Past.DECISION, each.at, each.place) if told and each.verb not in EXPECTED else None


def _should_passive(words: list[str], each: Supposed, gate: bool, subject: Who | None) -> Missed | None:
    verb, at, place = each.verb, each.at, each.place
    ahead = words[place : place + 6]
    people = is_people(each.subject)
    if set(words[place : place + 3]) & CATCHING:
        told_people = verb in _TOLD_TO_PEOPLE or not {"people", "somebody", "someone"}.isdisjoint(each.subject)
        return Missed(Past.DECISION if told_people and subject is not Who.WE else Past.CATCH, at, place)
    by_us = set(ahead) >= {"by", "us"}
    told = EARLIER.search(" ".join(words[place:])) is not None
    if is_system(each.subject, words) and "within" in words[place : place + 5]:
        # "The cache should have been filled within five minutes" is what it is built for.
        return None
    if verb in _COMPARED and each.subject and not is_system(each.subject, words) and not gate:
        return Missed(Past.DECISION, at, place)
    if "automatically" in words[at : place + 6]:
        return None
    expected = next((each for each in ahead[:3] if each.endswith("ed") or each in EXPECTED), "") in EXPECTED
    # "The generator test should have been scheduled outside the rush": people arrange deeds and tests.
    arranged = (gate or not DEEDS.isdisjoint(each.subject)) and not is_system(each.subject[-1:], words)
    if expected and not (by_us or told or each.negated or arranged):
        return None
    if is_system(each.subject, words) and verb in _BY_THEMSELVES and not told:
        return None
    if gate and not by_us and ({"place", "set", "enabled", "configured", "there"} & set(ahead)) and not people:
        return Missed(Past.CATCH, at, place)
    if each.negated and verb.endswith("ing"):
        return Missed(Past.DECISION, at, place)
    if verb.endswith("ing") and (people or {"nobody", "no-one"} & set(each.subject)):
        return Missed(Past.DECISION, at, place)
    participle = verb.endswith("ed") or (words[place + 1 : place + 2] and words[place + 1].endswith("ed"))
    judged = verb in WISER | {
        "honest",
        "clearer",
        "more",
        "open",
        "quicker",
        "faster",
        "slower",
        "careful",
        "stricter",
        "our",
    }
    first = (
        ahead[:3] == ["the", "first", "option"]
        or ahead[:3] == ["the", "first", "step"]
        or ahead[:2] == ["the", "first"]
    )
    if not participle and verb not in DONE and not (people and judged) and not first and not (judged and told):
        return Missed(Past.DECISION, at, place) if verb == "honest" else None
    # "by the scheduler": whose work it is to do it by itself.
    if "by" in ahead and not by_us and set(ahead) & MACHINES:
        return None
    return Missed(Past.DECISION, at, place)


_COMPARED = listed("smaller larger bigger longer shorter slower earlier later stricter tighter wider gentler")
_TOLD_TO_PEOPLE = listed("warned alerted paged")
_BY_THEMSELVES = listed("""
    rescheduled re-elected elected retried restarted evicted expired rebalanced refreshed invalidated garbage-collected
    requeued acknowledged rerouted promoted demoted drained released rejected dropped closed reopened rolled failed
    committed flushed persisted replayed deduplicated merged resolved cleared updated deleted removed processed
    returned started terminated stopped reconnected provisioned selected skipped ignored encoded escaped parsed rounded
""")
