"""What should have been, could have been, would have been: decisions held against people afterwards, and missed catches.

Knows the shapes of a past that did not happen. Refuses to mind requirements ("owners shouldn't have to"), what a
component is expected to do ("it should have failed over"), and what might have been worse.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from afteraction.engine.language.agents import Agent, Token, Who
from afteraction.engine.language.words.pack import listed


class Past(StrEnum):
    """What kind of past that was not: a decision, a catch that was missed, or one's own."""

    DECISION = "decision"
    CATCH = "catch"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Missed:
    """Tokens `first` to `last` that say what was not."""

    kind: Past
    first: int
    last: int


_MODALS = {
    "should": "should", "shouldn't": "should", "should've": "should", "could": "could", "couldn't": "could", "could've": "could",
    "would": "would", "wouldn't": "would", "would've": "would", "might": "might", "might've": "might", "may": "might", "ought": "should",
}  # fmt: skip
_PARTICIPLES = listed("""
    been done gone caught seen known run set made taken given told written chosen built held kept sent put thought
    understood found got gotten begun brought shut cut read left paid spent shown led become come let meant met
    broken forgotten
""")
_CATCHING = listed("""
    caught detected noticed spotted discovered identified flagged found alerted revealed surfaced recognised
    recognized warned paged diagnosed uncovered picked monitored
""")
_HELPING = listed("""
    helped enabled shortened sped simplified eased reduced facilitated highlighted pointed saved
""")
_AVERTING = listed("""
    avoided prevented averted mitigated stopped isolated blocked minimised minimized limited contained reduced
""")
_AVERTED = frozenset(["avoided", "prevented", "averted", "mitigated", "minimised", "minimized"])
_GATES = listed("""
    test tests testing alert alerts alerting alarm alarms monitoring monitor monitors check checks review reviews
    reviewer reviewers canary canaries flag flags lint linter validation ci staging detection dashboard dashboards
    metric metrics logging probe probes rollout runbook runbooks documentation pipeline gate page paging
    notification notifications automation
""")
# What is done to a component by itself: an expectation, not a reproach.
_EXPECTED = listed("""
    automatically expected replicated cached routed redirected retried propagated purged expired evicted rotated
    synced synchronised synchronized returned served loaded restarted recreated scheduled delivered received
    included present available enabled visible able set
""")
_BETTER = listed("""
    better wiser quicker faster smoother shorter earlier sooner clearer easier improved simpler prudent safer
""")
_NICE = listed("nice helpful useful good great ideal beneficial")
_WORSE = listed("worse later longer unnoticed undetected")
_DOUBT = listed("unlikely unclear unsure doubtful unknown whether")
_RELATIVE = listed("that which what than whatever where as")
_NOTICING = listed("notice detect catch spot realise realize discover see")
_UNLESS = re.compile(
    r"\b(?:can(?:no|['’])t know|don['’]t know|not (?:clear|sure|certain) (?:if|whether)|no monitoring|no alert|not have alert|impossible to)\b",
    re.IGNORECASE,
)
_HINDSIGHT = re.compile(
    r"\b(?:in|with(?: the)?(?: benefit of)?) (?:hindsight|retrospect)\b|\bretrospectively\b|\b(?:was|were|seems?|is) (?:\w+ )?obvious(?:ly)? (?:prior|before|beforehand|in retrospect|from the)\b",
    re.IGNORECASE,
)
_JUDGING = re.compile(
    r"\b(?:should|could|would|obvious|clear(?:ly)?|better|mistake|wrong|ought|knew|known|easy|easily|predictable|foreseeable|inevitable|evident)\b",
    re.IGNORECASE,
)
_NOT_HINDSIGHT = re.compile(
    r"\b(?:can(?:no|['’])t|could not|couldn['’]t) (?:know|say|tell)\b|\bhindsight bias\b|\beven in hindsight\b",
    re.IGNORECASE,
)


def hindsight_in(sentence: str) -> tuple[int, int] | None:
    """Where a sentence knows afterwards what was plain before (L3), or None."""
    found = _HINDSIGHT.search(sentence)
    if found is None or not _JUDGING.search(sentence) or _NOT_HINDSIGHT.search(sentence):
        return None
    return found.span()


def missed_in(tokens: list[Token], agents: list[Agent]) -> Missed | None:
    """The past that a sentence holds against somebody, or the catch that it misses; None where it does neither."""
    words = [token.word for token in tokens]
    sentence = " ".join(words)
    if _UNLESS.search(sentence):
        return None
    found: list[Missed] = []
    for at, word in enumerate(words):
        if word in _MODALS:
            missed = _after_modal(words, agents, at)
            if missed is not None:
                found.append(missed)
    unnoticed = _unnoticed(words)
    if unnoticed is not None:
        found.append(unnoticed)
    if not found:
        return None
    conditional = _condition(words)
    if conditional and not any(each.kind is Past.CATCH for each in found):
        return Missed(Past.DECISION, *conditional)
    return min(found, key=lambda each: (list(Past).index(each.kind) if each.kind is not Past.OWN else -1, each.first))


def _after_modal(words: list[str], agents: list[Agent], at: int) -> Missed | None:
    modal = _MODALS[words[at]]
    place = at + 1
    negated = words[at].endswith("n't")
    have = words[at].endswith("'ve")
    while place < len(words) and place < at + 6 and not have:
        if words[place] == "not" or words[place] == "never":
            negated = True
        elif words[place] in ("have", "'ve"):
            have = True
        elif not (
            words[place].endswith("ly")
            or words[place] in ("also", "to", "still", "then", "well", "even", "just", "only", "perhaps")
        ):
            return None
        place += 1
    passive = False
    while place < len(words) and place < at + 9:
        word = words[place]
        if word == "been":
            passive = True
        elif word == "not":
            negated = True
        elif not (
            word.endswith("ly")
            or word
            in ("also", "to", "still", "more", "much", "even", "already", "at", "least", "first", "just", "only")
        ):
            break
        place += 1
    if not have or place >= len(words):
        return None
    # "rate limited": a participle of two words.
    said = words[place].endswith("ed") or words[place] in _PARTICIPLES or words[place + 1 : place + 2] == ["limited"]
    if not passive and not said:
        return None
    return _judge(words, agents, at, place, modal, passive, negated)


