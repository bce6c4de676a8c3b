"""What should have been: a duty held against people, a gate that should have seen it, or what a component is expected to do.

Knows "should" of the past by its subject and its verb. Refuses to mind an expectation ("the pod should have been
rescheduled") and a question ("we cannot know when we should have …").
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.agents import Token, Who
from afteraction.engine.language.past import Missed, Past
from afteraction.engine.language.subjects import (
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
from afteraction.engine.language.supposed import Supposed
from afteraction.engine.language.words.pack import listed

PEOPLE = (Who.ROLE, Who.NAMED, Who.PRONOUN)
_THEY_SHOULD = listed("known checked tested asked noticed told understood waited")
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
    asking = {"when", "how", "why", "whether", "if", "what"} & set(words[max(0, at - 3) : at - 1])
    if asking == {"if"} and "even" in words[max(0, at - 4) : at]:
        asking = set()
    if asking and (asking != {"when"} or subject is Who.WE or _NOT_KNOWING & set(words[max(0, at - 7) : at])):
        # "We cannot know when we should have …".
        return None
    if subject is Who.SELF and not each.passive:
        return Missed(Past.OWN, at, place)
    if before == ("there",):
        return Missed(Past.CATCH if is_gate(words[place:]) else Past.DECISION, at - 1, place)
    if each.relative:
        return _relative(words, each)
    if not each.passive and verb in TIMED and (DEEDS & set(each.subject)):
        return here
    if each.passive:
        return _should_passive(words, each, gate)
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
    if start or subject in (Who.WE, Who.TEAM, Who.THEY, *PEOPLE) or is_people(each.subject):
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


def _should_passive(words: list[str], each: Supposed, gate: bool) -> Missed | None:
    verb, at, place = each.verb, each.at, each.place
    ahead = words[place : place + 6]
    people = is_people(each.subject)
    if set(words[place : place + 3]) & CATCHING:
        return Missed(
            Past.DECISION if not {"people", "somebody", "someone"}.isdisjoint(each.subject) else Past.CATCH, at, place
        )
    by_us = set(ahead) >= {"by", "us"}
    told = EARLIER.search(" ".join(words[place:])) is not None
    if "automatically" in words[at : place + 6]:
        return None
    if set(ahead[:3]) & EXPECTED and not by_us and not told and not each.negated:
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


_BY_THEMSELVES = listed("""
    rescheduled re-elected elected retried restarted evicted expired rebalanced refreshed invalidated garbage-collected
    requeued acknowledged rerouted promoted demoted drained released rejected dropped closed reopened rolled failed
    committed flushed persisted replayed deduplicated merged resolved cleared updated deleted removed processed
    returned started terminated stopped reconnected provisioned selected skipped ignored encoded escaped parsed rounded
""")