def _judge(
    words: list[str], agents: list[Agent], at: int, place: int, modal: str, passive: bool, negated: bool
) -> Missed | None:
    verb, before = words[place], words[max(0, at - 8) : at]
    # Adjectives and participles may stand behind an adverb: "been largely avoided".
    near = set(words[place : place + 3])
    last = place
    if not _DOUBT.isdisjoint(before) or (near & _WORSE):
        return None
    if modal == "might" and not (near & (_CATCHING | _HELPING | _AVERTING)):
        return None
    subject = _subject(agents, at)
    if modal == "should":
        return _judge_should(words, at, place, passive, subject)
    if negated:
        return None
    if verb in _CATCHING or (passive and near & _CATCHING and verb not in _AVERTING) or (verb in _HELPING):
        if subject is Who.SELF:
            return Missed(Past.OWN, at, last)
        lucky = subject in (Who.WE, Who.TEAM) and not _WORSE.isdisjoint(words[place:])
        return None if lucky else Missed(Past.CATCH, at, last)
    if verb in _AVERTING and not (passive and verb not in _AVERTED):
        gate = not passive and not _GATES.isdisjoint(before)
        return Missed(Past.CATCH if gate else Past.DECISION, at, last)
    if passive and verb in _BETTER:
        return Missed(
            Past.DECISION if words[place + 1 : place + 2] == ["to"] and words[at - 1 : at] == ["it"] else Past.CATCH,
            at,
            last,
        )
    if passive and verb in _NICE and words[at - 1 : at] == ["it"]:
        return Missed(Past.CATCH, at, last)
    if modal == "could" and not passive:
        if subject is Who.SELF:
            return Missed(Past.OWN, at, last)
        if subject in (Who.WE, Who.TEAM, Who.ROLE, Who.NAMED, Who.PRONOUN):
            return Missed(Past.DECISION, at, last)
    return None


def _judge_should(words: list[str], at: int, place: int, passive: bool, subject: Who | None) -> Missed | None:
    verb, ahead = words[place], words[place : place + 6]
    if {"when", "how", "why", "whether", "if"} & set(words[max(0, at - 3) : at - 1]):
        # "We cannot know when we should have …".
        return None
    if subject is Who.SELF and not passive:
        return Missed(Past.OWN, at, place)
    if at and words[at - 1] == "there":
        return Missed(Past.CATCH, at - 1, place)
    if at and words[at - 1] in _RELATIVE:
        return None
    if passive:
        if set(words[place : place + 3]) & _CATCHING:
            return Missed(Past.CATCH, at, place)
        if set(ahead[:3]) & _EXPECTED or "automatically" in words[at : place + 6]:
            return None
        if not (
            verb.endswith("ed")
            or verb in _PARTICIPLES
            or (words[place + 1 : place + 2] and words[place + 1].endswith("ed"))
        ):
            return None
        return Missed(Past.DECISION, at, place)
    if subject in (Who.WE, Who.TEAM, Who.ROLE, Who.NAMED, Who.PRONOUN, Who.THEY):
        if subject is Who.THEY and verb not in (
            "known",
            "checked",
            "tested",
            "asked",
            "noticed",
            "told",
            "understood",
            "waited",
        ):
            return None
        return Missed(Past.CATCH if verb in _CATCHING and subject is not Who.WE else Past.DECISION, at, place)
    return None


def _subject(agents: list[Agent], at: int) -> Who | None:
    """Who stands as the subject just before a modal."""
    for agent in agents:
        if not agent.owns and not agent.doubtful and at - 3 <= agent.last < at and agent.who is not Who.PERHAPS:
            return agent.who
    return None


def _condition(words: list[str]) -> tuple[int, int] | None:
    """ "Had this been postponed, …", "If we had deployed …": a decision in place of another."""
    for at, word in enumerate(words[:-3]):
        starts = at == 0 or words[at - 1] in (",", ";", ".", ":", "and", "but", "however", "also")
        if (
            word == "had"
            and starts
            and any(each.endswith("ed") or each in _PARTICIPLES for each in words[at + 2 : at + 8])
        ):
            return at, min(at + 3, len(words) - 1)
        if (
            word == "if"
            and "had" in words[at + 1 : at + 5]
            and words[at + 1] in ("we", "he", "she", "they", "i", "the", "somebody", "someone", "this", "it")
        ):
            return at, min(at + 3, len(words) - 1)
    return None


def _unnoticed(words: list[str]) -> Missed | None:
    """ "We didn't notice it until …": the gate matrix asks what could have told."""
    for at, word in enumerate(words):
        late = {"until", "till"} & set(words[at : at + 16])
        if word in ("didn't", "not", "failed") and late:
            verb = next((each for each in words[at + 1 : at + 4] if each in _NOTICING), "")
            if verb and {"we", "nobody", "team", "staff", "engineers", "us"} & set(words[max(0, at - 4) : at]):
                return Missed(Past.CATCH, at, min(at + 2, len(words) - 1))
        if word in ("nobody", "no-one") and words[at + 1 : at + 2] == ["noticed"]:
            return Missed(Past.CATCH, at, at + 1)
    return None
